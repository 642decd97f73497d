/* script_dates: the days of publication that a page's programs carry: "datePublished":"2024-03-14T09:00:00Z" in the
 * state of a page that its script builds, publish_date: '2024-03-14' in what it tells its counters. Only for the
 * files of page/. */
#ifndef NEWSMETA_PAGE_SCRIPT_DATES_INTERNAL_H
#define NEWSMETA_PAGE_SCRIPT_DATES_INTERNAL_H

#include "article/job.h"

struct script_dates {
    size_t bytes;   /* of scripts read so far */
    uint32_t count; /* claims made so far */
};

/* Adds a claim of kind time and source script for every key of `text` that speaks of publishing and has a value with
 * the digits of a day; `limit` as in claims_add. */
/* Does a key or name say when something was published? Not who did it, nor that it was published again, nor until when.
 */
bool script_dates_is_published(struct slice key);
void script_dates_read(struct script_dates *dates, struct job *job, struct slice text, uint32_t limit);

#endif
