#include "service/connections.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "service/fields.h"
#include "service/reply.h"

#define STUCK_NS (3000 * CLOCK_NS_PER_MS) /* what has come is read within milliseconds, however much there is to do */

struct connection {
    struct connection *next, *previous;
    int socket;
    struct client_address peer;
    _Atomic uint64_t state;   /* number of phases entered << 8 | enum phase */
    _Atomic int64_t since_ns; /* when the phase was entered */

    /* the keeper's own */
    uint64_t seen_state;      /* the phase that was last looked at */
    uint64_t seen_bytes;      /* idle: what the socket had received then; body: what of it had been read */
    int64_t head_seen_ns;     /* when it had received more; 0: not yet */
    int64_t stuck_since_ns;   /* since then nothing has been read of what there is */
};

struct connections {
    struct connection_limits limits;
    pthread_mutex_t lock;
    struct connection first; /* a ring */
    size_t count;
};

struct connections *connections_create(struct connection_limits limits)
{
    struct connections *connections = calloc(1, sizeof *connections);
    if (!connections)
        return NULL;
    connections->limits = limits;
    pthread_mutex_init(&connections->lock, NULL);
    connections->first.next = connections->first.previous = &connections->first;
    return connections;
}

void connections_destroy(struct connections *connections)
{
    if (!connections)
        return;
    pthread_mutex_destroy(&connections->lock);
    free(connections);
}

struct connection *connection_open(struct connections *connections, int socket, const struct client_address *peer)
{
    struct connection *connection = calloc(1, sizeof *connection);
    if (!connection)
        return NULL;
    connection->socket = socket;
    connection->peer = *peer;
    atomic_init(&connection->state, PHASE_IDLE);
    atomic_init(&connection->since_ns, clock_now_ns());
    connection->seen_state = UINT64_MAX;
    pthread_mutex_lock(&connections->lock);
    connection->next = &connections->first;
    connection->previous = connections->first.previous;
    connection->previous->next = connection;
    connections->first.previous = connection;
    connections->count++;
    pthread_mutex_unlock(&connections->lock);
    return connection;
}

void connection_close(struct connections *connections, struct connection *connection)
{
    if (!connection)
        return;
    pthread_mutex_lock(&connections->lock);
    connection->previous->next = connection->next;
    connection->next->previous = connection->previous;
    connections->count--;
    pthread_mutex_unlock(&connections->lock);
    free(connection);
}

size_t connections_count(struct connections *connections)
{
    pthread_mutex_lock(&connections->lock);
    size_t count = connections->count;
    pthread_mutex_unlock(&connections->lock);
    return count;
}

size_t connections_count_of(struct connections *connections, const struct client_address *peer)
{
    size_t count = 0;
    pthread_mutex_lock(&connections->lock);
    for (struct connection *c = connections->first.next; c != &connections->first; c = c->next)
        count += client_address_equals(&c->peer, peer);
    pthread_mutex_unlock(&connections->lock);
    return count;
}

static enum phase phase_of(uint64_t state)
{
    return (enum phase)(state & 0xFF);
}

/* The time is written before the phase: a keeper that sees the new phase sees the new time too; one that
 * sees the old phase with the new time errs on the patient side. */
bool connection_enter(struct connection *connection, enum phase phase, int64_t now_ns)
{
    uint64_t state = atomic_load(&connection->state);
    if (phase_of(state) == PHASE_ENDED)
        return false;
    atomic_store(&connection->since_ns, now_ns);
    uint64_t next = ((state >> 8) + 1) << 8 | (uint64_t)phase;
    return atomic_compare_exchange_strong(&connection->state, &state, next); /* fails only against the keeper */
}

/* ------------------------------------------------------------------ keeping */

/* Bytes that the kernel has received on the socket so far; 0 where it cannot say. */
static uint64_t received_bytes(int socket)
{
    struct tcp_info info = {0};
    socklen_t len = sizeof info;
    if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &len) != 0)
        return 0;
    return info.tcpi_bytes_received;
}

/* libmicrohttpd does not say when the first byte of a request comes, the kernel's count does. Between two
 * looks at the same idle phase the count grows only by bytes of a head that is not whole yet; from then on
 * the idle phase is timed as a head. */
static void watch_idle(struct connection *connection, uint64_t state, int64_t now_ns)
{
    uint64_t bytes = received_bytes(connection->socket);
    if (connection->seen_state != state) {
        bool is_new = state >> 8 == 0; /* no request yet: every byte belongs to the first */
        connection->seen_state = state;
        connection->seen_bytes = is_new ? 0 : bytes;
        connection->head_seen_ns = 0;
    }
    if (connection->head_seen_ns == 0 && bytes > connection->seen_bytes)
        connection->head_seen_ns = now_ns;
}

