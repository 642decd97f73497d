/* line_vocabulary: which words the prose uses, and where first and last, so that one can ask of any block
 * how many of its words the story knows before or after it. A telling word has five letters or more, or
 * stands capitalised inside a sentence; words are compared by their first six letters, lower case
 * (truncation, the plainest stemmer: "emphasizes" and "emphasized" are one, in most languages). */
#ifndef NEWSMETA_TEXT_LINE_VOCABULARY_INTERNAL_H
#define NEWSMETA_TEXT_LINE_VOCABULARY_INTERNAL_H

#include "base/arena.h"

struct line_vocabulary;

struct vocabulary_share {
    uint32_t words;         /* telling words of the text */
    uint32_t before, after; /* of these, how many stand in prose before / after block `at` */
};

/* For a text of `bytes` bytes. */
struct line_vocabulary *line_vocabulary_create(struct arena *arena, size_t bytes);
void line_vocabulary_add(struct line_vocabulary *vocabulary, struct slice text, uint32_t at);
struct vocabulary_share line_vocabulary_share(const struct line_vocabulary *vocabulary, struct slice text, uint32_t at);

#endif
