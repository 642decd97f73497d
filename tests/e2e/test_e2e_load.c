/* The real program with much to do: batches, full queues, many clients, and the end by SIGTERM. */
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/http.h"
#include "support/process.h"

static struct process service, origin;

static void start(void)
{
    origin = origin_start();
    /* However slow the machine that tests it, nobody is refused for a queue that stands. */
    const char *const settings[] = {origin_allowed(&origin), "NEWSMETA_QUEUE_TARGET_MS=0", NULL};
    service = process_start_service(settings);
}

static void stop(void)
{
    process_kill(&origin);
    process_stop_well(&service);
}

/* ------------------------------------------------------------------------ batches */

#define LINES 200

/* Every seventh line is no JSON, every eleventh a URL that takes its time, the others texts. */
static struct buffer make_jobs(void)
{
    struct buffer jobs = buffer_make(1 << 22);
    for (int i = 0; i < LINES; i++) {
        if (i % 7 == 3)
            buffer_printf(&jobs, "{\"id\": %d, \"text\": oops}\r\n", i);
        else if (i % 11 == 5)
            buffer_printf(&jobs, "{\"id\":%d,\"url\":\"http://127.0.0.1:%u/%s\"}\n\n", i, origin.port, i % 2 ? "article" : "500");
        else
            buffer_printf(&jobs, "{\"id\":%d,\"text\":\"Bridge number %d opens\\n\\nIt opened on Monday.\"}\n", i, i);
    }
    return jobs;
}

static void check_line(int i, const json_t *line)
{
    const char *code = json_string_value(json_object_get(json_object_get(line, "problem"), "code"));
    if (i % 7 == 3)
        ck_assert_str_eq(code, "bad_json");
    else if (i % 11 == 5 && i % 2 == 0)
        ck_assert_str_eq(code, "upstream_status");
    else
        ck_assert_msg(json_object_get(line, "headline") != NULL, "line %d: %s", i, code ? code : "no headline");
}

START_TEST(answers_every_line_of_a_batch)
{
    bool unordered = _i == 1;
    struct buffer jobs = make_jobs();
    struct http_answer got = http_post(service.port, unordered ? "/v1/extract/batch?unordered=1" : "/v1/extract/batch",
                                       "application/x-ndjson", buffer_slice(&jobs));
    ck_assert_int_eq(got.status, 200);
    ck_assert(slice_equals(http_header(&got, "Content-Type"), SLICE("application/x-ndjson")));
    struct slice rest = buffer_slice(&got.body), line;
    bool seen[LINES] = {false};
    int count = 0, without_id = 0;
    while (slice_split(&rest, '\n', &line) && line.len) {
        json_t *json = json_loadb(line.ptr, line.len, 0, NULL);
        ck_assert_msg(json != NULL, "not JSON: %.*s", SLICE_ARG(line));
        const json_t *id = json_object_get(json, "id");
        int i = json_is_integer(id) ? (int)json_integer_value(id) : count; /* a line that is no JSON has none */
        if (json_is_integer(id)) {
            ck_assert(i >= 0 && i < LINES && !seen[i]);
            seen[i] = true;
            check_line(i, json);
        } else {
            without_id++;
        }
        ck_assert_msg(unordered || i == count, "line %d came as number %d", i, count);
        count++;
        json_decref(json);
    }
    ck_assert_int_eq(count, LINES);
    ck_assert_int_eq(without_id, (LINES - 3 + 6) / 7);
    http_free(&got);
    buffer_free(&jobs);
}
END_TEST

START_TEST(takes_an_empty_batch)
{
    struct http_answer got = http_post(service.port, "/v1/extract/batch", "application/x-ndjson", SLICE("\n\r\n  \n"));
    ck_assert_int_eq(got.status, 200);
    ck_assert_uint_eq(got.body.len, 0);
    http_free(&got);
}
END_TEST

static int send_batch(const struct buffer *jobs)
{
    char head[200];
    int len = snprintf(head, sizeof head, "POST /v1/extract/batch HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\n\r\n", jobs->len);
    int fd = http_connect(service.port);
    ck_assert_int_eq(send(fd, head, (size_t)len, MSG_NOSIGNAL), len);
    ck_assert_int_eq(send(fd, jobs->ptr, jobs->len, MSG_NOSIGNAL), (ssize_t)jobs->len);
    return fd;
}

