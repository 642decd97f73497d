/* extract: a call -> a job -> a reply, on the workers' threads. */
#ifndef NEWSMETA_SERVICE_EXTRACT_H
#define NEWSMETA_SERVICE_EXTRACT_H

#include "article/job.h"
#include "service/call.h"
#include "service/service.h"

/* One extraction. Embedded in the exchange; `reply` is filled before `done` is called, which happens on a
 * worker's thread, once, as the last use of the record. */
struct extraction {
    struct work work; /* first: the workers hand it back */
    struct service *service;
    const struct call *call;
    struct reply *reply;
    void (*done)(void *context);
    void *context;

    struct job job;
    int64_t waited_ns; /* in queues */
    bool written;      /* the answer, whole */
};

/* Hands the extraction to the workers; false when their queue is full (`done` will not be called). */
bool extract_start(struct extraction *extraction);

/* What a batch line and a request have in common: a deadline of `limit_ns` at the latest (a job may have
 * asked for an earlier one), the pipeline, the counters. */
void extract_run_job(struct service *service, struct job *job, int64_t limit_ns, int64_t waited_ns);
/* The part of it that waits for an origin. False: it failed, and has been counted. */
bool extract_fetch_job(struct service *service, struct job *job, int64_t limit_ns, int64_t waited_ns);

#endif
