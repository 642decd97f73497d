#include "body_features.h"

#include <assert.h>
#include <math.h>

#include "base/map.h"
#include "base/utf8.h"

#define MAX_DISTANCE 12 /* containers further out say nothing about a block */

/* What is counted once a block, before neighbours and containers are looked at. */
struct block_facts {
    float length, words, link_density, stops, commas, upper, digits;
    float prose;        /* bytes that read like prose */
    uint8_t ending;     /* 0 none, 1 colon or dots, 2 full stop */
    uint8_t start;      /* 0 other, 1 upper, 2 lower, 3 digit or sign */
    uint16_t repeated;  /* how often the same text stands on the page */
    bool copyright, bar, at_sign;
};

/* The prose that a container holds. */
struct section_facts {
    float direct, total, score;
    uint16_t blocks;
};

struct scan {
    const struct job *job;
    const struct article *article;
    struct block_facts *blocks;
    struct section_facts *sections;
    uint8_t *distances; /* [section][class] */
    uint32_t *classes;
    uint32_t headline, best_section;
    float prose;
};

/* ------------------------------------------------------------------ a block */

static uint8_t ending_of(struct slice text)
{
    size_t at = text.len, taken;
    while (at > 0) {
        uint32_t c = utf8_decode_before(text, at, &taken);
        at -= taken;
        switch (c) {
        case '"': case '\'': case ')': case ']': case 0x201D: case 0x2019: case 0xBB: case 0x201C: case 0x203A: case ' ':
            continue;
        case '.': return at > 1 && text.ptr[at - 1] == '.' ? 1 : 2;
        case '!': case '?': case 0x3002: case 0xFF01: case 0xFF1F: case 0x06D4: case 0x0964: return 2;
        case ':': case 0x2026: case 0xFF1A: return 1;
        default: return 0;
        }
    }
    return 0;
}

static uint8_t start_of(struct slice text)
{
    size_t taken;
    uint32_t c = utf8_decode(text, 0, &taken);
    if (utf8_is_upper(c))
        return 1;
    if (utf8_is_lower(c))
        return 2;
    return utf8_is_letter(c) ? 0 : 3;
}

/* Short text without an end of sentence is a label, a link or a headline; prose has length, stops, and
 * little of it is links. */
static float prose_of(const struct block_facts *facts, const struct block *block)
{
    if (facts->link_density > 0.5f || block->tag == BLOCK_HEADING)
        return 0;
    float free = facts->length * (1 - facts->link_density);
    if (free < 40)
        return 0;
    return facts->ending == 2 || free > 140 ? free : 0.3f * free;
}

static void count_characters(struct slice text, struct block_facts *facts)
{
    size_t upper = 0, lower = 0, digits = 0, blanks = 0, wide = 0, stops = 0, commas = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        upper += c >= 'A' && c <= 'Z';
        lower += (c >= 'a' && c <= 'z') || c >= 0xC0;
        digits += c >= '0' && c <= '9';
        blanks += c == ' ';
        wide += c >= 0xE3 && c <= 0xED; /* lead bytes of kana, Han and hangul: no blanks between words */
        stops += c == '.' || c == '!' || c == '?';
        commas += c == ',' || c == ';';
        facts->bar |= c == '|';
        facts->at_sign |= c == '@';
        facts->copyright |= c == 0xA9 && i > 0 && (unsigned char)text.ptr[i - 1] == 0xC2;
    }
    facts->words = (float)(blanks + 1 + wide / 2);
    facts->stops = (float)stops;
    facts->commas = (float)commas;
    facts->upper = (float)upper / (float)(upper + lower + 1);
    facts->digits = (float)digits / (float)text.len;
}

static void scan_block(struct scan *scan, uint32_t index, struct map *texts)
{
    const struct block *block = &scan->article->blocks[index];
    struct slice text = block_text(scan->article, block);
    struct block_facts *facts = &scan->blocks[index];
    count_characters(text, facts);
    facts->length = (float)text.len;
    facts->link_density = fminf(1, (float)block->link_bytes / (float)text.len);
    facts->ending = ending_of(text);
    facts->start = start_of(text);
    facts->prose = block->flags & BLOCK_HIDDEN ? 0 : prose_of(facts, block);
    scan->prose += facts->prose;
    void **count = map_at(texts, text);
    *count = (void *)((uintptr_t)*count + 1);
}

