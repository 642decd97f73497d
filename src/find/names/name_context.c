#include "find/names/name_context.h"

#define SHORTEST_KIND 5 /* bytes of a noun that ends a compound: not "bank" */
#define LONGEST_KIND 16
#define LONGEST_OFFICE 4 /* words of "former regional sales director" */
#define LONGEST_OWNED 5 /* tokens from "'s" of "the builder's parent company," on */
#define LONGEST_SAID 6 /* words of "a large Norwegian maker of" */

static bool is_comma(const struct role_words *words, uint32_t i)
{
    return slice_equals(role_words_token(words, i)->lower, SLICE(","));
}

/* ------------------------------------------------------------------- people */

/* What the lists say that the noun is one for, in the text's language, however it is written. */
static struct slice kind_of_word(const struct role_words *words, struct slice word)
{
    for (const struct lexicon_row *row = lexicon_find(words->kinds, word); row; row = row->next)
        if (slice_equals(row->columns[2], words->language))
            return row->columns[1];
    return SLICE_NULL;
}

static struct slice listed_kind(const struct role_words *words, uint32_t i)
{
    return kind_of_word(words, role_words_token(words, i)->lower);
}

/* English: "airlines" before "Gol and Azul" */
static struct slice kind_of_several(const struct role_words *words, uint32_t i)
{
    struct slice word = role_words_token(words, i)->lower;
    bool several = word.len > 4 && slice_ends(word, SLICE("s")) && slice_equals(words->language, SLICE("en")) &&
                   role_words_token(words, i)->flags & (TOKEN_LOWER | TOKEN_SENTENCE_START);
    return several ? kind_of_word(words, slice_sub(word, 0, word.len - 1)) : SLICE_NULL;
}

/* "Lubambe Copper", "Jinhai Works", "Zanmi Lasante": no given name first, and a firm's word or several of a thing last;
 * or words that no list has, where the noun is a firm's rather than somebody's. */
static bool is_firms_name(const struct role_words *words, uint32_t first, uint32_t end, bool firms)
{
    uint32_t head = role_word_classes(words, first, 1), last = role_word_classes(words, end - 1, 1);
    bool plural = last & NAME_COMMON &&
                  (!(last & NAME_SURNAME) || slice_ends(role_words_token(words, end - 1)->lower, SLICE("s")));
    if (head & NAME_GIVEN || last & NAME_GIVEN)
        return false;
    return plural || last & NAME_ORGANIZATION_TAIL ||
           (firms && !head && !last && !role_word_ends_as_surname(words, end - 1));
}

/* "The broadcaster RÚV", "mine owner Lubambe Copper": the noun is one for people and for companies, and no person has a
 * name of one word that no list knows; nor one of capitals: "mine owner PGG". */
static bool is_bodys_noun(const struct role_words *words, uint32_t noun, uint32_t first, uint32_t end)
{
    const struct token *name = role_words_token(words, first);
    bool listed = !slice_is_null(listed_kind(words, noun));
    bool firms = role_word_list_says(words, words->cues, role_words_token(words, noun)->lower, "firms");
    if (end - first > 1)
        return slice_equals(words->language, SLICE("en")) &&
               (listed || firms ||
                role_word_list_says(words, words->cues, role_words_token(words, noun)->lower, "shared")) &&
               is_firms_name(words, first, end, firms);
    if (role_words_token(words, noun)->flags & (TOKEN_LOWER | TOKEN_SENTENCE_START) && name->flags & TOKEN_ALL_UPPER &&
        name->lower.len > 2)
        return true;
    return (listed || (firms && !role_word_ends_as_surname(words, first))) &&
           !(role_word_classes(words, first, 1) & (NAME_GIVEN | NAME_SURNAME));
}

/* English: "its partner Banatrans", "bookseller Waterfolk": what a firm is to another, before a word that no list has.
 */
static bool is_partner(const struct role_words *words, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    return end - first == 1 && first > sentence->first &&
           !(role_words_token(words, first - 1)->small & SMALL_FUNCTION) &&
           role_word_list_says(words, words->cues, role_words_token(words, first - 1)->lower, "firms") &&
           is_bodys_noun(words, first - 1, first, end);
}

