/* body_context: what a first look at all blocks of a page says about each of them. A list item, a short line, a
 * quote is told by the company it keeps: how much of what stands beside it, in its container, in containers of
 * the same label is prose by the first forest's judgement. The second forest sees this beside the block's own features
 * (stacking: Wolpert 1992). */
#ifndef NEWSMETA_TEXT_BODY_CONTEXT_H
#define NEWSMETA_TEXT_BODY_CONTEXT_H

#include "body_features.h"

/* Writes the last BODY_CONTEXT values of every row; scores[i] is the first forest's log-odds of block i. Linear in
 * the page. */
void body_context_add(const struct job *job, struct body_features *features, const float *scores);

#endif
