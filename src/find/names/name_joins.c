/* English names that the tagger left, or of which it saw a part, where capitals and the words between them say how far
 * they go: "Commission on Elections", "Kellerman & Voss", "St Bride's Primary School", "State Bank of Vietnam" before
 * its governor. */
#include "find/names/dateline.h"
#include "names_internal.h"

#define LONGEST_FIRM 3    /* words on one side of "&" */
#define PROSE_REACH 400   /* tokens behind a heading in which its firms are named again */
#define LONGEST_ROLE 2    /* words of a title before its noun */
#define LONGEST_JOINED 16 /* words of a name that is made longer */

static bool is_capital_word(const struct name_finder *finder, uint32_t i)
{
    return token_at(finder, i)->kind == TOKEN_WORD && names_token_is_capital(token_at(finder, i));
}

static bool is_word(const struct name_finder *finder, uint32_t i, struct slice word)
{
    return slice_equals(token_at(finder, i)->lower, word);
}

static bool is_tagged(const uint8_t *tags, uint32_t i, enum tag_type type)
{
    return tags[i] != TAG_O && names_tag_type(tags[i]) == type;
}

/* A capital that the tagger left and that is no title, no people and no weekday. */
static bool is_free_capital(const struct name_finder *finder, const uint8_t *tags, uint32_t i)
{
    const uint32_t explained = NAME_NOT | NAME_ANY_TITLE | NAME_DEMONYM;
    return tags[i] == TAG_O && is_capital_word(finder, i) &&
           !names_is_only(finder, i, i + 1, explained, NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL);
}

/* Where the name that covers i begins; one that is longer than any may seem to begin later. */
static uint32_t tagged_start(const uint8_t *tags, uint32_t i, uint32_t stop)
{
    for (uint32_t steps = 0; i > stop && steps < LONGEST_JOINED && names_goes_on(tags[i - 1]); steps++)
        i--;
    return i;
}

/* The name that begins at `first` goes on from one before it, or is longer than any. */
static bool is_endless(const uint8_t *tags, uint32_t first, uint32_t end, uint32_t stop)
{
    return end - first > LONGEST_JOINED || (first > stop && names_goes_on(tags[first - 1]));
}

/* ------------------------------------------------------------------- cutting */

/* "State Bank of Vietnam governor Dang Huu Khanh": a title in small letters parts two names. */
static void cut_at_titles(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    for (uint32_t i = sentence->first, end; i < sentence->end; i = end) {
        end = names_tagged_end(tags, i, sentence->end);
        if (tags[i] == TAG_O || is_endless(tags, i, end, sentence->first))
            continue;
        for (uint32_t title = i + 1; title + 1 < end; title++) {
            if (!(token_at(finder, title)->flags & TOKEN_LOWER) || !is_capital_word(finder, title + 1) ||
                !role_word_is_noun(&finder->words, title))
                continue;
            enum tag_type type = names_tag_type(tags[i]);
            name_tags_set(tags, i, title, type == TAG_PERSON ? TAG_ORGANIZATION : type);
            tags[title] = TAG_O;
            name_tags_set(tags, title + 1, end, TAG_PERSON);
            end = title + 1;
        }
    }
}

/* ------------------------------------------------------------------- joining */

/* Given name and surname. */
static bool is_full_person(const struct name_finder *finder, const uint8_t *tags, uint32_t first, uint32_t end)
{
    return end - first > 1 && is_tagged(tags, first, TAG_PERSON) &&
           names_is_only(finder, first, first + 1, NAME_GIVEN, 0);
}

/* [first, end) may be one side of "A & B": no everyday word, no place, nobody's whole name. */
static bool may_be_partner(const struct name_finder *finder, const uint8_t *tags, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (token_at(finder, i)->flags & TOKEN_HAS_DIGIT ||
            names_is_only(finder, i, i + 1, NAME_COMMON | NAME_NOT, NAME_SURNAME | NAME_ORGANIZATION_TAIL) ||
            is_tagged(tags, i, TAG_LOCATION))
            return false;
    return !is_full_person(finder, tags, first, end) && !names_is_only(finder, first, end, NAME_GIVEN, NAME_SURNAME);
}

