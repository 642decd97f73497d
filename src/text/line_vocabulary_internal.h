/* line_vocabulary: which words the prose uses, and where first and last, so that one can ask of any block
 * how many of its words the story knows before or after it. A telling word has five letters or more, or
 * stands capitalised inside a sentence; words are compared by their first six letters, lower case
 * (truncation, the plainest stemmer: "emphasizes" and "emphasized" are one, in most languages). */
#ifndef NEWSMETA_TEXT_LINE_VOCABULARY_INTERNAL_H
#define NEWSMETA_TEXT_LINE_VOCABULARY_INTERNAL_H

#include "base/arena.h"

struct line_vocabulary;

/* The telling words of a block, in order. */
struct line_words {
    uint64_t *hashes; /* [count] of stems */
    uint32_t count;
};

struct vocabulary_share {
    uint32_t words;         /* telling words of the text */
    uint32_t before, after; /* of these, how many stand in prose before / after block `at` */
};

struct line_words line_words_read(struct arena *arena, struct slice text);
/* For a text of `bytes` bytes. */
struct line_vocabulary *line_vocabulary_create(struct arena *arena, size_t bytes);
/* The words of block `at` are prose's; blocks come in order. */
void line_vocabulary_add(struct line_vocabulary *vocabulary, const struct line_words *words, uint32_t at);
struct vocabulary_share line_vocabulary_share(const struct line_vocabulary *vocabulary, const struct line_words *words,
                                              uint32_t at);

/* Tells where a text hangs together: block `at` has so many words that stand in prose before it, and each of
 * them is a bridge over every place between. Adds 1 to steps[b] where a bridge begins to reach over the
 * start of block b, takes 1 off where it ends. The running sum of steps at b is then how many words
 * from b on are known from before b. */
void line_vocabulary_bridges(const struct line_vocabulary *vocabulary, const struct line_words *words, uint32_t at,
                             int32_t *steps);

#endif
