#include "base/url.h"

bool url_is_absolute(struct slice url)
{
    size_t scheme = slice_starts_nocase(url, SLICE("https://"))  ? 8
                    : slice_starts_nocase(url, SLICE("http://")) ? 7
                                                                 : 0;
    return scheme && url.len > scheme && !strchr("/?#", url.ptr[scheme]);
}

struct slice url_origin(struct slice url)
{
    size_t at = slice_find(url, SLICE("://"), 0) + 3;
    while (at < url.len && url.ptr[at] != '/' && url.ptr[at] != '?' && url.ptr[at] != '#')
        at++;
    return slice_sub(url, 0, at);
}

/* The length of an absolute URL up to the last slash of its path, that included; of the origin where it has no
 * path. */
static size_t directory_length(struct slice url)
{
    size_t end = url_origin(url).len, last = end;
    while (end < url.len && url.ptr[end] != '?' && url.ptr[end] != '#')
        if (url.ptr[end++] == '/')
            last = end;
    return last;
}

static struct slice join(struct arena *arena, struct slice base, struct slice url)
{
    size_t origin = url_origin(base).len, directory = directory_length(base);
    while (slice_starts(url, SLICE("./")))
        url = slice_sub(url, 2, url.len);
    while (slice_starts(url, SLICE("../"))) {
        url = slice_sub(url, 3, url.len);
        if (directory > origin + 1)
            directory = directory_length(slice_sub(base, 0, directory - 1));
    }
    return arena_printf(arena, "%.*s%s%.*s", (int)directory, base.ptr, directory == origin ? "/" : "", SLICE_ARG(url));
}

struct slice url_resolve(struct arena *arena, struct slice base, struct slice url)
{
    url = slice_trim(url);
    if (url_is_absolute(url))
        return url;
    size_t colon = slice_find_byte(url, ':', 0), slash = slice_find_byte(url, '/', 0);
    bool other_scheme = colon != SLICE_NOT_FOUND && (slash == SLICE_NOT_FOUND || colon < slash);
    if (other_scheme || !url_is_absolute(base) || url.len == 0 || url.ptr[0] == '#')
        return SLICE_NULL;
    if (slice_starts(url, SLICE("//")))
        return arena_printf(arena, "%.*s%.*s", (int)slice_find_byte(base, '/', 0), base.ptr, SLICE_ARG(url));
    if (url.ptr[0] == '/')
        return arena_printf(arena, "%.*s%.*s", SLICE_ARG(url_origin(base)), SLICE_ARG(url));
    return join(arena, base, url);
}
