#include "lines_internal.h"

#include "article/limits.h"
#include "base/utf8.h"

/* A line is wrapped by a program that breaks before the word that would cross the right margin. So where
 * the first word of the next line would have fitted, the break was meant. */
/* Code points; mail and wires break at 60 to 80, editors at 120; what is wider is a paragraph. */
#define WIDEST_MARGIN 130
#define SLACK 3           /* a program may count a trailing blank, a quotation mark or an accent otherwise */
#define FEWEST_BREAKS 2   /* breaks inside sentences before a text counts as wrapped; one is enough */
/* The same where the text is all in small letters or all in capitals, which say nothing of sentences. */
#define FEWEST_BLIND 3
#define STRAY_SHARE 50    /* letters of one case for each of the other, in a text that is all in one */
#define STRAY_LETTERS 40  /* of the other case, at most */
#define WIDE_LINE 60      /* in a line as wide as this, that no headline or label is */

struct physical_line {
    struct span span;
    uint32_t length;     /* code points */
    uint32_t first_word; /* code points */
    bool gap_before;
    bool stop;           /* ends with a mark that ends sentences */
    bool lower_start;
    bool item;           /* begins with a bullet or number */
    bool header;         /* "To: ...", in the head of a mail */
    bool capitals;       /* has no small letter, and two words or more */
    bool dateline;       /* "LIMA, Peru, Oct. 28 -- ": a story begins with it, no sentence goes on with it */
};

struct line_list {
    struct arena *arena;
    struct slice text;
    struct physical_line *items;
    size_t count, capacity;
    bool truncated;
    bool one_case; /* all in small letters or all in capitals: these tell neither headlines nor where a sentence goes on
                    */
};

enum line_case line_case_of(struct slice text)
{
    size_t upper = 0, lower = 0, taken;
    for (size_t at = 0; at < text.len && (upper <= STRAY_LETTERS || lower <= STRAY_LETTERS); at += taken) {
        uint32_t c = utf8_decode(text, at, &taken);
        upper += utf8_is_upper(c);
        lower += utf8_is_lower(c);
    }
    if (upper && lower * STRAY_SHARE <= upper)
        return LINE_CASE_UPPER;
    return lower && upper * STRAY_SHARE <= lower ? LINE_CASE_LOWER : LINE_CASE_BOTH;
}

/* Bytes of the line break at `at`, 0 if there is none. */
static size_t break_length(struct slice text, size_t at)
{
    unsigned char c = (unsigned char)text.ptr[at];
    if (c == '\r')
        return at + 1 < text.len && text.ptr[at + 1] == '\n' ? 2 : 1;
    if (c == '\n' || c == '\f' || c == '\v')
        return 1;
    if (c == 0xE2 && at + 2 < text.len && (unsigned char)text.ptr[at + 1] == 0x80)
        return (unsigned char)text.ptr[at + 2] == 0xA8 || (unsigned char)text.ptr[at + 2] == 0xA9 ? 3 : 0;
    return 0;
}

/* Without blanks of any kind at both ends. */
static struct span trim(struct slice text, size_t start, size_t end)
{
    size_t taken;
    while (start < end && utf8_is_space(utf8_decode(text, start, &taken)))
        start += taken;
    while (start < end && utf8_is_space(utf8_decode_before(slice_sub(text, start, end), end - start, &taken)))
        end -= taken;
    return (struct span){(uint32_t)start, (uint32_t)end};
}

#define LONGEST_STAMP 60 /* bytes: day, time and sender of a message in a chat */

/* Behind the marks by which a mail quotes another ("> > ", RFC 3676). */
static size_t behind_quote_marks(struct slice line)
{
    size_t at = 0;
    while (at < line.len && line.ptr[at] == '>' &&
           (at + 1 == line.len || line.ptr[at + 1] == ' ' || line.ptr[at + 1] == '>'))
        at += at + 1 < line.len && line.ptr[at + 1] == ' ' ? 2 : 1;
    return at;
}

/* Behind what an exported chat puts before a message: "[10:32, 5/14/2025] Ada Quill: ". */
static size_t behind_chat_stamp(struct slice line)
{
    struct slice head = slice_sub(line, 0, LONGEST_STAMP);
    size_t digits = 0, close = line.ptr[0] == '[' ? slice_find_byte(head, ']', 0) : SLICE_NOT_FOUND;
    if (close == SLICE_NOT_FOUND || slice_find_byte(slice_sub(head, 0, close), ':', 0) == SLICE_NOT_FOUND)
        return 0;
    for (size_t i = 1; i < close; i++)
        digits += ascii_is_digit(head.ptr[i]);
    size_t colon = digits * 2 > close ? slice_find(head, SLICE(": "), close) : SLICE_NOT_FOUND;
    return colon == SLICE_NOT_FOUND ? 0 : colon + 2;
}

