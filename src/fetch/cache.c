#include "fetch/cache.h"

#include <pthread.h>
#include <stdlib.h>

#define BUCKETS 4096u
#define LARGEST_SHARE 8u

/* One block of memory: the record, the key and what it holds behind it. */
struct entry {
    struct entry *next;              /* in its bucket */
    struct entry *newer, *older;     /* in the order of use */
    uint64_t hash;
    size_t size;
    struct slice key;
    struct cached held;
};

struct cache {
    pthread_mutex_t lock;
    uint64_t bytes, max_bytes;
    size_t entries, max_entries;
    struct entry *newest, *oldest;
    struct entry *buckets[BUCKETS];
};

struct cache *cache_create(uint64_t max_bytes, size_t max_entries)
{
    struct cache *cache = calloc(1, sizeof *cache);
    if (!cache)
        return NULL;
    cache->max_bytes = max_bytes;
    cache->max_entries = max_entries;
    pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

/* ----------------------------------------------------------- the order of use */

static void unlink_use(struct cache *cache, struct entry *entry)
{
    *(entry->newer ? &entry->newer->older : &cache->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &cache->oldest) = entry->newer;
}

static void link_newest(struct cache *cache, struct entry *entry)
{
    entry->newer = NULL;
    entry->older = cache->newest;
    *(cache->newest ? &cache->newest->newer : &cache->oldest) = entry;
    cache->newest = entry;
}

/* ------------------------------------------------------------------- entries */

static struct entry **find_link(struct cache *cache, uint64_t hash, struct slice key)
{
    struct entry **link = &cache->buckets[hash % BUCKETS];
    while (*link && ((*link)->hash != hash || !slice_equals((*link)->key, key)))
        link = &(*link)->next;
    return link;
}

static void drop(struct cache *cache, struct entry *entry)
{
    struct entry **link = find_link(cache, entry->hash, entry->key);
    *link = entry->next;
    unlink_use(cache, entry);
    cache->bytes -= entry->size;
    cache->entries--;
    free(entry);
}

static struct slice put(char **at, struct slice part)
{
    if (part.len)
        memcpy(*at, part.ptr, part.len);
    struct slice copy = slice_is_null(part) ? part : slice_of(*at, part.len);
    *at += part.len;
    return copy;
}

static struct cached copy_held(const struct cached *from, char **at)
{
    struct cached copy = {.fresh_until_ns = from->fresh_until_ns};
    copy.body = put(at, from->body);
    copy.content_type = put(at, from->content_type);
    copy.etag = put(at, from->etag);
    copy.last_modified = put(at, from->last_modified);
    return copy;
}

static struct entry *entry_create(uint64_t hash, struct slice key, const struct cached *from, size_t size)
{
    struct entry *entry = malloc(size);
    if (!entry)
        return NULL;
    char *at = (char *)(entry + 1);
    *entry = (struct entry){.hash = hash, .size = size, .key = put(&at, key)};
    entry->held = copy_held(from, &at);
    return entry;
}

void cache_destroy(struct cache *cache)
{
    if (!cache)
        return;
    while (cache->newest)
        drop(cache, cache->newest);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static size_t held_bytes(const struct entry *entry)
{
    return entry->size - sizeof *entry - entry->key.len;
}

/* The arena may give up while it allocates, so that no lock is held meanwhile: the size is looked up first, and again,
 * should what is kept have become larger. */
bool cache_find(struct cache *cache, struct slice key, struct arena *arena, struct cached *found)
{
    uint64_t hash = slice_hash(key);
    size_t room_len = 0;
    char *room = NULL;
    for (;;) {
        pthread_mutex_lock(&cache->lock);
        struct entry *entry = *find_link(cache, hash, key);
        size_t needed = entry ? held_bytes(entry) : 0;
        if (entry && needed <= room_len) {
            unlink_use(cache, entry);
            link_newest(cache, entry);
            *found = copy_held(&entry->held, &room);
        }
        pthread_mutex_unlock(&cache->lock);
        if (!entry || needed <= room_len)
            return entry != NULL;
        room = arena_alloc(arena, needed);
        room_len = needed;
    }
}

void cache_store(struct cache *cache, struct slice key, const struct cached *from)
{
    size_t size = sizeof(struct entry) + key.len + from->body.len + from->content_type.len + from->etag.len +
                  from->last_modified.len;
    uint64_t hash = slice_hash(key);
    struct entry *entry = size <= cache->max_bytes / LARGEST_SHARE ? entry_create(hash, key, from, size) : NULL;
    pthread_mutex_lock(&cache->lock);
    struct entry *before = *find_link(cache, hash, key);
    if (before)
        drop(cache, before); /* also where the new one is not kept: it is out of date */
    if (entry) {
        while (cache->oldest && (cache->bytes + size > cache->max_bytes || cache->entries >= cache->max_entries))
            drop(cache, cache->oldest);
        struct entry **bucket = &cache->buckets[hash % BUCKETS];
        entry->next = *bucket;
        *bucket = entry;
        link_newest(cache, entry);
        cache->bytes += size;
        cache->entries++;
    }
    pthread_mutex_unlock(&cache->lock);
}

void cache_measure(struct cache *cache, uint64_t *bytes, size_t *entries)
{
    pthread_mutex_lock(&cache->lock);
    *bytes = cache->bytes;
    *entries = cache->entries;
    pthread_mutex_unlock(&cache->lock);
}
