/* cluster-words: running text -> words in 255 clusters of like use.
 *
 * usage: cluster-words OUT FILE...
 *
 * FILE: one sentence a line, words separated by blanks (name ends in .tokens), or one word a line with or
 * without its tag, blank lines between sentences. Vectors by skip-gram with negative sampling (Mikolov et al.
 * 2013: 50 dimensions, window 2, words seen three times or more), then k-means over unit vectors. Lower-cased.
 * Deterministic. OUT: number of slots (4 bytes), hashes, clusters; the table of struct word_clusters, its second
 * clusters empty. */
#include <math.h>
#include <string.h>

#include "base/map.h"
#include "base/utf8.h"
#include "corpus.h"

#define DIMENSIONS 50
#define WINDOW 2        /* near words tell what kind a word is, far ones what it is about */
#define MIN_COUNT 3
#define NEGATIVE 5
#define EPOCHS 8
#define RATE 0.05f
#define CLUSTERS 255
#define ROUNDS 15       /* of k-means; few words move after ten */
#define SAMPLE_TABLE (1u << 20)

struct word {
    struct slice lower;
    uint32_t count, id; /* id + 1 of words that are frequent enough */
};

struct text {
    struct arena *arena;
    struct map words;        /* lower-cased -> struct word */
    struct word **stream;    /* NULL: end of a sentence */
    size_t count, capacity;
    struct word **kept;
    uint32_t kept_count;
    uint64_t random;
};

static uint64_t next_random(struct text *text)
{
    text->random ^= text->random << 13;
    text->random ^= text->random >> 7;
    text->random ^= text->random << 17;
    return text->random;
}

static float random_unit(struct text *text)
{
    return (float)(next_random(text) >> 40) / 16777216.0f;
}

static void push(struct text *text, struct slice form)
{
    struct word *word = NULL;
    if (form.ptr) {
        struct slice lower = words_token(text->arena, form, false).lower;
        void **place = map_at(&text->words, lower);
        if (!*place) {
            *place = arena_calloc(text->arena, 1, sizeof *word);
            ((struct word *)*place)->lower = lower;
        }
        word = *place;
        word->count++;
    }
    text->stream = arena_grow(text->arena, text->stream, text->count, &text->capacity, sizeof *text->stream);
    text->stream[text->count++] = word;
}

static void read_text(struct text *text, struct slice bytes, bool conll)
{
    struct slice line, word;
    while (slice_split(&bytes, '\n', &line)) {
        if (slice_starts(line, SLICE("-DOCSTART-")))
            continue;
        if (conll && line.len) {
            slice_split(&line, '\t', &word);
            push(text, word);
            continue;
        }
        while (!conll && slice_split(&line, ' ', &word))
            if (word.len)
                push(text, word);
        push(text, SLICE_NULL);
    }
    push(text, SLICE_NULL);
}

static void keep_frequent(struct text *text)
{
    text->kept = arena_alloc(text->arena, text->words.count * sizeof *text->kept);
    for (size_t i = 0; i < text->words.count; i++) {
        struct word *word = text->words.entries[i].value;
        if (word->count >= MIN_COUNT) {
            text->kept[text->kept_count++] = word;
            word->id = text->kept_count;
        }
    }
}

/* ---------------------------------------------------------------- skip-gram */

struct vectors {
    float (*in)[DIMENSIONS], (*out)[DIMENSIONS];
    uint32_t *samples; /* word ids, as often as their count to the power of 3/4 asks */
};

static struct vectors make_vectors(struct text *text)
{
    struct vectors vectors;
    double total = 0, sum = 0;
    vectors.in = arena_calloc(text->arena, text->kept_count, sizeof *vectors.in);
    vectors.out = arena_calloc(text->arena, (size_t)text->kept_count * 2 * WINDOW, sizeof *vectors.out);
    vectors.samples = arena_calloc(text->arena, SAMPLE_TABLE, sizeof *vectors.samples);
    for (uint32_t i = 0; i < text->kept_count; i++) {
        total += pow(text->kept[i]->count, 0.75);
        for (size_t d = 0; d < DIMENSIONS; d++)
            vectors.in[i][d] = (random_unit(text) - 0.5f) / DIMENSIONS;
    }
    for (uint32_t i = 0, at = 0; i < text->kept_count; i++) {
        sum += pow(text->kept[i]->count, 0.75);
        while (at < SAMPLE_TABLE && (double)at < sum / total * SAMPLE_TABLE)
            vectors.samples[at++] = i;
    }
    return vectors;
}

/* The context's vectors know on which side and how far away it stands (Ling et al. 2015). */
static void learn_pair(struct text *text, struct vectors *vectors, uint32_t centre, uint32_t context, size_t place,
                       float rate)
{
    float *in = vectors->in[centre], move[DIMENSIONS] = {0};
    for (int n = 0; n <= NEGATIVE; n++) {
        uint32_t target = n ? vectors->samples[next_random(text) & (SAMPLE_TABLE - 1)] : context;
        if (n && target == context)
            continue;
        float *out = vectors->out[target * 2 * WINDOW + place], dot = 0;
        for (size_t d = 0; d < DIMENSIONS; d++)
            dot += in[d] * out[d];
        float step = rate * ((n == 0) - 1.0f / (1.0f + expf(-dot)));
        for (size_t d = 0; d < DIMENSIONS; d++) {
            move[d] += step * out[d];
            out[d] += step * in[d];
        }
    }
    for (size_t d = 0; d < DIMENSIONS; d++)
        in[d] += move[d];
}

