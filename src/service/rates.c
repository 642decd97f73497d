#include "service/rates.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/slice.h"

#define SETS 1024u /* with 8 each: 8,192 clients in 200 kB */
#define WAYS 8u
#define LOCKS 16u
#define NS_PER_S INT64_C(1000000000)
#define CHARGE_MAX 1000000u /* keeps the sum within 64 bits */

struct bucket {
    struct client_id client;
    int64_t full_ns; /* 0: of nobody */
};

struct rates {
    atomic_size_t holders;
    int per_minute;
    int64_t interval_ns, burst;
    uint64_t seed; /* so that nobody can choose addresses of one set */
    pthread_mutex_t locks[LOCKS];
    struct bucket buckets[SETS][WAYS];
};

struct rates *rates_create(int per_minute, int burst)
{
    struct rates *rates = calloc(1, sizeof *rates);
    if (!rates)
        return NULL;
    atomic_init(&rates->holders, 1);
    rates->per_minute = per_minute;
    rates->interval_ns = 60 * NS_PER_S / per_minute;
    rates->burst = burst;
    ssize_t got = getrandom(&rates->seed, sizeof rates->seed, GRND_NONBLOCK);
    (void)got; /* without it, the seed is zero */
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_init(&rates->locks[i], NULL);
    return rates;
}

void rates_destroy(struct rates *rates)
{
    if (!rates || atomic_fetch_sub(&rates->holders, 1) > 1)
        return;
    for (size_t i = 0; i < LOCKS; i++)
        pthread_mutex_destroy(&rates->locks[i]);
    free(rates);
}

struct rates *rates_hold(struct rates *rates, int per_minute, int burst)
{
    if (!rates || rates->per_minute != per_minute || rates->burst != burst)
        return NULL;
    atomic_fetch_add(&rates->holders, 1);
    return rates;
}

static size_t set_of(const struct rates *rates, const struct client_id *client)
{
    unsigned char seeded[sizeof rates->seed + CLIENT_ID_BYTES];
    memcpy(seeded, &rates->seed, sizeof rates->seed);
    memcpy(seeded + sizeof rates->seed, client->bytes, CLIENT_ID_BYTES);
    uint64_t hash = slice_hash(slice_of((const char *)seeded, sizeof seeded));
    return (size_t)((hash ^ hash >> 32) % SETS);
}

/* The client's bucket, or the one that is closest to full in its place. */
static struct bucket *find_bucket(struct bucket *set, const struct client_id *client)
{
    struct bucket *fullest = &set[0];
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].full_ns && memcmp(set[i].client.bytes, client->bytes, CLIENT_ID_BYTES) == 0)
            return &set[i];
        if (set[i].full_ns < fullest->full_ns)
            fullest = &set[i];
    }
    *fullest = (struct bucket){*client, 0};
    return fullest;
}

/* Full now at the earliest: what flowed back before is not saved up. */
static struct bucket *open_bucket(struct bucket *set, const struct client_id *client, int64_t now_ns)
{
    struct bucket *bucket = find_bucket(set, client);
    if (bucket->full_ns < now_ns)
        bucket->full_ns = now_ns;
    return bucket;
}

static int64_t seconds_up(int64_t ns)
{
    return (ns + NS_PER_S - 1) / NS_PER_S;
}

struct rate rates_take(struct rates *rates, const struct client_id *client, int64_t now_ns)
{
    size_t set = set_of(rates, client);
    int64_t room_ns = rates->burst * rates->interval_ns;
    struct rate rate = {0};
    pthread_mutex_lock(&rates->locks[set % LOCKS]);
    struct bucket *bucket = open_bucket(rates->buckets[set], client, now_ns);
    int64_t over_ns = bucket->full_ns + rates->interval_ns - now_ns - room_ns;
    rate.admitted = over_ns <= 0;
    if (rate.admitted)
        bucket->full_ns += rates->interval_ns;
    else
        rate.wait_s = seconds_up(over_ns);
    int64_t missing_ns = bucket->full_ns - now_ns;
    pthread_mutex_unlock(&rates->locks[set % LOCKS]);
    rate.remaining = missing_ns < room_ns ? (room_ns - missing_ns) / rates->interval_ns : 0;
    rate.full_s = seconds_up(missing_ns);
    return rate;
}

void rates_charge(struct rates *rates, const struct client_id *client, uint64_t tokens, int64_t now_ns)
{
    size_t set = set_of(rates, client);
    int64_t charged = tokens < CHARGE_MAX ? (int64_t)tokens : (int64_t)CHARGE_MAX;
    pthread_mutex_lock(&rates->locks[set % LOCKS]);
    struct bucket *bucket = open_bucket(rates->buckets[set], client, now_ns);
    bucket->full_ns += charged * rates->interval_ns;
    pthread_mutex_unlock(&rates->locks[set % LOCKS]);
}

void rates_describe(const struct rates *rates, int64_t *burst, int64_t *window_s)
{
    *burst = rates->burst;
    *window_s = seconds_up(rates->burst * rates->interval_ns);
}
