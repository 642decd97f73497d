/* date_options: the candidate days of pages with their features, for scripts/train-dates.
 *
 * Reads pages on stdin, each as "id TAB url TAB bytes LF" and that many bytes; writes one line a candidate: id, the
 * value (EDTF), "name:value" of every feature that is not 0, separated by tabs. */
#include <stdio.h>
#include <stdlib.h>

#include "find/dates/dates.h"
#include "pipeline/knowledge.h"
#include "pipeline/pipeline.h"

#define MAX_PAGE (64u << 20)

static void print_options(struct job *job)
{
    size_t count = 0;
    struct date_option *options = date_options(job, &count);
    for (size_t i = 0; i < count; i++) {
        printf("%.*s\t%.*s", SLICE_ARG(job->id), SLICE_ARG(options[i].text));
        for (size_t f = 0; f < DATE_FEATURE_COUNT; f++)
            if (options[i].features[f] != 0)
                printf("\t%s:%.4f", date_feature_name(f), (double)options[i].features[f]);
        putchar('\n');
    }
}

static bool read_page(struct arena *arena, struct job *job)
{
    char *line = NULL;
    size_t room = 0;
    uint64_t bytes = 0;
    ssize_t length = getline(&line, &room, stdin);
    struct slice size, rest = arena_copy(arena, slice_trim(slice_of(line, length > 0 ? (size_t)length : 0)));
    free(line);
    bool header = slice_split(&rest, '\t', &job->id) && slice_split(&rest, '\t', &job->base_url) &&
                  slice_split(&rest, '\t', &size) && slice_to_u64(size, MAX_PAGE, &bytes);
    if (!header)
        return false;
    char *input = arena_alloc(arena, (size_t)bytes);
    job->input = slice_of(input, fread(input, 1, (size_t)bytes, stdin));
    return job->input.len == bytes;
}

int main(void)
{
    struct arena *process = arena_create(), *arena = arena_create();
    const struct knowledge *knowledge = knowledge_create(process);
    for (;;) {
        struct job job = {
            .arena = arena, .knowledge = knowledge, .kind = INPUT_HTML, .fields = FIELD_DATE | FIELD_LANGUAGE};
        if (!read_page(arena, &job))
            break;
        if (pipeline_run(&job) == ERR_NONE)
            print_options(&job);
        arena_reset(arena, 1u << 20);
    }
    arena_destroy(arena);
    arena_destroy(process);
    return 0;
}
