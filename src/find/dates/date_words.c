#include "find/dates/date_words.h"

#include <assert.h>

#include "article/limits.h"
#include "base/utf8.h"

static_assert(DATE_CLASS_COUNT <= 64, "classes are bits of date_word.classes");

#define WORD_BYTES 64      /* a longer run of letters is no date word */
#define LANGUAGES 64       /* bits of date_word.languages */

struct date_vocabulary {
    struct map words; /* first word -> struct date_word */
    struct slice languages[LANGUAGES];
    size_t language_count;
};

static uint64_t language_bit(const struct date_vocabulary *lexicon, struct slice language)
{
    for (size_t i = 0; i < lexicon->language_count; i++)
        if (lexicon->languages[i].ptr[0] == language.ptr[0] && slice_equals(lexicon->languages[i], language))
            return UINT64_C(1) << i; /* thousands of rows ask for it at start: the first letter settles most */
    return 0;
}

uint64_t date_words_language(const struct date_vocabulary *lexicon, struct slice language)
{
    char lower[2];
    if (language.len < 2 || (language.len > 2 && language.ptr[2] != '-' && language.ptr[2] != '_'))
        return 0;
    for (size_t i = 0; i < 2; i++)
        lower[i] = ascii_to_lower(language.ptr[i]);
    if (lower[0] == 'n' && (lower[1] == 'b' || lower[1] == 'n'))
        lower[1] = 'o';
    return language_bit(lexicon, slice_of(lower, 2));
}

static uint64_t language_bit_or_new(struct date_vocabulary *lexicon, struct slice language)
{
    if (slice_equals(language, SLICE("xx")))
        return ~UINT64_C(0);
    uint64_t bit = language_bit(lexicon, language);
    if (bit)
        return bit;
    assert(lexicon->language_count < LANGUAGES);
    lexicon->languages[lexicon->language_count] = language;
    return UINT64_C(1) << lexicon->language_count++;
}

/* ---------------------------------------------------------------- words of a text */

/* A run of letters and marks; a Han, kana or hangul character stands alone, since those scripts write
 * the parts of a date without spaces. A zero-width non-joiner is part of a Persian word. */
static size_t word_end(struct slice text, size_t at)
{
    size_t taken, start = at;
    while (at < text.len) {
        unsigned char byte = (unsigned char)text.ptr[at];
        if (byte < 0x80) {
            if (!ascii_is_alpha((char)byte))
                break;
            at++;
            continue;
        }
        uint32_t c = utf8_decode(text, at, &taken);
        if (utf8_is_cjk(c))
            return at == start ? at + taken : at;
        if (!utf8_is_letter(c) && !utf8_is_mark(c) && c != 0x200C)
            break;
        at += taken;
    }
    return at;
}

static size_t lower_into(char *out, size_t room, struct slice word)
{
    size_t len = 0, taken;
    for (size_t at = 0; at < word.len; at += taken) {
        char encoded[UTF8_MAX_BYTES];
        if ((unsigned char)word.ptr[at] < 0x80) {
            encoded[0] = ascii_to_lower(word.ptr[at]);
            taken = 1;
            if (len == room)
                return 0;
            out[len++] = encoded[0];
            continue;
        }
        size_t bytes = utf8_encode(utf8_to_lower(utf8_decode(word, at, &taken)), encoded);
        if (room - len < bytes)
            return 0;
        memcpy(out + len, encoded, bytes);
        len += bytes;
    }
    return len;
}

static uint32_t plain_quote(uint32_t c)
{
    return c == 0x2019 || c == 0x02BC ? '\'' : c;
}

/* Where the phrase ends whose first `p` bytes end at `at` of the text; SLICE_NOT_FOUND where the text goes on
 * otherwise. Any run of white space stands for a blank. */
static size_t phrase_end(struct slice text, size_t at, struct slice phrase, size_t p)
{
    size_t taken, phrase_taken;
    while (p < phrase.len) {
        if (at >= text.len)
            return SLICE_NOT_FOUND;
        uint32_t wanted = utf8_decode(phrase, p, &phrase_taken);
        uint32_t c = utf8_decode(text, at, &taken);
        if (wanted == ' ') {
            if (!utf8_is_space(c))
                return SLICE_NOT_FOUND;
            for (; at < text.len && utf8_is_space(utf8_decode(text, at, &taken)); at += taken)
                ;
        } else {
            if (plain_quote(utf8_to_lower(c)) != plain_quote(wanted))
                return SLICE_NOT_FOUND;
            at += taken;
        }
        p += phrase_taken;
    }
    return at;
}

static bool is_inside_word(struct slice text, size_t at)
{
    size_t taken;
    if (at == 0 || at >= text.len)
        return false;
    uint32_t before = utf8_decode_before(text, at, &taken), after = utf8_decode(text, at, &taken);
    return utf8_is_letter(before) && utf8_is_letter(after) && !utf8_is_cjk(before) && !utf8_is_cjk(after);
}

/* Of the many phrases that begin with an everyday word the next letter tells most: false where the text behind the
 * first word goes on otherwise. */
