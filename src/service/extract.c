#include "service/extract.h"

#include <stdio.h>

#include "base/media_type.h"
#include "output/answer.h"
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
    if (!media_type_is(call->content_type, "application/json"))
        return request_set_body(job, call->body, call->content_type);
    return request_from_json(job, call->body, NULL);
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
    extraction->written = answer_write(&extraction->task.job, &extraction->reply->body);
}

static void write_reply(struct extraction *extraction)
{
    const struct call *call = extraction->call;
    struct reply *reply = extraction->reply;
    struct job *job = &extraction->task.job;
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
    write_timing(reply, job, extraction->task.waited_ns);
}

static enum err read(struct task *task)
{
    const struct call *call = ((struct extraction *)task)->call;
    return read_call(&task->job, call, task->configuration->settings.timeout_ms);
}

static void end(struct task *task)
{
    struct extraction *extraction = (struct extraction *)task;
    write_reply(extraction);
    arenas_give(task->service->arenas, task->job.arena);
    extraction->done(extraction->context);
}

void extract_begin(struct service *service, struct extraction *extraction)
{
    const struct call *call = extraction->call;
    struct task *task = &extraction->task;
    task->service = service;
    task->configuration = call->configuration;
    task->traceparent = trace_for_others(&call->trace);
    task->has_places = false;
    task->begun_ns = task->work.queued_ns = call->received_ns;
    task->read = read;
    task->end = end;
    task->waited_ns = 0;
}
