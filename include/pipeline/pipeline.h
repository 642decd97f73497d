/* pipeline: the one table of stages, and the order that nobody else knows. */
#ifndef NEWSMETA_PIPELINE_PIPELINE_H
#define NEWSMETA_PIPELINE_PIPELINE_H

#include "article/job.h"

/* Runs all stages that the job's fields call for and that have not been run. ERR_NONE: job->article is the answer.
 * Otherwise job->err and job->detail say what failed. Thread-safe for different jobs. */
enum err pipeline_run(struct job *job);

/* Runs only the stages that wait for somebody else (a fetch), so that the rest can run on another thread: pipeline_run
 * goes on from there. */
enum err pipeline_fetch(struct job *job);

/* Names of all stages, in order, for metrics; *count is their number. */
const char *const *pipeline_stage_names(size_t *count);

#endif
