/* line_shape: what one pass over the words of a block counts. */
#ifndef NEWSMETA_TEXT_LINE_SHAPE_INTERNAL_H
#define NEWSMETA_TEXT_LINE_SHAPE_INTERNAL_H

#include "model/lexicon.h"

struct line_shape {
    uint32_t words, lower, capital, upper, digits, separators, part, longest_part, sentences;
    uint32_t longest_lower; /* bytes of the longest word in small letters */
    uint32_t months, days, dates, times, addresses, other; /* other: words that no date needs */
    bool stop, question, colon, ellipsis;
};

/* `months` is the table of month names, null where no date is looked for. */
struct line_shape line_shape_read(const struct lexicon_table *months, struct slice text);

#endif
