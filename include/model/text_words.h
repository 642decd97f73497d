/* text_words: an article's tokens as the words that classifiers count: lower case, hyphenated words taken
 * apart, possessive endings dropped. */
#ifndef NEWSMETA_MODEL_TEXT_WORDS_H
#define NEWSMETA_MODEL_TEXT_WORDS_H

#include "article/article.h"
#include "base/arena.h"
#include "base/map.h"

struct text_word {
    struct slice lower;
    uint32_t token;
    bool breaks;      /* something that no phrase crosses stands before it */
    bool in_headline;
    bool stop;        /* speaks for no topic */
};

struct text_words {
    struct text_word *words;
    size_t count, capacity;
    struct arena *arena;
};

/* All of them, in order. `small`: the small words of the text's language. */
struct text_words text_words_read(struct arena *arena, const struct article *article, const struct map *small);

#endif
