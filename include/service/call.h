/* call: one HTTP request as plain data, so that nothing but the exchange knows the HTTP library. Slices
 * live until the request is answered. */
#ifndef NEWSMETA_SERVICE_CALL_H
#define NEWSMETA_SERVICE_CALL_H

#include "service/keys.h"
#include "service/rates.h"
#include "service/reply.h"
#include "service/router.h"
#include "service/trace.h"

#define CALL_MAX_PARAMETERS 32 /* of the query; there are eight names */

struct parameter {
    struct slice name, value; /* percent-decoded; value is null without '=' */
};

struct configuration;

struct call {
    struct configuration *configuration; /* under which the request is answered; held by the exchange */
    struct slice request_id;
    char request_id_room[REQUEST_ID_MAX];
    const struct route *route;
    enum method method;
    struct slice content_type, accept, if_none_match; /* null: not sent */
    struct parameter parameters[CALL_MAX_PARAMETERS];
    size_t parameter_count;   /* CALL_MAX_PARAMETERS + 1: there were more */
    struct slice body;
    const struct key *key;    /* that was presented and is known, or NULL */
    struct client_id client;  /* whose rate it counts against */
    struct trace trace;
    int64_t received_ns;      /* clock_now_ns() when the whole request was there */
};

#endif