/* English: "constables" before "Rehmatullah, Asif Iqbal": several of a title that lists have. */
static bool is_plural_title(const struct role_words *words, uint32_t i)
{
    struct slice word = role_words_token(words, i)->lower;
    if (!slice_equals(words->language, SLICE("en")) ||
        !(role_words_token(words, i)->flags & (TOKEN_LOWER | TOKEN_SENTENCE_START)) || word.len < 4 ||
        !slice_ends(word, SLICE("s")))
        return false;
    const struct gazetteer_entry *entry = gazetteer_find_text(words->gazetteer, slice_sub(word, 0, word.len - 1));
    return entry && entry->classes & NAME_ANY_ROLE && slice_is_null(listed_kind(words, i));
}

static bool is_titled(const struct role_words *words, uint32_t title, uint32_t first, uint32_t end)
{
    return (role_word_is_noun(words, title) && !is_bodys_noun(words, title, first, end)) ||
           role_word_classes(words, title, 1) & NAME_HONORIFIC || is_plural_title(words, title);
}

/* English: "Tee Chee Seng, vice chairman of", "Alghabass Ag I., a trader": what somebody of several names is, behind a
 * comma; what companies are as often has a noun of theirs. */
static bool is_introduced(const struct role_words *words, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    if (!slice_equals(words->language, SLICE("en")) || end - first < 2 || end + 3 >= sentence->end ||
        !is_comma(words, end))
        return false;
    uint32_t noun = end + 1 + role_word_is(words, end + 1, SMALL_ARTICLE | SMALL_INDEFINITE | SMALL_DETERMINER),
             last = noun + LONGEST_OFFICE;
    while (noun + 2 < sentence->end && noun < last && role_words_token(words, noun)->flags & TOKEN_LOWER &&
           role_words_token(words, noun)->kind == TOKEN_WORD &&
           !(role_words_token(words, noun)->small & SMALL_FUNCTION) && !role_word_is_noun(words, noun))
        noun++;
    if (role_word_list_says(words, words->cues, role_words_token(words, noun)->lower, "shared"))
        return false;
    bool over = is_comma(words, noun + 1) || role_word_is(words, noun + 1, SMALL_OF) ||
                slice_equals(role_words_token(words, noun + 1)->lower, SLICE("at"));
    return noun < last && over && role_word_is_noun(words, noun) && slice_is_null(listed_kind(words, noun));
}

/* English: "Tusker, who have a match in hand": one that is several, as teams are, where no list of people ends. */
static bool is_several(const struct role_words *words, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    if (!slice_equals(words->language, SLICE("en")) || end + 3 >= sentence->end || !is_comma(words, end) ||
        !slice_equals(role_words_token(words, end + 1)->lower, SLICE("who")))
        return false;
    bool listed =
        first > sentence->first && (role_word_is(words, first - 1, SMALL_CONJUNCTION) || is_comma(words, first - 1));
    return !listed && role_word_list_says(words, words->cues, role_words_token(words, end + 2)->lower, "plural");
}

/* A title before the name ("the state secretary, Zenaide C., said"), an age or "who" behind it. */
static bool is_person(const struct role_words *words, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    bool comma = end + 1 < sentence->end && is_comma(words, end);
    uint32_t behind = end + comma, title = first;
    if (comma && first > sentence->first && is_comma(words, first - 1))
        title--;
    if ((title > sentence->first && is_titled(words, title - 1, first, end)) ||
        is_introduced(words, sentence, first, end))
        return true;
    first = title;
    if (behind + 1 >= sentence->end)
        return false;
    const struct token *next = role_words_token(words, behind);
    /* "Ilze Ozola of Latvia": other bodies have "the" or a word of their own. */
    bool of_country = !comma && end - first > 1 && slice_equals(role_words_token(words, end)->lower, SLICE("of")) &&
                      role_word_classes(words, end + 1, 1) & NAME_COUNTRY;
    if (of_country && !(first > sentence->first && role_word_is(words, first - 1, SMALL_ARTICLE)))
        return true;
    bool aged = comma && next->kind == TOKEN_NUMBER && next->lower.len == 2 && is_comma(words, behind + 1);
    bool of_body = first > sentence->first && slice_equals(role_words_token(words, first - 1)->lower,
                                                           SLICE("the")); /* "Tim Hollis of the British Survey, who" */
    return aged || (!of_body && slice_equals(next->lower, SLICE("who")) && !is_several(words, sentence, first, end));
}

