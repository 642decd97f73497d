#include "service/extract.h"

#include <stdio.h>

#include "base/clock.h"
#include "output/answer.h"
#include "pipeline/pipeline.h"
#include "pipeline/request.h"

/* How long an answer about a URL may be reused by whoever stands between: news changes by the minute. */
#define CACHE_CONTROL "public, max-age=60"
#define CACHE_CONTROL_OF_KEY "private, max-age=60" /* a shared cache would give it to those without a key */

static enum err set_parameters(struct job *job, const struct call *call, int max_timeout_ms, bool may_name_url)
{
    if (call->parameter_count > CALL_MAX_PARAMETERS)
        return job_fail(job, ERR_BAD_PARAMETER, "too many query parameters");
    for (size_t i = 0; i < call->parameter_count; i++) {
        const struct parameter *parameter = &call->parameters[i];
        bool is_url = may_name_url && slice_equals(parameter->name, SLICE("url"));
        if (is_url && job->url.ptr)
            return job_fail(job, ERR_BAD_PARAMETER, "url is given twice");
        enum err err = is_url ? request_set_url(job, parameter->value)
                              : request_set_option(job, parameter->name, parameter->value, max_timeout_ms);
        if (err != ERR_NONE)
            return err;
    }
    return ERR_NONE;
}

/* "application/json", also with parameters. */
static bool is_json(struct slice content_type)
{
    struct slice type;
    return slice_split(&content_type, ';', &type) && slice_equals_nocase(slice_trim(type), SLICE("application/json"));
}

/* Options stand in the query for every kind of body; what a JSON body says as well has the last word. */
static enum err read_call(struct job *job, const struct call *call, int max_timeout_ms)
{
    if (call->method != METHOD_POST) {
        enum err err = set_parameters(job, call, max_timeout_ms, true);
        if (err == ERR_NONE && job->url.ptr == NULL)
            return job_fail(job, ERR_EXACTLY_ONE_SOURCE, "the query names no url");
        return err;
    }
    enum err err = set_parameters(job, call, max_timeout_ms, false);
    if (err != ERR_NONE)
        return err;
    if (!is_json(call->content_type))
        return request_set_body(job, call->body, call->content_type);
    struct slice no_file;
    return request_from_json(job, call->body, false, &no_file);
}

static void limit_time(struct job *job, int64_t limit_ns)
{
    if (job->deadline_ns == 0 || job->deadline_ns > limit_ns)
        job->deadline_ns = limit_ns;
}

void extract_run_job(struct service *service, struct job *job, int64_t limit_ns, int64_t waited_ns)
{
    limit_time(job, limit_ns);
    pipeline_run(job);
    metrics_count_job(service->metrics, job, waited_ns);
}

bool extract_fetch_job(struct service *service, struct job *job, int64_t limit_ns, int64_t waited_ns)
{
    limit_time(job, limit_ns);
    if (pipeline_fetch(job) == ERR_NONE)
        return true;
    metrics_count_job(service->metrics, job, waited_ns);
    return false;
}

static void write_timing(struct reply *reply, const struct job *job, int64_t waited_ns)
{
    int64_t fetch_ns = 0, work_ns = 0;
    for (size_t i = 0; i < job->timing_count; i++)
        if (strcmp(job->timings[i].stage, "fetch") == 0)
            fetch_ns += job->timings[i].ns;
        else
            work_ns += job->timings[i].ns;
    int len = snprintf(reply->timing, sizeof reply->timing, "queue;dur=%.3f, extract;dur=%.3f",
                       (double)waited_ns / 1e6, (double)work_ns / 1e6);
    if (fetch_ns > 0)
        snprintf(reply->timing + len, sizeof reply->timing - (size_t)len, ", fetch;dur=%.3f", (double)fetch_ns / 1e6);
}

static void write_answer(void *context)
{
    struct extraction *extraction = context;
    extraction->written = answer_write(&extraction->job, &extraction->reply->body);
}

