/* Roles that a verb states: "X, who heads Y", "Y named X as its head", "X has been appointed head of Y", "X served as
 * head of Y". */
#include "roles_internal.h"

#define MOST_HELPERS 5        /* between a name and its verb: "has since been" */
#define LONGEST_WAY_TO_AS 8   /* "sworn in on Tuesday by the chief justice as" */
#define LONGEST_OBJECT 6      /* words of titles between a verb and the name: "named former World Bank economist" */
#define MOST_BEFORE_ROLE 2    /* words of a title before its noun */
#define MOST_BODY_WORDS 3     /* of "the town council" */
#define LONGEST_APPOSITION 20 /* words between two commas behind a name */

/* A role may begin here: "head", "deputy", "the", "Kenya's". */
static bool opens_role(const struct role_finder *finder, uint32_t i, uint32_t stop)
{
    if (i >= stop)
        return false;
    uint32_t m = finder->mention_at[i];
    return is_grammar(finder, i, SMALL_DETERMINER) ||
           classes_at(finder, i, 1) & (NAME_ANY_ROLE | NAME_MODIFIER | NAME_JOINER) ||
           (m && !mention_is(finder, m - 1, ACTOR_PERSON)) || role_word_is_noun(&finder->words, i);
}

/* The same a word or two further on: "army chief of staff". */
static bool leads_to_role(const struct role_finder *finder, uint32_t i, uint32_t stop)
{
    for (uint32_t words = 0; words <= MOST_BEFORE_ROLE && i + words < stop; words++) {
        if (opens_role(finder, i + words, stop))
            return true;
        if (!may_stand_in_title(finder, i + words))
            return false;
    }
    return false;
}

/* Where the role begins that stands behind an "as" in the clause from `at`; 0: there is none. */
static uint32_t role_behind_as(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    for (uint32_t i = at; i < stop && i <= at + LONGEST_WAY_TO_AS && token_at(finder, i)->kind != TOKEN_PUNCTUATION;
         i++)
        if (roles_word_does(finder, i, "as") || (i > at && is_word(finder, i, "be") && is_word(finder, i - 1, "to")))
            return leads_to_role(finder, i + 1, stop) ? i + 1 : 0;
    return 0;
}

/* Over ", a former minister,": behind its second comma; `at`: there is no such thing. */
static uint32_t behind_apposition(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    if (at >= stop || !is_word(finder, at, ","))
        return at;
    for (uint32_t i = at + 1; i < stop && i <= at + LONGEST_APPOSITION; i++)
        if (is_word(finder, i, ","))
            return i + 1;
    return at;
}

/* "... has been appointed head of Y", "... becomes head of Y", "... will succeed Z as head of Y": what a verb behind
 * the name at `at` says. */
static uint32_t role_taken(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    bool passive = false;
    uint32_t verb = at;
    for (; verb < stop && verb < at + MOST_HELPERS; verb++) {
        bool be = roles_word_does(finder, verb, "passive");
        if (!be && !roles_word_does(finder, verb, "helper"))
            break;
        passive = passive || be;
    }
    if (verb + 1 >= stop)
        return 0;
    bool given = passive && roles_word_does(finder, verb, "gives");
    if ((given || roles_word_does(finder, verb, "takes")) && opens_role(finder, verb + 1, stop))
        return verb + 1;
    return given || roles_word_does(finder, verb, "as-verb") ? role_behind_as(finder, verb + 1, stop) : 0;
}

/* "named X head of Y", "named X, a former minister, as its head": what a verb before the name gives. */
static uint32_t role_given(const struct role_finder *finder, const struct mention *mention, uint32_t start,
                           uint32_t stop)
{
    uint32_t verb = mention->first;
    do {
        if (verb <= start || mention->first - verb >= LONGEST_OBJECT || token_at(finder, verb - 1)->kind != TOKEN_WORD)
            return 0;
        verb--;
    } while (!roles_word_does(finder, verb, "gives"));
    uint32_t at = behind_apposition(finder, mention->end, stop);
    bool at_once = at < stop && at == mention->end &&
                   (classes_at(finder, at, 1) & (NAME_ANY_ROLE | NAME_JOINER) || role_word_is_noun(&finder->words, at));
    return at_once ? at : role_behind_as(finder, at, stop);
}

