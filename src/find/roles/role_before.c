/* Roles before a name: "Russian President Vladimir P.", "le président malien Oumar S.". */
#include "find/names/name_case.h"
#include "roles_internal.h"

#define MOST_HONORIFICS 4   /* before a name */
#define LONGEST_ORIGIN 4    /* tokens of "New Zealand's" */
#define LONGEST_KNOWN 4     /* words of a listed title */
#define LONGEST_FIELD 7     /* words of "Labour, Employment and Social Protection" */
#define MOST_QUALIFIERS 2   /* "newly appointed" */

/* The country of an adjective in lower case that ends before `end`: "le président malien". */
static uint16_t origin_before(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    return end > start + 1 && token_at(finder, end - 1)->flags & TOKEN_LOWER
               ? role_word_country(&finder->words, end - 1)
               : 0;
}

/* "La presidenta ejecutiva", "il direttore generale": Romance languages have the adjective behind the noun. */
static bool ends_in_adjective(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    if (end < start + 2 || !(token_at(finder, end - 1)->flags & TOKEN_LOWER) ||
        token_at(finder, end - 1)->kind != TOKEN_WORD || token_at(finder, end - 1)->small & SMALL_FUNCTION ||
        role_word_country(&finder->words, end - 1))
        return false;
    return role_words_are_romance(&finder->words) && ends_role(finder, start, end - 1);
}

/* Whether a name begins before `first` and ends within the words up to `end`: "Lagos High Court" "judge". */
static bool cuts_name(const struct role_finder *finder, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i < end; i++)
        if (finder->mention_to[i] && finder->article->mentions[finder->mention_to[i] - 1].first < first)
            return true;
    return false;
}

/* Where the longest title that lists know and that ends at `end` begins: "Secretary of State", "Chief of Staff"; `end`:
 * none does. */
static uint32_t known_title_start(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    for (uint32_t length = LONGEST_KNOWN; length > 2; length--)
        if (end >= start + length && classes_at(finder, end - length, length) & NAME_ANY_ROLE &&
            !cuts_name(finder, end - length, end))
            return end - length;
    return end;
}

/* A role noun, with its adjective, or a title that lists know ends at `end`. */
static bool ends_title(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    return known_title_start(finder, start, end) < end || ends_role(finder, start, end) ||
           ends_in_adjective(finder, start, end);
}

/* Behind the noun of the title that ends at `end`. */
static uint32_t noun_of_title(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    uint32_t known = known_title_start(finder, start, end);
    return known < end ? known + 1 : end - !ends_role(finder, start, end);
}

/* The role noun of "spokeswoman for the European Commission, Ingeborg V.": back over "for ..." and over an adjective of
 * origin
 * ("le ministre français des Affaires étrangères, Luc D."). */
static uint32_t role_before_complement(const struct role_finder *finder, uint32_t start, uint32_t end, uint16_t *origin)
{
    for (uint32_t i = end; i > start + 1 && end - i < LONGEST_TITLE; i--) {
        if (token_at(finder, i - 1)->kind != TOKEN_WORD && !is_possessive(finder, i - 1))
            return 0;
        if (!is_grammar(finder, i - 1, SMALL_OF))
            continue;
        if (ends_title(finder, start, i - 1))
            return i - 1;
        uint16_t country = origin_before(finder, start, i - 1);
        if (country && ends_role(finder, start, i - 2)) {
            *origin = country;
            return i - 2;
        }
    }
    return 0;
}

/* "estranged" of "his estranged vice president": English. */
static bool is_qualifier(const struct role_finder *finder, uint32_t i)
{
    const struct token *token = token_at(finder, i);
    return token->kind == TOKEN_WORD && token->flags & TOKEN_LOWER &&
           !(token->small & (SMALL_FUNCTION | SMALL_DETERMINER)) && slice_equals(finder->words.language, SLICE("en"));
}

