/* stream: a batch, NDJSON in, NDJSON out, a line of answer for a line of job, streamed as they are ready.
 *
 * Memory is bounded: the jobs are at most max_body_bytes, and of the answers at most STREAM_WINDOW lines are
 * in work or wait to be read; nothing more is begun until the client has taken what is ready. A batch
 * reserves its window in the workers' queues, so it can neither be refused half way nor push others out. */
#ifndef NEWSMETA_SERVICE_STREAM_H
#define NEWSMETA_SERVICE_STREAM_H

#include <sys/types.h>

#include "service/call.h"
#include "service/service.h"

#define STREAM_WINDOW 16

/* How the batch stops and restarts whoever reads it. Both are called with the batch's lock held. */
struct stream_reader {
    void (*hold)(void *context); /* on the reader's thread: there is nothing to read yet */
    void (*wake)(void *context); /* on a worker's thread: now there is */
    void *context;
};

struct stream;

/* Takes over call->body's memory (`body`, of which `held` bytes are counted as held) when it returns
 * ERR_NONE. Errors: ERR_BAD_PARAMETER, ERR_UNSUPPORTED_MEDIA, ERR_QUEUE_FULL, ERR_INTERNAL; *detail (static) says why.
 */
enum err stream_create(struct service *service, const struct call *call, struct buffer *body, size_t held,
                      struct stream_reader reader, struct stream **stream, const char **detail);
/* Up to `room` bytes of answers: their number, 0 after `hold` has been called, -1 at the end. */
ssize_t stream_read(struct stream *stream, char *to, size_t room);
/* Nobody will read any more. What is being worked on is finished and forgotten. */
void stream_close(struct stream *stream);

#endif
