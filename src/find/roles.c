#include "find/roles.h"

#include "actors_internal.h"
#include "base/utf8.h"

#define LONGEST_TITLE 8   /* words of a title with what it is of */
#define MOST_HONORIFICS 4 /* before a name */
#define MOST_ROLES 4      /* roles of one actor */

struct role_finder {
    struct job *job;
    struct article *article;
    const struct gazetteer *gazetteer;
    const struct lexicon_table *verbs;
    bool english;         /* or not known */
    uint32_t *mention_at; /* of each token: index of the mention that it begins, +1 */
    uint32_t *mention_to; /* ... that ends before it, +1 */
};

/* A role being read: title in tokens [first, end), and of what. */
struct role_words {
    uint32_t first, end;
    struct slice of;
};

static const struct token *token_at(const struct role_finder *finder, uint32_t i)
{
    return &finder->article->tokens[i];
}

static bool word_is(const struct role_finder *finder, uint32_t i, const char *const *words)
{
    for (; *words; words++)
        if (slice_equals(token_at(finder, i)->lower, slice_from_cstr(*words)))
            return true;
    return false;
}

static const char *const determiners[] = {"the", "a", "an", "his", "her", "its", "their", "my", "our", "this", NULL};
static const char *const of_words[] = {"of", "for", "at", "in", "with", "from", "to", NULL};
static const char *const copulas[] = {"is", "was", "became", "remains", "remained", NULL};
static const char *const conjunctions[] = {"and", "or", "but", "while", "as", NULL};
static const char *const separators[] = {",", ":", "(", NULL};

static uint32_t classes_at(const struct role_finder *finder, uint32_t i, uint32_t count)
{
    const struct gazetteer_entry *entry = gazetteer_find(finder->gazetteer, token_at(finder, i), count);
    return entry ? entry->classes : 0;
}

/* Singular role nouns that no list holds are told by their endings: "bookkeeper", "sociologist". */
static bool looks_like_role(struct slice word)
{
    static const char *const endings[] = {"ologist", "keeper", "maker", "master", "woman", "person", "writer", "grapher",
                                          "worker", "owner", "driver", "singer", "player", "runner", "trader", "monger",
                                          "smith", "wright", "ician", NULL};
    for (size_t i = 0; endings[i]; i++)
        if (slice_ends(word, slice_from_cstr(endings[i])))
            return true;
    return false;
}

static bool is_role_noun(const struct role_finder *finder, uint32_t i)
{
    if (token_at(finder, i)->kind != TOKEN_WORD)
        return false;
    return (classes_at(finder, i, 1) & NAME_ANY_ROLE) || (token_at(finder, i)->flags & TOKEN_LOWER && looks_like_role(token_at(finder, i)->lower));
}

static bool ends_role(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    if (end <= start)
        return false;
    if (is_role_noun(finder, end - 1))
        return true;
    return end - start >= 2 && classes_at(finder, end - 2, 2) & NAME_ANY_ROLE;
}

/* ------------------------------------------------------------------ adding */

static struct slice words_text(const struct role_finder *finder, uint32_t first, uint32_t end)
{
    struct span span = {token_at(finder, first)->span.start, token_at(finder, end - 1)->span.end};
    return utf8_squash(finder->job->arena, article_text(finder->article, span));
}

static void add_role(struct role_finder *finder, uint32_t actor_index, const struct role_words *words, struct slice title)
{
    struct actor *actor = &finder->article->actors[actor_index];
    if (slice_is_null(title))
        title = words_text(finder, words->first, words->end);
    if (slice_equals_nocase(words->of, actor->name))
        return;
    for (uint32_t i = 0; i < actor->role_count; i++) {
        struct actor_role *role = &actor->roles[i];
        if (slice_contains_nocase(role->title, title) || slice_contains_nocase(title, role->title)) {
            if (slice_is_null(role->of))
                role->of = words->of;
            return;
        }
    }
    if (actor->role_count >= MOST_ROLES)
        return;
    if (!actor->roles)
        actor->roles = arena_calloc(finder->job->arena, MOST_ROLES, sizeof *actor->roles);
    actor->roles[actor->role_count++] = (struct actor_role){title, words->of};
}

/* ------------------------------------------------------- what a role is of */

static struct slice name_of_mention(const struct role_finder *finder, uint32_t m)
{
    const struct mention *mention = &finder->article->mentions[m];
    if (mention->actor != UINT32_MAX)
        return finder->article->actors[mention->actor].name;
    struct span core = actors_core(finder->article, mention);
    const struct gazetteer_entry *entry = actors_known(finder->job, core.start, core.end);
    return entry && entry->classes & NAME_DEMONYM ? gazetteer_country_name(finder->gazetteer, entry->countries[0]) : SLICE_NULL;
}

static bool mention_is_person(const struct role_finder *finder, uint32_t m)
{
    return finder->article->mentions[m].type == ACTOR_PERSON;
}

