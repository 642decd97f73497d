/* dates: every date of the article (article.dates), and which of them is the article's own (article.date,
 * article.modified). Values are EDTF (ISO 8601-2). No part of a date is ever made up. */
#ifndef NEWSMETA_FIND_DATES_H
#define NEWSMETA_FIND_DATES_H

#include "article/job.h"
#include "model/lexicon.h"

const struct date_lexicon *date_lexicon_create(struct arena *arena, const struct lexicon *lexicon);

enum err dates_run(struct job *job);

#endif
