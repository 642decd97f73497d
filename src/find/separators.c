#include "find/separators.h"

size_t title_separator(struct slice text, size_t at)
{
    static const struct slice separators[] = {
        {" | ", 3}, {" - ", 3},  {" – ", 5}, {" — ", 5}, {" · ", 4}, {" • ", 5}, {" » ", 4},
        {" « ", 4}, {" :: ", 4}, {" / ", 3}, {" > ", 3}, {" ~ ", 3}, {" ‹ ", 5}, {" › ", 5},
        {" ⋆ ", 5}, {" ─ ", 5},  {": ", 2},  {"|", 1},   {"｜", 3},  {"_", 1},   {"－", 3},
    };
    struct slice rest = slice_sub(text, at, text.len);
    if (!strchr(" :|_\xEF", text.ptr[at])) /* how all of them begin */
        return 0;
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
        if (slice_starts(rest, separators[i]))
            return separators[i].len;
    return 0;
}
