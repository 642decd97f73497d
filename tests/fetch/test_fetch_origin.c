/* The fetcher against an origin: what it keeps, what it asks again, whose turn it is, what robots.txt forbids. */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "fetch/fetcher.h"
#include "support/http.h"
#include "support/process.h"
#include "support/support.h"

static struct process origin;
static struct arena *arena;
static char allow_origin[40];
static const char *const allow[] = {allow_origin, NULL};

static void start(void)
{
    origin = origin_start();
    snprintf(allow_origin, sizeof allow_origin, "127.0.0.0/8@%u", origin.port);
}

static void stop(void)
{
    process_kill(&origin);
}

static void setup(void)
{
    arena = arena_create();
}

static void teardown(void)
{
    arena_destroy(arena);
}

static struct fetch_settings settings_make(void)
{
    return (struct fetch_settings){
        .user_agent = "newsmeta-test/1.0", .allow = allow, .proxy = "", .ca_bundle = "", .max_bytes = 1 << 20,
        .timeout_ms = 3000, .connect_timeout_ms = 1000, .max_redirects = 3, .max_concurrent = 32, .max_per_host = 32,
        .cache_bytes = 1 << 20,
    };
}

static struct fetcher *fetcher_with(const struct fetch_settings *settings)
{
    struct fetcher *fetcher = fetcher_create(settings, NULL);
    ck_assert_ptr_nonnull(fetcher);
    return fetcher;
}

static enum err get_at(struct fetcher *fetcher, const char *host, const char *path, struct fetch_response *response)
{
    struct slice url = arena_printf(arena, "http://%s:%u%s", host, origin.port, path);
    struct fetch_request request = {.url = url, .traceparent = SLICE_NULL};
    return fetcher_get(fetcher, arena, &request, response);
}

static enum err get(struct fetcher *fetcher, const char *path, struct fetch_response *response)
{
    return get_at(fetcher, "127.0.0.1", path, response);
}

/* ---------------------------------------------------------------------- the cache */

static const struct {
    const char *path;
    enum fetched second;
} kept[] = {
    {"/fresh", FETCHED_KEPT},   {"/expires", FETCHED_KEPT},      {"/etag", FETCHED_CONFIRMED}, {"/modified", FETCHED_CONFIRMED},
    {"/aged", FETCHED_ANEW},    {"/no-store", FETCHED_ANEW},     {"/private", FETCHED_ANEW},   {"/varying", FETCHED_ANEW},
    {"/plain", FETCHED_ANEW},   {"/to-fresh", FETCHED_KEPT},     {"/to-visitor", FETCHED_ANEW}, {"/fresh?other", FETCHED_KEPT},
    {"/fresh#part", FETCHED_KEPT},
};

START_TEST(keeps_what_may_be_kept)
{
    struct fetch_settings settings = settings_make();
    struct fetcher *fetcher = fetcher_with(&settings);
    struct fetch_response first, second;
    ck_assert_int_eq(get(fetcher, kept[_i].path, &first), ERR_NONE);
    ck_assert_int_eq(first.fetched, FETCHED_ANEW);
    ck_assert_int_eq(get(fetcher, kept[_i].path, &second), ERR_NONE);
    ck_assert_msg(second.fetched == kept[_i].second, "%s: %d", kept[_i].path, second.fetched);
    ck_assert_int_eq(second.status, 200);
    ck_assert_msg(slice_equals(first.body, second.body) == (kept[_i].second != FETCHED_ANEW), "%s: %.*s", kept[_i].path,
                  SLICE_ARG(second.body));
    ck_assert(slice_equals(first.final_url, second.final_url));
    ck_assert(slice_equals(first.content_type, second.content_type));
    fetcher_destroy(fetcher);
}
END_TEST

