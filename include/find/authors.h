/* authors: article.authors, from structured claims and bylines, people as written. */
#ifndef NEWSMETA_FIND_AUTHORS_H
#define NEWSMETA_FIND_AUTHORS_H

#include "article/job.h"
#include "model/lexicon.h"

const struct author_lexicon *author_lexicon_create(struct arena *arena, const struct lexicon *lexicon);

enum err authors_run(struct job *job);

#endif
