#include "service/arenas.h"

#include <check.h>

#define WORK ((size_t)300 << 10) /* bytes that a job takes */
#define LITTLE ((size_t)8 << 10)

static struct arenas *make_used(void)
{
    struct arenas *arenas = arenas_create(2);
    struct arena *arena = arenas_take(arenas);
    for (size_t taken = 0; taken < WORK; taken += 1000)
        arena_alloc(arena, 1000);
    arenas_give(arenas, arena);
    return arenas;
}

START_TEST(gives_what_was_given_back_to_the_next)
{
    struct arenas *arenas = make_used();
    struct arena *next = arenas_take(arenas);
    ck_assert_uint_ge(arena_footprint(next), WORK);
    arenas_give(arenas, next);
    arenas_destroy(arenas);
}
END_TEST

START_TEST(leaves_those_who_wait_with_little)
{
    struct arenas *arenas = make_used();
    struct arena *waiting = arenas_take(arenas);
    struct slice url = arena_copy(waiting, SLICE("http://example.org/"));
    arenas_lighten(arenas, waiting);
    ck_assert_uint_le(arena_footprint(waiting), LITTLE);

    struct arena *next = arenas_take(arenas);
    ck_assert_uint_ge(arena_footprint(next) + LITTLE, WORK);
    arenas_give(arenas, next);

    arenas_equip(arenas, waiting);
    ck_assert_uint_ge(arena_footprint(waiting), WORK);
    ck_assert(slice_equals(url, SLICE("http://example.org/")));
    arenas_give(arenas, waiting);
    arenas_destroy(arenas);
}
END_TEST

/* Nobody has left anything. */
START_TEST(lets_go_on_without_a_reserve)
{
    struct arenas *arenas = arenas_create(2);
    struct arena *arena = arenas_take(arenas);
    arenas_equip(arenas, arena);
    ck_assert_ptr_nonnull(arena_alloc(arena, WORK));
    arenas_give(arenas, arena);
    arenas_destroy(arenas);
}
END_TEST

Suite *arenas_suite(void)
{
    Suite *suite = suite_create("arenas");
    TCase *tcase = tcase_create("arenas");
    tcase_add_test(tcase, gives_what_was_given_back_to_the_next);
    tcase_add_test(tcase, leaves_those_who_wait_with_little);
    tcase_add_test(tcase, lets_go_on_without_a_reserve);
    suite_add_tcase(suite, tcase);
    return suite;
}