/* -------------------------------------------------------------------- kinds */

static bool is_place_kind(struct slice kind)
{
    return slice_equals(kind, SLICE("city")) || slice_equals(kind, SLICE("region")) ||
           slice_equals(kind, SLICE("other"));
}

/* "Energiekonzern", "energiebedrijf": German and Dutch write the noun to what goes before it; towns' names end in
 * "-stadt" too. */
static struct slice kind_of_compound(const struct role_words *words, const struct token *token)
{
    struct slice word = token->lower;
    bool german = slice_equals(words->language, SLICE("de"));
    if (german ? (token->flags & TOKEN_LOWER) != 0 : !slice_equals(words->language, SLICE("nl")))
        return SLICE_NULL;
    for (size_t length = SHORTEST_KIND; length + 2 < word.len && length <= LONGEST_KIND; length++)
        for (const struct lexicon_row *row = lexicon_find(words->kinds, slice_sub(word, word.len - length, word.len));
             row; row = row->next)
            if (slice_equals(row->columns[2], words->language) &&
                (slice_equals(row->columns[1], SLICE("company")) || slice_equals(row->columns[1], SLICE("media"))))
                return row->columns[1];
    return SLICE_NULL;
}

/* "Chipmaker Arvella": at a sentence's head the noun has a capital too. */
static struct slice kind_of_noun(const struct role_words *words, uint32_t i)
{
    const struct token *token = role_words_token(words, i);
    bool noun = token->flags & (TOKEN_LOWER | TOKEN_SENTENCE_START) || slice_equals(words->language, SLICE("de"));
    struct slice kind = noun ? listed_kind(words, i) : SLICE_NULL;
    return noun && slice_is_null(kind) ? kind_of_compound(words, token) : kind;
}

/* "The village of Sake", "the newspaper El Faro"; a person's bank and a party's town stay out: an organization's
 * noun stands right before its name. */
static struct slice kind_before(const struct role_words *words, const struct sentence *sentence, uint32_t first)
{
    if (first > sentence->first + 1 && role_word_is(words, first - 1, SMALL_OF)) {
        struct slice kind = kind_of_noun(words, first - 2);
        kind = slice_is_null(kind) ? kind_of_several(words, first - 2) : kind;
        return is_place_kind(kind) ? kind : SLICE_NULL;
    }
    /* "la empresa noruega Fjordskip" */
    bool origin = first > sentence->first + 1 && role_words_token(words, first - 1)->flags & TOKEN_LOWER &&
                  role_word_country(words, first - 1);
    struct slice kind = first > sentence->first + origin ? kind_of_noun(words, first - 1 - origin) : SLICE_NULL;
    if (slice_is_null(kind) && first > sentence->first)
        kind = kind_of_several(words, first - 1);
    bool body = role_word_classes(words, first, 1) &
                (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL); /* "State" "Bank of Vietnam" */
    return body && is_place_kind(kind) ? SLICE_NULL : kind;
}

bool name_context_is_noun(const struct role_words *words, uint32_t i)
{
    return !slice_is_null(kind_of_noun(words, i)) || !slice_is_null(kind_of_several(words, i)) ||
           lexicon_find(words->people, role_words_token(words, i)->lower);
}

bool name_context_is_place_noun(const struct role_words *words, uint32_t i)
{
    return is_place_kind(listed_kind(words, i));
}

/* English: "the Petoskey firm Teague Hollis": the noun is one for the name behind it. */
static bool is_noun_of_next(const struct role_words *words, const struct sentence *sentence, uint32_t noun)
{
    return noun + 1 < sentence->end && role_words_token(words, noun)->flags & TOKEN_LOWER &&
           role_words_token(words, noun + 1)->flags & TOKEN_CAPITALISED &&
           role_words_token(words, noun + 1)->kind == TOKEN_WORD && !role_word_is_noun(words, noun + 1) &&
           !(role_word_classes(words, noun + 1, 1) & (NAME_ANY_TITLE | NAME_NOT));
}

