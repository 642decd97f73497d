#include "token_bounds_internal.h"

#include "line_characters_internal.h"
#include "sentences_internal.h"

#define LONGEST_ABBREVIATION 24 /* bytes; what is longer is no abbreviation, and not looked up */
#define SHORTEST_LABEL 5        /* capitals of an agency's label: "UPDATE" */
#define LONGEST_LABEL_NUMBER 2  /* digits behind it */

/* ------------------------------------------------------------------ classes */

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* Printed as nothing, and part of the word that it stands in. */
static bool is_invisible(uint32_t c)
{
    return c == 0xAD || c == 0x200C || c == 0x200D || c == 0x2060;
}

static bool is_word_char(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_alpha((char)c) || ascii_is_digit((char)c) || c == '_';
    return !utf8_is_cjk(c) && (utf8_is_word(c) || is_invisible(c));
}

static bool word_char_at(struct slice text, size_t at, size_t *taken)
{
    if (at >= text.len)
        return false;
    return is_word_char(utf8_decode(text, at, taken));
}

static bool is_symbol(uint32_t c)
{
    if (c < 0x80)
        return memchr("$%&*+/<=>@#^`|~", (int)c, 15) != NULL;
    return (c >= 0xA2 && c <= 0xA9 && c != 0xA7) || c == 0xAC || (c >= 0xAE && c <= 0xB1) || c == 0xB4 || c == 0xD7 ||
           c == 0xF7 || c == 0x2030 || (c >= 0x20A0 && c <= 0x20CF) || (c >= 0x2100 && c <= 0x2BFF) || c >= 0x1F000;
}

/* ---------------------------------------------------------------- the words */

#define IS_WORD_BYTE(c) (IS_WORD(c) || (c) == '_')
static const bool is_word_byte[256] = {
    /* of the characters of ASCII */
    CHARACTERS_16(IS_WORD_BYTE, 0x00), CHARACTERS_16(IS_WORD_BYTE, 0x10), CHARACTERS_16(IS_WORD_BYTE, 0x20),
    CHARACTERS_16(IS_WORD_BYTE, 0x30), CHARACTERS_16(IS_WORD_BYTE, 0x40), CHARACTERS_16(IS_WORD_BYTE, 0x50),
    CHARACTERS_16(IS_WORD_BYTE, 0x60), CHARACTERS_16(IS_WORD_BYTE, 0x70),
};

static size_t run_end(struct slice text, size_t at)
{
    size_t taken;
    for (;;) {
        while (at < text.len && is_word_byte[(unsigned char)text.ptr[at]])
            at++;
        if (at == text.len || (unsigned char)text.ptr[at] < 0x80 || !word_char_at(text, at, &taken))
            return at;
        at += taken;
    }
}

/* 's and ’s at the end of a word. */
static bool is_possessive(struct slice text, size_t after_apostrophe)
{
    size_t taken;
    return after_apostrophe < text.len && (text.ptr[after_apostrophe] | 0x20) == 's' &&
           !word_char_at(text, after_apostrophe + 1, &taken);
}

/* "UPDATE 2-Norvik Energy cuts outlook", "EXCLUSIVE-Norvik ...": an agency's label, which a hyphen ends, at the head of
 * a line. */
static bool ends_label(struct slice text, size_t hyphen)
{
    size_t at = hyphen, capitals = 0, taken;
    while (at > 0 && hyphen - at < LONGEST_LABEL_NUMBER && ascii_is_digit(text.ptr[at - 1]))
        at--;
    if (at < hyphen && (at == 0 || text.ptr[--at] != ' '))
        return false;
    for (; at > 0 && text.ptr[at - 1] >= 'A' && text.ptr[at - 1] <= 'Z'; at--)
        capitals++;
    size_t next = hyphen + 1;
    return capitals >= SHORTEST_LABEL && (at == 0 || text.ptr[at - 1] == '\n') &&
           utf8_is_upper(utf8_decode(text, next, &taken)) && next + taken < text.len &&
           utf8_is_lower(utf8_decode(text, next + taken, &taken));
}

/* Where a word [start, end) goes on behind the mark at `end`; 0 where the mark ends it. UAX #29, WB6, 7,
 * 11 and 12, with hyphen, ampersand, at and slash added. */
