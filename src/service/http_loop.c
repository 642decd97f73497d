#include "http_loop.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <netinet/in.h>

#include "base/clock.h"
#include "base/log.h"
#include "exchange.h"
#include "service/address.h"

/* A head with lines up to 10 kB (nginx lets by 8), 250 short fields or 15 kB of long ones; a window of the body; the
 * head of the answer. The library zeroes all of it for every request: of many connections that is what pushes
 * everything else out of the processor's caches (32 kB here make a refusal dearer by 1.5 us). */
#define CONNECTION_MEMORY_BYTES ((size_t)20 << 10)
#define CONNECTION_INCREMENT_BYTES ((size_t)4 << 10)
#define BACKLOG 1024
#define LONGEST_WAIT_MS 250
#define IDLE_ROUNDS 16 /* a long answer that the library sends on its own takes fewer */
#define IDLE_WAIT_MS 2
#define WAITING_PER_TURN                                                                                               \
    16 /* the library goes through all that wait in every round: where many do, it is several turns */
#define MOST_TURNS 8        /* so that no newcomer is left unread for more than some milliseconds */

enum order { ORDER_NONE, ORDER_QUIESCE, ORDER_END };

struct http_loop {
    struct http_loops *loops;
    struct MHD_Daemon *daemon;
    int epoll;         /* the daemon's */
    int awake;         /* eventfd: something was resumed, or there is an order */
    atomic_int order;  /* the last one */
    bool started, quiesced;
    struct backlog backlog; /* short requests */
    size_t idle_rounds;     /* in which the library had nothing to say */
    size_t turns;           /* left in this run of the library */
    size_t taken;           /* in this round */
    int64_t turn_began_ns, taken_ns; /* of the thread's own time */
    pthread_t thread;
};

struct http_loops {
    struct service *service;
    int listening, port;
    size_t most_per_client; /* connections; 0: no limit */
    pthread_mutex_t lock;   /* for the orders' answers */
    pthread_cond_t obeyed;
    int count, quiesced;
    struct http_loop loop[];
};

/* --------------------------------------------------------------------- the socket */

static bool listen_on(struct http_loops *loops, const struct settings *settings, const char **problem)
{
    const int one = 1;
    struct sockaddr_storage address;
    socklen_t len = address_read(settings, &address);
    *problem = "listen is not an IPv4 or IPv6 address";
    if (len == 0)
        return false;
    int fd = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool good = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
                (address.ss_family != AF_INET6 || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &one, sizeof one) == 0) &&
                bind(fd, (struct sockaddr *)&address, len) == 0 && listen(fd, BACKLOG) == 0 &&
                getsockname(fd, (struct sockaddr *)&address, &len) == 0;
    *problem = strerror(errno);
    loops->listening = fd;
    loops->port = ntohs(address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                                      : ((struct sockaddr_in *)&address)->sin_port);
    return good;
}

/* ---------------------------------------------------------------- libmicrohttpd */

static void log_library(void *cls, const char *format, va_list arguments)
{
    (void)cls;
    char message[300];
    vsnprintf(message, sizeof message, format, arguments);
    struct log_field field = log_text("message", slice_trim(slice_from_cstr(message)));
    log_event(LOG_DEBUG, "libmicrohttpd", &field, 1);
}

/* Inactivity that the library itself may end: while a reply is being sent. Longer than our own limits,
 * which are finer, and than a turn may be waited for. */
static unsigned library_timeout_s(const struct settings *settings)
{
    int ms = settings->idle_timeout_ms > settings->body_timeout_ms ? settings->idle_timeout_ms
                                                                   : settings->body_timeout_ms;
    if (settings->timeout_ms > ms)
        ms = settings->timeout_ms;
    return (unsigned)ms / 1000u + 2u;
}

static enum MHD_Result admit_client(void *cls, const struct sockaddr *address, socklen_t len)
{
    (void)len;
    const struct http_loops *loops = ((struct http_loop *)cls)->loops;
    struct client_address client;
    if (loops->most_per_client == 0 || !client_address_from_socket(address, &client))
        return MHD_YES;
    return connections_count_of(loops->service->connections, &client) < loops->most_per_client ? MHD_YES : MHD_NO;
}

/* A missing Host is refused in the exchange: MHD_OPTION_STRICT_FOR_CLIENT refuses it too, but with its status line
 * sent twice. */
