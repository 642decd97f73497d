/* page_stream: how trainers hand pages to the tools: on stdin, each as "id TAB url TAB bytes LF" and that many bytes. */
#ifndef NEWSMETA_TESTS_PAGE_STREAM_H
#define NEWSMETA_TESTS_PAGE_STREAM_H

#include <stdio.h>
#include <stdlib.h>

#include "article/job.h"

#define PAGE_STREAM_MAX (64u << 20)

/* The next page as the job's id, base_url and input, in the arena; false at the end, or where it is none. */
static inline bool page_stream_next(struct arena *arena, struct job *job)
{
    char *line = NULL;
    size_t room = 0;
    uint64_t bytes = 0;
    ssize_t length = getline(&line, &room, stdin);
    struct slice size, rest = arena_copy(arena, slice_trim(slice_of(line, length > 0 ? (size_t)length : 0)));
    free(line);
    bool header = slice_split(&rest, '\t', &job->id) && slice_split(&rest, '\t', &job->base_url) &&
                  slice_split(&rest, '\t', &size) && slice_to_u64(size, PAGE_STREAM_MAX, &bytes);
    if (!header)
        return false;
    char *input = arena_alloc(arena, (size_t)bytes);
    job->input = slice_of(input, fread(input, 1, (size_t)bytes, stdin));
    return job->input.len == bytes;
}

#endif
