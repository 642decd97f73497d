/* ranker: a linear score for choosing one of several candidates, or none of them.
 *
 * The model is a conditional logit (McFadden 1974): P(i) = exp(w.x_i) / (1 + sum_j exp(w.x_j)), the 1
 * standing for "none". The weights are a table of data/models: feature name, weight in thousandths; they are
 * fitted by scripts/train-rankers. A feature that the table does not name weighs nothing. */
#ifndef NEWSMETA_MODEL_RANKER_H
#define NEWSMETA_MODEL_RANKER_H

#include "model/lexicon.h"

struct ranker;

/* `table` names the file without ".tsv"; `features` has `count` names in the order of the vectors. */
const struct ranker *ranker_create(struct arena *arena, const struct lexicon *lexicon, const char *table,
                                   const char *const *features, size_t count);
/* w.x; `features` holds as many values as the ranker was made with. */
float ranker_score(const struct ranker *ranker, const float *features);
/* Index of the highest score, the first of equals; `count` > 0. *probability: its share as above; `none` adds the
 * chance that no candidate is right. */
size_t ranker_choose(const float *scores, size_t count, bool none, float *probability);

#endif
