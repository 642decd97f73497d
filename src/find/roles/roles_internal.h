/* What the six rooms that read roles share: roles.c (whose role, and of what), role_bodies.c (of what, by what stands
 * around the name), role_before.c ("Russian President X"), role_after.c ("X, the president of Iran,"), role_verbs.c ("X
 * was named president of Iran"), role_lists.c ("Ministers X and Y"). */
#ifndef NEWSMETA_FIND_ROLES_ROLES_INTERNAL_H
#define NEWSMETA_FIND_ROLES_ROLES_INTERNAL_H

#include "find/names/role_words.h"
#include "find/roles/roles.h"

#define LONGEST_TITLE 8 /* words of a title with what it is of */

struct role_finder {
    struct job *job;
    struct article *article;
    struct role_words words;
    const struct lexicon_table *verbs, *offices, *leading, *weekdays, *postings, *things;
    bool in_heading;      /* the sentence that is read now */
    uint32_t *mention_at; /* of each token: index of the mention that it begins, +1 */
    uint32_t *mention_to; /* ... that ends before it, +1 */
};

/* A role being read: title in tokens [first, end), and of what. */
struct stated_role {
    uint32_t first, end;
    struct slice of;
    bool away;
    struct slice from;
};

static inline const struct token *token_at(const struct role_finder *finder, uint32_t i)
{
    return &finder->article->tokens[i];
}

static inline bool is_word(const struct role_finder *finder, uint32_t i, const char *word)
{
    return slice_equals(token_at(finder, i)->lower, slice_from_cstr(word));
}

static inline bool is_possessive(const struct role_finder *finder, uint32_t i)
{
    return slice_starts(token_at(finder, i)->lower, SLICE("'"));
}

static inline bool is_separator(const struct role_finder *finder, uint32_t i)
{
    return is_word(finder, i, ",") || is_word(finder, i, ":") || is_word(finder, i, "(");
}

static inline bool is_grammar(const struct role_finder *finder, uint32_t i, enum small_word kind)
{
    return role_word_is(&finder->words, i, kind);
}

static inline uint32_t classes_at(const struct role_finder *finder, uint32_t i, uint32_t count)
{
    return role_word_classes(&finder->words, i, count);
}

static inline bool ends_role(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    if (end <= start)
        return false;
    if (role_word_is_noun(&finder->words, end - 1))
        return true;
    return end - start >= 2 && classes_at(finder, end - 2, 2) & NAME_ANY_ROLE;
}

/* "deputy", "former": a word that qualifies the title behind it; a sentence's first "Then" does not. */
static inline bool qualifies_title(const struct role_finder *finder, uint32_t i)
{
    return classes_at(finder, i, 1) & (NAME_JOINER | NAME_MODIFIER) &&
           !(token_at(finder, i)->flags & TOKEN_SENTENCE_START && is_word(finder, i, "then"));
}

/* A word before a noun that may belong to its title: no small word, no verb in the past. */
static inline bool may_stand_in_title(const struct role_finder *finder, uint32_t i)
{
    const struct token *token = token_at(finder, i);
    return token->flags & TOKEN_LOWER && token->kind == TOKEN_WORD && !(token->small & SMALL_FUNCTION) &&
           !slice_ends(token->lower, SLICE("ed")) && !slice_ends(token->lower, SLICE("ly")) &&
           !is_grammar(finder, i, SMALL_SPEECH);
}

/* What lists say of token i: what it is to an office (office_verbs.tsv), whether its holder heads something
 * (leading_roles.tsv), where one is held (posted_roles.tsv). */
static inline bool roles_word_does(const struct role_finder *finder, uint32_t i, const char *what)
{
    return role_word_list_says(&finder->words, finder->offices, token_at(finder, i)->lower, what);
}
static inline bool roles_leads(const struct role_finder *finder, uint32_t i)
{
    return role_word_list_says(&finder->words, finder->leading, token_at(finder, i)->lower, "yes");
}
static inline bool roles_is_of_posting(const struct role_finder *finder, uint32_t i, const char *what)
{
    return role_word_list_says(&finder->words, finder->postings, token_at(finder, i)->lower, what);
}

/* Adds the role to the actor, unless it has it; a title that is null is what stands at [first, end). */
void roles_add(struct role_finder *finder, uint32_t actor, const struct stated_role *stated, struct slice title);

/* "Spanish striker X", "a pensioner in Kharkiv": where somebody is from is not what his role is of, unless it is an
 * office. */
void roles_leave_origin(const struct role_finder *finder, struct stated_role *stated);
/* How many roles the actor has so far. */
uint32_t roles_count(const struct role_finder *finder, uint32_t actor);
/* Lets the two roles that came to the actor behind the first `known` be of one body: "founder and chief executive of
 * Oxfam". */
