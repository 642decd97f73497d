/* load: many keep-alive clients in one thread, each answer held against its request.
 *
 * usage: load --port=N [--connections=N] [--seconds=N] [--rate=PER_SECOND] [--kinds=LIST] [--bad=PERCENT]
 *             [--origin=PORT] [--slow=N] [--cores=N] FILE...
 *
 * FILE: articles (.txt, .html). Kinds: text, page, url, batch, health. Before the load every different request is made
 * once, alone; from then on its answer must be the same to the byte (but for the request's id, which is new each
 * time and must come back). Without --rate each client asks again as soon as it is answered; with it requests fall due
 * evenly, and their time counts from then (whoever waits for a free client is late, not left out).
 * --slow: this many connections that send a byte of a head a second instead, and nothing else.
 * Prints one JSON object; times in microseconds. Exit status 1: an answer was lost or wrong. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "load_origin.h"
#include "pipeline/input_file.h"
#include "pipeline/request.h"

#define ID_LENGTH 16
#define MAX_CASES 4096
#define MAX_STATUS 600
#define SLOW_INTERVAL_NS (1000 * CLOCK_NS_PER_MS)
#define ANSWER_LIMIT_NS (60000 * CLOCK_NS_PER_MS) /* an answer that takes longer is lost */

/* One different request. The id's place is filled in when it is sent. */
struct request_case {
    struct buffer bytes;
    size_t id_at;
    bool is_bad, closes;
    int status;        /* learnt from the first answer */
    uint64_t digest;
};

struct client {
    int fd;
    bool busy;
    const struct request_case *what;
    char id[ID_LENGTH + 1];
    size_t sent;
    int64_t due_ns;
    struct buffer answer;
    size_t head_len, body_len; /* of the answer; body_len SIZE_MAX: chunked */
    int status;
    bool closes;
};

struct samples {
    uint32_t *us;
    size_t count, room;
};

static struct {
    int port, connections, seconds, bad_percent, origin_port, slow;
    double rate;
    const char *kinds;
} options = {.connections = 64, .seconds = 10, .bad_percent = 0, .kinds = "text"};

static struct request_case cases[MAX_CASES];
static size_t good_count, case_count; /* the bad ones follow the good */
static struct client *clients;
static int *idle;
static size_t idle_count;
static int poller;
static uint64_t sequence, chance = 0x9E3779B97F4A7C15u;
static uint64_t by_status[MAX_STATUS], lost, wrong, reconnects, not_sent;
static struct samples answered, refused;

/* ------------------------------------------------------------------- requests */

static uint64_t next_chance(void) /* xorshift64: the same load every time */
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    return chance ^= chance << 17;
}

static void add_case(bool is_bad, const char *method, const char *target, const char *fields, struct slice body)
{
    if (case_count == MAX_CASES)
        return;
    struct request_case *made = &cases[case_count++];
    *made = (struct request_case){.bytes = buffer_make(SIZE_MAX / 4), .is_bad = is_bad};
    buffer_printf(&made->bytes, "%s %s HTTP/1.1\r\nHost: load\r\nX-Request-Id: ", method, target);
    made->id_at = made->bytes.len;
    buffer_printf(&made->bytes, "%0*d\r\n%s", ID_LENGTH, 0, fields);
    if (strcmp(method, "POST") == 0 && !strstr(fields, "Content-Length"))
        buffer_printf(&made->bytes, "Content-Length: %zu\r\n", body.len);
    buffer_append(&made->bytes, SLICE("\r\n"));
    buffer_append(&made->bytes, body);
}

static bool wants(const char *kind)
{
    return strstr(options.kinds, kind) != NULL;
}

