/* Roles behind a name: "Raisi, the president of Iran,", "X is a student". */
#include "roles_internal.h"

#define MOST_JOINED 3    /* words that "chief" joins to itself */
#define LONGEST_DASHED 14 /* words between two dashes behind a name */
#define LONGEST_OFFICE 5 /* words of "des Affaires étrangères" and "de la Transition écologique" */
#define MOST_LISTED 3    /* roles between commas */
#define LONGEST_BRACKET 5 /* tokens of "(R-Ohio)" with the second of them */
#define LONGEST_DEGREE 6 /* bytes: "Ph.D.", "CFA" */

/* "M.D.", "PhD", "KC": letters that stand between a name's commas. */
static bool is_degree(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    const struct token *token = token_at(finder, at);
    return at + 1 < stop && is_separator(finder, at + 1) && token->kind == TOKEN_WORD &&
           token->lower.len <= LONGEST_DEGREE &&
           (token->flags & TOKEN_ALL_UPPER || slice_find_byte(token->lower, '.', 1) != SLICE_NOT_FOUND ||
            slice_equals(token->lower, SLICE("phd")));
}

static bool is_dash(const struct role_finder *finder, uint32_t i)
{
    return is_word(finder, i, "-") || is_word(finder, i, "–") || is_word(finder, i, "—");
}

/* "X - the president of Iran - agreed" */
static bool between_dashes(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    if (at >= stop || !is_dash(finder, at))
        return false;
    for (uint32_t i = at + 2; i < stop && i <= at + LONGEST_DASHED; i++)
        if (is_dash(finder, i))
            return true;
    return false;
}

/* Behind "(Greens)" at `at`, which states no role; `at`: there is no such thing. */
static uint32_t behind_bracket(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    if (at >= stop || !is_word(finder, at, "(") || !slice_equals(finder->words.language, SLICE("en")))
        return at;
    for (uint32_t i = at + 1; i + 1 < stop && i <= at + LONGEST_BRACKET; i++) {
        if (is_word(finder, i, ")"))
            return i + 1;
        if (role_word_is_noun(&finder->words, i))
            return at;
    }
    return at;
}

/* Over "(Greens)", ", 52,", ", M.D.," and ", of Harrogate,"; where the apposition begins, or 0. */
static uint32_t apposition_start(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    at = behind_bracket(finder, at, stop);
    if (between_dashes(finder, at, stop))
        return at + 1;
    for (size_t parts = 0; parts < 4; parts++) {
        if (at + 1 >= stop || !is_separator(finder, at))
            return 0;
        at++;
        if (token_at(finder, at)->kind == TOKEN_NUMBER || is_degree(finder, at, stop)) {
            at++;
            continue;
        }
        if (!is_word(finder, at, "of")) /* ", and Egyptian President X": the next of a list */
            return is_grammar(finder, at, SMALL_CONJUNCTION) ? 0 : at;
        at++;
        uint32_t m = at < stop ? finder->mention_at[at] : 0;
        if (!m)
            return 0;
        at = finder->article->mentions[m - 1].end;
    }
    return 0;
}

/* Where the role ends that begins at `at` and has a word behind it that is part of it: "chief of staff", which lists
 * know, and "chief revenue officer", for "chief" joins what it stands before. 0: none. */
static uint32_t known_role_end(const struct role_finder *finder, uint32_t at, uint32_t stop)
{
    size_t length;
    if (gazetteer_longest(finder->words.gazetteer, token_at(finder, at), stop - at, NAME_ANY_ROLE, &length) &&
        length > 1)
        return at + (uint32_t)length;
    if (!(classes_at(finder, at, 1) & NAME_JOINER))
        return 0;
    bool capital = !(token_at(finder, at)->flags & TOKEN_LOWER);
    for (uint32_t i = at + 1; i < stop && i <= at + MOST_JOINED && !finder->mention_at[i]; i++) {
        if (capital ? token_at(finder, i)->flags & TOKEN_LOWER || token_at(finder, i)->kind != TOKEN_WORD
                    : !may_stand_in_title(finder, i))
            return 0;
        if (i > at + 1 && ends_role(finder, at, i + 1))
            return i + 1;
    }
    return 0;
}

/* ", criticized" "Mexico's president": a clause, no noun phrase, in front of the name at `name`. */
static bool goes_by_verb(const struct role_finder *finder, uint32_t at, uint32_t name)
{
    const struct token *token = token_at(finder, at);
    return at < name && token->flags & TOKEN_LOWER && slice_ends(token->lower, SLICE("ed")) &&
           slice_equals(finder->words.language, SLICE("en")) && !(classes_at(finder, at, 1) & NAME_ANY_TITLE);
}

