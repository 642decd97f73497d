#include "find/roles.h"

#include "actors_internal.h"
#include "name_case.h"
#include "name_context.h"
#include "role_words.h"

#define LONGEST_TITLE 8   /* words of a title with what it is of */
#define MOST_HONORIFICS 4 /* before a name */
#define MOST_ROLES 4      /* roles of one actor */
#define LONGEST_WAY 500   /* tokens back to the organization that "its" or "the museum's" means */
#define MOST_JOINED 3     /* words that "chief" joins to itself */
#define LONGEST_DEGREE 6  /* bytes: "Ph.D.", "CFA" */

struct role_finder {
    struct job *job;
    struct article *article;
    struct role_words words;
    const struct lexicon_table *verbs;
    uint32_t *mention_at; /* of each token: index of the mention that it begins, +1 */
    uint32_t *mention_to; /* ... that ends before it, +1 */
};

/* A role being read: title in tokens [first, end), and of what. */
struct stated_role {
    uint32_t first, end;
    struct slice of;
};

static const struct token *token_at(const struct role_finder *finder, uint32_t i)
{
    return &finder->article->tokens[i];
}

static bool is_word(const struct role_finder *finder, uint32_t i, const char *word)
{
    return slice_equals(token_at(finder, i)->lower, slice_from_cstr(word));
}

static bool is_possessive(const struct role_finder *finder, uint32_t i)
{
    return slice_starts(token_at(finder, i)->lower, SLICE("'"));
}

static bool is_separator(const struct role_finder *finder, uint32_t i)
{
    return is_word(finder, i, ",") || is_word(finder, i, ":") || is_word(finder, i, "(");
}

static bool is_grammar(const struct role_finder *finder, uint32_t i, enum small_word kind)
{
    return role_word_is(&finder->words, i, kind);
}

static uint32_t classes_at(const struct role_finder *finder, uint32_t i, uint32_t count)
{
    return role_word_classes(&finder->words, i, count);
}

static bool ends_role(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    if (end <= start)
        return false;
    if (role_word_is_noun(&finder->words, end - 1))
        return true;
    return end - start >= 2 && classes_at(finder, end - 2, 2) & NAME_ANY_ROLE;
}

/* ------------------------------------------------------------------ adding */

static void add_role(struct role_finder *finder, uint32_t actor_index, const struct stated_role *stated, struct slice title)
{
    struct actor *actor = &finder->article->actors[actor_index];
    if (slice_is_null(title))
        title = name_case_as_it_stands(finder->job, stated->first, stated->end);
    if (slice_equals_nocase(stated->of, actor->name))
        return;
    for (uint32_t i = 0; i < actor->role_count; i++) {
        struct actor_role *role = &actor->roles[i];
        if (slice_contains_nocase(role->title, title) || slice_contains_nocase(title, role->title)) {
            if (slice_is_null(role->of))
                role->of = stated->of;
            return;
        }
    }
    if (actor->role_count >= MOST_ROLES)
        return;
    if (!actor->roles)
        actor->roles = arena_calloc(finder->job->arena, MOST_ROLES, sizeof *actor->roles);
    actor->roles[actor->role_count++] = (struct actor_role){title, stated->of};
}

/* ------------------------------------------------------- what a role is of */

static struct slice name_of_mention(const struct role_finder *finder, uint32_t m)
{
    const struct mention *mention = &finder->article->mentions[m];
    if (mention->actor != UINT32_MAX)
        return finder->article->actors[mention->actor].name;
    struct span core = actors_core(finder->article, mention);
    const struct gazetteer_entry *entry = actors_known(finder->job, core.start, core.end);
    return entry && entry->classes & NAME_DEMONYM ? gazetteer_country_name(finder->words.gazetteer, entry->countries[0]) : SLICE_NULL;
}

static bool mention_is(const struct role_finder *finder, uint32_t m, enum actor_type type)
{
    return finder->article->mentions[m].type == type;
}

/* The last organization named before `at` in the sentence; with a noun, the last of the text that has it in its name
 * ("National Museum" for "the museum"). */
static struct slice organization_before(const struct role_finder *finder, uint32_t at, uint32_t start, const struct token *noun)
{
    uint32_t stop = noun ? 0 : start;
    for (uint32_t i = at; i > stop && at - i < LONGEST_WAY; i--) {
        uint32_t m = finder->mention_to[i];
        const struct mention *mention = m ? &finder->article->mentions[m - 1] : NULL;
        if (!mention || mention->type != ACTOR_ORGANIZATION || mention->actor == UINT32_MAX)
            continue;
        bool fits = !noun;
        for (uint32_t k = mention->first; noun && k < mention->end; k++)
            fits = fits || slice_equals(token_at(finder, k)->lower, noun->lower);
        if (fits)
            return name_of_mention(finder, m - 1);
    }
    return SLICE_NULL;
}

