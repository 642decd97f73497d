/* compare: how alike two short texts are, for finders that weigh several wordings of one thing. */
#ifndef NEWSMETA_FIND_COMPARE_H
#define NEWSMETA_FIND_COMPARE_H

#include "base/arena.h"
#include "base/slice.h"

#define COMPARE_MAX_WORDS 64 /* of a wording; headlines are shorter, the rest does not change the choice */

/* One wording, made comparable. */
struct wording {
    struct slice key;     /* utf8_normalize of the text */
    struct slice letters; /* the key without anything but letters and digits: "derfarang" */
    uint64_t *words;      /* hashes of its words, sorted; in scripts without blanks of its characters */
    uint32_t word_count;
};

struct wording wording_make(struct arena *arena, struct slice text);
/* 2 |A and B| / (|A| + |B|) over words, with multiplicity. */
float wording_f1(const struct wording *a, const struct wording *b);
/* Share of a's words that b has. */
float wording_cover(const struct wording *a, const struct wording *b);
/* `part` stands in `whole`, shorter than it, bounded by non-words: at its start, its end, or anywhere. */
bool wording_is_prefix(const struct wording *part, const struct wording *whole);
bool wording_is_suffix(const struct wording *part, const struct wording *whole);
static inline bool wording_equals(const struct wording *a, const struct wording *b)
{
    return a->key.len && slice_equals(a->key, b->key);
}

#endif
