#include "service/workers.h"

#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

struct unit {
    struct work work; /* first */
    atomic_int *done;
    atomic_bool *gate; /* waits for it, where there is one */
};

static void run_unit(struct work *work)
{
    struct unit *unit = (struct unit *)work;
    while (unit->gate && !atomic_load(unit->gate))
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    atomic_fetch_add(unit->done, 1);
}

static void wait_until_busy(struct workers *workers, size_t busy)
{
    while (workers_busy(workers) < busy)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

START_TEST(runs_everything_once)
{
    static struct unit units[1000];
    atomic_int done = 0;
    struct workers *workers = workers_create((struct workers_plan){4, 1000, 1000, 0});
    for (int i = 0; i < 1000; i++) {
        units[i] = (struct unit){.work.run = run_unit, .done = &done};
        ck_assert(workers_push(workers, &units[i].work));
    }
    workers_destroy(workers); /* finishes what waits */
    ck_assert_int_eq(done, 1000);
}
END_TEST

START_TEST(refuses_what_is_too_much)
{
    atomic_int done = 0;
    atomic_bool gate = false;
    struct unit units[4];
    struct workers *workers = workers_create((struct workers_plan){1, 2, 2, 0});
    for (int i = 0; i < 4; i++)
        units[i] = (struct unit){.work.run = run_unit, .done = &done, .gate = &gate};
    ck_assert(workers_push(workers, &units[0].work));
    wait_until_busy(workers, 1);
    ck_assert(workers_push(workers, &units[1].work));
    ck_assert(!workers_are_full(workers));
    ck_assert(workers_push(workers, &units[2].work));
    ck_assert(workers_are_full(workers));
    ck_assert(!workers_push(workers, &units[3].work));
    ck_assert_uint_eq(workers_waiting(workers), 2);
    atomic_store(&gate, true);
    workers_destroy(workers);
    ck_assert_int_eq(done, 3);
}
END_TEST

START_TEST(keeps_reserved_places)
{
    atomic_int done = 0;
    struct unit units[3];
    struct workers *workers = workers_create((struct workers_plan){1, 3, 3, 0});
    for (int i = 0; i < 3; i++)
        units[i] = (struct unit){.work.run = run_unit, .done = &done};
    ck_assert(!workers_reserve(workers, 4));
    ck_assert(workers_reserve(workers, 3));
    ck_assert(!workers_reserve(workers, 1));
    ck_assert(workers_push(workers, &units[0].work)); /* the lanes do not share their room */
    workers_push_reserved(workers, &units[1].work);
    workers_push_returning(workers, &units[2].work); /* its place is free again */
    ck_assert(workers_reserve(workers, 1));
    ck_assert(!workers_reserve(workers, 1));
    workers_release(workers, 3);
    workers_destroy(workers);
    ck_assert_int_eq(done, 3);
}
END_TEST

/* Writes down the order in which units are run: one worker, so no lock. */
struct noted {
    struct work work; /* first */
    char name;
};

static char notes[64];
static size_t noted_count;

static void run_noted(struct work *work)
{
    notes[noted_count++] = ((struct noted *)work)->name;
}

START_TEST(takes_one_of_four_from_a_batch)
{
    atomic_int done = 0;
    atomic_bool gate = false;
    struct unit first = {.work.run = run_unit, .done = &done, .gate = &gate};
    struct noted units[14];
    struct workers *workers = workers_create((struct workers_plan){1, 16, 16, 0});
    ck_assert(workers_push(workers, &first.work));
    wait_until_busy(workers, 1);
    ck_assert(workers_reserve(workers, 7));
    for (int i = 0; i < 14; i++) {
        units[i] = (struct noted){.work.run = run_noted, .name = i < 7 ? 'b' : 's'};
        if (i < 7)
            workers_push_reserved(workers, &units[i].work);
        else
            ck_assert(workers_push(workers, &units[i].work));
    }
    atomic_store(&gate, true);
    workers_destroy(workers);
    ck_assert_str_eq(notes, "sssbsssbsbbbbb"); /* batch and single requests, the batch alone at the end */
}
END_TEST

static void sleep_ns(int64_t ns)
{
    nanosleep(&(struct timespec){.tv_nsec = (long)ns}, NULL);
}

/* Each unit takes some 4 ms; what would wait 8 is refused once the queue has stood for a while (backlog.h). */
static void run_slowly(struct work *work)
{
    sleep_ns(4000000);
    run_unit(work);
}

START_TEST(refuses_behind_a_standing_queue)
{
    static struct unit units[42];
    atomic_int done = 0;
    struct workers *workers = workers_create((struct workers_plan){1, 128, 128, 6000000});
    for (int i = 0; i < 42; i++)
        units[i] = (struct unit){.work.run = run_slowly, .done = &done};
    for (int i = 0; i < 40; i++)
        ck_assert_msg(workers_push(workers, &units[i].work), "a burst may wait");
    sleep_ns(BACKLOG_STANDING_NS + 20000000);
    ck_assert(workers_are_full(workers));
    ck_assert_msg(!workers_push(workers, &units[40].work), "a queue that stands may not");
    while (workers_waiting(workers) > 0)
        sleep_ns(1000000);
    ck_assert_msg(workers_push(workers, &units[41].work), "no thread runs dry");
    workers_destroy(workers);
    ck_assert_int_eq(done, 41);
}
END_TEST

START_TEST(takes_more_only_where_one_is_idle)
{
    atomic_int done = 0;
    atomic_bool gate = false;
    struct unit units[4];
    struct workers *workers = workers_create((struct workers_plan){2, 8, 8, 0});
    for (int i = 0; i < 4; i++)
        units[i] = (struct unit){.work.run = run_unit, .done = &done, .gate = &gate};
    ck_assert_msg(!workers_push_if_idle(workers, &units[0].work, 2), "both are needed elsewhere");
    ck_assert(workers_have_idle(workers, 1) && !workers_have_idle(workers, 2));
    ck_assert(workers_push_if_idle(workers, &units[0].work, 1));
    wait_until_busy(workers, 1);
    ck_assert_msg(!workers_push_if_idle(workers, &units[1].work, 1), "one works, one is needed elsewhere");
    ck_assert(workers_push_if_idle(workers, &units[1].work, 0));
    ck_assert_msg(!workers_push_if_idle(workers, &units[2].work, 0), "both work");
    atomic_store(&gate, true);
    workers_destroy(workers);
    ck_assert_int_eq(done, 2);
}
END_TEST

Suite *workers_suite(void)
{
    Suite *suite = suite_create("workers");
    TCase *tcase = tcase_create("workers");
    tcase_add_test(tcase, runs_everything_once);
    tcase_add_test(tcase, refuses_what_is_too_much);
    tcase_add_test(tcase, keeps_reserved_places);
    tcase_add_test(tcase, takes_one_of_four_from_a_batch);
    tcase_add_test(tcase, refuses_behind_a_standing_queue);
    tcase_add_test(tcase, takes_more_only_where_one_is_idle);
    suite_add_tcase(suite, tcase);
    return suite;
}
