#include "decode_internal.h"

/* --------------------------------------------------------------------- labels */

static int compare_label(struct slice label, const struct encoding_label *entry)
{
    return slice_compare(label, slice_of(entry->label, strlen(entry->label)));
}

const char *charset_from_label(struct slice label)
{
    char lower[sizeof encoding_labels[0].label];
    label = slice_trim(label);
    if (label.len == 0 || label.len >= sizeof lower)
        return NULL;
    for (size_t i = 0; i < label.len; i++)
        lower[i] = ascii_to_lower(label.ptr[i]);
    size_t low = 0, high = encoding_label_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_label(slice_of(lower, label.len), &encoding_labels[middle]);
        if (order == 0)
            return encoding_labels[middle].encoding;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* ------------------------------------------------------------- where it is named */

const char *charset_from_bom(struct slice bytes)
{
    if (slice_starts(bytes, SLICE("\xEF\xBB\xBF")))
        return "utf-8";
    if (slice_starts(bytes, SLICE("\xFE\xFF")))
        return "utf-16be";
    return slice_starts(bytes, SLICE("\xFF\xFE")) ? "utf-16le" : NULL;
}

static size_t skip_space(struct slice s, size_t at)
{
    while (at < s.len && ascii_is_space(s.ptr[at]))
        at++;
    return at;
}

static struct slice parameter_value(struct slice s)
{
    if (s.len && (s.ptr[0] == '"' || s.ptr[0] == '\'')) {
        size_t close = slice_find_byte(s, s.ptr[0], 1);
        return close == SLICE_NOT_FOUND ? SLICE_NULL : slice_sub(s, 1, close);
    }
    size_t len = 0;
    while (len < s.len && s.ptr[len] != ';' && !ascii_is_space(s.ptr[len]))
        len++;
    return slice_sub(s, 0, len);
}

static struct slice charset_parameter(struct slice content_type)
{
    size_t at = 0;
    while ((at = slice_find_nocase(content_type, SLICE("charset"), at)) != SLICE_NOT_FOUND) {
        at = skip_space(content_type, at + 7);
        if (at < content_type.len && content_type.ptr[at] == '=')
            return parameter_value(slice_sub(content_type, skip_space(content_type, at + 1), content_type.len));
    }
    return SLICE_NULL;
}

const char *charset_from_content_type(struct slice content_type)
{
    return charset_from_label(charset_parameter(content_type));
}

const char *charset_named_outside(struct slice bytes, struct slice content_type)
{
    const char *encoding = charset_from_bom(bytes);
    return encoding ? encoding : charset_from_content_type(content_type);
}
