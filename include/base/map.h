/* map: hash table from slices to pointers, in an arena. Keys are borrowed, not copied: they must live
 * as long as the map. Linear probing over 64-bit FNV-1a with a mixing step; iteration in order of
 * insertion, so that nothing downstream depends on hash values. */
#ifndef NEWSMETA_BASE_MAP_H
#define NEWSMETA_BASE_MAP_H

#include "base/arena.h"
#include "base/slice.h"

struct map_entry {
    struct slice key;
    void *value;
};

struct map {
    struct arena *arena;
    struct map_entry *entries; /* [count], in order of insertion */
    uint32_t *slots;           /* index into entries + 1; 0 = free */
    size_t count, capacity, slot_count;
};

/* An empty map whose memory comes from `arena`; `expected` entries fit without growing. */
struct map map_make(struct arena *arena, size_t expected);
/* The value, or NULL. */
void *map_get(const struct map *map, struct slice key);
/* The place of the value of key, made (NULL inside) where it was not there. Valid until the next
 * insertion. */
void **map_at(struct map *map, struct slice key);

#endif
