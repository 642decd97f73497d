#include "line_shape_internal.h"

#include "line_characters_internal.h"

#define ELLIPSIS_TAIL 40     /* bytes behind the ellipsis: "... Continue reading" */
#define WORDS_EXPECTED 4096  /* listed, about */
#define LONGEST_LISTED 24    /* bytes of a month or a word of a class */

/* ------------------------------------------------------------- listed words */

static unsigned class_from_name(struct slice name)
{
    return slice_equals(name, SLICE("service"))  ? LINE_WORD_SERVICE
           : slice_equals(name, SLICE("reader")) ? LINE_WORD_READER
           : slice_equals(name, SLICE("speech")) ? LINE_WORD_SPEECH
                                                 : 0;
}

static void add_words(struct line_tables *tables, const struct lexicon *lexicon, const char *name, unsigned class)
{
    struct slice words = lexicon_table_text(lexicon_table(lexicon, name));
    struct lexicon_row row;
    while (lexicon_read_row(&words, &row)) {
        void **classes = map_at(&tables->words, row.columns[0]);
        *classes = (void *)((uintptr_t)*classes | class);
    }
}

#define PHRASE 3 /* words; in a longer one words stand that say nothing of dates: "this article was updated on" */

static void add_phrase_words(struct line_tables *tables, struct slice phrase)
{
    size_t blanks = 0;
    struct slice rest = phrase, word;
    for (size_t i = 0; i < phrase.len; i++)
        blanks += phrase.ptr[i] == ' ';
    while (blanks < PHRASE && slice_split(&rest, ' ', &word)) {
        void **classes = map_at(&tables->words, word);
        *classes = (void *)((uintptr_t)*classes | LINE_WORD_DATE);
    }
}

/* "Published", "zuletzt aktualisiert", "Uhr": what a line that gives a date and a time has besides. */
static void add_date_words(struct line_tables *tables, const struct lexicon *lexicon)
{
    static const struct slice wanted[] = {{"published", 9}, {"modified", 8}, {"clock", 5}};
    struct slice words = lexicon_table_text(lexicon_table(lexicon, "date_words"));
    struct lexicon_row row;
    while (lexicon_read_row(&words, &row))
        for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
            if (slice_equals(row.columns[2], wanted[i]))
                add_phrase_words(tables, row.columns[0]);
}

struct line_tables line_tables_make(struct arena *arena, const struct lexicon *lexicon)
{
    struct line_tables tables = {map_make(arena, WORDS_EXPECTED)};
    struct slice words = lexicon_table_text(lexicon_table(lexicon, "line_words"));
    struct lexicon_row row;
    while (lexicon_read_row(&words, &row)) {
        void **classes = map_at(&tables.words, row.columns[0]);
        if (!*classes) /* of a word in two classes, the first counts */
            *classes = (void *)(uintptr_t)class_from_name(row.columns[1]);
    }
    add_words(&tables, lexicon, "months", LINE_WORD_MONTH);
    add_words(&tables, lexicon, "weekdays", LINE_WORD_DATE);
    add_date_words(&tables, lexicon);
    map_settle(&tables.words);
    return tables;
}

/* ------------------------------------------------------------------ reading */

/* A mark that may stand behind the stop of a sentence. */
static bool is_closer(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0xBB || c == 0xAB || (c >= 0x2018 && c <= 0x201F);
}

static bool is_separator_char(uint32_t c)
{
    return c == '|' || c == '>' || c == '/' || c == 0x2022 || c == 0x203A || c == 0xBB || c == 0xB7 || c == 0x2192 ||
           c == 0x2013 || c == 0x2014 || c == '-' || c == 0x25B8 || c == 0x2039 || c == 0xAB;
}

/* "|", "»", "--": a word of separators only. */
static bool is_separator(struct slice word)
{
    size_t taken;
    for (size_t at = 0; at < word.len; at += taken)
        if (!is_separator_char(character_at(word, at, &taken)))
            return false;
    return true;
}

/* The last character is a letter or figure of ASCII, as in most words. */
static bool ends_plainly(struct slice word)
{
    return word.len && (ascii_is_alpha(word.ptr[word.len - 1]) || ascii_is_digit(word.ptr[word.len - 1]));
}

