#include "load_case.h"

#include <stdio.h>

#include "load_origin.h"
#include "pipeline/input_file.h"
#include "pipeline/request.h"

#define MAX_CASES 4096

static struct load_case made_cases[MAX_CASES];
static size_t made_count;

static void add_case(bool is_bad, const char *method, const char *target, const char *fields, struct slice body)
{
    if (made_count == MAX_CASES)
        return;
    struct load_case *made = &made_cases[made_count++];
    *made = (struct load_case){.bytes = buffer_make(SIZE_MAX / 4), .is_bad = is_bad};
    buffer_printf(&made->bytes, "%s %s HTTP/1.1\r\nHost: load\r\nX-Request-Id: ", method, target);
    made->id_at = made->bytes.len;
    buffer_printf(&made->bytes, "%0*d\r\n%s", LOAD_ID_LENGTH, 0, fields);
    if (strcmp(method, "POST") == 0 && !strstr(fields, "Content-Length"))
        buffer_printf(&made->bytes, "Content-Length: %zu\r\n", body.len);
    buffer_append(&made->bytes, SLICE("\r\n"));
    buffer_append(&made->bytes, body);
}

static bool wants(const struct load_plan *plan, const char *kind)
{
    return strstr(plan->kinds, kind) != NULL;
}

static void add_article(const struct load_plan *plan, struct slice bytes, bool is_page, int index)
{
    char target[200];
    if (!is_page && wants(plan, "text"))
        add_case(false, "POST", "/v1/extract", "Content-Type: text/plain\r\n", bytes);
    if (is_page && wants(plan, "page"))
        add_case(false, "POST", "/v1/extract", "Content-Type: text/html\r\n", bytes);
    if (is_page && wants(plan, "url")) {
        snprintf(target, sizeof target, "/v1/extract?url=http://127.0.0.1:%d/%d", plan->origin_port, index);
        add_case(false, "GET", target, "", SLICE(""));
    }
}

static void add_batches(void)
{
    struct buffer body = buffer_make(1 << 20);
    for (int i = 0; i < 20; i++) {
        buffer_clear(&body);
        for (int line = 0; line <= i; line++)
            buffer_printf(&body, "{\"id\": \"%d.%d\", \"text\": \"Council opens bridge %d\\n\\nThe bridge was opened on May %d.\"}\n%s",
                          i, line, line, line + 1, line % 5 == 4 ? "{bad line\n" : "");
        add_case(false, "POST", "/v1/extract/batch", "Content-Type: application/x-ndjson\r\n", buffer_slice(&body));
    }
    buffer_free(&body);
}

static void add_bad_cases(void)
{
    static const struct {
        const char *method, *target, *fields, *body;
    } bad[] = {
        {"POST", "/v1/extract", "Content-Type: application/json\r\n", "{"},
        {"POST", "/v1/extract", "Content-Type: application/json\r\n", "{\"text\":\"a\",\"colour\":\"red\"}"},
        {"POST", "/v1/extract", "Content-Type: application/json\r\n", "{\"url\":\"ftp://example.org/\"}"},
        {"POST", "/v1/extract", "Content-Type: application/json\r\n", "{\"url\":\"http://127.0.0.1:1/\"}"},
        {"POST", "/v1/extract", "Content-Type: image/png\r\n", "PNG"},
        {"POST", "/v1/extract?offsets=inch", "Content-Type: text/plain\r\n", "A headline"},
        {"POST", "/v1/extract", "Content-Type: text/plain\r\n", ""},
        {"POST", "/v1/extract", "Content-Length: 99999999999\r\nContent-Type: text/plain\r\n", ""},
        {"POST", "/v1/extract", "Content-Length: 3\r\nContent-Length: 4\r\n", "abcd"},
        {"POST", "/v1/extract", "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"},
        {"GET", "/nothing", "", ""},
        {"PUT", "/v1/extract", "", ""},
        {"GET", "/v1/extract", "", ""},
        {"GET", "/v1/extract?url=http://10.0.0.1/", "", ""},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        add_case(true, bad[i].method, bad[i].target, bad[i].fields, slice_from_cstr(bad[i].body));
}

static void read_article(const struct load_plan *plan, struct arena *arena, const char *path, int index)
{
    struct job job;
    request_init(&job, arena, NULL, NULL);
    if (input_file_read(&job, path))
        return;
    bool is_page = slice_ends(slice_from_cstr(path), SLICE(".html"));
    if (is_page)
        load_origin_add(index, job.input);
    add_article(plan, job.input, is_page, index);
}

struct load_cases load_cases_make(const struct load_plan *plan, struct arena *arena, int count, char **paths)
{
    for (int i = 0; i < count; i++)
        read_article(plan, arena, paths[i], i);
    if (wants(plan, "batch"))
        add_batches();
    if (wants(plan, "health"))
        add_case(false, "GET", "/healthz", "", SLICE(""));
    struct load_cases cases = {.list = made_cases, .good = made_count};
    if (plan->with_bad)
        add_bad_cases();
    cases.count = made_count;
    return cases;
}
