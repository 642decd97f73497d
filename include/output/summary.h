/* summary: job -> lines for a person at a terminal: headline, date, actors with their roles, topics with bars.
 * No contract: programs read the JSON of output/answer. */
#ifndef NEWSMETA_OUTPUT_SUMMARY_H
#define NEWSMETA_OUTPUT_SUMMARY_H

#include "article/job.h"
#include "base/buffer.h"

/* A job that succeeded: the parts that it was asked for. One that failed: what went wrong, in words. Colours are
 * escape sequences of ECMA-48; control characters of the article itself are left out, so that no page can send
 * any to the terminal. False when the buffer is full. */
bool summary_write(const struct job *job, bool colours, struct buffer *out);

#endif