/* Clients that go away in the middle of their answers, then one that stays. */
START_TEST(survives_clients_that_go_away)
{
    struct buffer jobs = make_jobs();
    for (int i = 0; i < 10; i++) {
        int fd = send_batch(&jobs);
        char room[1000];
        if (i % 2)
            ck_assert_int_gt(recv(fd, room, sizeof room, 0), 0);
        close(fd);
    }
    buffer_free(&jobs);
    for (int i = 0; i < 200; i++) { /* all that was held is given back */
        struct http_answer got = http_get(service.port, "/metrics");
        bool idle = slice_find(buffer_slice(&got.body), SLICE("newsmeta_bytes_in_flight 0\n"), 0) != SLICE_NOT_FOUND &&
                    slice_find(buffer_slice(&got.body), SLICE("newsmeta_requests_in_flight 1\n"), 0) != SLICE_NOT_FOUND;
        http_free(&got);
        if (idle)
            return;
        usleep(20000);
    }
    ck_abort_msg("something is still held");
}
END_TEST

/* ------------------------------------------------------------------- many at once */

struct client {
    pthread_t thread;
    unsigned port;
    const char *path;
    int number, rounds;
    atomic_bool *stop;
    long good, busy, refused, lost;
    struct http_answer got;
};

/* Each client's text has a number of its own, which must come back. */
static void *ask_texts(void *context)
{
    struct client *client = context;
    for (int i = 0; i < client->rounds; i++) {
        char text[200], expected[100];
        snprintf(text, sizeof text, "{\"text\":\"Bridge c%dr%d opens\\n\\nThe bridge opened on Monday.\",\"include\":[\"body\"],"
                 "\"base_url\":\"http://a.example/c%dr%d\"}", client->number, i, client->number, i);
        snprintf(expected, sizeof expected, "http://a.example/c%dr%d\"", client->number, i);
        struct http_answer got = http_post(client->port, "/v1/extract", "application/json", slice_from_cstr(text));
        client->good += got.status == 200 && slice_find(buffer_slice(&got.body), slice_from_cstr(expected), 0) != SLICE_NOT_FOUND;
        http_free(&got);
    }
    return NULL;
}

START_TEST(gives_everybody_his_own_answer)
{
    struct client clients[16] = {0};
    for (int i = 0; i < 16; i++) {
        clients[i] = (struct client){.port = service.port, .number = i, .rounds = 20};
        pthread_create(&clients[i].thread, NULL, ask_texts, &clients[i]);
    }
    for (int i = 0; i < 16; i++) {
        pthread_join(clients[i].thread, NULL);
        ck_assert_int_eq(clients[i].good, 20);
    }
}
END_TEST

static void *ask_once(void *context)
{
    struct client *client = context;
    client->got = http_get(client->port, client->path);
    return NULL;
}

/* One thread fetches, one waits in the queue, the third is told so at once. */
START_TEST(refuses_at_once_when_full)
{
    const char *path = origin_target(&origin, "/wait");
    const char *const settings[] = {origin_allowed(&origin), "NEWSMETA_QUEUE=1", "NEWSMETA_FETCH_MAX_CONCURRENT=1", NULL};
    struct process own = process_start_service(settings);
    struct client clients[2] = {{.port = own.port, .path = path}, {.port = own.port, .path = path}};
    for (int i = 0; i < 2; i++) {
        pthread_create(&clients[i].thread, NULL, ask_once, &clients[i]);
        usleep(100000);
    }
    struct http_answer got = http_get(own.port, path);
    ck_assert_msg(got.seconds < 0.2, "took %.2f s", got.seconds);
    ck_assert(slice_equals(http_header(&got, "Retry-After"), SLICE("1")));
    http_expect_problem(&got, 503, "queue_full");
    for (int i = 0; i < 2; i++) {
        pthread_join(clients[i].thread, NULL);
        ck_assert_int_eq(clients[i].got.status, 200);
        http_free(&clients[i].got);
    }
    ck_assert_int_eq(process_stop(&own), 0);
}
END_TEST

