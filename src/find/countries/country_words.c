/* Where somebody or something is from, by the words before and behind a name: "the Russian Defence Ministry", "Ilze O.
 * of Latvia". */
#include "atlas.h"
#include "find/names/name_context.h"

#define LONGEST_DESCRIPTION 4 /* words from "Berlin-based" to the noun */
#define LONGEST_ORIGIN 4      /* words from "British-Nigerian" to the name */

/* The place in "Dubai-based" or "Lagos-born". */
static uint16_t country_of_base(const struct atlas *atlas, const struct token *token)
{
    struct slice end = slice_behind_last(token->lower, '-');
    if (token->lower.len < end.len + 2 || token->flags & TOKEN_LOWER ||
        !(slice_equals(end, SLICE("based")) || slice_equals(end, SLICE("born"))))
        return 0;
    const struct gazetteer_entry *entry =
        gazetteer_find_text(atlas->gazetteer, slice_sub(token->lower, 0, token->lower.len - end.len - 1));
    if (!entry || !(entry->classes & (NAME_COUNTRY | NAME_REGION | NAME_CITY | NAME_CAPITAL)))
        return 0;
    uint16_t country = atlas_choose_country(atlas, entry);
    return country || entry->countries[1]
               ? country
               : entry->countries[0]; /* "Delft-based": of a town that nobody knows there is no talk */
}

/* "Russian" of "the Russian Defence Ministry", "Kenya" of "Kenya's Foreign Ministry": the country of the
 * word before the name. */
uint16_t atlas_country_before(const struct atlas *atlas, uint32_t first, uint32_t sentence_start)
{
    const struct token *tokens = atlas->article->tokens;
    if (first <= sentence_start)
        return 0;
    uint16_t base = country_of_base(atlas, &tokens[first - 1]);
    if (base)
        return base;
    bool possessive = slice_starts(tokens[first - 1].lower, SLICE("'")) && first - 1 > sentence_start;
    uint32_t end = possessive ? first - 1 : first;
    uint32_t wanted = possessive ? NAME_COUNTRY | NAME_CITY | NAME_CAPITAL : NAME_DEMONYM;
    for (uint32_t length = 3; length > 0; length--) {
        if (end < sentence_start + length)
            continue;
        const struct gazetteer_entry *entry = names_known(atlas->job, end - length, end);
        if (entry && entry->classes & wanted && !(tokens[end - length].flags & TOKEN_LOWER))
            return atlas_choose_country(atlas, entry);
    }
    return 0;
}

/* "The Russian port of Ust-Luga", "la ciudad rusa de Murom": the adjective beside the noun that says what it is. */
uint16_t atlas_country_of_kind(const struct atlas *atlas, uint32_t first, uint32_t sentence_start)
{
    if (first < sentence_start + 3 || !role_word_is(&atlas->words, first - 1, SMALL_OF))
        return 0;
    const struct sentence before = {.first = sentence_start, .end = first};
    uint16_t behind = role_word_country(&atlas->words, first - 2);
    bool kind = !slice_is_null(name_context_kind(&atlas->words, &before, first - 1 - (behind != 0), first));
    return !kind ? 0 : behind ? behind : role_word_country(&atlas->words, first - 3);
}

/* Before a noun that ends the phrase before `at`: "the US fund", "a Berlin-based climate software firm"; 0: none.
 * `base`: of "-based" alone. */
uint16_t atlas_country_of_adjective(const struct atlas *atlas, uint32_t at, uint32_t sentence_start, bool base)
{
    for (uint32_t i = at; i > sentence_start && at - i < LONGEST_DESCRIPTION; i--) {
        const struct token *token = &atlas->article->tokens[i - 1];
        uint16_t country = country_of_base(atlas, token);
        if (!country && !base && (i == at || !(token->flags & TOKEN_LOWER)))
            country = role_word_country(&atlas->words, i - 1);
        const struct gazetteer_entry *entry =
            !country && !base && !(token->flags & TOKEN_LOWER) ? gazetteer_find(atlas->gazetteer, token, 1) : NULL;
        if (country || (entry && token->flags & TOKEN_ALL_UPPER && entry->classes & NAME_COUNTRY))
            return country ? country : entry->countries[0];
        if (entry && !atlas->asked && gazetteer_is_large_city(entry) &&
            !(entry->classes & (NAME_GIVEN | NAME_SURNAME | NAME_COMMON | NAME_ORGANIZATION)))
            return atlas_choose_country(atlas, entry); /* "the Bristol trio Low Harbour" */
        if (!(token->flags & TOKEN_LOWER) || token->kind != TOKEN_WORD || token->small & SMALL_FUNCTION)
            return 0;
    }
    return 0;
}

