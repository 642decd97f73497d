/* names-model: float weights of features -> the file that include/model/tagger.h describes. Part of the
 * program that includes it. */
#ifndef NEWSMETA_TRAIN_NAMES_MODEL_H
#define NEWSMETA_TRAIN_NAMES_MODEL_H

#include <math.h>
#include <string.h>

#include "corpus.h"

/* What was learnt: weights[i] of the feature with hash keys[i], transitions, and the clusters used. */
struct names_weights {
    const uint64_t *keys;
    float (*weights)[TAG_WEIGHTS];
    size_t count;
    float (*transitions)[TAG_COUNT];
    struct word_clusters clusters;
};

struct names_table {
    uint32_t slots, kept;
    float scale;
    uint16_t *checks;
    int8_t (*weights)[TAG_WEIGHTS];
};

struct ranked {
    uint64_t key;
    size_t index;
    float size; /* its largest weight */
};

static int by_size(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* The largest weights come first: the smallest are left out where the table is full. */
static struct ranked *rank_features(const struct names_weights *learnt)
{
    struct ranked *ranked = corpus_must(calloc(learnt->count, sizeof *ranked));
    for (size_t i = 0; i < learnt->count; i++) {
        ranked[i] = (struct ranked){learnt->keys[i], i, 0};
        for (size_t t = 0; t < TAG_WEIGHTS; t++)
            ranked[i].size = fmaxf(ranked[i].size, fabsf(learnt->weights[i][t]));
    }
    qsort(ranked, learnt->count, sizeof *ranked, by_size);
    return ranked;
}

static int8_t quantise(float weight, float scale)
{
    float scaled = roundf(weight / scale);
    return (int8_t)(scaled > 127 ? 127 : scaled < -127 ? -127 : scaled);
}

static struct names_table make_table(const struct names_weights *learnt, uint32_t slots)
{
    struct ranked *ranked = rank_features(learnt);
    struct names_table table = {.slots = slots, .scale = ranked[learnt->count / 5000].size / 127}; /* few are clipped */
    uint32_t room = slots / 10 * 8; /* fuller tables make long searches */
    table.checks = corpus_must(calloc(slots, sizeof *table.checks));
    table.weights = corpus_must(calloc(slots, sizeof *table.weights));
    for (size_t r = 0; r < learnt->count && table.kept < room && ranked[r].size > table.scale; r++) {
        uint32_t slot = tagger_slot(ranked[r].key, slots), probe = 0;
        for (; probe < TAGGER_PROBES && table.checks[slot]; probe++)
            slot = (slot + 1) & (slots - 1);
        if (probe == TAGGER_PROBES)
            continue;
        table.checks[slot] = tagger_check(ranked[r].key);
        for (size_t t = 0; t < TAG_WEIGHTS; t++)
            table.weights[slot][t] = quantise(learnt->weights[ranked[r].index][t], table.scale);
        table.kept++;
    }
    free(ranked);
    return table;
}

static void write_padded(FILE *out, const void *bytes, size_t size, size_t *written)
{
    static const char zeros[64];
    fwrite(bytes, 1, size, out);
    *written += size;
    size_t pad = (64 - *written % 64) % 64;
    fwrite(zeros, 1, pad, out);
    *written += pad;
}

static void names_model_write(const struct names_weights *learnt, uint32_t slots, const char *path)
{
    struct names_table table = make_table(learnt, slots);
    struct tagger_header header = {
        .magic = TAGGER_MAGIC, .slots = slots, .cluster_slots = learnt->clusters.slots, .scale = table.scale};
    for (unsigned from = 0; from <= TAG_COUNT; from++)
        for (unsigned to = 0; to < TAG_COUNT; to++)
            header.transitions[from][to] = tagger_may_follow(from, to)
                                               ? (int32_t)roundf(learnt->transitions[from][to] / table.scale)
                                               : TAGGER_FORBIDDEN;
    FILE *out = corpus_must(fopen(path, "wb"));
    size_t written = 0;
    write_padded(out, &header, sizeof header, &written);
    write_padded(out, learnt->clusters.hashes, 4 * (size_t)learnt->clusters.slots, &written);
    write_padded(out, learnt->clusters.clusters, 2 * (size_t)learnt->clusters.slots, &written);
    write_padded(out, table.checks, 2 * (size_t)slots, &written);
    write_padded(out, table.weights, TAG_WEIGHTS * (size_t)slots, &written);
    fclose(out);
    fprintf(stderr, "%u of %zu features, %zu bytes, scale %g\n", table.kept, learnt->count, written,
            (double)table.scale);
    free(table.checks);
    free(table.weights);
}

#endif
