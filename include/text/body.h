/* body: which blocks of a page are the article's prose, and what the others are. Runs for pages only;
 * text/lines does the same for raw text.
 *
 * Every block is scored by a boosted forest (model/forest.h, data/models/body_blocks.tsv) over features of
 * its own text, its containers' labels, its neighbours and its place; a second, smaller forest
 * (body_context.tsv) scores it again with the first scores of the blocks around it, since prose comes in
 * runs (stacked classification as in Web2Text, Vogels et al. 2018). What is left out gets the role that
 * names the reason. */
#ifndef NEWSMETA_TEXT_BODY_H
#define NEWSMETA_TEXT_BODY_H

#include "article/job.h"
#include "model/lexicon.h"

const struct body_model *body_model_create(struct arena *arena, const struct lexicon *lexicon);

/* Gives every block a role and a score. ERR_NO_TEXT when the page has no visible text at all. */
enum err body_run(struct job *job);

/* The rows that the two forests are trained on: for block i of a page, values[i * *width ...]. Stage 0 is
 * the first forest's, stage 1 the second's (which needs the first). For the training tools. */
float *body_rows(const struct job *job, int stage, size_t *width);

#endif
