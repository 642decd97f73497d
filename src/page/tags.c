#include "page/tags.h"

static const struct slice names[TAG_COUNT] = {
    [TAG_OTHER] = {"other", 5},
#define X(enumerator, name) [enumerator] = {name, sizeof(name) - 1},
    TAG_TABLE(X)
#undef X
};

/* The first tag whose name begins with each letter or a later one; the table is sorted. A test looks up
 * every name. */
static const uint8_t first_of_letter[27] = {
    TAG_A,     TAG_B,     TAG_CANVAS, TAG_DD,     TAG_EM,    TAG_FIELDSET, TAG_H1,     TAG_H1,   TAG_I,
    TAG_KBD,   TAG_KBD,   TAG_LABEL,  TAG_MAIN,   TAG_NAV,   TAG_OBJECT,   TAG_P,      TAG_Q,    TAG_S,
    TAG_S,     TAG_TABLE, TAG_U,      TAG_VAR,    TAG_WBR,   TAG_XMP,      TAG_COUNT,  TAG_COUNT, TAG_COUNT,
};

/* A page has thousands of tags: among those of a letter (seventeen at most) length and last character
 * leave hardly more than the right one. */
enum html_tag html_tag_from_name(struct slice name)
{
    if (name.len == 0 || name.ptr[0] < 'a' || name.ptr[0] > 'z')
        return TAG_OTHER;
    unsigned letter = (unsigned)(name.ptr[0] - 'a');
    char last = name.ptr[name.len - 1];
    for (unsigned tag = first_of_letter[letter]; tag < first_of_letter[letter + 1]; tag++)
        if (names[tag].len == name.len && names[tag].ptr[name.len - 1] == last &&
            memcmp(names[tag].ptr, name.ptr, name.len) == 0)
            return (enum html_tag)tag;
    return TAG_OTHER;
}

struct slice html_tag_name(enum html_tag tag)
{
    return names[tag];
}
