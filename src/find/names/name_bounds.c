/* Where names begin and end. The tagger marks "NASA Administrator Charles Bolden" as one name and "Communications
 * Authority" of "Kenya" as two; what the words are known as, and capitals, say better. */
#include "find/names/dateline.h"
#include "find/names/name_context.h"
#include "names_internal.h"

#define LONGEST_PORTFOLIO 10 /* tokens of "of Industry, Investment and" */

/* -------------------------------------------------------------- beyond the mark */

bool name_bounds_is_legal_form(const struct name_finder *finder, uint32_t i)
{
    return lexicon_find(finder->legal_forms, article_text(finder->article, token_at(finder, i)->span)) != NULL;
}

/* What the tagger left, or took for no actor ("Relationships"), or for a place of one word that no list has for one
 * ("States"). */
static bool is_nothing_known(const struct name_finder *finder, uint8_t tag, uint32_t i)
{
    if (tag == TAG_O || names_tag_type(tag) == TAG_MISC)
        return true;
    return tag == TAG_OF(TAG_LOCATION, TAG_U) && !(names_classes(finder, i, i + 1) & NAME_ANY_PLACE);
}

static uint32_t over_capitals(const struct name_finder *finder, const struct tagged *tagged, uint32_t i, uint32_t stop)
{
    while (i < stop && names_token_is_capital(token_at(finder, i)) && token_at(finder, i)->kind == TOKEN_WORD &&
           is_nothing_known(finder, tagged->tags[i], i))
        i++;
    return i;
}

static bool is_loose_capital(const struct name_finder *finder, const struct tagged *tagged, uint32_t i)
{
    const struct token *token = token_at(finder, i);
    return tagged->tags[i] == TAG_O && token->kind == TOKEN_WORD && names_token_is_capital(token) &&
           !(token->flags & (TOKEN_SENTENCE_START | TOKEN_HAS_DIGIT)) && token->lower.len > 2 &&
           !names_is_only(finder, i, i + 1, NAME_NOT | NAME_ANY_TITLE | NAME_DEMONYM | NAME_ANY_PLACE, 0);
}

/* Capitals right behind an organization belong to its name: "Daimler" "Truck", "BirdWatch" "Ireland", "Economic
 * Community of West" "African States". */
static uint32_t over_adjacent(const struct name_finder *finder, const struct tagged *tagged, uint32_t first,
                              uint32_t end, uint32_t stop)
{
    for (uint32_t i = first; i < end; i++)
        if (names_is_join(token_at(finder, i)->lower))
            return over_capitals(finder, tagged, end, stop);
    bool branch = tagged->tags[end] != TAG_O && names_tag_type(tagged->tags[end]) == TAG_LOCATION &&
                  names_classes(finder, end, end + 1) & NAME_COUNTRY;
    if (branch)
        return names_tagged_end(tagged->tags, end, stop);
    while (end < stop && is_loose_capital(finder, tagged, end))
        end++;
    return end;
}

/* Over capitals that are everyday words and nothing else: "Human Services". */
static uint32_t over_field(const struct name_finder *finder, uint32_t i, uint32_t stop)
{
    const uint32_t words = NAME_COMMON | NAME_JOINER | NAME_ORGANIZATION_TAIL;
    const uint32_t names = NAME_ANY_PLACE | NAME_HONORIFIC | NAME_ROLE | NAME_RANK | NAME_GIVEN | NAME_ORGANIZATION |
                           NAME_ORGANIZATION_HEAD | NAME_NOT;
    while (i < stop && names_token_is_capital(token_at(finder, i)) && names_is_only(finder, i, i + 1, words, names))
        i++;
    return i;
}

/* "Ministry of Trade" ", Industry and Energy": the fields of an authority. */
static uint32_t over_fields(const struct name_finder *finder, uint32_t first, uint32_t end, uint32_t stop)
{
    if (first + 2 >= end || !names_is_join(token_at(finder, first + 1)->lower) ||
        !(names_classes(finder, first, first + 1) & NAME_ORGANIZATION_HEAD))
        return end;
    for (uint32_t i = end; i + 1 < stop;) {
        uint32_t field = i + slice_equals(token_at(finder, i)->lower, SLICE(","));
        bool last = role_word_is(&finder->words, field, SMALL_CONJUNCTION);
        uint32_t behind = over_field(finder, field + last, stop);
        if (behind == field + last || field + last == i)
            return end;
        if (last)
            return behind < stop && names_token_is_capital(token_at(finder, behind)) ? end : behind;
        i = behind;
    }
    return end;
}

