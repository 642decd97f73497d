/* lines: raw text -> blocks: lines, hard-wrapped ones joined to paragraphs; and a first role for each:
 * what is headline, byline, dateline, body, teaser, caption, share, newsletter, consent notice, comment,
 * footer. Runs for raw text only. */
#ifndef NEWSMETA_TEXT_LINES_H
#define NEWSMETA_TEXT_LINES_H

#include "article/job.h"
#include "model/lexicon.h"

const struct line_lexicon *line_lexicon_create(struct arena *arena, const struct lexicon *lexicon);

enum err lines_run(struct job *job);

/* What is known of block i of a text that lines_run has read: values[i * *width ...], first the features
 * of src/text/lines_internal.h, then the weight of the heaviest cue for each role. For measuring. */
float *lines_rows(const struct job *job, size_t *width);
const char *lines_row_name(size_t column);

/* The states of the sequence model, for training: a role in a zone of the text, and whether a line of one may
 * follow a line of another. */
size_t lines_state_count(void);
const char *lines_state_zone(size_t state);
const char *lines_state_role(size_t state);
bool lines_state_may_follow(size_t before, size_t after);

#endif