/* The words beside the "&" at i stand beside one in the prose as well, among the first of the text. */
static bool is_said_in_prose(const struct name_finder *finder, uint32_t i)
{
    uint32_t end = finder->article->token_count < i + PROSE_REACH ? finder->article->token_count : i + PROSE_REACH;
    for (uint32_t k = i + 2; k + 1 < end; k++)
        if (is_word(finder, k, SLICE("&")) && is_word(finder, k - 1, token_at(finder, i - 1)->lower) &&
            is_word(finder, k + 1, token_at(finder, i + 1)->lower))
            return true;
    return false;
}

/* "Miller & Voss (2010)", "Miller & Voss, 2010": who wrote a paper. */
static bool is_cited(const struct name_finder *finder, uint32_t end, uint32_t stop)
{
    return end + 1 < stop && (is_word(finder, end, SLICE("(")) || is_word(finder, end, SLICE(","))) &&
           token_at(finder, end + 1)->kind == TOKEN_NUMBER && token_at(finder, end + 1)->lower.len == 4;
}

/* "&" between names: they are one firm. In a heading it may stand for "and", unless the prose has it too. */
static void join_firms(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    for (uint32_t i = sentence->first + 1; i + 1 < sentence->end; i++) {
        if (!is_word(finder, i, SLICE("&")) || names_goes_on(tags[i - 1]) || !is_capital_word(finder, i - 1) ||
            !is_capital_word(finder, i + 1))
            continue;
        uint32_t first = i - 1, end = i + 2;
        while (first > sentence->first && i - first < LONGEST_FIRM && is_capital_word(finder, first - 1) &&
               names_goes_on(tags[first - 1]))
            first--;
        first = tagged_start(tags, first, sentence->first);
        end = names_tagged_end(tags, end - 1, sentence->end);
        while (end < sentence->end && end - i <= LONGEST_FIRM && is_free_capital(finder, tags, end))
            end++;
        bool named = tags[i - 1] != TAG_O || tags[i + 1] != TAG_O;
        bool firm = role_is_prose(finder->article->blocks[sentence->block].role) || is_said_in_prose(finder, i);
        if (named && firm && !is_cited(finder, end, sentence->end) && !is_endless(tags, first, end, sentence->first) &&
            may_be_partner(finder, tags, first, i) && may_be_partner(finder, tags, i + 1, end))
            name_tags_set(tags, first, end, TAG_ORGANIZATION);
    }
}

static bool is_join(const struct name_finder *finder, uint32_t i)
{
    static const struct slice joins[] = {{"of", 2}, {"for", 3}, {"on", 2}, {"against", 7}};
    for (size_t k = 0; k < sizeof joins / sizeof joins[0]; k++)
        if (is_word(finder, i, joins[k]))
            return true;
    return false;
}

/* "Commission on Elections", "Committee for Public Safety": a noun for a body that the tagger left, with a capital
 * behind its preposition that names nobody. */
static void join_headed(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    for (uint32_t i = sentence->first; i + 2 < sentence->end; i++) {
        bool alone = tags[i] == TAG_OF(TAG_MISC, TAG_U) || tags[i] == TAG_OF(TAG_ORGANIZATION, TAG_U);
        if (!(alone || is_free_capital(finder, tags, i)) || !is_join(finder, i + 1) || tags[i + 1] != TAG_O ||
            !names_is_only(finder, i, i + 1, NAME_ORGANIZATION_HEAD, 0))
            continue;
        uint32_t field =
            i + 2 + (i + 3 < sentence->end && is_word(finder, i + 2, SLICE("the"))); /* "for the Conservation of" */
        if (!is_capital_word(finder, field) || is_tagged(tags, field, TAG_PERSON) ||
            names_is_only(finder, field, field + 1, NAME_NOT, 0))
            continue;
        uint32_t first = i, end = names_tagged_end(tags, field, sentence->end);
        while (end < sentence->end && is_free_capital(finder, tags, end))
            end++;
        while (first > sentence->first && is_free_capital(finder, tags, first - 1))
            first--;
        name_tags_set(tags, first, end, TAG_ORGANIZATION);
        i = end - 1;
    }
}

