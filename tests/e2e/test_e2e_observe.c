/* What can be seen of the service from outside: metrics, versions, traces. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/http.h"
#include "support/process.h"
#include "support/prometheus.h"

static struct process service, origin;

static void start(void)
{
    origin = origin_start();
    service = process_start_service((const char *const[]){origin_allowed(&origin), NULL});
}

static void stop(void)
{
    process_kill(&origin);
    process_stop_well(&service);
}

/* What the strict reader must not let pass. */
static const char *const faulty[] = {
    "a 1", "a 1\n", "# HELP a\n# TYPE a gauge\na 1\n", "# HELP a b\na 1\n", "# HELP a b\n# TYPE a thing\na 1\n",
    "# HELP a b\n# TYPE a counter\na 1\n", "# HELP a_total b\n# TYPE a_total counter\na_total -1\n",
    "# HELP a b\n# TYPE a gauge\na 1\na 2\n", "# HELP a b\n# TYPE a gauge\na{x=\"1\"} 1\na{x=\"1\"} 1\n",
    "# HELP a b\n# TYPE a gauge\na{x=1} 1\n", "# HELP a b\n# TYPE a gauge\na{x=\"1} 1\n", "# HELP a b\n# TYPE a gauge\na{1x=\"1\"} 1\n",
    "# HELP a b\n# TYPE a gauge\na one\n", "# HELP a b\n# TYPE a gauge\nb 1\n", "# HELP a b\n# TYPE a gauge\na-b 1\n",
    "# HELP a b\n# TYPE a gauge\na 1\n# HELP a b\n# TYPE a gauge\n",
    "# HELP a b\n# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n",
    "# HELP a b\n# TYPE a histogram\na_bucket{le=\"2\"} 1\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n",
    "# HELP a b\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n",
    "# HELP a b\n# TYPE a histogram\na_bucket{le=\"+Inf\"} 2\na_sum 1\na_count 1\n",
    "# HELP a b\n# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_sum 1\n# HELP c d\n# TYPE c gauge\nc 1\n",
};

START_TEST(reader_finds_faults)
{
    struct arena *arena = arena_create();
    ck_assert_msg(prometheus_find_fault(arena, slice_from_cstr(faulty[_i])).ptr != NULL, "%s", faulty[_i]);
    arena_destroy(arena);
}
END_TEST

static void get_url(const char *path)
{
    struct http_answer got = http_get(service.port, origin_target(&origin, path));
    http_free(&got);
}

static const struct {
    const char *sample;
    double least;
} counted[] = {
    {"newsmeta_requests_total{path=\"/v1/extract\",status=\"200\"}", 5},
    {"newsmeta_requests_total{path=\"/v1/extract\",status=\"502\"}", 1},
    {"newsmeta_request_seconds_count{path=\"/v1/extract\"}", 6},
    {"newsmeta_queue_seconds_count", 6},
    {"newsmeta_stage_seconds_count{stage=\"fetch\"}", 5},
    {"newsmeta_stage_seconds_count{stage=\"decode\"}", 5},
    {"newsmeta_fetches_total{result=\"ok\"}", 4},
    {"newsmeta_fetches_total{result=\"upstream_status\"}", 1},
    {"newsmeta_fetched_pages_total{from=\"origin\"}", 2},
    {"newsmeta_fetched_pages_total{from=\"cache\"}", 1},
    {"newsmeta_fetched_pages_total{from=\"cache_confirmed\"}", 1},
    {"newsmeta_warnings_total{code=\"date_year_missing\"}", 1},
    {"newsmeta_batch_lines_total{result=\"problem\"}", 1},
    {"newsmeta_requests_in_flight", 1},
    {"newsmeta_queue_depth{pool=\"extract\"}", 0},
};

START_TEST(writes_metrics_that_can_be_read)
{
    struct http_answer got = http_post(service.port, "/v1/extract", "text/plain", SLICE("Bridge opens\n\nOSLO, March 9 - It opened."));
    http_free(&got);
    static const char *const paths[] = {"/fresh", "/fresh", "/etag", "/etag", "/404"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        get_url(paths[i]);
    got = http_post(service.port, "/v1/extract/batch", "application/x-ndjson", SLICE("{\"text\":\"A story\"}\nno json\n"));
    http_free(&got);
    usleep(50000); /* a request is counted when it has ended, which its client may see before */
    got = http_get(service.port, "/metrics");
    struct arena *arena = arena_create();
    struct slice text = buffer_slice(&got.body), fault = prometheus_find_fault(arena, text);
    ck_assert_msg(slice_is_null(fault), "%.*s", SLICE_ARG(fault));
    for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++)
        ck_assert_msg(prometheus_value(text, counted[i].sample) >= counted[i].least, "%s is %g", counted[i].sample,
                      prometheus_value(text, counted[i].sample));
    ck_assert(slice_find(text, SLICE("newsmeta_model_info{name=\"names.bin\",digest=\""), 0) != SLICE_NOT_FOUND);
    arena_destroy(arena);
    http_free(&got);
}
END_TEST

START_TEST(names_its_models)
{
    struct http_answer got = http_get(service.port, "/version");
    json_t *json = http_json(&got), *models = json_object_get(json, "models");
    ck_assert_uint_ge(json_object_size(models), 5);
    ck_assert_uint_eq(json_string_length(json_object_get(models, "topics.bin")), 16);
    json_decref(json);
    http_free(&got);
}
END_TEST

START_TEST(passes_traces_on)
{
    static const char *const headers[] = {"traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", NULL};
    char text[200];
    int len = snprintf(text, sizeof text, "{\"url\":\"http://127.0.0.1:%u/traced\"}", origin.port);
    struct http_request requests[] = {
        {.headers = (const char *const[]){headers[0], "Content-Type: application/json", NULL},
         .body = slice_of(text, (size_t)len), .port = service.port, .path = "/v1/extract"},
        {.headers = (const char *const[]){headers[0], "Content-Type: application/x-ndjson", NULL},
         .body = slice_of(text, (size_t)len), .port = service.port, .path = "/v1/extract/batch"},
    };
    struct http_answer got = http_ask(&requests[_i]), seen;
    ck_assert_int_eq(got.status, 200);
    http_free(&got);
    seen = http_get(origin.port, "/trace-seen");
    struct slice parent = buffer_slice(&seen.body);
    ck_assert_msg(slice_starts(parent, SLICE("00-4bf92f3577b34da6a3ce929d0e0e4736-")), "%.*s", SLICE_ARG(parent));
    ck_assert(slice_find(parent, SLICE("00f067aa0ba902b7"), 0) == SLICE_NOT_FOUND);
    http_free(&seen);
    requests[_i].headers++; /* without one, none is passed on */
    got = http_ask(&requests[_i]);
    http_free(&got);
    seen = http_get(origin.port, "/trace-seen");
    ck_assert(slice_equals(buffer_slice(&seen.body), SLICE("none")));
    http_free(&seen);
}
END_TEST

Suite *e2e_observe_suite(void)
{
    Suite *suite = suite_create("e2e_observe");
    TCase *reader = tcase_create("reader"), *tcase = tcase_create("observe");
    tcase_add_loop_test(reader, reader_finds_faults, 0, (int)(sizeof faulty / sizeof faulty[0]));
    tcase_add_unchecked_fixture(tcase, start, stop);
    tcase_add_test(tcase, writes_metrics_that_can_be_read);
    tcase_add_test(tcase, names_its_models);
    tcase_add_loop_test(tcase, passes_traces_on, 0, 2);
    suite_add_tcase(suite, reader);
    suite_add_tcase(suite, tcase);
    return suite;
}