static void scan_blocks(struct scan *scan)
{
    struct map texts = map_make(scan->job->arena, scan->article->block_count);
    for (uint32_t i = 0; i < scan->article->block_count; i++)
        scan_block(scan, i, &texts);
    for (uint32_t i = 0; i < scan->article->block_count; i++) {
        uintptr_t count = (uintptr_t)map_get(&texts, block_text(scan->article, &scan->article->blocks[i]));
        scan->blocks[i].repeated = (uint16_t)(count < 100 ? count : 100);
    }
}

/* --------------------------------------------------------------- containers */

static void sum_sections(struct scan *scan)
{
    const struct article *article = scan->article;
    for (uint32_t i = 0; i < article->block_count; i++) {
        struct section_facts *facts = &scan->sections[article->blocks[i].section];
        facts->direct += scan->blocks[i].prose;
        facts->blocks = (uint16_t)(facts->blocks < UINT16_MAX ? facts->blocks + 1 : facts->blocks);
    }
    for (uint32_t s = article->section_count; s-- > 0;) { /* children stand behind their parents */
        struct section_facts *facts = &scan->sections[s];
        facts->total += facts->direct;
        facts->score += facts->direct;
        if (s == 0)
            break;
        struct section_facts *parent = &scan->sections[article->sections[s].parent];
        parent->total += facts->total;
        parent->score += 0.5f * facts->direct; /* a paragraph may have a container of its own */
    }
    for (uint32_t s = 1; s < article->section_count; s++)
        if (scan->sections[s].score > scan->sections[scan->best_section].score)
            scan->best_section = s;
}

static void measure_distances(struct scan *scan)
{
    for (uint32_t s = 0; s < scan->article->section_count; s++) {
        uint8_t *own = scan->distances + (size_t)s * SECTION_CLASS_COUNT;
        const uint8_t *parent = scan->distances + (size_t)scan->article->sections[s].parent * SECTION_CLASS_COUNT;
        for (unsigned c = 0; c < SECTION_CLASS_COUNT; c++) {
            uint8_t outer = s == 0 ? MAX_DISTANCE : parent[c];
            own[c] = scan->classes[s] & 1u << c ? 0 : outer < MAX_DISTANCE ? (uint8_t)(outer + 1) : MAX_DISTANCE;
        }
    }
}

/* ----------------------------------------------------------------- headline */

/* How much of the shorter text's bytes the two share as a prefix or suffix; enough to see that a heading
 * and a title are the same words with a site name glued on. */
static bool same_words(struct slice heading, struct slice claim)
{
    return heading.len >= 8 && (slice_contains_nocase(claim, heading) || slice_contains_nocase(heading, claim));
}

static bool is_claimed(const struct article *article, struct slice heading)
{
    for (uint32_t i = 0; i < article->claim_count; i++)
        if (article->claims[i].kind == CLAIM_HEADLINE && article->claims[i].value.len >= 8 &&
            same_words(heading, article->claims[i].value))
            return true;
    return false;
}

#define MAX_HEADINGS_COMPARED 200 /* keeps headings times claims linear in the page */

static void find_headline(struct scan *scan)
{
    uint32_t first = NO_BLOCK, compared = 0;
    scan->headline = NO_BLOCK;
    for (uint32_t i = 0; i < scan->article->block_count && compared < MAX_HEADINGS_COMPARED; i++) {
        const struct block *block = &scan->article->blocks[i];
        if (block->tag != BLOCK_HEADING || block->flags & (BLOCK_IN_NAV | BLOCK_IN_FOOTER | BLOCK_HIDDEN))
            continue;
        compared++;
        if (block->level == 1 && first == NO_BLOCK)
            first = i;
        if (block->level <= 3 && is_claimed(scan->article, block_text(scan->article, block))) {
            scan->headline = i;
            return;
        }
    }
    scan->headline = first;
}

/* ------------------------------------------------------------ the row itself */

struct row {
    float *values;
    size_t count;
};

static void put(struct row *row, float value)
{
    row->values[row->count++] = value;
}

static float share_of(const struct scan *scan, float prose)
{
    return scan->prose > 0 ? prose / scan->prose : 0;
}

