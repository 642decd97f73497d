#include "section_words.h"

#include <assert.h>

#include "base/map.h"

struct pattern {
    struct slice text;
    uint32_t classes;
    bool whole;
    const struct pattern *next; /* of the same first byte */
};

struct section_words {
    const struct pattern *by_first_byte[256];
};

static uint32_t class_bit(struct slice name)
{
    static const struct slice names[SECTION_CLASS_COUNT] = {
#define X(enumerator, name) [enumerator] = {name, sizeof(name) - 1},
        SECTION_CLASS_TABLE(X)
#undef X
    };
    for (uint32_t i = 0; i < SECTION_CLASS_COUNT; i++)
        if (slice_equals(names[i], name))
            return 1u << i;
    assert(!"a class of section_words.tsv is not known");
    return 0;
}

const struct section_words *section_words_create(struct arena *arena, const struct lexicon *lexicon)
{
    const struct lexicon_table *table = lexicon_table(lexicon, "section_words");
    struct section_words *words = arena_calloc(arena, 1, sizeof *words);
    struct pattern *patterns = arena_calloc(arena, lexicon_row_count(table), sizeof *patterns);
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        bool whole = slice_starts(row->columns[0], SLICE("="));
        patterns[i].text = slice_sub(row->columns[0], whole, row->columns[0].len);
        patterns[i].whole = whole;
        patterns[i].classes = class_bit(row->columns[1]);
        unsigned char first = (unsigned char)patterns[i].text.ptr[0];
        patterns[i].next = words->by_first_byte[first];
        words->by_first_byte[first] = &patterns[i];
    }
    return words;
}

/* A word as CSS authors write them: "entry-content__text". A pattern counts wherever it stands, a whole
 * one only between separators. */
static bool is_separator(char c)
{
    return c == '-' || c == '_' || c == ':' || c == '.' || c == '/';
}

static bool stands_alone(struct slice word, size_t at, size_t len)
{
    return (at == 0 || is_separator(word.ptr[at - 1])) && (at + len == word.len || is_separator(word.ptr[at + len]));
}

static uint32_t classify_word(const struct section_words *words, struct slice word)
{
    uint32_t classes = 0;
    for (size_t at = 0; at < word.len; at++)
        for (const struct pattern *p = words->by_first_byte[(unsigned char)word.ptr[at]]; p; p = p->next)
            if (p->text.len <= word.len - at && memcmp(word.ptr + at, p->text.ptr, p->text.len) == 0 &&
                (!p->whole || stands_alone(word, at, p->text.len)))
                classes |= p->classes;
    return classes;
}

/* Bit 31 tells "looked at, nothing found" from "not looked at". */
#define LOOKED_AT (UINT32_C(1) << 31)

uint32_t *section_words_classify(const struct section_words *words, struct arena *arena,
                                 const struct section *sections, uint32_t count)
{
    uint32_t *classes = arena_calloc(arena, count, sizeof *classes);
    struct map seen = map_make(arena, 256);
    for (uint32_t i = 0; i < count; i++) {
        struct slice label = sections[i].label, word;
        while (slice_split(&label, ' ', &word)) {
            if (word.len == 0)
                continue;
            void **known = map_at(&seen, word);
            if (!*known)
                *known = (void *)(uintptr_t)(classify_word(words, word) | LOOKED_AT);
            classes[i] |= (uint32_t)(uintptr_t)*known & ~LOOKED_AT;
        }
    }
    return classes;
}
