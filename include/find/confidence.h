/* confidence: how likely each actor is one, of this name: what the tagger says of its mentions, made a probability
 * by a logistic model; the weights are data/models/confidence.tsv, fitted by scripts/train-salience. */
#ifndef NEWSMETA_FIND_CONFIDENCE_H
#define NEWSMETA_FIND_CONFIDENCE_H

#include "article/job.h"

#define CONFIDENCE_FEATURES 7

extern const char *const confidence_feature_names[CONFIDENCE_FEATURES];

/* The features of every actor, in the order of article.actors; for the trainer too. */
float (*confidence_features(struct job *job))[CONFIDENCE_FEATURES];

#endif