/* The line without what a program has put before its text. */
static struct span without_marks(struct slice text, struct span span)
{
    struct slice line = slice_sub(text, span.start, span.end);
    if (line.len && (line.ptr[0] == '>' || line.ptr[0] == '['))
        return trim(text, span.start + behind_quote_marks(line) + behind_chat_stamp(line), span.end);
    return span;
}

static bool ends_with_stop(struct slice line)
{
    size_t taken;
    for (size_t at = line.len; at > 0; at -= taken) {
        uint32_t c = utf8_decode_before(line, at, &taken);
        if (c == '.' || c == '!' || c == '?' || c == ':' || c == 0x2026 || c == 0x3002)
            return true;
        if (c != '"' && c != '\'' && c != ')' && c != ']' && c != 0xBB && (c < 0x2018 || c > 0x201F))
            return false;
    }
    return false;
}

static bool begins_item(struct slice line)
{
    size_t taken, digits = 0;
    uint32_t c = utf8_decode(line, 0, &taken);
    if ((c == '-' || c == '*' || c == 0x2022 || c == 0x2013 || c == 0x25CF || c == 0x25AA || c == 0xB7) &&
        taken < line.len && line.ptr[taken] == ' ')
        return true;
    while (digits < line.len && digits < 3 && ascii_is_digit(line.ptr[digits]))
        digits++;
    return digits && digits + 1 < line.len && (line.ptr[digits] == '.' || line.ptr[digits] == ')') &&
           line.ptr[digits + 1] == ' ';
}

/* "Date: Mon, 18 Mar 2013": a line of the head of a mail, which nothing continues but what is indented. */
static bool begins_header(struct slice line)
{
    size_t at = 0;
    while (at < line.len && (ascii_is_alpha(line.ptr[at]) || line.ptr[at] == '-'))
        at++;
    return at > 1 && at + 1 < line.len && line.ptr[at] == ':' && line.ptr[at + 1] == ' ' && utf8_starts_upper(line);
}

/* Two words or more without a small letter: a headline in capitals. */
static bool is_capitals(struct slice line)
{
    size_t taken;
    bool capital = false;
    for (size_t at = 0; at < line.len; at += taken) {
        uint32_t c = utf8_decode(line, at, &taken);
        if (utf8_is_lower(c))
            return false;
        capital |= utf8_is_upper(c);
    }
    return capital && slice_find_byte(line, ' ', 0) != SLICE_NOT_FOUND;
}

/* A dateline with a place in capitals, and a comma or brackets behind it: more than a word in capitals before a dash.
 */
static bool begins_with_dateline(struct slice line)
{
    size_t blank = slice_find_byte(line, ' ', 0);
    if (blank == SLICE_NOT_FOUND || !utf8_all_upper(slice_sub(line, 0, blank))) /* most lines */
        return false;
    struct slice head = slice_sub(line, 0, line_dateline_length(line));
    return slice_find_byte(head, ',', 0) != SLICE_NOT_FOUND || slice_find_byte(head, '(', 0) != SLICE_NOT_FOUND;
}

static void push_line(struct line_list *list, struct span span, bool gap_before)
{
    struct slice line = slice_sub(list->text, span.start, span.end);
    size_t word = 0, taken;
    while (word < line.len && !ascii_is_space(line.ptr[word]))
        word++;
    uint32_t first = utf8_decode(line, 0, &taken);
    struct physical_line item = {
        .span = span,
        .length = (uint32_t)utf8_count(line),
        .first_word = (uint32_t)utf8_count(slice_sub(line, 0, word)),
        .gap_before = gap_before,
        .stop = ends_with_stop(line),
        .lower_start = utf8_is_lower(first) || (list->one_case && utf8_is_upper(first)),
        .item = begins_item(line),
        .capitals = !list->one_case && is_capitals(line),
        .dateline = begins_with_dateline(line),
    };
    list->items = arena_grow(list->arena, list->items, list->count, &list->capacity, sizeof item);
    list->items[list->count++] = item;
}

