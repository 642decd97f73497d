#include "author_address_internal.h"

#include "base/url.h"

/* "example.org" of "https://www.example.org/a". */
static struct slice host_of(struct slice url)
{
    struct slice origin = url_origin(url);
    struct slice host = slice_sub(origin, slice_find(origin, SLICE("://"), 0) + 3, origin.len);
    return slice_starts_nocase(host, SLICE("www.")) ? slice_sub(host, 4, host.len) : host;
}

/* Both hosts are one, or one is a part of the other: "blog.example.org" and "example.org". */
static bool is_same_site(struct slice page, struct slice href)
{
    struct slice a = host_of(page), b = host_of(href);
    return slice_ends_nocase(a, b) || slice_ends_nocase(b, a);
}

static bool is_word(struct slice folder)
{
    for (size_t i = 0; i < folder.len; i++)
        if (!ascii_is_alpha(folder.ptr[i]))
            return false;
    return folder.len > 1;
}

/* Scheme and host have a colon or a dot in them, so that they are no words, wherever an archived address begins. */
struct slice author_address_folder(const struct page_lexicon *lexicon, struct slice page, struct slice href)
{
    href = slice_sub(href, 0, slice_find_byte(href, '?', 0)); /* not found: all of it */
    bool absolute = url_is_absolute(href), known = url_is_absolute(page);
    unsigned wanted = absolute && !known ? CLASS_AUTHOR : CLASS_AUTHOR | CLASS_PROFILE;
    size_t start = 0, end;
    for (; (end = slice_find_byte(href, '/', start)) != SLICE_NOT_FOUND; start = end + 1) {
        struct slice folder = slice_sub(href, start, end);
        if (end + 1 == href.len || href.ptr[end + 1] == '#') /* a folder with nothing in it */
            return SLICE_NULL;
        if (is_word(folder) && (page_lexicon_class_words(lexicon, folder) & wanted))
            return absolute && known && !is_same_site(page, href) ? SLICE_NULL : folder;
    }
    return SLICE_NULL;
}
