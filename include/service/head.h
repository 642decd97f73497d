/* head: the header fields of a request that matter here, and whether they can be trusted. Knows nothing of
 * the HTTP library, which hands the fields over one by one.
 *
 * What smuggles requests past a proxy (RFC 9112, 11.2) is found here, because the library lets it pass. */
#ifndef NEWSMETA_SERVICE_HEAD_H
#define NEWSMETA_SERVICE_HEAD_H

#include "base/slice.h"

#define FIELD_LINES 8u

/* A list that several lines of the same name make up (RFC 9110, 5.3); of more than there is room for, the last. */
struct field_lines {
    struct slice lines[FIELD_LINES];
    size_t count;
};

struct head {
    struct slice accept, content_type, if_none_match, request_id, authorization, api_key, origin,
        requested_method, traceparent; /* null: not sent; borrowed */
    struct field_lines forwarded, forwarded_for;
    uint64_t content_length;
    int content_lengths, transfer_encodings, hosts; /* how often each was sent */
    bool bad_name, bad_value, bad_host, bad_length, bad_coding, expects_continue;
    bool is_coded; /* the body has a Content-Encoding */
    bool bad_target, bad_layout; /* found by whoever holds the bytes */
};

void head_take_field(struct head *head, struct slice name, struct slice value);
/* Why the request must not be read any further (static), or NULL. `version` is "HTTP/1.1" or another. */
const char *head_find_smuggling(const struct head *head, struct slice version);
bool head_announces_body(const struct head *head);
/* A body of at most this many bytes is announced by its length. */
bool head_has_body_within(const struct head *head, uint64_t bytes);

#endif
