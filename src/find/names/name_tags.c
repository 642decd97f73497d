/* What else is known of a sentence than the tagger saw, written into its tags before names are taken from them: known
 * phrases, datelines, titles, function words, bodies that are named after a town. */
#include "find/names/dateline.h"
#include "names_internal.h"

#define LONGEST_TOWN 3 /* words of a place in a dateline */
#define LONGEST_LABEL 4 /* bytes of "HOST:" */
#define LAST_STORY_HEAD 24 /* sentences before the prose */

void name_tags_set(uint8_t *tags, uint32_t first, uint32_t end, enum tag_type type)
{
    for (uint32_t i = first; i < end; i++)
        tags[i] = TAG_OF(type, end - first == 1 ? TAG_U : i == first ? TAG_B : i + 1 == end ? TAG_L : TAG_I);
}

/* The tags of a phrase that the gazetteers know for sure, where the tagger saw only a part of it ("Kingdom")
 * or something else; names that reach beyond the phrase stay. */
static void force_phrase(uint8_t *tags, const struct sentence *sentence, uint32_t first, uint32_t end,
                         enum tag_type type)
{
    bool opens_before = first > sentence->first && names_goes_on(tags[first - 1]);
    if (!opens_before && !names_goes_on(tags[end - 1]))
        name_tags_set(tags, first, end, type);
}

/* The name that goes on from the token before i ends with it. */
static void end_before(uint8_t *tags, uint32_t i)
{
    if (names_goes_on(tags[i - 1]))
        tags[i - 1] = TAG_OF(names_tag_type(tags[i - 1]), (tags[i - 1] - 1) % 4 == TAG_B ? TAG_U : TAG_L);
}

/* A tagged name that goes on at i, in lower case to its end, ends before: "Nations unies" "dans le nord". */
static void end_in_lower_case(const struct name_finder *finder, uint8_t *tags, uint32_t i, uint32_t sentence_end)
{
    uint32_t end = i;
    while (end < sentence_end && names_goes_on(tags[end - 1]) && finder->article->tokens[end].flags & TOKEN_LOWER)
        end++;
    if (end == i || names_goes_on(tags[end - 1]))
        return;
    end_before(tags, i);
    memset(tags + i, TAG_O, end - i);
}

/* "Hannah Welter" "von der Universität Bonn": a German particle stands between given name and surname; behind both it
 * tells whose somebody is. "Ludwig Mies van der Rohe" has another particle before it. */
static bool is_german_affiliation(const struct name_finder *finder, uint32_t first, uint32_t i)
{
    return finder->evidence.capital_nouns && i >= first + 2 && finder->article->tokens[i].small & SMALL_FUNCTION &&
           names_token_is_capital(&finder->article->tokens[i - 1]) &&
           names_is_only(finder, first, first + 1, NAME_GIVEN, 0) &&
           !names_is_only(finder, i - 1, i, NAME_GIVEN | NAME_ANY_TITLE, 0);
}

/* The word at i holds no name together that begins at first, where capitals tell: a word in lower case that is no
 * particle in a person's, a year, "y en" of "Lima y en Bogotá". */
static bool is_seam(const struct name_finder *finder, uint32_t first, uint32_t i, enum tag_type type)
{
    const struct token *token = &finder->article->tokens[i];
    if (type == TAG_PERSON && token->kind == TOKEN_NUMBER)
        return true;
    if (token->kind != TOKEN_WORD || !(token->flags & TOKEN_LOWER))
        return false;
    if (type == TAG_PERSON)
        return !lexicon_find(finder->particles, token->lower) || is_german_affiliation(finder, first, i);
    return i > first && token->small & SMALL_WHERE && role_word_is(&finder->words, i - 1, SMALL_CONJUNCTION);
}

/* What of [first, end) lies between words in lower case becomes a name of its own. */
static void tag_between(const struct name_finder *finder, uint8_t *tags, uint32_t first, uint32_t end,
                        enum tag_type type)
{
    const struct token *tokens = finder->article->tokens;
    memset(tags + first, TAG_O, end - first);
    while (first < end && tokens[first].flags & TOKEN_LOWER)
        first++;
    while (end > first && tokens[end - 1].flags & TOKEN_LOWER)
        end--;
    name_tags_set(tags, first, end, type);
}

/* A name that the tagger drew over foreign words which hold none together ends there: "Fachleute" "aus Schottland". */
static void part_name(const struct name_finder *finder, uint8_t *tags, uint32_t first, uint32_t end)
{
    enum tag_type type = names_tag_type(tags[first]);
    uint32_t part = first;
    for (uint32_t i = first; i < end; i++) {
        if (!is_seam(finder, part, i, type))
            continue;
        tag_between(finder, tags, part, i, type);
        tags[i] = TAG_O;
        part = i + 1;
    }
    if (part > first)
        tag_between(finder, tags, part, end, type);
}

static void part_at_seams(const struct name_finder *finder, uint8_t *tags, uint32_t s)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    for (uint32_t i = sentence->first, end; i < sentence->end; i = end) {
        end = names_tagged_end(tags, i, sentence->end);
        if (tags[i] != TAG_O && names_tag_type(tags[i]) != TAG_MISC)
            part_name(finder, tags, i, end);
    }
}

