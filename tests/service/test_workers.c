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
    struct workers *workers = workers_create(4, 1000);
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
    struct workers *workers = workers_create(1, 2);
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
    struct workers *workers = workers_create(1, 3);
    for (int i = 0; i < 3; i++)
        units[i] = (struct unit){.work.run = run_unit, .done = &done};
    ck_assert(!workers_reserve(workers, 4));
    ck_assert(workers_reserve(workers, 3));
    ck_assert(!workers_push(workers, &units[0].work));
    workers_push_reserved(workers, &units[1].work);
    workers_release(workers, 3);
    workers_push_reserved(workers, &units[2].work);
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
    suite_add_tcase(suite, tcase);
    return suite;
}
