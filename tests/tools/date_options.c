/* date_options: the candidate days of pages with their features, for scripts/train-dates.
 *
 * Reads pages on stdin (page_stream.h); writes one line a candidate: id, the value (EDTF), "name:value" of every feature that is
 * not 0, separated by tabs. */
#include "find/dates/dates.h"
#include "page_stream.h"
#include "pipeline/knowledge.h"
#include "pipeline/pipeline.h"

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

int main(void)
{
    struct arena *process = arena_create(), *arena = arena_create();
    const struct knowledge *knowledge = knowledge_create(process);
    for (;;) {
        struct job job = {
            .arena = arena, .knowledge = knowledge, .kind = INPUT_HTML, .fields = FIELD_DATE | FIELD_LANGUAGE};
        if (!page_stream_next(arena, &job))
            break;
        if (pipeline_run(&job) == ERR_NONE)
            print_options(&job);
        arena_reset(arena, 1u << 20);
    }
    arena_destroy(arena);
    arena_destroy(process);
    return 0;
}
