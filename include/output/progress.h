/* progress: how far a batch has come, as one line for a person at a terminal. */
#ifndef NEWSMETA_OUTPUT_PROGRESS_H
#define NEWSMETA_OUTPUT_PROGRESS_H

#include "base/buffer.h"

struct progress {
    uint64_t answers, answers_before; /* so far; of these, given by earlier runs */
    uint64_t bytes, bytes_before;     /* of the input */
    uint64_t bytes_total;             /* 0: not known, so no bar and no time left */
    uint64_t problems;
    int64_t elapsed_ns;
};

/* "███████████         55%  6,600 of about 12,000  1,234/s  0:04 left  3 problems", without a line end; parts that do
 * not fit into `columns` are left out from the right. The number of answers to come is told from the bytes to come. */
bool progress_write(const struct progress *progress, unsigned columns, struct buffer *out);
/* "12,000 answers in 0:10, 1,200/s, 3 problems", without a line end: when all is done. */
bool progress_write_end(const struct progress *progress, struct buffer *out);

#endif
