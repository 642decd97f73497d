#include "article/job.h"

#include "base/clock.h"

static bool same_field(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

void job_warn(struct job *job, const char *code, const char *field, const char *message)
{
    struct article *article = &job->article;
    for (size_t i = 0; i < article->warning_count; i++)
        if (strcmp(article->warnings[i].code, code) == 0 && same_field(article->warnings[i].field, field))
            return;
    article->warnings = arena_grow(job->arena, article->warnings, article->warning_count, &article->warning_capacity,
                                   sizeof *article->warnings);
    article->warnings[article->warning_count++] =
        (struct warning){code, field, arena_copy(job->arena, slice_from_cstr(message))};
}

enum err job_fail(struct job *job, enum err err, const char *detail)
{
    job->err = err;
    job->detail = detail ? arena_copy(job->arena, slice_from_cstr(detail)) : SLICE_NULL;
    return err;
}

bool job_is_late(const struct job *job)
{
    return job->deadline_ns && clock_now_ns() >= job->deadline_ns;
}
