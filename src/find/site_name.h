/* site_name: the site's name where no claim gives it: the part of the title that the host, the logo or the line of
 * copyright confirms, or the words of these two that the host spells. */
#ifndef NEWSMETA_FIND_SITE_NAME_H
#define NEWSMETA_FIND_SITE_NAME_H

#include "article/job.h"

/* Null where nothing confirms a name. */
void site_name_find(struct job *job, struct finding *out);

#endif
