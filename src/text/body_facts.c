#include "body_scan_internal.h"

#include <math.h>

#include "base/map.h"
#include "base/utf8.h"
#include "line_shape_internal.h"
#include "lines_internal.h"
#include "wide_lines.h"

static uint8_t ending_of(struct slice text)
{
    size_t at = text.len, taken;
    while (at > 0) {
        uint32_t c = utf8_decode_before(text, at, &taken);
        at -= taken;
        switch (c) {
        case '"':
        case '\'':
        case ')':
        case ']':
        case 0x201D:
        case 0x2019:
        case 0xBB:
        case 0x201C:
        case 0x203A:
        case ' ': continue;
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

/* What a byte is; a letter beyond ASCII counts by its lead byte. WIDE: lead bytes of kana, Han and hangul,
 * which have no blanks between words. */
enum byte_kind { OTHER, UPPER, LOWER, DIGIT, BLANK, WIDE, STOP, COMMA, QUOTE, BAR, AT_SIGN, KIND_COUNT };

#define KIND(c)                                                                                                        \
    ((c) >= 'a' && (c) <= 'z'                     ? LOWER                                                              \
     : (c) >= 'A' && (c) <= 'Z'                   ? UPPER                                                              \
     : (c) >= '0' && (c) <= '9'                   ? DIGIT                                                              \
     : (c) == ' '                                 ? BLANK                                                              \
     : (c) == '.' || (c) == '!' || (c) == '?'     ? STOP                                                               \
     : (c) == ',' || (c) == ';'                   ? COMMA                                                              \
     : (c) == '"'                                 ? QUOTE                                                              \
     : (c) == '|'                                 ? BAR                                                                \
     : (c) == '@'                                 ? AT_SIGN                                                            \
     : (c) >= 0xE3 && (c) <= 0xED                 ? WIDE                                                               \
     : (c) >= 0xC0                                ? LOWER                                                              \
                                                  : OTHER)
#define KINDS_4(c) KIND(c), KIND((c) + 1), KIND((c) + 2), KIND((c) + 3)
#define KINDS_16(c) KINDS_4(c), KINDS_4((c) + 4), KINDS_4((c) + 8), KINDS_4((c) + 12)
#define KINDS_64(c) KINDS_16(c), KINDS_16((c) + 16), KINDS_16((c) + 32), KINDS_16((c) + 48)

static const uint8_t kinds[256] = {KINDS_64(0), KINDS_64(64), KINDS_64(128), KINDS_64(192)};

/* Two rows of counters by turns, so that a run of letters need not wait for its own count. */
static void count_characters(struct slice text, struct block_facts *facts)
{
    uint32_t even[KIND_COUNT] = {0}, odd[KIND_COUNT] = {0}, capitalised = 0;
    uint8_t before = BLANK;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t kind = kinds[(unsigned char)text.ptr[i]];
        (i & 1 ? odd : even)[kind]++;
        capitalised += kind == UPPER && before == BLANK;
        before = kind;
    }
    for (size_t k = 0; k < KIND_COUNT; k++)
        even[k] += odd[k];
    float length = (float)text.len, letters = (float)(even[UPPER] + even[LOWER] + even[WIDE]);
    facts->words = (float)(even[BLANK] + 1 + even[WIDE] / 2);
    facts->stops = (float)even[STOP];
    facts->commas = (float)even[COMMA];
    facts->upper = (float)even[UPPER] / (letters + 1);
    facts->digits = (float)even[DIGIT] / length;
    facts->capitalised = (float)capitalised / facts->words;
    facts->quotes = (float)even[QUOTE];
    facts->bar = even[BAR] > 0;
    facts->at_sign = even[AT_SIGN] > 0;
    facts->wide = even[WIDE] > 0;
    facts->copyright =
        slice_find(text, SLICE("©"), 0) != SLICE_NOT_FOUND || slice_find(text, SLICE("ⓒ"), 0) != SLICE_NOT_FOUND;
}

#define CLOSING_CUE 5.0f /* weight of a phrase of the foot that stands at the start */

static void find_cues(const struct body_scan *scan, struct slice text, struct block_facts *facts)
{
    static const enum block_role roles[BODY_CUES] = {
#define X(role) [CUE_OF_##role] = ROLE_##role,
        BODY_CUE_TABLE(X)
#undef X
    };
    struct cue_found found;
    line_cues_find(line_lexicon_cues(scan->job->knowledge->lines), scan->job->arena, text, &found);
    for (size_t i = 0; i < BODY_CUES; i++)
        facts->cues[i] = found.weight[roles[i]];
    facts->channels = found.channels;
    facts->closes = found.closes || found.weight[ROLE_FOOTER] >= CLOSING_CUE;
}

#define LISTED 200 /* bytes; in a longer line a date tells nothing */

/* "Published 3 April 2018, 12:30" is dated and does not run; "Nobody came on 3 April." does. */
static void find_date(const struct body_scan *scan, struct slice text, struct block_facts *facts)
{
    if (text.len > LISTED)
        return;
    struct line_shape shape = line_shape_read(line_lexicon_tables(scan->job->knowledge->lines), text);
    float words = fmaxf(1, (float)shape.words);
    bool date = shape.dates || shape.times || (shape.months && shape.days);
    facts->dated = date ? 1 + fmaxf(0, words - (float)shape.other) / words : 0;
    facts->running = (float)shape.lower / words;
    float wide = facts->wide ? wide_line_dated(text) : 0;
    facts->dated = wide > 0 ? 1 + wide : facts->dated;
    facts->sign = facts->wide && facts->ending == 0 && wide_line_is_sign(scan->signs, text);
}

#define ALL_LINKS                                                                                                      \
    0.9f /* outside of a paragraph such a block is navigation or a teaser, whatever its words; reading them costs most \
          */
#define COMPARED 160 /* bytes: texts of the same length that begin alike are the same */

/* Counts in the first block of each text, how often it stands on the page. */
static void note_repetition(struct body_scan *scan, uint32_t index, struct map *texts)
{
    struct slice text = block_text(scan->article, &scan->article->blocks[index]);
    void **known = map_at(texts, slice_sub(text, 0, COMPARED));
    uint32_t first = *known ? (uint32_t)(uintptr_t)*known - 1 : index;
    if (!*known)
        *known = (void *)((uintptr_t)index + 1);
    if (scan->blocks[first].length != scan->blocks[index].length)
        first = index;
    scan->first_alike[index] = first;
    scan->blocks[first].repeated = (uint16_t)(scan->blocks[first].repeated + (scan->blocks[first].repeated < 100));
}

static void scan_block(struct body_scan *scan, uint32_t index, struct map *texts)
{
    const struct block *block = &scan->article->blocks[index];
    struct slice text = block_text(scan->article, block);
    struct block_facts *facts = &scan->blocks[index];
    count_characters(text, facts);
    facts->length = (float)text.len;
    facts->log_length = log1pf(facts->length);
    facts->link_density = fminf(1, (float)block->link_bytes / (float)text.len);
    facts->ending = ending_of(text);
    facts->start = start_of(text);
    facts->prose = prose_of(facts, block);
    if (facts->link_density < ALL_LINKS || block->tag == BLOCK_PARAGRAPH)
        find_cues(scan, text, facts);
    if (facts->link_density < ALL_LINKS)
        find_date(scan, text, facts);
    if (block->flags & BLOCK_HIDDEN) {
        scan->hidden_prose += facts->prose;
        facts->prose = 0;
    }
    scan->prose += facts->prose;
    scan->captions += block->tag == BLOCK_CAPTION && block->flags & BLOCK_IN_FIGURE ? facts->prose : 0;
    note_repetition(scan, index, texts);
}

#define LONGEST_HEADING 80 /* bytes of a bold line that heads what follows */

static bool is_heading(const struct block *block, const struct block_facts *facts)
{
    return block->tag == BLOCK_HEADING ||
           (block->flags & BLOCK_BOLD && facts->length <= LONGEST_HEADING && facts->ending != 2);
}

void body_facts_scan(struct body_scan *scan)
{
    scan->blocks = arena_calloc(scan->job->arena, scan->article->block_count, sizeof *scan->blocks);
    scan->first_alike = arena_calloc(scan->job->arena, scan->article->block_count, sizeof *scan->first_alike);
    scan->signs = lexicon_table(scan->job->knowledge->lexicon, "wide_signs");
    struct map texts = map_make(scan->job->arena, scan->article->block_count);
    for (uint32_t i = 0; i < scan->article->block_count; i++)
        scan_block(scan, i, &texts);
    uint32_t heading = NO_BLOCK;
    for (uint32_t i = 0; i < scan->article->block_count; i++) {
        scan->blocks[i].repeated = scan->blocks[scan->first_alike[i]].repeated;
        scan->blocks[i].heading = heading;
        if (is_heading(&scan->article->blocks[i], &scan->blocks[i]))
            heading = i;
    }
}
