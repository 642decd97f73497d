#include "service/metrics.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/embedded.h"
#include "pipeline/pipeline.h"

/* Upper bounds in microseconds: from a tenth of a millisecond (a short text) to the longest fetch. */
static const int64_t bounds_us[] = {100,    250,    500,     1000,    2500,    5000,     10000,   25000,
                                    50000,  100000, 250000,  500000,  1000000, 2500000,  5000000, 10000000,
                                    30000000};
#define BOUNDS (sizeof bounds_us / sizeof bounds_us[0])
#define STATUS_LIMIT 600
#define WARNING_CODES 64 /* different codes that are told apart; there are about twenty */

typedef _Atomic uint64_t counter;

struct histogram {
    counter buckets[BOUNDS + 1]; /* each its own; summed up when written */
    counter sum_us;
};

struct metrics {
    counter requests[ENDPOINT_COUNT][STATUS_LIMIT];
    struct histogram request_seconds[ENDPOINT_COUNT];
    struct histogram queue_seconds;
    struct histogram stage_seconds[MAX_STAGES];
    counter fetches[ERR_COUNT];
    counter fetched[FETCHED_CONFIRMED + 1];
    counter jobs[ERR_COUNT];
    counter lines[2]; /* answered, with a problem */
    counter timeouts;
    _Atomic(const char *) warning_codes[WARNING_CODES];
    counter warnings[WARNING_CODES];
    const char *const *stages;
    size_t stage_count;
};

struct metrics *metrics_create(void)
{
    struct metrics *metrics = calloc(1, sizeof *metrics);
    if (metrics)
        metrics->stages = pipeline_stage_names(&metrics->stage_count);
    return metrics;
}

void metrics_destroy(struct metrics *metrics)
{
    free(metrics);
}

static void add(counter *c, uint64_t n)
{
    atomic_fetch_add_explicit(c, n, memory_order_relaxed);
}

static uint64_t value(const counter *c)
{
    return atomic_load_explicit(c, memory_order_relaxed);
}

static void observe(struct histogram *histogram, int64_t ns)
{
    int64_t us = ns > 0 ? ns / 1000 : 0;
    size_t i = 0;
    while (i < BOUNDS && us > bounds_us[i])
        i++;
    add(&histogram->buckets[i], 1);
    add(&histogram->sum_us, (uint64_t)us);
}

void metrics_count_request(struct metrics *metrics, enum endpoint endpoint, int status, int64_t ns)
{
    if (status < 0 || status >= STATUS_LIMIT)
        status = 0;
    add(&metrics->requests[endpoint][status], 1);
    observe(&metrics->request_seconds[endpoint], ns);
}

/* Codes are literals, but the same words may stand at two addresses: compared as text. A slot once taken
 * is never given up, so that reading needs no lock. */
static void count_warning(struct metrics *metrics, const char *code)
{
    for (size_t i = 0; i < WARNING_CODES; i++) {
        const char *there = atomic_load(&metrics->warning_codes[i]);
        if (!there && atomic_compare_exchange_strong(&metrics->warning_codes[i], &there, code))
            there = code;
        if (strcmp(there, code) == 0) {
            add(&metrics->warnings[i], 1);
            return;
        }
    }
}

static void observe_stage(struct metrics *metrics, const struct timing *timing)
{
    for (size_t i = 0; i < metrics->stage_count; i++)
        if (metrics->stages[i] == timing->stage || strcmp(metrics->stages[i], timing->stage) == 0) {
            observe(&metrics->stage_seconds[i], timing->ns);
            return;
        }
}

/* What a fetch ended in: the errors that name the origin or its address, or none. */
static enum err fetch_result(const struct job *job)
{
    int status = error_info(job->err)->status;
    return status >= 502 || job->err == ERR_ADDRESS_NOT_ALLOWED || job->err == ERR_ROBOTS_DENIED ? job->err : ERR_NONE;
}