/* "Universidad Nacional Autónoma" "de México"; "Hospital Vall" "de Sant Joan" in a text whose language has no such
 * word. */
static bool is_seated(const struct name_finder *finder, uint32_t first, uint32_t end, uint32_t stop)
{
    if (end + 1 >= stop || end - first < 2 || !(token_at(finder, end)->flags & TOKEN_LOWER) ||
        !names_token_is_capital(token_at(finder, end + 1)) ||
        !lexicon_find(finder->particles, token_at(finder, end)->lower) ||
        !(names_classes(finder, first, first + 1) & NAME_ORGANIZATION_HEAD))
        return false;
    return !role_word_is(&finder->words, end, SMALL_OF) || names_classes(finder, end + 1, end + 2) & NAME_COUNTRY;
}

/* The text names somebody whose last name this word is: "Rob Lowe" before "Lowe's film". */
static bool is_surname_here(const struct name_finder *finder, uint32_t i)
{
    struct map *surnames = finder->surnames;
    if (!surnames->arena) {
        *surnames = map_make(finder->job->arena, 64);
        for (uint32_t k = 1; k < finder->article->token_count; k++)
            if (names_token_is_capital(token_at(finder, k)) &&
                names_classes(finder, k - 1, k) & (NAME_GIVEN | NAME_HONORIFIC) &&
                !(token_at(finder, k)->flags & TOKEN_SENTENCE_START))
                *map_at(surnames, token_at(finder, k)->lower) = surnames;
    }
    return map_get(surnames, token_at(finder, i)->lower) != NULL;
}

/* "Macy's", "McDonald's": a company that has the mark in its name. */
static bool is_possessive_name(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return names_is_possessive(token_at(finder, end - 1)) && names_classes(finder, first, end) & NAME_ORGANIZATION &&
           (end - first > 2 || !is_surname_here(finder, first));
}

/* English: "National Commission" "on" "Human Rights", whose field is no day and no place. */
static bool is_on_field(const struct name_finder *finder, uint32_t i)
{
    return !finder->evidence.asked && slice_equals(token_at(finder, i)->lower, SLICE("on")) &&
           names_is_only(finder, i + 1, i + 2, NAME_COMMON, NAME_NOT | NAME_ANY_PLACE | NAME_GIVEN);
}

/* "Friends of" "Hebden Library": where one organization and another name part are held together by "of", it is
 * one name. A place behind "of" belongs to the name of an authority ("Communications Authority of Kenya"), behind
 * other names it stands for itself, as a person does. */
uint32_t name_bounds_end(const struct name_finder *finder, const struct tagged *tagged, uint32_t first, uint32_t end,
                         uint32_t sentence_end, bool cased)
{
    if (cased && end < sentence_end && name_bounds_is_legal_form(finder, end))
        return end + 1;
    if (end < sentence_end && names_is_possessive(token_at(finder, end)) && is_possessive_name(finder, first, end + 1))
        return end + 1;
    if (cased && is_seated(finder, first, end, sentence_end))
        return names_tagged_end(tagged->tags, end + 1, sentence_end);
    if (names_tag_type(tagged->tags[first]) != TAG_ORGANIZATION || end >= sentence_end)
        return end;
    uint32_t fields = cased ? over_fields(finder, first, end, sentence_end) : end;
    if (fields > end)
        return fields;
    if (names_token_is_capital(token_at(finder, end)))
        return !cased ? end : over_adjacent(finder, tagged, first, end, sentence_end);
    bool headed = names_classes(finder, end - 1, end) & NAME_ORGANIZATION_HEAD;
    if (end + 1 >= sentence_end || tagged->tags[end] != TAG_O || !names_token_is_capital(token_at(finder, end + 1)) ||
        !(names_is_join(token_at(finder, end)->lower) || (headed && is_on_field(finder, end))))
        return end;
    uint8_t next = tagged->tags[end + 1];
    bool part = next == TAG_O ? headed : names_tag_type(next) == TAG_ORGANIZATION || names_tag_type(next) == TAG_MISC;
    bool place = next != TAG_O && names_tag_type(next) == TAG_LOCATION && headed && end - first > 1;
    if (!part && !place)
        return end;
    return over_capitals(finder, tagged, names_tagged_end(tagged->tags, end + 1, sentence_end), sentence_end);
}

