/* date_choice: the page's day of publication, by data/models/dates.tsv. */
#ifndef NEWSMETA_FIND_DATES_DATE_CHOICE_H
#define NEWSMETA_FIND_DATES_DATE_CHOICE_H

#include "date_candidates.h"

/* The candidate that the model holds right, with its probability; NULL where saying nothing is likelier. */
struct date_candidate *date_page_choose(struct date_page *page, float *probability);

#endif
