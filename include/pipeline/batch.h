/* batch: many jobs through several threads, in constant memory: lines of JSON (NDJSON) or records of a web
 * archive (WARC), told by their first bytes, gzipped or not. What cannot be read gives one line with a
 * problem, never the end. */
#ifndef NEWSMETA_PIPELINE_BATCH_H
#define NEWSMETA_PIPELINE_BATCH_H

#include <stdio.h>

#include "article/job.h"
#include "base/buffer.h"

#define BATCH_MAX_LINE ((size_t)96 << 20) /* a line holds a whole page, escaped */

struct batch_default {
    struct slice name, value; /* as request_set_option takes them; checked by the caller */
};

/* How far a batch has come. */
struct batch_progress {
    uint64_t answers, answers_before;  /* lines of the output; of these, those of earlier runs */
    uint64_t bytes, bytes_before;      /* of the input, as they lie in files */
    uint64_t problems;                 /* answers of this run that say what went wrong */
};

/* What an earlier run over the same input has written. */
struct batch_done {
    uint64_t answers;  /* complete lines */
    struct slice last; /* how the last of them begins; its id is compared */
};

struct batch_options {
    const struct knowledge *knowledge;
    struct fetcher *fetcher;
    const struct batch_default *defaults; /* options of every job that does not say otherwise */
    size_t default_count;
    int jobs;         /* threads, at least 1 */
    int timeout_ms;   /* of one job; 0: none */
    bool allow_file;  /* lines may name local files */
    bool unordered;   /* answers as they come, not in the order of the jobs */
    struct batch_done done; /* the first answers, which are not given again; not together with `unordered` */
    /* Called after each answer that is written, by one thread at a time; NULL: nobody asks. */
    void (*report)(void *context, const struct batch_progress *progress);
    void *report_context;
};

/* Where the jobs come from: the files of `paths`, one after the other, or else `fd`. */
struct batch_input {
    int fd;
    bool fd_lists_paths;       /* fd holds paths of such files, one a line */
    int stop_fd;               /* when it becomes readable no more jobs are begun; -1: none */
    const char *const *paths;
    size_t path_count;
};

struct batch_result {
    bool written;              /* all answers could be written */
    int error;                 /* errno, where they could not */
    bool stopped;              /* by stop_fd */
    bool other_input;          /* `done` is not what this input gives: nothing was written */
    struct batch_progress progress;
    uint64_t passed_over;      /* records of archives that are not pages */
};

/* Runs until the end of the input, a stop, or the failure of `out`. */
struct batch_result batch_run(const struct batch_options *options, const struct batch_input *input, FILE *out);

#endif