static void add_article(struct slice bytes, bool is_page, int index)
{
    char target[200];
    if (!is_page && wants("text"))
        add_case(false, "POST", "/v1/extract", "Content-Type: text/plain\r\n", bytes);
    if (is_page && wants("page"))
        add_case(false, "POST", "/v1/extract", "Content-Type: text/html\r\n", bytes);
    if (is_page && wants("url")) {
        snprintf(target, sizeof target, "/v1/extract?url=http://127.0.0.1:%d/%d", options.origin_port, index);
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

static void make_cases(struct arena *arena, int count, char **paths)
{
    for (int i = 0; i < count; i++) {
        struct job job;
        request_init(&job, arena, NULL, NULL);
        if (input_file_read(&job, paths[i]))
            continue;
        size_t len = strlen(paths[i]);
        bool is_page = len > 5 && strcmp(paths[i] + len - 5, ".html") == 0;
        if (is_page)
            load_origin_add(i, job.input);
        add_article(job.input, is_page, i);
    }
    if (wants("batch"))
        add_batches();
    if (wants("health"))
        add_case(false, "GET", "/healthz", "", SLICE(""));
    good_count = case_count;
    if (options.bad_percent)
        add_bad_cases();
}

/* -------------------------------------------------------------------- answers */

/* FNV-1a over the body, the request's id passed over. */
static uint64_t digest_body(struct slice body, const char *id)
{
    uint64_t digest = 0xcbf29ce484222325u;
    for (size_t i = 0; i < body.len; i++) {
        if (body.ptr[i] == id[0] && body.len - i >= ID_LENGTH && memcmp(body.ptr + i, id, ID_LENGTH) == 0)
            i += ID_LENGTH - 1;
        else
            digest = (digest ^ (unsigned char)body.ptr[i]) * 0x100000001b3u;
    }
    return digest;
}

static struct slice field_value(struct slice head, const char *name)
{
    char *at = strcasestr(head.ptr, name); /* the head ends in a NUL by then */
    if (!at)
        return SLICE_NULL;
    at += strlen(name);
    return slice_trim(slice_of(at, strcspn(at, "\r\n")));
}

/* Reads the head once it is whole; false: it is not yet. */
static bool read_head(struct client *client)
{
    if (client->head_len)
        return true;
    char *end = memmem(client->answer.ptr, client->answer.len, "\r\n\r\n", 4);
    if (!end)
        return false;
    end[2] = '\0';
    client->head_len = (size_t)(end - client->answer.ptr) + 4;
    struct slice head = slice_of(client->answer.ptr, client->head_len - 2), length = field_value(head, "\r\nContent-Length:");
    uint64_t number = 0;
    client->status = client->answer.len > 12 ? (int)strtol(client->answer.ptr + 9, NULL, 10) : 0;
    client->closes = slice_equals_nocase(field_value(head, "\r\nConnection:"), SLICE("close"));
    client->body_len = length.ptr && slice_to_u64(length, INT64_MAX, &number) ? (size_t)number : SIZE_MAX;
    return true;
}

static bool is_whole(struct client *client)
{
    if (!read_head(client))
        return false;
    size_t got = client->answer.len - client->head_len;
    if (client->body_len != SIZE_MAX)
        return got >= client->body_len;
    return got >= 5 && memcmp(client->answer.ptr + client->answer.len - 5, "0\r\n\r\n", 5) == 0;
}

/* The pieces of a chunked body end where the server pleases: what counts is what stands in them. */
static struct slice join_chunks(struct slice body, struct buffer *joined)
{
    while (body.len) {
        char *end;
        size_t size = strtoul(body.ptr, &end, 16);
        struct slice rest = slice_sub(body, (size_t)(end - body.ptr) + 2, body.len);
        if (size == 0 || size + 2 > rest.len)
            break;
        buffer_append(joined, slice_sub(rest, 0, size));
        body = slice_sub(rest, size + 2, rest.len);
    }
    return buffer_slice(joined);
}

static void learn_or_compare(struct client *client, uint64_t digest)
{
    struct request_case *what = &cases[client->what - cases];
    if (what->status == 0) {
        what->status = client->status;
        what->digest = digest;
    } else if (client->status != what->status || digest != what->digest) {
        wrong++;
        fprintf(stderr, "load: not the answer of before (%d, then %d): %.60s\n", what->status, client->status,
                what->bytes.ptr);
    }
}

static void judge(struct client *client)
{
    struct buffer joined = buffer_make(SIZE_MAX / 4);
    struct slice head = slice_of(client->answer.ptr, client->head_len - 2);
    struct slice body = slice_sub(buffer_slice(&client->answer), client->head_len, client->answer.len);
    if (client->body_len == SIZE_MAX)
        body = join_chunks(body, &joined);
    bool full = client->status == 503 || client->status == 408;
    if (!slice_equals(field_value(head, "\r\nX-Request-Id:"), slice_of(client->id, ID_LENGTH)) && client->status != 408) {
        wrong++;
        fprintf(stderr, "load: an answer with another request's id\n");
    } else if (!full) {
        learn_or_compare(client, digest_body(body, client->id));
    } else if (client->status == 503 && !field_value(head, "\r\nRetry-After:").ptr) {
        wrong++;
        fprintf(stderr, "load: 503 without Retry-After\n");
    }
    buffer_free(&joined);
}

static void add_sample(struct samples *samples, int64_t ns)
{
    if (samples->count == samples->room) {
        samples->room = samples->room ? samples->room * 2 : 4096;
        samples->us = realloc(samples->us, samples->room * sizeof samples->us[0]);
        if (!samples->us)
            abort();
    }
    samples->us[samples->count++] = (uint32_t)(ns / 1000);
}

/* -------------------------------------------------------------------- clients */

static void watch(struct client *client, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.u32 = (uint32_t)(client - clients)};
    epoll_ctl(poller, EPOLL_CTL_MOD, client->fd, &event);
}

static void connect_client(struct client *client)
{
    const int one = 1;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)(client - clients)};
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->fd < 0 || connect(client->fd, (struct sockaddr *)&to, sizeof to) != 0) {
        perror("load: connect");
        exit(2);
    }
    setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(client->fd, F_SETFL, O_NONBLOCK);
    epoll_ctl(poller, EPOLL_CTL_ADD, client->fd, &event);
}