/* English alone has the noun behind: "Regions party", "the Kolpa river"; "near Bhabua station" no radio sends. */
static struct slice kind_behind(const struct role_words *words, const struct sentence *sentence, uint32_t first,
                                uint32_t end)
{
    if (end >= sentence->end || !slice_equals(words->language, SLICE("en")))
        return SLICE_NULL;
    bool halt = slice_equals(role_words_token(words, end)->lower, SLICE("station")) && first > sentence->first &&
                role_word_is(words, first - 1, SMALL_WHERE);
    return halt || is_noun_of_next(words, sentence, end) ? SLICE_NULL : kind_of_noun(words, end);
}

/* English: "two", "both" before a noun that says what several are. */
static bool is_two(const struct role_words *words, uint32_t i)
{
    return slice_equals(role_words_token(words, i)->lower, SLICE("two")) ||
           slice_equals(role_words_token(words, i)->lower, SLICE("both"));
}

/* "Otto Kessling, a margarine maker": a noun for who does something, behind a given name. */
static bool is_somebodys(const struct role_words *words, uint32_t noun, uint32_t first)
{
    struct slice word = role_words_token(words, noun)->lower;
    return role_word_classes(words, first, 1) & NAME_GIVEN &&
           (slice_ends(word, SLICE("er")) || slice_ends(word, SLICE("or")));
}

/* English: "Plastics Europe, a trade body", "Shin Yang and Samling, two timber groups", "Mavuno, the country's largest
 * bank, said": the last noun of what is said of the name behind a comma. */
static struct slice kind_said(const struct role_words *words, const struct sentence *sentence, uint32_t first,
                              uint32_t end)
{
    const enum small_word holds = SMALL_OF | SMALL_WHERE | SMALL_AGENT | SMALL_CONJUNCTION | SMALL_COPULA |
                                  SMALL_RELATIVE | SMALL_PRONOUN | SMALL_DETERMINER | SMALL_SPEECH;
    uint32_t noun = 0;
    if (!slice_equals(words->language, SLICE("en")) || end + 2 >= sentence->end || !is_comma(words, end) ||
        !(role_word_is(words, end + 1, SMALL_ARTICLE) ||
          role_word_is(words, end + 1, SMALL_INDEFINITE | SMALL_DETERMINER) || is_two(words, end + 1)))
        return SLICE_NULL;
    for (uint32_t i = end + 2; i < sentence->end && i < end + 2 + LONGEST_SAID; i++) {
        bool possessive = slice_equals(role_words_token(words, i)->lower, SLICE("'s"));
        bool word = role_words_token(words, i)->kind == TOKEN_WORD && !role_word_is(words, i, holds);
        /* "the gang led by", "the airline run by" */
        bool done = slice_ends(role_words_token(words, i)->lower, SLICE("ed")) ||
                    (i + 1 < sentence->end && role_word_is(words, i + 1, SMALL_AGENT));
        if (noun && done && !slice_is_null(kind_of_noun(words, noun)))
            break;
        bool origin =
            role_word_country(words, i) || role_word_classes(words, i, 1) & NAME_ANY_PLACE; /* "the Quebec operator" */
        if (!possessive && !(word && (role_words_token(words, i)->flags & TOKEN_LOWER || origin)))
            break;
        noun = i;
    }
    struct slice several = noun && is_two(words, end + 1) ? kind_of_several(words, noun) : SLICE_NULL;
    return !slice_is_null(several)                                                        ? several
           : noun && !role_word_is_noun(words, noun) && !is_somebodys(words, noun, first) ? kind_of_noun(words, noun)
                                                                                          : SLICE_NULL;
}

static bool is_owners(struct slice word)
{
    static const struct slice owners[] = {{"'s", 2}, {"'", 1}, {"its", 3}, {"his", 3}, {"her", 3}, {"their", 5}};
    for (size_t i = 0; i < sizeof owners / sizeof owners[0]; i++)
        if (slice_equals(word, owners[i]))
            return true;
    return false;
}

/* English: "Erik Prince's firm, Vectus Global, flies", "its parent company, Halden Marine.": what somebody has, between
 * commas. */
