/* batch_internal: the tasks of a batch, between the one that reads them and those that do them. */
#ifndef NEWSMETA_PIPELINE_BATCH_INTERNAL_H
#define NEWSMETA_PIPELINE_BATCH_INTERNAL_H

#include "pipeline/batch.h"
#include "pipeline/warc.h"

#define BATCH_MAX_ANSWER ((size_t)256 << 20)
#define BATCH_ARENA_KEEP ((size_t)2 << 20) /* what most pages need; what a large one took goes back */

enum task_kind {
    TASK_LINE,    /* bytes: a job as JSON */
    TASK_RECORD,  /* bytes: a record as warc_next gives it */
    TASK_PROBLEM  /* bytes: JSON of an id, or nothing; err and why say what is wrong */
};

struct task {
    enum task_kind kind;
    struct buffer bytes;
    enum err err;
    char why[160];
};

struct task task_make(void);
void task_free(struct task *task);
/* Answers a task into `out` (without a line end); false: it asks for no answer. *err is what the answer says. */
bool task_answer(const struct batch_options *options, struct arena *arena, const struct task *task, struct buffer *out,
                 enum err *err);
/* Whether task_answer would answer, without the work. */
bool task_asks(const struct batch_options *options, struct arena *arena, const struct task *task);
/* The id that the answer to a task bears, as JSON, in the arena; null: none. */
struct slice task_id(const struct batch_options *options, struct arena *arena, const struct task *task);

enum source_format { SOURCE_UNKNOWN, SOURCE_LINES, SOURCE_ARCHIVE };

struct batch_source {
    const struct batch_input *input;
    struct byte_stream *list;   /* of paths; NULL: none */
    struct buffer path;         /* of the file that is read; empty: the input's descriptor */
    size_t next_path;
    bool fd_used;
    int fd;                     /* of the file, -1: none */
    struct byte_stream *stream; /* of the file or the descriptor; NULL: none is open */
    enum source_format format;
    struct warc_reader archive;
    uint64_t passed_over;
    uint64_t bytes_closed;      /* bytes of the streams that have been closed */
    bool stopped;
};

void batch_source_open(struct batch_source *source, const struct batch_input *input);
void batch_source_close(struct batch_source *source);
/* The next task; false at the end or when it is stopped. */
bool batch_source_next(struct batch_source *source, struct task *task);
/* Bytes read so far, as they lie in files. */
uint64_t batch_source_bytes(const struct batch_source *source);
/* Passes over the tasks whose answers are done. False: the input has fewer, or the last of them has another id; a
 * stop is neither. */
bool batch_source_skip(struct batch_source *source, const struct batch_options *options);

#endif
