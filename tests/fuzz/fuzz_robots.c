/* Fuzzes what an origin says about itself: robots.txt and the header of an answer. Up to the first byte of zero the target of a
 * URL, then the file. Without a rule that forbids, nothing is. */
#include "fetch/freshness.h"
#include "fetch/robots.h"
#include "fuzz_support.h"

static void check_header(struct slice head)
{
    struct freshness freshness = freshness_read(head);
    require(freshness.lifetime_s >= 0);
    require(slice_is_null(freshness.etag) || (freshness.etag.ptr >= head.ptr && freshness.etag.ptr <= head.ptr + head.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice file = slice_of((const char *)data, size), target;
    struct buffer rules = buffer_make(3 * ROBOTS_MAX_BYTES);
    struct arena *arena = arena_create();
    check_header(file);
    if (slice_split(&file, '\0', &target)) {
        robots_read(file, SLICE("newsmeta"), &rules);
        require(!rules.overflow && rules.len <= 3 * size);
        bool allowed = robots_allow(arena, buffer_slice(&rules), target);
        require(allowed || memchr(rules.ptr, '-', rules.len) != NULL);
    }
    arena_destroy(arena);
    buffer_free(&rules);
    return 0;
}
