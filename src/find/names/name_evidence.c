#include "name_evidence.h"

#include "article/knowledge.h"
#include "find/names/names.h"

/* Margins of the tagger above which it is right about names in other languages as well. */
#define SURE_PHRASE 2.0f
#define SURE_PLACE 2.0f

#define LONGEST_NOUN_ENDING 16 /* bytes */
#define LONGEST_KNOWN 8 /* words of the longest phrase of the gazetteers */

struct name_evidence name_evidence_make(struct job *job, const struct gazetteer *gazetteer)
{
    struct slice tag = job->article.language.value, code = slice_sub(tag, 0, tag.len < 2 ? tag.len : 2);
    struct name_evidence evidence = {.article = &job->article, .gazetteer = gazetteer};
    evidence.asked = code.len == 2 && !slice_equals(code, SLICE("en"));
    evidence.capital_nouns = slice_equals(code, SLICE("de"));
    evidence.noun_endings = lexicon_table(job->knowledge->lexicon, "noun_endings");
    return evidence;
}

static const struct token *token_at(const struct name_evidence *evidence, uint32_t i)
{
    return &evidence->article->tokens[i];
}

static uint32_t classes_at(const struct name_evidence *evidence, uint32_t first, uint32_t end)
{
    if (end - first > LONGEST_KNOWN)
        return 0;
    const struct gazetteer_entry *entry = gazetteer_find(evidence->gazetteer, token_at(evidence, first), end - first);
    return entry ? entry->classes : 0;
}

static bool is_function_word(const struct name_evidence *evidence, uint32_t i)
{
    struct slice word = token_at(evidence, i)->lower;
    bool elided = word.len > 1 && word.ptr[word.len - 1] == '\''; /* "L'" of "L'Union" */
    return elided || token_at(evidence, i)->small & SMALL_FUNCTION;
}

static bool is_capital(const struct name_evidence *evidence, uint32_t i)
{
    return (token_at(evidence, i)->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER)) != 0;
}

uint32_t name_evidence_start(const struct name_evidence *evidence, uint32_t first, uint32_t end)
{
    while (evidence->asked && end - first > 1 && is_function_word(evidence, first) &&
           !(classes_at(evidence, first, end) & (NAME_ANY_PLACE | NAME_ORGANIZATION)))
        first++;
    return first;
}

uint32_t name_evidence_end(const struct name_evidence *evidence, uint32_t first, uint32_t end)
{
    while (evidence->asked && end - first > 1 && token_at(evidence, end - 1)->flags & TOKEN_LOWER &&
           is_function_word(evidence, end - 1))
        end--;
    return end;
}

/* "in Miyazaki", "à Lyon": behind a preposition that places take without an article. */
static bool behind_preposition(const struct name_evidence *evidence, uint32_t first)
{
    static const char *const prepositions[] = {"in", "aus", "nach", "bei", "en",   "à",
                                               "a",  "em",  "te",   "uit", "naar", NULL};
    if (first == 0 || token_at(evidence, first)->flags & TOKEN_SENTENCE_START)
        return false;
    for (size_t i = 0; prepositions[i]; i++)
        if (slice_equals(token_at(evidence, first - 1)->lower, slice_from_cstr(prepositions[i])))
            return true;
    return false;
}

static bool place_holds(const struct name_evidence *evidence, uint32_t first, uint32_t end, float margin)
{
    const struct gazetteer_entry *entry = gazetteer_find(evidence->gazetteer, token_at(evidence, first), end - first);
    bool placed = behind_preposition(evidence, first);
    if (entry && entry->classes & NAME_COUNTRY)
        return true;
    bool known = entry && entry->classes & NAME_ANY_PLACE;
    bool large = gazetteer_is_large_city(entry);
    /* Small towns are everyday words of other languages: "Bau", "Zug". */
    bool small = entry && entry->city_tier > CITY_TIER_LARGE && end - first == 1;
    if (evidence->capital_nouns)
        return large || (known && !small) || (placed && margin >= SURE_PLACE) || (placed && known);
    return large || (known && !small) || placed || !(token_at(evidence, first)->flags & TOKEN_SENTENCE_START);
}

bool name_evidence_is_city(const struct name_evidence *evidence, uint32_t first, uint32_t end)
{
    if (!evidence->asked || end - first != 1)
        return false;
    const struct gazetteer_entry *entry = gazetteer_find(evidence->gazetteer, token_at(evidence, first), 1);
    return gazetteer_is_large_city(entry) && !(entry->classes & NAME_GIVEN);
}

