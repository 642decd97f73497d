/* body: which blocks of a page are the article's prose, and what the others are. Runs for pages only;
 * text/lines does the same for raw text.
 *
 * Every block is scored by a boosted forest (model/forest.h, data/models/body.tsv) over features of its own
 * text, its containers' labels and sums, its neighbours, its place and what the page claims of its article
 * (shallow text features: Kohlschuetter et al. 2010; containers: Readability), and once more by a second one
 * (body_context.tsv) that sees how the first judged what stands around it. What is left out gets the role that
 * names the reason. */
#ifndef NEWSMETA_TEXT_BODY_H
#define NEWSMETA_TEXT_BODY_H

#include "article/job.h"
#include "model/lexicon.h"

const struct body_model *body_model_create(struct arena *arena, const struct lexicon *lexicon);
/* The same with other forests than those built in, for training; null keeps the one. */
const struct body_model *body_model_create_from(struct arena *arena, const struct lexicon *lexicon,
                                                const struct lexicon_table *first, const struct lexicon_table *second);

/* Gives every block a role and a score. ERR_NO_TEXT when the page has no visible text at all. */
enum err body_run(struct job *job);

/* The rows that the first forest is trained on, or with their context those of the second: *width values for block i
 * from values[i * *stride] on. For the training tools. */
float *body_rows(const struct job *job, bool context, size_t *width, size_t *stride);

#endif
