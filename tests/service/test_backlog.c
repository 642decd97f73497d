#include "service/backlog.h"

#include <check.h>

#define MS INT64_C(1000000)

/* One who works, units of 2 ms, at most 7 ms until it is done in a queue that stands. */
static struct backlog make(size_t waiting)
{
    struct backlog backlog = {.servers = 1, .capacity = 20, .target_ns = 7 * MS};
    for (int i = 0; i < 1000; i++)
        backlog_note_time(&backlog, 2 * MS);
    for (size_t i = 0; i < waiting; i++)
        backlog_enter(&backlog, 0);
    return backlog;
}

START_TEST(lets_a_burst_fill_the_capacity)
{
    struct backlog backlog = make(0);
    for (int i = 0; i < 20; i++) {
        ck_assert(backlog_admits(&backlog, BACKLOG_BURST_NS));
        backlog_enter(&backlog, 0);
    }
    ck_assert(!backlog_admits(&backlog, 0));
}
END_TEST

/* Behind one that waits: the rest of the one at work, the one that waits, itself, 6 ms. */
START_TEST(refuses_what_would_take_too_long_in_a_queue_that_stands)
{
    static const struct {
        size_t waiting;
        bool admits;
    } rows[] = {{0, true}, {1, true}, {2, false}, {10, false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct backlog backlog = make(rows[i].waiting);
        ck_assert_msg(backlog_admits(&backlog, BACKLOG_BURST_NS + 1) == rows[i].admits, "%zu wait", rows[i].waiting);
    }
}
END_TEST

START_TEST(remembers_strain_while_it_refuses)
{
    struct backlog backlog = make(3);
    int64_t now_ns = BACKLOG_BURST_NS + 1;
    ck_assert(!backlog_admits(&backlog, now_ns));
    for (int i = 0; i < 3; i++)
        backlog_leave(&backlog);
    ck_assert(backlog_admits(&backlog, now_ns)); /* nobody who works runs dry */
    for (int i = 0; i < 3; i++)
        backlog_enter(&backlog, now_ns);
    ck_assert_msg(!backlog_admits(&backlog, now_ns + BACKLOG_STRAIN_NS - 1), "no burst so soon after");
    ck_assert(backlog_admits(&backlog, now_ns + 2 * BACKLOG_STRAIN_NS) == false); /* it has stood since */
    for (int i = 0; i < 3; i++)
        backlog_leave(&backlog);
    now_ns += 4 * BACKLOG_STRAIN_NS;
    for (int i = 0; i < 3; i++)
        backlog_enter(&backlog, now_ns);
    ck_assert_msg(backlog_admits(&backlog, now_ns), "a new burst may wait");
}
END_TEST

START_TEST(lets_a_queue_stand_without_a_target)
{
    struct backlog backlog = make(10);
    backlog.target_ns = 0;
    ck_assert(backlog_admits(&backlog, 1000 * MS));
}
END_TEST

/* Looking takes 10 ms: it is done after 3 ms of work, of which one unit that waits is 2, and two are 4. */
START_TEST(keeps_work_at_hand_where_looking_takes_long)
{
    struct backlog backlog = make(1);
    backlog.target_ns = 1;
    ck_assert(!backlog_admits(&backlog, BACKLOG_BURST_NS + 1));
    for (int i = 0; i < 1000; i++)
        backlog_note_overhead(&backlog, 10 * MS);
    ck_assert_int_eq(backlog_round_ns(&backlog), BACKLOG_ROUND_NS);
    ck_assert(backlog_admits(&backlog, BACKLOG_BURST_NS + 1));
    backlog_enter(&backlog, 0);
    ck_assert(!backlog_admits(&backlog, BACKLOG_BURST_NS + 1));
}
END_TEST

START_TEST(reckons_with_all_who_work)
{
    struct backlog backlog = make(9);
    backlog.servers = 4; /* the tenth waits for ten units that four work on, and takes its own time: 5 and 2 ms */
    ck_assert(backlog_admits(&backlog, BACKLOG_BURST_NS + 1));
    backlog_enter(&backlog, 0);
    ck_assert(!backlog_admits(&backlog, BACKLOG_BURST_NS + 1));
}
END_TEST

Suite *backlog_suite(void)
{
    Suite *suite = suite_create("backlog");
    TCase *tcase = tcase_create("backlog");
    tcase_add_test(tcase, lets_a_burst_fill_the_capacity);
    tcase_add_test(tcase, refuses_what_would_take_too_long_in_a_queue_that_stands);
    tcase_add_test(tcase, remembers_strain_while_it_refuses);
    tcase_add_test(tcase, lets_a_queue_stand_without_a_target);
    tcase_add_test(tcase, keeps_work_at_hand_where_looking_takes_long);
    tcase_add_test(tcase, reckons_with_all_who_work);
    suite_add_tcase(suite, tcase);
    return suite;
}
