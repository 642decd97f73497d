#include "page/tags.h"

static const struct slice names[TAG_COUNT] = {
    [TAG_OTHER] = {"other", 5},
#define X(enumerator, name) [enumerator] = {name, sizeof(name) - 1},
    TAG_TABLE(X)
#undef X
};

/* Binary search: the table is sorted, and a name is looked up once a tag. */
enum html_tag html_tag_from_name(struct slice name)
{
    size_t low = 1, high = TAG_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = slice_compare(name, names[middle]);
        if (order == 0)
            return (enum html_tag)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return TAG_OTHER;
}

struct slice html_tag_name(enum html_tag tag)
{
    return names[tag];
}
