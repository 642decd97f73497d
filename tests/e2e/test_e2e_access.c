/* Who gets in: API keys, rates, trusted proxies, cross-origin pages, security headers. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/http.h"
#include "support/process.h"

/* SHA-256 of "open sesame" (sha256sum) */
#define SESAME "desk:41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb"

static struct process service;

static void start_with(const char *const *settings)
{
    service = process_start_service(settings);
}

static void stop(void)
{
    process_stop_well(&service);
}

static struct http_answer ask(const char *method, const char *path, const char *first, const char *second)
{
    const char *const headers[] = {first, first ? second : NULL, NULL};
    return http_ask(&(struct http_request){.method = method, .headers = headers, .port = service.port, .path = path});
}

static void expect_header(const struct http_answer *got, const char *name, const char *value)
{
    struct slice found = http_header(got, name);
    if (!value)
        ck_assert_msg(found.ptr == NULL, "%s: %.*s", name, SLICE_ARG(found));
    else
        ck_assert_msg(slice_equals(found, slice_from_cstr(value)), "%s: %.*s", name, SLICE_ARG(found));
}

/* ------------------------------------------------------------------------ keys */

static void start_with_keys(void)
{
    start_with((const char *const[]){"NEWSMETA_API_KEYS=" SESAME, NULL});
}

START_TEST(asks_for_a_key)
{
    static const struct {
        const char *path, *header;
        long status; /* without a source, an admitted request is 400 */
    } cases[] = {
        {"/v1/extract", NULL, 401}, {"/v1/extract", "Authorization: Bearer open sesame", 400},
        {"/v1/extract", "authorization: bearer open sesame", 400}, {"/v1/extract", "X-API-Key: open sesame", 400},
        {"/v1/extract", "X-API-Key: open sesam", 401}, {"/v1/extract", "X-API-Key: open sesamee", 401},
        {"/v1/extract", "X-API-Key;", 401}, {"/v1/extract", "Authorization: Basic open sesame", 401},
        {"/v1/extract", "Authorization: open sesame", 401}, {"/v1/extract", "Authorization: Bearer", 401},
        {"/v1/extract", "X-API-Key: 41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb", 401},
        {"/v1/extract?key=open%20sesame", NULL, 401},
        {"/healthz", NULL, 200}, {"/readyz", NULL, 200}, {"/", NULL, 200}, {"/openapi.json", NULL, 200},
    };
    struct http_answer got = ask(NULL, cases[_i].path, cases[_i].header, NULL);
    ck_assert_int_eq(got.status, cases[_i].status);
    expect_header(&got, "WWW-Authenticate", got.status == 401 ? "Bearer realm=\"newsmeta\"" : NULL);
    if (got.status == 401)
        http_expect_problem(&got, 401, "unauthorized");
    else
        http_free(&got);
}
END_TEST

START_TEST(refuses_an_upload_without_a_key)
{
    static char body[300000];
    const char *const headers[] = {"Content-Type: text/plain", "Expect:", NULL};
    struct http_answer got = http_ask(&(struct http_request){
        .headers = headers, .body = {body, sizeof body}, .port = service.port, .path = "/v1/extract/batch"});
    expect_header(&got, "WWW-Authenticate", "Bearer realm=\"newsmeta\"");
    http_expect_problem(&got, 401, "unauthorized");
}
END_TEST