/* What stands before a title: "Russian", "FBI", "Kenya's", "the museum's", "its". */
static struct slice of_before(const struct role_finder *finder, uint32_t start, uint32_t first)
{
    if (first <= start)
        return SLICE_NULL;
    bool possessive = is_possessive(finder, first - 1);
    uint32_t at = possessive ? first - 1 : first;
    uint32_t m = finder->mention_to[at] ? finder->mention_to[at] : finder->mention_to[first];
    if (m)
        return mention_is(finder, m - 1, ACTOR_PERSON) ? SLICE_NULL : name_of_mention(finder, m - 1);
    if (is_word(finder, first - 1, "its"))
        return organization_before(finder, first - 1, start, NULL);
    if (possessive && at > start && classes_at(finder, at - 1, 1) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL))
        return organization_before(finder, at - 1, start, token_at(finder, at - 1));
    uint16_t country = role_word_country(&finder->words, first - 1);
    return country ? gazetteer_country_name(finder->words.gazetteer, country) : SLICE_NULL;
}

/* "of Russia", "for the grid operator Ukrenergo", "der Alpha AG": reads on from `at`; *end is the first token behind
 * a complement that belongs to the title itself ("for trade", "of the opposition"), *next the first behind all. */
static struct slice of_behind(const struct role_finder *finder, uint32_t at, uint32_t stop, uint32_t *end, uint32_t *next)
{
    *end = *next = at;
    if (at + 1 >= stop || !is_grammar(finder, at, SMALL_OF))
        return SLICE_NULL;
    bool english = slice_equals(finder->words.language, SLICE("en"));
    bool owned = is_word(finder, at + 1, "its") || is_word(finder, at + 1, "their"); /* of what was named before */
    bool names_title = !owned && (is_word(finder, at, "of") || is_word(finder, at, "for"));
    bool serves = is_word(finder, at, "for") || is_word(finder, at, "to");
    uint32_t i = at + 1;
    for (; i < stop && i < at + LONGEST_TITLE; i++) {
        uint32_t m = finder->mention_at[i];
        if (m && (serves || !mention_is(finder, m - 1, ACTOR_PERSON))) { /* "spokesman for Joe Biden" */
            *next = finder->article->mentions[m - 1].end;
            return name_of_mention(finder, m - 1);
        }
        if (m || token_at(finder, i)->kind != TOKEN_WORD || (english && !(token_at(finder, i)->flags & TOKEN_LOWER)))
            break;
        if (english && is_word(finder, i, "for"))
            break;
    }
    if (names_title && i < stop && i - at <= 4 && token_at(finder, i)->kind == TOKEN_PUNCTUATION)
        *end = *next = i;
    return SLICE_NULL;
}

/* "Analyst Johan Lilja at Nordea", "directeur Anneke Smit van het Centraal Museum". */
static struct slice of_behind_name(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    if (at + 1 >= stop || !is_grammar(finder, at, SMALL_OF))
        return SLICE_NULL;
    at++;
    if (at + 1 < stop && is_grammar(finder, at, SMALL_ARTICLE))
        at++;
    uint32_t m = finder->mention_at[at];
    return m && mention_is(finder, m - 1, ACTOR_ORGANIZATION) ? name_of_mention(finder, m - 1) : SLICE_NULL;
}

/* ------------------------------------------------------------ before a name */

/* A word before a noun that may belong to its title: no small word, no verb in the past. */
static bool may_stand_in_title(const struct role_finder *finder, uint32_t i)
{
    const struct token *token = token_at(finder, i);
    return token->flags & TOKEN_LOWER && token->kind == TOKEN_WORD && !(token->small & SMALL_FUNCTION) &&
           !slice_ends(token->lower, SLICE("ed")) && !slice_ends(token->lower, SLICE("ly")) && !is_grammar(finder, i, SMALL_SPEECH);
}

/* Where a noun phrase begins: behind an article, a possessive, an adjective of origin, a verb of speech, a comma. */
static bool begins_phrase(const struct role_finder *finder, uint32_t i)
{
    uint32_t m = finder->mention_to[i];
    return is_grammar(finder, i - 1, SMALL_DETERMINER) || is_possessive(finder, i - 1) || (m && mention_is(finder, m - 1, ACTOR_OTHER)) ||
           is_grammar(finder, i - 1, SMALL_SPEECH) || is_word(finder, i - 1, ",");
}