/* "The Securities and" "Futures Commission": a capital before "and" that the tagger left, with an article before it. */
static bool is_joined_field(const struct name_finder *finder, const struct tagged *tagged, uint32_t first, uint32_t end,
                            uint32_t sentence_first)
{
    return first >= sentence_first + 3 && slice_equals(token_at(finder, first - 1)->lower, SLICE("and")) &&
           is_loose_capital(finder, tagged, first - 2) &&
           slice_equals(token_at(finder, first - 3)->lower, SLICE("the")) &&
           names_classes(finder, end - 1, end) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL);
}

/* "Y.S." before "Jagan Mohan Reddy" */
static bool is_initials(const struct name_finder *finder, uint32_t i)
{
    struct slice word = token_at(finder, i)->lower;
    if (word.len % 2 || word.len < 4 || !(token_at(finder, i)->flags & TOKEN_ALL_UPPER) ||
        names_classes(finder, i, i + 1))
        return false;
    for (size_t at = 1; at < word.len; at += 2)
        if (word.ptr[at] != '.')
            return false;
    return true;
}

/* "Pan" "American Health Organization", "Friends" of "Hebden Library", "Posner" & "Lowe LLP": a capital that the tagger
 * left before an organization's name belongs to it. */
uint32_t name_bounds_start(const struct name_finder *finder, const struct tagged *tagged, uint32_t first, uint32_t end,
                           uint32_t sentence_first)
{
    if (names_tag_type(tagged->tags[first]) == TAG_LOCATION && end - first == 1 && first > sentence_first &&
        names_is_ordinal(token_at(finder, first - 1)))
        return first - 1; /* "6th" "Avenue" */
    if (names_tag_type(tagged->tags[first]) == TAG_PERSON && first > sentence_first &&
        tagged->tags[first - 1] == TAG_O && is_initials(finder, first - 1))
        return first - 1;
    if (names_tag_type(tagged->tags[first]) != TAG_ORGANIZATION || end - first < 2)
        return first;
    if (first > sentence_first && is_loose_capital(finder, tagged, first - 1))
        return first - 1;
    if (first > sentence_first + 1 && slice_equals(token_at(finder, first - 1)->lower, SLICE("&")) &&
        names_token_is_capital(token_at(finder, first - 2)))
        return first - 2;
    if (first > sentence_first + 1 && names_is_join(token_at(finder, first - 1)->lower) &&
        is_loose_capital(finder, tagged, first - 2))
        return first - 2;
    return is_joined_field(finder, tagged, first, end, sentence_first) ? first - 2 : first;
}

/* -------------------------------------------------------------------- trimming */

/* "Ex-Minister", "CDU-Abgeordnete": what stands behind the last hyphen is a title. */
static bool ends_in_title(const struct name_finder *finder, const struct token *token)
{
    struct slice last = slice_behind_last(token->lower, '-');
    const struct gazetteer_entry *entry = slice_is_null(last) ? NULL : gazetteer_find_text(finder->gazetteer, last);
    return entry && entry->classes & NAME_ANY_ROLE && !(entry->classes & (NAME_GIVEN | NAME_SURNAME));
}

/* A word that stands before a person's name, which goes on to end, and is no part of it. */
static bool is_before_person(const struct name_finder *finder, uint32_t i, uint32_t end)
{
    uint32_t classes = names_classes(finder, i, i + 1);
    bool lower = token_at(finder, i)->flags & TOKEN_LOWER;
    if (classes & NAME_ANY_TITLE)
        return !(classes & NAME_GIVEN) || (finder->evidence.asked && lower);
    bool opens = !finder->evidence.asked && token_at(finder, i)->flags & TOKEN_SENTENCE_START && end - i > 2;
    if ((finder->evidence.capital_nouns || opens) && !(classes & (NAME_GIVEN | NAME_SURNAME)) &&
        role_word_is_noun(&finder->words, i))
        return true; /* "Verbraucherschützerin", "Librettist" at a sentence's head */
    return classes & NAME_DEMONYM || ends_in_title(finder, token_at(finder, i));
}

