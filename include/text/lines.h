/* lines: raw text -> blocks: lines, hard-wrapped ones joined to paragraphs; and a first role for each:
 * what is headline, byline, dateline, body, teaser, caption, share, newsletter, consent notice, comment,
 * footer. Runs for raw text only. */
#ifndef NEWSMETA_TEXT_LINES_H
#define NEWSMETA_TEXT_LINES_H

#include "article/job.h"
#include "model/lexicon.h"

const struct line_lexicon *line_lexicon_create(struct arena *arena, const struct lexicon *lexicon);

enum err lines_run(struct job *job);

#endif