/* A word for a building as often as for a body. */
static bool is_site(const struct name_finder *finder, uint32_t i)
{
    return lexicon_find(lexicon_table(finder->job->knowledge->lexicon, "site_words"), token_at(finder, i)->lower) !=
           NULL;
}

/* "Sinaloa" "Cartel", "Tan Viet" "Securities": the last word of a body's name, left behind the name that it belongs to;
 * a country as often says whose body it is. */
static void join_tails(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    for (uint32_t i = sentence->first + 1; i < sentence->end; i++) {
        if (tags[i - 1] == TAG_O || names_goes_on(tags[i - 1]) || is_tagged(tags, i - 1, TAG_MISC) ||
            !is_free_capital(finder, tags, i) || !names_is_only(finder, i, i + 1, NAME_ORGANIZATION_TAIL, NAME_NOT) ||
            is_site(finder, i))
            continue;
        uint32_t first = tagged_start(tags, i - 1, sentence->first);
        if (!is_endless(tags, first, i, sentence->first) && !is_full_person(finder, tags, first, i) &&
            !names_is_only(finder, first, i, NAME_COUNTRY | NAME_ORGANIZATION, 0))
            name_tags_set(tags, first, i + 1, TAG_ORGANIZATION);
    }
}

/* Whose a body is by its name: a saint's, or of many, or of an office ("Attorney General's Office"). */
static bool is_namesake(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    bool many_s = is_word(finder, end, SLICE("'")); /* "Nurses' Union" */
    if (many_s || names_is_only(finder, end - 1, end, NAME_ANY_ROLE, 0))
        return is_word(finder, end + 1, SLICE("office")) ||
               (many_s && names_is_only(finder, end + 1, end + 2, NAME_ORGANIZATION_HEAD, 0) &&
                !is_site(finder, end + 1) && !names_is_only(finder, end - 1, end, NAME_ANY_PLACE | NAME_SURNAME, 0));
    static const struct slice saints[] = {{"st", 2}, {"st.", 3}, {"saint", 5}};
    static const struct slice many[] = {
        {"children", 8}, {"women", 5},    {"men", 3},      {"people", 6},  {"girls", 5},   {"boys", 4}, {"farmers", 7},
        {"workers", 7},  {"veterans", 8}, {"teachers", 8}, {"writers", 7}, {"players", 7}, {"king", 4}, {"queen", 5}};
    for (size_t i = 0; i < sizeof saints / sizeof saints[0]; i++)
        if (end - first > 1 && is_word(finder, first, saints[i]))
            return true;
    for (size_t i = 0; i < sizeof many / sizeof many[0]; i++)
        if (is_word(finder, end - 1, many[i]))
            return true;
    return false;
}

/* "St Bride" 's "Primary School", "Danish Radio Girls" ' "Choir". */
static void join_namesakes(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    const uint32_t marks = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    for (uint32_t i = sentence->first + 1; i + 1 < sentence->end; i++) {
        if (!names_is_possessive(token_at(finder, i)) || token_at(finder, i)->flags & TOKEN_SPACE_BEFORE ||
            !is_capital_word(finder, i - 1) || !is_capital_word(finder, i + 1))
            continue;
        uint32_t first = tags[i - 1] == TAG_O ? i - 1 : tagged_start(tags, i - 1, sentence->first), end = i + 1;
        while (end < sentence->end && is_capital_word(finder, end) && !is_tagged(tags, end, TAG_PERSON))
            end++;
        while (end > i + 1 && !names_is_only(finder, end - 1, end, marks, NAME_NOT))
            end--;
        while (first > sentence->first && i - first < LONGEST_JOINED && is_capital_word(finder, first - 1) &&
               tags[first] == TAG_O && !(token_at(finder, first - 1)->small & SMALL_FUNCTION))
            first--; /* "Attorney" of "Attorney General" */
        if (end > i + 1 && !is_endless(tags, first, end, sentence->first) && is_namesake(finder, first, i) &&
            !(end < sentence->end && names_goes_on(tags[end - 1])))
            name_tags_set(tags, first, end, TAG_ORGANIZATION);
    }
}