static bool start_daemon(struct http_loop *loop, const struct settings *settings)
{
    int share = (settings->max_connections + loop->loops->count - 1) / loop->loops->count;
    loop->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, admit_client, loop, exchange_handle, loop,
        MHD_OPTION_EXTERNAL_LOGGER, log_library, NULL, MHD_OPTION_LISTEN_SOCKET, loop->loops->listening,
        MHD_OPTION_NOTIFY_CONNECTION, exchange_notify_connection, loop, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin,
        loop, MHD_OPTION_NOTIFY_COMPLETED, exchange_end, loop, MHD_OPTION_CONNECTION_LIMIT, (unsigned)share,
        MHD_OPTION_CONNECTION_TIMEOUT, library_timeout_s(settings), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        CONNECTION_MEMORY_BYTES, MHD_OPTION_CONNECTION_MEMORY_INCREMENT, CONNECTION_INCREMENT_BYTES, MHD_OPTION_END);
    const union MHD_DaemonInfo *info =
        loop->daemon ? MHD_get_daemon_info(loop->daemon, MHD_DAEMON_INFO_EPOLL_FD) : NULL;
    loop->epoll = info ? info->epoll_fd : -1;
    return info != NULL;
}

/* --------------------------------------------------------------------- the thread */

/* Connections that were made, but that nobody has accepted yet: closing the listening socket would
 * reset them, so one loop takes them in, to be told that the service shuts down. */