/* "In Vigo, shipowner Javier T.": who is introduced right behind the place with which the sentence begins is there; an
 * office may be visiting. English. */
uint16_t atlas_country_of_setting(const struct atlas *atlas, uint32_t first, uint32_t sentence_start)
{
    const struct token *tokens = atlas->article->tokens;
    size_t length;
    if (atlas->asked || first < sentence_start + 4 || !slice_equals(tokens[sentence_start].lower, SLICE("in")))
        return 0;
    const struct gazetteer_entry *entry = gazetteer_longest(atlas->gazetteer, &tokens[sentence_start + 1],
                                                            first - sentence_start - 2, NAME_ANY_PLACE, &length);
    uint32_t comma = sentence_start + 1 + (uint32_t)length;
    if (!entry || !slice_equals(tokens[comma].lower, SLICE(",")) || first - comma - 1 > LONGEST_DESCRIPTION)
        return 0;
    for (uint32_t i = comma + 1; i < first; i++)
        if (!(tokens[i].flags & TOKEN_LOWER) || tokens[i].kind != TOKEN_WORD ||
            role_word_list_says(&atlas->words, atlas->postings, tokens[i].lower, "state"))
            return 0;
    return role_word_is_noun(&atlas->words, first - 1) ? atlas_choose_country(atlas, entry) : 0;
}

/* Back over "counterpart" and a comma: "his Croatian counterpart, Ante P.", "son homologue algérien Karim B.". */
uint16_t atlas_country_of_noun(const struct atlas *atlas, uint32_t first, uint32_t sentence_start)
{
    const struct token *tokens = atlas->article->tokens;
    uint32_t at = first > sentence_start && slice_equals(tokens[first - 1].lower, SLICE(",")) ? first - 1 : first;
    if (at < sentence_start + 2)
        return 0;
    uint16_t behind = tokens[at - 1].flags & TOKEN_LOWER ? role_word_country(&atlas->words, at - 1) : 0;
    uint32_t noun = behind ? at - 2 : at - 1;
    bool kind = !slice_is_null(name_context_kind(
        &atlas->words, &(struct sentence){.first = sentence_start, .end = noun + 1}, noun + 1, noun + 1));
    if (!kind && !lexicon_find(atlas->words.people, tokens[noun].lower))
        return 0;
    return behind ? behind : atlas_country_of_adjective(atlas, noun, sentence_start, false);
}

/* The country whose name begins at `at`, behind the word `from`: "from" "the" "Netherlands". */
static uint16_t country_named_at(const struct atlas *atlas, struct slice from, uint32_t at, uint32_t stop)
{
    size_t length;
    if (!slice_equals(from, SLICE("of")) && !slice_equals(from, SLICE("from")))
        return 0;
    const struct gazetteer_entry *entry =
        gazetteer_longest(atlas->gazetteer, &atlas->article->tokens[at], stop - at, NAME_COUNTRY, &length);
    return entry ? entry->countries[0] : 0;
}

