/* details: what the page says of itself and nobody has to weigh much: site name, canonical URL,
 * description, image, section and tags. */
#ifndef NEWSMETA_FIND_DETAILS_H
#define NEWSMETA_FIND_DETAILS_H

#include "article/job.h"

enum err details_run(struct job *job);

#endif
