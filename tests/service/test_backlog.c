#include "service/backlog.h"

#include <check.h>

#define MS INT64_C(1000000)

/* One who works, units of 2 ms, at most 7 ms until it is done in a queue that stands. */
static struct backlog make(size_t waiting)
{
    struct backlog backlog = {.servers = 1, .capacity = 20, .target_ns = 7 * MS};
    for (int i = 0; i < 1000; i++)
        backlog_note_unit(&backlog, 2 * MS);
    for (size_t i = 0; i < waiting; i++)
        backlog_enter(&backlog, 0);
    return backlog;
}

static void leave(struct backlog *backlog, size_t count)
{
    for (size_t i = 0; i < count; i++)
        backlog_leave(backlog);
}

/* How many of so many that come at once are taken in. */
static size_t offer(struct backlog *backlog, size_t count, int64_t now_ns)
{
    size_t taken = 0;
    for (size_t i = 0; i < count; i++)
        if (backlog_admits(backlog, now_ns)) {
            backlog_enter(backlog, now_ns);
            taken++;
        }
    return taken;
}

START_TEST(fills_no_more_than_the_capacity)
{
    struct backlog backlog = make(0);
    backlog.capacity = 5;
    ck_assert_uint_eq(offer(&backlog, 20, 0), 5);
}
END_TEST

/* 26 of 1 ms are the first that together take longer than 25 ms. */
START_TEST(lets_a_burst_wait_no_longer_than_bursts_may)
{
    struct backlog backlog = {.servers = 1, .capacity = 100, .target_ns = 7 * MS};
    backlog_note_unit(&backlog, MS);
    ck_assert_int_eq(BACKLOG_BURST_NS, 25 * MS);
    ck_assert_uint_eq(offer(&backlog, 100, 0), 26);
}
END_TEST

/* One every 2 ms, in threes at a time: never more than 6 ms of work, however long it goes on. */
START_TEST(takes_in_all_that_can_be_done)
{
    struct backlog backlog = make(0);
    for (int64_t now_ns = 0; now_ns < 3000 * MS; now_ns += 6 * MS) {
        ck_assert_uint_eq(offer(&backlog, 3, now_ns), 3);
        leave(&backlog, 3);
    }
}
END_TEST

/* Three times what can be done: after the first burst nothing waits for long, even when the queue runs empty. */
START_TEST(stays_strict_while_more_is_asked_for_than_can_be_done)
{
    struct backlog backlog = make(0);
    int64_t now_ns = 0;
    for (; now_ns < 1000 * MS; now_ns += 2 * MS) {
        offer(&backlog, 3, now_ns);
        leave(&backlog, backlog.waiting && now_ns < 800 * MS ? 1 : backlog.waiting);
        ck_assert_msg(now_ns < 200 * MS || backlog.waiting <= 2, "%zu wait", backlog.waiting);
    }
    ck_assert_uint_eq(offer(&backlog, 20, now_ns), 2); /* no burst */
}
END_TEST

/* What came is forgotten as it would have been worked off; half the load it can bear, by chance in fours, which are longer than what may
 * stand. */
START_TEST(takes_in_bursts_again_when_less_is_asked_for)
{
    struct backlog backlog = make(0);
    for (int64_t now_ns = 0; now_ns < 1000 * MS; now_ns += 2 * MS) {
        offer(&backlog, 3, now_ns);
        leave(&backlog, backlog.waiting);
    }
    size_t refused = 0;
    for (int64_t now_ns = 1000 * MS; now_ns < 3000 * MS; now_ns += 16 * MS) {
        refused = 4 - offer(&backlog, 4, now_ns);
        leave(&backlog, backlog.waiting);
        ck_assert_msg(now_ns < 1000 * MS + 2 * BACKLOG_DEMAND_NS || refused == 0, "refuses after %d ms", (int)(now_ns / MS) - 1000);
    }
    ck_assert_uint_eq(refused, 0);
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
        ck_assert_msg(backlog_admits(&backlog, BACKLOG_STANDING_NS + 1) == rows[i].admits, "%zu wait", rows[i].waiting);
    }
}
END_TEST

/* Others have the processor for nine tenths of the time: ten who ask at once, of 2 ms each, are no overload for that. */
START_TEST(takes_in_a_few_however_long_they_take)
{
    struct backlog backlog = {.servers = 1, .capacity = 20, .target_ns = 7 * MS};
    backlog_note_unit(&backlog, 20 * MS);
    ck_assert_uint_eq(offer(&backlog, 10, 0), 10);
    ck_assert(!backlog_admits(&backlog, BACKLOG_STANDING_NS + 1));
}
END_TEST

START_TEST(lets_a_queue_stand_without_a_target)
{
    struct backlog backlog = make(10);
    backlog.target_ns = 0;
    ck_assert(backlog_admits(&backlog, 1000 * MS));
}
END_TEST

/* Looking takes half as long as a unit of 1 ms, twice, then four times as long: it is done after one unit, two, and after the two that
 * take the 2 ms that it may be put off for. */
START_TEST(keeps_work_at_hand_where_looking_takes_long)
{
    static const struct {
        int64_t looking_ns;
        size_t units;
    } rows[] = {{0, 0}, {MS / 2, 1}, {2 * MS, 2}, {4 * MS, 2}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct backlog backlog = {.servers = 1, .capacity = 20, .target_ns = 1};
        backlog_note_unit(&backlog, MS);
        backlog_note_round(&backlog, 2, 2 * MS, 2 * MS + rows[i].looking_ns);
        ck_assert_uint_eq(backlog_round_units(&backlog), rows[i].units);
        for (size_t n = 0; n < (rows[i].units ? rows[i].units : 1); n++, backlog_enter(&backlog, 0))
            ck_assert_msg(backlog_admits(&backlog, BACKLOG_STANDING_NS + 1), "row %zu", i);
        ck_assert_msg(!backlog_admits(&backlog, BACKLOG_STANDING_NS + 1), "row %zu", i);
    }
}
END_TEST

START_TEST(reckons_with_all_who_work)
{
    struct backlog backlog = make(9);
    backlog.servers = 4; /* the tenth waits for ten units that four work on, and takes its own time: 5 and 2 ms */
    ck_assert(backlog_admits(&backlog, BACKLOG_STANDING_NS + 1));
    backlog_enter(&backlog, 0);
    ck_assert(!backlog_admits(&backlog, BACKLOG_STANDING_NS + 1));
}
END_TEST

Suite *backlog_suite(void)
{
    Suite *suite = suite_create("backlog");
    TCase *tcase = tcase_create("backlog");
    tcase_add_test(tcase, fills_no_more_than_the_capacity);
    tcase_add_test(tcase, lets_a_burst_wait_no_longer_than_bursts_may);
    tcase_add_test(tcase, takes_in_all_that_can_be_done);
    tcase_add_test(tcase, stays_strict_while_more_is_asked_for_than_can_be_done);
    tcase_add_test(tcase, takes_in_bursts_again_when_less_is_asked_for);
    tcase_add_test(tcase, refuses_what_would_take_too_long_in_a_queue_that_stands);
    tcase_add_test(tcase, takes_in_a_few_however_long_they_take);
    tcase_add_test(tcase, lets_a_queue_stand_without_a_target);
    tcase_add_test(tcase, keeps_work_at_hand_where_looking_takes_long);
    tcase_add_test(tcase, reckons_with_all_who_work);
    suite_add_tcase(suite, tcase);
    return suite;
}