/* "Stadt Lüneburg", "Kanton Zürich": the noun has a capital as any other. */
bool name_bounds_is_before_place(const struct name_finder *finder, uint32_t i)
{
    const struct sentence alone = {.first = i, .end = i + 1};
    bool origin = finder->evidence.asked && role_word_country(&finder->words, i) && /* "het Duitse Münster" */
                  names_is_only(finder, i + 1, i + 2, NAME_ANY_PLACE, NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL);
    return origin ||
           (finder->evidence.capital_nouns && name_context_type(&finder->words, &alone, i + 1, i + 1) == ACTOR_PLACE);
}

/* "eastern Kenya", "federal Bureau of Prisons" */
static bool is_adjective(const struct name_finder *finder, uint32_t i, enum actor_type type)
{
    if (type != ACTOR_PLACE &&
        (type != ACTOR_ORGANIZATION || finder->evidence.asked || !(names_classes(finder, i, i + 1) & NAME_COMMON)))
        return false;
    return token_at(finder, i)->flags & TOKEN_LOWER && names_token_is_capital(token_at(finder, i + 1)) &&
           !lexicon_find(finder->particles, token_at(finder, i)->lower);
}

/* A common word that a sentence begins with, before a name that is known or that it speaks of: "Rival" "Samsung
 * Electronics", "Chipmaker" "Arvella". */
static bool opens_sentence(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const uint32_t names = NAME_GIVEN | NAME_SURNAME | NAME_ORGANIZATION_HEAD | NAME_ANY_PLACE | NAME_DEMONYM;
    if (token_at(finder, first)->flags & TOKEN_SENTENCE_START && names_token_is_capital(token_at(finder, first + 1)) &&
        name_context_is_noun(&finder->words, first) && !names_classes(finder, first, end) &&
        !(names_classes(finder, first + 1, first + 2) &
          (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL)) && /* "State Bank" */
        !(names_classes(finder, first, first + 1) & (NAME_ORGANIZATION_HEAD | NAME_GIVEN | NAME_SURNAME)))
        return true;
    return token_at(finder, first)->flags & TOKEN_SENTENCE_START &&
           names_is_only(finder, first, first + 1, NAME_COMMON, names) && !names_classes(finder, first, end) &&
           names_classes(finder, first + 1, end) & (NAME_ORGANIZATION | NAME_ANY_PLACE);
}

/* "Dubai-based" "Marlin Trading", "Turkish-backed" "Syrian National Army": where somebody is at home, who stands behind
 * it. */
static bool is_based(const struct name_finder *finder, uint32_t i)
{
    struct slice last = slice_behind_last(token_at(finder, i)->lower, '-');
    return !slice_is_null(last) && role_word_list_says(&finder->words, finder->words.cues, last, "side");
}

/* German: "Leitung von" "Mathias Ehrlich", "Tod von" "Ettore Brandini", where no given name stands before "von". */
static uint32_t behind_von(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    uint32_t von = first + 1;
    while (von < end && !slice_equals(token_at(finder, von)->lower, SLICE("von")))
        von++;
    bool name = von + 1 < end && (names_classes(finder, von + 1, von + 2) & (NAME_GIVEN | NAME_SURNAME) ||
                                  (von == first + 1 && von + 3 == end && names_classes(finder, first, von) == 0));
    return name && !(names_classes(finder, first, first + 1) & NAME_GIVEN) ? von + 1 : first;
}

/* English: "CEO of" "New Media Investment Group" */
static bool is_post_at(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    return !finder->evidence.asked && end - first > 2 &&
           names_is_only(finder, first, first + 1, NAME_ANY_ROLE, NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION) &&
           role_word_is(&finder->words, first + 1, SMALL_OF) &&
           !slice_ends(token_at(finder, first)->lower, SLICE("s")) &&
           !names_is_only(finder, first, end, NAME_ORGANIZATION, 0);
}