bool names_is_ordinal(const struct token *token)
{
    static const struct slice endings[] = {{"st", 2}, {"nd", 2}, {"rd", 2}, {"th", 2}};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0] && token->flags & TOKEN_HAS_DIGIT; i++)
        if (slice_ends(token->lower, endings[i]) && token->lower.len <= 5)
            return true;
    return false;
}

/* A word of the name is one for courts or forces, of which there are many with numbers. */
static bool is_numbered_body(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const struct gazetteer_entry *entry = gazetteer_find(finder->gazetteer, token_at(finder, i), 1);
        struct slice type = entry ? gazetteer_organization_type(entry->organization_type) : SLICE_NULL;
        if (slice_equals(type, SLICE("court")) || slice_equals(type, SLICE("armed_force")))
            return true;
    }
    return false;
}

/* "10th" "District Court of Appeals", "3rd" "Infantry Division". */
static void join_ordinals(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    for (uint32_t i = sentence->first + 1; i < sentence->end; i++)
        if (is_tagged(tags, i, TAG_ORGANIZATION) && tags[i - 1] == TAG_O && names_is_ordinal(token_at(finder, i - 1))) {
            uint32_t end = names_tagged_end(tags, i, sentence->end);
            if (is_numbered_body(finder, i, end))
                name_tags_set(tags, i - 1, end, TAG_ORGANIZATION);
        }
}

/* "Fisheries" "New Zealand", "Cricket" "Ireland": what a national body is for, before its country or region. */
static void join_branches(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    const struct lexicon_table *words = lexicon_table(finder->job->knowledge->lexicon, "branch_words");
    for (uint32_t i = sentence->first; i + 1 < sentence->end; i++) {
        if (!is_capital_word(finder, i) || !is_capital_word(finder, i + 1) ||
            !lexicon_find(words, token_at(finder, i)->lower) || (i > sentence->first && names_goes_on(tags[i - 1])))
            continue;
        size_t length;
        const struct gazetteer_entry *home = gazetteer_longest(
            finder->gazetteer, token_at(finder, i + 1), sentence->end - i - 1, NAME_COUNTRY | NAME_REGION, &length);
        if (home && !names_goes_on(tags[i + length]))
            name_tags_set(tags, i, i + 1 + (uint32_t)length, TAG_ORGANIZATION);
    }
}

/* "Te" "Kapunga", "Al" "Noor": a particle with a capital before a name is its first word. */
static void join_particles(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    for (uint32_t i = sentence->first + 2; i < sentence->end; i++)
        if (tags[i] != TAG_O && tags[i - 1] == TAG_O && token_at(finder, i - 1)->flags & TOKEN_CAPITALISED &&
            !is_tagged(tags, i, TAG_MISC) && !(token_at(finder, i - 1)->flags & TOKEN_SENTENCE_START) &&
            is_capital_word(finder, i) && !(token_at(finder, i - 1)->small & SMALL_FUNCTION) &&
            lexicon_find(finder->particles, token_at(finder, i - 1)->lower))
            name_tags_set(tags, i - 1, names_tagged_end(tags, i, sentence->end), names_tag_type(tags[i]));
}

/* "Indonesia" "Corruption Watch" "researcher" "Egi P.": the capitals before a role in small letters with its holder
 * behind it are whose he is, all of them. */
