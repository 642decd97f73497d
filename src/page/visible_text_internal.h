/* visible_text: the growing text of all blocks, squashed as it is written. Only for the files of page/. */
#ifndef NEWSMETA_PAGE_VISIBLE_TEXT_INTERNAL_H
#define NEWSMETA_PAGE_VISIBLE_TEXT_INTERNAL_H

#include "base/arena.h"

struct visible_text {
    struct arena *arena;
    char *ptr;
    size_t len, capacity;
    size_t start; /* of the block that is being written */
    bool blank;   /* white space was seen since the last character */
};

static inline bool visible_text_is_open(const struct visible_text *text)
{
    return text->len > text->start;
}

/* Appends characters to the block being written: runs of white space become one blank, none at its start;
 * soft hyphens and zero-width characters vanish. Returns the bytes that the block grew by. */
size_t visible_text_append(struct visible_text *text, struct slice characters);
/* Ends the block with LF; the next one starts behind it. Trailing white space was never written. */
void visible_text_end_block(struct visible_text *text);

#endif