/* What stands before a title: "Russian", "FBI", "Kenya's". */
static struct slice of_before(const struct role_finder *finder, uint32_t start, uint32_t first)
{
    if (first <= start)
        return SLICE_NULL;
    uint32_t at = slice_starts(token_at(finder, first - 1)->lower, SLICE("'")) ? first - 1 : first;
    uint32_t m = finder->mention_to[at] ? finder->mention_to[at] : finder->mention_to[first];
    return m && !mention_is_person(finder, m - 1) ? name_of_mention(finder, m - 1) : SLICE_NULL;
}

/* "of Russia", "for the grid operator Ukrenergo": reads on from `at`; *end is the first token behind a
 * complement that belongs to the title itself ("for trade", "of the opposition"). */
static struct slice of_behind(const struct role_finder *finder, uint32_t at, uint32_t stop, uint32_t *end)
{
    *end = at;
    if (at + 1 >= stop || !word_is(finder, at, of_words))
        return SLICE_NULL;
    bool names_title = slice_equals(token_at(finder, at)->lower, SLICE("of")) || slice_equals(token_at(finder, at)->lower, SLICE("for"));
    bool serves = slice_equals(token_at(finder, at)->lower, SLICE("for")) || slice_equals(token_at(finder, at)->lower, SLICE("to"));
    uint32_t i = at + 1;
    for (; i < stop && i < at + LONGEST_TITLE; i++) {
        uint32_t m = finder->mention_at[i];
        if (m && (serves || !mention_is_person(finder, m - 1))) /* "spokesman for Joe Biden" */
            return name_of_mention(finder, m - 1);
        if (m || token_at(finder, i)->kind != TOKEN_WORD || !(token_at(finder, i)->flags & TOKEN_LOWER))
            break;
        if (word_is(finder, i, of_words) && slice_equals(token_at(finder, i)->lower, SLICE("for")))
            break;
    }
    if (names_title && i < stop && i - at <= 4 && token_at(finder, i)->kind == TOKEN_PUNCTUATION)
        *end = i;
    return SLICE_NULL;
}

/* ------------------------------------------------------------ before a name */

/* Goes left from a role noun over what belongs to the title: "state health", "former deputy", "retired
 * bus" where an article shows that a noun phrase begins there. */
static uint32_t title_start(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    uint32_t first = end - 1;
    while (first > start && !finder->mention_to[first] &&
           classes_at(finder, first - 1, 1) & (NAME_JOINER | NAME_MODIFIER | NAME_ANY_ROLE) &&
           token_at(finder, first - 1)->kind == TOKEN_WORD)
        first--;
    /* What stands before a noun is known for English alone. */
    for (uint32_t i = first; finder->english && i > start && first - i < 4; i--) {
        const struct token *token = token_at(finder, i - 1);
        if (word_is(finder, i - 1, determiners) || finder->mention_to[i] || slice_starts(token->lower, SLICE("'")))
            return i;
        if (!(token->flags & TOKEN_LOWER) || token->kind != TOKEN_WORD || word_is(finder, i - 1, of_words))
            break;
    }
    return first;
}

/* The role noun of "spokeswoman for the European Commission, Ingeborg V.": back over "for ...". */
static uint32_t role_before_complement(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    for (uint32_t i = end; i > start + 1 && end - i < LONGEST_TITLE; i--) {
        const struct token *token = token_at(finder, i - 1);
        if (token->kind != TOKEN_WORD)
            return 0;
        if (word_is(finder, i - 1, of_words) && ends_role(finder, start, i - 1))
            return i - 1;
    }
    return 0;
}

static bool has_determiner(const struct role_finder *finder, uint32_t start, uint32_t first)
{
    if (first <= start)
        return false;
    if (word_is(finder, first - 1, determiners) || finder->mention_to[first])
        return true;
    return slice_starts(token_at(finder, first - 1)->lower, SLICE("'"));
}

/* The role that ends at `end`, before the name or before a title of it; returns where it begins, 0: there is none. */
static uint32_t find_before(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t end)
{
    while (end > start && mention->first - end < MOST_HONORIFICS && classes_at(finder, end - 1, 1) & NAME_HONORIFIC && !is_role_noun(finder, end - 1))
        end--;
    bool apart = end > start && word_is(finder, end - 1, separators);
    if (apart)
        end--;
    uint32_t role_end = ends_role(finder, start, end) ? end : apart ? role_before_complement(finder, start, end) : 0;
    if (!role_end)
        return 0;
    struct role_words words = {.first = title_start(finder, start, role_end), .end = role_end};
    bool colon = apart && slice_equals(token_at(finder, end)->lower, SLICE(":"));
    if (apart && !colon && !has_determiner(finder, start, words.first))
        return 0;
    if (role_end < end) {
        uint32_t behind;
        words.of = of_behind(finder, role_end, end + 1, &behind);
        if (behind > role_end)
            words.end = behind;
    }
    struct slice before = of_before(finder, start, words.first);
    if (slice_is_null(words.of))
        words.of = before;
    add_role(finder, mention->actor, &words, SLICE_NULL);
    return words.first;
}

