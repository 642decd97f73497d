#include "service/task.h"

#include "base/clock.h"
#include "pipeline/pipeline.h"
#include "pipeline/request.h"

static void note_wait(struct task *task)
{
    int64_t now_ns = clock_now_ns();
    task->waited_ns += now_ns - task->work.queued_ns;
    task->work.queued_ns = now_ns;
}

/* A job may have asked for an earlier end. */
static void limit_time(struct task *task)
{
    int64_t limit_ns = task->begun_ns + task->configuration->settings.timeout_ms * CLOCK_NS_PER_MS;
    if (task->job.deadline_ns == 0 || task->job.deadline_ns > limit_ns)
        task->job.deadline_ns = limit_ns;
}

static void read_job(void *context)
{
    struct task *task = context;
    enum err err = task->read(task);
    if (err != ERR_NONE && task->job.err == ERR_NONE)
        job_fail(&task->job, err, NULL);
}

void task_read(struct task *task)
{
    struct service *service = task->service;
    struct job *job = &task->job;
    note_wait(task);
    if (task->begun_ns == 0)
        task->begun_ns = task->work.queued_ns;
    request_init(job, arenas_take(service->arenas), service->knowledge, task->configuration->fetcher);
    job->traceparent = task->traceparent;
    if (!arena_try(job->arena, read_job, task))
        job_fail(job, ERR_EXHAUSTED, NULL);
    limit_time(task);
}

bool task_needs_fetch(const struct task *task)
{
    return task->job.err == ERR_NONE && task->job.kind == INPUT_URL && task->configuration->fetcher;
}

/* What it ended in is counted, then it is the owner's. */
static void end(struct task *task)
{
    metrics_count_job(task->service->metrics, &task->job, task->waited_ns);
    task->end(task);
}

/* What was fetched, or could not be. */
static void go_on_fetched(struct task *task)
{
    arenas_equip(task->service->arenas, task->job.arena);
    if (task->job.err == ERR_NONE)
        pipeline_run(&task->job);
    service_release_bytes(task->service, task->held);
    end(task);
}

static void run_fetched(struct work *work)
{
    struct task *task = (struct task *)work;
    note_wait(task);
    go_on_fetched(task);
}

/* Pages that wait to be extracted count as bodies do. */
static bool hold_page(struct task *task)
{
    if (pipeline_fetch(&task->job) != ERR_NONE)
        return false;
    size_t bytes = task->job.input.len;
    if (service_hold_bytes(task->service, bytes, task->configuration->settings.max_inflight_bytes))
        task->held = bytes;
    else
        job_fail(&task->job, ERR_QUEUE_FULL, NULL);
    return task->job.err == ERR_NONE;
}

/* What was fetched is extracted by the extractors, however many fetches end at the same time. */
static void run_fetch(struct work *work)
{
    struct task *task = (struct task *)work;
    struct workers *extractors = task->service->extractors;
    note_wait(task);
    task->held = 0;
    bool fetched = hold_page(task);
    work->run = run_fetched;
    if (fetched && task->has_places) {
        workers_push_reserved(extractors, work);
    } else if (fetched) {
        workers_push_returning(extractors, work);
    } else {
        if (!task->has_places)
            workers_release(extractors, 1);
        go_on_fetched(task);
    }
}

/* With a place among the extractors for what will have been fetched. */
static bool start_fetch(struct task *task)
{
    struct service *service = task->service;
    task->work.run = run_fetch;
    if (task->has_places) {
        workers_push_reserved(service->fetchers, &task->work);
        return true;
    }
    if (workers_are_full(service->extractors) || !workers_reserve(service->extractors, 1))
        return false;
    if (workers_push(service->fetchers, &task->work))
        return true;
    workers_release(service->extractors, 1);
    return false;
}

void task_go_on(struct task *task)
{
    if (task_needs_fetch(task)) {
        arenas_lighten(task->service->arenas, task->job.arena);
        if (start_fetch(task))
            return;
        arenas_equip(task->service->arenas, task->job.arena);
        job_fail(&task->job, ERR_QUEUE_FULL, NULL);
    }
    if (task->job.err == ERR_NONE)
        pipeline_run(&task->job);
    end(task);
}

static void run_whole(struct work *work)
{
    struct task *task = (struct task *)work;
    task_read(task);
    task_go_on(task);
}

bool task_push(struct task *task)
{
    task->work.run = run_whole;
    return workers_push(task->service->extractors, &task->work);
}

bool task_push_if_idle(struct task *task, size_t elsewhere)
{
    task->work.run = run_whole;
    note_wait(task);
    return workers_push_if_idle(task->service->extractors, &task->work, elsewhere);
}

void task_push_reserved(struct task *task)
{
    task->work.run = run_whole;
    workers_push_reserved(task->service->extractors, &task->work);
}
