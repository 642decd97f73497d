#include "base/media_type.h"

struct slice media_type_of(struct slice content_type)
{
    return slice_trim(slice_sub(content_type, 0, slice_find_byte(content_type, ';', 0)));
}

bool media_type_is(struct slice content_type, const char *type)
{
    return slice_equals_nocase(media_type_of(content_type), slice_from_cstr(type));
}

bool media_type_is_among(struct slice content_type, const char *const *types)
{
    while (*types && !media_type_is(content_type, *types))
        types++;
    return *types != NULL;
}