/* ------------------------------------------------------------- after a name */

/* Over ", 52," and ", of Harrogate,"; where the apposition begins, or 0. */
static uint32_t apposition_start(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    for (size_t parts = 0; parts < 3; parts++) {
        if (at + 1 >= stop || !word_is(finder, at, separators))
            return 0;
        at++;
        if (token_at(finder, at)->kind == TOKEN_NUMBER) {
            at++;
            continue;
        }
        if (!slice_equals(token_at(finder, at)->lower, SLICE("of"))) /* ", and Egyptian President X": the next of a list */
            return word_is(finder, at, conjunctions) ? 0 : at;
        at++;
        uint32_t m = at < stop ? finder->mention_at[at] : 0;
        if (!m)
            return 0;
        at = finder->article->mentions[m - 1].end;
    }
    return 0;
}

/* A role noun within the noun phrase that begins at `at`. Its end, or 0. */
static uint32_t role_in_phrase(const struct role_finder *finder, uint32_t at, uint32_t stop, uint32_t *first)
{
    uint32_t last = 0;
    *first = at;
    for (uint32_t i = at; i < stop && i < at + LONGEST_TITLE; i++) {
        const struct token *token = token_at(finder, i);
        uint32_t m = finder->mention_at[i];
        if (m && !mention_is_person(finder, m - 1)) {
            i = finder->article->mentions[m - 1].end - 1;
            *first = i + 1;
            continue;
        }
        bool possessive = slice_starts(token->lower, SLICE("'"));
        if (possessive || word_is(finder, i, determiners)) {
            if (!possessive && i > *first)
                return last;
            *first = i + 1;
            continue;
        }
        if (token->kind != TOKEN_WORD || word_is(finder, i, of_words) || word_is(finder, i, copulas))
            break;
        if (ends_role(finder, at, i + 1))
            last = i + 1;
        else if (last)
            break;
    }
    return last;
}

static void find_phrase(struct role_finder *finder, const struct mention *mention, uint32_t at, uint32_t stop)
{
    uint32_t first, behind, end = role_in_phrase(finder, at, stop, &first);
    if (!end || first >= end)
        return;
    struct role_words words = {.first = first, .end = end};
    struct slice before = of_before(finder, at, first);
    words.of = of_behind(finder, end, stop, &behind);
    if (behind > end)
        words.end = behind;
    if (slice_is_null(words.of))
        words.of = before;
    add_role(finder, mention->actor, &words, SLICE_NULL);
}

/* "..., who heads Y": the verb states the role. */
static void find_clause(struct role_finder *finder, const struct mention *mention, uint32_t at, uint32_t stop)
{
    if (at + 2 >= stop || !slice_equals(token_at(finder, at)->lower, SLICE("who")))
        return;
    const struct lexicon_row *row = lexicon_find(finder->verbs, token_at(finder, at + 1)->lower);
    for (uint32_t i = at + 2; row && i < stop && i < at + 7; i++) {
        uint32_t m = finder->mention_at[i];
        if (m && finder->article->mentions[m - 1].type == ACTOR_ORGANIZATION) {
            struct role_words words = {.of = name_of_mention(finder, m - 1)};
            add_role(finder, mention->actor, &words, row->columns[1]);
            return;
        }
    }
}

static void find_after(struct role_finder *finder, const struct mention *mention, uint32_t stop)
{
    uint32_t at = apposition_start(finder, mention->end, stop);
    if (at && word_is(finder, at, copulas)) /* "The girl, Defne, is a student" */
        find_phrase(finder, mention, at + 1, stop);
    else if (at) {
        find_phrase(finder, mention, at, stop);
        find_clause(finder, mention, at, stop);
    } else if (mention->end + 1 < stop && word_is(finder, mention->end, copulas) &&
               (word_is(finder, mention->end + 1, determiners) || is_role_noun(finder, mention->end + 1))) {
        find_phrase(finder, mention, mention->end + 1, stop);
    }
}

/* ------------------------------------------------------------------- stage */

enum err roles_run(struct job *job)
{
    struct article *article = &job->article;
    if (!article->actor_count)
        return ERR_NONE;
    struct role_finder finder = {.job = job, .article = article, .gazetteer = names_gazetteer(job->knowledge->names)};
    finder.english = slice_is_null(article->language.value) || slice_starts(article->language.value, SLICE("en"));
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
        uint32_t title = find_before(&finder, mention, sentence->first, mention->first);
        if (title > sentence->first && slice_equals(article->tokens[title - 1].lower, SLICE(","))) /* "Qatar's emir, Sheikh X" */
            find_before(&finder, mention, sentence->first, title);
        find_after(&finder, mention, sentence->end);
    }
    countries_assign(job);
    salience_assign(job);
    return ERR_NONE;
}
