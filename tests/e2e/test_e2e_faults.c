/* What the system refuses: memory, descriptors, room for the log. Each time a clear answer, and service afterwards. */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "support/http.h"
#include "support/process.h"

#define TEXT "Harbour bridge opens\n\nThe new bridge over the harbour opened on Monday, the council said."

static void expect_service(unsigned port)
{
    struct http_answer got = http_post(port, "/v1/extract", "text/plain", SLICE(TEXT));
    ck_assert_msg(got.status == 200, "status %ld, curl %d: %.*s", got.status, got.code, SLICE_ARG(buffer_slice(&got.body)));
    http_free(&got);
}

/* ---------------------------------------------------------------------------- memory */

static unsigned long long memory_of(pid_t pid)
{
    char path[40], line[200];
    unsigned long long kilobytes = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    while (fgets(line, sizeof line, file))
        if (strncmp(line, "VmSize:", 7) == 0)
            kilobytes = strtoull(line + 7, NULL, 10);
    fclose(file);
    return kilobytes * 1024;
}

static struct slice make_page(struct buffer *page, size_t size)
{
    buffer_append_cstr(page, "<title>Bridge opens</title>");
    for (size_t i = 0; page->len < size; i++)
        buffer_printf(page, "<p>Anna Berg %zu met the council of Oslo on March %zu, 2024.</p>", i, i % 28 + 1);
    return buffer_slice(page);
}

/* 200, or 503 and the reason; never a connection that ends without an answer. */
static bool is_refused(unsigned port, const char *path, const char *type, struct slice body)
{
    struct http_answer got = http_post(port, path, type, body);
    bool refused = got.status == 503;
    if (refused)
        http_expect_problem(&got, 503, "resources_exhausted");
    else
        ck_assert_msg(got.status == 200, "%s with %zu bytes: status %ld, curl %d", path, body.len, got.status, got.code);
    if (!refused)
        http_free(&got);
    return refused;
}

START_TEST(survives_a_limit_of_memory)
{
    static const char *const settings[] = {"NEWSMETA_WORKERS=1", "NEWSMETA_HTTP_THREADS=1", "NEWSMETA_FETCH_MAX_CONCURRENT=1",
                                           "NEWSMETA_TIMEOUT_MS=60000", NULL};
    struct process service = process_start_service(settings);
    expect_service(service.port);
    unsigned long long most = memory_of(service.pid) + (6u << 20);
    ck_assert_int_eq(prlimit(service.pid, RLIMIT_AS, &(struct rlimit){most, most}, NULL), 0);
    struct buffer page = buffer_make(32u << 20), json = buffer_make(32u << 20);
    int refused = 0;
    for (size_t size = 64u << 10; size <= 8u << 20; size *= 2) {
        buffer_clear(&page);
        buffer_clear(&json);
        struct slice html = make_page(&page, size);
        buffer_printf(&json, "{\"html\":\"%.*s\"}\n", SLICE_ARG(html));
        refused += is_refused(service.port, "/v1/extract", "text/html", html);
        refused += is_refused(service.port, "/v1/extract", "application/json", buffer_slice(&json));
        is_refused(service.port, "/v1/extract/batch", "application/x-ndjson", buffer_slice(&json));
        expect_service(service.port);
    }
    ck_assert_int_gt(refused, 0);
    buffer_free(&page);
    buffer_free(&json);
    ck_assert_int_eq(process_stop(&service), 0);
}
END_TEST

static size_t count_text(struct slice text, struct slice piece)
{
    size_t count = 0;
    for (size_t at = 0; (at = slice_find(text, piece, at)) != SLICE_NOT_FOUND; at += piece.len)
        count++;
    return count;
}

