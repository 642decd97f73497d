/* Names that the tagger passed over: those that the gazetteers know, capitals that the words beside them explain, and
 * names that the document has elsewhere. */
#include "article/limits.h"
#include "base/map.h"
#include "find/names/name_context.h"
#include "names_internal.h"

struct known_name {
    enum actor_type type;
    float confidence;
    bool nickname; /* may be an everyday word: "Jazz" */
};

#define LONGEST_NAME 6 /* words of a name that is looked for by its words */

#define KEY_BYTES 128

/* The words as they are compared, with blanks between; returns how many fit. ends[i]: where the first i + 1 words end.
 */
static uint32_t words_key(const struct token *tokens, uint32_t count, char key[static KEY_BYTES],
                          size_t ends[static LONGEST_NAME])
{
    size_t len = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct slice word = tokens[i].lower;
        if (len + word.len + 1 >= KEY_BYTES)
            return i;
        if (i)
            key[len++] = ' ';
        memcpy(key + len, word.ptr, word.len);
        ends[i] = len += word.len;
    }
    return count;
}

static void remember(struct name_finder *finder, struct map *known, uint32_t first, uint32_t end,
                     struct known_name name)
{
    char key[KEY_BYTES];
    size_t ends[LONGEST_NAME];
    uint32_t count = end - first;
    if (count == 0 || count > LONGEST_NAME || words_key(&finder->article->tokens[first], count, key, ends) < count ||
        ends[count - 1] < 3)
        return;
    void **place = map_at(known, arena_copy(finder->job->arena, slice_of(key, ends[count - 1])));
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
        struct known_name name = {mention->type, mention->confidence, false};
        remember(finder, &known, mention->first, mention->end, name);
        if (mention->type == ACTOR_PERSON && mention->end - mention->first > 1)
            remember(finder, &known, mention->end - 1, mention->end, name);
        name.nickname = mention->type == ACTOR_ORGANIZATION &&
                        name_context_has_nickname(&finder->words, mention->first, mention->end);
        if (name.nickname)
            remember(finder, &known, mention->end - 1, mention->end, name);
    }
    return known;
}

static uint32_t match_known(struct name_finder *finder, const struct map *known, uint32_t at, uint32_t end,
                            struct known_name *name)
{
    char key[KEY_BYTES];
    size_t ends[LONGEST_NAME];
    uint32_t most = end - at < LONGEST_NAME ? end - at : LONGEST_NAME;
    for (uint32_t count = words_key(&finder->article->tokens[at], most, key, ends); count > 0; count--) {
        const struct known_name *found = map_get(known, slice_of(key, ends[count - 1]));
        if (found) {
            *name = *found;
            return count;
        }
    }
    return 0;
}

/* What a phrase of the gazetteers is where the tagger saw nothing in it: ACTOR_OTHER for words that carry a
 * capital of their own; a place or an organization where nothing else is meant by the words. False: leave it. */
static bool known_type(const struct gazetteer_entry *entry, const struct token *token, bool caseless,
                       enum actor_type *type)
{
    uint32_t classes = entry->classes;
    bool loud = !caseless && token->flags & (TOKEN_ALL_UPPER | TOKEN_HAS_DIGIT); /* "M23" */
    bool doubtful = (caseless || token->flags & TOKEN_SENTENCE_START) &&
                    classes & (loud ? NAME_COMMON : NAME_COMMON | NAME_CAPITALS);
    *type = ACTOR_OTHER;
    if (classes & (NAME_DEMONYM | NAME_NOT))
        return !(classes & NAME_NOT_WORD) && !(caseless && classes & NAME_COMMON);
    if (doubtful || (classes & (NAME_GIVEN | NAME_SURNAME) && !(classes & NAME_COUNTRY)))
        return false;
    *type = classes & NAME_ANY_PLACE ? ACTOR_PLACE : ACTOR_ORGANIZATION;
    if (classes & NAME_CAPITALS && classes & (NAME_COMMON | NAME_NOT) && !(token->flags & TOKEN_ALL_UPPER))
        return false;
    return classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_ORGANIZATION) || gazetteer_is_large_city(entry);
}