static void take_in_backlog(struct http_loop *loop)
{
    struct sockaddr_storage address;
    socklen_t len = sizeof address;
    int accepted;
    while ((accepted = accept4(loop->loops->listening, (struct sockaddr *)&address, &len,
                               SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
        MHD_add_connection(loop->daemon, accepted, (struct sockaddr *)&address, len); /* closes it where it cannot */
        len = sizeof address;
    }
}

/* On the loop's own thread: the library's quiescing is not safe beside its loop. */
static void quiesce(struct http_loop *loop)
{
    struct http_loops *loops = loop->loops;
    if (loop->quiesced)
        return;
    loop->quiesced = true;
    MHD_quiesce_daemon(loop->daemon);
    pthread_mutex_lock(&loops->lock);
    if (++loops->quiesced == loops->count)
        take_in_backlog(loop);
    pthread_cond_signal(&loops->obeyed);
    pthread_mutex_unlock(&loops->lock);
}

/* A connection that can neither go on nor be read from (a chunk's first line that is longer than the connection's
 * memory) is ready for the library for ever, and it asks not to wait: a core would turn idly until the body's time is
 * over. What happens elsewhere ends the wait. */
static int wait_of_ready(const struct http_loop *loop)
{
    return loop->idle_rounds > IDLE_ROUNDS ? IDLE_WAIT_MS : 0;
}

/* Never for long: where connections or descriptors had run out, the library stops listening, and begins again only when
 * it is run once more after one has been closed; no event says so. */
static int wait_ms(struct http_loop *loop)
{
    MHD_UNSIGNED_LONG_LONG ms;
    if (MHD_get_timeout(loop->daemon, &ms) != MHD_YES || ms > LONGEST_WAIT_MS)
        return LONGEST_WAIT_MS;
    return ms > 0 ? (int)ms : wait_of_ready(loop);
}

/* Until something happens, or not at all where something is left to do. */
static void wait_for_events(struct http_loop *loop)
{
    struct pollfd sources[] = {{.fd = loop->epoll, .events = POLLIN}, {.fd = loop->awake, .events = POLLIN}};
    atomic_size_t *awake = &loop->loops->service->loops_awake;
    uint64_t count;
    int ms = wait_ms(loop);
    if (ms == 0)
        return;
    atomic_fetch_sub(awake, 1);
    poll(sources, 2, ms);
    atomic_fetch_add(awake, 1);
    if (sources[1].revents) /* cleared before the library looks: what is resumed later sets it again */
        (void)!read(loop->awake, &count, sizeof count);
}

static size_t turns_of_round(const struct backlog *backlog)
{
    size_t turns = 1 + backlog->waiting / WAITING_PER_TURN, least = backlog_round_units(backlog);
    if (turns > MOST_TURNS)
        turns = MOST_TURNS;
    return turns > least ? turns : least;
}

/* Reads and writes all that can be; works on so many of what waits. */
static void run_library(struct http_loop *loop, size_t turns)
{
    loop->turns = turns;
    MHD_run(loop->daemon);
}

/* The library sends an answer at once only where it has just read the request; that to one which has waited goes out
 * when it is run again. Where few wait that is done now, which reads the newcomers as well, before the next turn
 * begins. What a turn takes is its share of the whole round, for those who wait for one wait for all of that. */
static void run_round(struct http_loop *loop)
{
    struct backlog *backlog = &loop->backlog;
    size_t waiting = backlog->waiting;
    int64_t start_ns = clock_now_ns(), own_start_ns = clock_thread_ns();
    loop->taken = 0;
    loop->taken_ns = 0;
    loop->idle_rounds++;
    run_library(loop, turns_of_round(backlog));
    if (waiting > 0 && waiting < WAITING_PER_TURN)
        run_library(loop, 0);
    if (loop->taken == 0)
        return;
    backlog_note_unit(backlog, (clock_now_ns() - start_ns) / (int64_t)loop->taken);
    backlog_note_round(backlog, loop->taken, loop->taken_ns, clock_thread_ns() - own_start_ns);
}

static void *run_loop(void *context)
{
    struct http_loop *loop = context;
    int order;
    atomic_fetch_add(&loop->loops->service->loops_awake, 1);
    while ((order = atomic_load(&loop->order)) != ORDER_END) {
        if (order == ORDER_QUIESCE)
            quiesce(loop);
        wait_for_events(loop);
        run_round(loop);
    }
    return NULL;
}

void http_loop_wake(struct http_loop *loop)
{
    const uint64_t one = 1;
    (void)!write(loop->awake, &one, sizeof one); /* full is as good */
}

void http_loop_note_call(struct http_loop *loop)
{
    loop->idle_rounds = 0;
}

struct service *http_loop_service(const struct http_loop *loop)
{
    return loop->loops->service;
}

struct backlog *http_loop_backlog(struct http_loop *loop)
{
    return &loop->backlog;
}

bool http_loop_has_turn(const struct http_loop *loop)
{
    return loop->turns > 0;
}

bool http_loop_begin_turn(struct http_loop *loop)
{
    if (!http_loop_has_turn(loop))
        return false;
    loop->turns--;
    loop->taken++;
    loop->turn_began_ns = clock_thread_ns();
    return true;
}

void http_loop_end_turn(struct http_loop *loop)
{
    loop->taken_ns += clock_thread_ns() - loop->turn_began_ns;
}

/* ------------------------------------------------------------------- all of them */

static bool start_loop(struct http_loops *loops, struct http_loop *loop, const struct settings *settings)
{
    loop->loops = loops;
    loop->backlog = (struct backlog){
        .servers = 1, .capacity = (size_t)settings->queue, .target_ns = settings->queue_target_ms * CLOCK_NS_PER_MS};
    loop->awake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    loop->started = loop->awake >= 0 && start_daemon(loop, settings) &&
                    pthread_create(&loop->thread, NULL, run_loop, loop) == 0;
    return loop->started;
}

struct http_loops *http_loops_start(struct service *service, const struct settings *settings, const char **problem)
{
    int count = settings->http_threads > 0 ? settings->http_threads : (int)service->cores;
    struct http_loops *loops = calloc(1, sizeof *loops + (size_t)count * sizeof loops->loop[0]);
    *problem = strerror(ENOMEM);
    if (!loops)
        return NULL;
    loops->service = service;
    loops->listening = -1;
    loops->most_per_client = (size_t)settings->max_connections_per_client;
    loops->count = count;
    pthread_mutex_init(&loops->lock, NULL);
    pthread_cond_init(&loops->obeyed, NULL);
    bool good = listen_on(loops, settings, problem);
    for (int i = 0; good && i < count; i++) {
        good = start_loop(loops, &loops->loop[i], settings);
        *problem = "threads cannot be started";
    }
    if (good)
        return loops;
    http_loops_stop(loops);
    http_loops_destroy(loops);
    return NULL;
}

int http_loops_port(const struct http_loops *loops)
{
    return loops->port;
}

static void give_order(struct http_loops *loops, enum order order)
{
    for (int i = 0; i < loops->count; i++)
        if (loops->loop[i].started) {
            atomic_store(&loops->loop[i].order, order);
            http_loop_wake(&loops->loop[i]);
        }
}

void http_loops_quiesce(struct http_loops *loops)
{
    give_order(loops, ORDER_QUIESCE);
    pthread_mutex_lock(&loops->lock);
    while (loops->quiesced < loops->count)
        pthread_cond_wait(&loops->obeyed, &loops->lock);
    pthread_mutex_unlock(&loops->lock);
    close(loops->listening);
    loops->listening = -1;
}

void http_loops_stop(struct http_loops *loops)
{
    give_order(loops, ORDER_END);
    for (int i = 0; i < loops->count; i++) {
        struct http_loop *loop = &loops->loop[i];
        if (loop->started)
            pthread_join(loop->thread, NULL);
        if (loop->daemon && !loop->quiesced)
            MHD_quiesce_daemon(loop->daemon); /* the socket is not the library's to close */
        if (loop->daemon)
            MHD_stop_daemon(loop->daemon);
        loop->daemon = NULL;
    }
}

void http_loops_destroy(struct http_loops *loops)
{
    if (!loops)
        return;
    for (int i = 0; i < loops->count; i++)
        if (loops->loop[i].loops && loops->loop[i].awake >= 0)
            close(loops->loop[i].awake);
    if (loops->listening >= 0)
        close(loops->listening);
    pthread_cond_destroy(&loops->obeyed);
    pthread_mutex_destroy(&loops->lock);
    free(loops);
}