static inline bool may_go_on(struct slice text, size_t at, const struct date_word *word)
{
    if (!word->second || at + 1 >= text.len || text.ptr[at] != ' ' || (signed char)text.ptr[at + 1] <= ' ')
        return true;
    return ascii_to_lower(text.ptr[at + 1]) == word->second;
}

static const struct date_word *find_word(const struct date_vocabulary *lexicon, struct slice text, size_t at,
                                         size_t *end)
{
    char lower[WORD_BYTES];
    size_t len = lower_into(lower, sizeof lower, slice_sub(text, at, *end));
    const struct date_word *word = len ? map_get(&lexicon->words, slice_of(lower, len)) : NULL;
    for (; word; word = word->next) {
        if (word->text.len == len)
            return word;
        if (!may_go_on(text, *end, word))
            continue;
        size_t stop = phrase_end(text, *end, word->text, len);
        if (stop != SLICE_NOT_FOUND && !is_inside_word(text, stop)) {
            *end = stop;
            return word;
        }
    }
    return NULL;
}

const struct date_word *date_words_find(const struct date_vocabulary *lexicon, struct slice word)
{
    size_t end = word.len;
    const struct date_word *found = word.len ? find_word(lexicon, word, 0, &end) : NULL;
    return found && end == word.len ? found : NULL;
}

/* ---------------------------------------------------------------- items */

static struct date_item *push_item(struct date_items *items, size_t start, size_t end, enum date_item_kind kind)
{
    items->items = arena_grow(items->arena, items->items, items->count, &items->capacity, sizeof *items->items);
    struct date_item *item = &items->items[items->count++];
    *item = (struct date_item){.start = (uint32_t)start, .end = (uint32_t)end, .kind = kind};
    return item;
}

static size_t push_number(struct date_items *items, struct slice text, size_t at)
{
    size_t end = at;
    uint32_t value = 0;
    for (; end < text.len && ascii_is_digit(text.ptr[end]); end++)
        if (end - at < 9)
            value = value * 10 + (uint32_t)(text.ptr[end] - '0');
    struct date_item *item = push_item(items, at, end, ITEM_NUMBER);
    item->digits = (uint8_t)(end - at < 255 ? end - at : 255);
    item->value = value;
    return end;
}

/* Digits of other scripts ("۱۲") count as digits: value of a decimal digit by its block's start. */
static uint32_t foreign_digit(uint32_t c)
{
    static const uint32_t zeros[] = {0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10};
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++)
        if (c >= zeros[i] && c < zeros[i] + 10)
            return c - zeros[i];
    return UINT32_MAX;
}

static size_t push_foreign_number(struct date_items *items, struct slice text, size_t at)
{
    size_t end = at, taken;
    uint32_t value = 0, digits = 0;
    for (; end < text.len; end += taken) {
        uint32_t digit = foreign_digit(utf8_decode(text, end, &taken));
        if (digit == UINT32_MAX)
            break;
        if (digits < 9)
            value = value * 10 + digit;
        digits += digits < 255;
    }
    struct date_item *item = push_item(items, at, end, ITEM_NUMBER);
    item->digits = (uint8_t)digits;
    item->value = value;
    return end;
}

static size_t push_word(struct date_items *items, const struct date_vocabulary *lexicon, struct slice text, size_t at,
                        size_t end)
{
    const struct date_word *word = end - at < WORD_BYTES ? find_word(lexicon, text, at, &end) : NULL;
    struct date_item *item = push_item(items, at, end, word ? ITEM_WORD : ITEM_OTHER);
    item->words = word;
    item->capital = text.ptr[at] >= 'A' && text.ptr[at] <= 'Z';
    if ((unsigned char)text.ptr[at] >= 0x80)
        item->capital = utf8_starts_upper(slice_sub(text, at, end));
    return end;
}

void date_items_cut(struct date_items *items, const struct date_vocabulary *lexicon, struct slice text)
{
    bool space = false;
    size_t taken, at = 0;
    items->count = 0;
    items->text = text;
    while (at < text.len && items->count < LIMIT_DATE_ITEMS) {
        size_t before = items->count, end = word_end(text, at);
        uint32_t c = (unsigned char)text.ptr[at];
        if (end > at) {
            at = push_word(items, lexicon, text, at, end);
        } else if (c < 0x80 && ascii_is_digit((char)c)) {
            at = push_number(items, text, at);
        } else {
            c = utf8_decode(text, at, &taken);
            if (utf8_is_space(c)) {
                space = true;
                at += taken;
                continue;
            }
            if (foreign_digit(c) != UINT32_MAX) {
                at = push_foreign_number(items, text, at);
            } else {
                push_item(items, at, at + taken, ITEM_MARK)->value = plain_quote(c);
                at += taken;
            }
        }
        items->items[before].space_before = space;
        space = false;
    }
}

const struct date_word *date_item_reading(const struct date_item *item, enum date_word_class word_class,
                                          uint64_t languages)
{
    size_t len = item->words->text.len;
    for (const struct date_word *word = item->words; word && word->text.len == len; word = word->next)
        if (word->word_class == word_class && (!languages || word->languages & languages) &&
            slice_equals(word->text, item->words->text))
            return word;
    return NULL;
}

