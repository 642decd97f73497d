/* fetch: the stage that turns job->url into job->input, content_type and the final url. */
#ifndef NEWSMETA_FETCH_FETCH_H
#define NEWSMETA_FETCH_FETCH_H

#include "article/job.h"

enum err fetch_run(struct job *job);

#endif
