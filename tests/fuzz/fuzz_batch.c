/* Fuzzes batches: lines of jobs (NDJSON). Each line that is not blank gives one line of JSON, an answer or a problem. */
#include "fuzz_support.h"
#include "pipeline/batch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct batch_options options = {.knowledge = fuzz_knowledge(), .jobs = 1};
    struct slice rest = slice_of((const char *)data, size), line;
    struct buffer out = buffer_make(64u << 20);
    while (slice_split(&rest, '\n', &line)) {
        line = slice_trim(line);
        if (line.len == 0)
            continue;
        struct arena *arena = arena_create();
        buffer_clear(&out);
        batch_answer_line(&options, arena, line, &out);
        require(out.len > 0 && slice_find_byte(buffer_slice(&out), '\n', 0) == SLICE_NOT_FOUND);
        fuzz_require_json(buffer_slice(&out));
        arena_destroy(arena);
    }
    buffer_free(&out);
    return 0;
}
