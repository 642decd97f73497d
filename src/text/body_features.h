/* body_features: what the body scorer sees of each block of a page. The order of the features is part of
 * data/models/body.tsv: a change here means training anew (scripts/train-body). */
#ifndef NEWSMETA_TEXT_BODY_FEATURES_H
#define NEWSMETA_TEXT_BODY_FEATURES_H

#include "article/job.h"
#include "section_words.h"

#define BODY_FEATURES 134 /* what the first forest sees */
#define BODY_CONTEXT 31  /* what the second one sees besides (body_context.h) */
#define BODY_ROW (BODY_FEATURES + BODY_CONTEXT)

struct body_features {
    float *values;     /* [block_count * BODY_ROW], the last BODY_CONTEXT of each row not written yet */
    const uint64_t *labels; /* [section_count] the labels' hashes, numbers left aside */
    uint32_t *classes; /* [section_count] section_class bits */
    uint32_t headline; /* the block that seems to be the headline, NO_BLOCK if none */
    uint32_t *first_alike; /* [block_count] the first block with the same text */
    bool *sentences;       /* [block_count] a sentence or more in a paragraph that no phrase calls something else
                              (body_rules_is_sentence) */
    int8_t *verdicts;  /* [block_count] whatever the forest says: -1 is no prose, 1 is; 0 is open */
    enum block_role *
        roles; /* [section_count] what is certain of what a section holds, else ROLE_UNKNOWN; body_reasons adds to it */
};

struct body_features body_features_make(const struct job *job, const struct section_words *words);

#endif
