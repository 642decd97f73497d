/* metonyms: capitals that stand for their country's government ("Moscow denied it"), told by what the words on
 * both sides do with the name. The verbs are data/lexicon/government_verbs.tsv. */
#ifndef NEWSMETA_FIND_ACTORS_METONYMS_H
#define NEWSMETA_FIND_ACTORS_METONYMS_H

#include "article/job.h"

enum capital_use {
    CAPITAL_UNSAID, /* either */
    CAPITAL_PLACE,  /* things happen there */
    CAPITAL_ACTS
};

enum capital_use metonym_use(const struct job *job, const struct mention *mention);

#endif
