/* hosts: how many fetches of one host run at once, and how long lies between their beginnings. Used by one thread. */
#ifndef NEWSMETA_FETCH_HOSTS_H
#define NEWSMETA_FETCH_HOSTS_H

#include "base/slice.h"

struct hosts;

/* At most `most` at once, `delay_ms` at least between two beginnings. NULL when memory is short. */
struct hosts *hosts_create(int most, int delay_ms);
void hosts_destroy(struct hosts *hosts);
/* Begins a fetch of the host and returns 0; or begins none, and returns the nanoseconds after which it is worth asking
 * again, INT64_MAX where another fetch of the host has to end first. */
int64_t hosts_begin(struct hosts *hosts, struct slice host, int64_t now_ns);
/* A fetch of the host that was begun has ended. */
void hosts_end(struct hosts *hosts, struct slice host, int64_t now_ns);

#endif