START_TEST(logs_the_keys_name_only)
{
    struct http_answer got = ask(NULL, "/v1/extract", "X-API-Key: open sesame",
                                 "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    http_free(&got);
    usleep(50000);
    ck_assert(process_log_has(&service, "\"key\":\"desk\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\""));
    ck_assert(!process_log_has(&service, "sesame"));
}
END_TEST

/* ----------------------------------------------------------------------- rates */

static void start_with_rates(void)
{
    start_with((const char *const[]){"NEWSMETA_RATE_PER_MINUTE=6", "NEWSMETA_RATE_BURST=3",
                                     "NEWSMETA_TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8", NULL});
}

START_TEST(limits_the_rate_of_each_address)
{
    static const struct {
        const char *forwarded_for;
        long status;
    } steps[] = {
        {NULL, 400}, {NULL, 400}, {NULL, 400}, {NULL, 429}, {NULL, 429},
        {"X-Forwarded-For: 192.0.2.1", 400}, {"X-Forwarded-For: 192.0.2.1", 400}, {"X-Forwarded-For: 192.0.2.1:99", 400},
        {"X-Forwarded-For: 192.0.2.1", 429}, {"X-Forwarded-For: 198.51.100.7, 192.0.2.1", 429}, /* made up on the left */
        {"X-Forwarded-For: 192.0.2.1, 10.1.2.3", 429}, {"X-Forwarded-For: 192.0.2.2, 10.1.2.3", 400},
        {"X-Forwarded-For: unknown", 429}, {"Forwarded: for=192.0.2.9", 429}, /* not the header that was set */
        {"X-Forwarded-For: 2001:db8::1", 400}, {"X-Forwarded-For: [2001:db8::2]:80", 400},
        {"X-Forwarded-For: 2001:db8::3", 400}, {"X-Forwarded-For: 2001:db8::ffff", 429}, /* one network */
        {"X-Forwarded-For: 2001:db8:0:1::1", 400},
    };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct http_answer got = ask(NULL, "/v1/extract", steps[i].forwarded_for, NULL);
        ck_assert_msg(got.status == steps[i].status, "step %zu: %ld", i, got.status);
        expect_header(&got, "RateLimit-Policy", "\"default\";q=3;w=30");
        if (i == 0)
            expect_header(&got, "RateLimit", "\"default\";r=2;t=10");
        uint64_t seconds = 0;
        if (got.status == 429)
            ck_assert(slice_to_u64(http_header(&got, "Retry-After"), 10, &seconds) && seconds >= 5);
        http_free(&got);
    }
    for (int i = 0; i < 10; i++) {
        struct http_answer got = http_get(service.port, "/healthz");
        ck_assert_int_eq(got.status, 200);
        http_free(&got);
    }
}
END_TEST

START_TEST(counts_the_lines_of_a_batch)
{
    static const char *const headers[] = {"X-Forwarded-For: 203.0.113.5", "Content-Type: application/x-ndjson", NULL};
    struct http_request batch = {.headers = headers, .body = SLICE("{}\n{}\n{}\n{}\n"), .port = service.port,
                                 .path = "/v1/extract/batch"};
    struct http_answer got = http_ask(&batch);
    ck_assert_int_eq(got.status, 200);
    http_free(&got);
    got = http_ask(&batch); /* the first two tokens of three were left, had it been one request */
    http_expect_problem(&got, 429, "rate_limited");
}
END_TEST

/* --------------------------------------------------------------------- origins */

static void start_with_origins(void)
{
    start_with((const char *const[]){"NEWSMETA_CORS_ORIGINS=https://desk.example,http://localhost:3000",
                                     "NEWSMETA_TRUSTED_PROXY_HEADER=forwarded", NULL});
}

