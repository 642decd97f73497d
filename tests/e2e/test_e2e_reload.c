/* SIGHUP: the settings are read again while requests are under way, and none of them is lost. */
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/http.h"
#include "support/process.h"

/* SHA-256 of blue-key and green-key. */
#define BLUE "\"api_keys\": [\"desk:da71e267b3b77b50077da29f7322e9317a1f629a410f782a1a970f97e2548377\"]"
#define GREEN "\"api_keys\": [\"desk:72ca0022130790e6fcb934dd1f7149f589012e22e880ed2123946adfa3382c23\"]"
#define TEXT "Harbour bridge opens\n\nThe new bridge over the harbour opened on Monday, the council said."

static struct process service, origin;
static char folder[40], path[60];

/* Replaced in one step, as careful tools do it: never half a file. */
static void write_file(const char *text)
{
    char next[80];
    snprintf(next, sizeof next, "%s/next", folder);
    FILE *file = fopen(next, "w");
    if (!file || fputs(text, file) < 0 || fclose(file) != 0 || rename(next, path) != 0)
        abort();
}

static void write_settings(const char *members)
{
    char text[1000];
    snprintf(text, sizeof text, "{\"fetch_allow\": [\"127.0.0.1@%u\"]%s%s}\n", origin.port, members[0] ? ", " : "", members);
    write_file(text);
}