/* Names of the gazetteers that the tagger passed over. */
static void add_capitals(struct name_finder *finder, struct tagged *tagged, uint32_t s)
{
    bool caseless = finder->caseless[s];
    const uint32_t wanted = NAME_DEMONYM | NAME_NOT | NAME_ANY_PLACE | NAME_ORGANIZATION;
    const struct sentence *sentence = &finder->article->sentences[s];
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = &finder->article->tokens[i];
        size_t length;
        if (tagged->covered[i] || token->kind != TOKEN_WORD || (!caseless && !names_token_is_capital(token)))
            continue;
        const struct gazetteer_entry *entry =
            gazetteer_longest(finder->gazetteer, token, sentence->end - i, wanted, &length);
        enum actor_type type;
        if (!entry || !known_type(entry, token, caseless, &type))
            continue;
        if (!caseless && role_word_is(&finder->words, i, SMALL_DETERMINER) &&
            token[length - 1].flags & TOKEN_LOWER) /* "La nación" */
            continue;
        bool free = true;
        for (uint32_t k = i; k < i + length; k++)
            free = free && !tagged->covered[k];
        if (!free || !name_evidence_holds(&finder->evidence, i, i + (uint32_t)length, type, 0))
            continue;
        names_add(finder, s, i, i + (uint32_t)length, type, 0.7f);
        i += (uint32_t)length - 1;
    }
}

/* Capitals inside of a sentence that nothing explains: what they name is told by their own words ("Norges Bank",
 * "LSEG") or by the word before ("in Maniowy"). ACTOR_OTHER: not told. */
static enum actor_type loose_type(const struct name_finder *finder, const struct sentence *sentence, uint32_t first,
                                  uint32_t end)
{
    const struct token *tokens = finder->article->tokens;
    const uint32_t heads = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    if (name_bounds_is_legal_form(finder, end - 1))
        return ACTOR_ORGANIZATION;
    for (uint32_t i = first; i < end && end - first > 1; i++)
        if (names_is_only(finder, i, i + 1, heads, 0)) /* at its end, not before */
            return i + 1 < end ? ACTOR_OTHER : ACTOR_ORGANIZATION;
    if (end - first == 1 && tokens[first].flags & TOKEN_ALL_UPPER && tokens[first].lower.len > 2)
        return ACTOR_ORGANIZATION;
    enum actor_type beside = name_context_type(&finder->words, sentence, first, end);
    return beside == ACTOR_OTHER && role_word_is(&finder->words, first - 1, SMALL_WHERE) ? ACTOR_PLACE : beside;
}

/* A common word is a name only where that is said: "the town of Sake". */
static bool is_said_to_be_place(const struct name_finder *finder, uint32_t i)
{
    const struct sentence alone = {.first = i - 2, .end = i};
    return i >= 2 && role_word_is(&finder->words, i - 1, SMALL_OF) &&
           name_context_type(&finder->words, &alone, i, i) == ACTOR_PLACE;
}

static bool is_loose(const struct name_finder *finder, const struct tagged *tagged, uint32_t i)
{
    const uint32_t explained = NAME_NOT | NAME_ANY_TITLE | NAME_DEMONYM;
    const struct token *token = &finder->article->tokens[i];
    return !tagged->covered[i] && tagged->tags[i] == TAG_O && token->kind == TOKEN_WORD &&
           names_token_is_capital(token) && token->lower.len > 1 &&
           !(token->flags & (TOKEN_SENTENCE_START | TOKEN_HAS_DIGIT)) &&
           !names_is_only(finder, i, i + 1, explained, NAME_ORGANIZATION_TAIL) &&
           (!names_is_only(finder, i, i + 1, NAME_COMMON, NAME_ORGANIZATION_TAIL) || is_said_to_be_place(finder, i));
}

static bool is_loose_here(const struct name_finder *finder, const struct tagged *tagged, uint32_t i)
{
    const struct token *token = &finder->article->tokens[i];
    return !tagged->covered[i] && tagged->tags[i] == TAG_O && token->kind == TOKEN_WORD &&
           names_token_is_capital(token) && !(token->small & SMALL_FUNCTION) &&
           !names_is_only(finder, i, i + 1, NAME_NOT | NAME_ANY_TITLE | NAME_DEMONYM, NAME_ORGANIZATION_TAIL);
}

