/* service: what all requests share. Made by server.c at start; counters are atomic, the rest is constant
 * or locks itself. */
#ifndef NEWSMETA_SERVICE_SERVICE_H
#define NEWSMETA_SERVICE_SERVICE_H

#include <stdatomic.h>

#include "article/knowledge.h"
#include "service/arenas.h"
#include "service/configuration.h"
#include "service/connections.h"
#include "service/metrics.h"
#include "service/workers.h"

struct http_loops;

struct service {
    struct configuration_place configurations;
    const struct knowledge *knowledge;
    size_t cores;                /* that the process may use */
    struct workers *extractors;  /* what is long, batches, and what a loop cannot do at once */
    struct workers *fetchers;    /* wait for origins most of the time: URLs */
    struct arenas *arenas;
    struct metrics *metrics;
    struct connections *connections;
    struct http_loops *loops;
    atomic_bool draining;
    atomic_size_t loops_awake;   /* that are at work and not waiting for something to happen */
    atomic_size_t waiting;       /* short requests, for their turn on a loop */
    atomic_size_t in_flight;     /* requests begun and not yet answered */
    atomic_size_t streams;       /* batches whose lines may still be with the workers, their client gone or not */
    atomic_size_t bytes_held;    /* of request bodies, and of fetched pages until they are extracted */
};

/* Counts bytes that are about to be held; false (and not counted) when all together would be more than `most`. */
static inline bool service_hold_bytes(struct service *service, size_t bytes, uint64_t most)
{
    size_t held = atomic_fetch_add_explicit(&service->bytes_held, bytes, memory_order_relaxed) + bytes;
    if (held <= most)
        return true;
    atomic_fetch_sub_explicit(&service->bytes_held, bytes, memory_order_relaxed);
    return false;
}

static inline void service_release_bytes(struct service *service, size_t bytes)
{
    atomic_fetch_sub_explicit(&service->bytes_held, bytes, memory_order_relaxed);
}

#endif