/* "Board member X", "Museum director Y" at the head of a sentence. */
static bool opens_sentence(const struct role_finder *finder, uint32_t start)
{
    return token_at(finder, start)->flags & TOKEN_SENTENCE_START && !finder->mention_at[start] && !finder->mention_to[start + 1] &&
           (classes_at(finder, start, 1) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL) || name_context_is_noun(&finder->words, start));
}

/* Goes left from a role noun over what belongs to the title: "state health", "former deputy", "retired
 * bus" where the words before show that a noun phrase begins there. */
static uint32_t title_start(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    uint32_t first = end - 1;
    while (first > start && !finder->mention_to[first] &&
           classes_at(finder, first - 1, 1) & (NAME_JOINER | NAME_MODIFIER | NAME_ANY_ROLE) &&
           token_at(finder, first - 1)->kind == TOKEN_WORD)
        first--;
    /* What stands before a noun is known for English alone. */
    if (!slice_equals(finder->words.language, SLICE("en")))
        return first;
    for (uint32_t i = first; i > start && first - i < 4; i--) {
        if (begins_phrase(finder, i) || (i == start + 1 && opens_sentence(finder, start)))
            return begins_phrase(finder, i) ? i : start;
        if (!may_stand_in_title(finder, i - 1))
            break;
    }
    return first;
}

/* The country of an adjective in lower case that ends before `end`: "le président malien". */
static uint16_t origin_before(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    return end > start + 1 && token_at(finder, end - 1)->flags & TOKEN_LOWER ? role_word_country(&finder->words, end - 1) : 0;
}

/* The role noun of "spokeswoman for the European Commission, Ingeborg V.": back over "for ..." and over an adjective of origin
 * ("le ministre français des Affaires étrangères, Luc D."). */
static uint32_t role_before_complement(const struct role_finder *finder, uint32_t start, uint32_t end, uint16_t *origin)
{
    for (uint32_t i = end; i > start + 1 && end - i < LONGEST_TITLE; i--) {
        if (token_at(finder, i - 1)->kind != TOKEN_WORD)
            return 0;
        if (!is_grammar(finder, i - 1, SMALL_OF))
            continue;
        if (ends_role(finder, start, i - 1))
            return i - 1;
        uint16_t country = origin_before(finder, start, i - 1);
        if (country && ends_role(finder, start, i - 2)) {
            *origin = country;
            return i - 2;
        }
    }
    return 0;
}

/* "La presidenta ejecutiva", "il direttore generale": Romance languages have the adjective behind the noun. */
static bool ends_in_adjective(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    static const struct slice romance[] = {{"es", 2}, {"fr", 2}, {"it", 2}, {"pt", 2}};
    if (end < start + 2 || !(token_at(finder, end - 1)->flags & TOKEN_LOWER) || token_at(finder, end - 1)->kind != TOKEN_WORD ||
        token_at(finder, end - 1)->small & SMALL_FUNCTION || role_word_country(&finder->words, end - 1))
        return false;
    for (size_t i = 0; i < sizeof romance / sizeof romance[0]; i++)
        if (slice_equals(romance[i], finder->words.language))
            return ends_role(finder, start, end - 1);
    return false;
}

static bool has_determiner(const struct role_finder *finder, uint32_t start, uint32_t first)
{
    if (first <= start)
        return false;
    return is_grammar(finder, first - 1, SMALL_DETERMINER) || finder->mention_to[first] || is_possessive(finder, first - 1);
}

/* Back over "Mr" and "Dr". */
static uint32_t before_honorifics(const struct role_finder *finder, uint32_t name, uint32_t start, uint32_t end)
{
    while (end > start && name - end < MOST_HONORIFICS && classes_at(finder, end - 1, 1) & NAME_HONORIFIC &&
           !role_word_is_noun(&finder->words, end - 1))
        end--;
    return end;
}