/* Confirmed for a second: within it nobody asks, after it somebody does. */
START_TEST(takes_the_lifetime_of_the_confirmation)
{
    struct fetch_settings settings = settings_make();
    struct fetcher *fetcher = fetcher_with(&settings);
    static const enum fetched expected[] = {FETCHED_ANEW, FETCHED_KEPT, FETCHED_CONFIRMED, FETCHED_KEPT};
    for (size_t i = 0; i < 4; i++) {
        struct fetch_response response;
        if (i == 2)
            nanosleep(&(struct timespec){.tv_sec = 1, .tv_nsec = 50000000}, NULL);
        ck_assert_int_eq(get(fetcher, "/renewed", &response), ERR_NONE);
        ck_assert_msg(response.fetched == expected[i], "%zu: %d", i, response.fetched);
    }
    fetcher_destroy(fetcher);
}
END_TEST

START_TEST(keeps_nothing_without_room)
{
    struct fetch_settings settings = settings_make();
    settings.cache_bytes = _i == 0 ? 0 : 1024; /* an eighth of this is less than a page */
    struct fetcher *fetcher = fetcher_with(&settings);
    struct fetch_response response;
    get(fetcher, "/fresh", &response);
    get(fetcher, "/fresh", &response);
    ck_assert_int_eq(response.fetched, FETCHED_ANEW);
    fetcher_destroy(fetcher);
}
END_TEST

/* ----------------------------------------------------------------------- robots */

enum way { NONE, RULES, SITE_FAILS, LOOP, MOVED, LARGE };

static void answer_robots(enum way way)
{
    char path[20];
    snprintf(path, sizeof path, "/robots/%d", way);
    struct http_answer got = http_get(origin.port, path);
    ck_assert_int_eq(got.status, 204);
    http_free(&got);
}

static const struct {
    enum way way;
    const char *path;
    enum err err;
} asked[] = {
    {NONE, "/denied", ERR_NONE},           {RULES, "/article", ERR_NONE},        {RULES, "/denied", ERR_ROBOTS_DENIED},
    {RULES, "/denied?x", ERR_ROBOTS_DENIED}, {RULES, "/%64enied", ERR_ROBOTS_DENIED}, {RULES, "/to-denied", ERR_ROBOTS_DENIED},
    {RULES, "/redirect", ERR_NONE},        {SITE_FAILS, "/article", ERR_ROBOTS_DENIED}, {LOOP, "/denied", ERR_NONE},
    {MOVED, "/denied", ERR_ROBOTS_DENIED}, {MOVED, "/article", ERR_NONE},        {LARGE, "/denied", ERR_ROBOTS_DENIED},
    {LARGE, "/article", ERR_NONE},         {SITE_FAILS, "/robots.txt", ERR_UPSTREAM_STATUS},
};

START_TEST(obeys_robots)
{
    struct fetch_settings settings = settings_make();
    settings.robots = true;
    struct fetcher *fetcher = fetcher_with(&settings);
    struct fetch_response response;
    answer_robots(asked[_i].way);
    enum err err = get(fetcher, asked[_i].path, &response);
    ck_assert_msg(err == asked[_i].err, "%d %s: %s", asked[_i].way, asked[_i].path, error_info(err)->code);
    fetcher_destroy(fetcher);
}
END_TEST

START_TEST(does_not_ask_for_robots_by_default)
{
    struct fetch_settings settings = settings_make();
    struct fetcher *fetcher = fetcher_with(&settings);
    struct fetch_response response;
    answer_robots(SITE_FAILS);
    ck_assert_int_eq(get(fetcher, "/denied", &response), ERR_NONE);
    fetcher_destroy(fetcher);
}
END_TEST

START_TEST(asks_for_robots_once)
{
    struct fetch_settings settings = settings_make();
    settings.robots = true;
    struct fetcher *fetcher = fetcher_with(&settings);
    struct fetch_response before, response, after;
    answer_robots(RULES);
    get(fetcher, "/robots-asked", &before);
    for (int i = 0; i < 5; i++)
        ck_assert_int_eq(get(fetcher, i % 2 ? "/article" : "/denied", &response), i % 2 ? ERR_NONE : ERR_ROBOTS_DENIED);
    get(fetcher, "/robots-asked", &after);
    ck_assert_msg(slice_equals(before.body, after.body), "%.*s, then %.*s", SLICE_ARG(before.body), SLICE_ARG(after.body));
    fetcher_destroy(fetcher);
}
END_TEST