static void reconnect(struct client *client)
{
    close(client->fd);
    reconnects++;
    connect_client(client);
}

static void release(struct client *client)
{
    client->busy = false;
    idle[idle_count++] = (int)(client - clients);
}

static void end_as_lost(struct client *client, const char *why)
{
    lost++;
    fprintf(stderr, "load: no answer (%s, %zu bytes of it): %.60s\n", why, client->answer.len, client->what->bytes.ptr);
    reconnect(client);
    release(client);
}

static void send_more(struct client *client)
{
    struct slice bytes = buffer_slice(&client->what->bytes);
    while (client->sent < bytes.len) {
        size_t until = client->sent < client->what->id_at ? client->what->id_at : bytes.len;
        struct slice piece = slice_sub(bytes, client->sent, until);
        if (client->sent >= client->what->id_at && client->sent < client->what->id_at + ID_LENGTH)
            piece = slice_of(client->id + (client->sent - client->what->id_at),
                             ID_LENGTH - (client->sent - client->what->id_at));
        bool more = client->sent + piece.len < bytes.len; /* the pieces travel together */
        ssize_t len = send(client->fd, piece.ptr, piece.len, MSG_NOSIGNAL | (more ? MSG_MORE : 0));
        if (len <= 0) {
            if (len < 0 && errno != EAGAIN)
                client->sent = bytes.len; /* refused before the upload's end: the answer may still be there */
            else
                watch(client, EPOLLIN | EPOLLOUT);
            return;
        }
        client->sent += (size_t)len;
    }
    watch(client, EPOLLIN);
}

static void begin(struct client *client, const struct request_case *what, int64_t due_ns)
{
    client->busy = true;
    client->what = what;
    client->due_ns = due_ns;
    client->sent = client->head_len = 0;
    buffer_clear(&client->answer);
    snprintf(client->id, sizeof client->id, "%0*llx", ID_LENGTH, (unsigned long long)(++sequence * 0x100000001b3u + 7));
    send_more(client);
}

