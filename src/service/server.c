#include "service/server.h"

#include "service/address.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "exchange.h"

#define KEEP_INTERVAL_NS 250000000 /* how often slow connections are looked for */
#define DRAIN_INTERVAL_NS 5000000
#define DRAIN_NOTICE_NS (100 * CLOCK_NS_PER_MS) /* for requests of the last connections to arrive and be refused */
#define CONNECTION_MEMORY_BYTES ((size_t)48 << 10) /* headers, and a window of the body that is being read */
#define CONNECTION_INCREMENT_BYTES ((size_t)16 << 10)
#define BACKLOG 1024u

/* ------------------------------------------------------------------- the parts */

static void service_destroy(struct service *service)
{
    workers_destroy(service->extractors); /* nothing is at work, so neither pushes to the other */
    workers_destroy(service->fetchers);
    connections_destroy(service->connections);
    metrics_destroy(service->metrics);
    arenas_destroy(service->arenas);
    configuration_release(service->configurations.current);
    pthread_mutex_destroy(&service->configurations.lock);
}

/* The configuration becomes the service's own. */
static bool service_create(struct service *service, const struct knowledge *knowledge,
                           struct configuration *configuration)
{
    const struct settings *settings = &configuration->settings;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int workers = settings->workers > 0 ? settings->workers : cores > 0 ? (int)cores : 1;
    struct connection_limits limits = {settings->idle_timeout_ms, settings->header_timeout_ms,
                                       settings->body_timeout_ms};
    *service = (struct service){.knowledge = knowledge, .configurations.current = configuration};
    pthread_mutex_init(&service->configurations.lock, NULL);
    service->metrics = metrics_create();
    service->connections = connections_create(limits);
    service->arenas = arenas_create((size_t)workers + 4);
    service->extractors = workers_create(workers, (size_t)settings->queue, settings->queue_target_ms * CLOCK_NS_PER_MS);
    service->fetchers = workers_create(settings->fetch_max_concurrent, (size_t)settings->queue, 0); /* they wait for others */
    if (service->metrics && service->connections && service->arenas && service->extractors && service->fetchers)
        return true;
    service_destroy(service);
    return false;
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
 * which are finer. */
static unsigned library_timeout_s(const struct settings *settings)
{
    int ms = settings->idle_timeout_ms > settings->body_timeout_ms ? settings->idle_timeout_ms
                                                                   : settings->body_timeout_ms;
    return (unsigned)ms / 1000u + 2u;
}

/* Poll, not epoll: the library's epoll mode stalls when 128 events are ready at once. A missing Host is
 * refused in the exchange: MHD_OPTION_STRICT_FOR_CLIENT refuses it too, but with its status line sent twice. */
static struct MHD_Daemon *start_daemon(struct service *service, const struct settings *settings,
                                       const struct sockaddr_storage *address)
{
    unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    if (address->ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    struct MHD_OptionItem pool[] = {
        {MHD_OPTION_THREAD_POOL_SIZE, settings->http_threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    if (settings->http_threads < 2)
        pool[0] = pool[1];
    return MHD_start_daemon(
        flags, 0, NULL, NULL, exchange_handle, service, MHD_OPTION_EXTERNAL_LOGGER, log_library, NULL,
        MHD_OPTION_ARRAY, pool, MHD_OPTION_SOCK_ADDR, (const struct sockaddr *)address,
        MHD_OPTION_NOTIFY_CONNECTION, exchange_notify_connection, service,
        MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, service, MHD_OPTION_NOTIFY_COMPLETED, exchange_end, service,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)settings->max_connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)settings->max_connections_per_client,
        MHD_OPTION_CONNECTION_TIMEOUT, library_timeout_s(settings), MHD_OPTION_LISTEN_BACKLOG_SIZE, BACKLOG,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY_BYTES,
        MHD_OPTION_CONNECTION_MEMORY_INCREMENT, CONNECTION_INCREMENT_BYTES, MHD_OPTION_END);
}

static void log_listening(const struct settings *settings, struct MHD_Daemon *daemon)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    const struct log_field fields[] = {
        log_text("address", slice_from_cstr(settings->listen)),
        log_number("port", info ? info->port : settings->port),
        log_text("version", SLICE(NEWSMETA_VERSION)),
    };
    log_event(LOG_INFO, "listening", fields, sizeof fields / sizeof fields[0]);
}

/* --------------------------------------------------------------- until a signal */

static void keep_connections(struct service *service)
{
    size_t ended = connections_keep(service->connections, clock_now_ns());
    for (size_t i = 0; i < ended; i++)
        metrics_count_timeout(service->metrics);
}

static void wait_for_end(struct service *service, const struct settings_source *source, const sigset_t *signals)
{
    const struct timespec interval = {0, KEEP_INTERVAL_NS};
    int signal;
    do {
        signal = sigtimedwait(signals, NULL, &interval);
        if (signal == SIGHUP)
            configuration_reload(&service->configurations, source);
        keep_connections(service);
    } while (signal != SIGTERM && signal != SIGINT);
}

/* Connections that were made, but that the library has not accepted yet: closing the listening socket would
 * reset them, so they are taken in, to be told that the service shuts down. */
static void take_in_backlog(struct MHD_Daemon *daemon, int listening)
{
    struct sockaddr_storage address;
    socklen_t len = sizeof address;
    int accepted;
    fcntl(listening, F_SETFL, fcntl(listening, F_GETFL) | O_NONBLOCK);
    while ((accepted = accept4(listening, (struct sockaddr *)&address, &len, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0) {
        MHD_add_connection(daemon, accepted, (struct sockaddr *)&address, len); /* closes it where it cannot */
        len = sizeof address;
    }
}

static bool is_at_work(struct service *service)
{
    return atomic_load(&service->in_flight) > 0 || atomic_load(&service->streams) > 0;
}

/* True when nothing is in flight any more. */
static bool drain(struct service *service, struct MHD_Daemon *daemon)
{
    const struct timespec interval = {0, DRAIN_INTERVAL_NS};
    int64_t end_ns = clock_now_ns() + service->configurations.current->settings.drain_timeout_ms * CLOCK_NS_PER_MS;
    log_event(LOG_INFO, "draining", NULL, 0);
    MHD_socket listening = MHD_quiesce_daemon(daemon);
    atomic_store(&service->draining, true);
    if (listening != MHD_INVALID_SOCKET) {
        take_in_backlog(daemon, listening);
        close(listening);
    }
    int64_t notice_ns = clock_now_ns() + DRAIN_NOTICE_NS;
    while ((is_at_work(service) || clock_now_ns() < notice_ns) && clock_now_ns() < end_ns) {
        keep_connections(service);
        nanosleep(&interval, NULL);
    }
    return !is_at_work(service);
}

static void block_signals(sigset_t *waited)
{
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(waited);
    sigaddset(waited, SIGTERM);
    sigaddset(waited, SIGINT);
    sigaddset(waited, SIGHUP);
    pthread_sigmask(SIG_BLOCK, waited, NULL);
}

static int fail_start(const struct settings *settings, const char *what)
{
    const struct log_field fields[] = {
        log_text("address", slice_from_cstr(settings->listen)),
        log_number("port", settings->port),
        log_text("message", slice_from_cstr(what)),
    };
    log_event(LOG_ERROR, "cannot_start", fields, sizeof fields / sizeof fields[0]);
    return 1;
}

/* What is still at work holds memory of the caller's: the process ends here instead of returning. */
static _Noreturn void give_up(struct service *service)
{
    struct log_field field = log_number("in_flight", (int64_t)atomic_load(&service->in_flight));
    log_event(LOG_ERROR, "drain_timed_out", &field, 1);
    _exit(1);
}

static int run_configured(struct service *service, const struct settings_source *source, const sigset_t *signals)
{
    const struct settings *settings = &service->configurations.current->settings;
    struct sockaddr_storage address;
    if (!address_read(settings, &address))
        return fail_start(settings, "listen is not an IPv4 or IPv6 address");
    struct MHD_Daemon *daemon = start_daemon(service, settings, &address);
    if (!daemon)
        return fail_start(settings, strerror(errno));
    log_listening(settings, daemon);
    wait_for_end(service, source, signals);
    if (!drain(service, daemon))
        give_up(service);
    MHD_stop_daemon(daemon); /* nothing is suspended: nothing is in flight, and nothing new is begun */
    return 0;
}

/* A setting that cannot be used: said as the command line says it. */
static struct configuration *configure(const struct settings_source *source)
{
    struct arena *arena = arena_create();
    struct slice problem;
    struct configuration *configuration = configuration_create(source, NULL, arena, &problem);
    if (!configuration)
        fprintf(stderr, "newsmeta: %.*s\n", SLICE_ARG(problem));
    arena_destroy(arena);
    return configuration;
}

int service_run(const struct settings_source *source, const struct knowledge *knowledge)
{
    struct service service;
    enum log_level level;
    sigset_t signals;
    block_signals(&signals);
    struct configuration *configuration = configure(source);
    if (!configuration)
        return 2;
    if (log_level_from_name(configuration->settings.log_level, &level))
        log_set_level(level);
    if (!service_create(&service, knowledge, configuration)) {
        fputs("newsmeta: threads cannot be started\n", stderr);
        return 1;
    }
    int code = run_configured(&service, source, &signals);
    service_destroy(&service);
    if (code == 0)
        log_event(LOG_INFO, "stopped", NULL, 0);
    return code;
}