static struct slice kind_owned(const struct role_words *words, const struct sentence *sentence, uint32_t first,
                               uint32_t end)
{
    if (!slice_equals(words->language, SLICE("en")) || first < sentence->first + 3 || end >= sentence->end ||
        !is_comma(words, first - 1) || role_words_token(words, end)->kind != TOKEN_PUNCTUATION ||
        role_word_classes(words, first, 1) & NAME_GIVEN) /* "coach of the men's team, Ann Berg" */
        return SLICE_NULL;
    uint32_t owner = first - 3;
    while (owner > sentence->first && owner + LONGEST_OWNED > first &&
           role_words_token(words, owner)->flags & TOKEN_LOWER && !is_owners(role_words_token(words, owner)->lower))
        owner--;
    return is_owners(role_words_token(words, owner)->lower) ? kind_of_noun(words, first - 2) : SLICE_NULL;
}

struct slice name_context_kind_before(const struct role_words *words, const struct sentence *sentence, uint32_t first)
{
    return kind_before(words, sentence, first);
}

struct slice name_context_kind_of_list(const struct role_words *words, const struct sentence *sentence, uint32_t first)
{
    bool such = first > sentence->first + 2 && slice_equals(role_words_token(words, first - 1)->lower, SLICE("as")) &&
                slice_equals(role_words_token(words, first - 2)->lower, SLICE("such"));
    uint32_t behind = such ? 3 : 1;
    return first < sentence->first + behind ? SLICE_NULL : kind_of_several(words, first - behind);
}

struct slice name_context_kind(const struct role_words *words, const struct sentence *sentence, uint32_t first,
                               uint32_t end)
{
    struct slice kind = kind_before(words, sentence, first);
    return slice_is_null(kind) ? kind_behind(words, sentence, first, end) : kind;
}

/* ------------------------------------------------------- places and owners */

/* "Taylor, Texas"; "Kristjan Saar, Estonia's finance minister" is nowhere. */
static bool is_town_in_region(const struct role_words *words, const struct sentence *sentence, uint32_t first,
                              uint32_t end)
{
    /* "Lurleen Stovall, 71, of Macon" */
    bool home = first > sentence->first + 4 && slice_equals(role_words_token(words, first - 1)->lower, SLICE("of")) &&
                is_comma(words, first - 2) && role_words_token(words, first - 3)->kind == TOKEN_NUMBER &&
                is_comma(words, first - 4) && !(role_words_token(words, first)->flags & TOKEN_ALL_UPPER) &&
                !(role_word_classes(words, end - 1, 1) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL));
    if (home && slice_equals(words->language, SLICE("en")))
        return true;
    bool owner = end + 2 < sentence->end && slice_starts(role_words_token(words, end + 2)->lower, SLICE("'"));
    return !owner && end - first <= 2 && !(end - first == 2 && role_word_classes(words, first, 1) & NAME_GIVEN) &&
           end + 1 < sentence->end && is_comma(words, end) &&
           !(role_words_token(words, end + 1)->flags & TOKEN_LOWER) &&
           role_word_classes(words, end + 1, 1) & (NAME_REGION | NAME_COUNTRY) &&
           !(role_word_classes(words, end + 1, 1) & (NAME_GIVEN | NAME_SURNAME));
}

/* "A spokeswoman for Météo-France"; "an analyst at Veson Nautical", where no list has a place of that name. */
static bool is_employer(const struct role_words *words, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    if (first > sentence->first + 2 && slice_equals(role_words_token(words, first - 1)->lower, SLICE("the")))
        first--; /* "seismologists at the GFZ Centre" */
    if (first < sentence->first + 2 || !(role_word_is_noun(words, first - 2) || is_plural_title(words, first - 2)))
        return false;
    bool at = slice_equals(role_words_token(words, first - 1)->lower, SLICE("at")) &&
              slice_equals(words->language, SLICE("en"));
    return slice_equals(role_words_token(words, first - 1)->lower, SLICE("for")) ||
           (at && !(role_word_classes(words, first, end - first) & NAME_ANY_PLACE));
}

/* "Veltron, based in Eindhoven", "Temu, owned by": what is done with bodies alone, behind a name that is no person's
 * whole name. */
