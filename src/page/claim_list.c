#include "claim_list_internal.h"

#include "article/limits.h"
#include "base/utf8.h"
#include "page/tokenizer.h"

#define MOST_KEYWORDS 60 /* of one list: more is stuffing, not tagging */

#define LONGEST_REFERENCE 12  /* bytes, from '&' to ';': the names that pages escape twice are short */
#define LONGEST_TAG_NAME 10

/* For people to read; not an address, a date or a code. */
static bool is_text(enum claim_kind kind)
{
    return kind == CLAIM_HEADLINE || kind == CLAIM_DESCRIPTION || kind == CLAIM_SITE_NAME || kind == CLAIM_AUTHOR ||
           kind == CLAIM_SECTION || kind == CLAIM_KEYWORD || kind == CLAIM_BODY;
}

/* "&#8217;" and the like, with its semicolon: "R&D" and "AT&T" stay as they are. */
static bool has_reference(struct slice s)
{
    for (size_t at = slice_find_byte(s, '&', 0); at != SLICE_NOT_FOUND; at = slice_find_byte(s, '&', at + 1)) {
        size_t end = slice_find_byte(slice_sub(s, 0, at + LONGEST_REFERENCE), ';', at);
        if (end != SLICE_NOT_FOUND && end > at + 2)
            return true;
    }
    return false;
}

/* The length of the HTML tag that begins at `at`, 0 if none does: "<The Palace>" may be a title in its brackets. */
static size_t tag_length(struct slice s, size_t at)
{
    char name[LONGEST_TAG_NAME];
    size_t from = at + 1, len = 0;
    if (from < s.len && s.ptr[from] == '/')
        from++;
    while (from + len < s.len && len < sizeof name &&
           (ascii_is_alpha(s.ptr[from + len]) || ascii_is_digit(s.ptr[from + len]))) {
        name[len] = ascii_to_lower(s.ptr[from + len]);
        len++;
    }
    if (html_tag_from_name(slice_of(name, len)) == TAG_OTHER)
        return 0;
    size_t end = slice_find_byte(s, '>', from + len);
    return end == SLICE_NOT_FOUND ? 0 : end + 1 - at;
}

static struct slice strip_tags(struct arena *arena, struct slice s)
{
    if (slice_find_byte(s, '<', 0) == SLICE_NOT_FOUND || slice_find_byte(s, '>', 0) == SLICE_NOT_FOUND)
        return s;
    char *out = arena_alloc(arena, s.len);
    size_t len = 0, last = s.len; /* the last '>' bounds the search for ends */
    while (s.ptr[last - 1] != '>')
        last--;
    for (size_t at = 0; at < s.len;) {
        size_t tag = s.ptr[at] == '<' && at < last ? tag_length(slice_sub(s, 0, last), at) : 0;
        out[len++] = tag ? ' ' : s.ptr[at];
        at += tag ? tag : 1;
    }
    return slice_of(out, len);
}

static void add_one(struct job *job, const struct claim *claim, struct slice value, uint32_t limit)
{
    struct article *article = &job->article;
    value = utf8_squash(job->arena, value);
    if (slice_is_empty(value) || article->claim_count >= limit)
        return;
    article->claims = arena_grow(job->arena, article->claims, article->claim_count, &article->claim_capacity,
                                 sizeof *article->claims);
    struct claim *added = &article->claims[article->claim_count];
    *added = *claim;
    added->value = value;
    added->order = article->claim_count++;
}

void claims_add(struct job *job, const struct claim *claim, uint32_t limit)
{
    struct slice rest = claim->value, part;
    if (is_text(claim->kind)) {
        if (has_reference(rest))
            rest = html_decode_references(job->arena, rest);
        rest = strip_tags(job->arena, rest);
    }
    if (claim->kind != CLAIM_KEYWORD) {
        add_one(job, claim, rest, limit);
        return;
    }
    char separator = slice_find_byte(rest, ',', 0) == SLICE_NOT_FOUND ? ';' : ',';
    for (int i = 0; i < MOST_KEYWORDS && slice_split(&rest, separator, &part); i++)
        add_one(job, claim, part, limit);
}
