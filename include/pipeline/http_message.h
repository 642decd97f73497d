/* http_message: an HTTP response as an archive keeps it (RFC 9112): status line, fields, body, the codings of
 * the transfer and of the content taken off. Line ends may be LF alone. */
#ifndef NEWSMETA_PIPELINE_HTTP_MESSAGE_H
#define NEWSMETA_PIPELINE_HTTP_MESSAGE_H

#include "base/arena.h"
#include "base/error.h"

struct http_message {
    int status;
    struct slice content_type, content_encoding, transfer_encoding; /* null where not given */
    struct slice body;
};

/* Borrows from `bytes`. False: this is no HTTP response. */
bool http_message_parse(struct slice bytes, struct http_message *message);
/* Takes the codings off the body, in the arena, at most `max` bytes; a body without one stays as it is. Archives often
 * keep the fields of codings that they took off themselves; so a body that plainly is not coded is left as it is.
 * Errors, with their reason (static): ERR_UNDECODABLE, ERR_BODY_TOO_LARGE. */
enum err http_message_decode(struct http_message *message, struct arena *arena, size_t max, const char **why);

#endif
