/* salience: how much each actor matters to the story, 0 to 1, and the order of article.actors. A logistic
 * model over what shows it; the weights are data/models/salience.tsv, fitted by scripts/train-salience. */
#ifndef NEWSMETA_FIND_SALIENCE_SALIENCE_H
#define NEWSMETA_FIND_SALIENCE_SALIENCE_H

#include "article/job.h"
#include "model/lexicon.h"
#include "model/ranker.h"

#define SALIENCE_FEATURES 57

extern const char *const salience_feature_names[SALIENCE_FEATURES];

const struct ranker *salience_model_create(struct arena *arena, const struct lexicon *lexicon);

/* The features of every actor, in the order of article.actors; for the trainer too. */
float (*salience_features(struct job *job))[SALIENCE_FEATURES];

/* Puts the actors, and their numbers in the mentions, into the order of salience. The last of the stages that see
 * actors. */
enum err salience_run(struct job *job);

#endif