START_TEST(names_allowed_origins)
{
    static const struct {
        const char *origin, *allowed;
    } cases[] = {
        {NULL, NULL}, {"Origin: https://desk.example", "https://desk.example"},
        {"Origin: http://localhost:3000", "http://localhost:3000"}, {"Origin: http://localhost:3001", NULL},
        {"Origin: http://desk.example", NULL}, {"Origin: https://desk.example.evil.example", NULL},
        {"Origin: https://evil-desk.example", NULL}, {"Origin: null", NULL}, {"Origin: *", NULL},
        {"Origin: HTTPS://desk.example", NULL}, {"Origin: https://desk.example/", NULL},
        {"Origin: https://desk.example:443", NULL}, {"Origin: https://desk.example.", NULL},
        {"Origin: https://desk.example https://evil.example", NULL}, {"Origin: https://user@desk.example", NULL},
        {"Origin: https://desk.exampl", NULL}, {"Origin: https://deskxexample", NULL}, {"Origin: desk.example", NULL},
        {"Origin: https://", NULL}, {"Origin: https://desk.example,http://localhost:3000", NULL},
    };
    static const char *const paths[] = {"/version", "/v1/extract", "/nothing"};
    for (size_t i = 0; i < 3; i++) {
        struct http_answer got = ask(NULL, paths[i], cases[_i].origin, NULL);
        expect_header(&got, "Access-Control-Allow-Origin", cases[_i].allowed);
        expect_header(&got, "Access-Control-Allow-Methods", NULL);
        expect_header(&got, "Vary", "Origin");
        http_free(&got);
    }
    struct http_answer got = ask("OPTIONS", "/v1/extract", cases[_i].origin, "Access-Control-Request-Method: POST");
    ck_assert_int_eq(got.status, 204);
    expect_header(&got, "Access-Control-Allow-Origin", cases[_i].allowed);
    expect_header(&got, "Access-Control-Allow-Methods", cases[_i].allowed ? "GET, HEAD, POST, OPTIONS" : NULL);
    expect_header(&got, "Access-Control-Max-Age", cases[_i].allowed ? "600" : NULL);
    http_free(&got);
}
END_TEST

START_TEST(protects_the_page)
{
    struct http_answer got = http_get(service.port, "/");
    ck_assert(slice_starts(http_header(&got, "Content-Security-Policy"), SLICE("default-src 'none'")));
    expect_header(&got, "X-Content-Type-Options", "nosniff");
    expect_header(&got, "X-Frame-Options", "DENY");
    expect_header(&got, "Referrer-Policy", "no-referrer");
    expect_header(&got, "Cross-Origin-Opener-Policy", "same-origin");
    http_free(&got);
}
END_TEST

/* A setting that lets anybody in when it cannot be read would be none. */
START_TEST(does_not_start_with_bad_settings)
{
    static const char *const bad[] = {
        "NEWSMETA_API_KEYS=secret", "NEWSMETA_API_KEYS=desk:12ab", "NEWSMETA_API_KEYS=" SESAME "0",
        "NEWSMETA_API_KEYS=desk:g1ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb",
        "NEWSMETA_TRUSTED_PROXIES=localhost", "NEWSMETA_TRUSTED_PROXIES=10.0.0.0/33", "NEWSMETA_RATE_BURST=0",
    };
    const char *const settings[] = {"NEWSMETA_PORT=0", bad[_i], NULL};
    ck_assert_int_ne(process_run("serve", settings), 0);
}
END_TEST

Suite *e2e_access_suite(void)
{
    Suite *suite = suite_create("e2e_access");
    TCase *keys = tcase_create("keys"), *rates = tcase_create("rates"), *origins = tcase_create("origins");
    TCase *starts = tcase_create("starts");
    tcase_add_unchecked_fixture(keys, start_with_keys, stop);
    tcase_add_loop_test(keys, asks_for_a_key, 0, 16);
    tcase_add_test(keys, refuses_an_upload_without_a_key);
    tcase_add_test(keys, logs_the_keys_name_only);
    tcase_add_unchecked_fixture(rates, start_with_rates, stop);
    tcase_add_test(rates, limits_the_rate_of_each_address);
    tcase_add_test(rates, counts_the_lines_of_a_batch);
    tcase_add_unchecked_fixture(origins, start_with_origins, stop);
    tcase_add_loop_test(origins, names_allowed_origins, 0, 20);
    tcase_add_test(origins, protects_the_page);
    tcase_add_loop_test(starts, does_not_start_with_bad_settings, 0, 7);
    suite_add_tcase(suite, keys);
    suite_add_tcase(suite, rates);
    suite_add_tcase(suite, origins);
    suite_add_tcase(suite, starts);
    return suite;
}
