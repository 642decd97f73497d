/* topics: article.topics: IPTC Media Topics with calibrated scores. */
#ifndef NEWSMETA_FIND_TOPICS_H
#define NEWSMETA_FIND_TOPICS_H

#include "article/job.h"
#include "model/lexicon.h"

const struct topic_model *topic_model_create(struct arena *arena, const struct lexicon *lexicon);

enum err topics_run(struct job *job);

#endif
