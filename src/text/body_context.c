#include "body_features.h"

#include <assert.h>
#include <math.h>

#include "model/forest.h"

/* Sums of first scores that are asked for again and again. */
struct sums {
    float *likely;  /* [block_count + 1] running sum of probabilities, weighted by length */
    float *section; /* [section_count] likely bytes in the container itself */
    float *bytes;   /* [section_count] bytes in the container itself */
    float total;
};

static struct sums make_sums(const struct job *job, const float *scores)
{
    const struct article *article = &job->article;
    struct sums sums = {
        .likely = arena_calloc(job->arena, article->block_count + 1, sizeof(float)),
        .section = arena_calloc(job->arena, article->section_count, sizeof(float)),
        .bytes = arena_calloc(job->arena, article->section_count, sizeof(float)),
    };
    for (uint32_t i = 0; i < article->block_count; i++) {
        const struct block *block = &article->blocks[i];
        float length = (float)(block->span.end - block->span.start);
        float likely = forest_probability(scores[i]) * length;
        sums.likely[i + 1] = sums.likely[i] + likely;
        sums.section[block->section] += likely;
        sums.bytes[block->section] += length;
        sums.total += likely;
    }
    return sums;
}

static float neighbour(const float *scores, const struct article *article, uint32_t index, int step)
{
    int64_t at = (int64_t)index + step;
    return at >= 0 && at < article->block_count ? scores[at] : -8;
}

/* The score of the next block before or after that is in the same container; -8 when there is none
 * within reach. */
#define REACH 8

static float sibling(const float *scores, const struct article *article, uint32_t index, int step)
{
    for (int i = 1; i <= REACH; i++) {
        int64_t at = (int64_t)index + i * step;
        if (at < 0 || at >= article->block_count)
            break;
        if (article->blocks[at].section == article->blocks[index].section)
            return scores[at];
    }
    return -8;
}

/* Offsets into the first row of what the second forest wants to see again. */
enum {
    OWN_LENGTH = 0,
    OWN_LINKS = 2,
    OWN_ENDING = 8,
    OWN_TAG = 12,
    OWN_LEVEL = 13,
    OWN_LIST = 22,
    OWN_HEADLINE_DISTANCE = 72,
};

float *body_context_make(const struct job *job, const struct body_features *features, const float *scores)
{
    static const int steps[] = {-4, -3, -2, -1, 1, 2, 3, 4};
    static const int again[] = {OWN_LENGTH, OWN_LINKS, OWN_ENDING, OWN_TAG, OWN_LEVEL, OWN_LIST, OWN_HEADLINE_DISTANCE};
    const struct article *article = &job->article;
    struct sums sums = make_sums(job, scores);
    float *rows = arena_alloc(job->arena, (size_t)article->block_count * BODY_CONTEXT_FEATURES * sizeof *rows);
    for (uint32_t i = 0; i < article->block_count; i++) {
        float *row = rows + (size_t)i * BODY_CONTEXT_FEATURES;
        uint32_t section = article->blocks[i].section;
        size_t n = 0;
        row[n++] = scores[i];
        for (size_t k = 0; k < sizeof steps / sizeof steps[0]; k++)
            row[n++] = neighbour(scores, article, i, steps[k]);
        row[n++] = sibling(scores, article, i, -1);
        row[n++] = sibling(scores, article, i, 1);
        row[n++] = sums.section[section] / (sums.bytes[section] + 1);
        row[n++] = sums.section[section] / (sums.total + 1);
        row[n++] = sums.likely[i] / (sums.total + 1);
        row[n++] = 1 - sums.likely[i + 1] / (sums.total + 1);
        row[n++] = log1pf(sums.total);
        row[n++] = sums.section[article->sections[section].parent] / (sums.total + 1);
        for (size_t k = 0; k < sizeof again / sizeof again[0]; k++)
            row[n++] = features->values[(size_t)i * BODY_FEATURES + (size_t)again[k]];
        assert(n == BODY_CONTEXT_FEATURES);
    }
    return rows;
}