static bool is_based(const struct role_words *words, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    static const struct slice done[] = {{"based", 5}, {"headquartered", 13}, {"founded", 7},
                                        {"owned", 5}, {"listed", 6},         {"incorporated", 12}};
    uint32_t behind = end + 1;
    bool person = end - first > 1 && role_word_classes(words, first, 1) & NAME_GIVEN;
    if (person || behind + 1 >= sentence->end || !is_comma(words, end) ||
        !(slice_equals(role_words_token(words, behind + 1)->lower, SLICE("in")) ||
          role_word_is(words, behind + 1, SMALL_AGENT)))
        return false;
    for (size_t i = 0; i < sizeof done / sizeof done[0]; i++)
        if (slice_equals(role_words_token(words, behind)->lower, done[i]))
            return true;
    return false;
}

/* How what the word is for stands to the body that has it; null: only bodies have none such. */
static struct slice owned_how(const struct role_words *words, uint32_t i)
{
    const struct lexicon_row *row = role_words_token(words, i)->flags & (TOKEN_LOWER | TOKEN_SENTENCE_START)
                                        ? lexicon_find(words->owned, role_words_token(words, i)->lower)
                                        : NULL;
    return row && slice_equals(row->columns[2], words->language) ? row->columns[1] : SLICE_NULL;
}

bool name_context_is_held(const struct role_words *words, const struct sentence *sentence, uint32_t first)
{
    if (first < sentence->first + 2)
        return false;
    struct slice how = owned_how(words, first - 2), joint = role_words_token(words, first - 1)->lower;
    return !slice_is_null(how) &&
           (slice_equals(joint, SLICE("of")) || (slice_equals(joint, SLICE("in")) && slice_equals(how, SLICE("in"))));
}

/* English: "Suzano's board", "shares in Helvion": what only bodies have. */
static bool is_owner(const struct role_words *words, const struct sentence *sentence, uint32_t first, uint32_t end)
{
    if (end - first > 1 && role_word_classes(words, first, 1) & NAME_GIVEN)
        return false;
    bool has = end + 1 < sentence->end && slice_equals(role_words_token(words, end)->lower, SLICE("'s")) &&
               !slice_is_null(owned_how(words, end + 1));
    return has || name_context_is_held(words, sentence, first);
}

enum actor_type name_context_type_of_kind(struct slice kind)
{
    return slice_is_null(kind) ? ACTOR_OTHER : is_place_kind(kind) ? ACTOR_PLACE : ACTOR_ORGANIZATION;
}

enum actor_type name_context_type(const struct role_words *words, const struct sentence *sentence, uint32_t first,
                                  uint32_t end)
{
    if (is_town_in_region(words, sentence, first, end))
        return ACTOR_PLACE;
    if (is_person(words, sentence, first, end))
        return ACTOR_PERSON;
    if (is_employer(words, sentence, first, end) || is_based(words, sentence, first, end) ||
        is_owner(words, sentence, first, end) || is_partner(words, sentence, first, end) ||
        is_several(words, sentence, first, end))
        return ACTOR_ORGANIZATION;
    struct slice kind = name_context_kind(words, sentence, first, end);
    if (slice_is_null(kind))
        kind = kind_said(words, sentence, first, end);
    if (slice_is_null(kind))
        kind = kind_owned(words, sentence, first, end);
    return name_context_type_of_kind(kind);
}

const struct gazetteer_entry *name_context_seat(const struct role_words *words, uint32_t i)
{
    struct span span = words->article->tokens[i].span;
    struct slice word = article_text(words->article, span), seat = slice_behind_last(word, '-');
    if (seat.len < 2 || word.len != seat.len + 2 || word.ptr[0] < 'A' || word.ptr[0] > 'Z')
        return NULL;
    const struct gazetteer_entry *entry = gazetteer_find_text(words->gazetteer, seat);
    if (!entry) /* the token "D-Fla" has its period behind it */
        entry = gazetteer_find_text(words->gazetteer,
                                    slice_sub(words->article->text, span.end - (uint32_t)seat.len, span.end + 1));
    return entry && entry->classes & NAME_REGION ? entry : NULL;
}
