/* salience: how much each actor matters to the story, 0 to 1, and the order of article.actors. A logistic
 * model over what shows it; the weights are data/models/salience.tsv, fitted by scripts/train-salience. */
#ifndef NEWSMETA_FIND_SALIENCE_H
#define NEWSMETA_FIND_SALIENCE_H

#include "article/job.h"

#define SALIENCE_FEATURES 57

extern const char *const salience_feature_names[SALIENCE_FEATURES];

/* The features of every actor, in the order of article.actors; for the trainer too. */
float (*salience_features(struct job *job))[SALIENCE_FEATURES];

#endif
