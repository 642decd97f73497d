/* pipeline: the one table of stages, and the order that nobody else knows. */
#ifndef NEWSMETA_PIPELINE_PIPELINE_H
#define NEWSMETA_PIPELINE_PIPELINE_H

#include "article/job.h"

/* Runs all stages that the job's fields call for. ERR_NONE: job->article is the answer. Otherwise
 * job->err and job->detail say what failed. Thread-safe for different jobs. */
enum err pipeline_run(struct job *job);

/* Names of all stages, in order, for metrics; *count is their number. */
const char *const *pipeline_stage_names(size_t *count);

#endif
