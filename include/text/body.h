/* body: which blocks of a page are the article's prose, and what the others are. Runs for pages only;
 * text/lines does the same for raw text. */
#ifndef NEWSMETA_TEXT_BODY_H
#define NEWSMETA_TEXT_BODY_H

#include "article/job.h"
#include "model/lexicon.h"

const struct body_model *body_model_create(struct arena *arena, const struct lexicon *lexicon);

enum err body_run(struct job *job);

#endif