/* The role that ends at `end`, before the name or before a title of it; returns where it begins, 0: there is none. */
static uint32_t find_before(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t end, uint32_t stop)
{
    end = before_honorifics(finder, mention->first, start, end);
    bool apart = end > start && is_separator(finder, end - 1);
    if (apart)
        end--;
    uint32_t behind, next;
    uint16_t origin = origin_before(finder, start, end);
    uint32_t last = origin ? end - 1 : end; /* "le président malien Oumar S." */
    bool adjective = !origin && ends_in_adjective(finder, start, end);
    uint32_t role_end = ends_role(finder, start, last) || adjective ? last : apart ? role_before_complement(finder, start, end, &origin) : 0;
    if (!role_end)
        return 0;
    struct stated_role role = {.first = title_start(finder, start, role_end - adjective), .end = role_end};
    bool colon = apart && is_word(finder, end, ":");
    if (apart && !colon && !has_determiner(finder, start, role.first))
        return 0;
    if (role_end < last) {
        uint32_t of = role_end + !is_grammar(finder, role_end, SMALL_OF); /* over the adjective */
        role.of = of_behind(finder, of, end + 1, &behind, &next);
        role.end = behind > of ? behind : role_end;
    }
    if (origin) /* rather than "Affaires étrangères" */
        role.of = gazetteer_country_name(finder->words.gazetteer, origin);
    if (slice_is_null(role.of))
        role.of = of_before(finder, start, role.first);
    if (slice_is_null(role.of))
        role.of = of_behind_name(finder, mention->end, stop);
    add_role(finder, mention->actor, &role, SLICE_NULL);
    return role.first;
}

/* ------------------------------------------------------------- after a name */

/* "M.D.", "PhD", "KC": letters that stand between a name's commas. */
static bool is_degree(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    const struct token *token = token_at(finder, at);
    return at + 1 < stop && is_separator(finder, at + 1) && token->kind == TOKEN_WORD && token->lower.len <= LONGEST_DEGREE &&
           (token->flags & TOKEN_ALL_UPPER || slice_find_byte(token->lower, '.', 1) != SLICE_NOT_FOUND || slice_equals(token->lower, SLICE("phd")));
}

/* Over ", 52,", ", M.D.," and ", of Harrogate,"; where the apposition begins, or 0. */
static uint32_t apposition_start(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    for (size_t parts = 0; parts < 4; parts++) {
        if (at + 1 >= stop || !is_separator(finder, at))
            return 0;
        at++;
        if (token_at(finder, at)->kind == TOKEN_NUMBER || is_degree(finder, at, stop)) {
            at++;
            continue;
        }
        if (!is_word(finder, at, "of")) /* ", and Egyptian President X": the next of a list */
            return is_grammar(finder, at, SMALL_CONJUNCTION) ? 0 : at;
        at++;
        uint32_t m = at < stop ? finder->mention_at[at] : 0;
        if (!m)
            return 0;
        at = finder->article->mentions[m - 1].end;
    }
    return 0;
}

/* Where the role ends that begins at `at` and has a word behind it that is part of it: "chief of staff", which lists know, and
 * "chief revenue officer", for "chief" joins what it stands before. 0: none. */
static uint32_t known_role_end(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    size_t length;
    if (gazetteer_longest(finder->words.gazetteer, token_at(finder, at), stop - at, NAME_ANY_ROLE, &length) && length > 1)
        return at + (uint32_t)length;
    if (!(classes_at(finder, at, 1) & NAME_JOINER))
        return 0;
    bool capital = !(token_at(finder, at)->flags & TOKEN_LOWER);
    for (uint32_t i = at + 1; i < stop && i <= at + MOST_JOINED && !finder->mention_at[i]; i++) {
        if (capital ? token_at(finder, i)->flags & TOKEN_LOWER || token_at(finder, i)->kind != TOKEN_WORD : !may_stand_in_title(finder, i))
            return 0;
        if (i > at + 1 && ends_role(finder, at, i + 1))
            return i + 1;
    }
    return 0;
}

/* A role noun within the noun phrase that begins at `at`. Its end, or 0. */
static uint32_t role_in_phrase(const struct role_finder *finder, uint32_t at, uint32_t stop, uint32_t *first)
{
    uint32_t last = 0;
    *first = at;
    for (uint32_t i = at; i < stop && i < at + LONGEST_TITLE; i++) {
        uint32_t m = finder->mention_at[i];
        if (m && !mention_is(finder, m - 1, ACTOR_PERSON)) {
            i = finder->article->mentions[m - 1].end - 1;
            *first = i + 1;
            continue;
        }
        bool possessive = is_possessive(finder, i);
        if (possessive || is_grammar(finder, i, SMALL_DETERMINER)) {
            if (!possessive && i > *first)
                return last;
            *first = i + 1;
            continue;
        }
        if (token_at(finder, i)->kind != TOKEN_WORD || is_grammar(finder, i, SMALL_OF) || is_grammar(finder, i, SMALL_COPULA))
            break;
        uint32_t end = known_role_end(finder, i, stop);
        if (end || ends_role(finder, at, i + 1)) {
            last = end ? end : i + 1;
            i = last - 1;
        } else if (last)
            break;
    }
    return last;
}

