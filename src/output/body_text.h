/* body_text: the article's prose as one text, and where the parts of article.text lie in it. */
#ifndef NEWSMETA_OUTPUT_BODY_TEXT_H
#define NEWSMETA_OUTPUT_BODY_TEXT_H

#include "article/job.h"

struct body_text {
    struct slice text;     /* prose blocks, an empty line between two */
    uint32_t *starts;      /* [block_count]: where block i begins in text; for others, where it was left out */
    uint32_t paragraphs, words;
};

struct body_text body_text_make(struct arena *arena, const struct article *article);
/* The block that holds byte `at` of article.text, NO_BLOCK when none does. */
uint32_t body_text_block_at(const struct article *article, uint32_t at);

#endif