/* A role noun within the noun phrase that begins at `at`. Its end, or 0. */
static uint32_t role_in_phrase(const struct role_finder *finder, uint32_t at, uint32_t stop, uint32_t *first)
{
    uint32_t last = 0;
    *first = at;
    for (uint32_t i = at; i < stop && i < at + LONGEST_TITLE; i++) {
        uint32_t m = finder->mention_at[i];
        uint32_t end_of_name = m ? finder->article->mentions[m - 1].end : i;
        if (m && mention_is(finder, m - 1, ACTOR_PERSON) &&
            (end_of_name >= stop || !is_possessive(finder, end_of_name)))
            return last; /* "Nick Cave," "Kylie Minogue and Queen" */
        if (m) {
            if (goes_by_verb(finder, at, i))
                return last;
            i = end_of_name - 1;
            *first = i + 1;
            continue;
        }
        bool possessive = is_possessive(finder, i);
        if (possessive || is_grammar(finder, i, SMALL_DETERMINER)) {
            if (!possessive && i > *first)
                return last;
            *first = i + 1;
            continue;
        }
        bool before = i == *first && roles_word_does(finder, i, "helper"); /* "until now" */
        if (before || slice_ends(token_at(finder, i)->lower, SLICE("-year-old"))) {
            *first = i + 1;
            continue;
        }
        if (token_at(finder, i)->kind != TOKEN_WORD || is_grammar(finder, i, SMALL_OF) ||
            is_grammar(finder, i, SMALL_COPULA))
            break;
        uint32_t end = known_role_end(finder, i, stop);
        if (end || ends_role(finder, at, i + 1)) {
            last = end ? end : i + 1;
            i = last - 1;
        } else if (last)
            break;
    }
    return last;
}

/* The next of a list has the role that ends at `end`, or what it is of at `next`: "the minister A, the mayor of Lyon B
 * and the judge C". */
static bool is_of_next(const struct role_finder *finder, uint32_t end, uint32_t next, uint32_t stop)
{
    uint32_t office = role_words_are_romance(&finder->words) ? roles_office_end(finder, end, stop) : 0;
    bool serves =
        end < stop && (is_word(finder, end, "to") || is_word(finder, end, "for")); /* "a lawyer for President X" */
    const uint32_t ends[] = {end, serves ? end : next, office ? office : end};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (ends[i] < stop && finder->mention_at[ends[i]] &&
            mention_is(finder, finder->mention_at[ends[i]] - 1, ACTOR_PERSON))
            return true;
    return false;
}

/* "X, the president said, was late" speaks of another; "the second minister to go" is no more than a count. */
static bool goes_on_otherwise(const struct role_finder *finder, uint32_t first, uint32_t end, uint32_t next,
                              uint32_t stop)
{
    if (next < stop && is_grammar(finder, next, SMALL_SPEECH))
        return true;
    if (end < stop && role_words_are_romance(&finder->words) &&
        is_grammar(finder, end, SMALL_DETERMINER)) /* "juge le mouvement" is a verb */
        return true;
    bool counted = false;
    for (uint32_t i = first; !counted && i + 1 < end; i++)
        counted = !is_grammar(finder, i, SMALL_DETERMINER | SMALL_OF) &&
                  (token_at(finder, i)->small & SMALL_STOP || slice_ends(token_at(finder, i)->lower, SLICE("th")));
    return counted && end < stop && is_word(finder, end, "to");
}

/* Where "des Finances" ends behind a role noun that ends at `end`, with which the phrase ends, too; 0: there is no such
 * thing. */
static uint32_t office_behind(const struct role_finder *finder, uint32_t end, uint32_t stop)
{
    uint32_t office = role_words_are_romance(&finder->words) && end < stop ? roles_office_end(finder, end, stop) : 0;
    bool closed = office && (office >= stop || token_at(finder, office)->kind == TOKEN_PUNCTUATION ||
                             is_grammar(finder, office, SMALL_CONJUNCTION));
    return closed && office - end <= LONGEST_OFFICE ? office : 0;
}

/* "in Kharkiv", "from Thika" between a role noun and `next`: a place where one lives. */
static bool is_home(const struct role_finder *finder, uint32_t end, uint32_t next)
{
    uint32_t m = next ? finder->mention_to[next] : 0;
    return m && mention_is(finder, m - 1, ACTOR_PLACE) && (is_word(finder, end, "in") || is_word(finder, end, "from"));
}

/* The role that a phrase from `at` of the sentence that begins at `start` states; returns the first token behind it, 0:
 * it states none. */
