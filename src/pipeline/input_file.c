#include "pipeline/input_file.h"

#include <errno.h>
#include <zlib.h>

#include "article/limits.h"
#include "base/buffer.h"

static enum err fail(struct job *job, enum err err, const char *name, const char *why)
{
    return job_fail(job, err, arena_cstr(job->arena, arena_printf(job->arena, "%s: %s", name, why)));
}

static bool is_gzip(struct slice bytes)
{
    return slice_starts(bytes, SLICE("\x1f\x8b"));
}

/* One member after the other, as RFC 1952 allows; false on damage, overflow is the buffer's. */
static bool gunzip(struct slice bytes, struct buffer *out)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)bytes.ptr, .avail_in = (uInt)bytes.len};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return false;
    int status = Z_OK;
    while (!out->overflow && (status == Z_OK || (status == Z_STREAM_END && stream.avail_in))) {
        if (status == Z_STREAM_END)
            inflateReset(&stream);
        size_t room = bytes.len < 65536 ? 65536 : bytes.len;
        if (room > out->max - out->len)
            room = out->max - out->len + 1; /* one too many tells a full buffer from an overfull one */
        stream.next_out = (Bytef *)buffer_reserve(out, room);
        if (!stream.next_out)
            break;
        stream.avail_out = (uInt)room;
        status = inflate(&stream, Z_NO_FLUSH);
        out->len += room - stream.avail_out;
    }
    inflateEnd(&stream);
    return status == Z_STREAM_END;
}

static enum err take_bytes(struct job *job, struct slice bytes, const char *name)
{
    job->kind = INPUT_SNIFF;
    if (!is_gzip(bytes)) {
        job->input = arena_copy(job->arena, bytes);
        return ERR_NONE;
    }
    struct buffer plain = buffer_make(LIMIT_INPUT_BYTES);
    bool good = gunzip(bytes, &plain);
    enum err err = ERR_NONE;
    if (plain.overflow)
        err = fail(job, ERR_BODY_TOO_LARGE, name, "too large after gunzipping");
    else if (!good)
        err = fail(job, ERR_UNDECODABLE, name, "the gzip data are damaged or cut off");
    else
        job->input = arena_copy(job->arena, buffer_slice(&plain));
    buffer_free(&plain);
    return err;
}

enum err input_stream_read(struct job *job, FILE *stream, const char *name)
{
    struct buffer bytes = buffer_make(LIMIT_INPUT_BYTES);
    size_t got = 0;
    do {
        char *room = buffer_reserve(&bytes, 65536);
        got = room ? fread(room, 1, 65536, stream) : 0;
        bytes.len += got;
    } while (got);
    enum err err = ERR_NONE;
    if (ferror(stream))
        err = fail(job, ERR_BAD_PARAMETER, name, strerror(errno));
    else if (bytes.overflow)
        err = fail(job, ERR_BODY_TOO_LARGE, name, "too large");
    else
        err = take_bytes(job, buffer_slice(&bytes), name);
    buffer_free(&bytes);
    return err;
}

enum err input_file_read(struct job *job, const char *path)
{
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return fail(job, ERR_BAD_PARAMETER, path, strerror(errno));
    enum err err = input_stream_read(job, stream, path);
    fclose(stream);
    return err;
}
