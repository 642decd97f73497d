/* load: many keep-alive clients in one thread, each answer held against its request.
 *
 * usage: load --port=N [--connections=N] [--warm=N] [--seconds=N] [--rate=PER_SECOND] [--kinds=LIST] [--bad=PERCENT]
 *             [--origin=PORT] [--slow=N] FILE...
 *
 * FILE: articles (.txt, .html). Kinds: text, page, url, batch, health. Before the load every different request is made
 * once, alone; from then on its answer must be the same to the byte (but for the request's id, which is new each
 * time and must come back). Without --rate each client asks again as soon as it is answered; with it requests fall due
 * evenly.
 *
 * The time of a request ends when the kernel has taken in its answer, and begins when it is sent; but when it was due, where no
 * client was free then (who has to wait for one is late, not left out). So what this program itself comes late to, for want of
 * a core, is not taken for the service's: how late it was stands beside ("sent_late", "read_late").
 * --warm: seconds of load before those that are counted.
 * --slow: this many connections that send a byte of a head a second instead, and nothing else.
 * Prints one JSON object; times in microseconds. Exit status 1: an answer was lost or wrong. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "load_answer.h"
#include "load_case.h"
#include "load_origin.h"
#include "load_samples.h"
#include "load_socket.h"

#define MAX_STATUS 600
#define MOST_EVENTS 16 /* at a time: requests fall due meanwhile */
#define SLOW_INTERVAL_NS (1000 * CLOCK_NS_PER_MS)
#define ANSWER_LIMIT_NS (60000 * CLOCK_NS_PER_MS) /* an answer that takes longer is lost */

struct client {
    int fd;
    bool busy;
    struct load_case *what;
    char id[LOAD_ID_LENGTH + 1];
    size_t sent;
    int64_t begun_ns, came_ns; /* the request; the last of its answer */
    struct load_answer answer;
};

static struct {
    int port, connections, warm, seconds, bad_percent, origin_port, slow;
    double rate;
    const char *kinds;
} options = {.connections = 64, .seconds = 10, .bad_percent = 0, .kinds = "text"};

static struct load_cases cases;
static struct client *clients;
static int *idle;
static size_t idle_count;
static int poller;
static uint64_t sequence, chance = 0x9E3779B97F4A7C15u;
static uint64_t by_status[MAX_STATUS], lost, wrong, reconnects, not_sent;
static struct load_samples answered, refused, sent_late, read_late;
static int64_t counted_from_ns = INT64_MAX; /* requests that have begun since */

static uint64_t next_chance(void) /* xorshift64: the same load every time */
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    return chance ^= chance << 17;
}

static void watch(struct client *client, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.u32 = (uint32_t)(client - clients)};
    epoll_ctl(poller, EPOLL_CTL_MOD, client->fd, &event);
}

static void connect_client(struct client *client)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)(client - clients)};
    client->fd = load_socket_connect(options.port);
    if (client->fd < 0) {
        perror("load: connect");
        exit(2);
    }
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
    fprintf(stderr, "load: no answer (%s, %zu bytes of it): %.60s\n", why, client->answer.bytes.len, client->what->bytes.ptr);
    reconnect(client);
    release(client);
}

