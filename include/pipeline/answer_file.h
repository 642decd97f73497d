/* answer_file: the file of a batch's answers, which a later run goes on with after the one before was ended at
 * any moment. What is done are its complete lines; a last line without an end is cut off. */
#ifndef NEWSMETA_PIPELINE_ANSWER_FILE_H
#define NEWSMETA_PIPELINE_ANSWER_FILE_H

#include <stdio.h>
#include <sys/types.h>

#include "base/buffer.h"

struct answer_file {
    int fd;
    uint64_t answers;    /* complete lines */
    off_t end;           /* behind the last of them */
    struct buffer last;  /* how the last of them begins */
};

/* Opens `path`, made where it is not there, and counts what is done; changes nothing. No other run may have it open:
 * it is locked. False, with the reason (static, or of strerror) in *why: it cannot be opened, is in use, is no file,
 * or holds something else than answers. */
bool answer_file_open(const char *path, struct answer_file *file, const char **why);
/* True when the open descriptor `fd` or the file at `path` (may be NULL) is this one. */
bool answer_file_is(const struct answer_file *file, int fd, const char *path);
/* Cuts off a torn line; the stream writes behind the last complete one and closes `fd` when it is closed. NULL, with
 * errno, where that fails. */
FILE *answer_file_continue(struct answer_file *file);
void answer_file_free(struct answer_file *file);

#endif
