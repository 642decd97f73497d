#include "hosts.h"

#include <assert.h>
#include <stdlib.h>

#include "base/clock.h"

#define BUCKETS 256u
#define HOSTS_MAX 16384u /* beyond it, hosts at rest are forgotten early */

/* There is one as long as fetches of the host run or the delay after the last one has not passed: as many as
 * fetches at once, and those that began within one delay. */
struct host {
    struct host *next;
    int running;
    int64_t next_ns; /* no fetch begins before */
    struct slice name; /* behind the record */
};

struct hosts {
    int most;
    int64_t delay_ns;
    size_t count;
    struct host *buckets[BUCKETS];
};

struct hosts *hosts_create(int most, int delay_ms)
{
    struct hosts *hosts = calloc(1, sizeof *hosts);
    if (hosts)
        *hosts = (struct hosts){.most = most, .delay_ns = delay_ms * CLOCK_NS_PER_MS};
    return hosts;
}

static void drop(struct hosts *hosts, struct host **link)
{
    struct host *host = *link;
    hosts->count--;
    *link = host->next;
    free(host);
}

void hosts_destroy(struct hosts *hosts)
{
    for (size_t i = 0; hosts && i < BUCKETS; i++)
        while (hosts->buckets[i])
            drop(hosts, &hosts->buckets[i]);
    free(hosts);
}

/* The host's place; on the way, those that are not needed any more are let go. */
static struct host **find_link(struct hosts *hosts, struct slice name, int64_t now_ns)
{
    struct host **link = &hosts->buckets[slice_hash(name) % BUCKETS];
    while (*link && !slice_equals((*link)->name, name))
        if ((*link)->running == 0 && (*link)->next_ns <= now_ns)
            drop(hosts, link);
        else
            link = &(*link)->next;
    return link;
}

static void forget_one_at_rest(struct hosts *hosts, struct slice name)
{
    struct host **link = &hosts->buckets[slice_hash(name) % BUCKETS];
    while (*link && (*link)->running > 0)
        link = &(*link)->next;
    if (*link)
        drop(hosts, link);
}

static struct host *host_create(struct hosts *hosts, struct slice name)
{
    struct host *host = calloc(1, sizeof *host + name.len);
    if (!host)
        return NULL;
    hosts->count++;
    char *room = (char *)(host + 1);
    memcpy(room, name.ptr, name.len);
    host->name = slice_of(room, name.len);
    return host;
}

int64_t hosts_begin(struct hosts *hosts, struct slice name, int64_t now_ns)
{
    struct host **link = find_link(hosts, name, now_ns);
    if (!*link && hosts->count >= HOSTS_MAX) {
        forget_one_at_rest(hosts, name);
        link = find_link(hosts, name, now_ns);
    }
    if (!*link)
        *link = host_create(hosts, name);
    struct host *host = *link;
    if (!host || host->running >= hosts->most) /* where memory is short: later */
        return INT64_MAX;
    if (host->next_ns > now_ns)
        return host->next_ns - now_ns;
    host->running++;
    host->next_ns = now_ns + hosts->delay_ns;
    return 0;
}

void hosts_end(struct hosts *hosts, struct slice name, int64_t now_ns)
{
    struct host **link = find_link(hosts, name, now_ns);
    assert(*link && (*link)->running > 0);
    (*link)->running--;
    if ((*link)->running == 0 && (*link)->next_ns <= now_ns)
        drop(hosts, link);
}