/* The role that a phrase from `at` states; returns the first token behind it, 0: it states none. */
static uint32_t find_phrase(struct role_finder *finder, const struct mention *mention, uint32_t at, uint32_t stop)
{
    uint32_t first, behind, next, end = role_in_phrase(finder, at, stop, &first);
    bool of_another = end && end < stop && finder->mention_at[end] && mention_is(finder, finder->mention_at[end] - 1, ACTOR_PERSON);
    if (!end || first >= end || of_another)
        return 0;
    struct stated_role role = {.first = first, .end = end};
    role.of = of_behind(finder, end, stop, &behind, &next);
    if (behind > end)
        role.end = behind;
    if (slice_is_null(role.of))
        role.of = of_before(finder, at, first);
    add_role(finder, mention->actor, &role, SLICE_NULL);
    return next;
}

/* "..., Estonia's finance minister and a former governor": one role more behind "and". */
static void find_phrases(struct role_finder *finder, const struct mention *mention, uint32_t at, uint32_t stop)
{
    uint32_t next = find_phrase(finder, mention, at, stop);
    if (next && next + 1 < stop && is_grammar(finder, next, SMALL_CONJUNCTION) &&
        (is_grammar(finder, next + 1, SMALL_DETERMINER) || classes_at(finder, next + 1, 1) & NAME_ANY_TITLE))
        find_phrase(finder, mention, next + 1, stop);
}

/* "..., who heads Y": the verb states the role. */
static void find_clause(struct role_finder *finder, const struct mention *mention, uint32_t at, uint32_t stop)
{
    if (at + 2 >= stop || !is_word(finder, at, "who"))
        return;
    const struct lexicon_row *row = lexicon_find(finder->verbs, token_at(finder, at + 1)->lower);
    for (uint32_t i = at + 2; row && i < stop && i < at + 7; i++) {
        uint32_t m = finder->mention_at[i];
        if (m && mention_is(finder, m - 1, ACTOR_ORGANIZATION)) {
            struct stated_role role = {.of = name_of_mention(finder, m - 1)};
            add_role(finder, mention->actor, &role, row->columns[1]);
            return;
        }
    }
}

static void find_after(struct role_finder *finder, const struct mention *mention, uint32_t stop)
{
    uint32_t at = apposition_start(finder, mention->end, stop);
    if (at && is_grammar(finder, at, SMALL_COPULA)) /* "The girl, Defne, is a student" */
        find_phrases(finder, mention, at + 1, stop);
    else if (at) {
        find_phrases(finder, mention, at, stop);
        find_clause(finder, mention, at, stop);
    } else if (mention->end + 1 < stop && is_grammar(finder, mention->end, SMALL_COPULA) &&
               (is_grammar(finder, mention->end + 1, SMALL_DETERMINER) || role_word_is_noun(&finder->words, mention->end + 1))) {
        find_phrases(finder, mention, mention->end + 1, stop);
    }
}

/* ------------------------------------------------------------------- stage */

enum err roles_run(struct job *job)
{
    struct article *article = &job->article;
    if (!article->actor_count)
        return ERR_NONE;
    struct role_finder finder = {.job = job, .article = article, .words = role_words_make(job)};
    finder.verbs = lexicon_table(job->knowledge->lexicon, "role_verbs");
    finder.mention_at = arena_calloc(job->arena, article->token_count + 1, sizeof *finder.mention_at);
    finder.mention_to = arena_calloc(job->arena, article->token_count + 1, sizeof *finder.mention_to);
    for (uint32_t m = 0; m < article->mention_count; m++) {
        finder.mention_at[article->mentions[m].first] = m + 1;
        finder.mention_to[article->mentions[m].end] = m + 1;
    }
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        if (mention->type != ACTOR_PERSON || mention->actor == UINT32_MAX)
            continue;
        const struct sentence *sentence = &article->sentences[mention->sentence];
        uint32_t title = find_before(&finder, mention, sentence->first, mention->first, sentence->end);
        if (title > sentence->first && slice_equals(article->tokens[title - 1].lower, SLICE(","))) /* "Qatar's emir, Sheikh X" */
            find_before(&finder, mention, sentence->first, title, sentence->end);
        find_after(&finder, mention, sentence->end);
    }
    countries_assign(job);
    confidence_assign(job);
    salience_assign(job);
    return ERR_NONE;
}
