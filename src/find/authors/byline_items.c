#include "byline_internal.h"

#include <stdlib.h>

#include "base/utf8.h"

#define LONGEST_DOTTED 3 /* letters of an abbreviation before its full stop: "Dr.", "Jr.", "J." */

struct cutter {
    struct arena *arena;
    struct slice text;
    struct byline_item *items;
    size_t count;
};

static void push(struct cutter *cutter, enum byline_item_kind kind, struct slice text)
{
    if (cutter->count == BYLINE_MAX_ITEMS)
        return;
    struct slice lower = kind == ITEM_WORD ? utf8_lower(cutter->arena, text) : SLICE_NULL;
    cutter->items[cutter->count++] = (struct byline_item){.kind = kind, .text = text, .lower = lower};
}

/* Sorted by code point. */
static const struct separator {
    uint32_t c;
    enum byline_item_kind kind;
} separators[] = {
    {'\n', ITEM_STRONG}, {'!', ITEM_STOP}, {'&', ITEM_LIST}, {'(', ITEM_OPEN}, {')', ITEM_CLOSE}, {'*', ITEM_STRONG},
    {0x2B, ITEM_STRONG}, {',', ITEM_COMMA}, {'/', ITEM_LIST}, {':', ITEM_COLON}, {';', ITEM_LIST}, {'<', ITEM_STRONG},
    {'=', ITEM_STRONG}, {'>', ITEM_STRONG}, {'?', ITEM_STOP}, {'[', ITEM_OPEN}, {']', ITEM_CLOSE}, {'{', ITEM_OPEN},
    {'|', ITEM_STRONG}, {'}', ITEM_CLOSE}, {0xAB, ITEM_STRONG}, {0xB7, ITEM_STRONG}, {0xBB, ITEM_STRONG},
    {0x060C, ITEM_COMMA}, {0x2013, ITEM_STRONG}, {0x2014, ITEM_STRONG}, {0x2015, ITEM_STRONG}, {0x2022, ITEM_STRONG},
    {0x2026, ITEM_STOP}, {0x2039, ITEM_STRONG}, {0x203A, ITEM_STRONG}, {0x2192, ITEM_STRONG}, {0x23AF, ITEM_STRONG},
    {0x2500, ITEM_STRONG}, {0x25A0, ITEM_STRONG}, {0x25CF, ITEM_STRONG}, {0x3001, ITEM_COMMA}, {0x3002, ITEM_STOP},
    {0x3010, ITEM_OPEN}, {0x3011, ITEM_CLOSE}, {0x30FB, ITEM_STRONG}, {0xFF08, ITEM_OPEN}, {0xFF09, ITEM_CLOSE},
    {0xFF0C, ITEM_COMMA}, {0xFF0F, ITEM_LIST}, {0xFF1A, ITEM_COLON}, {0xFF1B, ITEM_LIST}, {0xFF1D, ITEM_STRONG},
    {0xFF5C, ITEM_STRONG},
};

static int compare_separator(const void *key, const void *entry)
{
    uint32_t c = *(const uint32_t *)key, other = ((const struct separator *)entry)->c;
    return (c > other) - (c < other);
}

static bool separator_kind(uint32_t c, enum byline_item_kind *kind)
{
    if (c < 0x80 && (ascii_is_alpha((char)c) || ascii_is_digit((char)c))) /* nearly all that is asked about */
        return false;
    const struct separator *found =
        bsearch(&c, separators, sizeof separators / sizeof separators[0], sizeof separators[0], compare_separator);
    if (found)
        *kind = found->kind;
    return found != NULL;
}

static bool is_quote(uint32_t c)
{
    return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E || c == '\'' || c == 0x2018 || c == 0x2019 || c == '#';
}

static struct slice trim_quotes(struct slice word)
{
    size_t taken;
    while (word.len && is_quote(utf8_decode(word, 0, &taken)))
        word = slice_sub(word, taken, word.len);
    while (word.len && is_quote(utf8_decode_before(word, word.len, &taken)))
        word = slice_sub(word, 0, word.len - taken);
    return word;
}

static size_t count_letters(struct slice word)
{
    size_t letters = 0, taken;
    for (size_t at = 0; at < word.len; at += taken)
        letters += utf8_is_letter(utf8_decode(word, at, &taken));
    return letters;
}

/* "J.", "Dr.", "R.C." keep their full stop; "Foley." ends a sentence. */
static bool keeps_dot(struct slice word)
{
    struct slice stem = slice_sub(word, 0, word.len - 1);
    return slice_find_byte(stem, '.', 0) != SLICE_NOT_FOUND || count_letters(stem) <= LONGEST_DOTTED;
}

static void push_word(struct cutter *cutter, size_t start, size_t end)
{
    struct slice word = trim_quotes(slice_sub(cutter->text, start, end));
    if (!word.len)
        return;
    if (slice_equals(word, SLICE("-")) || slice_equals(word, SLICE("--")) || slice_equals(word, SLICE("~")) ||
        slice_equals(word, SLICE("."))) {
        push(cutter, ITEM_STRONG, word);
        return;
    }
    /* An address or a handle stands beside a name, it is none. */
    if (word.len > 1 && slice_find_byte(word, '@', 0) != SLICE_NOT_FOUND) {
        push(cutter, ITEM_COMMA, word);
        return;
    }
    bool stop = word.len > 1 && word.ptr[word.len - 1] == '.' && !keeps_dot(word);
    push(cutter, ITEM_WORD, stop ? slice_sub(word, 0, word.len - 1) : word);
    if (stop)
        push(cutter, ITEM_STOP, SLICE_NULL);
}

/* A slash or colon inside of an address ("https://example.org/team") separates nothing. */
static bool is_inside_address(struct slice text, size_t start, size_t at)
{
    struct slice word = trim_quotes(slice_sub(text, start, text.len));
    return at > start && (slice_starts_nocase(word, SLICE("http")) || slice_starts_nocase(word, SLICE("www.")));
}

size_t byline_items(struct arena *arena, struct slice text, struct byline_item items[BYLINE_MAX_ITEMS])
{
    struct cutter cutter = {.arena = arena, .text = text, .items = items};
    size_t start = 0, taken;
    for (size_t at = 0; at < text.len && cutter.count < BYLINE_MAX_ITEMS; at += taken) {
        enum byline_item_kind kind = ITEM_WORD;
        uint32_t c = utf8_decode(text, at, &taken);
        bool space = c != '\n' && utf8_is_space(c);
        if (!space && (!separator_kind(c, &kind) || is_inside_address(text, start, at)))
            continue;
        /* A slash between lower-case letters is part of a word: "Autor/in", "Redakteur:in", "Autor*in". */
        if (at > start && strchr("/:*", (int)(c < 0x80 ? c : ' ')) && at + 1 < text.len &&
            ascii_to_lower(text.ptr[at + 1]) == text.ptr[at + 1] && ascii_is_alpha(text.ptr[at + 1]) &&
            slice_starts(slice_sub(text, at + 1, text.len), SLICE("in")))
            continue;
        push_word(&cutter, start, at);
        /* Raw text sets columns apart by several blanks. */
        bool column = space && start < at && at + taken < text.len && text.ptr[at + taken] == ' ';
        if (!space || column)
            push(&cutter, space ? ITEM_STRONG : kind, slice_sub(text, at, at + taken));
        start = at + taken;
    }
    if (cutter.count < BYLINE_MAX_ITEMS && start < text.len)
        push_word(&cutter, start, text.len);
    return cutter.count;
}
