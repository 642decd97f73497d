/* Roles that several have at once: "Councillors A and B", "the ministers A, B and C". English. */
#include "find/names/name_case.h"
#include "roles_internal.h"

#define MOST_SHARING 6    /* names behind one title */
#define SHORTEST_PLURAL 3 /* bytes: "MPs" */

/* Back from the name at `at` over "A, B and": where the first name of the list begins. */
static uint32_t list_start(const struct role_finder *finder, uint32_t start, uint32_t at)
{
    for (size_t names = 1; names < MOST_SHARING && at > start + 1; names++) {
        uint32_t end = at - 1;
        if (is_grammar(finder, end, SMALL_CONJUNCTION) && end > start + 1 && is_word(finder, end - 1, ","))
            end--;
        else if (!is_grammar(finder, end, SMALL_CONJUNCTION) && !is_word(finder, end, ","))
            break;
        uint32_t m = finder->mention_to[end];
        if (!m || !mention_is(finder, m - 1, ACTOR_PERSON))
            break;
        at = finder->article->mentions[m - 1].first;
    }
    return at;
}

/* Another name follows the one that ends at `end`. */
static bool goes_on(const struct role_finder *finder, uint32_t end, uint32_t stop)
{
    if (end + 1 >= stop || (!is_grammar(finder, end, SMALL_CONJUNCTION) && !is_word(finder, end, ",")))
        return false;
    uint32_t m = finder->mention_at[end + 1];
    return m && mention_is(finder, m - 1, ACTOR_PERSON);
}

/* "Councillor" of "Councillors", "Sen." of "Sens."; null: the word is no plural of a role. */
static struct slice singular_of(const struct role_finder *finder, uint32_t i)
{
    struct slice text = article_text(finder->article, token_at(finder, i)->span);
    bool dot = slice_ends(text, SLICE("s."));
    if (text.len < SHORTEST_PLURAL || (!dot && !slice_ends(text, SLICE("s"))))
        return SLICE_NULL;
    struct slice stem = slice_sub(text, 0, text.len - 1 - dot);
    struct slice one = dot ? arena_printf(finder->job->arena, "%.*s.", SLICE_ARG(stem)) : stem;
    const struct gazetteer_entry *entry = gazetteer_find_text(finder->words.gazetteer, one);
    return entry && entry->classes & NAME_ANY_ROLE ? one : SLICE_NULL;
}

void roles_find_shared(struct role_finder *finder, const struct mention *mention, uint32_t start, uint32_t stop)
{
    if (!slice_equals(finder->words.language, SLICE("en")))
        return;
    uint32_t at = list_start(finder, start, mention->first);
    if (at == start || (at == mention->first && !goes_on(finder, mention->end, stop)))
        return;
    struct slice title = singular_of(finder, at - 1);
    if (slice_is_null(title))
        return;
    struct stated_role role = {.first = at - 1, .end = at};
    while (role.first > start && !finder->mention_to[role.first] &&
           classes_at(finder, role.first - 1, 1) & (NAME_JOINER | NAME_MODIFIER | NAME_ANY_ROLE))
        role.first--;
    if (role.first < at - 1) {
        struct slice before = name_case_as_it_stands(finder->job, role.first, at - 1);
        title = arena_printf(finder->job->arena, "%.*s %.*s", SLICE_ARG(before), SLICE_ARG(title));
    }
    role.of = roles_of_before(finder, start, role.first);
    roles_add(finder, mention->actor, &role, title);
}
