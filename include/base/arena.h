/* arena: the memory of one request. Allocations are never freed one by one; all go at once.
 *
 * Ownership: whoever creates an arena destroys it. What is allocated lives until arena_reset or
 * arena_destroy. Allocation never returns NULL: where memory runs short, arena_try gives up what it runs; outside of
 * one, the process ends (growth is bounded by counted caps at the door, see article/limits.h). Not thread-safe: one
 * arena, one thread at a time. Foreign handles (a decoder, a curl handle) hang on an arena by arena_on_release. */
#ifndef NEWSMETA_BASE_ARENA_H
#define NEWSMETA_BASE_ARENA_H

#include "base/slice.h"

struct arena;

struct arena *arena_create(void);
/* Runs the release callbacks, last registered first, and gives all memory back. NULL is allowed. */
void arena_destroy(struct arena *arena);
/* Like destroy and create, but keeps up to `keep` bytes of blocks for the next use. */
void arena_reset(struct arena *arena, size_t keep);
/* What `from` has kept and not used since is for `to` to use, and `to`'s. */
void arena_move_spare(struct arena *from, struct arena *to);

/* `size` bytes, aligned for any type, not zeroed; size 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);
/* The same, zeroed, for `count` elements of `size`; asserts that the product does not overflow. */
void *arena_calloc(struct arena *arena, size_t count, size_t size);
/* Copies; the _cstr form appends a NUL (not counted anywhere). */
struct slice arena_copy(struct arena *arena, struct slice s);
char *arena_cstr(struct arena *arena, struct slice s);
/* snprintf into the arena. */
struct slice arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Growable array: makes room for at least one more element after `count`. Returns the (perhaps
 * moved) array; the old one is gone. *capacity is updated; growth doubles, so that n pushes cost O(n). What was
 * handed out last grows in place, if there is room.
 *     items = arena_grow(arena, items, count, &capacity, sizeof *items);
 *     items[count++] = item; */
static inline void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);

/* Calls release(handle) when the arena is reset or destroyed. */
void arena_on_release(struct arena *arena, void (*release)(void *handle), void *handle);

/* Runs run(context). False: it was given up in the middle, because memory for the arena ran short. What it has put into
 * the arena is given back with that as always; it must not hold a lock, or own memory of another kind, while it
 * allocates. May be nested. */
bool arena_try(struct arena *arena, void (*run)(void *context), void *context);
/* Gives up what the innermost arena_try of this thread runs, as if its arena were short of memory: for who has been
 * short of it in another arena. Outside of one it ends the process. */
_Noreturn void arena_give_up(void);

/* Bytes that the arena holds from the system. */
size_t arena_footprint(const struct arena *arena);

/* arena_grow where there is no room left. */
void *arena_grow_more(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);

static inline void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    return count < *capacity ? items : arena_grow_more(arena, items, count, capacity, size);
}

#endif
