/* names: article.mentions: where the prose names people, organizations and places. The only place where
 * names are found; headline, actors and topics use these mentions. */
#ifndef NEWSMETA_FIND_NAMES_H
#define NEWSMETA_FIND_NAMES_H

#include "article/job.h"
#include "model/lexicon.h"

const struct name_model *name_model_create(struct arena *arena, const struct lexicon *lexicon);

enum err names_run(struct job *job);

#endif
