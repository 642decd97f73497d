/* fuzz_support: what several fuzz targets need. */
#ifndef NEWSMETA_TESTS_FUZZ_SUPPORT_H
#define NEWSMETA_TESTS_FUZZ_SUPPORT_H

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "output/answer.h"
#include "pipeline/knowledge.h"
#include "pipeline/pipeline.h"
#include "pipeline/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void require(bool holds)
{
    if (!holds)
        abort();
}

/* Made once; lives as long as the process. */
static inline const struct knowledge *fuzz_knowledge(void)
{
    static struct arena *arena; /* kept: a leak checker finds its blocks by it */
    static const struct knowledge *knowledge;
    if (!arena)
        knowledge = knowledge_create(arena = arena_create());
    return knowledge;
}

static inline void fuzz_require_json(struct slice text)
{
    json_error_t error;
    json_t *json = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    require(json != NULL);
    json_decref(json);
}

/* The whole pipeline over the input, by what the first byte chooses: offsets, a reference date, some or all of the fields.
 * The answer is JSON and the same the second time, or there is a reason why there is none. */
static inline void fuzz_run_job(enum input_kind kind, struct slice input, uint8_t choice)
{
    struct buffer answers[2] = {buffer_make(64u << 20), buffer_make(64u << 20)};
    for (int turn = 0; turn < 2; turn++) {
        struct arena *arena = arena_create();
        struct job job;
        request_init(&job, arena, fuzz_knowledge(), NULL);
        job.kind = kind;
        job.input = input;
        job.base_url = SLICE("https://news.example/2024/05/17/story");
        job.fields = choice & 8 ? 1u << (choice >> 4) % FIELD_COUNT : FIELD_ALL;
        job.include = INCLUDE_BODY | INCLUDE_MENTIONS;
        job.offsets = (enum offset_unit)(choice % 3);
        if (choice & 4)
            job.reference_date = (struct civil){.year = 2024, .month = 5, .day = 17};
        require(pipeline_run(&job) == job.err);
        if (job.err == ERR_NONE)
            require(answer_write(&job, &answers[turn]));
        arena_destroy(arena);
    }
    if (answers[0].len)
        fuzz_require_json(buffer_slice(&answers[0]));
    require(slice_equals(buffer_slice(&answers[0]), buffer_slice(&answers[1])));
    buffer_free(&answers[0]);
    buffer_free(&answers[1]);
}

#endif
