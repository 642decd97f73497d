#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "article/limits.h"
#include "batch_internal.h"
#include "output/json_text.h"

void batch_source_open(struct batch_source *source, const struct batch_input *input)
{
    *source = (struct batch_source){.input = input, .fd = -1, .path = buffer_make(1 << 16)};
    if (input->fd_lists_paths)
        source->list = byte_stream_open(input->fd, input->stop_fd);
}

static void close_stream(struct batch_source *source)
{
    if (source->format == SOURCE_ARCHIVE) {
        source->passed_over += source->archive.skipped;
        warc_close(&source->archive);
    }
    if (source->stream)
        source->bytes_closed += byte_stream_raw_count(source->stream);
    byte_stream_close(source->stream);
    if (source->fd >= 0)
        close(source->fd);
    source->stream = NULL;
    source->fd = -1;
    source->format = SOURCE_UNKNOWN;
}

void batch_source_close(struct batch_source *source)
{
    close_stream(source);
    byte_stream_close(source->list);
    buffer_free(&source->path);
}

uint64_t batch_source_bytes(const struct batch_source *source)
{
    return source->bytes_closed + (source->stream ? byte_stream_raw_count(source->stream) : 0);
}

/* ----------------------------------------------------------------- problems */

static void set_problem(struct task *task, enum err err, struct slice id, const char *why)
{
    task->kind = TASK_PROBLEM;
    task->err = err;
    snprintf(task->why, sizeof task->why, "%s", why);
    buffer_clear(&task->bytes);
    if (!slice_is_null(id))
        json_text_write(id, &task->bytes);
}

/* The path is the id of what goes wrong with a whole file. */
static struct slice file_id(const struct batch_source *source)
{
    return source->path.len ? slice_sub(buffer_slice(&source->path), 0, source->path.len - 1) : SLICE_NULL;
}

/* ---------------------------------------------------------------- which file */

/* The next path, with a NUL behind it. */
static bool next_path(struct batch_source *source)
{
    const struct batch_input *input = source->input;
    buffer_clear(&source->path);
    if (source->next_path < input->path_count)
        buffer_append_cstr(&source->path, input->paths[source->next_path++]);
    while (source->list && source->path.len == 0) {
        if (!byte_stream_read_line(source->list, &source->path))
            return false;
        if (source->path.len && source->path.ptr[source->path.len - 1] == '\r')
            source->path.len--;
    }
    return source->path.len && buffer_append_byte(&source->path, '\0');
}

/* The list of paths itself may not be readable; that is told once. */
static bool list_problem(struct batch_source *source, struct task *task)
{
    enum stream_status status = source->list && !source->fd_used ? byte_stream_status(source->list) : STREAM_END;
    source->fd_used = true;
    if (status == STREAM_FAILED)
        set_problem(task, ERR_BAD_PARAMETER, SLICE_NULL, strerror(byte_stream_errno(source->list)));
    else if (status == STREAM_DAMAGED)
        set_problem(task, ERR_UNDECODABLE, SLICE_NULL, "the gzip data are damaged or cut off");
    source->stopped |= status == STREAM_STOPPED;
    return status == STREAM_FAILED || status == STREAM_DAMAGED;
}

/* Opens what comes next; false at the end. *opened is false where it cannot be opened, which is a task. */
static bool open_next(struct batch_source *source, struct task *task, bool *opened)
{
    bool files = source->list || source->input->path_count;
    *opened = true;
    if (!files) {
        if (source->fd_used)
            return false;
        source->fd_used = true;
        source->stream = byte_stream_open(source->input->fd, source->input->stop_fd);
        return true;
    }
    if (!next_path(source)) {
        *opened = false;
        return list_problem(source, task);
    }
    source->fd = open(source->path.ptr, O_RDONLY | O_CLOEXEC);
    *opened = source->fd >= 0;
    if (*opened)
        source->stream = byte_stream_open(source->fd, source->input->stop_fd);
    else
        set_problem(task, ERR_BAD_PARAMETER, file_id(source), strerror(errno));
    return true;
}

/* ---------------------------------------------------------------- next task */

/* Waits for eight bytes only where the first ones may begin an archive. */
static void tell_format(struct batch_source *source)
{
    struct slice start = byte_stream_peek(source->stream, 1);
    if (start.len && start.ptr[0] == 'W')
        start = byte_stream_peek(source->stream, 8);
    else if (start.len && start.ptr[0] == '\xEF')
        start = byte_stream_peek(source->stream, 3);
    source->format = warc_is_start(start) ? SOURCE_ARCHIVE : SOURCE_LINES;
    if (source->format == SOURCE_ARCHIVE)
        warc_open(&source->archive, source->stream, LIMIT_INPUT_BYTES);
    else if (slice_starts(start, SLICE("\xEF\xBB\xBF")))
        byte_stream_take(source->stream, 3); /* a mark of UTF-8, which JSON does without (RFC 8259) */
}

static bool next_line(struct batch_source *source, struct task *task)
{
    do {
        buffer_clear(&task->bytes);
        if (!byte_stream_read_line(source->stream, &task->bytes))
            return false;
    } while (slice_trim(buffer_slice(&task->bytes)).len == 0 && !task->bytes.overflow);
    task->kind = TASK_LINE;
    if (task->bytes.overflow)
        set_problem(task, ERR_BODY_TOO_LARGE, SLICE_NULL, "the line is too long");
    return true;
}

static bool next_record(struct batch_source *source, struct task *task)
{
    struct warc_record record;
    enum warc_status status = warc_next(&source->archive, &task->bytes, &record);
    task->kind = TASK_RECORD;
    if (status == WARC_BROKEN) {
        struct buffer id = buffer_make(WARC_MAX_HEADER); /* it lies in the buffer that the problem takes */
        buffer_append(&id, record.id);
        set_problem(task, record.err, record.id.len ? buffer_slice(&id) : file_id(source), record.why);
        buffer_free(&id);
    }
    return status != WARC_END;
}

/* What ended the stream, if that is a problem. An archive's damage has been told. */
static bool end_problem(struct batch_source *source, struct task *task)
{
    enum stream_status status = byte_stream_status(source->stream);
    source->stopped |= status == STREAM_STOPPED;
    if (status == STREAM_FAILED)
        set_problem(task, ERR_BAD_PARAMETER, file_id(source), strerror(byte_stream_errno(source->stream)));
    else if (status == STREAM_DAMAGED)
        set_problem(task, ERR_UNDECODABLE, file_id(source), "the gzip data are damaged or cut off");
    return status == STREAM_FAILED || status == STREAM_DAMAGED;
}

static bool is_stopped(struct batch_source *source)
{
    struct pollfd waited = {.fd = source->input->stop_fd, .events = POLLIN};
    if (waited.fd >= 0 && poll(&waited, 1, 0) > 0)
        source->stopped = true;
    return source->stopped;
}

bool batch_source_next(struct batch_source *source, struct task *task)
{
    bool opened;
    while (!is_stopped(source)) {
        if (!source->stream) {
            if (!open_next(source, task, &opened))
                return false;
            if (!opened)
                return true;
        }
        if (source->format == SOURCE_UNKNOWN)
            tell_format(source);
        bool any = source->format == SOURCE_ARCHIVE ? next_record(source, task) : next_line(source, task);
        if (any && byte_stream_status(source->stream) != STREAM_STOPPED) /* else it may be half a task */
            return true;
        bool problem = end_problem(source, task);
        close_stream(source);
        if (problem)
            return true;
    }
    return false;
}