/* ------------------------------------------------------------------------- turns */

struct visit {
    struct fetcher *fetcher;
    const char *host, *path;
    int64_t ended_ns;
    struct arena *arena;
    struct fetch_response response;
    enum err err;
};

static void *pay_visit(void *context)
{
    struct visit *visit = context;
    struct slice url = arena_printf(visit->arena, "http://%s:%u%s", visit->host, origin.port, visit->path);
    visit->err = fetcher_get(visit->fetcher, visit->arena, &(struct fetch_request){.url = url}, &visit->response);
    visit->ended_ns = clock_now_ns();
    return NULL;
}

#define VISITS 12

static void visit_at_once(struct visit visits[VISITS])
{
    pthread_t threads[VISITS];
    for (size_t i = 0; i < VISITS; i++) {
        visits[i].arena = arena_create();
        ck_assert_int_eq(pthread_create(&threads[i], NULL, pay_visit, &visits[i]), 0);
    }
    for (size_t i = 0; i < VISITS; i++)
        pthread_join(threads[i], NULL);
}

START_TEST(limits_the_fetches_of_a_host)
{
    struct fetch_settings settings = settings_make();
    settings.max_per_host = 2;
    struct visit visits[VISITS];
    struct fetcher *fetcher = fetcher_with(&settings);
    for (size_t i = 0; i < VISITS; i++)
        visits[i] = (struct visit){.fetcher = fetcher, .host = "127.0.0.1", .path = "/crowd"};
    visit_at_once(visits);
    for (size_t i = 0; i < VISITS; i++) {
        ck_assert_int_eq(visits[i].err, ERR_NONE);
        ck_assert_msg(visits[i].response.body.ptr[0] <= '2' && visits[i].response.body.len == 1, "%.*s at once",
                      SLICE_ARG(visits[i].response.body));
        arena_destroy(visits[i].arena);
    }
    fetcher_destroy(fetcher);
}
END_TEST

/* Six of one host have five delays between them; six of another do not wait for these. */
START_TEST(keeps_a_delay_for_each_host)
{
    struct fetch_settings settings = settings_make();
    settings.delay_ms = 100;
    settings.cache_bytes = 0;
    struct visit visits[VISITS];
    struct fetcher *fetcher = fetcher_with(&settings);
    for (size_t i = 0; i < VISITS; i++)
        visits[i] = (struct visit){.fetcher = fetcher, .host = i % 2 ? "127.0.0.1" : "127.0.0.2", .path = "/article"};
    int64_t begun_ns = clock_now_ns();
    visit_at_once(visits);
    int64_t last_ns = clock_now_ns() - begun_ns;
    for (size_t i = 0; i < VISITS; i++) {
        ck_assert_msg(visits[i].err == ERR_NONE || i % 2 == 0, "%s", error_info(visits[i].err)->code);
        arena_destroy(visits[i].arena);
    }
    ck_assert_int_ge(last_ns, 500 * CLOCK_NS_PER_MS);
    ck_assert_int_lt(last_ns, 1000 * CLOCK_NS_PER_MS);
    fetcher_destroy(fetcher);
}
END_TEST

START_TEST(tells_who_waited_too_long)
{
    struct fetch_settings settings = settings_make();
    settings.delay_ms = 60000;
    struct fetcher *fetcher = fetcher_with(&settings);
    struct fetch_response response;
    ck_assert_int_eq(get(fetcher, "/plain", &response), ERR_NONE);
    struct fetch_request request = {.url = arena_printf(arena, "http://127.0.0.1:%u/plain", origin.port),
                                    .deadline_ns = clock_now_ns() + 200 * CLOCK_NS_PER_MS};
    int64_t begun_ns = clock_now_ns();
    ck_assert_int_eq(fetcher_get(fetcher, arena, &request, &response), ERR_UPSTREAM_TIMEOUT);
    ck_assert_int_lt(clock_now_ns() - begun_ns, support_at_most(400 * CLOCK_NS_PER_MS));
    fetcher_destroy(fetcher);
}
END_TEST