/* English: "Commerce" behind "Minister of Industry, Investment and", before "Aubyn Hill": the last of what somebody is
 * minister of. */
static bool ends_portfolio(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    uint32_t of = first - 1;
    if (finder->evidence.asked || end - first < 3 || first == 0 ||
        names_classes(finder, first, first + 1) & (NAME_GIVEN | NAME_SURNAME) ||
        !role_word_is(&finder->words, first - 1, SMALL_CONJUNCTION))
        return false;
    while (of > 0 && of + LONGEST_PORTFOLIO > first &&
           (names_token_is_capital(token_at(finder, of)) || role_word_is(&finder->words, of, SMALL_CONJUNCTION) ||
            slice_equals(token_at(finder, of)->lower, SLICE(","))))
        of--;
    return of > 0 && names_is_join(token_at(finder, of)->lower) &&
           role_word_list_says(&finder->words, finder->words.cues, token_at(finder, of - 1)->lower, "portfolio");
}

static uint32_t trim_start(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type)
{
    if (end - first > 2 && slice_equals(token_at(finder, first + 1)->lower, SLICE(":"))) /* "Q: Arvella" */
        first += 2;
    while (end - first > 1 &&
           ((type == ACTOR_PERSON && is_before_person(finder, first, end)) ||
            (type == ACTOR_PLACE && name_bounds_is_before_place(finder, first)) || is_adjective(finder, first, type) ||
            slice_equals(token_at(finder, first)->lower, SLICE("the")) ||
            (token_at(finder, first)->kind != TOKEN_WORD &&
             !(type != ACTOR_PERSON && names_is_ordinal(token_at(finder, first)))) ||
            is_based(finder, first) || opens_sentence(finder, first, end)))
        first++;
    if (type == ACTOR_PERSON && ends_portfolio(finder, first, end))
        first++;
    if (type == ACTOR_PERSON && finder->evidence.capital_nouns)
        first = behind_von(finder, first, end);
    if (type == ACTOR_ORGANIZATION && is_post_at(finder, first, end))
        first += 2;
    return name_evidence_start(&finder->evidence, first, end);
}

static bool has_only(struct slice word, struct slice letters)
{
    for (size_t i = 0; i < word.len; i++)
        if (slice_find_byte(letters, word.ptr[i], 0) == SLICE_NOT_FOUND)
            return false;
    return true;
}

/* "Tom Little KC"; "1. Kiptoo KEN", "Ann Worku ETH": three capitals behind a name are whom the athlete runs for. */
static bool is_post_nominal(const struct name_finder *finder, uint32_t first, uint32_t i, enum actor_type type)
{
    if (type != ACTOR_PERSON)
        return false;
    const struct token *token = token_at(finder, i), *before = token - 1;
    bool code = token->flags & TOKEN_ALL_UPPER && token->lower.len == 3 && before->flags & TOKEN_CAPITALISED &&
                before->lower.len > 2 && slice_find_byte(token->lower, '-', 0) == SLICE_NOT_FOUND &&
                slice_find_byte(token->lower, '.', 0) == SLICE_NOT_FOUND && !has_only(token->lower, SLICE("ivxlcm"));
    return code || (i >= first + 2 && lexicon_find(finder->post_nominals, article_text(finder->article, token->span)));
}

/* English: "the Meghna river"; the "Yellow sea" is nothing without its noun. */
static bool is_place_noun_behind(const struct name_finder *finder, uint32_t i)
{
    static const struct slice inner[] = {{"sea", 3}, {"ocean", 5}, {"gulf", 4}, {"bay", 3}, {"strait", 6}};
    for (size_t k = 0; k < sizeof inner / sizeof inner[0]; k++)
        if (slice_equals(token_at(finder, i)->lower, inner[k]))
            return false;
    return token_at(finder, i)->flags & TOKEN_LOWER && !finder->evidence.asked &&
           name_context_is_place_noun(&finder->words, i);
}

