/* arenas: arenas that jobs borrow one after the other, so that their memory is reused instead of being
 * asked of the system for every request. Thread-safe. */
#ifndef NEWSMETA_SERVICE_ARENAS_H
#define NEWSMETA_SERVICE_ARENAS_H

#include "base/arena.h"

struct arenas;

/* Keeps at most `most` idle arenas. */
struct arenas *arenas_create(size_t most);
void arenas_destroy(struct arenas *arenas);
struct arena *arenas_take(struct arenas *arenas);
/* Everything in the arena ends here. */
void arenas_give(struct arenas *arenas, struct arena *arena);

/* A job is going to wait: what its arena has in reserve is for others meanwhile. And it goes on. Without this every job
 * that waits would hold what a job at work needs, and memory would rise and fall with their number. */
void arenas_lighten(struct arenas *arenas, struct arena *arena);
void arenas_equip(struct arenas *arenas, struct arena *arena);

#endif
