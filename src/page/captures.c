#include "captures_internal.h"

#include "base/utf8.h"

/* One that is too long already, of a container perhaps, gives its place to another. */
static void drop_useless(struct captures *captures)
{
    for (size_t i = 0; i < captures->count; i++)
        if (captures->items[i].too_long) {
            memmove(&captures->items[i], &captures->items[i + 1],
                    (captures->count - i - 1) * sizeof captures->items[0]);
            captures->count--;
            return;
        }
}

struct capture *captures_begin(struct captures *captures, const struct claim *claim, uint32_t depth,
                               enum capture_need need, size_t longest)
{
    if (depth == 0)
        return NULL;
    if (captures->count == MOST_CAPTURES)
        drop_useless(captures);
    if (captures->count == MOST_CAPTURES)
        return NULL;
    struct capture *capture = &captures->items[captures->count++];
    capture->depth = depth;
    capture->item = 0;
    capture->need = need;
    capture->longest = longest < LONGEST_CAPTURE ? longest : LONGEST_CAPTURE;
    capture->len = 0;
    capture->too_long = false;
    capture->claim = *claim;
    return capture;
}

/* White space is squashed on the way in, so that markup between the words does not use up the room. */
static void add_text(struct capture *capture, struct slice text)
{
    for (size_t i = 0; i < text.len && !capture->too_long; i++) {
        bool space = ascii_is_space(text.ptr[i]);
        if (space && (capture->len == 0 || capture->text[capture->len - 1] == ' '))
            continue;
        if (capture->len == capture->longest)
            capture->too_long = true;
        else
            capture->text[capture->len++] = space ? ' ' : text.ptr[i];
    }
}

void captures_text(struct captures *captures, struct slice text)
{
    for (size_t i = 0; i < captures->count; i++)
        if (!captures->items[i].too_long)
            add_text(&captures->items[i], text);
}

struct slice capture_value(const struct capture *capture)
{
    struct slice text = slice_of(capture->text, capture->len);
    bool fits = !capture->too_long && (capture->need != NEEDS_DIGIT || utf8_has_digit(text));
    return fits ? text : SLICE_NULL;
}
