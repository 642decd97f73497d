/* body_features: what the body scorer sees of each block of a page. The order of the features is part of
 * data/models/body.tsv: a change here means training anew (scripts/train-body). */
#ifndef NEWSMETA_TEXT_BODY_FEATURES_H
#define NEWSMETA_TEXT_BODY_FEATURES_H

#include "article/job.h"
#include "section_words.h"

#define BODY_FEATURES 125

struct body_features {
    float *values;     /* [block_count * BODY_FEATURES] */
    uint32_t *classes; /* [section_count] section_class bits */
    uint32_t headline; /* the block that seems to be the headline, NO_BLOCK if none */
    uint32_t *first_alike; /* [block_count] the first block with the same text */
    int8_t *verdicts;  /* [block_count] whatever the forest says: -1 is no prose, 1 is; 0 is open */
    enum block_role *roles; /* [section_count], room for body_reasons */
};

struct body_features body_features_make(const struct job *job, const struct section_words *words);

#endif
