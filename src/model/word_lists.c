#include "model/word_lists.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/utf8.h"

#define HEADLINE_FACTOR 1.7f
#define LISTS_MAX 32      /* languages */
#define PHRASE_WORDS 6
#define PHRASE_BYTES 96
#define STEM_BYTES 4      /* shortest stem of a list */
#define STEM_BYTES_MAX 32 /* longest; also bounds the work on a word without end */
#define FILTER_POWER 13   /* bits of the filter, as a power of two: some twenty a stem */

struct language_list {
    struct slice language;
    struct map words; /* lower-cased word or phrase -> struct word_entry */
    struct map stems; /* without their '*' */
    uint8_t
        stem_starts[1 << FILTER_POWER >> 3]; /* a bit for the first STEM_BYTES of each: most words begin with none */
};

struct word_lists {
    struct language_list languages[LISTS_MAX];
    uint32_t language_count;
    struct slice *codes;
    uint32_t code_count;
    size_t code_capacity;
    uint32_t entry_count;
};

/* ------------------------------------------------------------------- making */

static uint32_t code_index(struct word_lists *lists, struct arena *arena, struct slice code)
{
    for (uint32_t i = lists->code_count; i-- > 0;) /* rows of a code stand together: the last is likely */
        if (slice_equals(lists->codes[i], code))
            return i;
    lists->codes = arena_grow(arena, lists->codes, lists->code_count, &lists->code_capacity, sizeof *lists->codes);
    lists->codes[lists->code_count] = code;
    return lists->code_count++;
}

/* Words of a language, and some more: the first ones of phrases have entries of their own. */
static size_t count_words(const struct lexicon_table *table, struct slice language)
{
    size_t words = 0;
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct slice *columns = lexicon_row_at(table, i)->columns;
        for (size_t at = 0; slice_equals(columns[1], language) && at < columns[3].len; at++)
            words += at == 0 || columns[3].ptr[at] == ' ';
    }
    return words + words / 8;
}

static struct language_list *list_of(struct word_lists *lists, struct arena *arena, const struct lexicon_table *table,
                                     struct slice language)
{
    for (uint32_t i = 0; i < lists->language_count; i++)
        if (slice_equals(lists->languages[i].language, language))
            return &lists->languages[i];
    assert(lists->language_count < LISTS_MAX);
    struct language_list *list = &lists->languages[lists->language_count++];
    *list = (struct language_list){
        .language = language, .words = map_make(arena, count_words(table, language)), .stems = map_make(arena, 64)};
    return list;
}

/* Decimal weights of a list: "1", "0.5", "-2". */
static float weight_value(struct slice s)
{
    char digits[16] = {0};
    assert(s.len < sizeof digits);
    memcpy(digits, s.ptr, s.len);
    return strtof(digits, NULL);
}

static struct word_entry *entry_at(struct word_lists *lists, struct arena *arena, struct map *map, struct slice key)
{
    struct word_entry **entry = (struct word_entry **)map_at(map, key);
    if (!*entry) {
        *entry = arena_calloc(arena, 1, sizeof **entry);
        (*entry)->id = lists->entry_count++;
    }
    return *entry;
}

/* Nearly every word speaks for one code, so room grows from one. */
static void add_posting(struct word_entry *entry, struct arena *arena, uint32_t code, float weight)
{
    struct word_posting *postings = (struct word_posting *)(uintptr_t)entry->postings;
    for (uint32_t i = 0; i < entry->posting_count; i++)
        if (postings[i].code == code)
            return; /* listed twice: the first, stronger row counts */
    if (entry->posting_count == entry->posting_capacity) {
        entry->posting_capacity = entry->posting_capacity ? entry->posting_capacity * 2 : 1;
        struct word_posting *grown = arena_alloc(arena, entry->posting_capacity * sizeof *grown);
        if (entry->posting_count)
            memcpy(grown, postings, entry->posting_count * sizeof *grown);
        entry->postings = postings = grown;
    }
    postings[entry->posting_count++] = (struct word_posting){code, weight};
}

/* "white_house" -> "white house", "women's_rights" -> "women rights": as the text's words are cut. Returns
 * the number of words; *first_len is the length of the first. */
