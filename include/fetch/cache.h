/* cache: answers that are kept in memory, by URL: bounded in bytes and entries; what has not been used for the longest
 * time goes first. Knows nothing of HTTP: how long an answer is good is said by whoever stores it. Thread-safe. */
#ifndef NEWSMETA_FETCH_CACHE_H
#define NEWSMETA_FETCH_CACHE_H

#include "base/arena.h"

struct cached {
    struct slice body, content_type, etag, last_modified; /* null: none */
    int64_t fresh_until_ns; /* clock_now_ns() until which it is good without asking */
};

struct cache;

/* NULL when memory is short. */
struct cache *cache_create(uint64_t max_bytes, size_t max_entries);
void cache_destroy(struct cache *cache);
/* Copies what is kept under the key into the arena, good or not. */
bool cache_find(struct cache *cache, struct slice key, struct arena *arena, struct cached *found);
/* Keeps a copy in the place of what was there. What is larger than an eighth of the cache is passed over, so that one
 * page cannot drive out all others. */
void cache_store(struct cache *cache, struct slice key, const struct cached *entry);
/* Bytes and entries that are kept. */
void cache_measure(struct cache *cache, uint64_t *bytes, size_t *entries);

#endif
