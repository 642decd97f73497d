#include "find/names.h"

#include <stdlib.h>

#include "article/limits.h"
#include "names_internal.h"

/* A sentence of fewer words than this tells nothing about how it uses capitals. */
#define WORDS_THAT_TELL 4

const struct name_model *name_model_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct name_model *model = arena_alloc(arena, sizeof *model);
    model->gazetteer = gazetteer_create(arena, lexicon);
    return model;
}

const struct gazetteer *names_gazetteer(const struct name_model *model)
{
    return model->gazetteer;
}

/* ---------------------------------------------------------------- mentions */

void names_add(struct name_finder *finder, uint32_t sentence, uint32_t first, uint32_t end, enum actor_type type,
               float confidence)
{
    struct article *article = finder->article;
    if (article->mention_count >= LIMIT_MENTIONS || first >= end)
        return;
    article->mentions = arena_grow(finder->job->arena, article->mentions, article->mention_count, &finder->capacity,
                                   sizeof *article->mentions);
    article->mentions[article->mention_count++] = (struct mention){
        .span = {article->tokens[first].span.start, article->tokens[end - 1].span.end},
        .first = first, .end = end, .sentence = sentence, .type = type, .confidence = confidence, .actor = UINT32_MAX,
    };
}

/* ------------------------------------------------------------- letter case */

struct case_count {
    size_t words, lower, capital, upper, long_lower;
};

static struct case_count count_cases(const struct article *article, const struct sentence *sentence)
{
    struct case_count count = {0};
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = &article->tokens[i];
        if (token->kind != TOKEN_WORD)
            continue;
        count.words++;
        count.lower += (token->flags & TOKEN_LOWER) != 0;
        count.long_lower += (token->flags & TOKEN_LOWER) != 0 && token->lower.len > 4;
        count.capital += (token->flags & TOKEN_CAPITALISED) != 0;
        count.upper += (token->flags & TOKEN_ALL_UPPER) != 0;
    }
    return count;
}

/* A headline in title case leaves only short words (of, with, from) in lower case. */
static enum letter_case letter_case_of(const struct article *article, const struct sentence *sentence)
{
    struct case_count count = count_cases(article, sentence);
    enum block_role role = article->blocks[sentence->block].role;
    bool heading = role == ROLE_HEADLINE || role == ROLE_SUBHEADING || role == ROLE_STANDFIRST;
    if (count.upper * 10 >= count.words * 8 && count.words >= 3)
        return CASE_ALL_UPPER;
    if (count.lower == count.words && (count.words >= WORDS_THAT_TELL || heading))
        return CASE_ALL_LOWER;
    if (count.words >= WORDS_THAT_TELL && heading && count.capital > count.words / 2 && count.long_lower * 6 <= count.capital)
        return CASE_TITLE;
    return CASE_ORDINARY;
}

/* --------------------------------------------------------------- evidence */

/* Which words the document writes with a capital where no rule asks for one, and which without. */
static void gather_evidence(struct name_finder *finder, const enum letter_case *cases)
{
    struct article *article = finder->article;
    for (uint32_t s = 0; s < article->sentence_count; s++) {
        if (cases[s] != CASE_ORDINARY)
            continue;
        const struct sentence *sentence = &article->sentences[s];
        for (uint32_t i = sentence->first; i < sentence->end; i++) {
            struct token *token = &article->tokens[i];
            if (token->kind != TOKEN_WORD)
                continue;
            if (token->flags & TOKEN_LOWER)
                *map_at(&finder->lowered, token->lower) = token;
            else if (token_is_capital(token) && !(token->flags & TOKEN_SENTENCE_START))
                *map_at(&finder->capitalised, token->lower) = token;
        }
    }
}

/* ------------------------------------------------- text without ordinary case */

struct known_name {
    enum actor_type type;
    float confidence;
};

#define LONGEST_NAME 6 /* words of a name that is looked for by its words */

static uint64_t words_key(const struct token *tokens, uint32_t count, char key[static 128], size_t *len)
{
    *len = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (*len + tokens[i].lower.len + 1 >= 128)
            return 0;
        if (i)
            key[(*len)++] = ' ';
        memcpy(key + *len, tokens[i].lower.ptr, tokens[i].lower.len);
        *len += tokens[i].lower.len;
    }
    return 1;
}

static void remember(struct name_finder *finder, struct map *known, uint32_t first, uint32_t end, struct known_name name)
{
    char key[128];
    size_t len;
    if (end - first > LONGEST_NAME || !words_key(&finder->article->tokens[first], end - first, key, &len) || len < 3)
        return;
    void **place = map_at(known, arena_copy(finder->job->arena, slice_of(key, len)));
    if (*place)
        return;
    struct known_name *copy = arena_alloc(finder->job->arena, sizeof *copy);
    *copy = name;
    *place = copy;
}

