/* rates: how many requests a client may make: a token bucket each, of `burst` tokens, refilled evenly.
 *
 * A bucket is one number, the time at which it will be full again (the generic cell rate algorithm, ITU-T I.371);
 * the table of buckets has a fixed size. Where it is crowded, the bucket that is closest to full gives way, so
 * that whoever brings many addresses displaces those who ask little, not those who are over their limit. */
#ifndef NEWSMETA_SERVICE_RATES_H
#define NEWSMETA_SERVICE_RATES_H

#include <stdbool.h>
#include <stdint.h>

#define CLIENT_ID_BYTES 17

/* Whose bucket: an API key's or an address's. */
struct client_id {
    unsigned char bytes[CLIENT_ID_BYTES]; /* what it is, then which */
};

struct rate {
    bool admitted;
    int64_t remaining; /* tokens left */
    int64_t full_s;    /* until all are there again, rounded up */
    int64_t wait_s;    /* until the next one, rounded up; 0 when admitted */
};

struct rates;

struct rates *rates_create(int per_minute, int burst);
/* One more holder, where the limits are these; else NULL. */
struct rates *rates_hold(struct rates *rates, int per_minute, int burst);
/* Of the last holder: the end. NULL is allowed. */
void rates_destroy(struct rates *rates);
/* Takes a token at `now_ns`. */
struct rate rates_take(struct rates *rates, const struct client_id *client, int64_t now_ns);
/* Puts down what turned out to be more than one request (the lines of a batch); is owed, never refused. */
void rates_charge(struct rates *rates, const struct client_id *client, uint64_t tokens, int64_t now_ns);
/* Tokens of a full bucket, and the seconds that they take to come. */
void rates_describe(const struct rates *rates, int64_t *burst, int64_t *window_s);

#endif