/* "Mato Grosso do Sul", "Prince Rupert": a region or town of several words that are nothing else. */
static bool is_region(const struct gazetteer_entry *entry, size_t length)
{
    return length > 1 && entry->classes & (NAME_REGION | NAME_PLACE | NAME_CITY) &&
           !(entry->classes & (NAME_GIVEN | NAME_SURNAME | NAME_ORGANIZATION));
}

static enum tag_type forced_type(const struct gazetteer_entry *entry, size_t length)
{
    return entry->classes & NAME_COUNTRY || is_region(entry, length) ? TAG_LOCATION
           : entry->classes & NAME_ORGANIZATION                      ? TAG_ORGANIZATION
                                                                     : TAG_MISC;
}

/* "La" of "La Commission", "Selon" of "Selon Le Monde": what is left of the name begins behind it. */
static void release_function_words(const struct name_finder *finder, uint8_t *tags, uint32_t s)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    for (uint32_t i = sentence->first, end; i < sentence->end; i = end) {
        end = names_tagged_end(tags, i, sentence->end);
        uint32_t start = tags[i] == TAG_O ? i : name_evidence_start(&finder->evidence, i, end);
        if (start == i || !names_token_is_capital(&finder->article->tokens[start]))
            continue;
        tags[start] = TAG_OF(names_tag_type(tags[i]), end - start == 1 ? TAG_U : TAG_B);
        memset(tags + i, TAG_O, start - i);
    }
}

static void force_known_phrases(struct name_finder *finder, uint8_t *tags, uint32_t s)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    for (uint32_t i = sentence->first; i < sentence->end;) {
        const struct token *token = &finder->article->tokens[i];
        size_t length = 0;
        const struct gazetteer_entry *entry = NULL;
        if (names_token_is_capital(token))
            entry =
                gazetteer_longest(finder->gazetteer, token, sentence->end - i,
                                  NAME_COUNTRY | NAME_ORGANIZATION | NAME_DEMONYM | NAME_REGION | NAME_PLACE, &length);
        enum tag_type type = entry ? forced_type(entry, length) : TAG_MISC;
        bool misc = tags[i] != TAG_O && names_tag_type(tags[i]) == TAG_MISC;
        /* "Commission européenne", but not "La jornada" for a newspaper of that name. */
        bool runs_on = finder->evidence.asked && type != TAG_MISC &&
                       !role_word_is(&finder->words, i, SMALL_DETERMINER | SMALL_ARTICLE);
        if (length > 1 && runs_on)
            end_in_lower_case(finder, tags, i + (uint32_t)length, sentence->end);
        if (length > 1 && (runs_on || names_token_is_capital(&token[length - 1])))
            force_phrase(tags, sentence, i, i + (uint32_t)length, type);
        else if (length == 1 && type == TAG_LOCATION && misc &&
                 !(entry->classes & (NAME_CAPITALS | NAME_COMMON | NAME_GIVEN)))
            force_phrase(tags, sentence, i, i + 1, TAG_LOCATION);
        i += length ? (uint32_t)length : 1;
    }
}

/* English without capitals: "islamic state in the sahel", "prince rupert": what lists have in several words, one of
 * which at least is no everyday one. */
static void force_plain_phrases(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    for (uint32_t i = sentence->first; i < sentence->end;) {
        size_t length = 0;
        const struct gazetteer_entry *entry = NULL;
        if (finder->article->tokens[i].kind == TOKEN_WORD && !(finder->article->tokens[i].small & SMALL_FUNCTION))
            entry = gazetteer_longest(finder->gazetteer, &finder->article->tokens[i], sentence->end - i,
                                      NAME_ORGANIZATION | NAME_REGION | NAME_PLACE | NAME_CITY, &length);
        uint32_t plain = 0;
        for (uint32_t k = i; k < i + length; k++)
            plain +=
                (finder->article->tokens[k].small & SMALL_FUNCTION) || names_classes(finder, k, k + 1) & NAME_COMMON;
        if (entry && length > 1 && plain < length)
            force_phrase(tags, sentence, i, i + (uint32_t)length, forced_type(entry, length));
        i += length ? (uint32_t)length : 1;
    }
}

/* Words that make no name of their own, and the last of them says that an organization is meant: "County Council". */
static bool is_bare_body(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const uint32_t marks = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    for (uint32_t i = first; i < end; i++)
        if (!names_is_only(finder, i, i + 1, i + 1 < end ? marks | NAME_COMMON : marks, NAME_NOT))
            return false;
    return !names_is_only(finder, first, end, NAME_ORGANIZATION, 0);
}

/* "Klinikum" "Göttingen", "Rechtbank" "Amsterdam": the noun at `before` and the place at i are one body. */
static bool heads_place(const struct name_finder *finder, const uint8_t *tags, uint32_t before, uint32_t i)
{
    return finder->evidence.asked && before + 1 == i && tags[before] == TAG_O && tags[i] != TAG_O &&
           names_tag_type(tags[i]) == TAG_LOCATION && names_token_is_capital(&finder->article->tokens[before]) &&
           names_is_only(finder, before, i, NAME_ORGANIZATION_HEAD, NAME_NOT);
}