static bool has_determiner(const struct role_finder *finder, uint32_t start, uint32_t first)
{
    if (first <= start)
        return false;
    uint32_t at = first - 1;
    for (uint32_t words = 0; words < MOST_QUALIFIERS && at > start && is_qualifier(finder, at); words++)
        at--;
    return is_grammar(finder, at, SMALL_DETERMINER) || finder->mention_to[first] || is_possessive(finder, first - 1) ||
           is_word(finder, first - 1, "whose");
}

/* Back from `end` over "Mr", "Dr" and, behind a comma, "the Most Rev". */
static uint32_t before_honorifics(const struct role_finder *finder, uint32_t name, uint32_t start, uint32_t end)
{
    while (end > start && name - end < MOST_HONORIFICS && classes_at(finder, end - 1, 1) & NAME_HONORIFIC &&
           !role_word_is_noun(&finder->words, end - 1))
        end -= 1 + (uint32_t)(end > start + 1 && classes_at(finder, end - 2, 2) & NAME_HONORIFIC);
    bool article =
        end < name && end > start + 1 && is_grammar(finder, end - 1, SMALL_ARTICLE) && is_word(finder, end - 2, ",");
    return end - article;
}

/* The words at [first, end) say where somebody is from: "Australian", "Perth-born", "Polish national", "Scotland's". */
static bool is_origin(const struct role_finder *finder, uint32_t first, uint32_t end)
{
    const struct token *last = token_at(finder, end - 1);
    if (is_possessive(finder, end - 1)) {
        uint32_t m = finder->mention_to[end - 1];
        return m && finder->article->mentions[m - 1].first == first && mention_is(finder, m - 1, ACTOR_PLACE);
    }
    if (end == first + 2)
        return lexicon_find(finder->words.people, last->lower) && role_word_country(&finder->words, first);
    if (end != first + 1)
        return false;
    bool based = slice_ends(last->lower, SLICE("-born")) || slice_ends(last->lower, SLICE("-based"));
    return based || (!(last->flags & TOKEN_LOWER) && role_word_country(&finder->words, first));
}

/* Back from `end` over the origin behind a comma: "The chef, Australian" "Paul W.". */
static uint32_t before_origin(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    for (uint32_t first = end; first > start + 1 && end - first < LONGEST_ORIGIN;)
        if (is_word(finder, --first - 1, ","))
            return is_origin(finder, first, end) ? first : end;
    return end;
}

/* What a name of no person that ends at `end`, right before the one whose role it is, belongs to: "Attorney General for
 * Pakistan" "Mansoor A.", "la alcaldesa de Murom" "Irene S."; also without a word between: "Advocate General Punjab"
 * "Khalid I.", "le député LR" "Luc D.". */
static uint32_t role_before_body(const struct role_finder *finder, uint32_t start, uint32_t end, uint16_t *origin)
{
    uint32_t m = finder->mention_to[end];
    if (!m || mention_is(finder, m - 1, ACTOR_PERSON))
        return 0;
    uint32_t first = finder->article->mentions[m - 1].first;
    bool english = slice_equals(finder->words.language, SLICE("en"));
    bool body = english ? mention_is(finder, m - 1, ACTOR_PLACE)
                        : mention_is(finder, m - 1, ACTOR_ORGANIZATION) && role_words_are_romance(&finder->words);
    bool at_once = body && first > start && ends_title(finder, start, first);
    return at_once ? first : role_before_complement(finder, start, end, origin);
}

/* The role noun of "Minister of Defence" "Sadio C.", "le ministre de la Justice" "Luc D.": back over the words of its
 * office. */
static uint32_t role_before_office(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    for (uint32_t i = end; i > start + 1 && end - i < LONGEST_TITLE && token_at(finder, i - 1)->kind == TOKEN_WORD; i--)
        if (roles_office_end(finder, i - 1, end) == end && ends_title(finder, start, i - 1))
            return i - 1;
    return 0;
}

