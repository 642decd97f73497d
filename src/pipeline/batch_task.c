/* One task of a batch: a job is made of it, run, and answered. */
#include "article/limits.h"
#include "base/clock.h"
#include "base/media_type.h"
#include "batch_internal.h"
#include "output/answer.h"
#include "output/json_text.h"
#include "pipeline/http_message.h"
#include "pipeline/input_file.h"
#include "pipeline/pipeline.h"
#include "pipeline/request.h"

struct task task_make(void)
{
    return (struct task){.bytes = buffer_make(BATCH_MAX_LINE)};
}

void task_free(struct task *task)
{
    buffer_free(&task->bytes);
}

static void set_defaults(const struct batch_options *options, struct job *job)
{
    for (size_t i = 0; i < options->default_count; i++)
        request_set_option(job, options->defaults[i].name, options->defaults[i].value, 0);
}

static void limit_time(const struct batch_options *options, struct job *job, int64_t start)
{
    int64_t latest = start + options->timeout_ms * CLOCK_NS_PER_MS;
    if (options->timeout_ms && (job->deadline_ns == 0 || job->deadline_ns > latest))
        job->deadline_ns = latest;
}

/* ------------------------------------------------------------------- sources */

static enum err read_line(const struct batch_options *options, struct job *job, struct slice line)
{
    struct slice path = SLICE_NULL;
    enum err err = request_from_json(job, line, options->allow_file ? &path : NULL);
    if (!err && !slice_is_null(path))
        err = input_file_read(job, arena_cstr(job->arena, path));
    return err;
}

static void set_id(struct job *job, struct slice id)
{
    struct buffer json = buffer_make(8 * WARC_MAX_HEADER);
    if (!slice_is_null(id) && json_text_write(id, &json))
        job->id = arena_copy(job->arena, buffer_slice(&json));
    buffer_free(&json);
}

/* A page: typed as one, or of no type and like one. */
static bool is_page(struct slice content_type, struct slice body)
{
    struct slice start = slice_trim(slice_sub(body, 0, 256));
    return media_type_is(content_type, "text/html") || media_type_is(content_type, "application/xhtml+xml") ||
           (content_type.len == 0 && start.len && start.ptr[0] == '<');
}

static enum err read_response(struct job *job, struct slice block, bool *wanted)
{
    struct http_message message;
    const char *why;
    if (!http_message_parse(block, &message))
        return job_fail(job, ERR_UNDECODABLE, "the record holds no HTTP response");
    *wanted = message.status == 200;
    if (!*wanted)
        return ERR_NONE;
    enum err err = message.content_type.len == 0 || is_page(message.content_type, SLICE_NULL)
                       ? http_message_decode(&message, job->arena, LIMIT_INPUT_BYTES, &why)
                       : ERR_NONE;
    *wanted = err || is_page(message.content_type, message.body);
    job->kind = INPUT_HTML;
    job->input = message.body;
    job->content_type = message.content_type;
    return err ? job_fail(job, err, why) : ERR_NONE;
}

static enum err read_record(struct job *job, struct slice bytes, bool *wanted)
{
    struct warc_record record;
    *wanted = true;
    warc_parse(bytes, &record);
    set_id(job, record.id);
    if (record.target_uri.len)
        request_set_option(job, SLICE("base_url"), record.target_uri, 0);
    if (slice_equals_nocase(record.type, SLICE("response")))
        return read_response(job, record.block, wanted);
    job->kind = media_type_is(record.content_type, "text/plain") ? INPUT_TEXT : INPUT_HTML;
    job->input = record.block;
    job->content_type = record.content_type;
    return ERR_NONE;
}

/* ------------------------------------------------------------------- answers */

static void write_answer(struct job *job, struct buffer *out)
{
    size_t start = out->len;
    if (answer_write_line(job, out))
        return;
    out->len = start; /* an answer that does not fit must not leave half a line */
    out->overflow = false;
    job_fail(job, ERR_INTERNAL, "the answer is too large");
    answer_write_line(job, out);
}

static void start_job(const struct batch_options *options, struct arena *arena, struct job *job)
{
    request_init(job, arena, options->knowledge, options->fetcher);
    set_defaults(options, job);
}

static void finish_job(const struct batch_options *options, struct job *job, int64_t start, struct buffer *out)
{
    limit_time(options, job, start);
    if (!job->err)
        pipeline_run(job);
    write_answer(job, out);
}

/* The job of a task, ready to run; false: it asks for no answer. */
static bool make_job(const struct batch_options *options, struct arena *arena, const struct task *task, struct job *job)
{
    struct slice bytes = buffer_slice(&task->bytes);
    bool wanted = true;
    start_job(options, arena, job);
    if (task->kind == TASK_RECORD) {
        read_record(job, bytes, &wanted);
    } else if (task->kind == TASK_LINE) {
        read_line(options, job, bytes);
    } else {
        job->id = bytes.len ? bytes : SLICE_NULL;
        job_fail(job, task->err, task->why);
    }
    return wanted;
}

bool task_answer(const struct batch_options *options, struct arena *arena, const struct task *task, struct buffer *out,
                 enum err *err)
{
    struct job job;
    int64_t start = clock_now_ns();
    bool wanted = make_job(options, arena, task, &job);
    if (wanted)
        finish_job(options, &job, start, out);
    *err = job.err;
    return wanted;
}

bool task_asks(const struct batch_options *options, struct arena *arena, const struct task *task)
{
    struct job job;
    return task->kind != TASK_RECORD || make_job(options, arena, task, &job); /* a line may name a large file */
}

struct slice task_id(const struct batch_options *options, struct arena *arena, const struct task *task)
{
    struct job job;
    struct slice path;
    if (task->kind != TASK_LINE) {
        make_job(options, arena, task, &job);
        return job.id;
    }
    start_job(options, arena, &job);
    request_from_json(&job, buffer_slice(&task->bytes), options->allow_file ? &path : NULL);
    return job.id;
}
