#include "attributes_internal.h"

#define SHORTEST_STAMP 8 /* 20260131 */
#define LONGEST_STAMP 40 /* 2026-01-31T10:00:00.000000000+01:00, with some room */
#define LONGEST_COMPONENT 64

static bool is(struct slice name, const char *literal)
{
    return memcmp(name.ptr, literal, name.len) == 0;
}

bool attribute_next_word(struct slice *list, struct slice *word)
{
    size_t start = 0;
    while (start < list->len && ascii_is_space(list->ptr[start]))
        start++;
    size_t end = start;
    while (end < list->len && !ascii_is_space(list->ptr[end]))
        end++;
    *word = slice_sub(*list, start, end);
    *list = slice_sub(*list, end, list->len);
    return word->len > 0;
}

bool attribute_has_word(struct slice list, struct slice word)
{
    struct slice each;
    while (attribute_next_word(&list, &each))
        if (slice_equals_nocase(each, word))
            return true;
    return false;
}

/* "display: none" and "visibility:hidden" in a style attribute, white space apart. */
static bool style_hides(struct slice style)
{
    static const struct slice hiding[] = {{"display", 7}, {"none", 4}, {"visibility", 10}, {"hidden", 6}};
    for (size_t i = 0; i < 4; i += 2) {
        size_t at = slice_find_nocase(style, hiding[i], 0);
        if (at == SLICE_NOT_FOUND)
            continue;
        struct slice rest = slice_trim(slice_sub(style, at + hiding[i].len, style.len));
        if (rest.len && rest.ptr[0] == ':' &&
            slice_starts_nocase(slice_trim(slice_sub(rest, 1, rest.len)), hiding[i + 1]))
            return true;
    }
    return false;
}

static void read_data(const struct page_lexicon *lexicon, struct slice name, struct slice value,
                      struct tag_attributes *out)
{
    struct slice key = slice_sub(name, 5, name.len);
    if (value.len == 0 || value.len > LONGEST_COMPONENT)
        return;
    if (ascii_is_digit(value.ptr[0])) {
        if (value.len >= SHORTEST_STAMP && value.len <= LONGEST_STAMP && slice_is_null(out->stamp) &&
            (page_lexicon_class_words(lexicon, key) & CLASS_ANY_DATE)) {
            out->stamp_name = name;
            out->stamp = value;
        }
    } else if (slice_is_null(out->component) && ascii_is_alpha(value.ptr[0]) &&
               (page_lexicon_class_words(lexicon, key) & CLASS_COMPONENT)) {
        out->component = value;
    }
}

static void read_long(const struct page_lexicon *lexicon, struct slice name, struct slice value,
                      struct tag_attributes *out)
{
    if (name.len > 5 && is(slice_sub(name, 0, 5), "data-"))
        read_data(lexicon, name, value, out);
    else if (name.len == 8 && is(name, "itemprop"))
        out->itemprop = value;
    else if (name.len == 8 && is(name, "itemtype"))
        out->itemtype = value;
    else if (name.len == 8 && is(name, "property"))
        out->property = value;
    else if (name.len == 8 && is(name, "datetime"))
        out->datetime = value;
    else if (name.len == 8 && is(name, "xml:lang") && slice_is_null(out->lang))
        out->lang = value;
    else if (name.len == 9 && is(name, "itemscope"))
        out->itemscope = true;
    else if (name.len == 10 && is(name, "http-equiv"))
        out->http_equiv = value;
    else if (name.len == 11 && is(name, "aria-hidden"))
        out->aria_hidden = slice_equals_nocase(value, SLICE("true"));
}

static void read_short(struct slice name, struct slice value, struct tag_attributes *out)
{
    switch (name.len) {
    case 2:
        if (is(name, "id"))
            out->id = value;
        break;
    case 3:
        if (is(name, "rel"))
            out->rel = value;
        else if (is(name, "src"))
            out->src = value;
        break;
    case 4:
        if (is(name, "href"))
            out->href = value;
        else if (is(name, "name"))
            out->name = value;
        else if (is(name, "role"))
            out->role = value;
        else if (is(name, "type"))
            out->type = value;
        else if (is(name, "lang"))
            out->lang = value;
        else if (is(name, "open"))
            out->open = true;
        break;
    case 5:
        if (is(name, "class"))
            out->class_name = value;
        else if (is(name, "title"))
            out->title = value;
        else if (is(name, "style"))
            out->hidden |= style_hides(value);
        break;
    case 6:
        /* hidden="until-found" is hidden as well; "false" is what templates write for "not" but means "yes". */
        if (is(name, "hidden"))
            out->hidden = true;
        break;
    case 7:
        if (is(name, "content"))
            out->content = value;
        else if (is(name, "pubdate"))
            out->pubdate = true;
        break;
    default: break;
    }
}

void attributes_read(const struct page_lexicon *lexicon, const struct html_token *token, struct tag_attributes *out)
{
    *out = (struct tag_attributes){0};
    for (size_t i = 0; i < token->attribute_count; i++) {
        const struct html_attribute *attribute = &token->attributes[i];
        struct slice value = attribute->value;
        if (!value.ptr)
            value = SLICE(""); /* there, without a value: tell it from not there */
        if (attribute->name.len < 8)
            read_short(attribute->name, value, out);
        else
            read_long(lexicon, attribute->name, value, out);
    }
}
