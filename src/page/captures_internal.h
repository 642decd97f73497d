/* captures: texts of elements, gathered while they are open, that become claims when they end. Only for the
 * files of page/. */
#ifndef NEWSMETA_PAGE_CAPTURES_INTERNAL_H
#define NEWSMETA_PAGE_CAPTURES_INTERNAL_H

#include "article/job.h"

#define MOST_CAPTURES 16      /* at a time; nested deeper, the text is the same */
#define LONGEST_CAPTURE 400   /* bytes; a headline is shorter, and what is longer is no name and no date */

enum capture_need { NEEDS_TEXT, NEEDS_DIGIT /* a date: without a digit it is none */ };

struct capture {
    uint32_t depth;           /* of the element */
    uint32_t item;            /* number of the microdata item it stands for as a fallback, 0: none */
    enum capture_need need;
    size_t longest, len;
    bool too_long;
    struct claim claim;       /* all but its value */
    char text[LONGEST_CAPTURE];
};

struct captures {
    struct capture items[MOST_CAPTURES]; /* the outermost first */
    size_t count;
};

/* Begins to gather the text of the element at this depth; NULL when too many are under way. */
struct capture *captures_begin(struct captures *captures, const struct claim *claim, uint32_t depth,
                               enum capture_need need, size_t longest);
void captures_text(struct captures *captures, struct slice text);
/* The text as far as it got; null when it is too long or not what is needed. */
struct slice capture_value(const struct capture *capture);

#endif
