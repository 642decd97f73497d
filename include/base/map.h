/* map: hash table from slices to pointers, in an arena. Keys are borrowed, not copied: they must live
 * as long as the map. Linear probing over a hash of eight bytes at a time; iteration in order of insertion,
 * so that nothing downstream depends on hash values. */
#ifndef NEWSMETA_BASE_MAP_H
#define NEWSMETA_BASE_MAP_H

#include "base/arena.h"
#include "base/slice.h"

struct map_entry {
    struct slice key;
    void *value;
};

struct map_slot {
    uint32_t entry; /* index into entries + 1; 0 = free */
    uint32_t hash;  /* of its key: most keys that are another's are told from it without being read */
};

struct map {
    struct arena *arena;
    struct map_entry *entries; /* [count], in order of insertion */
    struct map_slot *slots;
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
