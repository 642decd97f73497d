#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Blocks double from the first size to the last, so that a job that only waits holds little, and a large page a
 * handful. */
#define FIRST_BLOCK ((size_t)4 * 1024)
#define LARGEST_BLOCK ((size_t)4 * 1024 * 1024)

/* Under AddressSanitizer what was not handed out must not be touched, and between two pieces lies some of that: blocks
 * are large, and who reads behind a list's end would read the next one. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define WATCHED
#endif
#ifdef WATCHED
#include <sanitizer/asan_interface.h>
#define BETWEEN_PIECES 32
#else
#define BETWEEN_PIECES 0
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

struct memory_block {
    struct memory_block *next;
    size_t size; /* usable bytes behind this header */
    alignas(max_align_t) char bytes[];
};

struct release {
    struct release *next;
    void (*run)(void *handle);
    void *handle;
};

struct arena {
    struct memory_block *blocks; /* the one in use first */
    struct memory_block *spare;  /* kept by reset */
    struct release *releases;
    size_t used; /* of blocks->size */
    size_t next_size;
    size_t footprint;
    jmp_buf *escape; /* where to go when memory is short; NULL: nowhere */
};

static _Thread_local jmp_buf *innermost; /* of the arena_try that runs in this thread */

static _Noreturn void die(void)
{
    fputs("newsmeta: out of memory\n", stderr);
    abort();
}

bool arena_try(struct arena *arena, void (*run)(void *context), void *context)
{
    jmp_buf here;
    jmp_buf *volatile before = arena->escape;
    jmp_buf *volatile outer = innermost;
    volatile bool done = false;
    if (setjmp(here) == 0) {
        arena->escape = innermost = &here;
        run(context);
        done = true;
    }
    arena->escape = before;
    innermost = outer;
    return done;
}

void arena_give_up(void)
{
    if (!innermost)
        die();
    longjmp(*innermost, 1);
}

struct arena *arena_create(void)
{
    struct arena *arena = malloc(sizeof *arena);
    if (!arena)
        die();
    *arena = (struct arena){.next_size = FIRST_BLOCK};
    return arena;
}

static void free_blocks(struct memory_block *block)
{
    while (block) {
        struct memory_block *next = block->next;
        ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
        free(block);
        block = next;
    }
}

static void run_releases(struct arena *arena)
{
    for (struct release *r = arena->releases; r; r = r->next)
        r->run(r->handle);
    arena->releases = NULL;
}

void arena_destroy(struct arena *arena)
{
    if (!arena)
        return;
    run_releases(arena);
    free_blocks(arena->blocks);
    free_blocks(arena->spare);
    free(arena);
}

void arena_reset(struct arena *arena, size_t keep)
{
    run_releases(arena);
    struct memory_block *block = arena->blocks;
    struct memory_block *kept = arena->spare;
    size_t held = 0;
    for (struct memory_block *b = kept; b; b = b->next)
        held += b->size;
    while (block) {
        struct memory_block *next = block->next;
        if (held + block->size <= keep) {
            held += block->size;
            block->next = kept;
            kept = block;
        } else {
            arena->footprint -= block->size;
            ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
            free(block);
        }
        block = next;
    }
    arena->spare = kept;
    arena->blocks = NULL;
    arena->used = 0;
    arena->next_size = FIRST_BLOCK;
}

void arena_move_spare(struct arena *from, struct arena *to)
{
    struct memory_block **end = &from->spare;
    size_t moved = 0;
    for (; *end; end = &(*end)->next)
        moved += (*end)->size;
    *end = to->spare;
    to->spare = from->spare;
    from->spare = NULL;
    from->footprint -= moved;
    to->footprint += moved;
}

static struct memory_block *take_spare(struct arena *arena, size_t size)
{
    for (struct memory_block **link = &arena->spare; *link; link = &(*link)->next)
        if ((*link)->size >= size) {
            struct memory_block *block = *link;
            *link = block->next;
            return block;
        }
    return NULL;
}

