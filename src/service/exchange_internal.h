/* exchange_internal: what the files of the exchange share: exchange.c (the callbacks), exchange_head.c (what the head
 * of a request says, and what can be answered from it alone), exchange_work.c (who works on what it asks for),
 * exchange_reply.c (the answer, as the library wants it). */
#ifndef NEWSMETA_SERVICE_EXCHANGE_INTERNAL_H
#define NEWSMETA_SERVICE_EXCHANGE_INTERNAL_H

#include "exchange.h"
#include "http_loop.h"
#include "service/extract.h"
#include "service/head.h"

#define EXCHANGE_PATH_ROOM 200 /* of a path, for the log */

enum step {
    STEP_BEGUN,
    STEP_BODY,
    STEP_WAITING,  /* for its turn on its loop's own thread */
    STEP_WORKING,  /* on another thread; the connection is suspended */
    STEP_READY,    /* the reply is there */
    STEP_SENT,     /* it has been queued */
    STEP_SKIPPING, /* the reply is there, but the body is still coming */
    STEP_REFUSED   /* the reply has gone past the library; the body is let go by */
};

struct exchange {
    struct service *service;
    struct http_loop *loop;
    struct connection *deadlines;
    struct client_address peer;
    struct MHD_Connection *connection;

    /* of the request at hand */
    enum step step;
    bool ended;             /* out of time: no answer is to be given */
    bool counted;           /* in service->in_flight */
    int64_t begun_ns;
    char path[EXCHANGE_PATH_ROOM]; /* as sent, without the query, the scheme and authority of an absolute URL */
    size_t path_len;
    const char *target;     /* where it arrived; its bytes are the library's to change */
    size_t target_len;
    bool bad_target;        /* it has bytes that no URL has */
    char method_name[16];   /* for the log */
    struct call call;
    struct reply reply;
    struct buffer body;
    size_t held;            /* bytes counted in service->bytes_held */
    uint64_t sent_bytes;
    uint64_t let_by;        /* bytes of a refused body */
    struct extraction extraction;
};

/* Reads the head, routes it, and decides what can be decided without the body: then the step is STEP_READY, else
 * STEP_BODY. False: what comes after the head is not to be trusted, so that the connection ends with the answer. */
bool exchange_take_head(struct exchange *exchange, const char *method, const char *version, struct head *head);
/* Sets the reply to a problem; the step is STEP_READY. */
void exchange_refuse(struct exchange *exchange, enum err err, const char *detail);
/* Would a request for extraction with a body of this length be refused now? */
bool exchange_must_refuse(struct exchange *exchange, uint64_t body_len);
/* The request is whole: works on it, lets it wait, or hands it on. */
enum MHD_Result exchange_start_work(struct exchange *exchange);
/* STEP_WAITING, whenever the library is run. */
enum MHD_Result exchange_take_turn(struct exchange *exchange);
/* It no longer waits for a turn. */
void exchange_leave_backlog(struct exchange *exchange);
/* Queues the reply; MHD_NO: the connection ends without one. */
enum MHD_Result exchange_respond(struct exchange *exchange);

#endif
