/* Where a title before a name begins: "a former deputy | foreign minister". */
#include "find/names/dateline.h"
#include "find/names/name_context.h"
#include "roles_internal.h"

#define MOST_OFFICE_WORDS 4 /* "Housing and Local Government" Secretary */

/* "Information Minister and" "government spokesman". */
static bool joins_title(const struct role_finder *finder, uint32_t i)
{
    return i > 1 && is_word(finder, i, "and") && !(token_at(finder, i)->flags & TOKEN_SENTENCE_START) &&
           role_word_is_noun(&finder->words, i - 1);
}

/* "CAA" "consumer director", "Bihar" "sports minister" for an `office`, but "Oxfam" "lost director". */
static bool follows_body(const struct role_finder *finder, uint32_t start, uint32_t i, bool office)
{
    uint32_t m = finder->mention_to[i];
    if (!m || lexicon_find(finder->offices, token_at(finder, i)->lower))
        return false;
    uint32_t first = finder->article->mentions[m - 1].first;
    bool behind = first > start && token_at(finder, first - 1)->small & SMALL_FUNCTION &&
                  !is_grammar(finder, first - 1, SMALL_DETERMINER | SMALL_CONJUNCTION); /* "in Bihar" */
    return mention_is(finder, m - 1, ACTOR_ORGANIZATION) ||
           (mention_is(finder, m - 1, ACTOR_PLACE) && !behind && office);
}

/* Where a noun phrase begins: behind an article, a possessive, an adjective of origin, an organization, a verb of
 * speech, a comma. */
static bool begins_phrase(const struct role_finder *finder, uint32_t start, uint32_t i, bool office)
{
    uint32_t m = finder->mention_to[i];
    return is_grammar(finder, i - 1, SMALL_DETERMINER) || is_possessive(finder, i - 1) || joins_title(finder, i - 1) ||
           follows_body(finder, start, i, office) || (m && mention_is(finder, m - 1, ACTOR_OTHER)) ||
           is_grammar(finder, i - 1, SMALL_SPEECH) || is_word(finder, i - 1, ",") || is_word(finder, i - 1, "\"") ||
           is_word(finder, i - 1, "”");
}

/* "Board member X", "Occupational safety inspector Y" at the head of a sentence. */
static bool opens_sentence(const struct role_finder *finder, uint32_t start)
{
    const struct token *token = token_at(finder, start);
    bool behind_dateline = start > 0 && (dateline_is_dash(token[-1].lower) || is_word(finder, start - 1, ":"));
    if (!(token->flags & TOKEN_SENTENCE_START || behind_dateline) || finder->mention_at[start] ||
        finder->mention_to[start + 1])
        return false;
    if (classes_at(finder, start, 1) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL) ||
        name_context_is_noun(&finder->words, start))
        return true;
    static const struct slice endings[] = {{"ed", 2}, {"ly", 2}, {"ing", 3}}; /* a verb, an adverb */
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (slice_ends(token->lower, endings[i]))
            return false;
    uint32_t classes = classes_at(finder, start, 1);
    return token->flags & TOKEN_CAPITALISED && token->kind == TOKEN_WORD && !(token->small & SMALL_STOP) &&
           !role_word_country(&finder->words, start) &&
           (classes & NAME_COMMON || !(classes & (NAME_GIVEN | NAME_SURNAME | NAME_ANY_PLACE | NAME_ORGANIZATION))) &&
           !(classes & (NAME_HONORIFIC | NAME_NOT));
}

/* "Infrastructure" of "Infrastructure Minister X": a word with a capital that nobody is called, before a title that has
 * one. */
static bool may_name_office(const struct role_finder *finder, uint32_t start, uint32_t i)
{
    const struct token *token = token_at(finder, i);
    bool opens = i == start && token->small & SMALL_STOP; /* "Yesterday President X" */
    uint32_t classes = classes_at(finder, i, 1);
    bool named = classes & NAME_HONORIFIC || (classes & (NAME_GIVEN | NAME_COMMON)) == NAME_GIVEN;
    return token->kind == TOKEN_WORD && token->flags & TOKEN_CAPITALISED && !(token->small & SMALL_FUNCTION) &&
           !opens && !named && !finder->mention_to[i + 1] && !role_word_country(&finder->words, i) &&
           !lexicon_find(finder->words.months, token->lower) && !lexicon_find(finder->weekdays, token->lower);
}

/* Left from a title over the words of its office: "Law", "Digital Affairs", "Food and Agriculture". English; in
 * headings every word may have a capital. */
static uint32_t office_start(const struct role_finder *finder, uint32_t start, uint32_t first)
{
    uint32_t at = first;
    if (finder->in_heading || !(token_at(finder, first)->flags & TOKEN_CAPITALISED))
        return first;
    while (at > start && first - at < MOST_OFFICE_WORDS) {
        bool joined =
            at > start + 1 && is_grammar(finder, at - 1, SMALL_CONJUNCTION) && may_name_office(finder, start, at - 2);
        if (!joined && !may_name_office(finder, start, at - 1))
            break;
        at -= 1 + joined;
    }
    return at;
}

/* "then-Prime" "Minister": the first word of a title with what says when it was held. */
static bool is_then(const struct role_finder *finder, uint32_t i)
{
    return slice_starts(token_at(finder, i)->lower, SLICE("then-"));
}

uint32_t roles_title_start(const struct role_finder *finder, uint32_t start, uint32_t end)
{
    uint32_t before = finder->mention_to[end - 1];
    bool pair = end >= start + 2 && (!before || mention_is(finder, before - 1, ACTOR_OTHER)) &&
                classes_at(finder, end - 2, 2) & NAME_ANY_ROLE; /* "Lord Mayor" */
    uint32_t first = end - 1 - pair;
    while (first > start && !finder->mention_to[first] &&
           (qualifies_title(finder, first - 1) || classes_at(finder, first - 1, 1) & NAME_ANY_ROLE ||
            is_then(finder, first - 1) || role_word_is_noun(&finder->words, first - 1)) &&
           token_at(finder, first - 1)->kind == TOKEN_WORD)
        first--;
    /* What stands before a noun is known for English alone. */
    if (!slice_equals(finder->words.language, SLICE("en")))
        return first;
    first = office_start(finder, start, first);
    bool office = roles_is_of_posting(finder, end - 1, "seat") || roles_is_of_posting(finder, end - 1, "state");
    for (uint32_t i = first; i > start && first - i < 4; i--) {
        if (begins_phrase(finder, start, i, office))
            return i;
        if (opens_sentence(finder, i - 1))
            return i - 1;
        /* ", met Transport Minister X": what has a capital begins there */
        if (!may_stand_in_title(finder, i - 1) || token_at(finder, first)->flags & TOKEN_CAPITALISED)
            break;
    }
    return first;
}
