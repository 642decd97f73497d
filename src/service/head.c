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

/* By the length of the name first: most fields of most requests are none of these. */
void head_take_field(struct head *head, struct slice name, struct slice value)
{
    head->bad_name |= !is_field_name(name);
    switch (name.len) {
    case 4: head->hosts += slice_equals_nocase(name, SLICE("host")); break;
    case 6:
        if (slice_equals_nocase(name, SLICE("accept")))
            head->accept = value;
        else if (slice_equals_nocase(name, SLICE("expect")))
            head->expects_continue = true;
        break;
    case 12:
        if (slice_equals_nocase(name, SLICE("content-type")))
            head->content_type = value;
        else if (slice_equals_nocase(name, SLICE("x-request-id")))
            head->request_id = value;
        break;
    case 13:
        if (slice_equals_nocase(name, SLICE("if-none-match")))
            head->if_none_match = value;
        break;
    case 14:
        if (slice_equals_nocase(name, SLICE("content-length")))
            take_length(head, value);
        break;
    case 17: head->transfer_encodings += slice_equals_nocase(name, SLICE("transfer-encoding")); break;
    default: break;
    }
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