/* The names found so far, whole and (people) by surname. */
static struct map known_names(struct name_finder *finder)
{
    struct article *article = finder->article;
    struct map known = map_make(finder->job->arena, article->mention_count * 2);
    for (uint32_t i = 0; i < article->mention_count; i++) {
        const struct mention *mention = &article->mentions[i];
        struct known_name name = {mention->type, mention->confidence};
        remember(finder, &known, mention->first, mention->end, name);
        if (mention->type == ACTOR_PERSON && mention->end - mention->first > 1)
            remember(finder, &known, mention->end - 1, mention->end, name);
    }
    return known;
}

static uint32_t match_known(struct name_finder *finder, const struct map *known, uint32_t at, uint32_t end,
                            struct known_name *name)
{
    char key[128];
    size_t len;
    for (uint32_t count = end - at < LONGEST_NAME ? end - at : LONGEST_NAME; count > 0; count--) {
        if (!words_key(&finder->article->tokens[at], count, key, &len))
            continue;
        const struct known_name *found = map_get(known, slice_of(key, len));
        if (found) {
            *name = *found;
            return count;
        }
    }
    return 0;
}

/* What the gazetteers alone can vouch for: nothing that is also a common word. */
static uint32_t match_gazetteer(struct name_finder *finder, uint32_t at, uint32_t end, struct known_name *name)
{
    size_t length;
    const struct token *tokens = &finder->article->tokens[at];
    uint32_t classes = NAME_ANY_PLACE | NAME_DEMONYM | NAME_ORGANIZATION | NAME_NOT;
    const struct gazetteer_entry *entry = gazetteer_longest(finder->gazetteer, tokens, end - at, classes, &length);
    if (!entry || (entry->classes & NAME_COMMON) || (length == 1 && entry->classes & NAME_CAPITALS && tokens[0].lower.len < 3))
        entry = NULL;
    if (entry && length == 1 && (entry->classes & NAME_ANY_PLACE) == NAME_CITY && entry->city_tier == 3)
        entry = NULL;
    if (entry) {
        name->confidence = 0.7f;
        name->type = entry->classes & (NAME_DEMONYM | NAME_NOT) ? ACTOR_OTHER
                     : entry->classes & NAME_ANY_PLACE          ? ACTOR_PLACE
                                                                : ACTOR_ORGANIZATION;
        return entry->classes & NAME_NOT_WORD ? 0 : (uint32_t)length;
    }
    const struct gazetteer_entry *given = gazetteer_find(finder->gazetteer, tokens, 1);
    const struct gazetteer_entry *last = end - at > 1 ? gazetteer_find(finder->gazetteer, tokens + 1, 1) : NULL;
    if (!given || !last || !(given->classes & NAME_GIVEN) || !(last->classes & NAME_SURNAME) ||
        (given->classes & NAME_COMMON) || (last->classes & NAME_COMMON))
        return 0;
    *name = (struct known_name){ACTOR_PERSON, 0.7f};
    return 2;
}

static void find_caseless(struct name_finder *finder, const struct map *known, uint32_t s)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    for (uint32_t at = sentence->first; at < sentence->end;) {
        struct known_name name;
        uint32_t taken = 0;
        if (finder->article->tokens[at].kind == TOKEN_WORD) {
            taken = match_known(finder, known, at, sentence->end, &name);
            if (!taken)
                taken = match_gazetteer(finder, at, sentence->end, &name);
        }
        if (taken)
            names_add(finder, s, at, at + taken, name.type, name.confidence);
        at += taken ? taken : 1;
    }
}

/* ------------------------------------------------------------------- stage */

static int by_position(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

enum err names_run(struct job *job)
{
    struct article *article = &job->article;
    struct name_finder finder = {.job = job, .article = article, .gazetteer = job->knowledge->names->gazetteer};
    finder.capitalised = map_make(job->arena, 256);
    finder.lowered = map_make(job->arena, 1024);
    enum letter_case *cases = arena_calloc(job->arena, article->sentence_count, sizeof *cases);
    for (uint32_t s = 0; s < article->sentence_count; s++)
        cases[s] = letter_case_of(article, &article->sentences[s]);
    gather_evidence(&finder, cases);
    for (uint32_t s = 0; s < article->sentence_count; s++)
        if (cases[s] == CASE_ORDINARY)
            name_runs_find(&finder, s, cases[s]);
    struct map known = known_names(&finder);
    for (uint32_t s = 0; s < article->sentence_count; s++)
        if (cases[s] != CASE_ORDINARY)
            find_caseless(&finder, &known, s);
    qsort(article->mentions, article->mention_count, sizeof *article->mentions, by_position);
    return ERR_NONE;
}