static struct slice without_marks(struct slice word)
{
    size_t taken;
    while (word.len && !is_word_character(character_at(word, 0, &taken)))
        word = slice_sub(word, taken, word.len);
    while (word.len && !ends_plainly(word) && !is_word_character(utf8_decode_before(word, word.len, &taken)))
        word = slice_sub(word, 0, word.len - taken);
    return word;
}

/* "10.32" is a time of the day, "48.2" and "31.75" are not. */
static bool is_time(struct slice word, size_t mark)
{
    return mark > 0 && mark <= 2 && word.len == mark + 3 && ascii_is_digit(word.ptr[mark + 1]) &&
           word.ptr[mark + 1] < '6' && (mark == 1 || word.ptr[0] < '2' || (word.ptr[0] == '2' && word.ptr[1] < '5'));
}

/* A number that a date may have beside the name of its month. */
static bool is_day_or_year(struct slice word)
{
    uint64_t number;
    while (word.len && !ascii_is_digit(word.ptr[word.len - 1])) /* 3rd, 1er */
        word.len--;
    return slice_to_u64(word, 2199, &number) && ((number >= 1 && number <= 31) || number >= 1600);
}

/* Digits in two or three groups with marks between: 10:32, 14/03/2024, 2023-10-09T. */
static void see_digits(struct line_shape *shape, struct slice word)
{
    size_t marks = 0, colons = 0, hours = 0, digits = 0;
    if (word.len > 3 && (slice_equals_nocase(slice_sub(word, word.len - 2, word.len), SLICE("am")) ||
                         slice_equals_nocase(slice_sub(word, word.len - 2, word.len), SLICE("pm"))))
        word.len -= 2;
    for (size_t i = 0; i < word.len; i++) {
        digits += ascii_is_digit(word.ptr[i]);
        colons += word.ptr[i] == ':';
        hours += i > 0 && (word.ptr[i] | 0x20) == 'h';
        marks += word.ptr[i] == '/' || word.ptr[i] == '-' || word.ptr[i] == '.';
    }
    shape->digits++;
    shape->days += is_day_or_year(word);
    if ((colons && digits >= 3 && digits <= 6 && digits != 5) ||
        (hours == 1 && digits >= 1 && digits <= 4 && word.len <= 5))
        shape->times++; /* 10:32, 10:32:07, 18h42; 1:03:41 is how long somebody ran */
    else if (marks >= 2 && digits >= 6)
        digits <= 14 ? shape->dates++ : shape->addresses++;
    else if (marks == 1 && is_time(word, slice_find_byte(word, '.', 0)))
        shape->times++; /* 23.04; a price or a score as well: it counts only where hardly more stands */
}

static bool is_address(struct slice word)
{
    size_t at = slice_find_byte(word, '@', 0);
    char first = ascii_to_lower(word.ptr[0]);
    if (at == SLICE_NOT_FOUND && first != 'h' && first != 'w') /* most words */
        return false;
    return (at != SLICE_NOT_FOUND && slice_find_byte(word, '.', at) != SLICE_NOT_FOUND) ||
           slice_starts_nocase(word, SLICE("http")) || slice_starts_nocase(word, SLICE("www."));
}

/* In small letters, with a plain apostrophe; null for what is longer than any listed word. */
static struct slice listed_form(struct slice word, char lower[2 * LONGEST_LISTED])
{
    size_t len = 0, taken;
    if (word.len > LONGEST_LISTED)
        return SLICE_NULL;
    for (size_t at = 0; at < word.len; at += taken) {
        uint32_t c = character_at(word, at, &taken);
        if (c < 0x80)
            lower[len++] = ascii_to_lower((char)c);
        else
            len += utf8_encode(c == 0x2019 ? '\'' : lower_character(c), lower + len);
    }
    return slice_of(lower, len);
}

static void see_class(struct line_shape *shape, uintptr_t classes)
{
    shape->service += (classes & LINE_WORD_SERVICE) != 0;
    shape->reader += (classes & LINE_WORD_READER) != 0;
    shape->speech += (classes & LINE_WORD_SPEECH) != 0;
}

