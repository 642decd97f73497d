/* gate: who gets in: API keys, rates, and the origins whose pages may read the answers. Knows heads and
 * replies, nothing of the HTTP library. With the default settings it lets everybody through. */
#ifndef NEWSMETA_SERVICE_GATE_H
#define NEWSMETA_SERVICE_GATE_H

#include "pipeline/settings.h"
#include "service/call.h"
#include "service/head.h"
#include "service/proxies.h"

struct gate;

/* NULL when a setting cannot be read; *problem (static) says which. The settings must live as long. Rates that are the
 * same as those of `previous` (which may be NULL) are shared with it, so that nobody gets his tokens back. */
struct gate *gate_create(const struct settings *settings, const struct gate *previous, const char **problem);
void gate_destroy(struct gate *gate);

/* The cross-origin headers of any answer to this request (Fetch standard, 3.2). */
void gate_mark_origin(const struct gate *gate, const struct head *head, struct reply *reply);
/* Work that is asked for by the peer: ERR_NONE, ERR_UNAUTHORIZED or ERR_RATE_LIMITED. Sets call->key and call->client,
 * and the rate headers of the reply. */
enum err gate_admit(struct gate *gate, const struct head *head, const struct client_address *peer, struct call *call,
                    struct reply *reply);
/* A batch that was admitted as one request holds as many jobs as this. */
void gate_charge(struct gate *gate, const struct call *call, struct slice lines);

#endif
