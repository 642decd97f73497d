/* forest: boosted regression trees (Friedman 2001), the scorer behind choices that have more sides than a
 * weighted sum can hold: a list of small trees whose leaves add up to a log-odds.
 *
 * The model is a table of data/models/NAME.tsv, written by src/train/train-forest.c: one row a node,
 * `feature  threshold  left`. An inner node goes left (to row `left` of its tree) when
 * features[feature] < threshold, else to the row after that; a leaf is `-1  value` and adds its value. Each
 * tree begins with a row `tree  SIZE`. The row `features  COUNT` stands first. */
#ifndef NEWSMETA_MODEL_FOREST_H
#define NEWSMETA_MODEL_FOREST_H

#include "model/lexicon.h"

struct forest;

/* Reads the model; asserts that it is well-formed (it is part of the program). */
const struct forest *forest_create(struct arena *arena, const struct lexicon_table *table);
/* How many features the model was trained with. */
size_t forest_feature_count(const struct forest *forest);
/* The log-odds for features[forest_feature_count]; 0 is even. */
float forest_score(const struct forest *forest, const float *features);
/* The same for `count` rows that stand `stride` floats apart, but gives up on a row whose sum falls below
 * FOREST_HOPELESS on the way (looked at every 24 trees), and leaves it with that sum: most blocks of a page are plainly
 * not prose, and need not be scored to the last tree. */
void forest_score_rows(const struct forest *forest, const float *rows, size_t stride, size_t count, float *scores);
#define FOREST_HOPELESS (-1.75f) /* log-odds; of 6,000 labelled blocks none came back from there */
/* 1 / (1 + e^-x) */
float forest_probability(float log_odds);

#endif
