/* confidence: how likely each actor is one, of this name: what the tagger says of its mentions, made a probability
 * by a logistic model; the weights are data/models/confidence.tsv, fitted by scripts/train-salience. */
#ifndef NEWSMETA_FIND_ACTORS_CONFIDENCE_H
#define NEWSMETA_FIND_ACTORS_CONFIDENCE_H

#include "article/job.h"
#include "model/lexicon.h"
#include "model/ranker.h"

#define CONFIDENCE_FEATURES 7

extern const char *const confidence_feature_names[CONFIDENCE_FEATURES];

const struct ranker *confidence_model_create(struct arena *arena, const struct lexicon *lexicon);

/* The features of every actor, in the order of article.actors; for the trainer too. */
float (*confidence_features(struct job *job))[CONFIDENCE_FEATURES];

/* Reads countries and roles. */
enum err confidence_run(struct job *job);

#endif
