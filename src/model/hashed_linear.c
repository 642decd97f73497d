#include "model/hashed_linear.h"

#include <assert.h>
#include <math.h>

#define MAGIC "NMHL"
#define HEADER_BYTES 8
#define LEAST_BYTES 3
#define MEAN_FROM 5.0f
#define BUCKETS (1u << HASHED_LINEAR_BITS)

struct hashed_linear {
    float biases[HASHED_LINEAR_OUTPUTS], scales[HASHED_LINEAR_OUTPUTS];
    const int8_t *weights; /* [bucket][output] */
};

const struct hashed_linear *hashed_linear_create(struct arena *arena, struct slice file)
{
    const size_t numbers = 2 * HASHED_LINEAR_OUTPUTS * sizeof(float);
    if (slice_is_null(file))
        return NULL;
    assert(file.len == HEADER_BYTES + numbers + (size_t)BUCKETS * HASHED_LINEAR_OUTPUTS);
    assert(memcmp(file.ptr, MAGIC, 4) == 0 && file.ptr[4] == HASHED_LINEAR_BITS &&
           file.ptr[5] == HASHED_LINEAR_OUTPUTS);
    struct hashed_linear *model = arena_alloc(arena, sizeof *model);
    memcpy(model->biases, file.ptr + HEADER_BYTES, numbers / 2);
    memcpy(model->scales, file.ptr + HEADER_BYTES + numbers / 2, numbers / 2);
    model->weights = (const int8_t *)(file.ptr + HEADER_BYTES + numbers);
    return model;
}

static uint32_t bucket_of(uint64_t hash)
{
    hash ^= hash >> 32; /* FNV's low bits alone know little of the last byte */
    hash *= UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(hash >> (64 - HASHED_LINEAR_BITS));
}

uint32_t *hashed_linear_features(struct arena *arena, const struct text_words *words, size_t *count)
{
    size_t most = words->count < HASHED_LINEAR_FEATURES / 2 ? words->count : HASHED_LINEAR_FEATURES / 2;
    uint32_t *features = arena_alloc(arena, 2 * most * sizeof *features);
    uint64_t before = 0;
    *count = 0;
    for (size_t i = 0; i < most; i++) {
        struct slice lower = words->words[i].lower;
        if (lower.len < LEAST_BYTES || words->words[i].stop) {
            before = 0;
            continue;
        }
        uint64_t hash = slice_hash(lower);
        features[(*count)++] = bucket_of(hash);
        if (before && !words->words[i].breaks)
            features[(*count)++] = bucket_of(before * 31 + hash);
        before = hash;
    }
    return features;
}

float hashed_linear_value(size_t count)
{
    float root = sqrtf((float)count), mean = (float)count / MEAN_FROM;
    return count ? 1 / (root > mean ? root : mean) : 0;
}

void hashed_linear_read(const struct hashed_linear *model, const uint32_t *features, size_t count,
                        float outputs[HASHED_LINEAR_OUTPUTS])
{
    int32_t sums[HASHED_LINEAR_OUTPUTS] = {0};
    for (size_t i = 0; i < count; i++) {
        const int8_t *weights = model->weights + (size_t)features[i] * HASHED_LINEAR_OUTPUTS;
        for (int k = 0; k < HASHED_LINEAR_OUTPUTS; k++)
            sums[k] += weights[k];
    }
    float value = hashed_linear_value(count);
    for (int k = 0; k < HASHED_LINEAR_OUTPUTS; k++)
        outputs[k] = model->biases[k] + value * model->scales[k] * (float)sums[k];
}
