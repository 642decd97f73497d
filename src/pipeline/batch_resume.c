/* Going on where an earlier run over the same input ended. Each task that asks for an answer has given one line, in
 * order; so what is done is the first tasks, as many as there are lines. */
#include "batch_internal.h"

static bool has_id(const struct batch_done *done, struct slice id)
{
    struct slice written = done->last;
    if (!slice_starts(written, SLICE("{\"id\":")))
        return false;
    written = slice_sub(written, SLICE("{\"id\":").len, written.len);
    if (slice_is_null(id))
        id = SLICE("null");
    if (written.len <= id.len) /* only the beginning of a long line was kept */
        return slice_starts(id, written);
    return slice_starts(written, id) && written.ptr[id.len] == ',';
}

bool batch_source_skip(struct batch_source *source, const struct batch_options *options)
{
    const struct batch_done *done = &options->done;
    struct task task = task_make();
    struct arena *arena = arena_create();
    uint64_t skipped = 0;
    bool good = true, more = true;
    while (skipped < done->answers && (more = batch_source_next(source, &task))) {
        if (task_asks(options, arena, &task))
            skipped++;
        else
            source->passed_over++;
        if (skipped == done->answers)
            good = has_id(done, task_id(options, arena, &task));
        arena_reset(arena, BATCH_ARENA_KEEP);
    }
    arena_destroy(arena);
    task_free(&task);
    return good && (more || source->stopped);
}
