/* body: which blocks of a page are the article's prose, and what the others are. Runs for pages only;
 * text/lines does the same for raw text.
 *
 * Every block is scored by a boosted forest (model/forest.h, data/models/body.tsv) over features of its own
 * text, its containers' labels and sums, its neighbours, its place and what the page claims of its article
 * (shallow text features: Kohlschuetter et al. 2010; containers: Readability). What is left out gets the role
 * that names the reason. */
#ifndef NEWSMETA_TEXT_BODY_H
#define NEWSMETA_TEXT_BODY_H

#include "article/job.h"
#include "model/lexicon.h"

const struct body_model *body_model_create(struct arena *arena, const struct lexicon *lexicon);
/* The same with another forest than the one built in, for training; null keeps it. */
const struct body_model *body_model_create_from(struct arena *arena, const struct lexicon *lexicon,
                                                const struct lexicon_table *forest);

/* Gives every block a role and a score. ERR_NO_TEXT when the page has no visible text at all. */
enum err body_run(struct job *job);

/* The rows that the forest is trained on: for block i of a page, values[i * *width ...]. For the training
 * tools. */
float *body_rows(const struct job *job, size_t *width);

#endif
