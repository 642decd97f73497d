/* problem: errors as application/problem+json (RFC 9457). */
#ifndef NEWSMETA_OUTPUT_PROBLEM_H
#define NEWSMETA_OUTPUT_PROBLEM_H

#include "base/buffer.h"
#include "base/error.h"

/* `detail` and `request_id` may be null; they are JSON-escaped here. `upstream_status` 0: none. */
bool problem_write(enum err err, struct slice detail, struct slice request_id, int upstream_status,
                   struct buffer *out);

#endif
