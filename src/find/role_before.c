/* Roles before a name: "Russian President Vladimir P.", "le président malien Oumar S.". */
#include "name_context.h"
#include "roles_internal.h"

#define MOST_HONORIFICS 4 /* before a name */

/* "Analyst Johan Lilja at Nordea", "directeur Anneke Smit van het Centraal Museum". */
static struct slice of_behind_name(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    if (at + 1 >= stop || !is_grammar(finder, at, SMALL_OF))
        return SLICE_NULL;
    at++;
    if (at + 1 < stop && is_grammar(finder, at, SMALL_ARTICLE))
        at++;
    uint32_t m = finder->mention_at[at];
    return m && mention_is(finder, m - 1, ACTOR_ORGANIZATION) ? roles_name_of_mention(finder, m - 1) : SLICE_NULL;
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
        role.of = roles_of_behind(finder, of, end + 1, &behind, &next);
        role.end = behind > of ? behind : role_end;
    }
    if (origin) /* rather than "Affaires étrangères" */
        role.of = gazetteer_country_name(finder->words.gazetteer, origin);
    if (slice_is_null(role.of))
        role.of = roles_of_before(finder, start, role.first);
    if (slice_is_null(role.of))
        role.of = of_behind_name(finder, mention->end, stop);
    roles_add(finder, mention->actor, &role, SLICE_NULL);
    return role.first;
}

void roles_find_before(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t stop)
{
    uint32_t title = find_before(finder, mention, start, mention->first, stop);
    if (title > start && is_word(finder, title - 1, ",")) /* "Qatar's emir, Sheikh X" */
        find_before(finder, mention, start, title, stop);
}
