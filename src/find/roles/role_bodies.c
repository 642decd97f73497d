/* What a role before a name is of, by the words behind the name and by who speaks: "analyst X at Nordea", "Nordea will
 * lend, chairman X said". */
#include "find/names/dateline.h"
#include "find/names/names.h"
#include "roles_internal.h"

#define LONGEST_SAYING 60 /* tokens from the beginning of a sentence to who says it */
#define MOST_KIND_WORDS 2 /* between "of" and a name: "the daily" "Ranní List" */

/* "Isafjordur": one word that no list knows, which a fisherman is from as often as an analyst. */
static bool is_unknown_word(const struct role_finder *finder, uint32_t m)
{
    struct span core = mention_core(finder->article, &finder->article->mentions[m]);
    return core.end == core.start + 1 && !names_known(finder->job, core.start, core.end) &&
           !(token_at(finder, core.start)->flags & TOKEN_ALL_UPPER);
}

struct slice roles_of_behind_name(const struct role_finder *finder, uint32_t at, uint32_t stop, bool office)
{
    bool english = slice_equals(finder->words.language, SLICE("en"));
    if (at + 2 < stop && is_word(finder, at, ",") &&
        (english ? is_word(finder, at + 1, "of") : is_grammar(finder, at + 1, SMALL_OF)))
        at++;
    bool bracket = english && !office && at + 2 < stop && is_word(finder, at, "("); /* "Geologist Beth O. (Caltech)" */
    if (at + 1 >= stop || (!bracket && !is_grammar(finder, at, SMALL_OF)))
        return SLICE_NULL;
    bool of = is_word(finder, at, "of"), from = is_word(finder, at, "from");
    at++;
    if (at + 1 < stop && is_grammar(finder, at, SMALL_ARTICLE))
        at++;
    if (english && !bracket)
        for (uint32_t words = 0;
             words < MOST_KIND_WORDS && at + 1 < stop && !finder->mention_at[at] && may_stand_in_title(finder, at);
             words++)
            at++;
    uint32_t m = finder->mention_at[at];
    if (bracket && (!m || finder->article->mentions[m - 1].end >= stop ||
                    !is_word(finder, finder->article->mentions[m - 1].end, ")")))
        return SLICE_NULL;
    m = m && english && !from ? roles_body_within(finder, m, stop) : m;
    bool village = m && from && is_unknown_word(finder, m - 1);
    bool fits =
        m && !village &&
        (mention_is(finder, m - 1, ACTOR_ORGANIZATION) || (of && office && mention_is(finder, m - 1, ACTOR_PLACE)));
    return fits ? roles_name_of_mention(finder, m - 1) : SLICE_NULL;
}

struct slice roles_of_speaker(const struct role_finder *finder, const struct mention *mention, uint32_t start,
                              uint32_t stop, uint32_t first)
{
    if (first < start + 3 || first - start > LONGEST_SAYING || !is_word(finder, first - 1, ",") ||
        mention->end >= stop || !is_grammar(finder, mention->end, SMALL_SPEECH))
        return SLICE_NULL;
    uint32_t body = 0;
    for (uint32_t i = start; i < first; i++) {
        uint32_t m = finder->mention_at[i];
        if (!m || mention_is(finder, m - 1, ACTOR_PLACE) || mention_is(finder, m - 1, ACTOR_OTHER))
            continue;
        uint32_t before = i > start && is_grammar(finder, i - 1, SMALL_ARTICLE) ? i - 1 : i;
        bool opens = before == start || dateline_is_dash(token_at(finder, before - 1)->lower) ||
                     is_word(finder, before - 1, ":");
        if (body || !opens || !mention_is(finder, m - 1, ACTOR_ORGANIZATION))
            return SLICE_NULL;
        body = m;
    }
    return body ? roles_name_of_mention(finder, body - 1) : SLICE_NULL;
}