/* ------------------------------------------------------------------------ the rest */

START_TEST(passes_the_trace_on)
{
    static const char trace[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    struct fetch_settings settings = settings_make();
    struct fetcher *fetcher = fetcher_with(&settings);
    struct fetch_request request = {.url = arena_printf(arena, "http://127.0.0.1:%u/trace", origin.port),
                                    .traceparent = SLICE(trace)};
    struct fetch_response response;
    ck_assert_int_eq(fetcher_get(fetcher, arena, &request, &response), ERR_NONE);
    ck_assert(slice_equals(response.body, SLICE(trace)));
    request.traceparent = SLICE_NULL;
    ck_assert_int_eq(fetcher_get(fetcher, arena, &request, &response), ERR_NONE);
    ck_assert(slice_equals(response.body, SLICE("none")));
    fetcher_destroy(fetcher);
}
END_TEST

static const char *const bombs[] = {"/bomb", "/bomb-br", "/bomb-nested", "/big", "/endless", "/endless-head"};

START_TEST(stops_at_the_limit)
{
    struct fetch_settings settings = settings_make();
    settings.timeout_ms = (int)support_at_most(settings.timeout_ms);
    struct fetcher *fetcher = fetcher_with(&settings);
    struct fetch_response response;
    int64_t begun_ns = clock_now_ns();
    enum err err = get(fetcher, bombs[_i], &response);
    ck_assert_msg(err == ERR_UPSTREAM_TOO_LARGE, "%s: %s", bombs[_i], error_info(err)->code);
    ck_assert_int_lt(clock_now_ns() - begun_ns, support_at_most(2000 * CLOCK_NS_PER_MS));
    fetcher_destroy(fetcher);
}
END_TEST

START_TEST(follows_no_more_redirects_than_allowed)
{
    struct fetch_settings settings = settings_make();
    struct fetch_response response;
    settings.max_redirects = 0;
    struct fetcher *fetcher = fetcher_with(&settings);
    ck_assert_int_eq(get(fetcher, "/redirect", &response), ERR_UPSTREAM_REDIRECT);
    ck_assert_int_eq(get(fetcher, "/article", &response), ERR_NONE);
    fetcher_destroy(fetcher);
    settings.max_redirects = 1;
    fetcher = fetcher_with(&settings);
    ck_assert_int_eq(get(fetcher, "/redirect", &response), ERR_NONE);
    ck_assert_int_eq(get(fetcher, "/loop", &response), ERR_UPSTREAM_REDIRECT);
    fetcher_destroy(fetcher);
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof(array)[0])

Suite *fetch_origin_suite(void)
{
    Suite *suite = suite_create("fetch_origin");
    TCase *tcase = tcase_create("fetch_origin");
    tcase_set_timeout(tcase, 60);
    tcase_add_unchecked_fixture(tcase, start, stop);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, keeps_what_may_be_kept, 0, COUNT(kept));
    tcase_add_test(tcase, takes_the_lifetime_of_the_confirmation);
    tcase_add_loop_test(tcase, keeps_nothing_without_room, 0, 2);
    tcase_add_loop_test(tcase, obeys_robots, 0, COUNT(asked));
    tcase_add_test(tcase, does_not_ask_for_robots_by_default);
    tcase_add_test(tcase, asks_for_robots_once);
    tcase_add_test(tcase, limits_the_fetches_of_a_host);
    tcase_add_test(tcase, keeps_a_delay_for_each_host);
    tcase_add_test(tcase, tells_who_waited_too_long);
    tcase_add_test(tcase, passes_the_trace_on);
    tcase_add_loop_test(tcase, stops_at_the_limit, 0, COUNT(bombs));
    tcase_add_test(tcase, follows_no_more_redirects_than_allowed);
    suite_add_tcase(suite, tcase);
    return suite;
}
