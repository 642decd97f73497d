#include "load_answer.h"

#include <stdlib.h>
#include <string.h>

void load_answer_clear(struct load_answer *answer)
{
    buffer_clear(&answer->bytes);
    answer->head_len = 0;
}

/* FNV-1a over the body, the request's id passed over. */
static uint64_t digest_body(struct slice body, const char *id)
{
    uint64_t digest = 0xcbf29ce484222325u;
    for (size_t i = 0; i < body.len; i++) {
        if (body.ptr[i] == id[0] && body.len - i >= LOAD_ID_LENGTH && memcmp(body.ptr + i, id, LOAD_ID_LENGTH) == 0)
            i += LOAD_ID_LENGTH - 1;
        else
            digest = (digest ^ (unsigned char)body.ptr[i]) * 0x100000001b3u;
    }
    return digest;
}

static struct slice field_value(struct slice head, const char *name)
{
    char *at = strcasestr(head.ptr, name); /* the head ends in a NUL by then */
    if (!at)
        return SLICE_NULL;
    at += strlen(name);
    return slice_trim(slice_of(at, strcspn(at, "\r\n")));
}

/* Reads the head once it is whole; false: it is not yet. */
static bool read_head(struct load_answer *answer)
{
    if (answer->head_len)
        return true;
    char *end = memmem(answer->bytes.ptr, answer->bytes.len, "\r\n\r\n", 4);
    if (!end)
        return false;
    end[2] = '\0';
    answer->head_len = (size_t)(end - answer->bytes.ptr) + 4;
    struct slice head = slice_of(answer->bytes.ptr, answer->head_len - 2), length = field_value(head, "\r\nContent-Length:");
    uint64_t number = 0;
    answer->status = answer->bytes.len > 12 ? (int)strtol(answer->bytes.ptr + 9, NULL, 10) : 0;
    answer->closes = slice_equals_nocase(field_value(head, "\r\nConnection:"), SLICE("close"));
    answer->body_len = length.ptr && slice_to_u64(length, INT64_MAX, &number) ? (size_t)number : SIZE_MAX;
    return true;
}

bool load_answer_is_whole(struct load_answer *answer)
{
    if (!read_head(answer))
        return false;
    size_t got = answer->bytes.len - answer->head_len;
    if (answer->body_len != SIZE_MAX)
        return got >= answer->body_len;
    return got >= 5 && memcmp(answer->bytes.ptr + answer->bytes.len - 5, "0\r\n\r\n", 5) == 0;
}

/* The pieces of a chunked body end where the server pleases: what counts is what stands in them. */
static struct slice join_chunks(struct slice body, struct buffer *joined)
{
    while (body.len) {
        char *end;
        size_t size = strtoul(body.ptr, &end, 16);
        struct slice rest = slice_sub(body, (size_t)(end - body.ptr) + 2, body.len);
        if (size == 0 || size + 2 > rest.len)
            break;
        buffer_append(joined, slice_sub(rest, 0, size));
        body = slice_sub(rest, size + 2, rest.len);
    }
    return buffer_slice(joined);
}

/* What is wrong with it (static), or NULL. */
static const char *learn_or_compare(const struct load_answer *answer, uint64_t digest, struct load_case *what)
{
    if (what->status == 0) {
        what->status = answer->status;
        what->digest = digest;
    }
    return answer->status != what->status || digest != what->digest ? "not the answer of before" : NULL;
}

const char *load_answer_judge(const struct load_answer *answer, const char *id, struct load_case *what)
{
    struct slice head = slice_of(answer->bytes.ptr, answer->head_len - 2);
    struct slice body = slice_sub(buffer_slice(&answer->bytes), answer->head_len, answer->bytes.len);
    struct slice its_id = field_value(head, "\r\nX-Request-Id:");
    if (answer->status == 408)
        return NULL;
    if (!slice_equals(its_id, slice_of(id, LOAD_ID_LENGTH)))
        return "an answer with another request's id";
    if (answer->status == 503)
        return field_value(head, "\r\nRetry-After:").ptr ? NULL : "503 without Retry-After";
    struct buffer joined = buffer_make(SIZE_MAX / 4);
    if (answer->body_len == SIZE_MAX)
        body = join_chunks(body, &joined);
    const char *wrong = learn_or_compare(answer, digest_body(body, id), what);
    buffer_free(&joined);
    return wrong;
}