/* A word of what somebody is head of: "the rescue centre", "Labour and Employment", "the city's schools". */
static bool may_stand_in_field(const struct role_finder *finder, uint32_t i, uint32_t end)
{
    uint32_t m = finder->mention_to[i + 1];
    if (m && mention_is(finder, m - 1, ACTOR_PERSON))
        return false;
    bool lists = i + 2 < end && is_word(finder, i, ",") && is_grammar(finder, i + 2, SMALL_CONJUNCTION);
    bool joins =
        i + 1 < end && (lists || is_grammar(finder, i, SMALL_CONJUNCTION | SMALL_ARTICLE) || is_possessive(finder, i));
    return joins || may_stand_in_title(finder, i) ||
           (token_at(finder, i)->kind == TOKEN_WORD && !(token_at(finder, i)->flags & TOKEN_LOWER) &&
            !(token_at(finder, i)->small & SMALL_FUNCTION));
}

/* The role noun of "head of research" "Anna B.", "secretary to the cabinet" "Sue P.", "Minister of Labour and
 * Employment" "Luc D.": the field of those who lead, which ends in no thing that has a name of its own ("the war"). */
static uint32_t role_before_field(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    if (end <= start || finder->mention_to[end] || lexicon_find(finder->things, token_at(finder, end - 1)->lower))
        return 0;
    for (uint32_t i = end; i > start + 1 && end - i <= LONGEST_FIELD; i--) {
        bool of = is_word(finder, i - 1, "of") || is_word(finder, i - 1, "for") || is_word(finder, i - 1, "to");
        if (of && i < end && ends_role(finder, start, i - 1) && roles_leads(finder, i - 2))
            return i - 1;
        if ((of && i == end) || (!of && !may_stand_in_field(finder, i - 1, end)))
            return 0;
    }
    return 0;
}

/* A role as it is read from what stands before a name. */
struct reading {
    uint32_t noun;   /* behind the noun from which the title is read on to the left; 0: there is none */
    uint32_t end;    /* behind the title */
    uint16_t origin; /* of an adjective behind the noun */
    struct slice of;
};

/* A title whose noun ends at `noun` with the words of its office up to `end`; letters and what lists know are a body's:
 * "professor da USP", "le ministre de l'Intérieur" "malien". */
static struct reading read_office(const struct role_finder *finder, uint32_t start, uint32_t noun, uint32_t end)
{
    struct reading reading = {
        .noun = noun_of_title(finder, start, noun), .end = end, .origin = origin_before(finder, start, end)};
    uint32_t word = noun + 1;
    if (reading.origin)
        reading.end = --end;
    while (word + 1 < end && token_at(finder, word)->small & SMALL_FUNCTION)
        word++;
    bool letters = word + 1 == end && token_at(finder, word)->flags & TOKEN_ALL_UPPER;
    bool listed = !(token_at(finder, word)->flags & TOKEN_LOWER) &&
                  classes_at(finder, word, end - word) & (NAME_ANY_PLACE | NAME_ORGANIZATION);
    if (letters || listed) {
        reading.end = noun;
        reading.of = name_case_as_it_stands(finder->job, word, end);
    }
    return reading;
}

/* What the noun at `noun` is of, up to the name at `end`: "for the European Commission", "français des Affaires
 * étrangères". */
static struct reading read_complement(const struct role_finder *finder, uint32_t start, uint32_t noun, uint32_t end,
                                      uint16_t origin)
{
    if (!noun)
        return (struct reading){0};
    struct reading reading = {.noun = noun_of_title(finder, start, noun), .end = noun, .origin = origin};
    if (finder->mention_at[noun]) {
        reading.of = roles_name_of_mention(finder, finder->mention_at[noun] - 1);
        return reading;
    }
    uint32_t behind, next, of = noun + !is_grammar(finder, noun, SMALL_OF); /* over the adjective */
    reading.of = roles_of_behind(finder, of, end + 1, &behind, &next);
    if (behind > of)
        reading.end = behind;
    else if (slice_is_null(reading.of) && of == noun &&
             roles_office_end(finder, of, end) == end) /* "le ministre des Transports", */
        return read_office(finder, start, noun, end);
    return reading;
}