/* English: "Busy Bee Bakery will": three capitals and more with which a sentence begins, the last a noun for bodies. */
static void add_opening_body(struct name_finder *finder, struct tagged *tagged, uint32_t s)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    uint32_t first = sentence->first, end = first;
    while (end < sentence->end && end - first < LONGEST_NAME && is_loose_here(finder, tagged, end))
        end++;
    if (finder->evidence.asked || end - first < 3 || end == sentence->end ||
        !(finder->article->tokens[end].flags & TOKEN_LOWER) ||
        !names_is_only(finder, end - 1, end, NAME_ORGANIZATION_TAIL, NAME_NOT))
        return;
    memset(tagged->covered + first, true, (end - first) * sizeof *tagged->covered);
    names_add(finder, s, first, end, ACTOR_ORGANIZATION, 0.5f);
}

/* "Energova, the maker of the ship, said": a word that no list has, at the head of a sentence, and what is said of it.
 */
static void add_opening_said(struct name_finder *finder, struct tagged *tagged, uint32_t s)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    uint32_t first = sentence->first, end = first + 1;
    if (end >= sentence->end || !slice_equals(finder->article->tokens[end].lower, SLICE(",")) ||
        !is_loose_here(finder, tagged, first) || names_classes(finder, first, end))
        return;
    enum actor_type type = name_context_type(&finder->words, sentence, first, end);
    if (type == ACTOR_OTHER || !name_evidence_holds(&finder->evidence, first, end, type, 0))
        return;
    tagged->covered[first] = true;
    names_add(finder, s, first, end, type, 0.5f);
}

static void add_loose_capitals(struct name_finder *finder, struct tagged *tagged, uint32_t s)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    add_opening_body(finder, tagged, s);
    add_opening_said(finder, tagged, s);
    for (uint32_t i = sentence->first + 1, end; i < sentence->end; i = end) {
        end = i + 1;
        const struct token *before = &finder->article->tokens[i - 1];
        if (!(before->flags & TOKEN_LOWER || slice_equals(before->lower, SLICE(","))) || !is_loose(finder, tagged, i))
            continue;
        while (end < sentence->end && is_loose(finder, tagged, end))
            end++;
        if (end < sentence->end && !tagged->covered[end] && name_bounds_is_legal_form(finder, end))
            end++;
        enum actor_type type = loose_type(finder, sentence, i, end);
        bool open = end < sentence->end &&
                    names_token_is_capital(&finder->article->tokens[end]); /* a part of something longer */
        if (type == ACTOR_OTHER || open || !name_evidence_holds(&finder->evidence, i, end, type, 0))
            continue;
        memset(tagged->covered + i, true, (end - i) * sizeof *tagged->covered);
        names_add(finder, s, i, end, type, 0.5f);
    }
}

/* A name that the document has elsewhere, where the tagger passed over it. */
static void add_known_again(struct name_finder *finder, struct tagged *tagged, const struct map *known, uint32_t s)
{
    bool caseless = finder->caseless[s];
    const struct sentence *sentence = &finder->article->sentences[s];
    uint32_t end = sentence->first; /* of the uncovered tokens from i on: sought once for all of them */
    for (uint32_t i = sentence->first; i < sentence->end;) {
        const struct token *token = &finder->article->tokens[i];
        struct known_name name;
        uint32_t taken = 0;
        if (end < i)
            end = i;
        while (end < sentence->end && !tagged->covered[end])
            end++;
        if (end > i && token->kind == TOKEN_WORD && (caseless || names_token_is_capital(token)))
            taken = match_known(finder, known, i, end, &name);
        if (taken == 1 && name.nickname && (caseless || token->flags & TOKEN_SENTENCE_START) &&
            names_is_only(finder, i, i + 1, NAME_COMMON, 0))
            taken = 0;
        for (uint32_t k = i; k < i + taken; k++)
            tagged->covered[k] = true;
        if (taken)
            names_add(finder, s, i, i + taken, name.type, name.confidence * 0.8f);
        i += taken ? taken : 1;
    }
}

void names_add_missed(struct name_finder *finder, struct tagged *tagged)
{
    uint32_t count = finder->article->sentence_count;
    for (uint32_t s = 0; s < count; s++)
        if (!finder->caseless[s])
            add_loose_capitals(finder, tagged, s);
    struct map known = known_names(finder);
    for (uint32_t s = 0; s < count; s++) {
        add_known_again(finder, tagged, &known, s);
        add_capitals(finder, tagged, s);
    }
}
