/* names: article.mentions: where the prose names people, organizations and places. The only place where
 * names are found; headline, actors and topics use these mentions. Words that carry a capital of their own
 * and name no actor (demonyms, weekdays, religions, ...) are mentions of type ACTOR_OTHER.
 *
 * Sorted by position, never overlapping. */
#ifndef NEWSMETA_FIND_NAMES_NAMES_H
#define NEWSMETA_FIND_NAMES_NAMES_H

#include "article/job.h"
#include "model/gazetteer.h"

enum err names_run(struct job *job);

/* What the gazetteers know of tokens [first, end) as a name: common words and acronyms in lower case are not. NULL if
 * nothing. */
const struct gazetteer_entry *names_known(const struct job *job, uint32_t first, uint32_t end);

#endif