/* "Ilze Ozola of Latvia", "Darren Fitch, 38, of Lowestoft", "Ted Cole, R-Texas": where a person is from. */
uint16_t atlas_country_of_origin(const struct atlas *atlas, uint32_t end, uint32_t sentence_end)
{
    const struct token *tokens = atlas->article->tokens;
    size_t length;
    if (end + 1 < sentence_end && !atlas->asked && slice_equals(tokens[end].lower, SLICE(","))) {
        const struct gazetteer_entry *seat = name_context_seat(&atlas->words, end + 1);
        if (seat)
            return seat->countries[0];
    }
    if (end + 2 < sentence_end && slice_equals(tokens[end].lower, SLICE("("))) { /* "Ivana P. (North Macedonia)" */
        const struct gazetteer_entry *country =
            gazetteer_longest(atlas->gazetteer, &tokens[end + 1], sentence_end - end - 2, NAME_COUNTRY, &length);
        return country && slice_equals(tokens[end + 1 + length].lower, SLICE(")"))
                   ? atlas_choose_country(atlas, country)
                   : 0;
    }
    while (end + 2 < sentence_end && slice_equals(tokens[end].lower, SLICE(",")))
        end += tokens[end + 1].kind == TOKEN_NUMBER && slice_equals(tokens[end + 2].lower, SLICE(",")) ? 2 : 1;
    uint32_t is = end + (end < sentence_end && slice_equals(tokens[end].lower, SLICE("who")));
    if (is + 2 < sentence_end && slice_equals(tokens[is].lower, SLICE("is")) &&
        slice_equals(tokens[is + 1].lower, SLICE("from"))) /* "who is from Tonga" */
        end = is + 1;
    if (end + 2 < sentence_end && slice_equals(tokens[end + 1].lower, SLICE("the"))) /* "from the Netherlands" */
        return country_named_at(atlas, tokens[end].lower, end + 2, sentence_end);
    if (end + 1 >= sentence_end || tokens[end + 1].flags & TOKEN_LOWER ||
        (!slice_equals(tokens[end].lower, SLICE("of")) && !slice_equals(tokens[end].lower, SLICE("from"))))
        return 0;
    const struct gazetteer_entry *entry = gazetteer_longest(atlas->gazetteer, &tokens[end + 1], sentence_end - end - 1,
                                                            NAME_COUNTRY | NAME_REGION | NAME_CITY, &length);
    return entry ? atlas_choose_country(atlas, entry) : 0;
}

/* "Bashir Abdi, the Belgian record holder,", "Eksfin, the Norwegian credit agency,": an adjective of origin before what
 * it is. */
uint16_t atlas_country_of_apposition(const struct atlas *atlas, uint32_t end, uint32_t sentence_end)
{
    const struct token *tokens = atlas->article->tokens;
    bool alone = end + 3 < sentence_end && tokens[end + 3].kind == TOKEN_PUNCTUATION &&
                 slice_starts(tokens[end + 1].lower, SLICE("a")) && tokens[end + 1].lower.len < 3;
    if (alone && slice_equals(tokens[end].lower, SLICE(",")) && !atlas->asked &&
        !(tokens[end + 2].flags & TOKEN_LOWER)) /* "Tim W., a Canadian," */
        return role_word_country(&atlas->words, end + 2);
    if (end + 3 >= sentence_end || !slice_equals(tokens[end].lower, SLICE(",")) ||
        !role_word_is(&atlas->words, end + 1, SMALL_DETERMINER) || !(tokens[end + 3].flags & TOKEN_LOWER) ||
        tokens[end + 3].small & SMALL_FUNCTION)
        return 0;
    for (uint32_t i = end + 3; i < sentence_end && i < end + 6; i++)
        if (slice_starts(tokens[i].lower, SLICE("'"))) /* "the Russian president's adviser" */
            return 0;
    return tokens[end + 2].flags & TOKEN_LOWER ? 0 : role_word_country(&atlas->words, end + 2);
}

/* "L'argentino Lucas Romero", "junto al argentino Lucas Romero" */
uint16_t atlas_country_of_people(const struct atlas *atlas, uint32_t first, uint32_t sentence_start)
{
    bool noun = first >= sentence_start + 2 && atlas->article->tokens[first - 1].flags & TOKEN_LOWER;
    return noun ? role_word_country(&atlas->words, first - 1) : 0;
}

/* "The British-Nigerian novelist X": somebody whom two countries may claim. */
bool atlas_has_two_origins(const struct atlas *atlas, uint32_t first, uint32_t sentence_start)
{
    for (uint32_t i = first; i > sentence_start && first - i < LONGEST_ORIGIN; i--) {
        struct slice word = atlas->article->tokens[i - 1].lower, last = slice_behind_last(word, '-');
        if (slice_is_null(last) || last.len + 1 >= word.len)
            continue;
        const struct gazetteer_entry *one =
            gazetteer_find_text(atlas->gazetteer, slice_sub(word, 0, word.len - last.len - 1));
        const struct gazetteer_entry *other = gazetteer_find_text(atlas->gazetteer, last);
        if (one && other && one->classes & other->classes & NAME_DEMONYM)
            return true;
    }
    return false;
}
