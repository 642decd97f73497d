/* phrases: article.keyphrases: the phrases that a librarian would choose, as written. */
#ifndef NEWSMETA_FIND_PHRASES_H
#define NEWSMETA_FIND_PHRASES_H

#include "article/job.h"
#include "model/lexicon.h"

const struct phrase_lexicon *phrase_lexicon_create(struct arena *arena, const struct lexicon *lexicon);

enum err phrases_run(struct job *job);

#endif