void roles_share_of(struct role_finder *finder, uint32_t actor, uint32_t known);

/* The title with what says that it is held no longer, not yet or for another, and stands before what it is of: "former"
 * "World Bank" "economist"; null: there is no such word. */
struct slice roles_title_around(const struct role_finder *finder, uint32_t start, const struct stated_role *role);

/* The actor that the mention names, or the country that an adjective of origin means; null: neither. */
struct slice roles_name_of_mention(const struct role_finder *finder, uint32_t mention);
static inline bool mention_is(const struct role_finder *finder, uint32_t m, enum actor_type type)
{
    return finder->article->mentions[m].type == type;
}
/* What stands before a title that begins at `first`: "Russian", "FBI", "Kenya's", "the museum's", "its"; null: nothing.
 */
struct slice roles_of_before(const struct role_finder *finder, uint32_t start, uint32_t first);
/* An adjective of origin stands before a title: "Spanish". */
bool roles_is_origin(const struct role_finder *finder, uint32_t start, uint32_t first);
/* What the word joins to a role noun by a hyphen: "VW" of "VW-Vorstandschef"; null: nothing that lists know. */
struct slice roles_of_compound(const struct role_finder *finder, uint32_t i);
/* Settles what a role is of that has a place behind its noun, token `noun`: an ambassador is posted there, and belongs
 * to what stands before the title; "Nokia's head in Athens" is Nokia's. */
void roles_settle_of(const struct role_finder *finder, uint32_t start, uint32_t noun, struct stated_role *role);
/* "of Russia", "for the grid operator Ukrenergo", "der Alpha AG": reads on from `at`; *end is the first token behind
 * a complement that belongs to the title itself ("for trade", "of the opposition"), *next the first behind all. */
struct slice roles_of_behind(const struct role_finder *finder, uint32_t at, uint32_t stop, uint32_t *end,
                             uint32_t *next);
/* "Analyst Johan Lilja at Nordea", "directeur Anneke Smit van het Centraal Museum", "Inspector Kate Moss, of Essex
 * Police,": what stands at `at` behind the name; an office, `office`, is also of a place: "Archbishop Peter Chung of
 * Seoul". */
struct slice roles_of_behind_name(const struct role_finder *finder, uint32_t at, uint32_t stop, bool office);
/* "The Space Agency will fly three flies," "chairman" Paul G. "said": the organization that the sentence begins with,
 * if it names no other and nobody else before the role at `first`, speaks by its head; null: not so. */
struct slice roles_of_speaker(const struct role_finder *finder, const struct mention *mention, uint32_t start,
                              uint32_t stop, uint32_t first);
/* Of the place or body `m` (+1) the body that follows within the phrase: "Chad's opposition" "Socialist Party", "London
 * consultancy" "Saltmarsh"; `m`: none does. */
uint32_t roles_body_within(const struct role_finder *finder, uint32_t m, uint32_t stop);
/* "of Foreign Affairs and Trade", "de la Justice": where the words end that name an office and begin with the "of" at
 * `at`; 0: there are none. */
uint32_t roles_office_end(const struct role_finder *finder, uint32_t at, uint32_t stop);

/* Where the title begins that ends before token `end` with a role noun, no earlier than `start`: over what belongs to
 * it, "state health", "former deputy", and "retired bus" where the words before show a noun phrase to begin there. */
uint32_t roles_title_start(const struct role_finder *finder, uint32_t start, uint32_t end);

/* The roles that stand before the person's name in the sentence [start, stop), and those behind it. */
void roles_find_before(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t stop);
/* The role that it shares with others: "Councillors A and B". */
void roles_find_shared(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t stop);
void roles_find_after(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t stop);

/* Where the role begins that a verb before or behind the name states: "X was named head of Y", "Y named X as its head";
 * 0: none does. */
uint32_t roles_stated_by_verb(const struct role_finder *finder, const struct mention *mention, uint32_t start,
                              uint32_t stop);
/* The same of the clause that begins with "who" at `at`: "who has been head of Y". */
uint32_t roles_stated_in_clause(const struct role_finder *finder, uint32_t at, uint32_t stop);
/* Adds the role of "who heads Y" at `at`, or of "heads Y", whose verb says what it is. */
void roles_find_clause(struct role_finder *finder, const struct mention *mention, uint32_t at, uint32_t stop);
/* The role that the verb before "by" and the name says: "Oxfam, chaired by X". */
void roles_find_by(struct role_finder *finder, const struct mention *mention, uint32_t start);

#endif