static void read_lines(struct line_list *list)
{
    bool gap = false, header = true; /* a mail's head ends at the first gap */
    size_t start = 0;
    for (size_t at = 0; at <= list->text.len; at++) {
        size_t length = at < list->text.len ? break_length(list->text, at) : 1;
        if (!length)
            continue;
        struct span span = without_marks(list->text, trim(list->text, start, at));
        if (span.start < span.end) {
            header &= !gap || list->count == 0;
            push_line(list, span, gap);
            list->items[list->count - 1].header = header && begins_header(slice_sub(list->text, span.start, span.end));
            gap = false;
        } else {
            gap = true;
        }
        start = at + length;
        at = start - 1;
    }
}

/* The line breaks off inside a sentence that the next one goes on with. */
static bool breaks_sentence(const struct physical_line *line, const struct physical_line *next)
{
    return !next->gap_before && !line->stop && next->lower_start && line->length <= WIDEST_MARGIN;
}

static bool is_full(const struct physical_line *line, const struct physical_line *next, uint32_t margin)
{
    return line->length + 1 + next->first_word + SLACK > margin;
}

/* Of the lines that break sentences, as far as one case lets that be seen, most reach the margin; headline, byline and
 * date above a story do not. */
static bool fills_margin(const struct line_list *list, uint32_t margin, uint32_t breaks)
{
    uint32_t full = 0;
    for (size_t i = 0; i + 1 < list->count; i++)
        full += breaks_sentence(&list->items[i], &list->items[i + 1]) &&
                is_full(&list->items[i], &list->items[i + 1], margin);
    return breaks >= FEWEST_BLIND && full * 3 >= breaks * 2;
}

/* The right margin of a hard-wrapped text, 0 where the text is not wrapped: where most of it stands in long lines it
 * is not, whatever letters the lines between them begin with (some texts come all in lower case). */
static uint32_t find_margin(const struct line_list *list)
{
    uint32_t breaks = 0, pairs = 0, margin = 0, wide = 0, narrow = 0;
    for (size_t i = 0; i < list->count; i++)
        *(list->items[i].length > WIDEST_MARGIN ? &wide : &narrow) += list->items[i].length;
    for (size_t i = 0; i + 1 < list->count && wide <= narrow; i++) {
        const struct physical_line *line = &list->items[i];
        pairs += !line[1].gap_before && !line[1].header;
        if (!breaks_sentence(line, line + 1))
            continue;
        breaks++;
        if (line->length > margin)
            margin = line->length;
    }
    if (list->one_case && !fills_margin(list, margin, breaks))
        return 0;
    /* in wrapped prose about every second break is followed by a small letter; in a list of lines few are */
    return (breaks >= FEWEST_BREAKS || margin >= WIDE_LINE) && breaks * 4 >= pairs ? margin : 0;
}

static bool goes_on(const struct physical_line *line, const struct physical_line *next, uint32_t margin)
{
    if (margin == 0 || next->gap_before || next->item || next->header || line->length > margin + SLACK)
        return false;
    if (next->dateline || line->capitals != next->capitals)
        return false;
    if (line->capitals && !line->stop && line->length * 2 > margin) /* a headline, broken where it reads well */
        return true;
    return is_full(line, next, margin) ||
           (line->length * 2 > margin && breaks_sentence(line, next)); /* ragged, as by hand */
}

struct block *line_split(struct arena *arena, struct slice text, uint32_t *count, bool *truncated)
{
    struct line_list list = {.arena = arena, .text = text, .one_case = line_case_of(text) != LINE_CASE_BOTH};
    read_lines(&list);
    uint32_t margin = find_margin(&list);
    struct block *blocks = arena_calloc(arena, list.count, sizeof *blocks);
    *count = 0;
    *truncated = false;
    for (size_t i = 0; i < list.count; i++) {
        if (i > 0 && goes_on(&list.items[i - 1], &list.items[i], margin)) {
            blocks[*count - 1].span.end = list.items[i].span.end;
            blocks[*count - 1].tag = BLOCK_PARAGRAPH;
            continue;
        }
        if (*count == LIMIT_BLOCKS) {
            *truncated = true;
            break;
        }
        if (*count && list.items[i].gap_before)
            blocks[*count - 1].flags |= BLOCK_BEFORE_GAP;
        blocks[(*count)++] = (struct block){
            .span = list.items[i].span,
            .tag = list.items[i].item ? BLOCK_LIST_ITEM : BLOCK_LINE,
            .flags = list.items[i].gap_before ? BLOCK_AFTER_GAP : 0,
        };
    }
    return blocks;
}
