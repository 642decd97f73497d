/* head_layout: does the head of a request consist of nothing but what the HTTP library says of it?
 *
 * libmicrohttpd 0.9.75 reads leniently and does not say so: a bare LF ends a line, a NUL ends a field's value, folded
 * lines are joined, blanks between the parts of the first line are passed over. Whoever reads strictly before it (a
 * proxy) sees another request (RFC 9112, 11.2). But it hands out the parts where they arrived, ended in place, so
 * that between two of them lies exactly their separator, or the head was not what it seems.
 * Later libraries are strict when asked to be (MHD_OPTION_CLIENT_DISCIPLINE_LVL of 1.0). */
#ifndef NEWSMETA_SERVICE_HEAD_LAYOUT_H
#define NEWSMETA_SERVICE_HEAD_LAYOUT_H

#include <stdbool.h>

#include "base/slice.h"

struct head_layout {
    const char *start, *end; /* of what has been seen */
    bool odd;
};

/* The first line: its parts as they lie in the buffer. */
void head_layout_begin(struct head_layout *layout, struct slice method, struct slice target, struct slice version);
/* The fields, in order. */
void head_layout_take(struct head_layout *layout, struct slice name, struct slice value);
/* True when all parts lie side by side and fill the head, which is `size` bytes long with its empty line. */
bool head_layout_is_plain(const struct head_layout *layout, size_t size);

#endif
