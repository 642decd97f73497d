/* words: tokens from words that somebody else has cut: what a corpus holds. Flags and lower forms are
 * those that text/tokens gives. */
#ifndef NEWSMETA_TEXT_WORDS_H
#define NEWSMETA_TEXT_WORDS_H

#include "article/article.h"
#include "base/arena.h"

/* The token of one word, its lower form in `arena`; the span is left empty. */
struct token words_token(struct arena *arena, struct slice word, bool sentence_start);

#endif
