#include "pipeline/http_message.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/buffer.h"

/* --------------------------------------------------------------------- head */

static bool take_line(struct slice *rest, struct slice *line)
{
    if (!slice_split(rest, '\n', line))
        return false;
    if (line->len && line->ptr[line->len - 1] == '\r')
        line->len--;
    return true;
}

/* "HTTP/1.1 200 OK"; the reason may be missing. */
static bool parse_status(struct slice line, int *status)
{
    struct slice version, code;
    uint64_t number;
    if (!slice_starts(line, SLICE("HTTP/")) || !slice_split(&line, ' ', &version) || !slice_split(&line, ' ', &code))
        return false;
    if (code.len != 3 || !slice_to_u64(code, 999, &number) || number < 100)
        return false;
    *status = (int)number;
    return true;
}

static void keep_field(struct http_message *message, struct slice name, struct slice value)
{
    if (slice_equals_nocase(name, SLICE("content-type")))
        message->content_type = value;
    else if (slice_equals_nocase(name, SLICE("content-encoding")))
        message->content_encoding = value;
    else if (slice_equals_nocase(name, SLICE("transfer-encoding")))
        message->transfer_encoding = value;
}

bool http_message_parse(struct slice bytes, struct http_message *message)
{
    struct slice line, name;
    *message = (struct http_message){0};
    if (!take_line(&bytes, &line) || !parse_status(line, &message->status))
        return false;
    while (take_line(&bytes, &line) && line.len)
        if (slice_split(&line, ':', &name) && !slice_is_null(line)) /* what has no colon is passed over */
            keep_field(message, name, slice_trim(line));
    message->body = slice_is_null(bytes) ? SLICE("") : bytes;
    return true;
}

/* ------------------------------------------------------------------- chunks */

static bool chunk_size(struct slice line, size_t *size)
{
    size_t digits = 0;
    *size = 0;
    for (; digits < line.len && digits < 15 && ascii_hex_value(line.ptr[digits]) >= 0; digits++)
        *size = *size * 16 + (size_t)ascii_hex_value(line.ptr[digits]);
    line = slice_trim(slice_sub(line, digits, line.len));
    return digits > 0 && (line.len == 0 || line.ptr[0] == ';');
}

/* The chunks' data, together. Null where the body is not in chunks; one that breaks off gives what it has. */
static struct slice join_chunks(struct arena *arena, struct slice body)
{
    struct slice line, rest = body;
    size_t size, len = 0;
    char *out = arena_alloc(arena, body.len);
    for (bool first = true; take_line(&rest, &line); first = false) {
        if (!chunk_size(line, &size)) {
            if (first)
                return SLICE_NULL;
            break;
        }
        struct slice data = slice_sub(rest, 0, size);
        if (size == 0 || data.len == 0)
            break;
        memcpy(out + len, data.ptr, data.len);
        len += data.len;
        rest = slice_sub(rest, data.len, rest.len);
        take_line(&rest, &line); /* the line end behind the data */
    }
    return slice_of(out, len);
}

/* ------------------------------------------------------------------ content */

/* RFC 1950 (its header's check holds), else RFC 1951 alone, as some servers understand "deflate". */
static int window_bits(struct slice body, bool gzip)
{
    if (gzip)
        return 15 + 16;
    unsigned first = (unsigned char)body.ptr[0], second = body.len > 1 ? (unsigned char)body.ptr[1] : 0;
    return (first & 15) == 8 && (first << 8 | second) % 31 == 0 ? 15 : -15;
}

/* Up to `out`'s maximum. Data that break off give what they have, as in a browser; Z_OK and Z_BUF_ERROR say so. */
static int inflate_into(struct slice body, int bits, struct buffer *out)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)body.ptr, .avail_in = (uInt)body.len};
    if (inflateInit2(&stream, bits) != Z_OK)
        return Z_MEM_ERROR;
    int result = Z_OK;
    while (result == Z_OK && out->len < out->max) {
        size_t room = out->max - out->len < 65536 ? out->max - out->len : 65536;
        stream.next_out = (Bytef *)buffer_reserve(out, room);
        if (!stream.next_out)
            break;
        stream.avail_out = (uInt)room;
        result = inflate(&stream, Z_NO_FLUSH);
        out->len += room - stream.avail_out;
    }
    inflateEnd(&stream);
    return result;
}

static enum err inflate_body(struct http_message *message, struct arena *arena, size_t max, bool gzip, const char **why)
{
    struct buffer plain = buffer_make(max + 1); /* one too many tells a full buffer from an overfull one */
    int result = inflate_into(message->body, window_bits(message->body, gzip), &plain);
    arena_on_release(arena, free, plain.ptr);
    message->body = plain.ptr ? buffer_slice(&plain) : SLICE("");
    if (plain.len > max) {
        *why = "the content is too large once it is decompressed";
        return ERR_BODY_TOO_LARGE;
    }
    if (result == Z_STREAM_END || ((result == Z_OK || result == Z_BUF_ERROR) && plain.len))
        return ERR_NONE;
    *why = "the compressed content is damaged";
    return ERR_UNDECODABLE;
}

static enum err decode_content(struct http_message *message, struct arena *arena, size_t max, const char **why)
{
    struct slice coding = message->content_encoding;
    bool gzip = slice_equals_nocase(coding, SLICE("gzip")) || slice_equals_nocase(coding, SLICE("x-gzip"));
    bool deflate = slice_equals_nocase(coding, SLICE("deflate"));
    bool plain = coding.len == 0 || slice_equals_nocase(coding, SLICE("identity"));
    struct slice start = slice_trim(slice_sub(message->body, 0, 256));
    if (plain || start.len == 0 || start.ptr[0] == '<' || (gzip && !slice_starts(message->body, SLICE("\x1f\x8b"))))
        return ERR_NONE;
    if (gzip || deflate)
        return inflate_body(message, arena, max, gzip, why);
    *why = "the content has a coding other than gzip and deflate";
    return ERR_UNDECODABLE;
}

enum err http_message_decode(struct http_message *message, struct arena *arena, size_t max, const char **why)
{
    *why = NULL;
    if (slice_contains_nocase(message->transfer_encoding, SLICE("chunked"))) {
        struct slice joined = join_chunks(arena, message->body);
        if (!slice_is_null(joined))
            message->body = joined;
    }
    return decode_content(message, arena, max, why);
}
