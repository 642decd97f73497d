/* actors_internal: what merging, countries, roles and salience share. */
#ifndef NEWSMETA_FIND_ACTORS_INTERNAL_H
#define NEWSMETA_FIND_ACTORS_INTERNAL_H

#include "article/job.h"
#include "find/actors.h"
#include "find/names.h"
#include "model/gazetteer.h"

/* What the gazetteers know of tokens [first, end) as a name: common words and acronyms in lower case are
 * not. 0 if nothing. */
const struct gazetteer_entry *actors_known(const struct job *job, uint32_t first, uint32_t end);
#endif
