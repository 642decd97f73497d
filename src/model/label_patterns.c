#include "model/label_patterns.h"

#include <assert.h>

#define WINDOW 8u
#define SLOTS 2048u
#define NONE UINT16_MAX

struct pattern {
    uint64_t head, mask; /* its first bytes, the first one lowest, and which of the eight they are */
    struct slice text;
    uint32_t bits;
    uint16_t next;       /* of the same slot */
    bool whole;
};

struct label_patterns {
    struct pattern *items;
    size_t count, most;
    uint16_t slots[SLOTS];
};

/* Letters differ in their lower five bits. */
static size_t slot_of(uint64_t window)
{
    return (window & 31) | (window >> 3 & 2016);
}

static uint64_t byte_at(struct slice s, size_t at)
{
    return at < s.len ? (uint64_t)(unsigned char)s.ptr[at] << (WINDOW - 1) * 8 : 0;
}

/* Eight bytes, the first one lowest. */
static uint64_t load_window(const char *bytes)
{
    uint64_t window;
    memcpy(&window, bytes, WINDOW);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    window = __builtin_bswap64(window);
#endif
    return window;
}

static uint64_t first_window(struct slice s)
{
    uint64_t window = 0;
    for (size_t i = 0; i < WINDOW; i++)
        window = window >> 8 | byte_at(s, i);
    return window;
}

struct label_patterns *label_patterns_create(struct arena *arena, size_t most)
{
    struct label_patterns *patterns = arena_calloc(arena, 1, sizeof *patterns);
    assert(most < NONE);
    patterns->items = arena_calloc(arena, most, sizeof *patterns->items);
    patterns->most = most;
    for (size_t i = 0; i < SLOTS; i++)
        patterns->slots[i] = NONE;
    return patterns;
}

void label_patterns_add(struct label_patterns *patterns, struct slice text, bool whole, uint32_t bits)
{
    assert(text.len >= 2 && patterns->count < patterns->most);
    uint64_t head = first_window(text);
    uint16_t *slot = &patterns->slots[slot_of(head)];
    patterns->items[patterns->count] = (struct pattern){
        .head = head,
        .mask = text.len >= WINDOW ? UINT64_MAX : (UINT64_C(1) << text.len * 8) - 1,
        .text = text,
        .bits = bits,
        .next = *slot,
        .whole = whole,
    };
    *slot = (uint16_t)patterns->count++;
}

static bool is_separator(char c)
{
    return c == ' ' || c == '-' || c == '_' || c == ':' || c == '.' || c == '/';
}

static bool stands_alone(struct slice label, size_t at, size_t len)
{
    return (at == 0 || is_separator(label.ptr[at - 1])) &&
           (at + len == label.len || is_separator(label.ptr[at + len]));
}

static bool matches_here(const struct pattern *pattern, struct slice label, size_t at)
{
    size_t len = pattern->text.len;
    if (len > WINDOW &&
        (len > label.len - at || memcmp(label.ptr + at + WINDOW, pattern->text.ptr + WINDOW, len - WINDOW) != 0))
        return false;
    return !pattern->whole || stands_alone(label, at, len);
}

uint32_t label_patterns_match(const struct label_patterns *patterns, struct slice label)
{
    uint32_t bits = 0;
    uint64_t window = first_window(label);
    for (size_t at = 0; at + 1 < label.len; at++) {
        for (uint16_t i = patterns->slots[slot_of(window)]; i != NONE; i = patterns->items[i].next) {
            const struct pattern *pattern = &patterns->items[i];
            if ((window & pattern->mask) == pattern->head && matches_here(pattern, label, at))
                bits |= pattern->bits;
        }
        window = at + WINDOW < label.len ? load_window(label.ptr + at + 1) : window >> 8;
    }
    return bits;
}
