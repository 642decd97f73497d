/* names: article.mentions: where the prose names people, organizations and places. The only place where
 * names are found; headline, actors and topics use these mentions. Words that carry a capital of their own
 * and name no actor (demonyms, weekdays, religions, ...) are mentions of type ACTOR_OTHER.
 *
 * Sorted by position, never overlapping. */
#ifndef NEWSMETA_FIND_NAMES_H
#define NEWSMETA_FIND_NAMES_H

#include "article/job.h"

enum err names_run(struct job *job);

#endif