static void see_word(const struct line_tables *tables, struct line_shape *shape, struct slice word)
{
    char lower[2 * LONGEST_LISTED];
    size_t taken;
    struct slice bare = without_marks(word);
    if (bare.len == 0)
        return;
    uint32_t first = character_at(bare, 0, &taken);
    struct slice listed = tables ? listed_form(bare, lower) : SLICE_NULL;
    uintptr_t classes = listed.len ? (uintptr_t)map_get(&tables->words, listed) : 0;
    shape->words++;
    shape->part++;
    see_class(shape, classes);
    if (is_address(word)) {
        shape->addresses++;
    } else if (utf8_is_digit(first)) {
        see_digits(shape, bare);
    } else if (classes & LINE_WORD_MONTH) {
        shape->months++;
        shape->capital += utf8_is_upper(first);
        shape->lower += utf8_is_lower(first); /* mai, maj; des and set are other words besides */
    } else {
        bool upper = utf8_is_upper(first), all = bare.len > 1 && !utf8_is_lower(first) && utf8_all_upper(bare);
        shape->capital += upper;
        shape->upper += all;
        shape->lower += !upper;
        if (!upper && bare.len > shape->longest_lower)
            shape->longest_lower = (uint32_t)bare.len;
        shape->other += !(classes & LINE_WORD_DATE) && (bare.len > 4 || (bare.len == 4 && !all));
    }
}

/* A word that ends a sentence: a stop behind at least three letters, so that neither "J." nor "Mr." does. */
static bool ends_sentence(struct slice word)
{
    size_t taken, letters = 0;
    if (ends_plainly(word))
        return false;
    while (word.len && is_closer(utf8_decode_before(word, word.len, &taken)))
        word = slice_sub(word, 0, word.len - taken);
    if (word.len == 0 || !memchr(".!?", word.ptr[word.len - 1], 3))
        return false;
    for (size_t at = 0; at < word.len; at += taken)
        letters += utf8_is_lower(character_at(word, at, &taken));
    return letters >= 3;
}

static void end_part(struct line_shape *shape)
{
    if (shape->part > shape->longest_part)
        shape->longest_part = shape->part;
    shape->part = 0;
}

/* CJK has no blanks; two characters count as a word, and as small letters. */
static void see_unspaced(struct line_shape *shape, struct slice word)
{
    size_t taken;
    uint32_t characters = 0;
    if (word.len && (unsigned char)word.ptr[0] < 0xE0) /* these scripts begin at three bytes */
        return;
    for (size_t at = 0; at < word.len; at += taken) {
        uint32_t c = character_at(word, at, &taken);
        characters += utf8_is_cjk(c);
        shape->sentences += c == 0x3002 && at + taken < word.len;
    }
    shape->words += characters / 2;
    shape->lower += characters / 2;
    shape->part += characters / 2;
}

static void see_end(struct line_shape *shape, struct slice text)
{
    size_t taken, end = text.len;
    uint32_t c = 0;
    while (end > 0 && is_closer(c = utf8_decode_before(text, end, &taken)))
        end -= taken;
    shape->stop = c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
    shape->question = c == '?' || c == 0xFF1F;
    shape->colon = c == ':';
    struct slice tail = slice_sub(text, text.len > ELLIPSIS_TAIL ? text.len - ELLIPSIS_TAIL : 0, text.len);
    shape->ellipsis =
        slice_find(tail, SLICE("…"), 1) != SLICE_NOT_FOUND || slice_find(tail, SLICE("..."), 1) != SLICE_NOT_FOUND;
}

struct line_shape line_shape_read(const struct line_tables *tables, struct slice text)
{
    struct line_shape shape = {0};
    size_t at = 0, taken, blanks = 0;
    while (at < text.len) {
        uint32_t c = character_at(text, at, &taken);
        if (is_space_character(c)) {
            blanks++;
            at += taken;
            continue;
        }
        size_t start = at;
        while (at < text.len && c != '|' && !is_space_character(c = character_at(text, at, &taken)))
            at += taken;
        struct slice word = slice_sub(text, start, at > start ? at : start + taken);
        at = start + word.len;
        bool separates = is_separator(word);
        if (separates || blanks > 1) { /* columns that were apart on the page stand apart by more than a blank */
            shape.separators += start > 0;
            end_part(&shape);
        }
        blanks = 0;
        if (separates)
            continue;
        see_word(tables, &shape, word);
        see_unspaced(&shape, word);
        shape.sentences += at < text.len && ends_sentence(word);
    }
    end_part(&shape);
    see_end(&shape, text);
    return shape;
}
