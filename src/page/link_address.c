#include "link_address_internal.h"

#include "base/url.h"

/* "example.org" of "https://www.example.org/a" and of "//www.example.org/a". */
static struct slice host_of(struct slice url)
{
    size_t start = slice_find(url, SLICE("//"), 0) + 2;
    struct slice host = slice_sub(url, start, slice_find_byte(url, '/', start));
    return slice_starts_nocase(host, SLICE("www.")) ? slice_sub(host, 4, host.len) : host;
}

/* Both hosts are one, or one is a part of the other: "blog.example.org" and "example.org". */
static bool is_same_site(struct slice page, struct slice href)
{
    struct slice a = host_of(page), b = host_of(href);
    return slice_ends_nocase(a, b) || slice_ends_nocase(b, a);
}

bool link_address_is_front_page(struct slice page, struct slice href)
{
    static const struct slice names[] = {{"/", 1}, {"./", 2}, {"index.html", 10}, {"index.htm", 9}, {"index.php", 9}};
    bool absolute = url_is_absolute(href) || slice_starts(href, SLICE("//"));
    if (absolute) {
        size_t path = slice_find_byte(href, '/', slice_find(href, SLICE("//"), 0) + 2);
        bool root = path == SLICE_NOT_FOUND || path + 1 == href.len;
        return root && (!url_is_absolute(page) || is_same_site(page, href));
    }
    if (href.len > 1 && href.ptr[0] == '/')
        href = slice_sub(href, 1, href.len);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (slice_equals_nocase(href, names[i]))
            return true;
    return false;
}

/* What a folder of that kind in `href` says on this page. */
static bool is_of_author(unsigned kind, struct slice page, struct slice href)
{
    bool absolute = url_is_absolute(href) || slice_starts(href, SLICE("//"));
    if (absolute && url_is_absolute(page))
        return is_same_site(page, href);
    return !absolute || (kind & CLASS_AUTHOR); /* "/user/ada" of a site that nobody knows may be any channel */
}

struct slice link_address_author_folder(const struct page_lexicon *lexicon, struct slice page, struct slice href)
{
    size_t start = 0, end;
    href = slice_sub(href, 0, slice_find_byte(href, '?', 0)); /* not found: all of it */
    for (; (end = slice_find_byte(href, '/', start)) != SLICE_NOT_FOUND; start = end + 1) {
        struct slice folder = slice_sub(href, start, end);
        unsigned kind = page_lexicon_word(lexicon, folder) & (CLASS_AUTHOR | CLASS_PROFILE);
        bool empty = end + 1 == href.len || href.ptr[end + 1] == '#';
        if (kind && !empty)
            return is_of_author(kind, page, href) ? folder : SLICE_NULL;
    }
    return SLICE_NULL;
}
