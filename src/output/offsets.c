#include "output/offsets.h"

#include "base/utf8.h"

static size_t count_units(struct slice s, enum offset_unit unit)
{
    return unit == OFFSET_UTF16 ? utf8_count_utf16(s) : utf8_count(s);
}

struct offsets offsets_make(struct arena *arena, struct slice text, enum offset_unit unit)
{
    struct offsets offsets = {text, unit, NULL};
    if (unit == OFFSET_BYTE || count_units(text, unit) == text.len)
        return offsets;
    size_t strides = text.len / OFFSETS_STRIDE + 1, sum = 0;
    offsets.counts = arena_calloc(arena, strides, sizeof *offsets.counts);
    for (size_t i = 0; i < strides; i++) {
        offsets.counts[i] = (uint32_t)sum;
        sum += count_units(slice_sub(text, i * OFFSETS_STRIDE, (i + 1) * OFFSETS_STRIDE), unit);
    }
    return offsets;
}

size_t offsets_convert(const struct offsets *offsets, size_t at)
{
    if (at > offsets->text.len)
        at = offsets->text.len;
    if (!offsets->counts)
        return at;
    size_t stride = at / OFFSETS_STRIDE;
    return offsets->counts[stride] + count_units(slice_sub(offsets->text, stride * OFFSETS_STRIDE, at), offsets->unit);
}
