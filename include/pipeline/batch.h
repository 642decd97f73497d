/* batch: many jobs, one a line (NDJSON), through several threads, in constant memory. A line that cannot
 * be read gives one line with a problem, never the end. */
#ifndef NEWSMETA_PIPELINE_BATCH_H
#define NEWSMETA_PIPELINE_BATCH_H

#include <stdio.h>

#include "article/job.h"
#include "base/buffer.h"

#define BATCH_MAX_LINE ((size_t)96 << 20) /* a line holds a whole page, escaped */

struct batch_options {
    const struct knowledge *knowledge;
    struct fetcher *fetcher;
    int jobs;         /* threads, at least 1 */
    int timeout_ms;   /* of one job; 0: none */
    bool allow_file;  /* lines may name local files */
    bool unordered;   /* answers as they come, not in the order of the jobs */
};

/* Runs until the end of `in`. Returns false when `out` cannot be written. */
bool batch_run(const struct batch_options *options, FILE *in, FILE *out);

/* One line: the job is read, run and answered into `out` (without a line end). `arena` is used for the job
 * and may be reset after. Also what the service does with a line of a batch. */
void batch_answer_line(const struct batch_options *options, struct arena *arena, struct slice line,
                       struct buffer *out);

#endif