/* "Northumberland" "County Council": the town or region before a body that has no name without it begins its name; a
 * country as often says whose body it is ("the Iraq government"). */
static void join_bodies(const struct name_finder *finder, uint8_t *tags, uint32_t s)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    for (uint32_t i = sentence->first, end, before = i; i < sentence->end; before = i, i = end) {
        end = names_tagged_end(tags, i, sentence->end);
        if (heads_place(finder, tags, before, i)) {
            name_tags_set(tags, before, end, TAG_ORGANIZATION);
            continue;
        }
        bool body = tags[i] != TAG_O && names_tag_type(tags[i]) == TAG_ORGANIZATION && is_bare_body(finder, i, end);
        bool placed = body && before < i && tags[before] != TAG_O && names_tag_type(tags[before]) == TAG_LOCATION;
        if (!placed || names_is_only(finder, before, i, NAME_COUNTRY, 0))
            continue;
        name_tags_set(tags, before, end, TAG_ORGANIZATION);
        i = before;
    }
}

/* The words in capitals from i on. */
static uint32_t over_loud_words(const struct token *tokens, uint32_t i, uint32_t end)
{
    while (i < end && tokens[i].kind == TOKEN_WORD && tokens[i].flags & TOKEN_ALL_UPPER && tokens[i].lower.len > 2)
        i++;
    return i;
}

/* "SRIHARIKOTA: The": one word in capitals that no list has, and the first prose of the text begins with it. */
static bool is_story_head(const struct name_finder *finder, uint32_t s, uint32_t end)
{
    const struct article *article = finder->article;
    const struct sentence *sentence = &article->sentences[s];
    bool alone = end - sentence->first == 1 && article->tokens[sentence->first].lower.len > LONGEST_LABEL &&
                 end + 1 < sentence->end;
    if (s > LAST_STORY_HEAD || !alone || !role_is_prose(article->blocks[sentence->block].role) ||
        names_classes(finder, sentence->first, end))
        return false;
    uint32_t before = 0;
    while (before < s && !role_is_prose(article->blocks[article->sentences[before].block].role))
        before++;
    return before == s && names_token_is_capital(&article->tokens[end + 1]);
}

/* "BILLINGS, Montana -", "PARIS/ROME (Agency) -": capitals at the head of a dateline are the places that the report was
 * written in. */
static void force_dateline(const struct name_finder *finder, uint8_t *tags, uint32_t s)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    const struct token *tokens = finder->article->tokens;
    bool opens = s == 0 || finder->article->sentences[s - 1].block != sentence->block;
    uint32_t end = over_loud_words(tokens, sentence->first, sentence->end);
    if (!opens || end == sentence->first || end - sentence->first > LONGEST_TOWN)
        return;
    uint32_t dash = dateline_dash(&finder->words, sentence, end);
    bool colon =
        end < sentence->end && slice_equals(tokens[end].lower, SLICE(":")) && /* "PATNA: At least" */
        (names_is_only(finder, sentence->first, end, NAME_ANY_PLACE, NAME_COMMON | NAME_ORGANIZATION | NAME_GIVEN) ||
         is_story_head(finder, s, end));
    if (dash == sentence->first && !colon)
        return;
    force_phrase(tags, sentence, sentence->first, end, TAG_LOCATION);
    for (uint32_t i = end; i < dash; i++) {
        bool second = slice_equals(tokens[i].lower, SLICE("/")) || role_word_is(&finder->words, i, SMALL_CONJUNCTION);
        end = second ? over_loud_words(tokens, i + 1, dash) : i + 1;
        if (end > i + 1)
            force_phrase(tags, sentence, i + 1, end, TAG_LOCATION);
    }
}

/* The tags of names behind titles in a language that the tagger has not learnt. */
static void force_titled_names(const struct name_finder *finder, uint8_t *tags, uint32_t s)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        uint32_t end = name_evidence_titled(&finder->evidence, i,
                                            sentence->end); /* asked first: hardly any word has a name behind it */
        if (!end || !role_word_is_noun(&finder->words, i))
            continue;
        if (i > sentence->first)
            end_before(tags, i);
        tags[i] = TAG_O;
        force_phrase(tags, sentence, i + 1, end, TAG_PERSON);
    }
}

void name_tags_settle(struct name_finder *finder, uint8_t *tags, uint32_t s, bool cased)
{
    if (finder->evidence.asked && cased)
        part_at_seams(finder, tags, s);
    if (finder->evidence.asked)
        release_function_words(finder, tags, s);
    if (cased)
        force_known_phrases(finder, tags, s);
    else if (!finder->evidence.asked)
        force_plain_phrases(finder, tags, &finder->article->sentences[s]);
    if (cased)
        join_bodies(finder, tags, s);
    if (cased && !finder->evidence.asked)
        name_joins_settle(finder, tags, s);
    force_dateline(finder, tags, s);
    if (finder->evidence.asked)
        force_titled_names(finder, tags, s);
}
