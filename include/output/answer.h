/* answer: job -> JSON. The only place that spells response keys; the only place where byte offsets
 * become the caller's unit. */
#ifndef NEWSMETA_OUTPUT_ANSWER_H
#define NEWSMETA_OUTPUT_ANSWER_H

#include "article/job.h"
#include "base/buffer.h"

/* The answer of a job that succeeded, one line, no line end. False when the buffer is full. */
bool answer_write(const struct job *job, struct buffer *out);
/* The same for a batch: the job's id is the first key; a failed job gives {"id": ..., "problem": {...}}. */
bool answer_write_line(const struct job *job, struct buffer *out);

#endif
