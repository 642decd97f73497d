#include "section_words.h"

#include <assert.h>

#include "model/label_patterns.h"

struct section_words {
    struct label_patterns *patterns;
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
    words->patterns = label_patterns_create(arena, lexicon_row_count(table));
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        bool whole = slice_starts(row->columns[0], SLICE("="));
        label_patterns_add(words->patterns, slice_sub(row->columns[0], whole, row->columns[0].len), whole,
                           class_bit(row->columns[1]));
    }
    return words;
}

uint32_t *section_words_classify(const struct section_words *words, struct arena *arena,
                                 const struct section *sections, uint32_t count)
{
    uint32_t *classes = arena_alloc(arena, count * sizeof *classes);
    for (uint32_t i = 0; i < count; i++)
        classes[i] = sections[i].alike < i ? classes[sections[i].alike]
                                           : label_patterns_match(words->patterns, sections[i].label);
    return classes;
}
