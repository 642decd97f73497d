/* The real program over HTTP: every endpoint and every error that a caller can cause. */
#include <check.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/http.h"
#include "support/process.h"
#include "base/error.h"

static struct process service;

static void start(void)
{
    static const char *const settings[] = {
        "NEWSMETA_MAX_BODY_BYTES=1000000", "NEWSMETA_HEADER_TIMEOUT_MS=700", "NEWSMETA_BODY_TIMEOUT_MS=700",
        "NEWSMETA_IDLE_TIMEOUT_MS=1500", "NEWSMETA_LOG_LEVEL=debug", NULL,
    };
    service = process_start_service(settings);
}

static void stop(void)
{
    process_stop_well(&service);
}

#define STORY "Bridge over the harbour opens\n\nThe new bridge over the harbour opened to traffic on November 12, the council said.\n"

static struct http_answer post_json(const char *json)
{
    return http_post(service.port, "/v1/extract", "application/json", slice_from_cstr(json));
}

/* ------------------------------------------------------------------- endpoints */

START_TEST(answers_every_path)
{
    static const char *const paths[][2] = {
        {"/healthz", "application/json"}, {"/readyz", "application/json"}, {"/version", "application/json"},
        {"/openapi.json", "application/json"}, {"/metrics", "text/plain; version=0.0.4; charset=utf-8"},
        {"/", "text/html; charset=utf-8"}, {"/healthz?x=y", "application/json"},
        {"/style.css", "text/css; charset=utf-8"}, {"/script.js", "text/javascript; charset=utf-8"},
        {"/docs", "text/html; charset=utf-8"},
    };
    const char *path = paths[_i][0];
    struct http_answer got = http_get(service.port, path);
    ck_assert_int_eq(got.status, 200);
    ck_assert(slice_equals(http_header(&got, "Content-Type"), slice_from_cstr(paths[_i][1])));
    ck_assert(http_header(&got, "X-Request-Id").len == 16);
    struct http_answer head = http_ask(&(struct http_request){.method = "HEAD", .port = service.port, .path = path});
    ck_assert_int_eq(head.status, 200);
    ck_assert_uint_eq(head.body.len, 0);
    struct http_answer options = http_ask(&(struct http_request){.method = "OPTIONS", .port = service.port, .path = path});
    ck_assert_int_eq(options.status, 204);
    ck_assert(slice_equals(http_header(&options, "Allow"), SLICE("GET, HEAD, OPTIONS")));
    struct http_answer wrong = http_ask(&(struct http_request){.method = "DELETE", .port = service.port, .path = path});
    ck_assert(slice_equals(http_header(&wrong, "Allow"), SLICE("GET, HEAD, OPTIONS")));
    http_expect_problem(&wrong, 405, "method_not_allowed");
    http_free(&got);
    http_free(&head);
    http_free(&options);
}
END_TEST