START_TEST(bounds_the_bytes_in_flight)
{
    static const char *const settings[] = {"NEWSMETA_MAX_BODY_BYTES=1000000", "NEWSMETA_MAX_INFLIGHT_BYTES=1048576", NULL};
    static const char text[600000];
    struct process own = process_start_service(settings);
    int held = http_connect(own.port);
    static const char head[] = "POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Length: 600000\r\n\r\n";
    ck_assert_int_eq(send(held, head, sizeof head - 1, MSG_NOSIGNAL), (ssize_t)sizeof head - 1);
    usleep(100000);
    struct http_answer got = http_post(own.port, "/v1/extract", "text/plain", slice_of(text, sizeof text));
    http_expect_problem(&got, 503, "queue_full");
    close(held);
    ck_assert_int_eq(process_stop(&own), 0);
}
END_TEST

/* A page is counted when it has been fetched; six bytes are left for it here. */
START_TEST(counts_fetched_pages_among_the_bytes_in_flight)
{
    const char *path = origin_target(&origin, "/article");
    struct process own = process_start_service((const char *const[]){origin_allowed(&origin), "NEWSMETA_MAX_INFLIGHT_BYTES=1048576", NULL});
    int held = http_connect(own.port);
    static const char head[] = "POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Length: 1048570\r\n\r\n";
    ck_assert_int_eq(send(held, head, sizeof head - 1, MSG_NOSIGNAL), (ssize_t)sizeof head - 1);
    usleep(100000);
    struct http_answer got = http_get(own.port, path);
    http_expect_problem(&got, 503, "queue_full");
    close(held);
    usleep(100000);
    for (int i = 0; i < 3; i++) { /* given back each time */
        got = http_get(own.port, path);
        ck_assert_int_eq(got.status, 200);
        http_free(&got);
    }
    got = http_get(own.port, "/metrics");
    ck_assert_ptr_nonnull(strstr(got.body.ptr, "\nnewsmeta_bytes_in_flight 0\n"));
    http_free(&got);
    ck_assert_int_eq(process_stop(&own), 0);
}
END_TEST

/* The service's own health check was the first connection, and is gone by then. */
START_TEST(bounds_the_connections_of_a_client)
{
    static const char *const settings[] = {"NEWSMETA_MAX_CONNECTIONS_PER_CLIENT=2", NULL};
    static const char request[] = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    struct process own = process_start_service(settings);
    int held[3];
    ssize_t got[3];
    char room[2000];
    usleep(50000);
    for (int i = 0; i < 3; i++) {
        held[i] = http_connect(own.port);
        send(held[i], request, sizeof request - 1, MSG_NOSIGNAL);
        got[i] = recv(held[i], room, sizeof room, 0);
    }
    ck_assert_int_gt(got[0], 0);
    ck_assert_int_gt(got[1], 0);
    ck_assert_int_le(got[2], 0);
    for (int i = 0; i < 3; i++)
        close(held[i]);
    usleep(50000);
    struct http_answer again = http_get(own.port, "/healthz");
    ck_assert_int_eq(again.status, 200);
    http_free(&again);
    ck_assert_int_eq(process_stop(&own), 0);
}
END_TEST

/* ------------------------------------------------------------------------- the end */

static void *ask_until_stopped(void *context)
{
    struct client *client = context;
    while (!atomic_load(client->stop)) {
        struct http_answer got = client->number % 2 ? http_get(client->port, "/version")
                                                    : http_post(client->port, "/v1/extract", "text/plain", SLICE("Bridge opens"));
        client->good += got.status == 200;
        client->busy += got.status == 503;
        client->refused += got.code == 7;   /* no longer listening */
        client->lost += got.code != 0 && got.code != 7 && got.code != 56; /* 56: reset while it waited to be accepted */
        http_free(&got);
    }
    return NULL;
}

/* Requests that take half a second are under way when SIGTERM comes: all are answered. Meanwhile others
 * come and go; they are answered, refused as draining, or find nobody listening. */
