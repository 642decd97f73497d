/* hashed_linear: a linear model over hashed words and word pairs (the hashing trick, Weinberger et al. 2009):
 * one weight an output and bucket.
 *
 * File: "NMHL" 1 byte log2 of the buckets, 1 byte outputs, 2 bytes 0; then per output a float bias and a
 * float scale (little endian); then buckets x outputs signed bytes. A weight is byte * scale. The value of
 * a feature is 1 / sqrt(n) of n features, and for long texts 5 / n: their words repeat one theme, and sums
 * would grow with the text. */
#ifndef NEWSMETA_MODEL_HASHED_LINEAR_H
#define NEWSMETA_MODEL_HASHED_LINEAR_H

#include "base/arena.h"
#include "model/text_words.h"

#define HASHED_LINEAR_OUTPUTS 17
#define HASHED_LINEAR_BITS 16
#define HASHED_LINEAR_FEATURES 3000u /* read of one text; more change nothing */

struct hashed_linear;

/* A view of the file's bytes, which must outlive it; asserts that they are well-formed. NULL for no bytes. */
const struct hashed_linear *hashed_linear_create(struct arena *arena, struct slice file);
/* Buckets of the text's words and pairs, one each appearance; *count of them. For the trainer, too. */
uint32_t *hashed_linear_features(struct arena *arena, const struct text_words *words, size_t *count);
/* The value of each of `count` features. */
float hashed_linear_value(size_t count);
void hashed_linear_read(const struct hashed_linear *model, const uint32_t *features, size_t count,
                        float outputs[HASHED_LINEAR_OUTPUTS]);

#endif
