#include "base/map.h"

#include <assert.h>

#define MIX UINT64_C(0x9E3779B97F4A7C15) /* 2^64 divided by the golden ratio (Knuth, vol. 3, 6.4) */

static inline uint64_t load(const char *bytes, size_t len)
{
    uint64_t value = 0;
    memcpy(&value, bytes, len);
    return value;
}

static inline uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * MIX;
    return hash ^ hash >> 32;
}

/* The last eight bytes; of a shorter key all bytes, some of them twice: keys of one length up to eight are the same if
 * this is. The value differs between byte orders. */
static inline uint64_t tail_of(struct slice key)
{
    const char *at = key.ptr;
    if (key.len >= 8)
        return load(at + key.len - 8, 8);
    if (key.len >= 4)
        return load(at, 4) << 32 | load(at + key.len - 4, 4);
    if (key.len)
        return (uint64_t)(unsigned char)at[0] << 16 | (uint64_t)(unsigned char)at[key.len / 2] << 8 |
               (unsigned char)at[key.len - 1];
    return 0;
}

/* Eight bytes a step; the last ones may be read twice. */
static inline uint64_t wide_hash_of(struct slice key, uint64_t tail)
{
    uint64_t hash = key.len * MIX;
    for (size_t i = 0; i + 8 < key.len; i += 8)
        hash = mix(hash, load(key.ptr + i, 8));
    return mix(hash, tail) * MIX;
}

static inline uint32_t hash_of(struct slice key, uint64_t tail)
{
    return (uint32_t)(wide_hash_of(key, tail) >> 32);
}

uint64_t map_hash_wide(struct slice key)
{
    return wide_hash_of(key, tail_of(key));
}

static inline bool is_entry_of(const struct map_entry *entry, struct slice key, uint64_t tail)
{
    return entry->tail == tail && entry->key.len == key.len &&
           (key.len <= 8 || memcmp(entry->key.ptr, key.ptr, key.len - 8) == 0);
}

/* A slot's value is its entry's place + 1, which needs no more bits than the number of a slot; above them stand those
 * bits of the entry's hash that the slot's own number does not tell. 0 is free. */
static inline size_t place_of(uint32_t slot, size_t mask)
{
    return (slot & mask) - 1;
}

static inline bool is_hash_of(uint32_t slot, uint32_t hash, size_t mask)
{
    return ((slot ^ hash) & ~mask) == 0;
}

/* The slot where the key stands, or the free one where it would. */
static inline uint32_t *slot_of(const struct map *map, struct slice key, uint64_t tail, uint32_t hash)
{
    size_t mask = map->slot_count - 1, at = hash & mask;
    for (; map->slots[at]; at = (at + 1) & mask)
        if (is_hash_of(map->slots[at], hash, mask) &&
            is_entry_of(&map->entries[place_of(map->slots[at], mask)], key, tail))
            break;
    return &map->slots[at];
}

static void fill_slot(const struct map *map, uint32_t *slot, uint32_t hash, size_t place)
{
    *slot = (uint32_t)((hash & ~(map->slot_count - 1)) | (place + 1));
}

static void rehash(struct map *map, size_t slot_count)
{
    size_t mask = slot_count - 1;
    assert(mask <= UINT32_MAX);
    map->slot_count = slot_count;
    map->slots = arena_calloc(map->arena, slot_count, sizeof *map->slots);
    for (size_t i = 0; i < map->count; i++) {
        uint32_t hash = hash_of(map->entries[i].key, map->entries[i].tail);
        size_t at = hash & mask;
        while (map->slots[at])
            at = (at + 1) & mask;
        fill_slot(map, &map->slots[at], hash, i);
    }
}

struct map map_make(struct arena *arena, size_t expected)
{
    struct map map = {.arena = arena};
    size_t slots = 16;
    while (slots < expected * 2)
        slots *= 2;
    rehash(&map, slots);
    map.capacity = expected;
    map.entries = arena_alloc(arena, expected * sizeof *map.entries);
    return map;
}

/* ---------------------------------------------------------------- the filter */

/* Of a settled map: a bit for each way in which a key looks (Bloom 1970, with one hash). */
#define FILTER_BITS_A_KEY 16
#define FILTER_POWER_LEAST 6
#define FILTER_POWER_MOST 16 /* 8 KiB: what lies in the fast caches */

/* No branch depends on the length, which is hard to foretell. */
static inline uint32_t looks_of(struct slice key)
{
    const unsigned char *bytes = (const unsigned char *)key.ptr;
    uint32_t looks = (uint32_t)key.len << 24;
    if (key.len)
        looks ^= (uint32_t)bytes[0] | (uint32_t)bytes[key.len / 2] << 8 | (uint32_t)bytes[key.len - 1] << 16;
    return looks * (uint32_t)(MIX >> 32);
}

static inline bool may_have(const struct map *map, struct slice key)
{
    uint32_t bit = looks_of(key) >> map->filter_shift;
    return map->filter[bit / 64] >> bit % 64 & 1;
}

void map_settle(struct map *map)
{
    unsigned power = FILTER_POWER_LEAST;
    while (power < FILTER_POWER_MOST && (size_t)1 << power < FILTER_BITS_A_KEY * map->count)
        power++;
    map->filter = arena_calloc(map->arena, ((size_t)1 << power) / 64, sizeof *map->filter);
    map->filter_shift = 32 - power;
    for (size_t i = 0; i < map->count; i++) {
        uint32_t bit = looks_of(map->entries[i].key) >> map->filter_shift;
        map->filter[bit / 64] |= UINT64_C(1) << bit % 64;
    }
}

/* ----------------------------------------------------------------- looking up */

static inline void *value_of(const struct map *map, struct slice key, uint64_t tail, uint32_t hash)
{
    uint32_t slot = *slot_of(map, key, tail, hash);
    return slot ? map->entries[place_of(slot, map->slot_count - 1)].value : NULL;
}

void *map_get(const struct map *map, struct slice key)
{
    if (map->filter && !may_have(map, key))
        return NULL;
    uint64_t tail = tail_of(key);
    return value_of(map, key, tail, hash_of(key, tail));
}

void **map_at(struct map *map, struct slice key)
{
    uint64_t tail = tail_of(key);
    uint32_t hash = hash_of(key, tail), *slot = slot_of(map, key, tail, hash);
    if (*slot)
        return &map->entries[place_of(*slot, map->slot_count - 1)].value;
    assert(!map->filter); /* it is settled */
    if ((map->count + 1) * 2 > map->slot_count) {
        rehash(map, map->slot_count * 2);
        slot = slot_of(map, key, tail, hash);
    }
    map->entries = arena_grow(map->arena, map->entries, map->count, &map->capacity, sizeof *map->entries);
    fill_slot(map, slot, hash, map->count);
    map->entries[map->count] = (struct map_entry){key, NULL, tail};
    return &map->entries[map->count++].value;
}
