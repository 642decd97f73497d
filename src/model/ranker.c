#include "model/ranker.h"

#include <math.h>

struct ranker {
    float *weights;
    size_t count;
};

/* Weights are whole thousandths, so that no locale can misread them. */
#define WEIGHT_UNIT 1000.0f
#define WEIGHT_MAX 1000000

static float parse_weight(struct slice text)
{
    bool negative = slice_starts(text, SLICE("-"));
    uint64_t thousandths = 0;
    slice_to_u64(slice_sub(text, negative ? 1 : 0, text.len), WEIGHT_MAX, &thousandths);
    float weight = (float)thousandths / WEIGHT_UNIT;
    return negative ? -weight : weight;
}

const struct ranker *ranker_create(struct arena *arena, const struct lexicon *lexicon, const char *table,
                                   const char *const *features, size_t count)
{
    const struct lexicon_table *rows = lexicon_table(lexicon, table);
    struct ranker *ranker = arena_alloc(arena, sizeof *ranker);
    ranker->weights = arena_calloc(arena, count, sizeof *ranker->weights);
    ranker->count = count;
    for (size_t i = 0; i < count; i++) {
        const struct lexicon_row *row = lexicon_find(rows, slice_from_cstr(features[i]));
        if (row)
            ranker->weights[i] = parse_weight(row->columns[1]);
    }
    return ranker;
}

float ranker_score(const struct ranker *ranker, const float *features)
{
    float score = 0;
    for (size_t i = 0; i < ranker->count; i++)
        score += ranker->weights[i] * features[i];
    return score;
}

size_t ranker_choose(const float *scores, size_t count, bool none, float *probability)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (scores[i] > scores[best])
            best = i;
    float sum = none ? expf(-scores[best]) : 0;
    for (size_t i = 0; i < count; i++)
        sum += expf(scores[i] - scores[best]);
    *probability = 1 / sum;
    return best;
}