/* The library cannot go on with some bodies, nor give them up: a chunk whose first line is longer than the connection's
 * memory. It reads no more then, and does not see the other side go. */
static bool is_stuck(struct connection *connection, uint64_t state, int64_t now_ns)
{
    int unread = 0;
    bool waits = ioctl(connection->socket, FIONREAD, &unread) == 0 && unread > 0;
    uint64_t read = waits ? received_bytes(connection->socket) - (uint64_t)unread : 0;
    if (!waits || connection->seen_state != state || connection->seen_bytes != read)
        connection->stuck_since_ns = now_ns;
    connection->seen_state = state;
    connection->seen_bytes = read;
    return now_ns - connection->stuck_since_ns > STUCK_NS;
}

static bool is_over(int64_t since_ns, int64_t now_ns, int limit_ms)
{
    return now_ns - since_ns > limit_ms * CLOCK_NS_PER_MS;
}

static bool is_late(const struct connection_limits *limits, struct connection *connection, uint64_t state,
                    int64_t now_ns)
{
    int64_t since_ns = atomic_load(&connection->since_ns);
    switch (phase_of(state)) {
    case PHASE_IDLE:
        watch_idle(connection, state, now_ns);
        if (connection->head_seen_ns)
            return is_over(connection->head_seen_ns, now_ns, limits->head_ms);
        return is_over(since_ns, now_ns, limits->idle_ms);
    case PHASE_HEAD: return is_over(since_ns, now_ns, limits->head_ms);
    case PHASE_BODY: return is_over(since_ns, now_ns, limits->body_ms) || is_stuck(connection, state, now_ns);
    case PHASE_REPLY: return is_over(since_ns, now_ns, limits->body_ms);
    default: return false;
    }
}

static void write_field(void *bytes, const char *name, const char *value)
{
    buffer_printf(bytes, "%s: %s\r\n", name, value);
}

bool connection_send(struct connection *connection, const struct reply *reply, struct slice request_id)
{
    struct buffer bytes = buffer_make(8192);
    buffer_printf(&bytes,
                  "HTTP/1.1 %d %s\r\nContent-Length: %zu\r\nConnection: close\r\n",
                  reply->status, error_info(reply->err)->code, reply->body.len);
    fields_give(reply, request_id, (struct fields_sink){write_field, &bytes});
    buffer_printf(&bytes, "\r\n%.*s", SLICE_ARG(buffer_slice(&reply->body)));
    ssize_t sent = send(connection->socket, bytes.ptr, bytes.len, MSG_DONTWAIT | MSG_NOSIGNAL);
    shutdown(connection->socket, SHUT_WR); /* whoever does not read it is cut off all the same */
    buffer_free(&bytes);
    return sent >= 0;
}

/* libmicrohttpd cannot be made to answer a request that it has not read, so the 408 goes straight to the
 * socket: nothing else has been sent for this request, and nothing will be. */
static void send_timeout(struct connection *connection)
{
    struct reply reply = reply_make();
    char room[REQUEST_ID_MAX];
    struct slice id = request_id_make(room);
    reply_set_problem(&reply, ERR_REQUEST_TIMEOUT, SLICE_NULL, id, 0);
    (void)connection_send(connection, &reply, id); /* or it has gone meanwhile */
    reply_free(&reply);
}

/* True when a request was under way. */
static bool end_connection(struct connection *connection, uint64_t state)
{
    uint64_t ended = (state & ~(uint64_t)0xFF) | PHASE_ENDED;
    if (!atomic_compare_exchange_strong(&connection->state, &state, ended))
        return false; /* it has moved on at the last moment */
    enum phase phase = phase_of(state);
    bool is_request = phase == PHASE_HEAD || phase == PHASE_BODY || (phase == PHASE_IDLE && connection->head_seen_ns);
    if (is_request)
        send_timeout(connection);
    shutdown(connection->socket, SHUT_RDWR); /* its HTTP thread sees the end of the stream and closes */
    return is_request || phase == PHASE_REPLY;
}

size_t connections_keep(struct connections *connections, int64_t now_ns)
{
    size_t ended = 0;
    pthread_mutex_lock(&connections->lock);
    for (struct connection *c = connections->first.next; c != &connections->first; c = c->next) {
        uint64_t state = atomic_load(&c->state);
        if (is_late(&connections->limits, c, state, now_ns))
            ended += end_connection(c, state);
    }
    pthread_mutex_unlock(&connections->lock);
    return ended;
}
