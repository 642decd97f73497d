#include "service/arenas.h"

#include <pthread.h>
#include <stdlib.h>

/* Kept per idle arena: enough for nearly every page (174 kB on average) and its article, little enough
 * that one huge document does not stay in memory for ever. */
#define KEPT_BYTES ((size_t)4 << 20)

struct arenas {
    pthread_mutex_t lock;
    size_t count, most;
    struct arena *idle[];
};

struct arenas *arenas_create(size_t most)
{
    struct arenas *arenas = calloc(1, sizeof *arenas + most * sizeof arenas->idle[0]);
    if (!arenas)
        return NULL;
    pthread_mutex_init(&arenas->lock, NULL);
    arenas->most = most;
    return arenas;
}

void arenas_destroy(struct arenas *arenas)
{
    if (!arenas)
        return;
    for (size_t i = 0; i < arenas->count; i++)
        arena_destroy(arenas->idle[i]);
    pthread_mutex_destroy(&arenas->lock);
    free(arenas);
}

/* NULL where there is none. */
static struct arena *take_idle(struct arenas *arenas)
{
    pthread_mutex_lock(&arenas->lock);
    struct arena *arena = arenas->count ? arenas->idle[--arenas->count] : NULL;
    pthread_mutex_unlock(&arenas->lock);
    return arena;
}

static void put_idle(struct arenas *arenas, struct arena *arena)
{
    pthread_mutex_lock(&arenas->lock);
    bool kept = arenas->count < arenas->most;
    if (kept)
        arenas->idle[arenas->count++] = arena;
    pthread_mutex_unlock(&arenas->lock);
    if (!kept)
        arena_destroy(arena);
}

struct arena *arenas_take(struct arenas *arenas)
{
    struct arena *arena = take_idle(arenas);
    return arena ? arena : arena_create();
}

void arenas_give(struct arenas *arenas, struct arena *arena)
{
    arena_reset(arena, KEPT_BYTES);
    put_idle(arenas, arena);
}

void arenas_lighten(struct arenas *arenas, struct arena *arena)
{
    struct arena *reserve = arena_create();
    arena_move_spare(arena, reserve);
    put_idle(arenas, reserve);
}

void arenas_equip(struct arenas *arenas, struct arena *arena)
{
    struct arena *reserve = take_idle(arenas);
    if (reserve)
        arena_move_spare(reserve, arena);
    arena_destroy(reserve);
}
