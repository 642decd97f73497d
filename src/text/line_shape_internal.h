/* line_shape: what one pass over the words of a block counts. */
#ifndef NEWSMETA_TEXT_LINE_SHAPE_INTERNAL_H
#define NEWSMETA_TEXT_LINE_SHAPE_INTERNAL_H

#include "lines_internal.h"

struct line_shape {
    uint32_t words, lower, capital, upper, digits, separators, part, longest_part, sentences;
    uint32_t longest_lower; /* bytes of the longest word in small letters */
    uint32_t months, days, dates, times, addresses, other; /* other: words that no date needs */
    uint32_t service, reader, speech;                      /* words of these classes of line_words.tsv */
    bool stop, question, colon, ellipsis;
};

/* `tables`: null where neither dates nor words of a class are looked for. */
struct line_shape line_shape_read(const struct line_tables *tables, struct slice text);

#endif