/* ---------------------------------------------------------------- compiling */

static enum date_word_class class_from_name(struct slice name)
{
    static const char *const names[] = {
#define X(enumerator, text) text,
        DATE_CLASS_TABLE(X)
#undef X
    };
    for (size_t i = 0; i < DATE_CLASS_COUNT; i++)
        if (slice_equals(slice_from_cstr(names[i]), name))
            return (enum date_word_class)i;
    assert(!"a class that data/lexicon names and date_words does not");
    return DATE_CLASS_COUNT;
}

static int read_value(struct slice text)
{
    uint64_t value = 0;
    bool negative = text.len && text.ptr[0] == '-';
    if (text.len)
        assert(slice_to_u64(slice_sub(text, negative, text.len), 10000, &value));
    return negative ? -(int)value : (int)value;
}

/* The words of equal text stand together; each knows what classes they have among them. */
static void share_classes(struct date_word *first, const struct date_word *word)
{
    uint64_t classes = 0;
    for (const struct date_word *other = first; other; other = other->next)
        if (slice_equals(other->text, word->text))
            classes |= UINT64_C(1) << other->word_class;
    for (struct date_word *other = first; other; other = other->next)
        if (slice_equals(other->text, word->text))
            other->classes = classes;
}

/* Longer phrases come first, so that the first match is the longest; of equal length, equal texts stay
 * together and the later row comes later. */
static void insert_word(struct date_vocabulary *lexicon, struct date_word *word)
{
    size_t end = word_end(word->text, 0);
    void **place = map_at(&lexicon->words, slice_sub(word->text, 0, end));
    struct date_word *first = *place, *before = NULL;
    assert(end > 0);
    if (end + 1 < word->text.len && word->text.ptr[end] == ' ' && ascii_is_alpha(word->text.ptr[end + 1]))
        word->second = word->text.ptr[end + 1];
    for (struct date_word *other = first; other; other = other->next) {
        int order = other->text.len == word->text.len ? slice_compare(other->text, word->text) : 0;
        if (other->text.len < word->text.len || order > 0)
            break;
        before = other;
    }
    word->next = before ? before->next : first;
    if (before)
        before->next = word;
    else
        *place = word;
    share_classes(*place, word);
}

static void add_names(struct date_vocabulary *lexicon, struct arena *arena, const struct lexicon_table *table,
                      enum date_word_class word_class)
{
    struct slice text = lexicon_table_text(table);
    for (struct lexicon_row row; lexicon_read_row(&text, &row);) {
        struct date_word *word = arena_calloc(arena, 1, sizeof *word);
        *word = (struct date_word){.text = row.columns[0], .word_class = word_class, .has_value = true};
        word->languages = language_bit_or_new(lexicon, row.columns[1]);
        word->value = read_value(row.columns[2]);
        word->full = slice_equals(row.columns[3], SLICE("full"));
        word->ambiguous = row.columns[4].len > 0;
        insert_word(lexicon, word);
    }
}

static void add_words(struct date_vocabulary *lexicon, struct arena *arena, const struct lexicon_table *table)
{
    struct slice text = lexicon_table_text(table);
    for (struct lexicon_row row; lexicon_read_row(&text, &row);) {
        struct date_word *word = arena_calloc(arena, 1, sizeof *word);
        *word = (struct date_word){.text = row.columns[0], .full = true, .has_value = row.columns[3].len > 0};
        word->languages = language_bit_or_new(lexicon, row.columns[1]);
        word->word_class = class_from_name(row.columns[2]);
        word->value = read_value(row.columns[3]);
        word->ambiguous = row.columns[4].len > 0;
        insert_word(lexicon, word);
    }
}

/* Words of one chain side by side: they are looked at one after the other. */
static struct date_word *lay_side_by_side(struct arena *arena, const struct date_word *first)
{
    size_t count = 0;
    for (const struct date_word *word = first; word; word = word->next)
        count++;
    struct date_word *row = arena_alloc(arena, count * sizeof *row), *at = row;
    for (const struct date_word *word = first; word; word = word->next, at++) {
        *at = *word;
        at->next = word->next ? at + 1 : NULL;
    }
    return row;
}

const struct date_vocabulary *date_words_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct date_vocabulary *words = arena_calloc(arena, 1, sizeof *words);
    struct arena *scratch = arena_create();
    words->words = map_make(arena, 4096);
    add_names(words, scratch, lexicon_table(lexicon, "months"), DATE_WORD_MONTH);
    add_names(words, scratch, lexicon_table(lexicon, "weekdays"), DATE_WORD_WEEKDAY);
    add_words(words, scratch, lexicon_table(lexicon, "date_words"));
    add_words(words, scratch, lexicon_table(lexicon, "relative_dates"));
    add_words(words, scratch, lexicon_table(lexicon, "time_zones"));
    for (size_t i = 0; i < words->words.count; i++)
        words->words.entries[i].value = lay_side_by_side(arena, words->words.entries[i].value);
    map_settle(&words->words);
    arena_destroy(scratch);
    return words;
}
