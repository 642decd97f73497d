#include "pipeline/pipeline.h"

#include "base/clock.h"
#include "decode/charset.h"
#include "fetch/fetch.h"
#include "find/actors/actors.h"
#include "find/actors/confidence.h"
#include "find/authors/authors.h"
#include "find/countries/countries.h"
#include "find/dates/dates.h"
#include "find/details.h"
#include "find/headline/headline.h"
#include "find/language.h"
#include "find/names/names.h"
#include "find/phrases.h"
#include "find/roles/roles.h"
#include "find/salience/salience.h"
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
    unsigned fields;    /* runs when one of these is asked for, */
    bool (*also)(const struct job *job); /* or when this says so, if there is one */
};

/* What other stages need, stage by stage: tokens and the mentions that are found in them serve actors, topics, phrases,
 * and the headline when it has to be recased. Dates are cut from the text by a grammar of their own. */
#define NEEDS_NAMES (FIELD_ACTORS | FIELD_TOPICS | FIELD_KEYPHRASES)
#define NEEDS_LANGUAGE (NEEDS_NAMES | FIELD_DATE | FIELD_DATES | FIELD_LANGUAGE | FIELD_AUTHORS)

static bool recase_wanted(const struct job *job)
{
    return job_wants(job, FIELD_HEADLINE) && headline_lacks_case(job);
}

/* The order of the work, and nobody else knows it. */
static const struct stage stages[] = {
    {"fetch", fetch_run, true, FROM_URL, FIELD_ALL, NULL},
    {"decode", decode_run, true, ANY, FIELD_ALL, NULL},
    {"page", page_run, true, PAGE, FIELD_ALL, NULL},
    {"lines", lines_run, true, TEXT, FIELD_ALL, NULL},
    {"body", body_run, true, PAGE, FIELD_ALL, NULL},
    {"headline", headline_run, false, ANY, FIELD_ALL, NULL},
    {"details", details_run, false, PAGE, FIELD_PAGE, NULL},
    {"language", language_run, false, ANY, NEEDS_LANGUAGE, recase_wanted},
    {"tokens", tokens_run, false, ANY, NEEDS_NAMES, recase_wanted},
    {"dates", dates_run, false, ANY, FIELD_DATE | FIELD_DATES, NULL},
    {"authors", authors_run, false, ANY, FIELD_AUTHORS | FIELD_ACTORS, NULL},
    {"names", names_run, false, ANY, NEEDS_NAMES, recase_wanted},
    {"recase", headline_recase_run, false, ANY, 0, recase_wanted},
    {"actors", actors_run, false, ANY, FIELD_ACTORS | FIELD_KEYPHRASES, NULL},
    {"roles", roles_run, false, ANY, FIELD_ACTORS, NULL},
    {"countries", countries_run, false, ANY, FIELD_ACTORS, NULL},
    {"confidence", confidence_run, false, ANY, FIELD_ACTORS, NULL},
    {"salience", salience_run, false, ANY, FIELD_ACTORS, NULL},
    {"topics", topics_run, false, ANY, FIELD_TOPICS, NULL},
    {"phrases", phrases_run, false, ANY, FIELD_KEYPHRASES, NULL},
};

#define STAGE_COUNT (sizeof stages / sizeof stages[0])
_Static_assert(STAGE_COUNT <= MAX_STAGES, "a job has room for every stage's timing");

static bool stage_applies(const struct stage *stage, const struct job *job)
{
    if (!job_wants(job, stage->fields) && !(stage->also && stage->also(job)))
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

static enum err run_stage(const struct stage *stage, struct job *job)
{
    if (!stage_applies(stage, job))
        return ERR_NONE;
    if (job_is_late(job))
        return job_fail(job, ERR_DEADLINE, NULL);
    if (job->input_bytes == 0)
        job->input_bytes = job->input.len; /* as it came: decode changes it */
    enum err err = run_timed(stage, job);
    if (err == ERR_NONE)
        return ERR_NONE;
    if (stage->required || err == ERR_DEADLINE)
        return job->err ? job->err : job_fail(job, err, NULL);
    job->err = ERR_NONE;
    job_warn(job, "stage_failed", stage->name, error_info(err)->title);
    return ERR_NONE;
}

struct part {
    struct job *job;
    size_t end; /* of the stages to run */
};

static void run_part(void *context)
{
    const struct part *part = context;
    enum err err = ERR_NONE;
    while (err == ERR_NONE && part->job->stages_done < part->end)
        err = run_stage(&stages[part->job->stages_done++], part->job);
}

static enum err run_until(struct job *job, size_t end)
{
    struct part part = {job, end};
    if (!arena_try(job->arena, run_part, &part))
        return job_fail(job, ERR_EXHAUSTED, NULL);
    return job->err;
}

enum err pipeline_fetch(struct job *job)
{
    size_t end = 0;
    while (stages[end].input == FROM_URL)
        end++;
    return run_until(job, end);
}

enum err pipeline_run(struct job *job)
{
    return run_until(job, STAGE_COUNT);
}

const char *const *pipeline_stage_names(size_t *count)
{
    static const char *names[STAGE_COUNT];
    for (size_t i = 0; i < STAGE_COUNT; i++)
        names[i] = stages[i].name;
    *count = STAGE_COUNT;
    return names;
}