static void put_own(struct row *row, const struct block_facts *facts, const struct block *block)
{
    put(row, log1pf(facts->length));
    put(row, facts->words);
    put(row, facts->link_density);
    put(row, (float)block->links);
    put(row, facts->stops);
    put(row, facts->commas);
    put(row, facts->upper);
    put(row, facts->digits);
    put(row, (float)facts->ending);
    put(row, (float)facts->start);
    put(row, (float)facts->repeated);
    put(row, (float)(facts->copyright + 2 * facts->bar + 4 * facts->at_sign));
    put(row, (float)block->tag);
    put(row, (float)block->level);
    for (unsigned bit = 0; bit <= 12; bit++) /* BLOCK_IN_ARTICLE to BLOCK_IN_BUTTON */
        put(row, (float)(block->flags >> bit & 1));
    put(row, (float)(block->flags / BLOCK_BOLD & 1));
}

static void put_containers(struct row *row, const struct scan *scan, uint32_t section)
{
    const struct section *sections = scan->article->sections;
    const uint8_t *distances = scan->distances + (size_t)section * SECTION_CLASS_COUNT;
    for (unsigned c = 0; c < SECTION_CLASS_COUNT; c++)
        put(row, (float)distances[c]);
    put(row, share_of(scan, scan->sections[section].direct));
    put(row, (float)scan->sections[section].blocks);
    uint32_t outer = section;
    for (int level = 0; level < 4; level++) {
        put(row, share_of(scan, scan->sections[outer].total));
        outer = sections[outer].parent;
    }
    uint32_t best = scan->best_section, steps = 0;
    const struct section *chosen = &sections[best];
    put(row, (float)sections[section].depth - (float)chosen->depth);
    for (outer = section; outer != best && outer != 0 && steps < MAX_DISTANCE; steps++)
        outer = sections[outer].parent;
    put(row, outer == best ? (float)steps : MAX_DISTANCE + 1);
    put(row, share_of(scan, scan->sections[best].total));
}

static void put_neighbours(struct row *row, const struct scan *scan, uint32_t index)
{
    static const int steps[] = {-2, -1, 1, 2};
    float around = 0;
    for (size_t i = 0; i < 4; i++) {
        int64_t at = (int64_t)index + steps[i];
        bool there = at >= 0 && at < scan->article->block_count;
        const struct block_facts *facts = there ? &scan->blocks[at] : NULL;
        put(row, there ? log1pf(facts->length) : -1);
        put(row, there ? facts->link_density : -1);
        put(row, there ? (float)(scan->article->blocks[at].section == scan->article->blocks[index].section) : -1);
    }
    for (int64_t at = (int64_t)index - 4; at <= (int64_t)index + 4; at++)
        if (at >= 0 && at < scan->article->block_count && at != index)
            around += scan->blocks[at].prose;
    put(row, log1pf(around));
}

static void put_position(struct row *row, const struct scan *scan, uint32_t index, float before)
{
    put(row, (float)index / (float)scan->article->block_count);
    put(row, share_of(scan, before));
    put(row, scan->headline == NO_BLOCK ? -1000 : (float)index - (float)scan->headline);
    put(row, (float)scan->article->block_count);
    put(row, log1pf(scan->prose));
}

struct body_features body_features_make(const struct job *job, const struct section_words *words)
{
    const struct article *article = &job->article;
    struct arena *arena = job->arena;
    struct scan scan = {.job = job, .article = article};
    scan.blocks = arena_calloc(arena, article->block_count, sizeof *scan.blocks);
    scan.sections = arena_calloc(arena, article->section_count, sizeof *scan.sections);
    scan.distances = arena_alloc(arena, (size_t)article->section_count * SECTION_CLASS_COUNT);
    scan.classes = section_words_classify(words, arena, article->sections, article->section_count);
    scan_blocks(&scan);
    sum_sections(&scan);
    measure_distances(&scan);
    find_headline(&scan);
    float *values = arena_alloc(arena, (size_t)article->block_count * BODY_FEATURES * sizeof *values), before = 0;
    for (uint32_t i = 0; i < article->block_count; i++) {
        struct row row = {values + (size_t)i * BODY_FEATURES, 0};
        put_own(&row, &scan.blocks[i], &article->blocks[i]);
        put_containers(&row, &scan, article->blocks[i].section);
        put_neighbours(&row, &scan, i);
        put_position(&row, &scan, i, before);
        before += scan.blocks[i].prose;
        assert(row.count == BODY_FEATURES);
    }
    return (struct body_features){values, scan.classes, scan.headline,
                                  arena_calloc(arena, article->section_count, sizeof(enum block_role))};
}
