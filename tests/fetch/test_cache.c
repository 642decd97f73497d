/* What may be kept, for how long, and what gives way. */
#include <check.h>
#include <stdio.h>

#include "fetch/cache.h"
#include "fetch/freshness.h"

#define DATE "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

static const struct {
    const char *head;
    bool may_keep;
    int lifetime_s;
} heads[] = {
    {"HTTP/1.1 200 OK\r\n\r\n", true, 0},
    {"Cache-Control: max-age=60\r\n", true, 60},
    {"cache-control:MAX-AGE=60\r\n", true, 60},
    {"Cache-Control: public, max-age=\"60\", must-revalidate\r\n", true, 60},
    {"Cache-Control: max-age=60, s-maxage=10\r\n", true, 10},
    {"Cache-Control: s-maxage=100\r\nCache-Control: max-age=60\r\n", true, 100},
    {"Cache-Control: max-age=60\r\nCache-Control: max-age=30\r\n", true, 30},
    {"Cache-Control: max-age=-1\r\n", true, 0},
    {"Cache-Control: max-age=soon\r\n", true, 0},
    {"Cache-Control: max-age\r\n", true, 0},
    {"Cache-Control: max-age=99999999999999999999999\r\n", true, 1 << 30 /* and more */},
    {"Cache-Control: no-cache, max-age=60\r\n", true, 0},
    {"Cache-Control: no-cache=\"Set-Cookie\", max-age=60\r\n", true, 0},
    {"Cache-Control: max-age=60\r\nCache-Control: No-Store\r\n", false, 60},
    {"Cache-Control: private, max-age=60\r\n", false, 60},
    {"Cache-Control: private=\"a, b\", max-age=60\r\n", false, 60},
    {"Cache-Control: max-age=60\r\nVary: *\r\n", false, 60},
    {"Cache-Control: max-age=60\r\nVary: Accept-Encoding, User-Agent\r\n", true, 60},
    {"Cache-Control: max-age=60\r\nAge: 20\r\n", true, 40},
    {"Cache-Control: max-age=60\r\nAge: 90\r\n", true, 0},
    {"Pragma: no-cache\r\n" DATE "Expires: Sun, 06 Nov 1994 08:50:37 GMT\r\n", true, 0},
    {"Pragma: no-cache\r\nCache-Control: max-age=5\r\n", true, 5},
    {DATE "Expires: Sun, 06 Nov 1994 08:50:37 GMT\r\n", true, 60},
    {DATE "Expires: Sunday, 06-Nov-94 08:50:37 GMT\r\n", true, 60},
    {DATE "Expires: Sun Nov  6 08:50:37 1994\r\n", true, 60},
    {DATE "Expires: Sun, 06 Nov 1994 08:48:37 GMT\r\n", true, 0},
    {DATE "Expires: 0\r\n", true, 0},
    {DATE "Expires: Sun, 06 Nov 1994 08:50:37 CET\r\n", true, 0},
    {"Expires: Sun, 06 Nov 1994 08:50:37 GMT\r\n", true, 0},
    {DATE "Expires: Sun, 06 Nov 1994 08:50:37 GMT\r\nCache-Control: max-age=7\r\n", true, 7},
    {"Last-Modified: Sun, 06 Nov 1994 08:50:37 GMT\r\n" DATE, true, 0}, /* nothing is guessed */
};

START_TEST(reads_lifetimes)
{
    struct freshness freshness = freshness_read(slice_from_cstr(heads[_i].head));
    ck_assert_msg(freshness.may_keep == heads[_i].may_keep, "%s", heads[_i].head);
    if (heads[_i].lifetime_s == 1 << 30)
        ck_assert_int_gt(freshness.lifetime_s, heads[_i].lifetime_s);
    else
        ck_assert_msg(freshness.lifetime_s == heads[_i].lifetime_s, "%s: %lld", heads[_i].head, (long long)freshness.lifetime_s);
}
END_TEST

