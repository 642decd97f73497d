#include "pipeline/pipeline.h"

#include "base/clock.h"
#include "decode/charset.h"
#include "fetch/fetch.h"
#include "find/actors.h"
#include "find/authors.h"
#include "find/dates.h"
#include "find/details.h"
#include "find/headline.h"
#include "find/language.h"
#include "find/names.h"
#include "find/phrases.h"
#include "find/roles.h"
#include "find/topics.h"
#include "page/page.h"
#include "text/body.h"
#include "text/lines.h"
#include "text/tokens.h"

enum stage_input { ANY, PAGE, TEXT, FROM_URL };

struct stage {
    const char *name;
    enum err (*run)(struct job *job);
    bool required;      /* its failure is a problem; that of others a warning */
    enum stage_input input;
    unsigned fields;    /* runs when one of these is asked for */
};

/* What other stages need, stage by stage: tokens serve every finder that reads prose; mentions serve
 * recasing (headline), actors and topics. */
#define NEEDS_NAMES (FIELD_HEADLINE | FIELD_ACTORS | FIELD_TOPICS | FIELD_KEYPHRASES)
#define NEEDS_TOKENS (NEEDS_NAMES | FIELD_DATE | FIELD_DATES)
#define NEEDS_LANGUAGE (NEEDS_TOKENS | FIELD_LANGUAGE | FIELD_AUTHORS)

/* The order of the work, and nobody else knows it. */
static const struct stage stages[] = {
    {"fetch", fetch_run, true, FROM_URL, FIELD_ALL},
    {"decode", decode_run, true, ANY, FIELD_ALL},
    {"page", page_run, true, PAGE, FIELD_ALL},
    {"lines", lines_run, true, TEXT, FIELD_ALL},
    {"body", body_run, true, PAGE, FIELD_ALL},
    {"headline", headline_run, false, ANY, FIELD_ALL},
    {"details", details_run, false, PAGE, FIELD_PAGE},
    {"language", language_run, false, ANY, NEEDS_LANGUAGE},
    {"tokens", tokens_run, false, ANY, NEEDS_TOKENS},
    {"dates", dates_run, false, ANY, FIELD_DATE | FIELD_DATES},
    {"authors", authors_run, false, ANY, FIELD_AUTHORS | FIELD_ACTORS},
    {"names", names_run, false, ANY, NEEDS_NAMES},
    {"recase", headline_recase_run, false, ANY, FIELD_HEADLINE},
    {"actors", actors_run, false, ANY, FIELD_ACTORS | FIELD_KEYPHRASES},
    {"roles", roles_run, false, ANY, FIELD_ACTORS},
    {"topics", topics_run, false, ANY, FIELD_TOPICS},
    {"phrases", phrases_run, false, ANY, FIELD_KEYPHRASES},
};

#define STAGE_COUNT (sizeof stages / sizeof stages[0])
_Static_assert(STAGE_COUNT <= MAX_STAGES, "a job has room for every stage's timing");

static bool stage_applies(const struct stage *stage, const struct job *job)
{
    if (!job_wants(job, stage->fields))
        return false;
    switch (stage->input) {
    case FROM_URL: return job->kind == INPUT_URL;
    case PAGE: return job_is_page(job);
    case TEXT: return !job_is_page(job);
    case ANY: break;
    }
    return true;
}

static enum err run_timed(const struct stage *stage, struct job *job)
{
    int64_t start = clock_now_ns();
    enum err err = stage->run(job);
    job->timings[job->timing_count++] = (struct timing){stage->name, clock_now_ns() - start};
    return err;
}

enum err pipeline_run(struct job *job)
{
    for (size_t i = 0; i < STAGE_COUNT; i++) {
        const struct stage *stage = &stages[i];
        if (!stage_applies(stage, job))
            continue;
        if (job_is_late(job))
            return job_fail(job, ERR_DEADLINE, NULL);
        if (job->input_bytes == 0)
            job->input_bytes = job->input.len; /* as it came: decode changes it */
        enum err err = run_timed(stage, job);
        if (err == ERR_NONE)
            continue;
        if (stage->required || err == ERR_DEADLINE)
            return job->err ? job->err : job_fail(job, err, NULL);
        job->err = ERR_NONE;
        job_warn(job, "stage_failed", stage->name, error_info(err)->title);
    }
    return ERR_NONE;
}

const char *const *pipeline_stage_names(size_t *count)
{
    static const char *names[STAGE_COUNT];
    for (size_t i = 0; i < STAGE_COUNT; i++)
        names[i] = stages[i].name;
    *count = STAGE_COUNT;
    return names;
}