/* English, before a role: the side of the body that it is held in: "Senate" "Majority Leader". */
static bool is_side(const struct name_finder *finder, uint32_t first, uint32_t last)
{
    static const struct slice sides[] = {
        {"majority", 8}, {"minority", 8}, {"democratic", 10}, {"republican", 10}, {"opposition", 10}};
    if (finder->evidence.asked || last == first || last + 1 >= finder->article->token_count ||
        !role_word_is_noun(&finder->words, last + 1) ||
        names_is_only(finder, first, last, NAME_ANY_PLACE, NAME_ORGANIZATION))
        return false;
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++)
        if (slice_equals(token_at(finder, last)->lower, sides[i]))
            return true;
    return false;
}

static uint32_t trim_end(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type,
                         bool cased)
{
    if (type == ACTOR_ORGANIZATION && cased && is_side(finder, first, end - 1))
        end--;
    while (end - first > 1 && !is_possessive_name(finder, first, end) &&
           (is_post_nominal(finder, first, end - 1, type) ||
            slice_starts(token_at(finder, end - 1)->lower, SLICE("'")) ||
            (cased && is_place_noun_behind(finder, end - 1)) ||
            name_context_is_score(article_text(finder->article, token_at(finder, end - 1)->span)) ||
            (token_at(finder, end - 1)->kind == TOKEN_PUNCTUATION && token_at(finder, end - 1)->lower.ptr[0] != '!')))
        end--;
    return name_evidence_end(&finder->evidence, first, end);
}

/* "Carla Moretti della Cgil": Italian surnames have their particles with a capital, so one in lower case behind two
 * names tells whose she is; "burgemeester Peter Snijders van Zwolle": so does a town behind a Dutch one. */
static bool is_affiliation(const struct name_finder *finder, uint32_t first, uint32_t end, uint32_t i)
{
    bool town =
        slice_equals(finder->words.language, SLICE("nl")) && i + 2 == end &&
        (role_word_is_noun(&finder->words, first) || (first > 0 && role_word_is_noun(&finder->words, first - 1))) &&
        names_is_only(finder, i + 1, end, NAME_ANY_PLACE, NAME_GIVEN);
    return i >= first + 2 && (town || slice_equals(finder->words.language, SLICE("it"))) &&
           role_word_is(&finder->words, i, SMALL_OF) && names_token_is_capital(token_at(finder, i - 1)) &&
           names_classes(finder, first, first + 1) & NAME_GIVEN;
}

/* "Gustavo Petro en Medellín"; German nouns are people only where a given name says so. */
static bool is_small_word(const struct name_finder *finder, uint32_t first, uint32_t i)
{
    if (finder->evidence.capital_nouns && !(names_classes(finder, first, first + 1) & NAME_GIVEN))
        return false;
    return finder->evidence.asked && token_at(finder, i)->small & SMALL_FUNCTION;
}

/* A word in lower case that no name holds ends one where capitals tell: "Centraal Museum" "komt er"; "Nations unies"
 * is known. */
uint32_t name_bounds_cut(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type)
{
    if (names_classes(finder, first, end) & (NAME_ORGANIZATION | NAME_COUNTRY))
        return end;
    for (uint32_t i = first + 1; i < end; i++) {
        const struct token *token = token_at(finder, i);
        bool joined = names_is_join(token_at(finder, i - 1)->lower) || token_at(finder, i - 1)->kind != TOKEN_WORD;
        bool inner =
            names_is_join(token->lower) || lexicon_find(finder->particles, token->lower) || token->lower.len <= 3;
        if (token->kind != TOKEN_WORD || !(token->flags & TOKEN_LOWER))
            continue;
        bool particle = lexicon_find(finder->particles, token->lower) != NULL;
        if (type == ACTOR_PERSON &&
            (is_affiliation(finder, first, end, i) || (!particle && is_small_word(finder, first, i))))
            return i;
        if (slice_equals(token->lower, SLICE("the")) ? !joined && !(token_at(finder, i - 1)->flags & TOKEN_LOWER)
                                                     : finder->evidence.asked && !inner)
            return i;
    }
    return end;
}

void name_bounds_trim(const struct name_finder *finder, bool cased, struct name_piece *piece)
{
    uint32_t start = trim_start(finder, piece->first, piece->end, piece->type);
    *piece = (struct name_piece){start, trim_end(finder, start, piece->end, piece->type, cased), piece->type};
}
