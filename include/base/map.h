/* map: hash table from slices to pointers, in an arena. Keys are borrowed, not copied: they must live
 * as long as the map. Linear probing over a hash of eight bytes at a time; iteration in order of insertion,
 * so that nothing downstream depends on hash values.
 *
 * Most lookups find nothing, and most tables are larger than the fast caches: a slot has a part of the hash beside the
 * place of its entry, and a key of up to eight bytes is compared without being read where it lies. A map that is
 * settled tells most keys that it has not by a bit, before there is a hash. */
#ifndef NEWSMETA_BASE_MAP_H
#define NEWSMETA_BASE_MAP_H

#include "base/arena.h"
#include "base/slice.h"

struct map_entry {
    struct slice key;
    void *value;
    uint64_t tail; /* the key's last eight bytes; all that it has, where it is shorter */
};

struct map {
    struct arena *arena;
    struct map_entry *entries; /* [count], in order of insertion */
    uint32_t *slots;           /* [slot_count] see map.c; 0: free */
    size_t count, capacity, slot_count;
    uint64_t *filter;          /* of a settled map, else NULL: a bit for each look that a key may have */
    unsigned filter_shift;     /* from 32 bits of looks to the number of a bit */
};

/* An empty map whose memory comes from `arena`; `expected` entries fit without growing. */
struct map map_make(struct arena *arena, size_t expected);
/* The hash of a key in 64 bits, for tables of other forms. It tells keys apart by itself: keys of one length up to
 * eight never share it, others as good as never. Differs between byte orders. */
uint64_t map_hash_wide(struct slice key);
/* The value, or NULL. */
void *map_get(const struct map *map, struct slice key);
/* The place of the value of key, made (NULL inside) where it was not there. Valid until the next
 * insertion. */
void **map_at(struct map *map, struct slice key);
/* Of a map that is complete: nothing may be put into it any more (asserted), and most of what it has not is told by its
 * length and three of its bytes. For tables that live long; it costs a pass over the keys and two bytes a key. */
void map_settle(struct map *map);

#endif