static uint32_t find_phrase(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t at,
                            uint32_t stop)
{
    uint32_t first, behind, next, end = role_in_phrase(finder, at, stop, &first);
    if (!end || first >= end)
        return 0;
    struct stated_role role = {.first = first, .end = end};
    role.of = roles_of_behind(finder, end, stop, &behind, &next);
    if (is_of_next(finder, end, next, stop) || goes_on_otherwise(finder, first, end, next, stop))
        return 0;
    uint32_t office = slice_is_null(role.of) ? office_behind(finder, end, stop) : 0;
    if (behind > end || office)
        role.end = office ? office : behind;
    roles_settle_of(finder, start, end - 1, &role);
    bool origin = slice_is_null(role.of) ? roles_is_origin(finder, start, first) : is_home(finder, role.end, next);
    if (slice_is_null(role.of))
        role.of = roles_of_before(finder, start, first);
    if (origin)
        roles_leave_origin(finder, &role);
    roles_add(finder, mention->actor, &role, roles_title_around(finder, start, &role));
    return next;
}

/* ", now a lobbyist", "who is now a fellow" behind a role: where the next one begins; 0: there is none. */
static uint32_t role_of_today(const struct role_finder *finder, uint32_t next, uint32_t stop)
{
    uint32_t at = next;
    while (at + 2 < stop && at < next + 2 && (is_word(finder, at, ",") || is_grammar(finder, at, SMALL_CONJUNCTION)))
        at++;
    if (at + 1 < stop && is_grammar(finder, at, SMALL_RELATIVE))
        return roles_stated_in_clause(finder, at, stop);
    return at > next && at + 1 < stop && is_word(finder, at, "now") ? at + 1 : 0;
}

/* "is a potter" ", a writer and a judge", but not "is the aide of Paul G." ", a writer". */
static bool lists_another(const struct role_finder *finder, uint32_t next, uint32_t stop)
{
    return next && next + 2 < stop && !finder->mention_to[next] && is_word(finder, next, ",") &&
           (is_word(finder, next + 1, "a") || is_word(finder, next + 1, "an"));
}

/* "..., Estonia's finance minister and a former governor": one role more behind "and". */
static void find_phrases(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t at,
                         uint32_t stop)
{
    uint32_t known = roles_count(finder, mention->actor), next = find_phrase(finder, mention, start, at, stop);
    uint32_t today = next ? role_of_today(finder, next, stop) : 0;
    if (today) {
        find_phrase(finder, mention, start, today, stop);
        return;
    }
    for (uint32_t more = 0;
         more < MOST_LISTED && is_grammar(finder, at - 1, SMALL_COPULA) && lists_another(finder, next, stop); more++)
        next = find_phrase(finder, mention, start, next + 1, stop);
    if (next && next + 2 < stop && is_word(finder, next, ",") && is_grammar(finder, next + 1, SMALL_CONJUNCTION) &&
        is_grammar(finder, next + 2, SMALL_DETERMINER))
        next++; /* "a professor of law, and the senior author" */
    if (!next || next + 1 >= stop || !is_grammar(finder, next, SMALL_CONJUNCTION))
        return;
    uint32_t classes = classes_at(finder, next + 1, 1);
    bool joined =
        classes & (NAME_ANY_ROLE | NAME_JOINER); /* "a consultant and former adviser to Oxfam" is its adviser */
    if (classes & NAME_ANY_TITLE || is_grammar(finder, next + 1, SMALL_DETERMINER))
        find_phrase(finder, mention, start, next + 1, stop);
    if (joined)
        roles_share_of(finder, mention->actor, known);
}

void roles_find_after(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t stop)
{
    uint32_t at = apposition_start(finder, mention->end, stop);
    if (at && is_grammar(finder, at, SMALL_RELATIVE)) {
        uint32_t stated = roles_stated_in_clause(finder, at, stop);
        if (stated)
            find_phrases(finder, mention, start, stated, stop);
        roles_find_clause(finder, mention, at, stop);
    } else if (at) /* "The girl, Defne, is a student" */
        find_phrases(finder, mention, start, at + (is_grammar(finder, at, SMALL_COPULA) != 0), stop);
    else if (mention->end + 1 < stop && is_grammar(finder, mention->end, SMALL_COPULA) &&
             (is_grammar(finder, mention->end + 1, SMALL_DETERMINER) ||
              role_word_is_noun(&finder->words, mention->end + 1)))
        find_phrases(finder, mention, start, mention->end + 1, stop);
    if (mention->end < stop)
        roles_find_clause(finder, mention, mention->end, stop);
    uint32_t stated = roles_stated_by_verb(finder, mention, start, stop);
    if (stated)
        find_phrases(finder, mention, start, stated, stop);
}