static uint32_t spell_key(struct slice word, char key[PHRASE_BYTES], size_t *len, size_t *first_len)
{
    uint32_t words = 1;
    *len = 0;
    for (size_t i = 0; i < word.len; i++) {
        bool joint = word.ptr[i] == '_' || word.ptr[i] == '-';
        bool ends = i + 2 == word.len || (i + 2 < word.len && memchr("_-", word.ptr[i + 2], 2));
        if (word.ptr[i] == '\'' && ends && word.ptr[i + 1] == 's') {
            i++;
            continue;
        }
        if (joint && words++ == 1)
            *first_len = *len;
        key[(*len)++] = joint ? ' ' : word.ptr[i];
    }
    return words;
}

static uint32_t start_bit(struct slice word)
{
    uint32_t start;
    memcpy(&start, word.ptr, STEM_BYTES);
    return start * UINT32_C(0x9E3779B1) >> (32 - FILTER_POWER); /* Knuth, vol. 3, 6.4 */
}

static void note_start(struct language_list *list, struct slice stem)
{
    if (stem.len >= STEM_BYTES)
        list->stem_starts[start_bit(stem) / 8] |= (uint8_t)(1u << start_bit(stem) % 8);
}

static bool may_begin_stem(const struct language_list *list, struct slice word)
{
    return word.len >= STEM_BYTES && list->stem_starts[start_bit(word) / 8] >> start_bit(word) % 8 & 1;
}

/* The first word of a phrase learns how long a phrase may grow that begins with it. */
static void add_word(struct word_lists *lists, struct language_list *list, struct arena *arena, struct slice word,
                     struct word_posting posting)
{
    char spelled[PHRASE_BYTES];
    size_t len, first_len = 0;
    bool stem = word.ptr[word.len - 1] == '*';
    assert(word.len < PHRASE_BYTES);
    uint32_t words = spell_key(slice_sub(word, 0, word.len - stem), spelled, &len, &first_len);
    assert(words <= PHRASE_WORDS);
    struct slice key = arena_copy(arena, slice_of(spelled, len));
    struct map *map = stem ? &list->stems : &list->words;
    if (stem)
        note_start(list, key);
    add_posting(entry_at(lists, arena, map, key), arena, posting.code, posting.weight);
    if (words > 1) {
        struct word_entry *first = entry_at(lists, arena, &list->words, slice_sub(key, 0, first_len));
        first->longest = words > first->longest ? words : first->longest;
    }
}

const struct word_lists *word_lists_create(struct arena *arena, const struct lexicon_table *table)
{
    struct word_lists *lists = arena_calloc(arena, 1, sizeof *lists);
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct slice *columns = lexicon_row_at(table, i)->columns;
        struct word_posting posting = {code_index(lists, arena, columns[0]), weight_value(columns[2])};
        struct language_list *list = list_of(lists, arena, table, columns[1]);
        struct slice words = columns[3], word;
        while (slice_split(&words, ' ', &word))
            if (word.len)
                add_word(lists, list, arena, word, posting);
    }
    for (uint32_t i = 0; i < lists->language_count; i++) {
        map_settle(&lists->languages[i].words);
        map_settle(&lists->languages[i].stems);
    }
    return lists;
}

uint32_t word_lists_code_count(const struct word_lists *lists)
{
    return lists->code_count;
}

struct slice word_lists_code(const struct word_lists *lists, uint32_t code)
{
    assert(code < lists->code_count);
    return lists->codes[code];
}

/* ----------------------------------------------------------------- matching */

float word_match_times(const struct word_match *match)
{
    return (1 + logf((float)match->count)) * (match->in_headline ? HEADLINE_FACTOR : 1);
}

static const struct word_entry *find_singular(const struct map *map, struct slice key)
{
    if (key.len < 4 || key.ptr[key.len - 1] != 's' || key.ptr[key.len - 2] == 's')
        return NULL;
    return map_get(map, slice_sub(key, 0, key.len - 1));
}

static const struct word_entry *find_either(const struct map *map, struct slice key)
{
    const struct word_entry *entry = map_get(map, key);
    return entry ? entry : find_singular(map, key);
}

