#include "find/compare.h"

#include "base/utf8.h"

/* By insertion: there are a dozen, and COMPARE_MAX_WORDS at most. */
static void sort_hashes(uint64_t *hashes, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint64_t hash = hashes[i];
        uint32_t at = i;
        for (; at > 0 && hashes[at - 1] > hash; at--)
            hashes[at] = hashes[at - 1];
        hashes[at] = hash;
    }
}

static void add_word(struct wording *wording, struct slice key, size_t start, size_t end)
{
    if (end > start && wording->word_count < COMPARE_MAX_WORDS)
        wording->words[wording->word_count++] = slice_hash(slice_sub(key, start, end));
}

/* Words of the key into hashes, letters and digits into `letters`. */
static void scan_key(struct arena *arena, struct wording *wording)
{
    struct slice key = wording->key;
    char *letters = arena_alloc(arena, key.len);
    size_t taken, start = 0, length = 0;
    for (size_t at = 0; at < key.len; at += taken) {
        uint32_t c = utf8_decode(key, at, &taken);
        bool word = utf8_is_word(c);
        if (!word || utf8_is_cjk(c)) {
            add_word(wording, key, start, at);
            start = word ? at : at + taken;
        }
        if (!word)
            continue;
        for (size_t i = 0; i < taken; i++)
            letters[length++] = key.ptr[at + i];
    }
    add_word(wording, key, start, key.len);
    wording->letters = slice_of(letters, length);
}

struct wording wording_make(struct arena *arena, struct slice text)
{
    struct wording wording = {.key = utf8_normalize(arena, text)};
    wording.words = arena_alloc(arena, COMPARE_MAX_WORDS * sizeof *wording.words);
    scan_key(arena, &wording);
    sort_hashes(wording.words, wording.word_count);
    return wording;
}

static uint32_t count_common(const struct wording *a, const struct wording *b)
{
    uint32_t i = 0, j = 0, common = 0;
    while (i < a->word_count && j < b->word_count) {
        common += a->words[i] == b->words[j];
        if (a->words[i] == b->words[j])
            i++, j++;
        else if (a->words[i] < b->words[j])
            i++;
        else
            j++;
    }
    return common;
}

float wording_f1(const struct wording *a, const struct wording *b)
{
    uint32_t all = a->word_count + b->word_count;
    return all ? 2 * (float)count_common(a, b) / (float)all : 0;
}

float wording_cover(const struct wording *a, const struct wording *b)
{
    return a->word_count ? (float)count_common(a, b) / (float)a->word_count : 0;
}

static bool is_boundary_after(struct slice key, size_t at)
{
    size_t taken;
    return at >= key.len || !utf8_is_word(utf8_decode(key, at, &taken)) || utf8_is_cjk(utf8_decode(key, at, &taken));
}

static bool is_boundary_before(struct slice key, size_t at)
{
    size_t taken;
    return at == 0 || !utf8_is_word(utf8_decode_before(key, at, &taken)) ||
           utf8_is_cjk(utf8_decode_before(key, at, &taken));
}

bool wording_is_prefix(const struct wording *part, const struct wording *whole)
{
    return part->key.len && part->key.len < whole->key.len && slice_starts(whole->key, part->key) &&
           is_boundary_after(whole->key, part->key.len);
}

bool wording_is_suffix(const struct wording *part, const struct wording *whole)
{
    return part->key.len && part->key.len < whole->key.len && slice_ends(whole->key, part->key) &&
           is_boundary_before(whole->key, whole->key.len - part->key.len);
}
