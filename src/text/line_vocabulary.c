#include "line_vocabulary_internal.h"

#include "line_characters_internal.h"

#define TELLING_LETTERS 5
#define STEM_LETTERS 6
#define LARGEST (1u << 18) /* entries; a longer text has told its vocabulary by then */

struct entry {
    uint64_t hash; /* 0: free */
    uint32_t first, last;
};

struct line_vocabulary {
    struct entry *entries;
    size_t size, count; /* size is a power of two */
};

struct line_vocabulary *line_vocabulary_create(struct arena *arena, size_t bytes)
{
    struct line_vocabulary *vocabulary = arena_calloc(arena, 1, sizeof *vocabulary);
    vocabulary->size = 1024;
    while (vocabulary->size < LARGEST && vocabulary->size < bytes / 3) /* a telling word takes six bytes or more */
        vocabulary->size *= 2;
    vocabulary->entries = arena_calloc(arena, vocabulary->size, sizeof *vocabulary->entries);
    return vocabulary;
}

static struct entry *entry_of(const struct line_vocabulary *vocabulary, uint64_t hash)
{
    size_t at = (size_t)(hash ^ hash >> 29) & (vocabulary->size - 1);
    while (vocabulary->entries[at].hash && vocabulary->entries[at].hash != hash)
        at = (at + 1) & (vocabulary->size - 1);
    return &vocabulary->entries[at];
}

/* Takes the next word off the front of the text. Returns the hash of its stem, 0 for a word that tells
 * nothing; false at the end. FNV-1a over code points. */
static bool next_word(struct slice text, size_t *at, uint64_t *hash)
{
    size_t taken, letters = 0;
    uint32_t c = 0;
    while (*at < text.len && !is_letter_character(c = character_at(text, *at, &taken)))
        *at += taken;
    if (*at >= text.len)
        return false;
    bool inside = *at > 0 && text.ptr[*at - 1] == ' ', capital = utf8_is_upper(c);
    *hash = 14695981039346656037u;
    while (*at < text.len && is_word_character(c = character_at(text, *at, &taken))) {
        if (letters++ < STEM_LETTERS)
            *hash = (*hash ^ lower_character(c)) * 1099511628211u;
        *at += taken;
    }
    if (letters < TELLING_LETTERS && !(capital && inside && letters > 2))
        *hash = 0;
    return true;
}

struct line_words line_words_read(struct arena *arena, struct slice text)
{
    struct line_words words = {0};
    size_t capacity = 0;
    uint64_t hash;
    for (size_t position = 0; next_word(text, &position, &hash);) {
        if (!hash)
            continue;
        words.hashes = arena_grow(arena, words.hashes, words.count, &capacity, sizeof *words.hashes);
        words.hashes[words.count++] = hash;
    }
    return words;
}

void line_vocabulary_add(struct line_vocabulary *vocabulary, const struct line_words *words, uint32_t at)
{
    for (uint32_t i = 0; i < words->count; i++) {
        struct entry *entry = entry_of(vocabulary, words->hashes[i]);
        if (!entry->hash) {
            if (vocabulary->count * 2 >= vocabulary->size)
                continue;
            vocabulary->count++;
            *entry = (struct entry){words->hashes[i], at, at};
        }
        entry->last = at;
    }
}

struct vocabulary_share line_vocabulary_share(const struct line_vocabulary *vocabulary, const struct line_words *words,
                                              uint32_t at)
{
    struct vocabulary_share share = {.words = words->count};
    for (uint32_t i = 0; i < words->count; i++) {
        const struct entry *entry = entry_of(vocabulary, words->hashes[i]);
        share.before += entry->hash && entry->first < at;
        share.after += entry->hash && entry->last > at;
    }
    return share;
}

void line_vocabulary_bridges(const struct line_vocabulary *vocabulary, const struct line_words *words, uint32_t at,
                             int32_t *steps)
{
    for (uint32_t i = 0; i < words->count; i++) {
        const struct entry *entry = entry_of(vocabulary, words->hashes[i]);
        if (!entry->hash || entry->first >= at)
            continue;
        steps[entry->first + 1]++;
        steps[at + 1]--;
    }
}