START_TEST(drains_under_load)
{
    const char *path = origin_target(&origin, "/wait");
    const char *const settings[] = {origin_allowed(&origin), NULL};
    struct process own = process_start_service(settings);
    struct client slow[12] = {0}, quick[4] = {0};
    atomic_bool stop_quick = false;
    for (int i = 0; i < 12; i++) {
        slow[i] = (struct client){.port = own.port, .path = path};
        pthread_create(&slow[i].thread, NULL, ask_once, &slow[i]);
    }
    for (int i = 0; i < 4; i++) {
        quick[i] = (struct client){.port = own.port, .number = i, .stop = &stop_quick};
        pthread_create(&quick[i].thread, NULL, ask_until_stopped, &quick[i]);
    }
    usleep(300000);
    kill(own.pid, SIGTERM);
    usleep(100000);
    struct http_answer late = http_get(own.port, "/version");
    ck_assert_int_eq(late.code, 7);
    http_free(&late);
    atomic_store(&stop_quick, true);
    int code = process_stop(&own);
    for (int i = 0; i < 12; i++) {
        pthread_join(slow[i].thread, NULL);
        ck_assert_msg(slow[i].got.status == 200, "client %d: %ld", i, slow[i].got.status);
        http_free(&slow[i].got);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(quick[i].thread, NULL);
        ck_assert_int_gt(quick[i].good, 0);
        ck_assert_int_eq(quick[i].lost, 0);
    }
    ck_assert_int_eq(code, 0);
}
END_TEST

/* A kept connection asks again while the service drains: 503, and /readyz says so too. */
START_TEST(refuses_new_work_while_draining)
{
    const char *path = origin_target(&origin, "/wait");
    const char *const settings[] = {origin_allowed(&origin), NULL};
    struct process own = process_start_service(settings);
    struct client slow = {.port = own.port, .path = path};
    int fds[2] = {http_connect(own.port), http_connect(own.port)};
    pthread_create(&slow.thread, NULL, ask_once, &slow);
    usleep(150000);
    kill(own.pid, SIGTERM);
    usleep(50000);
    static const char *const requests[] = {"GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n",
                                           "POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"};
    for (int i = 0; i < 2; i++) {
        char room[2000] = "";
        send(fds[i], requests[i], strlen(requests[i]), MSG_NOSIGNAL);
        recv(fds[i], room, sizeof room - 1, 0);
        ck_assert_msg(strncmp(room, "HTTP/1.1 503 ", 13) == 0 && strstr(room, "Connection: close") != NULL &&
                          strstr(room, "Retry-After: 5") != NULL, "%s", room);
        close(fds[i]);
    }
    pthread_join(slow.thread, NULL);
    ck_assert_int_eq(slow.got.status, 200);
    http_free(&slow.got);
    ck_assert_int_eq(process_stop(&own), 0);
}
END_TEST

START_TEST(gives_up_a_drain_that_takes_too_long)
{
    const char *path = origin_target(&origin, "/silent");
    const char *const settings[] = {origin_allowed(&origin), "NEWSMETA_DRAIN_TIMEOUT_MS=300", NULL};
    struct process own = process_start_service(settings);
    struct client slow = {.port = own.port, .path = path};
    pthread_create(&slow.thread, NULL, ask_once, &slow);
    usleep(150000);
    kill(own.pid, SIGTERM);
    int status;
    ck_assert_int_eq(waitpid(own.pid, &status, 0), own.pid);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    ck_assert(process_log_has(&own, "drain_timed_out"));
    pthread_join(slow.thread, NULL);
    ck_assert_int_ne(slow.got.code, 0);
    http_free(&slow.got);
}
END_TEST

Suite *e2e_load_suite(void)
{
    Suite *suite = suite_create("e2e");
    TCase *tcase = tcase_create("load");
    tcase_set_timeout(tcase, 90);
    tcase_add_unchecked_fixture(tcase, start, stop);
    tcase_add_loop_test(tcase, answers_every_line_of_a_batch, 0, 2);
    tcase_add_test(tcase, takes_an_empty_batch);
    tcase_add_test(tcase, survives_clients_that_go_away);
    tcase_add_test(tcase, gives_everybody_his_own_answer);
    tcase_add_test(tcase, refuses_at_once_when_full);
    tcase_add_test(tcase, bounds_the_bytes_in_flight);
    tcase_add_test(tcase, counts_fetched_pages_among_the_bytes_in_flight);
    tcase_add_test(tcase, bounds_the_connections_of_a_client);
    tcase_add_test(tcase, drains_under_load);
    tcase_add_test(tcase, refuses_new_work_while_draining);
    tcase_add_test(tcase, gives_up_a_drain_that_takes_too_long);
    suite_add_tcase(suite, tcase);
    return suite;
}