void metrics_count_job(struct metrics *metrics, const struct job *job, int64_t queue_ns)
{
    observe(&metrics->queue_seconds, queue_ns);
    add(&metrics->jobs[job->err], 1);
    for (size_t i = 0; i < job->timing_count; i++) {
        observe_stage(metrics, &job->timings[i]);
        if (strcmp(job->timings[i].stage, "fetch") == 0)
            add(&metrics->fetches[fetch_result(job)], 1);
    }
    if (job->fetched != FETCHED_NOT)
        add(&metrics->fetched[job->fetched], 1);
    for (size_t i = 0; i < job->article.warning_count; i++)
        count_warning(metrics, job->article.warnings[i].code);
}

void metrics_count_line(struct metrics *metrics, enum err err)
{
    add(&metrics->lines[err != ERR_NONE], 1);
}

void metrics_count_timeout(struct metrics *metrics)
{
    add(&metrics->timeouts, 1);
}

/* ------------------------------------------------------------------ writing */

static void write_head(struct buffer *out, const char *name, const char *type, const char *help)
{
    buffer_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void write_gauge(struct buffer *out, const char *name, const char *help, size_t gauge)
{
    write_head(out, name, "gauge", help);
    buffer_printf(out, "%s %zu\n", name, gauge);
}

/* `label` is `path="/healthz"` or "". One that has never been observed is left out. */
static void write_histogram(struct buffer *out, const char *name, const char *label, const struct histogram *histogram)
{
    uint64_t total = 0;
    const char *comma = label[0] ? "," : "";
    for (size_t i = 0; i <= BOUNDS; i++)
        total += value(&histogram->buckets[i]);
    if (total == 0)
        return;
    uint64_t sum = 0;
    for (size_t i = 0; i < BOUNDS; i++) {
        sum += value(&histogram->buckets[i]);
        buffer_printf(out, "%s_bucket{%s%sle=\"%g\"} %llu\n", name, label, comma, (double)bounds_us[i] / 1e6,
                      (unsigned long long)sum);
    }
    sum += value(&histogram->buckets[BOUNDS]);
    const char *open = label[0] ? "{" : "", *close = label[0] ? "}" : "";
    buffer_printf(out, "%s_bucket{%s%sle=\"+Inf\"} %llu\n", name, label, comma, (unsigned long long)sum);
    buffer_printf(out, "%s_sum%s%s%s %.6f\n", name, open, label, close, (double)value(&histogram->sum_us) / 1e6);
    buffer_printf(out, "%s_count%s%s%s %llu\n", name, open, label, close, (unsigned long long)sum);
}

static void write_requests(const struct metrics *metrics, struct buffer *out)
{
    size_t count;
    const struct route *routes = router_table(&count);
    write_head(out, "newsmeta_requests_total", "counter",
               "Requests by path and status; status 0: the connection ended before the answer.");
    for (size_t e = 0; e < count; e++)
        for (int status = 0; status < STATUS_LIMIT; status++)
            if (value(&metrics->requests[e][status]))
                buffer_printf(out, "newsmeta_requests_total{path=\"%s\",status=\"%d\"} %llu\n", routes[e].path, status,
                              (unsigned long long)value(&metrics->requests[e][status]));
    write_head(out, "newsmeta_request_seconds", "histogram", "From the request's first line to the end of the answer.");
    for (size_t e = 0; e < count; e++) {
        char label[64];
        snprintf(label, sizeof label, "path=\"%s\"", routes[e].path);
        write_histogram(out, "newsmeta_request_seconds", label, &metrics->request_seconds[e]);
    }
}

static void write_by_code(struct buffer *out, const char *name, const char *label, const counter *counters)
{
    for (int err = 0; err < ERR_COUNT; err++)
        if (value(&counters[err]))
            buffer_printf(out, "%s{%s=\"%s\"} %llu\n", name, label,
                          err == ERR_NONE ? "ok" : error_info((enum err)err)->code,
                          (unsigned long long)value(&counters[err]));
}

/* In the order of enum fetched. */
static const char *const sources[] = {"", "origin", "cache", "cache_confirmed"};

static void write_jobs(const struct metrics *metrics, struct buffer *out)
{
    write_head(out, "newsmeta_jobs_total", "counter", "Extractions by result.");
    write_by_code(out, "newsmeta_jobs_total", "result", metrics->jobs);
    write_head(out, "newsmeta_fetches_total", "counter", "Fetches by result.");
    write_by_code(out, "newsmeta_fetches_total", "result", metrics->fetches);
    write_head(out, "newsmeta_fetched_pages_total", "counter", "Pages by where they came from.");
    for (int from = FETCHED_ANEW; from <= FETCHED_CONFIRMED; from++)
        buffer_printf(out, "newsmeta_fetched_pages_total{from=\"%s\"} %llu\n", sources[from],
                      (unsigned long long)value(&metrics->fetched[from]));
    write_head(out, "newsmeta_batch_lines_total", "counter", "Lines of batches by result.");
    buffer_printf(out, "newsmeta_batch_lines_total{result=\"ok\"} %llu\n",
                  (unsigned long long)value(&metrics->lines[0]));
    buffer_printf(out, "newsmeta_batch_lines_total{result=\"problem\"} %llu\n",
                  (unsigned long long)value(&metrics->lines[1]));
    write_head(out, "newsmeta_warnings_total", "counter", "Warnings in answers by code.");
    for (size_t i = 0; i < WARNING_CODES && atomic_load(&metrics->warning_codes[i]); i++)
        buffer_printf(out, "newsmeta_warnings_total{code=\"%s\"} %llu\n", atomic_load(&metrics->warning_codes[i]),
                      (unsigned long long)value(&metrics->warnings[i]));
    write_head(out, "newsmeta_queue_seconds", "histogram", "Wait of jobs before a thread took them.");
    write_histogram(out, "newsmeta_queue_seconds", "", &metrics->queue_seconds);
    write_head(out, "newsmeta_stage_seconds", "histogram", "Work of each stage of the pipeline.");
    for (size_t i = 0; i < metrics->stage_count; i++) {
        char label[64];
        snprintf(label, sizeof label, "stage=\"%s\"", metrics->stages[i]);
        write_histogram(out, "newsmeta_stage_seconds", label, &metrics->stage_seconds[i]);
    }
}

static void write_pools(const struct metrics_gauges *gauges, struct buffer *out)
{
    write_head(out, "newsmeta_queue_depth", "gauge", "Jobs that wait for a thread.");
    buffer_printf(out, "newsmeta_queue_depth{pool=\"extract\"} %zu\n", gauges->extract_waiting);
    buffer_printf(out, "newsmeta_queue_depth{pool=\"fetch\"} %zu\n", gauges->fetch_waiting);
    write_head(out, "newsmeta_workers_busy", "gauge", "Workers at work.");
    buffer_printf(out, "newsmeta_workers_busy{pool=\"extract\"} %zu\n", gauges->extract_busy);
    buffer_printf(out, "newsmeta_workers_busy{pool=\"fetch\"} %zu\n", gauges->fetch_busy);
    write_gauge(out, "newsmeta_http_threads_busy", "Threads of HTTP that do not wait for anything.",
                gauges->loops_awake);
}

static void write_models(struct buffer *out)
{
    write_head(out, "newsmeta_model_info", "gauge", "Models in the program, by the start of their SHA-256.");
    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].folder, "models") == 0)
            buffer_printf(out, "newsmeta_model_info{name=\"%s\",digest=\"%s\"} 1\n", embedded_files[i].name,
                          embedded_files[i].digest);
}

bool metrics_write(const struct metrics *metrics, const struct metrics_gauges *gauges, struct buffer *out)
{
    write_head(out, "newsmeta_build_info", "gauge", "Version of the program.");
    buffer_printf(out, "newsmeta_build_info{version=\"%s\"} 1\n", NEWSMETA_VERSION);
    write_models(out);
    write_requests(metrics, out);
    write_gauge(out, "newsmeta_requests_in_flight", "Requests begun and not yet answered.", gauges->in_flight);
    write_gauge(out, "newsmeta_bytes_in_flight", "Bytes of request bodies and fetched pages in memory.",
                gauges->bytes_held);
    write_gauge(out, "newsmeta_connections", "Open connections.", gauges->connections);
    write_gauge(out, "newsmeta_draining", "1 while the service shuts down.", gauges->draining);
    write_pools(gauges, out);
    write_head(out, "newsmeta_slow_clients_total", "counter", "Connections ended because the peer was too slow.");
    buffer_printf(out, "newsmeta_slow_clients_total %llu\n", (unsigned long long)value(&metrics->timeouts));
    write_jobs(metrics, out);
    return !out->overflow;
}