static void start(void)
{
    static char config[100];
    snprintf(folder, sizeof folder, "build/test-reload-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    snprintf(path, sizeof path, "%s/newsmeta.json", folder);
    snprintf(config, sizeof config, "NEWSMETA_CONFIG=%s", path);
    origin = origin_start();
    write_settings("");
    /* A slow machine must not be told from a lost request: nobody is refused for having to wait. */
    service = process_start_service((const char *const[]){config, "NEWSMETA_QUEUE_TARGET_MS=60000", NULL});
}

static void stop(void)
{
    process_kill(&origin);
    unlink(path);
    rmdir(folder);
    process_stop_well(&service);
}

/* SIGHUP, and until the log says so once more. */
static void reload(const char *event)
{
    size_t before = process_log_count(&service, event);
    kill(service.pid, SIGHUP);
    for (int i = 0; i < 500 && process_log_count(&service, event) == before; i++)
        usleep(10000);
    ck_assert_msg(process_log_count(&service, event) == before + 1, "no %s in the log", event);
}

static long ask_with_key(const char *key)
{
    char header[60];
    snprintf(header, sizeof header, "X-API-Key: %s", key);
    struct http_answer got = http_ask(&(struct http_request){.headers = (const char *const[]){header, NULL},
                                                             .body = SLICE(TEXT), .port = service.port,
                                                             .path = "/v1/extract"});
    long status = got.status;
    http_free(&got);
    return status;
}

START_TEST(takes_up_what_can_change)
{
    write_settings(BLUE);
    reload("settings_reloaded");
    ck_assert(process_log_has(&service, "\"changed\":\"api_keys\""));
    ck_assert_int_eq(ask_with_key("blue-key"), 200);
    ck_assert_int_eq(ask_with_key("green-key"), 401);
    write_settings(GREEN ", \"max_body_bytes\": 2048, \"fetch_enabled\": false, \"cors_origins\": [\"https://desk.example\"]");
    reload("settings_reloaded");
    ck_assert_int_eq(ask_with_key("blue-key"), 401);
    ck_assert_int_eq(ask_with_key("green-key"), 200);
    char body[4000];
    memset(body, 'x', sizeof body);
    struct http_answer got = http_post(service.port, "/v1/extract", "text/plain", slice_of(body, sizeof body));
    ck_assert(got.status == 401 || got.status == 413);
    http_free(&got);
    const char *const headers[] = {"X-API-Key: green-key", "Origin: https://desk.example", NULL};
    got = http_ask(&(struct http_request){.headers = headers, .port = service.port, .path = "/v1/extract?url=http://127.0.0.1/"});
    ck_assert(slice_equals(http_header(&got, "Access-Control-Allow-Origin"), SLICE("https://desk.example")));
    http_expect_problem(&got, 403, "address_not_allowed");
    got = http_ask(&(struct http_request){.headers = headers, .body = slice_of(body, sizeof body), .port = service.port,
                                          .path = "/v1/extract"});
    http_expect_problem(&got, 413, "body_too_large");
    write_settings("");
    reload("settings_reloaded");
    ck_assert_int_eq(ask_with_key("anything"), 200);
}
END_TEST

START_TEST(keeps_what_it_has_where_a_file_is_bad)
{
    write_settings(BLUE);
    reload("settings_reloaded");
    write_settings(GREEN ", \"rate_burst\": 0");
    reload("settings_refused");
    ck_assert(process_log_has(&service, "rate_burst must be"));
    write_file("{\"api_keys\": []");
    reload("settings_refused");
    unlink(path);
    reload("settings_refused");
    write_settings("\"api_keys\": [\"desk:12ab\"]");
    reload("settings_refused");
    ck_assert(process_log_has(&service, "api_keys: each must be"));
    write_settings("\"trusted_proxies\": [\"nowhere\"]");
    reload("settings_refused");
    ck_assert_int_eq(ask_with_key("blue-key"), 200);
    ck_assert_int_eq(ask_with_key("green-key"), 401);
    write_settings("");
    reload("settings_reloaded");
}
END_TEST

START_TEST(names_what_needs_a_restart)
{
    write_settings("\"queue\": 7, \"workers\": 3, \"log_level\": \"info\"");
    reload("settings_need_restart");
    ck_assert(process_log_has(&service, "\"keys\":\"workers,queue\""));
    write_settings("");
    reload("settings_reloaded");
}
END_TEST

/* A bucket that is empty stays so when something else changes. */
START_TEST(gives_nobody_his_tokens_back)
{
    write_settings("\"rate_per_minute\": 1, \"rate_burst\": 2");
    reload("settings_reloaded");
    ck_assert_int_eq(ask_with_key(""), 200);
    ck_assert_int_eq(ask_with_key(""), 200);
    ck_assert_int_eq(ask_with_key(""), 429);
    write_settings("\"rate_per_minute\": 1, \"rate_burst\": 2, \"timeout_ms\": 20000");
    reload("settings_reloaded");
    ck_assert_int_eq(ask_with_key(""), 429);
    write_settings("\"rate_per_minute\": 1, \"rate_burst\": 3");
    reload("settings_reloaded");
    ck_assert_int_eq(ask_with_key(""), 200);
    write_settings("");
    reload("settings_reloaded");
}
END_TEST

/* ------------------------------------------------------------------------ under load */

#define CLIENTS 8
#define RELOADS 40

static atomic_bool enough;
static atomic_uint answered, lost;

static void ask_once(int kind)
{
    char target[100];
    struct http_answer got;
    if (kind == 0) {
        got = http_post(service.port, "/v1/extract", "text/plain", SLICE(TEXT));
    } else if (kind == 1) {
        snprintf(target, sizeof target, "/v1/extract?url=http://127.0.0.1:%u/wait", origin.port);
        got = http_get(service.port, target);
    } else {
        got = http_post(service.port, "/v1/extract/batch", "application/x-ndjson",
                        SLICE("{\"text\":\"Bridge opens\\n\\nIt opened on Monday.\"}\n{\"text\":\"Ferry sinks\\n\\nNobody died.\"}\n"));
    }
    atomic_fetch_add(got.status == 200 ? &answered : &lost, 1);
    if (got.status != 200)
        fprintf(stderr, "lost: kind %d, curl %d, status %ld\n", kind, got.code, got.status);
    http_free(&got);
}

static void *ask_until_enough(void *number)
{
    for (size_t i = (size_t)number; !atomic_load(&enough); i++)
        ask_once((int)(i % 3));
    return NULL;
}

/* Every second time the fetcher is another one: fetches under way end with the one that they began with. */
START_TEST(loses_no_request)
{
    pthread_t threads[CLIENTS];
    for (size_t i = 0; i < CLIENTS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask_until_enough, (void *)i), 0);
    for (int i = 0; i < RELOADS; i++) {
        write_settings(i % 4 == 0   ? "\"fetch_timeout_ms\": 9000"
                       : i % 4 == 1 ? "\"rate_per_minute\": 60000000, \"rate_burst\": 1000000"
                       : i % 4 == 2 ? "\"user_agent\": \"other\""
                                    : "\"rate_burst\": 0");
        reload(i % 4 == 3 ? "settings_refused" : "settings_reloaded");
        usleep(20000);
    }
    atomic_store(&enough, true);
    for (size_t i = 0; i < CLIENTS; i++)
        pthread_join(threads[i], NULL);
    ck_assert_uint_eq(atomic_load(&lost), 0);
    ck_assert_uint_gt(atomic_load(&answered), CLIENTS);
}
END_TEST

Suite *e2e_reload_suite(void)
{
    Suite *suite = suite_create("e2e_reload");
    TCase *tcase = tcase_create("reload");
    tcase_set_timeout(tcase, 60);
    tcase_add_unchecked_fixture(tcase, start, stop);
    tcase_add_test(tcase, takes_up_what_can_change);
    tcase_add_test(tcase, keeps_what_it_has_where_a_file_is_bad);
    tcase_add_test(tcase, names_what_needs_a_restart);
    tcase_add_test(tcase, gives_nobody_his_tokens_back);
    tcase_add_test(tcase, loses_no_request);
    suite_add_tcase(suite, tcase);
    return suite;
}
