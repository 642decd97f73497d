/* connections: the open connections and how long each may take. libmicrohttpd's own timeout knows only
 * inactivity (a byte a second lives for ever), so each phase of a connection has a deadline here.
 *
 * Threads: the HTTP threads open, enter and close; one keeper thread calls connections_keep every quarter of
 * a second. A connection that has run out of time is marked first, in one atomic step that an HTTP
 * thread entering the next phase either precedes or sees; only then is its socket touched. */
#ifndef NEWSMETA_SERVICE_CONNECTIONS_H
#define NEWSMETA_SERVICE_CONNECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "service/proxies.h"
#include "service/reply.h"

enum phase {
    PHASE_IDLE,   /* no request yet, or none since the last */
    PHASE_HEAD,   /* the first line is there, headers are not */
    PHASE_BODY,
    PHASE_WORK,   /* ours: the job's own deadline rules */
    PHASE_REPLY,  /* being sent, whole */
    PHASE_STREAM, /* being sent piece by piece: the library's inactivity timeout rules */
    PHASE_ENDED   /* out of time; its socket is shut */
};

struct connection_limits {
    int idle_ms;  /* keep-alive without a byte */
    int head_ms;  /* from the first byte of a request to the end of its headers */
    int body_ms;  /* from there to the end of the body; and for a reply to be taken */
};

struct connection;
struct connections;

struct connections *connections_create(struct connection_limits limits);
/* All connections must have been closed. */
void connections_destroy(struct connections *connections);

/* NULL when memory is short. The socket stays the caller's and must be open until connection_close. */
struct connection *connection_open(struct connections *connections, int socket, const struct client_address *peer);
void connection_close(struct connections *connections, struct connection *connection);
/* The connection enters a phase at `now_ns`. False: it has run out of time; no answer is to be given. */
bool connection_enter(struct connection *connection, enum phase phase, int64_t now_ns);
/* Writes a problem past the HTTP library, for when that cannot, and ends our side of the connection. False where the
 * other side has gone. */
bool connection_send(struct connection *connection, const struct reply *reply, struct slice request_id);
size_t connections_count(struct connections *connections);
/* Those from this address. */
size_t connections_count_of(struct connections *connections, const struct client_address *peer);

/* Ends what is too slow: a request that has begun gets a 408, then the socket is shut. Returns how many
 * were ended in the middle of a request. */
size_t connections_keep(struct connections *connections, int64_t now_ns);

#endif
