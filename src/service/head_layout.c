#include "service/head_layout.h"

#define LINE_END_BYTES 2 /* CR LF */

static void expect(struct head_layout *layout, struct slice part, size_t separator)
{
    layout->odd |= part.ptr != layout->end + separator;
    layout->end = part.ptr + part.len;
}

void head_layout_begin(struct head_layout *layout, struct slice method, struct slice target, struct slice version)
{
    *layout = (struct head_layout){.start = method.ptr, .end = method.ptr + method.len};
    expect(layout, target, 1);
    expect(layout, version, 1);
}

/* Between name and value lie the colon and any number of blanks (RFC 9112, 5): the library looks for nothing else
 * there. */
void head_layout_take(struct head_layout *layout, struct slice name, struct slice value)
{
    expect(layout, name, LINE_END_BYTES);
    layout->odd |= value.ptr <= layout->end;
    layout->end = value.ptr + value.len;
}

bool head_layout_is_plain(const struct head_layout *layout, size_t size)
{
    return !layout->odd && (size_t)(layout->end - layout->start) + 2 * LINE_END_BYTES == size;
}