/* Of a batch, what runs short is the line that asks for too much: those beside it are answered. */
START_TEST(gives_up_one_line_of_a_batch)
{
    static const char *const settings[] = {"NEWSMETA_WORKERS=1", "NEWSMETA_HTTP_THREADS=1", "NEWSMETA_FETCH_MAX_CONCURRENT=1",
                                           "NEWSMETA_TIMEOUT_MS=60000", NULL};
    struct process service = process_start_service(settings);
    struct buffer page = buffer_make(32u << 20), jobs = buffer_make(32u << 20);
    struct slice html = make_page(&page, 6u << 20);
    for (int i = 0; i < 9; i++)
        if (i == 4)
            buffer_printf(&jobs, "{\"id\":4,\"html\":\"%.*s\"}\n", SLICE_ARG(html));
        else
            buffer_printf(&jobs, "{\"id\":%d,\"text\":\"Bridge %d opens\\n\\nIt opened on Monday.\"}\n", i, i);
    expect_service(service.port);
    unsigned long long most = memory_of(service.pid) + (20u << 20);
    ck_assert_int_eq(prlimit(service.pid, RLIMIT_AS, &(struct rlimit){most, most}, NULL), 0);
    struct http_answer got = http_post(service.port, "/v1/extract/batch", "application/x-ndjson", buffer_slice(&jobs));
    struct slice lines = buffer_slice(&got.body);
    ck_assert_int_eq(got.status, 200);
    ck_assert_uint_eq(count_text(lines, SLICE("\n")), 9);
    ck_assert_uint_eq(count_text(lines, SLICE(",\"headline\":")), 8);
    ck_assert_uint_eq(count_text(lines, SLICE("\"code\":\"resources_exhausted\"")), 1);
    http_free(&got);
    expect_service(service.port);
    buffer_free(&page);
    buffer_free(&jobs);
    ck_assert_int_eq(process_stop(&service), 0);
}
END_TEST

/* ----------------------------------------------------------------------- descriptors */

#define HOLDERS 24

/* Asks for the page of a URL while others hold all connections: an answer that says what is short, or none as long as
 * there is no descriptor to accept with. */
static void ask_among_holders(unsigned port, const char *path)
{
    static const char *const answers[] = {"HTTP/1.1 200 ", "HTTP/1.1 502 ", "HTTP/1.1 503 "};
    char request[200];
    int len = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", path);
    struct buffer got = http_raw(port, slice_of(request, (size_t)len), 300);
    bool good = got.len == 1; /* nothing but the NUL that ends it */
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        good |= slice_starts(buffer_slice(&got), slice_from_cstr(answers[i]));
    ck_assert_msg(good, "%.*s", SLICE_ARG(buffer_slice(&got)));
    buffer_free(&got);
}

/* More connections than there are descriptors: some are served, none for ever; when they are gone, all is as before. */
START_TEST(survives_a_limit_of_descriptors)
{
    struct process origin = origin_start();
    const char *const settings[] = {origin_allowed(&origin), "NEWSMETA_FETCH_MAX_CONCURRENT=2", NULL};
    struct process service = process_start_service(settings);
    int held[HOLDERS];
    expect_service(service.port);
    for (int room = 40; room >= 20; room -= 4) {
        ck_assert_int_eq(prlimit(service.pid, RLIMIT_NOFILE, &(struct rlimit){(rlim_t)room, 1024}, NULL), 0);
        for (int i = 0; i < HOLDERS; i++)
            held[i] = http_connect(service.port);
        ask_among_holders(service.port, origin_target(&origin, "/plain"));
        for (int i = 0; i < HOLDERS; i++)
            close(held[i]);
        ck_assert_int_eq(prlimit(service.pid, RLIMIT_NOFILE, &(struct rlimit){1024, 1024}, NULL), 0);
        expect_service(service.port);
        struct http_answer got = http_get(service.port, origin_target(&origin, "/plain"));
        ck_assert_int_eq(got.status, 200);
        http_free(&got);
    }
    process_kill(&origin);
    ck_assert_int_eq(process_stop(&service), 0);
}
END_TEST

/* ------------------------------------------------------------------------------ log */

START_TEST(serves_with_a_log_that_is_full)
{
    struct process service = process_start_service_with_log(NULL, "/dev/full");
    for (int i = 0; i < 20; i++)
        expect_service(service.port);
    kill(service.pid, SIGHUP);
    usleep(100000);
    expect_service(service.port);
    ck_assert_int_eq(process_stop(&service), 0);
}
END_TEST

Suite *e2e_faults_suite(void)
{
    Suite *suite = suite_create("e2e_faults");
    TCase *tcase = tcase_create("faults");
    tcase_set_timeout(tcase, 120);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    puts("memory limit: passed over, a sanitizer's shadow knows none");
    (void)survives_a_limit_of_memory;
    (void)gives_up_one_line_of_a_batch;
#else
    tcase_add_test(tcase, survives_a_limit_of_memory);
    tcase_add_test(tcase, gives_up_one_line_of_a_batch);
#endif
    tcase_add_test(tcase, survives_a_limit_of_descriptors);
    tcase_add_test(tcase, serves_with_a_log_that_is_full);
    suite_add_tcase(suite, tcase);
    return suite;
}
