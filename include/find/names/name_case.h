/* name_case: names and words as they are written where capitals tell, from a text that has only small letters or only
 * capitals there. */
#ifndef NEWSMETA_FIND_NAMES_NAME_CASE_H
#define NEWSMETA_FIND_NAMES_NAME_CASE_H

#include "article/job.h"

/* Tokens [first, end) as they stand, white space squashed. In the job's arena, as the others. */
struct slice name_case_as_it_stands(const struct job *job, uint32_t first, uint32_t end);

/* The same, but what is all in small letters gets capitals; so does, one a word,
 * what is in capitals within a sentence of capitals ("DOUG GOODWATER"), and a known place in any ("OSLO, May 3").
 * Acronyms stay or become capitals ("fbi", "BBC"), words between stay small ("Bank of England"). */
struct slice name_case_written(const struct job *job, uint32_t first, uint32_t end);

/* The same for tokens that are no name: as they stand, but in small letters within a sentence of capitals. */
struct slice name_case_common(const struct job *job, uint32_t first, uint32_t end);

/* Letters without a vowel are no word that anybody says: "bbc", "nsdw". */
bool name_case_is_unpronounceable(struct slice lower);

#endif