/* The entry of the longest phrase of at most `longest` words from `at`, NULL if none. */
static const struct word_entry *find_phrase(const struct map *map, const struct text_words *words, size_t at,
                                            uint32_t longest, uint32_t *taken)
{
    char key[PHRASE_BYTES + 8];
    size_t len = 0;
    const struct word_entry *found = NULL;
    for (uint32_t n = 0; n < longest && at + n < words->count; n++) {
        const struct text_word *word = &words->words[at + n];
        if ((n && word->breaks) || len + word->lower.len + 1 > PHRASE_BYTES)
            break;
        if (n)
            key[len++] = ' ';
        memcpy(key + len, word->lower.ptr, word->lower.len);
        len += word->lower.len;
        const struct word_entry *entry = n ? find_either(map, slice_of(key, len)) : NULL;
        if (entry && entry->posting_count) {
            found = entry;
            *taken = n + 1;
        }
    }
    return found;
}

static const struct word_entry *find_stem(const struct language_list *list, struct slice word)
{
    const struct word_entry *found = NULL;
    if (!may_begin_stem(list, word))
        return NULL;
    for (size_t len = STEM_BYTES; len <= word.len && len <= STEM_BYTES_MAX; len++) {
        if (len < word.len && ((unsigned char)word.ptr[len] & 0xC0) == 0x80)
            continue; /* inside of a character */
        const struct word_entry *entry = map_get(&list->stems, slice_sub(word, 0, len));
        found = entry ? entry : found;
    }
    return found;
}

static const struct word_entry *find_at(const struct language_list *list, const struct text_words *words, size_t at,
                                        uint32_t *taken)
{
    struct slice lower = words->words[at].lower;
    const struct word_entry *entry = map_get(&list->words, lower);
    *taken = 1;
    if (entry && entry->longest) {
        const struct word_entry *phrase = find_phrase(&list->words, words, at, entry->longest, taken);
        if (phrase)
            return phrase;
    }
    if (!entry)
        entry = find_singular(&list->words, lower);
    if (!entry || entry->posting_count == 0)
        entry = find_stem(list, lower);
    return entry && entry->posting_count ? entry : NULL;
}

static const struct language_list *list_for(const struct word_lists *lists, struct slice language)
{
    if (slice_is_null(language))
        language = SLICE("en");
    for (uint32_t i = 0; i < lists->language_count; i++)
        if (slice_equals(lists->languages[i].language, language))
            return &lists->languages[i];
    return NULL;
}

/* Places in the matches + 1, by the number of the entry: open addressing, half of the slots free. */
struct places {
    uint32_t *slots, mask;
};

static struct places make_places(struct arena *arena, size_t most)
{
    uint32_t slots = 64;
    while (slots < most * 2)
        slots *= 2;
    return (struct places){arena_calloc(arena, slots, sizeof(uint32_t)), slots - 1};
}

static uint32_t *place_of(const struct places *places, const struct word_match *matches, const struct word_entry *entry)
{
    uint32_t at = entry->id & places->mask;
    while (places->slots[at] && matches[places->slots[at] - 1].entry != entry)
        at = (at + 1) & places->mask;
    return &places->slots[at];
}

struct word_match *word_lists_match(const struct word_lists *lists, struct arena *arena,
                                    const struct text_words *words, struct slice language, uint32_t *count)
{
    const struct language_list *list = list_for(lists, language);
    struct word_match *matches = NULL;
    size_t capacity = 0;
    *count = 0;
    if (!list)
        return NULL;
    struct places places = make_places(arena, words->count < lists->entry_count ? words->count : lists->entry_count);
    uint32_t taken;
    for (size_t at = 0; at < words->count; at += taken) {
        const struct word_entry *entry = find_at(list, words, at, &taken);
        if (!entry)
            continue;
        uint32_t *place = place_of(&places, matches, entry);
        if (!*place) {
            matches = arena_grow(arena, matches, *count, &capacity, sizeof *matches);
            uint32_t last = words->words[at + taken - 1].token;
            matches[*count] = (struct word_match){entry, 0, words->words[at].token, last + 1, false};
            *place = ++*count;
        }
        struct word_match *match = &matches[*place - 1];
        match->count++;
        match->in_headline |= words->words[at].in_headline;
    }
    return matches;
}
