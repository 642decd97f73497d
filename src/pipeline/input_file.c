#include "pipeline/input_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "article/limits.h"
#include "pipeline/byte_stream.h"

static enum err fail(struct job *job, enum err err, const char *name, const char *why)
{
    return job_fail(job, err, arena_cstr(job->arena, arena_printf(job->arena, "%s: %s", name, why)));
}

enum err input_descriptor_read(struct job *job, int fd, const char *name)
{
    struct byte_stream *stream = byte_stream_open(fd, -1);
    struct buffer bytes = buffer_make(LIMIT_INPUT_BYTES);
    byte_stream_read(stream, (uint64_t)LIMIT_INPUT_BYTES + 1, &bytes);
    enum stream_status status = byte_stream_status(stream);
    int error = byte_stream_errno(stream);
    byte_stream_close(stream);
    arena_on_release(job->arena, free, bytes.ptr); /* not copied: pages are large */
    if (bytes.overflow)
        return fail(job, ERR_BODY_TOO_LARGE, name, "too large (counted without gzip)");
    if (status == STREAM_FAILED)
        return fail(job, ERR_BAD_PARAMETER, name, strerror(error));
    if (status == STREAM_DAMAGED)
        return fail(job, ERR_UNDECODABLE, name, "the gzip data are damaged or cut off");
    job->kind = INPUT_SNIFF;
    job->input = bytes.ptr ? buffer_slice(&bytes) : SLICE("");
    return ERR_NONE;
}

enum err input_file_read(struct job *job, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(job, ERR_BAD_PARAMETER, path, strerror(errno));
    enum err err = input_descriptor_read(job, fd, path);
    close(fd);
    return err;
}