static bool has_all_keys(const json_t *answer)
{
    static const char *const keys[] = {
        "headline", "date", "actors", "topics", "authors", "language", "keyphrases", "dates", "url",
        "canonical_url", "site_name", "description", "image", "body", "evidence", "warnings", "source",
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (!json_object_get(answer, keys[i]))
            return false;
    return true;
}

static void expect_answer(struct http_answer *got, const char *kind)
{
    ck_assert_msg(got->status == 200, "status %ld: %.*s", got->status, SLICE_ARG(buffer_slice(&got->body)));
    ck_assert(slice_equals(http_header(got, "Content-Type"), SLICE("application/json")));
    ck_assert(slice_find(http_header(got, "Server-Timing"), SLICE("extract;dur="), 0) != SLICE_NOT_FOUND);
    json_t *json = http_json(got);
    ck_assert(has_all_keys(json));
    ck_assert_str_eq(json_string_value(json_object_get(json_object_get(json, "source"), "kind")), kind);
    json_decref(json);
    http_free(got);
}

START_TEST(extracts_bodies_of_every_kind)
{
    static const struct {
        const char *type, *body, *kind;
    } bodies[] = {
        {"application/json", "{\"text\": \"" "Bridge opens" "\"}", "text"},
        {"application/json; charset=utf-8", "{\"html\": \"<title>Bridge opens</title><p>The new bridge opened.\"}", "html"},
        {"APPLICATION/JSON", "{\"text\": \"Bridge opens\", \"fields\": [\"headline\"], \"offsets\": \"byte\"}", "text"},
        {"text/plain", STORY, "text"},
        {"text/plain; charset=utf-8", STORY, "text"},
        {"text/html", "<title>Bridge opens</title><p>The new bridge opened.", "html"},
        {"application/xhtml+xml", "<title>Bridge opens</title><p>The new bridge opened.", "html"},
        {"application/x-www-form-urlencoded", STORY, "text"},
        {"application/x-www-form-urlencoded", "<!doctype html><title>Bridge opens</title><p>The new bridge.", "html"},
    };
    struct http_answer got =
        http_post(service.port, "/v1/extract", bodies[_i].type, slice_from_cstr(bodies[_i].body));
    expect_answer(&got, bodies[_i].kind);
}
END_TEST

START_TEST(takes_options_from_the_query)
{
    struct http_answer got = http_post(service.port, "/v1/extract?fields=language,body&include=body%2Ctimings&reference_date=2022-11-14",
                                       "text/plain", SLICE(STORY));
    ck_assert_int_eq(got.status, 200);
    json_t *json = http_json(&got);
    ck_assert(json_is_null(json_object_get(json, "headline")));
    ck_assert(json_is_string(json_object_get(json_object_get(json, "body"), "text")));
    ck_assert(json_is_object(json_object_get(json, "timings")));
    json_decref(json);
    http_free(&got);
}
END_TEST

START_TEST(lets_the_body_overrule_the_query)
{
    struct http_answer got = http_post(service.port, "/v1/extract?base_url=http://a.example/&include=body", "application/json",
                                       SLICE("{\"text\":\"Bridge opens\",\"base_url\":\"http://b.example/\"}"));
    json_t *json = http_json(&got);
    ck_assert_str_eq(json_string_value(json_object_get(json, "url")), "http://b.example/");
    ck_assert(json_object_get(json_object_get(json, "body"), "text") != NULL);
    json_decref(json);
    http_free(&got);
}
END_TEST

START_TEST(takes_a_chunked_body)
{
    const char *const headers[] = {"Content-Type: text/plain", NULL};
    struct http_answer got = http_ask(&(struct http_request){
        .headers = headers, .body = SLICE(STORY), .chunked = true, .port = service.port, .path = "/v1/extract"});
    expect_answer(&got, "text");
}
END_TEST

START_TEST(takes_expect_100_continue)
{
    const char *const headers[] = {"Content-Type: text/plain", "Expect: 100-continue", NULL};
    struct http_answer got = http_ask(&(struct http_request){
        .headers = headers, .body = SLICE(STORY), .port = service.port, .path = "/v1/extract"});
    ck_assert(slice_find(buffer_slice(&got.headers), SLICE("100 Continue"), 0) != SLICE_NOT_FOUND);
    expect_answer(&got, "text");
    struct buffer raw = http_raw(service.port,
                                 SLICE("POST /v1/extract HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                                       "Content-Length: 2000000\r\n\r\n"), 3000);
    ck_assert_msg(slice_starts(buffer_slice(&raw), SLICE("HTTP/1.1 413 ")), "%s", raw.ptr); /* before any upload */
    buffer_free(&raw);
}
END_TEST

/* ---------------------------------------------------------------------- problems */

START_TEST(says_what_is_wrong_with_json)
{
    static const struct {
        const char *json;
        long status;
        const char *code;
    } bad[] = {
        {"", 400, "bad_json"}, {"{", 400, "bad_json"}, {"[]", 400, "bad_json"}, {"{\"text\":\"a\xff\"}", 400, "bad_json"},
        {"{}", 400, "exactly_one_source"}, {"{\"text\":\"a\",\"html\":\"b\"}", 400, "exactly_one_source"},
        {"{\"text\":1}", 400, "bad_parameter"}, {"{\"text\":\"a\",\"colour\":\"red\"}", 400, "bad_parameter"},
        {"{\"text\":\"a\",\"reference_date\":\"2022-02-30\"}", 400, "bad_parameter"},
        {"{\"text\":\"a\",\"fields\":[\"weather\"]}", 400, "bad_parameter"},
        {"{\"text\":\"a\",\"timeout_ms\":0}", 400, "bad_parameter"},
        {"{\"file\":\"/etc/passwd\"}", 400, "bad_parameter"},
        {"{\"url\":\"ftp://example.org/\"}", 400, "bad_url"}, {"{\"url\":\"http://a:b@example.org/\"}", 400, "bad_url"},
        {"{\"url\":\"http://127.0.0.1:1024/\"}", 403, "address_not_allowed"},
        {"{\"url\":\"http://localhost:1024/\"}", 403, "address_not_allowed"},
        {"{\"url\":\"http://169.254.169.254/latest/meta-data/\"}", 403, "address_not_allowed"},
        {"{\"url\":\"http://example.org:22/\"}", 403, "address_not_allowed"},
    };
    struct http_answer got = post_json(bad[_i].json);
    http_expect_problem(&got, bad[_i].status, bad[_i].code);
}
END_TEST

START_TEST(says_what_is_wrong_with_a_request)
{
    static const struct {
        const char *method, *path, *header;
        long status;
        const char *code;
    } bad[] = {
        {NULL, "/nothing", NULL, 404, "not_found"}, {NULL, "/v1/extract/", NULL, 404, "not_found"},
        {NULL, "/healthz/", NULL, 404, "not_found"}, {NULL, "//", NULL, 404, "not_found"},
        {NULL, "/%68ealthz", NULL, 404, "not_found"}, {NULL, "/../healthz", NULL, 404, "not_found"},
        {"PUT", "/v1/extract", NULL, 405, "method_not_allowed"}, {NULL, "/v1/extract/batch", NULL, 405, "method_not_allowed"},
        {"TRACE", "/", NULL, 405, "method_not_allowed"}, {"get", "/healthz", NULL, 405, "method_not_allowed"},
        {NULL, "/v1/extract", NULL, 400, "exactly_one_source"}, {NULL, "/v1/extract?url=x&url=y", NULL, 400, "bad_url"},
        {NULL, "/v1/extract?url=http://a.example/&url=http://a.example/", NULL, 400, "bad_parameter"},
        {NULL, "/v1/extract?url=http://a.example/&colour=red", NULL, 400, "bad_parameter"},
        {NULL, "/v1/extract?url=http%3A%2F%2F127.0.0.1%3A1024%2F", NULL, 403, "address_not_allowed"},
        {NULL, "/healthz", "Accept: text/html", 406, "not_acceptable"},
        {NULL, "/healthz", "Accept: application/json;q=0, */*", 406, "not_acceptable"},
        {NULL, "/", "Accept: application/json", 406, "not_acceptable"},
        {"POST", "/v1/extract?colour=red", "Content-Type: text/plain", 400, "bad_parameter"},
        {"POST", "/v1/extract?colour=red", "Content-Type: application/json", 400, "bad_parameter"},
        {"POST", "/v1/extract?url=http://a.example/", "Content-Type: application/json", 400, "bad_parameter"},
        {"POST", "/v1/extract", "Content-Type: image/png", 415, "unsupported_media"},
        {"POST", "/v1/extract", "Content-Type: application/jsonp", 415, "unsupported_media"},
        {"POST", "/v1/extract/batch", "Content-Type: text/html", 415, "unsupported_media"},
        {"POST", "/v1/extract/batch?unordered=maybe", "Content-Type: application/x-ndjson", 400, "bad_parameter"},
    };
    const char *const headers[] = {bad[_i].header, NULL};
    bool post = bad[_i].method && strcmp(bad[_i].method, "POST") == 0;
    struct http_answer got = http_ask(&(struct http_request){.method = bad[_i].method, .headers = headers,
        .body = post ? SLICE("{}") : SLICE_NULL, .port = service.port, .path = bad[_i].path});
    http_expect_problem(&got, bad[_i].status, bad[_i].code);
}
END_TEST

/* Work on a large page takes more than a millisecond; the stages look at the deadline. */
START_TEST(keeps_the_jobs_deadline)
{
    struct buffer page = buffer_make(1 << 20);
    for (int i = 0; i < 9000; i++)
        buffer_printf(&page, "<p>Bridge number %d opened to traffic on Monday, the town council of Tarvik said.</p>\n", i);
    struct http_answer got = http_post(service.port, "/v1/extract?timeout_ms=1", "text/html", buffer_slice(&page));
    http_expect_problem(&got, 504, "deadline_exceeded");
    buffer_free(&page);
}
END_TEST

START_TEST(refuses_what_is_too_large)
{
    char *large = calloc(1, 3000000);
    const char *const headers[] = {"Content-Type: text/plain", "Expect:", NULL};
    struct http_request request = {.headers = headers, .body = {large, 3000000}, .port = service.port, .path = "/v1/extract"};
    struct http_answer got = http_ask(&request);
    http_expect_problem(&got, 413, "body_too_large");
    request.body.len = 1500000;
    request.chunked = true;
    got = http_ask(&request);
    http_expect_problem(&got, 413, "body_too_large");
    memset(large, 'a', 9000);
    large[0] = '/';
    large[9000] = '\0';
    got = http_get(service.port, "/healthz");
    http_free(&got);
    struct buffer line = buffer_make(20000);
    buffer_printf(&line, "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", large);
    struct buffer raw = http_raw(service.port, buffer_slice(&line), 3000);
    ck_assert(slice_starts(buffer_slice(&raw), SLICE("HTTP/1.1 414 ")));
    buffer_free(&raw);
    buffer_free(&line);
    free(large);
}
END_TEST

START_TEST(answers_pipelined_requests_in_order)
{
    struct buffer raw = http_raw(service.port,
                                 SLICE("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
                                       "POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\n"
                                       "Bridge opens"
                                       "GET /version HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), 3000);
    const char *health = strstr(raw.ptr, "\"ok\""), *answer = strstr(raw.ptr, "\"headline\""), *version = strstr(raw.ptr, "\"version\"");
    ck_assert_msg(health && answer && version && health < answer && answer < version, "%s", raw.ptr);
    buffer_free(&raw);
}
END_TEST

/* --------------------------------------------------------------------- slow clients */

/* Sends the head, then the drop again and again, until the peer has closed; the answer. */
static struct buffer drip(const char *head, const char *drop)
{
    struct buffer answer = buffer_make(1 << 16);
    int fd = http_connect(service.port);
    char room[4096];
    ssize_t got = -1;
    send(fd, head, strlen(head), MSG_NOSIGNAL);
    for (int i = 0; i < 40; i++) {
        usleep(100000);
        got = recv(fd, room, sizeof room, MSG_DONTWAIT);
        if (got > 0)
            buffer_append(&answer, slice_of(room, (size_t)got));
        if (got == 0 || send(fd, drop, strlen(drop), MSG_NOSIGNAL) < 0)
            break;
    }
    close(fd);
    ck_assert_msg(got == 0 || answer.len > 0, "a slow client was waited for");
    buffer_append_byte(&answer, '\0');
    return answer;
}

START_TEST(ends_slow_clients)
{
    static const char *const heads[][2] = {
        {"G", "E"}, {"GET /healthz HTTP/1.1\r\nHost: a\r\nX: ", "x"},
        {"GET /healthz HTTP/1.1\r\nHost: a\r\n", "X-Y: z\r\n"},
        {"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n", "x"},
        {"POST /v1/extract HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"},
    };
    struct buffer raw = drip(heads[_i][0], heads[_i][1]);
    ck_assert_msg(slice_starts(buffer_slice(&raw), SLICE("HTTP/1.1 408 ")), "%s", raw.ptr);
    buffer_free(&raw);
}
END_TEST

START_TEST(ends_idle_connections)
{
    int fd = http_connect(service.port);
    char byte;
    struct timeval patience = {5, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ck_assert_int_eq(recv(fd, &byte, 1, 0), 0); /* closed, without an answer to no question */
    close(fd);
}
END_TEST

/* ------------------------------------------------------------------ ids, logs, metrics */

START_TEST(repeats_sane_request_ids_only)
{
    const char *const good[] = {"X-Request-Id: abc-1.2_3", NULL}, *const bad[] = {"X-Request-Id: a\"b", NULL};
    struct http_answer got = http_ask(&(struct http_request){.headers = good, .port = service.port, .path = "/nothing?secret=1"});
    ck_assert(slice_equals(http_header(&got, "X-Request-Id"), SLICE("abc-1.2_3")));
    http_free(&got);
    got = http_ask(&(struct http_request){.headers = bad, .port = service.port, .path = "/healthz"});
    ck_assert_uint_eq(http_header(&got, "X-Request-Id").len, 16);
    http_free(&got);
    usleep(50000);
    ck_assert(process_log_has(&service, "\"request_id\":\"abc-1.2_3\",\"method\":\"GET\",\"path\":\"/nothing\",\"status\":404"));
    ck_assert(!process_log_has(&service, "secret"));
}
END_TEST

START_TEST(counts)
{
    struct http_answer got = http_post(service.port, "/v1/extract", "text/plain", SLICE(STORY));
    http_free(&got);
    usleep(50000);
    got = http_get(service.port, "/metrics");
    buffer_append_byte(&got.body, '\0');
    static const char *const lines[] = {
        "newsmeta_build_info{version=", "newsmeta_requests_total{path=\"/v1/extract\",status=\"200\"}",
        "newsmeta_request_seconds_bucket{path=\"/v1/extract\",le=\"+Inf\"}", "newsmeta_queue_seconds_count",
        "newsmeta_stage_seconds_count{stage=\"decode\"}", "newsmeta_queue_depth{pool=\"extract\"}",
        "newsmeta_requests_in_flight 1\n", "newsmeta_jobs_total{result=\"ok\"}", "newsmeta_bytes_in_flight 0\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        ck_assert_msg(strstr(got.body.ptr, lines[i]) != NULL, "no %s in %s", lines[i], got.body.ptr);
    http_free(&got);
}
END_TEST

START_TEST(checks_health)
{
    char port[40];
    snprintf(port, sizeof port, "NEWSMETA_PORT=%u", service.port);
    const char *const up[] = {port, NULL};
    ck_assert_int_eq(process_run("check", up), 0);
    snprintf(port, sizeof port, "NEWSMETA_PORT=%u", process_free_port());
    ck_assert_int_eq(process_run("check", up), 1);
}
END_TEST

/* Every operation of the description is routed: it may be refused, but not as unknown. */
START_TEST(is_as_described)
{
    struct http_answer got = http_get(service.port, "/openapi.json");
    json_t *description = http_json(&got), *operations, *operation;
    const char *path, *method;
    json_object_foreach(json_object_get(description, "paths"), path, operations)
    {
        json_object_foreach(operations, method, operation)
        {
            bool post = strcmp(method, "post") == 0;
            struct http_answer one = http_ask(&(struct http_request){
                .port = service.port, .path = path, .body = post ? SLICE("{}") : SLICE_NULL});
            char status[8];
            snprintf(status, sizeof status, "%ld", one.status);
            ck_assert_msg(one.status != 404 && one.status != 405, "%s %s: %ld", method, path, one.status);
            ck_assert_msg(json_object_get(json_object_get(operation, "responses"), status) != NULL,
                          "%s %s answers %s, which the description does not have", method, path, status);
            http_free(&one);
        }
    }
    json_decref(description);
    http_free(&got);
}
END_TEST

Suite *e2e_suite(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
    Suite *suite = suite_create("e2e");
    TCase *tcase = tcase_create("requests");
    tcase_set_timeout(tcase, 60);
    tcase_add_unchecked_fixture(tcase, start, stop);
    tcase_add_loop_test(tcase, answers_every_path, 0, 10);
    tcase_add_loop_test(tcase, extracts_bodies_of_every_kind, 0, 9);
    tcase_add_test(tcase, takes_options_from_the_query);
    tcase_add_test(tcase, lets_the_body_overrule_the_query);
    tcase_add_test(tcase, takes_a_chunked_body);
    tcase_add_test(tcase, takes_expect_100_continue);
    tcase_add_loop_test(tcase, says_what_is_wrong_with_json, 0, 18);
    tcase_add_loop_test(tcase, says_what_is_wrong_with_a_request, 0, 25);
    tcase_add_test(tcase, keeps_the_jobs_deadline);
    tcase_add_test(tcase, refuses_what_is_too_large);
    tcase_add_test(tcase, answers_pipelined_requests_in_order);
    tcase_add_loop_test(tcase, ends_slow_clients, 0, 5);
    tcase_add_test(tcase, ends_idle_connections);
    tcase_add_test(tcase, repeats_sane_request_ids_only);
    tcase_add_test(tcase, counts);
    tcase_add_test(tcase, checks_health);
    tcase_add_test(tcase, is_as_described);
    suite_add_tcase(suite, tcase);
    return suite;
}