uint32_t roles_stated_by_verb(const struct role_finder *finder, const struct mention *mention, uint32_t start,
                              uint32_t stop)
{
    uint32_t given = role_given(finder, mention, start, stop);
    if (given)
        return given;
    uint32_t taken = role_taken(finder, mention->end, stop), behind = behind_apposition(finder, mention->end, stop);
    if (taken || behind == mention->end)
        return taken;
    bool is = behind < stop && is_grammar(finder, behind, SMALL_COPULA) &&
              opens_role(finder, behind + 1, stop); /* "X, who died on Friday, was a judge" */
    return is ? behind + 1 : role_taken(finder, behind, stop);
}

/* The verb of a clause behind "who" at `at`. */
uint32_t roles_stated_in_clause(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    uint32_t taken = role_taken(finder, at + 1, stop);
    uint32_t is = at + 1;
    while (is < stop && is < at + MOST_HELPERS &&
           (roles_word_does(finder, is, "passive") || roles_word_does(finder, is, "helper")))
        is++;
    return taken ? taken : is > at + 1 && leads_to_role(finder, is, stop) ? is : 0;
}

static bool is_body_noun(const struct role_finder *finder, uint32_t i)
{
    return token_at(finder, i)->flags & TOKEN_LOWER &&
           classes_at(finder, i, 1) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL);
}

/* "the town council" at `at`: a noun phrase that a body's noun ends, with the words of a clause behind it. */
static bool is_plain_body(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    if (at + 1 >= stop || !is_grammar(finder, at, SMALL_DETERMINER))
        return false;
    uint32_t end = at + 1;
    while (end < stop && end <= at + MOST_BODY_WORDS && !finder->mention_at[end] && may_stand_in_title(finder, end))
        end++;
    return end > at + 1 && is_body_noun(finder, end - 1);
}

void roles_find_clause(struct role_finder *finder, const struct mention *mention, uint32_t at, uint32_t stop)
{
    bool clause = is_word(finder, at, "who");
    uint32_t verb = at + clause;
    if (verb + 1 >= stop)
        return;
    const struct lexicon_row *row = lexicon_find(finder->verbs, token_at(finder, verb)->lower);
    bool main = row && slice_equals(row->columns[2], SLICE("main"));
    if (!row || (!clause && !main))
        return;
    if (clause && main && is_plain_body(finder, verb + 1, stop)) {
        struct stated_role role = {0};
        roles_add(finder, mention->actor, &role, row->columns[1]);
        return;
    }
    for (uint32_t i = verb + 1; i < stop && i <= verb + LONGEST_TITLE; i++) {
        uint32_t m = finder->mention_at[i];
        if (m && mention_is(finder, m - 1, ACTOR_ORGANIZATION)) {
            struct stated_role role = {.of = roles_name_of_mention(finder, m - 1)};
            roles_add(finder, mention->actor, &role, row->columns[1]);
            return;
        }
        /* "who led the research published in Nature", "who runs the airline, told RTE", "owns a Tesla's" */
        if (m || is_grammar(finder, i, SMALL_WHERE) || is_separator(finder, i))
            return;
    }
}

void roles_find_by(struct role_finder *finder, const struct mention *mention, uint32_t start)
{
    uint32_t by = mention->first;
    if (by < start + 3 || !is_word(finder, by - 1, "by"))
        return;
    const struct lexicon_row *row = lexicon_find(finder->verbs, token_at(finder, by - 2)->lower);
    uint32_t end = by - 2 - is_word(finder, by - 3, ","), m = finder->mention_to[end];
    bool named = m && mention_is(finder, m - 1, ACTOR_ORGANIZATION);
    if (!row || !slice_ends(row->columns[0], SLICE("ed")) || (!named && !is_body_noun(finder, end - 1)))
        return;
    struct stated_role role = {.of = named ? roles_name_of_mention(finder, m - 1) : SLICE_NULL};
    roles_add(finder, mention->actor, &role, row->columns[1]);
}