static void join_employers(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    for (uint32_t title = sentence->first + 2; title + 1 < sentence->end; title++) {
        if (!(token_at(finder, title)->flags & TOKEN_LOWER) || !is_tagged(tags, title + 1, TAG_PERSON) ||
            !role_word_is_noun(&finder->words, title))
            continue;
        uint32_t i = title;
        while (i > sentence->first + 2 && title - i < LONGEST_ROLE && token_at(finder, i - 1)->flags & TOKEN_LOWER &&
               !(token_at(finder, i - 1)->small & SMALL_FUNCTION))
            i--; /* "incident controller" */
        if (!is_free_capital(finder, tags, i - 1))
            continue;
        uint32_t first = i - 1;
        while (first > sentence->first && i - first <= LONGEST_JOINED && is_capital_word(finder, first - 1) &&
               !names_is_only(finder, first - 1, first, NAME_DEMONYM | NAME_NOT | NAME_ANY_TITLE,
                              NAME_GIVEN | NAME_SURNAME))
            first--;
        if (token_at(finder, first)->flags & TOKEN_SENTENCE_START && token_at(finder, first)->small & SMALL_FUNCTION)
            first++;
        if (i - first > 1 && !is_tagged(tags, first, TAG_PERSON) && !is_endless(tags, first, i, sentence->first))
            name_tags_set(tags, first, i, TAG_ORGANIZATION);
    }
}

/* "The Energy Ministry", "Vanuatu Meteorology and" "Geo-Hazards Department": capitals before "and" that are no name
 * without what stands behind it; "Kenya and Uganda Railways" are two. */
static void join_fields(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    const uint32_t marks = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    for (uint32_t i = sentence->first + 2; i + 1 < sentence->end; i++) {
        if (!is_word(finder, i, SLICE("and")) || !is_tagged(tags, i + 1, TAG_ORGANIZATION) ||
            !is_capital_word(finder, i - 1))
            continue;
        uint32_t first = tagged_start(tags, i - 1, sentence->first), end = names_tagged_end(tags, i + 1, sentence->end);
        bool whole = names_is_only(finder, first, i,
                                   NAME_ANY_PLACE | NAME_ORGANIZATION | NAME_GIVEN | NAME_SURNAME | NAME_NOT, 0) ||
                     names_is_only(finder, i - 1, i, marks | NAME_SURNAME | NAME_GIVEN | NAME_ANY_PLACE, 0);
        if (i - first > 1 && !whole && names_is_only(finder, first, first + 1, NAME_COUNTRY | NAME_DEMONYM, 0) &&
            names_is_only(finder, end - 1, end, marks, 0) && !is_endless(tags, first, end, sentence->first))
            name_tags_set(tags, first, end, TAG_ORGANIZATION);
    }
}

/* "Divisional", "Municipal" */
static bool is_adjective(const struct name_finder *finder, uint32_t i)
{
    return slice_ends(token_at(finder, i)->lower, SLICE("al")) &&
           !gazetteer_find(finder->gazetteer, token_at(finder, i), 1);
}

/* "Divisional Railway" before "Manager Umesh P.": everyday words in capitals before a title are a part of it. */
static void release_titles(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    const uint32_t names = NAME_ORGANIZATION | NAME_ANY_PLACE | NAME_GIVEN | NAME_SURNAME | NAME_ORGANIZATION_HEAD;
    for (uint32_t i = sentence->first, end; i < sentence->end; i = end) {
        end = names_tagged_end(tags, i, sentence->end);
        if (tags[i] == TAG_O || end + 1 >= sentence->end || !is_tagged(tags, end + 1, TAG_PERSON) ||
            !is_capital_word(finder, end) || is_tagged(tags, i, TAG_PERSON) || !role_word_is_noun(&finder->words, end))
            continue;
        uint32_t word = i;
        while (word < end && (names_is_only(finder, word, word + 1, NAME_COMMON, names) || is_adjective(finder, word)))
            word++;
        if (word == end && names_is_only(finder, end - 1, end, NAME_COMMON, names))
            memset(tags + i, TAG_O, end - i);
    }
}