/* "Colegio Médico", "Club de Periodistas": the word before `end` is part of a body's name, in which nobody is called by
 * his role. */
static bool is_within_body(const struct role_finder *finder, uint32_t end)
{
    uint32_t m = finder->mention_to[end];
    return m && role_words_are_romance(&finder->words) && !mention_is(finder, m - 1, ACTOR_PERSON) &&
           finder->article->mentions[m - 1].first + 1 < end;
}

/* The title that ends at `end`, before the name or, `apart`, before the comma or colon between them. */
static struct reading read_title(const struct role_finder *finder, uint32_t start, uint32_t end, bool apart)
{
    uint32_t known = known_title_start(finder, start, end);
    if (known < end)
        return (struct reading){.noun = known + 1, .end = end};
    uint16_t origin = origin_before(finder, start, end);
    uint32_t last = origin ? end - 1 : end; /* "le président malien Oumar S." */
    if (ends_role(finder, start, last) && !is_within_body(finder, last))
        return (struct reading){.noun = last, .end = last, .origin = origin};
    if (ends_in_adjective(finder, start, last)) /* "el agente consular estadounidense" */
        return (struct reading){.noun = last - 1, .end = last, .origin = origin};
    if (apart) {
        uint32_t noun = role_before_complement(finder, start, end, &origin);
        return read_complement(finder, start, noun, end, origin);
    }
    uint32_t noun = role_before_office(finder, start, end);
    if (noun)
        return read_office(finder, start, noun, end);
    noun = role_before_field(finder, start, end);
    if (noun)
        return (struct reading){.noun = noun_of_title(finder, start, noun), .end = end};
    noun = role_before_body(finder, start, end, &origin);
    return read_complement(finder, start, noun, end, origin);
}

/* "IDF Spokesman" "Brig. Gen.", "spokesperson" "Commodore": where ranks begin that a title of another kind stands
 * before, as their being shortened or having the only capital shows; `end`: nowhere. */
static uint32_t rank_start(const struct role_finder *finder, uint32_t first, uint32_t end)
{
    uint32_t rank = end;
    while (rank > first && !(token_at(finder, rank - 1)->flags & TOKEN_LOWER)) {
        bool pair = rank > first + 1 && classes_at(finder, rank - 2, 2) & NAME_RANK; /* "Rear Adm." */
        if (!pair && !(classes_at(finder, rank - 1, 1) & NAME_RANK))
            break;
        rank -= 1 + pair;
    }
    bool apart = rank < end && (token_at(finder, rank)->flags & TOKEN_ABBREVIATION ||
                                (rank > first && token_at(finder, rank - 1)->flags & TOKEN_LOWER));
    return apart && ends_role(finder, first, rank) ? rank : end;
}

/* A rank behind what another title is of: "Chief of the" "Army Staff" "General" X. */
static bool is_apart(const struct role_finder *finder, uint32_t start, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (!(classes_at(finder, i, 1) & NAME_RANK))
            return false;
    uint16_t origin;
    return finder->mention_to[first] && role_before_body(finder, start, first, &origin);
}

