#include "service/head.h"

/* A letter, a digit or one of the marks. */
static bool is_among(char c, const char *marks)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (c != '\0' && strchr(marks, c));
}

/* A token (RFC 9110, 5.6.2). A blank in or behind a name is read as part of it by some and cut off by others. */
static bool is_field_name(struct slice name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_among(name.ptr[i], "!#$%&'*+-.^_`|~"))
            return false;
    return name.len > 0;
}

/* RFC 9110, 5.5: a bare CR in a value ends it for some. */
static bool is_field_value(struct slice value)
{
    bool control = false; /* found without a branch, so that many bytes are looked at at once */
    for (size_t i = 0; i < value.len; i++)
        control |= (((unsigned char)value.ptr[i] < ' ') & (value.ptr[i] != '\t')) | (value.ptr[i] == 0x7F);
    return !control;
}

/* A name or address with a port or none (RFC 9110, 7.2); what is no part of either could be read as the end of it. */
static bool is_host(struct slice host)
{
    for (size_t i = 0; i < host.len; i++)
        if (!is_among(host.ptr[i], "-._~!$&'()*+;=:[]%"))
            return false;
    return true;
}

static void take_length(struct head *head, struct slice value)
{
    head->content_lengths++;
    head->bad_length |= !slice_to_u64(value, INT64_MAX, &head->content_length);
}

static void take_host(struct head *head, struct slice value)
{
    head->hosts++;
    head->bad_host |= !is_host(slice_trim(value));
}

/* The library knows one coding, by this name alone; for any other it would read to the end of the connection. */
static void take_coding(struct head *head, struct slice value)
{
    head->transfer_encodings++;
    head->bad_coding |= !slice_equals_nocase(value, SLICE("chunked"));
}

/* RFC 9110, 8.4.1: identity is none. */
static void take_content_coding(struct head *head, struct slice value)
{
    value = slice_trim(value);
    head->is_coded |= value.len > 0 && !slice_equals_nocase(value, SLICE("identity"));
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
    TEXT_FIELD("if-none-match", if_none_match),
    TEXT_FIELD("access-control-request-method", requested_method),
    TEXT_FIELD("origin", origin),
    TEXT_FIELD("traceparent", traceparent),
    TEXT_FIELD("x-api-key", api_key),
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

static void take_line(struct field_lines *list, struct slice value)
{
    if (list->count == FIELD_LINES) {
        memmove(list->lines, list->lines + 1, (FIELD_LINES - 1) * sizeof list->lines[0]);
        list->count--;
    }
    list->lines[list->count++] = value;
}

void head_take_field(struct head *head, struct slice name, struct slice value)
{
    head->bad_name |= !is_field_name(name);
    head->bad_value |= !is_field_value(value);
    if (slice_equals_nocase(name, SLICE("host")))
        take_host(head, value);
    else if (slice_equals_nocase(name, SLICE("expect")))
        head->expects_continue = true;
    else if (slice_equals_nocase(name, SLICE("content-length")))
        take_length(head, value);
    else if (slice_equals_nocase(name, SLICE("transfer-encoding")))
        take_coding(head, value);
    else if (slice_equals_nocase(name, SLICE("content-encoding")))
        take_content_coding(head, value);
    else if (slice_equals_nocase(name, SLICE("forwarded")))
        take_line(&head->forwarded, value);
    else if (slice_equals_nocase(name, SLICE("x-forwarded-for")))
        take_line(&head->forwarded_for, value);
    else
        take_text(head, name, value);
}

const char *head_find_smuggling(const struct head *head, struct slice version)
{
    if (head->bad_target)
        return "the request's target is no URL";
    if (head->bad_name)
        return "a header field's name is not well-formed";
    if (head->bad_value)
        return "a header field's value holds a control character";
    if (head->bad_layout)
        return "a line of the header holds a NUL, ends otherwise than with CR LF, or goes on in the next";
    if (head->content_lengths > 1)
        return "Content-Length is given twice";
    if (head->content_lengths && head->transfer_encodings)
        return "Content-Length and Transfer-Encoding are both given";
    if (head->transfer_encodings > 1)
        return "Transfer-Encoding is given twice";
    if (head->bad_coding)
        return "the only Transfer-Encoding that is understood is chunked";
    if (head->transfer_encodings && !slice_equals(version, SLICE("HTTP/1.1")))
        return "Transfer-Encoding is of HTTP/1.1";
    if (head->bad_length)
        return "Content-Length is not a number";
    if (head->hosts > 1 || (head->hosts == 0 && slice_equals(version, SLICE("HTTP/1.1"))))
        return "exactly one Host header must be given";
    if (head->bad_host)
        return "Host is no name or address";
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
