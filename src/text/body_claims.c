#include "body_scan_internal.h"

/* ----------------------------------------------------------------- headline */

#define LEAST_TITLE 8           /* bytes; less stands in anything */
#define MAX_HEADINGS_COMPARED 200 /* keeps headings times claims linear in the page */
#define TITLE_ENOUGH 0.4f       /* share of a title; a site's name at its end is less */
#define CLEARLY_MORE 1.2f       /* a later heading must hold so much more of one */

/* How much of a title the page's head gives is this heading, or the reverse where a name is glued on to the heading. */
static float share_claimed(const struct article *article, struct slice heading)
{
    float most = 0;
    for (uint32_t i = 0; i < article->claim_count && heading.len >= LEAST_TITLE; i++) {
        struct slice claim = article->claims[i].value;
        if (article->claims[i].kind != CLAIM_HEADLINE || claim.len < LEAST_TITLE)
            continue;
        bool longer = heading.len > claim.len;
        float share = longer ? (float)claim.len / (float)heading.len : (float)heading.len / (float)claim.len;
        if (share > most && (longer ? slice_contains_nocase(heading, claim) : slice_contains_nocase(claim, heading)))
            most = share;
    }
    return most;
}

static bool may_be_headline(const struct block *block)
{
    return block->tag == BLOCK_HEADING && !(block->flags & (BLOCK_IN_NAV | BLOCK_IN_FOOTER | BLOCK_HIDDEN));
}

/* The heading that is most of a title; else the first one of the first level, if there is one that does not link
 * somewhere: the site's name in a title and above the page is a heading, too, on many a page, and links to the front
 * page. */
static void find_headline(struct body_scan *scan)
{
    uint32_t first = NO_BLOCK, unlinked = NO_BLOCK, claimed = NO_BLOCK, compared = 0;
    float most = 0;
    for (uint32_t i = 0; i < scan->article->block_count && compared < MAX_HEADINGS_COMPARED && most < 1; i++) {
        const struct block *block = &scan->article->blocks[i];
        if (!may_be_headline(block))
            continue;
        compared++;
        float share = block->level <= 3 ? share_claimed(scan->article, block_text(scan->article, block)) : 0;
        if (share > most * CLEARLY_MORE &&
            (most < TITLE_ENOUGH || block->level <= scan->article->blocks[claimed].level)) {
            most = share;
            claimed = i;
        }
        if (block->level == 1 && first == NO_BLOCK)
            first = i;
        if (block->level == 1 && unlinked == NO_BLOCK && block->links == 0)
            unlinked = i;
    }
    scan->headline = most >= TITLE_ENOUGH   ? claimed
                     : unlinked != NO_BLOCK ? unlinked
                     : first != NO_BLOCK    ? first
                                            : claimed;
}

/* -------------------------------------------------------------- description */

#define LEAST_ALIKE 25       /* bytes at the start that the standfirst and the description share */
#define MOST_DESCRIPTIONS 4  /* of one page: they repeat each other */

static size_t common_prefix(struct slice a, struct slice b)
{
    size_t i = 0;
    while (i < a.len && i < b.len && ascii_to_lower(a.ptr[i]) == ascii_to_lower(b.ptr[i]))
        i++;
    return i;
}

static void match_description(struct body_scan *scan, struct slice description)
{
    if (description.len < LEAST_ALIKE)
        return;
    for (uint32_t i = 0; i < scan->article->block_count; i++) {
        struct slice text = block_text(scan->article, &scan->article->blocks[i]);
        if (text.len < LEAST_ALIKE || ascii_to_lower(text.ptr[0]) != ascii_to_lower(description.ptr[0]))
            continue;
        size_t common = common_prefix(text, description);
        float match = common < LEAST_ALIKE ? 0 : common + 3 >= text.len ? 2 : 1; /* the description may be cut off */
        if (match > scan->matches[i].description)
            scan->matches[i].description = match;
    }
}

/* -------------------------------------------------------------- articleBody */

#define TRIPLE 3

struct triples {
    uint32_t words[TRIPLE]; /* hashes of the last words */
    size_t seen;
};

