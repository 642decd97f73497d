#include "model/word_classes.h"

#include <assert.h>

#include "base/map.h"

#define SLOTS 32768u /* three a word */
#define MOST_WORDS (SLOTS / 2)

/* A slot is one number: where the word stands in the table's text, its class, and bits of its hash, so that most words
 * that are not listed are told by it alone. 0 is free: the text begins with a comment. */
#define PLACE_BITS 20
#define CLASS_BITS 4
#define TAG_BITS 8

struct word_classes {
    struct slice text;
    uint32_t slots[SLOTS];
};

static uint32_t tag_of(uint32_t hash)
{
    return hash >> (32 - TAG_BITS);
}

static bool is_word_of(const struct word_classes *classes, uint32_t slot, struct slice word)
{
    size_t place = slot >> (CLASS_BITS + TAG_BITS), end = place + word.len;
    return end < classes->text.len && memcmp(classes->text.ptr + place, word.ptr, word.len) == 0 && classes->text.ptr[end] == '\t';
}

static void add(struct word_classes *classes, const struct lexicon_row *row)
{
    uint64_t class = 0, place = (uint64_t)(row->columns[0].ptr - classes->text.ptr);
    uint32_t hash = map_hash(row->columns[0]), at = hash % SLOTS;
    bool number = slice_to_u64(row->columns[1], (1u << CLASS_BITS) - 1, &class);
    assert(number && place < 1u << PLACE_BITS);
    while (classes->slots[at])
        at = (at + 1) % SLOTS;
    classes->slots[at] = (uint32_t)(place << CLASS_BITS | class) << TAG_BITS | tag_of(hash);
}

const struct word_classes *word_classes_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct word_classes *classes = arena_calloc(arena, 1, sizeof *classes);
    struct slice text = lexicon_table_text(lexicon_table(lexicon, "word_classes"));
    struct lexicon_row row;
    size_t count = 0;
    classes->text = text;
    for (; lexicon_read_row(&text, &row); count++)
        add(classes, &row);
    assert(count <= MOST_WORDS);
    return classes;
}

unsigned word_class_of(const struct word_classes *classes, struct slice word)
{
    uint32_t hash = map_hash(word), slot;
    for (uint32_t at = hash % SLOTS; (slot = classes->slots[at]); at = (at + 1) % SLOTS)
        if ((slot & ((1u << TAG_BITS) - 1)) == tag_of(hash) && is_word_of(classes, slot, word))
            return slot >> TAG_BITS & ((1u << CLASS_BITS) - 1);
    return WORD_UNLISTED;
}
