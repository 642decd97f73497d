#include "base/map.h"

static size_t slot_of(const struct map *map, struct slice key)
{
    uint64_t hash = slice_hash(key);
    hash ^= hash >> 32; /* FNV's low bits alone cluster for keys that differ at the end */
    size_t mask = map->slot_count - 1, at = (size_t)hash & mask;
    while (map->slots[at] && !slice_equals(map->entries[map->slots[at] - 1].key, key))
        at = (at + 1) & mask;
    return at;
}

static void rehash(struct map *map, size_t slot_count)
{
    map->slot_count = slot_count;
    map->slots = arena_calloc(map->arena, slot_count, sizeof *map->slots);
    for (size_t i = 0; i < map->count; i++)
        map->slots[slot_of(map, map->entries[i].key)] = (uint32_t)i + 1;
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
    uint32_t index = map->slots[slot_of(map, key)];
    return index ? map->entries[index - 1].value : NULL;
}

void **map_at(struct map *map, struct slice key)
{
    size_t slot = slot_of(map, key);
    if (!map->slots[slot]) {
        if ((map->count + 1) * 2 > map->slot_count) {
            rehash(map, map->slot_count * 2);
            slot = slot_of(map, key);
        }
        map->entries = arena_grow(map->arena, map->entries, map->count, &map->capacity, sizeof *map->entries);
        map->entries[map->count++] = (struct map_entry){key, NULL};
        map->slots[slot] = (uint32_t)map->count;
    }
    return &map->entries[map->slots[slot] - 1].value;
}