static bool is_word_byte(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

/* The next word of *rest as a hash of its lower-cased bytes; false at the end. */
static bool next_word(struct slice *rest, uint32_t *word)
{
    size_t at = 0;
    while (at < rest->len && !is_word_byte(rest->ptr[at]))
        at++;
    uint32_t hash = 2166136261u;
    size_t start = at;
    for (; at < rest->len && is_word_byte(rest->ptr[at]); at++)
        hash = (hash ^ (unsigned char)ascii_to_lower(rest->ptr[at])) * 16777619u;
    *rest = slice_sub(*rest, at, rest->len);
    *word = hash;
    return at > start;
}

/* The hash of the word triple that ends with the next word; false at the end. 0 before the third word. */
static bool next_triple(struct slice *rest, struct triples *triples, uint32_t *triple)
{
    uint32_t word;
    if (!next_word(rest, &word))
        return false;
    triples->words[triples->seen++ % TRIPLE] = word;
    *triple = 0;
    if (triples->seen >= TRIPLE) {
        for (size_t i = triples->seen; i < triples->seen + TRIPLE; i++)
            *triple = (*triple ^ triples->words[i % TRIPLE]) * 0x9E3779B1u;
        *triple |= 1;
    }
    return true;
}

struct triple_set {
    uint32_t *slots, mask;
};

/* Whether the triple is in the set; puts it there if `insert`. The set is never more than half full. */
static bool meet(const struct triple_set *set, uint32_t triple, bool insert)
{
    uint32_t at = (triple >> 3) & set->mask;
    while (set->slots[at] && set->slots[at] != triple)
        at = (at + 1) & set->mask;
    bool known = set->slots[at] == triple;
    if (insert)
        set->slots[at] = triple;
    return known;
}

static struct triple_set make_set(struct arena *arena, struct slice text)
{
    uint32_t size = 64;
    while (size < text.len) /* a word and what parts it from the next take two bytes at least */
        size *= 2;
    struct triple_set set = {arena_calloc(arena, size, sizeof(uint32_t)), size - 1};
    struct triples triples = {.seen = 0};
    for (uint32_t triple; next_triple(&text, &triples, &triple);)
        if (triple)
            meet(&set, triple, true);
    return set;
}

static float share_known(const struct triple_set *set, struct slice text)
{
    struct triples triples = {.seen = 0};
    uint32_t count = 0, known = 0;
    for (uint32_t triple; next_triple(&text, &triples, &triple);)
        if (triple) {
            count++;
            known += meet(set, triple, false);
        }
    return count ? (float)known / (float)count : -0.5f;
}

static void match_body(struct body_scan *scan, struct slice body)
{
    struct triple_set set = make_set(scan->job->arena, body);
    for (uint32_t i = 0; i < scan->article->block_count; i++)
        scan->matches[i].body = share_known(&set, block_text(scan->article, &scan->article->blocks[i]));
}

/* ------------------------------------------------------------------- places */

static void count_place(struct body_scan *scan, const struct claim *claim)
{
    if (claim->block >= scan->article->block_count)
        return;
    struct block_matches *matches = &scan->matches[claim->block];
    if (claim->kind == CLAIM_TIME || claim->kind == CLAIM_PUBLISHED || claim->kind == CLAIM_MODIFIED)
        matches->times = (uint8_t)(matches->times + (matches->times < 9));
    if (claim->kind == CLAIM_AUTHOR)
        matches->authors = (uint8_t)(matches->authors + (matches->authors < 9));
}

#define LEAST_BODY 200 /* bytes; a shorter articleBody is a description in the wrong place */

void body_claims_scan(struct body_scan *scan)
{
    const struct article *article = scan->article;
    scan->matches = arena_calloc(scan->job->arena, article->block_count, sizeof *scan->matches);
    for (uint32_t i = 0; i < article->block_count; i++)
        scan->matches[i].body = -1;
    int descriptions = 0;
    for (uint32_t i = 0; i < article->claim_count; i++) {
        const struct claim *claim = &article->claims[i];
        if (claim->kind == CLAIM_DESCRIPTION && descriptions++ < MOST_DESCRIPTIONS)
            match_description(scan, claim->value);
        if (claim->kind == CLAIM_BODY && claim->value.len >= LEAST_BODY)
            match_body(scan, claim->value);
        if (claim->kind == CLAIM_TYPE && slice_contains_nocase(claim->value, SLICE("article")))
            scan->typed = true;
        count_place(scan, claim);
    }
    find_headline(scan);
}
