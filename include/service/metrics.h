/* metrics: counters and histograms, as Prometheus reads them (text format 0.0.4). Updates are relaxed
 * atomics: no lock on the way of a request. */
#ifndef NEWSMETA_SERVICE_METRICS_H
#define NEWSMETA_SERVICE_METRICS_H

#include "article/job.h"
#include "base/buffer.h"
#include "service/router.h"

struct metrics;

struct metrics *metrics_create(void);
void metrics_destroy(struct metrics *metrics);

/* A request has been answered (status 0: the connection ended before). */
void metrics_count_request(struct metrics *metrics, enum endpoint endpoint, int status, int64_t ns);
/* A job has run: its wait, its stages, its fetch, its warnings. */
void metrics_count_job(struct metrics *metrics, const struct job *job, int64_t queue_ns);
/* A line of a batch has been answered. */
void metrics_count_line(struct metrics *metrics, enum err err);
/* A connection was ended because its peer was too slow. */
void metrics_count_timeout(struct metrics *metrics);

/* Values that are looked up when asked for. */
struct metrics_gauges {
    size_t in_flight, bytes_held, connections;
    size_t extract_waiting, extract_busy, fetch_waiting, fetch_busy, loops_awake;
    bool draining;
};

bool metrics_write(const struct metrics *metrics, const struct metrics_gauges *gauges, struct buffer *out);

#endif
