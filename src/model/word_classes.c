#include "model/word_classes.h"

#include <assert.h>

#include "base/map.h"

#define SLOTS 32768u /* three a word */
#define MOST_WORDS (SLOTS / 2)

/* A slot is one number: the word's hash, its last bits replaced by the class and one that marks the slot as taken.
 * Words whose other 59 bits are the same are one: nothing else is looked at, since it would be waited for. */
#define CLASS_BITS 4
#define TAKEN (1u << CLASS_BITS)
#define OWN_BITS (2 * TAKEN - 1)

struct word_classes {
    uint64_t slots[SLOTS]; /* 0: free */
};

static uint32_t first_slot(uint64_t hash)
{
    return (uint32_t)(hash >> 32) % SLOTS;
}

static void add(struct word_classes *classes, const struct lexicon_row *row)
{
    uint64_t class = 0, hash = map_hash_wide(row->columns[0]);
    uint32_t at = first_slot(hash);
    bool number = slice_to_u64(row->columns[1], (1u << CLASS_BITS) - 1, &class);
    assert(number);
    while (classes->slots[at])
        at = (at + 1) % SLOTS;
    classes->slots[at] = (hash & ~(uint64_t)OWN_BITS) | TAKEN | class;
}

const struct word_classes *word_classes_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct word_classes *classes = arena_calloc(arena, 1, sizeof *classes);
    struct slice text = lexicon_table_text(lexicon_table(lexicon, "word_classes"));
    struct lexicon_row row;
    size_t count = 0;
    for (; lexicon_read_row(&text, &row); count++)
        add(classes, &row);
    assert(count <= MOST_WORDS);
    return classes;
}

unsigned word_class_of(const struct word_classes *classes, struct slice word)
{
    uint64_t hash = map_hash_wide(word), slot;
    for (uint32_t at = first_slot(hash); (slot = classes->slots[at]); at = (at + 1) % SLOTS)
        if ((slot ^ hash) <= OWN_BITS)
            return (unsigned)slot & ((1u << CLASS_BITS) - 1);
    return WORD_UNLISTED;
}