/* A new block, or a larger one in place of `old`, which is as it was where memory is short. */
static struct memory_block *obtain(struct arena *arena, struct memory_block *old, size_t size)
{
    if (old)
        ASAN_UNPOISON_MEMORY_REGION(old->bytes, old->size);
    struct memory_block *block = realloc(old, sizeof *block + size);
    if (!block && arena->escape)
        longjmp(*arena->escape, 1);
    if (!block)
        die();
    block->size = size;
    return block;
}

static void add_block(struct arena *arena, size_t size)
{
    struct memory_block *block = take_spare(arena, size);
    if (!block) {
        size_t wanted = size > arena->next_size ? size : arena->next_size;
        block = obtain(arena, NULL, wanted);
        arena->footprint += wanted;
        if (arena->next_size < LARGEST_BLOCK)
            arena->next_size *= 2;
    }
    ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
    block->next = arena->blocks;
    arena->blocks = block;
    arena->used = 0;
}

/* Of a block, by a piece of `size`. */
static size_t taken_by(size_t size)
{
    size_t align = alignof(max_align_t);
    return ((size + align - 1) & ~(align - 1)) + BETWEEN_PIECES;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        abort(); /* a size computed wrongly, not a request for memory */
    size_t taken = taken_by(size);
    if (!arena->blocks || arena->blocks->size - arena->used < taken)
        add_block(arena, taken);
    void *memory = arena->blocks->bytes + arena->used;
    ASAN_UNPOISON_MEMORY_REGION(memory, size);
    arena->used += taken;
    return memory;
}

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        abort();
    return memset(arena_alloc(arena, total), 0, total);
}

struct slice arena_copy(struct arena *arena, struct slice s)
{
    char *copy = arena_alloc(arena, s.len);
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    return slice_of(copy, s.len);
}

char *arena_cstr(struct arena *arena, struct slice s)
{
    char *copy = arena_alloc(arena, s.len + 1);
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    return copy;
}

struct slice arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        abort();
    char *text = arena_alloc(arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    return slice_of(text, (size_t)len);
}

/* The last piece that was handed out grows where it lies, if its block has room; one that has a block to itself takes
 * the block along, which for large ones moves pages and copies nothing. */
static void *grow_last(struct arena *arena, void *items, size_t old, size_t wanted)
{
    struct memory_block *block = arena->blocks;
    if (!block || !items || (char *)items + taken_by(old) != block->bytes + arena->used)
        return NULL;
    size_t start = (size_t)((char *)items - block->bytes), taken = taken_by(wanted);
    if (start + taken > block->size) {
        if (start > 0 || taken < LARGEST_BLOCK)
            return NULL;
        size_t before = block->size;
        arena->blocks = block = obtain(arena, block, taken);
        arena->footprint += taken - before;
    }
    ASAN_UNPOISON_MEMORY_REGION(block->bytes + start, wanted);
    arena->used = start + taken;
    return block->bytes + start;
}

#define LARGE_ITEM 64 /* bytes; lists of what is larger than that are short, and there are many of them */
#define FEW_ITEMS 4
#define MANY_ITEMS 16

void *arena_grow_more(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    size_t wanted = *capacity ? *capacity * 2 : size > LARGE_ITEM ? FEW_ITEMS : MANY_ITEMS, bytes;
    if (__builtin_mul_overflow(wanted, size, &bytes) || bytes > SIZE_MAX / 2)
        abort();
    void *grown = grow_last(arena, items, *capacity * size, bytes);
    if (!grown) {
        grown = arena_alloc(arena, bytes);
        if (count)
            memcpy(grown, items, count * size);
    }
    *capacity = wanted;
    return grown;
}

void arena_on_release(struct arena *arena, void (*release)(void *handle), void *handle)
{
    struct release *entry = arena_alloc(arena, sizeof *entry);
    *entry = (struct release){arena->releases, release, handle};
    arena->releases = entry;
}

size_t arena_footprint(const struct arena *arena)
{
    return arena->footprint;
}
