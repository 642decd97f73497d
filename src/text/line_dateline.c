#include "lines_internal.h"

#include "base/utf8.h"

#include <string.h>

#define LONGEST_DATELINE 60 /* bytes */
#define FEWEST_CAPITALS 4   /* letters of a place in capitals: shorter words may be acronyms inside a sentence */

/* Behind the first dash that stands apart or right behind brackets or a stop; 0: none. */
static size_t behind_dash(struct slice head, size_t *dash)
{
    for (size_t at = 1; at + 1 < head.len; at++) {
        bool wide = (unsigned char)head.ptr[at] == 0xE2 && at + 3 < head.len &&
                    (unsigned char)head.ptr[at + 1] == 0x80 &&
                    ((unsigned char)head.ptr[at + 2] == 0x93 || (unsigned char)head.ptr[at + 2] == 0x94);
        bool narrow = head.ptr[at] == '-' && strchr(" ).-", head.ptr[at - 1]) && strchr(" -", head.ptr[at + 1]);
        if (!wide && !narrow)
            continue;
        *dash = at;
        at += wide ? 3 : 1;
        while (at < head.len && (head.ptr[at] == ' ' || head.ptr[at] == '-'))
            at++;
        return at;
    }
    return 0;
}

static bool begins_with_capitals(struct slice text)
{
    size_t capitals = 0, taken;
    for (size_t at = 0; at < text.len && utf8_is_upper(utf8_decode(text, at, &taken)); at += taken)
        capitals++;
    return capitals >= FEWEST_CAPITALS;
}

size_t line_dateline_length(struct slice text)
{
    size_t dash = 0, end = behind_dash(slice_sub(text, 0, LONGEST_DATELINE), &dash);
    while (dash > 0 && strchr(" .", text.ptr[dash - 1]))
        dash--;
    if (dash == 0)
        return 0;
    bool agency = text.ptr[dash - 1] == ')' && slice_find_byte(slice_sub(text, 0, dash), '(', 0) != SLICE_NOT_FOUND;
    return agency || begins_with_capitals(text) ? end : 0;
}