START_TEST(finds_validators)
{
    struct freshness freshness = freshness_read(SLICE("ETag: W/\"x y\"\r\nlast-modified:  Sun, 06 Nov 1994 08:50:37 GMT \r\n"));
    ck_assert(slice_equals(freshness.etag, SLICE("W/\"x y\"")));
    ck_assert(slice_equals(freshness.last_modified, SLICE("Sun, 06 Nov 1994 08:50:37 GMT")));
    ck_assert_ptr_null(freshness_read(SLICE("X: y\r\n")).etag.ptr);
}
END_TEST

/* -------------------------------------------------------------------- the store */

static struct arena *arena;

static void setup(void)
{
    arena = arena_create();
}

static void teardown(void)
{
    arena_destroy(arena);
}

static struct slice key_of(int number)
{
    return arena_printf(arena, "http://example.org/%d", number);
}

static void store(struct cache *cache, int number, size_t size)
{
    char *body = arena_calloc(arena, size, 1);
    cache_store(cache, key_of(number), &(struct cached){.body = slice_of(body, size), .etag = SLICE("\"e\""),
                                                        .fresh_until_ns = number});
}

static bool has(struct cache *cache, int number)
{
    struct cached found;
    return cache_find(cache, key_of(number), arena, &found);
}

START_TEST(gives_back_what_it_keeps)
{
    struct cache *cache = cache_create(1 << 20, 10);
    struct cached found;
    store(cache, 7, 100);
    ck_assert(cache_find(cache, key_of(7), arena, &found));
    ck_assert_uint_eq(found.body.len, 100);
    ck_assert(slice_equals(found.etag, SLICE("\"e\"")));
    ck_assert_ptr_null(found.content_type.ptr);
    ck_assert_int_eq(found.fresh_until_ns, 7);
    ck_assert(!has(cache, 8));
    store(cache, 7, 50);
    ck_assert(cache_find(cache, key_of(7), arena, &found));
    ck_assert_uint_eq(found.body.len, 50);
    cache_destroy(cache);
}
END_TEST

START_TEST(lets_the_least_used_go)
{
    struct cache *cache = cache_create(1 << 20, 3);
    for (int i = 1; i <= 3; i++)
        store(cache, i, 10);
    ck_assert(has(cache, 1)); /* used: 2 is the oldest now */
    store(cache, 4, 10);
    ck_assert(has(cache, 1) && !has(cache, 2) && has(cache, 3) && has(cache, 4));
    cache_destroy(cache);
}
END_TEST

START_TEST(stays_within_its_bounds)
{
    struct cache *cache = cache_create(100000, 1000);
    uint64_t bytes;
    size_t entries;
    for (int i = 0; i < 5000; i++) {
        store(cache, i * 7 % 613, (size_t)(i * 37 % 9000));
        cache_measure(cache, &bytes, &entries);
        ck_assert(bytes <= 100000 && entries <= 1000);
    }
    ck_assert_uint_gt(bytes, 80000);
    cache_destroy(cache);
}
END_TEST

/* The old one goes even so: it is out of date. */
START_TEST(passes_over_what_is_too_large)
{
    struct cache *cache = cache_create(100000, 1000);
    store(cache, 1, 1000);
    store(cache, 2, 1000);
    store(cache, 1, 13000);
    ck_assert(!has(cache, 1) && has(cache, 2));
    cache_destroy(cache);
}
END_TEST

Suite *cache_suite(void)
{
    Suite *suite = suite_create("cache");
    TCase *tcase = tcase_create("cache");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, reads_lifetimes, 0, (int)(sizeof heads / sizeof heads[0]));
    tcase_add_test(tcase, finds_validators);
    tcase_add_test(tcase, gives_back_what_it_keeps);
    tcase_add_test(tcase, lets_the_least_used_go);
    tcase_add_test(tcase, stays_within_its_bounds);
    tcase_add_test(tcase, passes_over_what_is_too_large);
    suite_add_tcase(suite, tcase);
    return suite;
}