static void finish(struct client *client, int64_t now_ns, bool count)
{
    judge(client);
    if (count) {
        by_status[client->status < MAX_STATUS ? client->status : 0]++;
        add_sample(client->status == 503 ? &refused : &answered, now_ns - client->due_ns);
    }
    if (client->closes)
        reconnect(client);
    release(client);
}

static void receive(struct client *client, int64_t now_ns, bool count)
{
    char room[65536];
    ssize_t len = recv(client->fd, room, sizeof room, 0);
    if (len < 0 && errno == EAGAIN)
        return;
    if (!client->busy) { /* ended by the other side between two requests */
        reconnect(client);
        return;
    }
    if (len <= 0) {
        end_as_lost(client, len == 0 ? "closed" : strerror(errno));
        return;
    }
    buffer_append(&client->answer, slice_of(room, (size_t)len));
    if (is_whole(client))
        finish(client, now_ns, count);
}

/* ------------------------------------------------------------------- the load */

static void serve_events(int wait_ms, bool count)
{
    struct epoll_event events[256];
    int ready = epoll_wait(poller, events, 256, wait_ms);
    int64_t now_ns = clock_now_ns();
    for (int i = 0; i < ready; i++) {
        struct client *client = &clients[events[i].data.u32];
        if (events[i].events & EPOLLOUT && client->busy)
            send_more(client);
        if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            receive(client, now_ns, count);
    }
}

static const struct request_case *choose(void)
{
    bool bad = case_count > good_count && next_chance() % 100 < (uint64_t)options.bad_percent;
    size_t first = bad ? good_count : 0, count = bad ? case_count - good_count : good_count;
    return &cases[first + next_chance() % count];
}

static void learn_answers(void)
{
    for (size_t i = 0; i < case_count; i++) {
        begin(&clients[idle[--idle_count]], &cases[i], clock_now_ns());
        for (int64_t end_ns = clock_now_ns() + ANSWER_LIMIT_NS; idle_count < (size_t)options.connections;) {
            serve_events(100, false);
            if (clock_now_ns() > end_ns)
                exit(fprintf(stderr, "load: no answer: %.60s\n", cases[i].bytes.ptr) ? 2 : 2);
        }
        if (cases[i].is_bad ? cases[i].status < 400 : cases[i].status != 200 && cases[i].status != 422)
            fprintf(stderr, "load: answered with %d: %.80s\n", cases[i].status, cases[i].bytes.ptr);
    }
    reconnects = lost = wrong = 0;
}

static void give_up_on_late(int64_t now_ns)
{
    for (int i = 0; i < options.connections; i++)
        if (clients[i].busy && now_ns - clients[i].due_ns > ANSWER_LIMIT_NS)
            end_as_lost(&clients[i], "too late");
}

static void run(void)
{
    int64_t start_ns = clock_now_ns(), end_ns = start_ns + options.seconds * 1000 * CLOCK_NS_PER_MS, now_ns = start_ns;
    double interval_ns = options.rate > 0 ? 1e9 / options.rate : 0;
    uint64_t due = 0;
    while (now_ns < end_ns) {
        if (interval_ns > 0)
            while (idle_count && (double)(now_ns - start_ns) >= interval_ns * (double)due) {
                begin(&clients[idle[--idle_count]], choose(), start_ns + (int64_t)(interval_ns * (double)due));
                due++;
            }
        else
            while (idle_count)
                begin(&clients[idle[--idle_count]], choose(), now_ns);
        serve_events(interval_ns > 0 ? (idle_count ? 0 : 1) : 100, true);
        now_ns = clock_now_ns();
    }
    if (interval_ns > 0 && (double)(end_ns - start_ns) / interval_ns > (double)due)
        not_sent = (uint64_t)((double)(end_ns - start_ns) / interval_ns) - due;
    while (idle_count < (size_t)options.connections) { /* every answer is waited for */
        serve_events(100, true);
        give_up_on_late(clock_now_ns());
    }
}

