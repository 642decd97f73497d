#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>

#include "pipeline/knowledge.h"
#include "pipeline/pipeline.h"

const struct knowledge *support_knowledge(void)
{
    static struct arena *arena; /* lives as long as the test process */
    static const struct knowledge *knowledge;
    if (!knowledge) {
        arena = arena_create();
        knowledge = knowledge_create(arena);
    }
    return knowledge;
}

int64_t support_at_most(int64_t limit)
{
    const char *slowness = getenv("NEWSMETA_TEST_SLOWNESS");
    return slowness ? limit * strtol(slowness, NULL, 10) : limit;
}

struct job *support_job(enum input_kind kind, struct slice input)
{
    struct arena *arena = arena_create();
    struct job *job = arena_calloc(arena, 1, sizeof *job);
    job->arena = arena;
    job->knowledge = support_knowledge();
    job->kind = kind;
    job->input = input;
    job->fields = FIELD_ALL;
    job->include = INCLUDE_BODY | INCLUDE_MENTIONS;
    return job;
}

void support_job_free(struct job *job)
{
    arena_destroy(job->arena);
}

struct job *support_run(enum input_kind kind, struct slice input)
{
    struct job *job = support_job(kind, input);
    enum err err = pipeline_run(job);
    ck_assert_msg(err == ERR_NONE, "pipeline: %s %.*s", error_info(err)->code, SLICE_ARG(job->detail));
    return job;
}

bool support_has_warning(const struct job *job, const char *code)
{
    for (size_t i = 0; i < job->article.warning_count; i++)
        if (strcmp(job->article.warnings[i].code, code) == 0)
            return true;
    return false;
}

struct slice support_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    fseek(file, 0, SEEK_END);
    long len = ftell(file);
    rewind(file);
    char *bytes = arena_alloc(arena, (size_t)len);
    ck_assert_uint_eq(fread(bytes, 1, (size_t)len, file), (size_t)len);
    fclose(file);
    return slice_of(bytes, (size_t)len);
}