static bool person_holds(const struct name_evidence *evidence, uint32_t first, uint32_t end)
{
    bool starts = token_at(evidence, first)->flags & TOKEN_SENTENCE_START;
    bool titled = first > 0 && !starts && classes_at(evidence, first - 1, first) & (NAME_ANY_ROLE | NAME_HONORIFIC);
    bool given = classes_at(evidence, first, first + 1) & NAME_GIVEN;
    bool surname = classes_at(evidence, end - 1, end) & NAME_SURNAME;
    if (!given && end - first > 1 && is_function_word(evidence, end - 1)) /* "Möchten Sie"; Anne Will is somebody */
        return false;
    if (titled)
        return true;
    /* "Secretaría de Medio Ambiente": what follows a capital and "de" is a part of its name. */
    if (!given && first > 1 && !starts && is_function_word(evidence, first - 1) && is_capital(evidence, first - 2) &&
        token_at(evidence, first - 1)->flags & TOKEN_LOWER &&
        !(token_at(evidence, first - 2)->flags & TOKEN_SENTENCE_START && is_function_word(evidence, first - 2)))
        return false;
    if (end - first == 1)
        return !evidence->capital_nouns && !starts;
    for (uint32_t i = first; i < end && evidence->capital_nouns; i++)
        if (token_at(evidence, i)->flags & TOKEN_LOWER && !given) /* "Tore von Harry Kane" */
            return false;
    return given || surname || (!evidence->capital_nouns && !starts);
}

static bool organization_holds(const struct name_evidence *evidence, uint32_t first, uint32_t end, float margin)
{
    bool marked = false;
    for (uint32_t i = first; i < end; i++) {
        const struct token *token = token_at(evidence, i);
        marked = marked || classes_at(evidence, i, i + 1) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL) ||
                 (token->flags & TOKEN_ALL_UPPER && token->lower.len <= 6);
    }
    if (end - first == 1)
        return marked ? (token_at(evidence, first)->flags & TOKEN_ALL_UPPER) != 0
                      : !evidence->capital_nouns && !(token_at(evidence, first)->flags & TOKEN_SENTENCE_START);
    return marked || margin >= SURE_PHRASE ||
           (!evidence->capital_nouns && !(token_at(evidence, first)->flags & TOKEN_SENTENCE_START));
}

/* "Untersuchungshaft": no list knows the word as a name, and German nouns end so. */
static bool is_common_noun(const struct name_evidence *evidence, uint32_t i)
{
    struct slice word = token_at(evidence, i)->lower;
    if (!evidence->capital_nouns || token_at(evidence, i)->flags & TOKEN_ALL_UPPER)
        return false;
    size_t length = word.len < LONGEST_NOUN_ENDING ? word.len : LONGEST_NOUN_ENDING;
    while (length > 2 && !lexicon_find(evidence->noun_endings, slice_sub(word, word.len - length, word.len)))
        length--;
    return length > 2;
}

bool name_evidence_holds(const struct name_evidence *evidence, uint32_t first, uint32_t end, enum actor_type type,
                         float margin)
{
    if (!evidence->asked || type == ACTOR_OTHER)
        return true;
    uint32_t classes = classes_at(evidence, first, end);
    if (end - first == 1 && (is_function_word(evidence, first) || classes & NAME_NOT))
        return false;
    if (classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_ORGANIZATION))
        return true;
    if (end - first == 1 && !(classes & (NAME_ANY_PLACE | NAME_GIVEN | NAME_SURNAME)) &&
        is_common_noun(evidence, first))
        return false;
    return type == ACTOR_PLACE    ? place_holds(evidence, first, end, margin)
           : type == ACTOR_PERSON ? person_holds(evidence, first, end)
                                  : organization_holds(evidence, first, end, margin);
}

uint32_t name_evidence_titled(const struct name_evidence *evidence, uint32_t title, uint32_t sentence_end)
{
    const uint32_t others = NAME_ANY_TITLE | NAME_ANY_PLACE | NAME_DEMONYM | NAME_NOT | NAME_ORGANIZATION |
                            NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    uint32_t end = title + 1;
    if (!evidence->asked)
        return 0;
    /* A third capital behind a German name is a noun as often as a name. */
    uint32_t limit = title + 1 + (evidence->capital_nouns ? 2 : 3);
    while (end < sentence_end && end < limit && is_capital(evidence, end) &&
           token_at(evidence, end)->kind == TOKEN_WORD && !is_function_word(evidence, end)) {
        uint32_t classes = classes_at(evidence, end, end + 1);
        if (classes & others && !(classes & (NAME_GIVEN | NAME_SURNAME)))
            break;
        end++;
    }
    return end - title >= 3 ? end : 0;
}