static size_t joined_at(const struct token_rules *rules, struct slice text, size_t end)
{
    size_t taken, next_taken, before_taken;
    if (end == 0 || end + 1 >= text.len || text.ptr[end] == ' ') /* most words */
        return 0;
    uint32_t mark = utf8_decode(text, end, &taken);
    size_t next = end + taken;
    if (!word_char_at(text, next, &next_taken))
        return 0;
    uint32_t before = utf8_decode_before(text, end, &before_taken), after = utf8_decode(text, next, &next_taken);
    bool digits = utf8_is_digit(before) && utf8_is_digit(after);
    bool letters = !utf8_is_digit(before) && !utf8_is_digit(after);
    switch (mark) {
    case '\'': case 0x2019:
        return letters && !rules->suffixes && (!rules->elides || before == 'O') && !is_possessive(text, next) ? next
                                                                                                              : 0;
    case '.': /* "said.The" is two words that lost their blank, "Ph.D." is one */
        return digits || (letters && (!(utf8_is_lower(before) && utf8_is_upper(after)) ||
                                      slice_starts(slice_sub(text, next + next_taken, text.len), SLICE("."))))
                   ? next
                   : 0;
    case ',': case ':': case '/':
        return digits ? next : 0;
    case '&': case 0xB7:
        return letters ? next : 0;
    case '-':
        return ends_label(text, end) ? 0 : next;
    case 0x2010: case 0x2011: case '@':
        return next;
    default:
        return 0;
    }
}

static size_t word_end(const struct token_rules *rules, struct slice text, size_t at)
{
    size_t end = run_end(text, at), joined;
    while ((joined = joined_at(rules, text, end)))
        end = run_end(text, joined);
    return end;
}

/* ----------------------------------------------------- full stops in tokens */

size_t token_lower_into(struct slice word, char *out)
{
    size_t len = 0, taken;
    for (size_t at = 0; at < word.len; at += taken) {
        taken = 1;
        if ((unsigned char)word.ptr[at] < 0x80) {
            out[len++] = ascii_to_lower(word.ptr[at]);
            continue;
        }
        uint32_t c = utf8_decode(word, at, &taken);
        if (is_apostrophe(c) || c == 0x2018) {
            out[len++] = '\'';
        } else if (c == UTF8_REPLACEMENT) { /* what cannot be read stays, byte for byte */
            memcpy(out + len, word.ptr + at, taken);
            len += taken;
        } else if (!is_invisible(c)) {
            len += utf8_encode(utf8_to_lower(c), out + len);
        }
    }
    return len;
}

/* Single letters with stops between them: "U.S", "p.m", "z.B". */
static bool is_acronym(struct slice word)
{
    size_t taken, letters = 0;
    for (size_t at = 0; at < word.len; letters++) {
        if (!utf8_is_letter(utf8_decode(word, at, &taken)))
            return false;
        at += taken;
        if (at < word.len && word.ptr[at++] != '.')
            return false;
    }
    return letters >= 2;
}

/* The code point after the stop at `stop` and blanks; 0 at the end. */
static uint32_t char_after_stop(struct slice text, size_t stop)
{
    size_t at = stop + 1, taken;
    while (at < text.len) {
        uint32_t c = utf8_decode(text, at, &taken);
        if (!utf8_is_space(c))
            return c;
        at += taken;
    }
    return 0;
}

/* The kinds of data/lexicon/abbreviations.tsv: what must stand around a stop that belongs to the word. */
static bool kind_fits(struct slice kind, bool capitalised, uint32_t before, uint32_t after)
{
    if (slice_equals(kind, SLICE("place")))
        return capitalised && before == ',';
    if (slice_equals(kind, SLICE("title")))
        return capitalised && utf8_is_upper(after);
    if (slice_equals(kind, SLICE("honorific")))
        return utf8_is_upper(after);
    if (slice_equals(kind, SLICE("number")))
        return utf8_is_digit(after);
    if (slice_equals(kind, SLICE("month")))
        return capitalised && utf8_is_digit(after);
    if (slice_equals(kind, SLICE("letter")))
        return utf8_is_letter(after);
    return true;
}

/* The code point before `at` and a blank; 0 at the start. */
static uint32_t char_before_word(struct slice text, size_t at)
{
    size_t taken = 0;
    uint32_t c = at ? utf8_decode_before(text, at, &taken) : 0;
    return c && utf8_is_space(c) && at > taken ? utf8_decode_before(text, at - taken, &taken) : c;
}

static bool is_listed(const struct token_rules *rules, struct slice text, size_t start, size_t stop)
{
    struct slice word = slice_sub(text, start, stop);
    char lower[LONGEST_ABBREVIATION * 2];
    const struct lexicon_row *row = lexicon_find(rules->abbreviations, slice_of(lower, token_lower_into(word, lower)));
    for (; row; row = row->next)
        if (lexicon_row_speaks(row->columns[2], rules->language) &&
            kind_fits(row->columns[1], utf8_starts_upper(word), char_before_word(text, start),
                      char_after_stop(text, stop)))
            return true;
    return false;
}

