#include "service/head.h"

/* A blank in or behind a name is read as part of it by some and cut off by others (RFC 9112, 5.1). */
static bool is_field_name(struct slice name)
{
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] <= ' ' || (unsigned char)name.ptr[i] >= 0x7F)
            return false;
    return name.len > 0;
}

static void take_length(struct head *head, struct slice value)
{
    head->content_lengths++;
    head->bad_length |= !slice_to_u64(value, INT64_MAX, &head->content_length);
}

/* The fields that are kept as they came; of several the last. */
static const struct text_field {
    const char *name;
    size_t len, offset;
} text_fields[] = {
#define TEXT_FIELD(name, member) {name, sizeof(name) - 1, offsetof(struct head, member)}
    TEXT_FIELD("accept", accept),
    TEXT_FIELD("authorization", authorization),
    TEXT_FIELD("content-type", content_type),
    TEXT_FIELD("forwarded", forwarded),
    TEXT_FIELD("if-none-match", if_none_match),
    TEXT_FIELD("access-control-request-method", requested_method),
    TEXT_FIELD("origin", origin),
    TEXT_FIELD("traceparent", traceparent),
    TEXT_FIELD("x-api-key", api_key),
    TEXT_FIELD("x-forwarded-for", forwarded_for),
    TEXT_FIELD("x-request-id", request_id),
#undef TEXT_FIELD
};

static void take_text(struct head *head, struct slice name, struct slice value)
{
    for (size_t i = 0; i < sizeof text_fields / sizeof text_fields[0]; i++) {
        const struct text_field *field = &text_fields[i];
        if (name.len != field->len || !slice_equals_nocase(name, slice_of(field->name, field->len)))
            continue;
        *(struct slice *)(void *)((char *)head + field->offset) = value;
        return;
    }
}

void head_take_field(struct head *head, struct slice name, struct slice value)
{
    head->bad_name |= !is_field_name(name);
    if (slice_equals_nocase(name, SLICE("host")))
        head->hosts++;
    else if (slice_equals_nocase(name, SLICE("expect")))
        head->expects_continue = true;
    else if (slice_equals_nocase(name, SLICE("content-length")))
        take_length(head, value);
    else if (slice_equals_nocase(name, SLICE("transfer-encoding")))
        head->transfer_encodings++;
    else
        take_text(head, name, value);
}

/* "00-" 32 hex digits "-" 16 hex digits "-" 2; an id of zeros is none. */
struct slice head_find_trace_id(const struct head *head)
{
    struct slice text = head->traceparent;
    bool zero = true;
    if (text.len < 55 || text.ptr[2] != '-' || text.ptr[35] != '-' || text.ptr[52] != '-')
        return SLICE_NULL;
    for (size_t i = 3; i < 35; i++) {
        if (!ascii_is_digit(text.ptr[i]) && !(text.ptr[i] >= 'a' && text.ptr[i] <= 'f'))
            return SLICE_NULL;
        zero &= text.ptr[i] == '0';
    }
    return zero ? SLICE_NULL : slice_sub(text, 3, 35);
}

const char *head_find_smuggling(const struct head *head, struct slice version)
{
    if (head->bad_name)
        return "a header field's name is not well-formed";
    if (head->content_lengths > 1)
        return "Content-Length is given twice";
    if (head->content_lengths && head->transfer_encodings)
        return "Content-Length and Transfer-Encoding are both given";
    if (head->transfer_encodings > 1)
        return "Transfer-Encoding is given twice";
    if (head->bad_length)
        return "Content-Length is not a number";
    if (head->hosts > 1 || (head->hosts == 0 && slice_equals(version, SLICE("HTTP/1.1"))))
        return "exactly one Host header must be given";
    return NULL;
}

bool head_announces_body(const struct head *head)
{
    return head->transfer_encodings || head->bad_length || head->content_length > 0;
}

bool head_has_body_within(const struct head *head, uint64_t bytes)
{
    return head->content_lengths && !head->bad_length && head->content_length <= bytes;
}
