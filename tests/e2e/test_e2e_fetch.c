/* The real program and origins with bad manners. */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/http.h"
#include "support/process.h"

static struct process service, origin;

static void start(void)
{
    origin = origin_start();
    const char *const settings[] = {
        origin_allowed(&origin),
        "NEWSMETA_FETCH_MAX_BYTES=2000000",
        "NEWSMETA_FETCH_TIMEOUT_MS=1500",
        "NEWSMETA_FETCH_MAX_REDIRECTS=4",
        NULL,
    };
    service = process_start_service(settings);
}

static void stop(void)
{
    process_kill(&origin);
    process_stop_well(&service);
}

static struct http_answer extract(const char *path)
{
    return http_get(service.port, origin_target(&origin, path));
}

START_TEST(fetches_pages)
{
    static const struct {
        const char *path, *charset, *kind;
    } good[] = {
        {"/article", "utf-8", "url"}, {"/redirect", "utf-8", "url"}, {"/text", NULL, NULL}, {"/no-type", NULL, "url"},
        {"/latin", "windows-1252", "url"}, {"/wrong", "utf-8", "url"}, {"/wait", "utf-8", "url"},
    };
    struct http_answer got = extract(good[_i].path);
    ck_assert_msg(got.status == 200, "%s: %ld %.*s", good[_i].path, got.status, SLICE_ARG(buffer_slice(&got.body)));
    json_t *json = http_json(&got), *source = json_object_get(json, "source");
    if (good[_i].kind)
        ck_assert_str_eq(json_string_value(json_object_get(source, "kind")), good[_i].kind);
    if (good[_i].charset)
        ck_assert_str_eq(json_string_value(json_object_get(source, "charset")), good[_i].charset);
    ck_assert(http_header(&got, "ETag").len > 2);
    ck_assert(slice_starts(http_header(&got, "Cache-Control"), SLICE("public, max-age=")));
    ck_assert(slice_find(http_header(&got, "Server-Timing"), SLICE("fetch;dur="), 0) != SLICE_NOT_FOUND);
    json_decref(json);
    http_free(&got);
}
END_TEST

START_TEST(follows_redirects_to_the_final_url)
{
    char expected[60];
    snprintf(expected, sizeof expected, "http://127.0.0.1:%u/article", origin.port);
    struct http_answer got = extract("/redirect");
    json_t *json = http_json(&got);
    ck_assert_str_eq(json_string_value(json_object_get(json, "url")), expected);
    json_decref(json);
    http_free(&got);
}
END_TEST

START_TEST(names_what_the_origin_did)
{
    static const struct {
        const char *path;
        long status;
        const char *code;
    } bad[] = {
        {"/silent", 504, "upstream_timeout"}, {"/drip", 504, "upstream_timeout"}, {"/drip-head", 504, "upstream_timeout"},
        {"/endless", 502, "upstream_too_large"}, {"/big", 502, "upstream_too_large"}, {"/bomb", 502, "upstream_too_large"},
        {"/endless-head", 502, "upstream_too_large"}, {"/continues", 502, "upstream_too_large"},
        {"/loop", 502, "upstream_redirect"}, {"/to-file", 502, "upstream_redirect"}, {"/to-ftp", 502, "upstream_redirect"},
        {"/to-user", 502, "upstream_redirect"}, {"/to-private", 403, "address_not_allowed"},
        {"/to-metadata", 403, "address_not_allowed"}, {"/to-nowhere", 502, "upstream_status"},
        {"/403", 502, "upstream_status"}, {"/404", 502, "upstream_status"}, {"/500", 502, "upstream_status"},
        {"/cut", 502, "upstream_broken"}, {"/cut-chunked", 502, "upstream_broken"}, {"/bad-chunk", 502, "upstream_broken"},
        {"/cut-gzip", 502, "upstream_broken"}, {"/bad-gzip", 502, "upstream_broken"}, {"/garbage", 502, "upstream_broken"},
        {"/close", 502, "upstream_broken"}, {"/image", 415, "unsupported_media"},
    };
    struct http_answer got = extract(bad[_i].path);
    ck_assert_msg(got.seconds < 4, "%s took %.1f s", bad[_i].path, got.seconds);
    http_expect_problem(&got, bad[_i].status, bad[_i].code);
}
END_TEST