static void learn_sentence(struct text *text, struct vectors *vectors, const uint32_t *ids, size_t count, float rate)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i > WINDOW ? i - WINDOW : 0; j < count && j <= i + WINDOW; j++)
            if (j != i)
                learn_pair(text, vectors, ids[i], ids[j], j < i ? i - j - 1 : WINDOW + j - i - 1, rate);
    }
}

static void learn_vectors(struct text *text, struct vectors *vectors)
{
    uint32_t ids[CORPUS_LONGEST];
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        size_t count = 0;
        for (size_t i = 0; i < text->count; i++) {
            const struct word *word = text->stream[i];
            if (word && word->id && count < CORPUS_LONGEST)
                ids[count++] = word->id - 1;
            if (word)
                continue;
            float done = ((float)epoch + (float)i / (float)text->count) / EPOCHS;
            learn_sentence(text, vectors, ids, count, RATE * (1.0f - 0.95f * done));
            count = 0;
        }
        fprintf(stderr, "epoch %d\n", epoch + 1);
    }
}

/* ------------------------------------------------------------------ k-means */

static void make_unit(float *vector)
{
    float sum = 1e-12f;
    for (size_t d = 0; d < DIMENSIONS; d++)
        sum += vector[d] * vector[d];
    for (size_t d = 0; d < DIMENSIONS; d++)
        vector[d] /= sqrtf(sum);
}

static uint8_t nearest(float (*centres)[DIMENSIONS], const float *vector)
{
    size_t best = 0;
    float best_dot = -2;
    for (size_t c = 0; c < CLUSTERS; c++) {
        float dot = 0;
        for (size_t d = 0; d < DIMENSIONS; d++)
            dot += centres[c][d] * vector[d];
        if (dot > best_dot) {
            best_dot = dot;
            best = c;
        }
    }
    return (uint8_t)best;
}

static void find_clusters(struct text *text, struct vectors *vectors, uint8_t *clusters)
{
    static float centres[CLUSTERS][DIMENSIONS], sums[CLUSTERS][DIMENSIONS];
    for (uint32_t i = 0; i < text->kept_count; i++)
        make_unit(vectors->in[i]);
    for (size_t c = 0; c < CLUSTERS; c++)
        memcpy(centres[c], vectors->in[next_random(text) % text->kept_count], sizeof centres[c]);
    for (int round = 0; round < ROUNDS; round++) {
        memset(sums, 0, sizeof sums);
        for (uint32_t i = 0; i < text->kept_count; i++) {
            clusters[i] = nearest(centres, vectors->in[i]);
            for (size_t d = 0; d < DIMENSIONS; d++)
                sums[clusters[i]][d] += vectors->in[i][d];
        }
        for (size_t c = 0; c < CLUSTERS; c++) {
            memcpy(centres[c], sums[c], sizeof centres[c]);
            make_unit(centres[c]);
        }
    }
}

static void write_clusters(const struct text *text, const uint8_t *clusters, const char *path)
{
    uint32_t slots = 1024;
    while (slots < text->kept_count * 2)
        slots *= 2;
    uint32_t *hashes = arena_calloc(text->arena, slots, sizeof *hashes);
    uint8_t(*table)[2] = arena_calloc(text->arena, slots, 2);
    for (uint32_t i = 0; i < text->kept_count; i++) {
        uint32_t hash = tag_cluster_hash(text->kept[i]->lower), at = hash & (slots - 1);
        while (hashes[at] && hashes[at] != hash)
            at = (at + 1) & (slots - 1);
        hashes[at] = hash;
        table[at][0] = (uint8_t)(clusters[i] + 1);
    }
    FILE *out = fopen(path, "wb");
    if (!out) {
        perror(path);
        exit(1);
    }
    fwrite(&slots, 4, 1, out);
    fwrite(hashes, 4, slots, out);
    fwrite(table, 2, slots, out);
    fclose(out);
}

int main(int argc, char **argv)
{
    struct text text = {.arena = arena_create(), .random = 0x9E3779B97F4A7C15ull};
    if (argc < 3) {
        fprintf(stderr, "usage: cluster-words OUT FILE...\n");
        return 2;
    }
    text.words = map_make(text.arena, 1 << 16);
    for (int i = 2; i < argc; i++)
        read_text(&text, corpus_read_file(text.arena, argv[i]),
                  !slice_ends(slice_from_cstr(argv[i]), SLICE(".tokens")));
    keep_frequent(&text);
    fprintf(stderr, "%zu words, %u of %zu kept\n", text.count, text.kept_count, text.words.count);
    struct vectors vectors = make_vectors(&text);
    learn_vectors(&text, &vectors);
    uint8_t *clusters = arena_calloc(text.arena, text.kept_count, 1);
    find_clusters(&text, &vectors, clusters);
    write_clusters(&text, clusters, argv[1]);
    arena_destroy(text.arena);
    return 0;
}
