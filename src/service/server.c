#include "service/server.h"

#include "service/sandbox.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/cores.h"
#include "base/log.h"
#include "base/resident.h"
#include "http_loop.h"

#define KEEP_INTERVAL_NS 250000000 /* how often slow connections are looked for */
#define DRAIN_INTERVAL_NS 5000000
#define DRAIN_NOTICE_NS (100 * CLOCK_NS_PER_MS) /* for requests of the last connections to arrive and be refused */

/* ------------------------------------------------------------------- the parts */

static void service_destroy(struct service *service)
{
    workers_destroy(service->extractors); /* nothing is at work, so neither pushes to the other */
    workers_destroy(service->fetchers);
    http_loops_destroy(service->loops); /* a worker may have woken its loop until now */
    connections_destroy(service->connections);
    metrics_destroy(service->metrics);
    arenas_destroy(service->arenas);
    configuration_release(service->configurations.current);
    pthread_mutex_destroy(&service->configurations.lock);
}

/* The configuration becomes the service's own. */
static bool service_create(struct service *service, const struct knowledge *knowledge,
                           struct configuration *configuration, size_t cores)
{
    const struct settings *settings = &configuration->settings;
    int workers = settings->workers > 0 ? settings->workers : (int)cores;
    struct connection_limits limits = {settings->idle_timeout_ms, settings->header_timeout_ms,
                                       settings->body_timeout_ms};
    *service = (struct service){
        .knowledge = knowledge, .configurations.current = configuration, .cores = cores};
    pthread_mutex_init(&service->configurations.lock, NULL);
    service->metrics = metrics_create();
    service->connections = connections_create(limits);
    service->arenas = arenas_create((size_t)workers + cores); /* as many as work at a time */
    size_t queue = (size_t)settings->queue, fetchers = (size_t)settings->fetch_max_concurrent;
    service->extractors = workers_create((struct workers_plan){
        .threads = workers,
        .capacity = queue,
        .reservable = queue + fetchers, /* what is fetched and what waits for it will come back */
        .target_ns = settings->queue_target_ms * CLOCK_NS_PER_MS,
    });
    service->fetchers =
        workers_create((struct workers_plan){(int)fetchers, queue, queue, 0}); /* they wait for others */
    if (service->metrics && service->connections && service->arenas && service->extractors && service->fetchers)
        return true;
    service_destroy(service);
    return false;
}

static void log_listening(const struct settings *settings, int port)
{
    const struct log_field fields[] = {
        log_text("address", slice_from_cstr(settings->listen)),
        log_number("port", port),
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

static bool is_at_work(struct service *service)
{
    return atomic_load(&service->in_flight) > 0 || atomic_load(&service->streams) > 0;
}

/* True when nothing is in flight any more. */
static bool drain(struct service *service)
{
    const struct timespec interval = {0, DRAIN_INTERVAL_NS};
    int64_t end_ns = clock_now_ns() + service->configurations.current->settings.drain_timeout_ms * CLOCK_NS_PER_MS;
    log_event(LOG_INFO, "draining", NULL, 0);
    atomic_store(&service->draining, true);
    http_loops_quiesce(service->loops);
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
    const char *problem;
    service->loops = http_loops_start(service, settings, &problem);
    if (!service->loops)
        return fail_start(settings, problem);
    log_listening(settings, http_loops_port(service->loops));
    wait_for_end(service, source, signals);
    if (!drain(service))
        give_up(service);
    http_loops_stop(service->loops); /* nothing is suspended: nothing is in flight, and nothing new is begun */
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

int service_run(const struct settings_source *source, const struct settings *settings,
                const struct knowledge *knowledge)
{
    struct service service;
    enum log_level level;
    sigset_t signals;
    block_signals(&signals);
    if (log_level_from_name(settings->log_level, &level))
        log_set_level(level);
    size_t cores = cores_usable(); /* the sandbox keeps it from seeing them */
    resident_keep_steady(cores + 1);
    sandbox_enter(settings, source->path);
    struct configuration *configuration = configure(source);
    if (!configuration)
        return 2;
    if (!service_create(&service, knowledge, configuration, cores)) {
        fputs("newsmeta: threads cannot be started\n", stderr);
        return 1;
    }
    int code = run_configured(&service, source, &signals);
    service_destroy(&service);
    if (code == 0)
        log_event(LOG_INFO, "stopped", NULL, 0);
    return code;
}
