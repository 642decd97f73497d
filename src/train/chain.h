/* chain: sums over all tag sequences of a sentence (forward and backward), as training needs them. Part of
 * the program that includes it.
 *
 * Rows are scaled to sum to one; `emit` and `steps` hold factors, not logarithms. */
#ifndef NEWSMETA_TRAIN_CHAIN_H
#define NEWSMETA_TRAIN_CHAIN_H

#include "corpus.h"

#define CHAIN_WIDTH 20 /* tags, padded for vector units */

/* What one step from a tag (or from TAG_START) to another is worth; 0: not allowed. */
typedef float chain_steps[TAG_COUNT + 1][CHAIN_WIDTH];
typedef float chain_pairs[TAG_COUNT + 1][TAG_COUNT];

struct chain {
    float (*steps)[CHAIN_WIDTH];
    uint32_t count;
    float emit[CORPUS_LONGEST][CHAIN_WIDTH]; /* of each word and tag; set by the caller */
    float forward[CORPUS_LONGEST][CHAIN_WIDTH], backward[CORPUS_LONGEST][CHAIN_WIDTH];
};

static void chain_normalise(float *row)
{
    float sum = 1e-37f;
    for (size_t t = 0; t < TAG_COUNT; t++)
        sum += row[t];
    for (size_t t = 0; t < TAG_COUNT; t++)
        row[t] /= sum;
}

static void chain_forward(struct chain *chain)
{
    for (uint32_t i = 0; i < chain->count; i++) {
        float *row = chain->forward[i];
        memset(row, 0, CHAIN_WIDTH * sizeof *row);
        if (i == 0)
            memcpy(row, chain->steps[TAG_START], CHAIN_WIDTH * sizeof *row);
        for (size_t from = 0; i && from < TAG_COUNT; from++) {
            float before = chain->forward[i - 1][from];
            for (size_t to = 0; before > 0 && to < CHAIN_WIDTH; to++)
                row[to] += before * chain->steps[from][to];
        }
        for (unsigned t = 0; t < TAG_COUNT; t++)
            row[t] *= chain->emit[i][t];
        chain_normalise(row);
    }
}

static void chain_backward(struct chain *chain)
{
    for (uint32_t i = chain->count; i-- > 0;) {
        float *row = chain->backward[i], next[CHAIN_WIDTH];
        bool last = i + 1 == chain->count;
        for (unsigned t = 0; t < TAG_COUNT; t++)
            row[t] = last ? (float)tagger_may_end(t) : 0;
        if (last)
            continue;
        for (size_t t = 0; t < TAG_COUNT; t++)
            next[t] = chain->backward[i + 1][t] * chain->emit[i + 1][t];
        for (size_t from = 0; from < TAG_COUNT; from++)
            for (size_t to = 0; to < TAG_COUNT; to++)
                row[from] += chain->steps[from][to] * next[to];
        chain_normalise(row);
    }
}

/* Sets both tables from emit and steps. */
static void chain_run(struct chain *chain)
{
    chain_forward(chain);
    chain_backward(chain);
}

/* The probability of each tag of word i. */
static void chain_marginal(const struct chain *chain, uint32_t i, float marginal[static TAG_COUNT])
{
    for (size_t t = 0; t < TAG_COUNT; t++)
        marginal[t] = chain->forward[i][t] * chain->backward[i][t];
    chain_normalise(marginal);
}

/* Adds sign * (the probability of each pair of tags at the words before i and at i). */
static void chain_add_pairs(const struct chain *chain, uint32_t i, float sign, float (*pairs)[TAG_COUNT])
{
    float joint[TAG_COUNT][TAG_COUNT], next[TAG_COUNT], sum = 1e-37f;
    for (size_t t = 0; t < TAG_COUNT; t++)
        next[t] = chain->emit[i][t] * chain->backward[i][t];
    for (size_t from = 0; from < TAG_COUNT; from++)
        for (size_t to = 0; to < TAG_COUNT; to++)
            sum += joint[from][to] = chain->forward[i - 1][from] * chain->steps[from][to] * next[to];
    for (size_t from = 0; from < TAG_COUNT; from++)
        for (size_t to = 0; to < TAG_COUNT; to++)
            pairs[from][to] += sign * joint[from][to] / sum;
}

/* Adds sign * (the probability of each tag, and of each pair of tags); after chain_run. */
static void chain_add(const struct chain *chain, float sign, float (*tags)[CHAIN_WIDTH], float (*pairs)[TAG_COUNT])
{
    for (uint32_t i = 0; i < chain->count; i++) {
        float marginal[TAG_COUNT];
        chain_marginal(chain, i, marginal);
        for (size_t t = 0; t < TAG_COUNT; t++)
            tags[i][t] += sign * marginal[t];
        for (size_t t = 0; i == 0 && t < TAG_COUNT; t++)
            pairs[TAG_START][t] += sign * marginal[t];
        if (i)
            chain_add_pairs(chain, i, sign, pairs);
    }
}

#endif
