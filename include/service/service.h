/* service: what all requests share. Made by server.c at start; counters are atomic, the rest is constant
 * or locks itself. */
#ifndef NEWSMETA_SERVICE_SERVICE_H
#define NEWSMETA_SERVICE_SERVICE_H

#include <stdatomic.h>

#include "article/knowledge.h"
#include "pipeline/settings.h"
#include "service/arenas.h"
#include "service/connections.h"
#include "service/gate.h"
#include "service/metrics.h"
#include "service/workers.h"

struct service {
    const struct settings *settings;
    const struct knowledge *knowledge;
    struct fetcher *fetcher;
    struct workers *extractors;  /* one thread a core: texts and pages */
    struct workers *fetchers;    /* wait for origins most of the time: URLs; NULL without a fetcher */
    struct arenas *arenas;
    struct gate *gate;
    struct metrics *metrics;
    struct connections *connections;
    atomic_bool draining;
    atomic_size_t in_flight;     /* requests begun and not yet answered */
    atomic_size_t bytes_held;    /* of request bodies */
};

/* Counts bytes that are about to be held; false (and not counted) when that would be too many. */
static inline bool service_hold_bytes(struct service *service, size_t bytes)
{
    size_t held = atomic_fetch_add_explicit(&service->bytes_held, bytes, memory_order_relaxed) + bytes;
    if (held <= service->settings->max_inflight_bytes)
        return true;
    atomic_fetch_sub_explicit(&service->bytes_held, bytes, memory_order_relaxed);
    return false;
}

static inline void service_release_bytes(struct service *service, size_t bytes)
{
    atomic_fetch_sub_explicit(&service->bytes_held, bytes, memory_order_relaxed);
}

#endif