START_TEST(passes_the_origins_status_on)
{
    struct http_answer got = extract("/500");
    json_t *json = http_json(&got);
    ck_assert_int_eq(json_integer_value(json_object_get(json, "upstream_status")), 500);
    json_decref(json);
    http_free(&got);
}
END_TEST

START_TEST(names_names_and_ports_that_do_not_answer)
{
    struct http_answer got = extract("/article");
    http_free(&got);
    got = http_get(service.port, "/v1/extract?url=http://no-such-host.invalid/");
    http_expect_problem(&got, 502, "upstream_dns");
    char target[200];
    snprintf(target, sizeof target, "/v1/extract?url=https://127.0.0.1:%u/", origin.port);
    got = http_get(service.port, target);
    http_expect_problem(&got, 502, "upstream_tls");
}
END_TEST

START_TEST(keeps_the_callers_deadline)
{
    struct http_answer got = extract("/silent&timeout_ms=300");
    ck_assert_msg(got.seconds < 1, "took %.1f s", got.seconds);
    http_expect_problem(&got, 504, "upstream_timeout");
}
END_TEST

START_TEST(answers_304_to_the_same_etag)
{
    char header[100];
    struct http_answer first = extract("/article");
    const char *target = origin_target(&origin, "/article");
    snprintf(header, sizeof header, "If-None-Match: \"other\", W/%.*s", SLICE_ARG(http_header(&first, "ETag")));
    const char *const headers[] = {header, NULL};
    struct http_answer second = http_ask(&(struct http_request){.headers = headers, .port = service.port, .path = target});
    ck_assert_int_eq(second.status, 304);
    ck_assert_uint_eq(second.body.len, 0);
    ck_assert(slice_equals(http_header(&first, "ETag"), http_header(&second, "ETag")));
    struct http_answer head = http_ask(&(struct http_request){.method = "HEAD", .port = service.port, .path = target});
    ck_assert_int_eq(head.status, 200);
    ck_assert(slice_equals(http_header(&first, "ETag"), http_header(&head, "ETag")));
    http_free(&first);
    http_free(&second);
    http_free(&head);
}
END_TEST

static void *kill_soon(void *victim)
{
    usleep(300000);
    process_kill(victim);
    return NULL;
}

START_TEST(survives_an_origin_that_is_killed)
{
    struct process doomed = origin_start();
    const char *const settings[] = {origin_allowed(&doomed), NULL};
    struct process own = process_start_service(settings);
    const char *target = origin_target(&doomed, "/drip");
    pthread_t thread;
    pthread_create(&thread, NULL, kill_soon, &doomed);
    struct http_answer got = http_get(own.port, target);
    pthread_join(thread, NULL);
    http_expect_problem(&got, 502, "upstream_broken");
    got = http_get(own.port, target); /* nobody listens there any more */
    http_expect_problem(&got, 502, "upstream_connect");
    ck_assert_int_eq(process_stop(&own), 0);
}
END_TEST

START_TEST(can_be_told_not_to_fetch)
{
    static const char *const settings[] = {"NEWSMETA_FETCH_ENABLED=false", NULL};
    struct process own = process_start_service(settings);
    struct http_answer got = http_get(own.port, "/v1/extract?url=http://example.org/");
    http_expect_problem(&got, 403, "address_not_allowed");
    ck_assert_int_eq(process_stop(&own), 0);
}
END_TEST

Suite *e2e_fetch_suite(void)
{
    Suite *suite = suite_create("e2e");
    TCase *tcase = tcase_create("fetching");
    tcase_set_timeout(tcase, 60);
    tcase_add_unchecked_fixture(tcase, start, stop);
    tcase_add_loop_test(tcase, fetches_pages, 0, 7);
    tcase_add_test(tcase, follows_redirects_to_the_final_url);
    tcase_add_loop_test(tcase, names_what_the_origin_did, 0, 26);
    tcase_add_test(tcase, passes_the_origins_status_on);
    tcase_add_test(tcase, names_names_and_ports_that_do_not_answer);
    tcase_add_test(tcase, keeps_the_callers_deadline);
    tcase_add_test(tcase, answers_304_to_the_same_etag);
    tcase_add_test(tcase, survives_an_origin_that_is_killed);
    tcase_add_test(tcase, can_be_told_not_to_fetch);
    suite_add_tcase(suite, tcase);
    return suite;
}