static void run_slow(void)
{
    static const char head[] = "GET /healthz HTTP/1.1\r\nHost: load\r\nX-Slow: ";
    int64_t end_ns = clock_now_ns() + options.seconds * 1000 * CLOCK_NS_PER_MS;
    for (size_t at = 0; clock_now_ns() < end_ns; at++) {
        int64_t next_ns = clock_now_ns() + SLOW_INTERVAL_NS;
        for (int i = 0; i < options.connections; i++)
            if (send(clients[i].fd, at < sizeof head - 1 ? head + at : "x", 1, MSG_NOSIGNAL) < 0)
                reconnect(&clients[i]);
        while (clock_now_ns() < next_ns)
            usleep(10000);
    }
}

/* ----------------------------------------------------------------- the report */

static int compare(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static void print_samples(const char *name, struct samples *samples)
{
    qsort(samples->us, samples->count, sizeof samples->us[0], compare);
    size_t n = samples->count;
    printf(", \"%s\": {\"count\": %zu, \"p50\": %u, \"p90\": %u, \"p99\": %u, \"p999\": %u, \"max\": %u}", name, n,
           n ? samples->us[n / 2] : 0, n ? samples->us[n - 1 - n / 10] : 0, n ? samples->us[n - 1 - n / 100] : 0, n ? samples->us[n - 1 - n / 1000] : 0, n ? samples->us[n - 1] : 0);
}

static void report(void)
{
    const char *separator = "";
    printf("{\"seconds\": %d, \"lost\": %llu, \"wrong\": %llu, \"reconnects\": %llu, \"not_sent\": %llu, \"by_status\": {",
           options.seconds, (unsigned long long)lost, (unsigned long long)wrong, (unsigned long long)reconnects,
           (unsigned long long)not_sent);
    for (int i = 0; i < MAX_STATUS; i++)
        if (by_status[i]) {
            printf("%s\"%d\": %llu", separator, i, (unsigned long long)by_status[i]);
            separator = ", ";
        }
    printf("}");
    print_samples("answered", &answered);
    print_samples("refused", &refused);
    printf("}\n");
}

static int read_options(int argc, char **argv)
{
    int at = 1;
    for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
        char *value = strchr(argv[at], '=');
        if (!value)
            return argc + 1;
        *value++ = '\0';
        struct {
            const char *name;
            int *number;
        } numbers[] = {{"--port", &options.port},      {"--connections", &options.connections},
                       {"--seconds", &options.seconds}, {"--bad", &options.bad_percent},
                       {"--origin", &options.origin_port}, {"--slow", &options.slow}};
        for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
            if (strcmp(argv[at], numbers[i].name) == 0)
                *numbers[i].number = (int)strtol(value, NULL, 10);
        if (strcmp(argv[at], "--rate") == 0)
            options.rate = strtod(value, NULL);
        if (strcmp(argv[at], "--kinds") == 0)
            options.kinds = value;
    }
    if (options.slow)
        options.connections = options.slow;
    return at;
}

static void open_clients(void)
{
    struct rlimit files = {.rlim_cur = 0};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    poller = epoll_create1(EPOLL_CLOEXEC);
    clients = calloc((size_t)options.connections, sizeof clients[0]);
    idle = calloc((size_t)options.connections, sizeof idle[0]);
    if (!clients || !idle)
        abort();
    for (int i = 0; i < options.connections; i++) {
        clients[i].answer = buffer_make(SIZE_MAX / 4);
        connect_client(&clients[i]);
        release(&clients[i]);
    }
}

int main(int argc, char **argv)
{
    int at = read_options(argc, argv);
    if (at > argc || !options.port || options.connections < 1)
        return fputs("usage: load --port=N [OPTION=VALUE...] FILE...\n", stderr), 2;
    struct arena *arena = arena_create();
    if (!options.slow)
        make_cases(arena, argc - at, argv + at);
    if (options.origin_port && !load_origin_start(options.origin_port))
        return fputs("load: the origin cannot listen\n", stderr), 2;
    open_clients();
    if (options.slow) {
        run_slow();
        return 0;
    }
    if (!case_count)
        return fputs("load: there is nothing to ask\n", stderr), 2;
    learn_answers();
    run();
    report();
    return lost || wrong;
}