/* What a role is of, by what stands behind its noun, before it, in its noun and behind the name, in this order. */
static void settle_body(const struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t stop,
                        const struct reading *reading, struct stated_role *role)
{
    uint32_t noun = reading->noun - 1;
    roles_settle_of(finder, start, noun, role);
    bool origin = reading->origin || (slice_is_null(role->of) && roles_is_origin(finder, start, role->first));
    if (reading->origin) /* rather than "Affaires étrangères" */
        role->of = gazetteer_country_name(finder->words.gazetteer, reading->origin);
    if (slice_is_null(role->of))
        role->of = roles_of_before(finder, start, role->first);
    if (slice_is_null(role->of))
        role->of = roles_of_compound(finder, noun);
    if (slice_is_null(role->of))
        role->of = roles_of_behind_name(finder, mention->end, stop, roles_is_of_posting(finder, noun, "seat"));
    bool state = roles_is_of_posting(finder, noun, "state") ||
                 roles_is_of_posting(finder, noun, "seat"); /* of a country, be it not named */
    if (slice_is_null(role->of) && !state && roles_leads(finder, noun) &&
        token_at(finder, role->first)->flags & TOKEN_LOWER)
        role->of = roles_of_speaker(finder, mention, start, stop, role->first);
    if (origin)
        roles_leave_origin(finder, role);
}

/* "identified the driver" "as": says who somebody is. */
static bool is_identified(const struct role_finder *finder, uint32_t start, uint32_t as)
{
    if (!is_word(finder, as, "as"))
        return false;
    for (uint32_t i = as; i > start && as - i < LONGEST_TITLE && token_at(finder, i - 1)->kind == TOKEN_WORD; i--)
        if (roles_word_does(finder, i - 1, "identifies"))
            return true;
    return false;
}

/* Adds the role that ends at `end`, before the name or before a title of it; returns where it begins, 0: there is none.
 */
static uint32_t find_before(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t end,
                            uint32_t stop)
{
    end = before_origin(finder, start, before_honorifics(finder, mention->first, start, end));
    bool apart = end > start && (is_separator(finder, end - 1) || is_identified(finder, start, end - 1));
    bool colon = apart && is_word(finder, end - 1, ":");
    struct reading reading = read_title(finder, start, end - apart, apart);
    if (!reading.noun)
        return 0;
    struct stated_role role = {
        .first = roles_title_start(finder, start, reading.noun), .end = reading.end, .of = reading.of};
    if (apart && !colon && !has_determiner(finder, start, role.first))
        return 0;
    uint32_t rank = rank_start(finder, role.first, role.end);
    if (rank < role.end) {
        struct stated_role ranked = {.first = rank, .end = role.end};
        roles_add(finder, mention->actor, &ranked, SLICE_NULL);
        role.end = rank;
    }
    if (is_apart(finder, start, role.first, role.end))
        roles_add(finder, mention->actor, &role, SLICE_NULL);
    else {
        settle_body(finder, mention, start, stop, &reading, &role);
        roles_add(finder, mention->actor, &role, roles_title_around(finder, start, &role));
    }
    return role.first;
}

/* "Co-founder and" "chief executive X": one person, where no article counts them. */
static bool is_second(const struct role_finder *finder, uint32_t start, uint32_t title)
{
    if (title < start + 2 || !is_word(finder, title - 1, "and") || !ends_role(finder, start, title - 1))
        return false;
    uint32_t first = roles_title_start(finder, start, title - 1);
    return first == start || (!is_grammar(finder, first - 1, SMALL_DETERMINER) && !is_separator(finder, first - 1));
}

void roles_find_before(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t stop)
{
    uint32_t known = roles_count(finder, mention->actor),
             title = find_before(finder, mention, start, mention->first, stop);
    if (title > start + 1 && is_grammar(finder, title - 1, SMALL_DETERMINER) &&
        is_word(finder, title - 2, ",")) /* "The chair, the historian X" */
        title--;
    if (title > start && is_second(finder, start, title)) {
        find_before(finder, mention, start, title - 1, stop);
        roles_share_of(finder, mention->actor, known);
    } else if (title > start && (is_word(finder, title - 1, ",") ||
                                 is_apart(finder, start, title, title + 1))) /* "Qatar's emir, Sheikh X" */
        find_before(finder, mention, start, title, stop);
}