static void write_reply(struct extraction *extraction)
{
    const struct call *call = extraction->call;
    struct reply *reply = extraction->reply;
    struct job *job = &extraction->job;
    if (job->err == ERR_NONE && !(arena_try(job->arena, write_answer, extraction) && extraction->written))
        job_fail(job, ERR_EXHAUSTED, NULL);
    if (job->err != ERR_NONE) {
        reply_set_problem(reply, job->err, job->detail, call->request_id, job->upstream_status);
    } else {
        reply_set_body(reply, 200, "application/json");
        if (call->method != METHOD_POST) {
            reply->cache_control = call->key ? CACHE_CONTROL_OF_KEY : CACHE_CONTROL;
            reply_set_etag(reply);
            reply_apply_if_none_match(reply, call->if_none_match);
        }
    }
    write_timing(reply, job, extraction->waited_ns);
}

static void finish(struct extraction *extraction)
{
    write_reply(extraction);
    arenas_give(extraction->service->arenas, extraction->job.arena);
    extraction->done(extraction->context);
}

static void note_wait(struct extraction *extraction)
{
    extraction->waited_ns += clock_now_ns() - extraction->work.queued_ns;
}

static int64_t limit_of(const struct extraction *extraction)
{
    return extraction->call->received_ns + extraction->call->configuration->settings.timeout_ms * CLOCK_NS_PER_MS;
}

static void run(struct extraction *extraction)
{
    extract_run_job(extraction->service, &extraction->job, limit_of(extraction), extraction->waited_ns);
    finish(extraction);
}

static void run_fetched(struct work *work)
{
    struct extraction *extraction = (struct extraction *)work;
    note_wait(extraction);
    run(extraction);
}

/* What was fetched is extracted by the extractors, however many fetches end at the same time. */
static void run_fetch(struct work *work)
{
    struct extraction *extraction = (struct extraction *)work;
    struct service *service = extraction->service;
    note_wait(extraction);
    if (extract_fetch_job(service, &extraction->job, limit_of(extraction), extraction->waited_ns)) {
        work->run = run_fetched;
        workers_push_returning(service->extractors, work);
    } else {
        workers_release(service->extractors, 1);
        finish(extraction);
    }
}

/* With a place among the extractors for what will have been fetched. */
static bool start_fetch(struct extraction *extraction)
{
    struct service *service = extraction->service;
    extraction->work.run = run_fetch;
    if (!workers_reserve(service->extractors, 1))
        return false;
    if (workers_push(service->fetchers, &extraction->work))
        return true;
    workers_release(service->extractors, 1);
    return false;
}

static void read(void *context)
{
    struct extraction *extraction = context;
    struct job *job = &extraction->job;
    enum err err = read_call(job, extraction->call, extraction->call->configuration->settings.timeout_ms);
    if (err != ERR_NONE && job->err == ERR_NONE)
        job_fail(job, err, NULL);
}

/* Reading a body is work too (JSON of some megabytes), so it happens here, not on the HTTP threads. What
 * turns out to be a URL goes on to the threads that may wait for an origin. */
static void run_call(struct work *work)
{
    struct extraction *extraction = (struct extraction *)work;
    struct service *service = extraction->service;
    struct job *job = &extraction->job;
    note_wait(extraction);
    const struct configuration *configuration = extraction->call->configuration;
    request_init(job, arenas_take(service->arenas), service->knowledge, configuration->fetcher);
    job->traceparent = trace_for_others(&extraction->call->trace);
    if (!arena_try(job->arena, read, extraction))
        job_fail(job, ERR_EXHAUSTED, NULL);
    if (job->err != ERR_NONE) {
        metrics_count_job(service->metrics, job, extraction->waited_ns);
        finish(extraction);
    } else if (job->kind != INPUT_URL || !configuration->fetcher) {
        run(extraction);
    } else if (!start_fetch(extraction)) {
        job_fail(job, ERR_QUEUE_FULL, NULL);
        finish(extraction);
    }
}

bool extract_start(struct extraction *extraction)
{
    extraction->work.run = run_call;
    extraction->waited_ns = 0;
    return workers_push(extraction->service->extractors, &extraction->work);
}