/* A particle of another language in small letters, which English has no use for: "na", "de", "van"; "do" behind a word
 * that is none. */
static bool is_foreign_particle(const struct name_finder *finder, uint32_t i)
{
    const struct token *token = token_at(finder, i);
    if (!(token->flags & TOKEN_LOWER) || token->lower.len < 2 || !lexicon_find(finder->particles, token->lower))
        return false;
    if (slice_equals(token->lower, SLICE("do")) || slice_equals(token->lower, SLICE("na")))
        return !gazetteer_find(finder->gazetteer, token - 1, 1);
    return !(token->small & SMALL_FUNCTION) && !names_is_only(finder, i, i + 1, NAME_COMMON, 0);
}

/* "Playas" "de" "Castellón", "Celulose" "do" "Sul": capitals with such a particle between them are one name. */
static void join_foreign(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    for (uint32_t i = sentence->first + 1; i + 1 < sentence->end; i++) {
        if (!is_capital_word(finder, i - 1) || !is_capital_word(finder, i + 1) || !is_foreign_particle(finder, i) ||
            names_goes_on(tags[i - 1]) || is_tagged(tags, i - 1, TAG_PERSON) || is_tagged(tags, i + 1, TAG_PERSON) ||
            (tags[i - 1] == TAG_O && tags[i + 1] == TAG_O) ||
            (tags[i - 1] == TAG_O && !is_free_capital(finder, tags, i - 1)) ||
            names_is_only(finder, i - 1, i, NAME_COUNTRY | NAME_COMMON, 0))
            continue;
        uint32_t first = tagged_start(tags, i - 1, sentence->first), end = names_tagged_end(tags, i + 1, sentence->end);
        enum tag_type type = names_tag_type(tags[i - 1] != TAG_O ? tags[i - 1] : tags[i + 1]);
        if (!is_endless(tags, first, end, sentence->first))
            name_tags_set(tags, first, end, type);
    }
}

/* "Microsoft" of "Microsoft xCloud", "SpaceX" of "SpaceX Crew-14": a product behind its maker, by a small letter before
 * its capital or a figure in it. */
static void cut_at_products(const struct name_finder *finder, uint8_t *tags, const struct sentence *sentence)
{
    for (uint32_t i = sentence->first, end; i < sentence->end; i = end) {
        end = names_tagged_end(tags, i, sentence->end);
        if (tags[i] == TAG_O || is_endless(tags, i, end, sentence->first))
            continue;
        uint32_t product = i + 1;
        while (product < end &&
               (token_at(finder, product)->kind != TOKEN_WORD ||
                (token_at(finder, product)->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER | TOKEN_LOWER) &&
                 !(token_at(finder, product)->flags & TOKEN_HAS_DIGIT))))
            product++;
        if (product == end || !names_is_only(finder, i, product, NAME_ORGANIZATION, 0) || names_classes(finder, i, end))
            continue;
        name_tags_set(tags, i, product, TAG_ORGANIZATION);
        memset(tags + product, TAG_O, end - product);
    }
}

void name_joins_settle(const struct name_finder *finder, uint8_t *tags, uint32_t s)
{
    const struct sentence *sentence = &finder->article->sentences[s];
    cut_at_titles(finder, tags, sentence);
    cut_at_products(finder, tags, sentence);
    join_foreign(finder, tags, sentence);
    join_firms(finder, tags, sentence);
    join_headed(finder, tags, sentence);
    join_tails(finder, tags, sentence);
    join_namesakes(finder, tags, sentence);
    join_employers(finder, tags, sentence);
    join_fields(finder, tags, sentence);
    release_titles(finder, tags, sentence);
    join_ordinals(finder, tags, sentence);
    join_particles(finder, tags, sentence);
    join_branches(finder, tags, sentence);
}