static void send_more(struct client *client)
{
    struct slice bytes = buffer_slice(&client->what->bytes);
    while (client->sent < bytes.len) {
        size_t until = client->sent < client->what->id_at ? client->what->id_at : bytes.len;
        struct slice piece = slice_sub(bytes, client->sent, until);
        if (client->sent >= client->what->id_at && client->sent < client->what->id_at + LOAD_ID_LENGTH)
            piece = slice_of(client->id + (client->sent - client->what->id_at),
                             LOAD_ID_LENGTH - (client->sent - client->what->id_at));
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

static void begin(struct client *client, struct load_case *what, int64_t begun_ns)
{
    client->busy = true;
    client->what = what;
    client->begun_ns = begun_ns;
    client->sent = 0;
    load_answer_clear(&client->answer);
    snprintf(client->id, sizeof client->id, "%0*llx", LOAD_ID_LENGTH, (unsigned long long)(++sequence * 0x100000001b3u + 7));
    send_more(client);
}

static void judge(struct client *client)
{
    const char *why = load_answer_judge(&client->answer, client->id, client->what);
    if (!why)
        return;
    wrong++;
    fprintf(stderr, "load: %s (%d): %.60s\n", why, client->answer.status, client->what->bytes.ptr);
}

static void count(const struct client *client)
{
    int status = client->answer.status;
    int64_t took_ns = client->came_ns - client->begun_ns; /* below 0 where the clock of the day, which stamps, was set */
    by_status[status < MAX_STATUS ? status : 0]++;
    load_samples_add(status == 503 ? &refused : &answered, took_ns > 0 ? took_ns : 0);
    load_samples_add(&read_late, clock_now_ns() - client->came_ns);
}

static void finish(struct client *client)
{
    if (client->begun_ns >= counted_from_ns)
        count(client);
    judge(client);
    if (client->answer.closes)
        reconnect(client);
    release(client);
}

static void receive(struct client *client)
{
    char room[65536];
    ssize_t len = load_socket_receive(client->fd, room, sizeof room, &client->came_ns);
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
    buffer_append(&client->answer.bytes, slice_of(room, (size_t)len));
    if (load_answer_is_whole(&client->answer))
        finish(client);
}

/* ------------------------------------------------------------------- the load */

static void serve_events(int wait_ms)
{
    struct epoll_event events[MOST_EVENTS];
    int ready = epoll_wait(poller, events, MOST_EVENTS, wait_ms);
    for (int i = 0; i < ready; i++) {
        struct client *client = &clients[events[i].data.u32];
        if (events[i].events & EPOLLOUT && client->busy)
            send_more(client);
        if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            receive(client);
    }
}

static struct load_case *choose(void)
{
    bool bad = cases.count > cases.good && next_chance() % 100 < (uint64_t)options.bad_percent;
    size_t first = bad ? cases.good : 0, count = bad ? cases.count - cases.good : cases.good;
    return &cases.list[first + next_chance() % count];
}

static void learn_answer(struct load_case *what)
{
    begin(&clients[idle[--idle_count]], what, clock_now_ns());
    for (int64_t end_ns = clock_now_ns() + ANSWER_LIMIT_NS; idle_count < (size_t)options.connections;) {
        serve_events(100);
        if (clock_now_ns() > end_ns) {
            fprintf(stderr, "load: no answer: %.60s\n", what->bytes.ptr);
            exit(2);
        }
    }
    if (what->is_bad ? what->status < 400 : what->status != 200 && what->status != 422)
        fprintf(stderr, "load: answered with %d: %.80s\n", what->status, what->bytes.ptr);
}

static void learn_answers(void)
{
    for (size_t i = 0; i < cases.count; i++)
        learn_answer(&cases.list[i]);
    reconnects = lost = wrong = 0;
}

static void give_up_on_late(int64_t now_ns)
{
    for (int i = 0; i < options.connections; i++)
        if (clients[i].busy && now_ns - clients[i].begun_ns > ANSWER_LIMIT_NS)
            end_as_lost(&clients[i], "too late");
}

struct pace {
    int64_t start_ns, starved_ns; /* the last time that no client was free */
    double interval_ns;           /* 0: everybody asks again at once */
    uint64_t due;                 /* requests so far */
};

static void begin_one(struct pace *pace, int64_t due_ns)
{
    int64_t now_ns = clock_now_ns();
    if (pace->interval_ns > 0 && now_ns >= counted_from_ns)
        load_samples_add(&sent_late, now_ns - due_ns);
    begin(&clients[idle[--idle_count]], choose(), pace->interval_ns > 0 && due_ns < pace->starved_ns ? due_ns : now_ns);
    pace->due++;
}

/* Everybody who is idle, or those requests that have fallen due. */
static void begin_due(struct pace *pace, int64_t now_ns)
{
    while (idle_count) {
        int64_t due_ns = pace->start_ns + (int64_t)(pace->interval_ns * (double)pace->due);
        if (pace->interval_ns > 0 && due_ns > now_ns)
            return;
        begin_one(pace, due_ns);
    }
    pace->starved_ns = now_ns;
}

static void run(void)
{
    struct pace pace = {.start_ns = clock_now_ns(), .interval_ns = options.rate > 0 ? 1e9 / options.rate : 0};
    int64_t second_ns = 1000 * CLOCK_NS_PER_MS, now_ns = pace.start_ns;
    counted_from_ns = pace.start_ns + options.warm * second_ns;
    int64_t end_ns = counted_from_ns + options.seconds * second_ns;
    while (now_ns < end_ns) {
        begin_due(&pace, now_ns);
        serve_events(pace.interval_ns <= 0 ? 100 : idle_count ? 0 : 1);
        now_ns = clock_now_ns();
    }
    if (pace.interval_ns > 0 && (double)(end_ns - pace.start_ns) / pace.interval_ns > (double)pace.due)
        not_sent = (uint64_t)((double)(end_ns - pace.start_ns) / pace.interval_ns) - pace.due;
    while (idle_count < (size_t)options.connections) { /* every answer is waited for */
        serve_events(100);
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
    load_samples_print("answered", &answered);
    load_samples_print("refused", &refused);
    load_samples_print("sent_late", &sent_late);
    load_samples_print("read_late", &read_late);
    printf("}\n");
}

static void set_option(const char *name, const char *value)
{
    const struct {
        const char *name;
        int *number;
    } numbers[] = {{"--port", &options.port},       {"--connections", &options.connections},
                   {"--warm", &options.warm},       {"--seconds", &options.seconds}, {"--bad", &options.bad_percent},
                   {"--origin", &options.origin_port}, {"--slow", &options.slow}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (strcmp(name, numbers[i].name) == 0)
            *numbers[i].number = (int)strtol(value, NULL, 10);
    if (strcmp(name, "--rate") == 0)
        options.rate = strtod(value, NULL);
    if (strcmp(name, "--kinds") == 0)
        options.kinds = value;
}

/* Where the files begin; more than `argc` when an option cannot be read. */
static int read_options(int argc, char **argv)
{
    int at = 1;
    for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
        char *value = strchr(argv[at], '=');
        if (!value)
            return argc + 1;
        *value++ = '\0';
        set_option(argv[at], value);
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
        clients[i].answer.bytes = buffer_make(SIZE_MAX / 4);
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
    struct load_plan plan = {options.kinds, options.bad_percent > 0, options.origin_port};
    if (!options.slow)
        cases = load_cases_make(&plan, arena, argc - at, argv + at);
    if (options.origin_port && !load_origin_start(options.origin_port))
        return fputs("load: the origin cannot listen\n", stderr), 2;
    open_clients();
    if (options.slow) {
        run_slow();
        return 0;
    }
    if (!cases.count)
        return fputs("load: there is nothing to ask\n", stderr), 2;
    learn_answers();
    run();
    report();
    return lost || wrong;
}
