#include "base/map.h"

#define MIX UINT64_C(0x9E3779B97F4A7C15) /* 2^64 divided by the golden ratio (Knuth, vol. 3, 6.4) */

static uint64_t load(const char *bytes, size_t len)
{
    uint64_t value = 0;
    memcpy(&value, bytes, len);
    return value;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * MIX;
    return hash ^ hash >> 32;
}

/* Eight bytes a step; the last ones may be read twice. Only this table sees the value, which differs between
 * byte orders. */
static uint32_t hash_of(struct slice key)
{
    uint64_t hash = key.len * MIX, last = 0;
    const char *at = key.ptr;
    if (key.len >= 8) {
        for (size_t i = 0; i + 8 < key.len; i += 8)
            hash = mix(hash, load(at + i, 8));
        last = load(at + key.len - 8, 8);
    } else if (key.len >= 4) {
        last = load(at, 4) << 32 | load(at + key.len - 4, 4);
    } else if (key.len) {
        last = (uint64_t)(unsigned char)at[0] << 16 | (uint64_t)(unsigned char)at[key.len / 2] << 8 |
               (unsigned char)at[key.len - 1];
    }
    return (uint32_t)(mix(hash, last) * MIX >> 32);
}

/* The slot where the key stands, or the free one where it would. */
static size_t slot_of(const struct map *map, struct slice key, uint32_t hash)
{
    size_t mask = map->slot_count - 1, at = hash & mask;
    for (; map->slots[at].entry; at = (at + 1) & mask)
        if (map->slots[at].hash == hash && slice_equals(map->entries[map->slots[at].entry - 1].key, key))
            break;
    return at;
}

static void rehash(struct map *map, size_t slot_count)
{
    const struct map_slot *old = map->slots;
    size_t old_count = map->slot_count, mask = slot_count - 1;
    map->slot_count = slot_count;
    map->slots = arena_calloc(map->arena, slot_count, sizeof *map->slots);
    for (size_t i = 0; i < old_count; i++) {
        size_t at = old[i].hash & mask;
        while (old[i].entry && map->slots[at].entry)
            at = (at + 1) & mask;
        if (old[i].entry)
            map->slots[at] = old[i];
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

void *map_get(const struct map *map, struct slice key)
{
    uint32_t entry = map->slots[slot_of(map, key, hash_of(key))].entry;
    return entry ? map->entries[entry - 1].value : NULL;
}

void **map_at(struct map *map, struct slice key)
{
    uint32_t hash = hash_of(key);
    size_t slot = slot_of(map, key, hash);
    if (!map->slots[slot].entry) {
        if ((map->count + 1) * 2 > map->slot_count) {
            rehash(map, map->slot_count * 2);
            slot = slot_of(map, key, hash);
        }
        map->entries = arena_grow(map->arena, map->entries, map->count, &map->capacity, sizeof *map->entries);
        map->entries[map->count++] = (struct map_entry){key, NULL};
        map->slots[slot] = (struct map_slot){(uint32_t)map->count, hash};
    }
    return &map->entries[map->slots[slot].entry - 1].value;
}