/* Does the stop at `end` belong to the word [start, end)? */
static bool owns_stop(const struct token_rules *rules, struct slice text, size_t start, size_t end)
{
    if (end >= text.len || text.ptr[end] != '.' || end - start > LONGEST_ABBREVIATION)
        return false;
    if (end + 1 < text.len && text.ptr[end + 1] == '.') /* an ellipsis */
        return false;
    struct slice word = slice_sub(text, start, end);
    size_t taken;
    uint32_t first = utf8_decode(word, 0, &taken);
    if (taken == word.len && utf8_is_upper(first)) { /* an initial: J. K. Rowling, J.-P. */
        uint32_t after = char_after_stop(text, end);
        if (utf8_is_upper(after) || after == '-')
            return true;
    }
    return is_acronym(word) || is_listed(rules, text, start, end);
}

/* ------------------------------------------------------------ other tokens */

static size_t url_end(struct slice text, size_t at)
{
    struct slice rest = slice_sub(text, at, text.len);
    char first = ascii_to_lower(text.ptr[at]);
    if (first != 'h' && first != 'w') /* most words */
        return 0;
    if (!slice_starts_nocase(rest, SLICE("http://")) && !slice_starts_nocase(rest, SLICE("https://")) &&
        !slice_starts_nocase(rest, SLICE("www.")))
        return 0;
    size_t end = at, taken;
    while (end < text.len) {
        uint32_t c = utf8_decode(text, end, &taken);
        if (utf8_is_space(c) || c == '"' || c == '<' || c == '>' || (c >= 0x2018 && c <= 0x201E) || c == 0xBB)
            break;
        end += taken;
    }
    while (end > at && memchr(".,;:!?)'\"]", text.ptr[end - 1], 10))
        end--;
    return end;
}

/* Marks that come in runs: "...", "--", "!!". */
static size_t mark_end(struct slice text, size_t at, uint32_t c, size_t taken)
{
    size_t end = at + taken;
    if (c < 0x80 && memchr(".-!?=*_~#", (int)c, 9))
        while (end < text.len && text.ptr[end] == (char)c)
            end++;
    while (end < text.len && (unsigned char)text.ptr[end] >= 0x80 && utf8_is_mark(utf8_decode(text, end, &taken)))
        end += taken; /* emoji with their variation selectors */
    return end;
}

static size_t other_end(const struct token_rules *rules, struct slice text, size_t at, uint32_t c, size_t taken)
{
    size_t unused;
    if (is_apostrophe(c) && at > 0 && is_possessive(text, at + taken) &&
        is_word_char(utf8_decode_before(text, at, &unused)))
        return at + taken + 1;
    if ((c == '@' || c == '#') && word_char_at(text, at + 1, &unused))
        return word_end(rules, text, at + 1);
    return utf8_is_cjk(c) ? at + taken : mark_end(text, at, c, taken);
}

/* ---------------------------------------------------------------- one token */

/* The end of the word at `start`, with the stop or apostrophe that belongs to it. */
static size_t whole_word_end(const struct token_rules *rules, struct slice text, size_t start, unsigned *flags)
{
    size_t end = url_end(text, start), taken;
    if (end)
        return end;
    end = word_end(rules, text, start);
    while (owns_stop(rules, text, start, end)) {
        size_t after = end + 1;
        if (after >= text.len || text.ptr[after] != '-' || !word_char_at(text, after + 1, &taken)) {
            *flags |= TOKEN_ABBREVIATION;
            return after;
        }
        start = after + 1; /* U.S.-led, J.-P. */
        end = word_end(rules, text, start);
    }
    if (rules->elides && end < text.len && is_apostrophe(utf8_decode(text, end, &taken)) &&
        word_char_at(text, end + taken, &(size_t){0}) && !is_possessive(text, end + taken))
        return end + taken; /* l' */
    return end;
}

static enum token_kind other_kind(uint32_t c)
{
    if (utf8_is_cjk(c) || is_apostrophe(c))
        return TOKEN_WORD;
    return is_symbol(c) ? TOKEN_SYMBOL : TOKEN_PUNCTUATION;
}

size_t token_end(const struct token_rules *rules, struct slice text, size_t at, enum token_kind *kind, unsigned *flags)
{
    size_t taken;
    uint32_t c = utf8_decode(text, at, &taken);
    *kind = TOKEN_WORD;
    if (is_word_char(c))
        return whole_word_end(rules, text, at, flags);
    size_t end = other_end(rules, text, at, c, taken);
    *kind = is_apostrophe(c) && end == at + taken ? TOKEN_PUNCTUATION : other_kind(c);
    return end;
}
