/* date_url: the day that a URL carries in its path or query: /2020/11/30/, /2020-11-30-title, /20201130,
 * /2020/nov/30/. Sites write it when they publish; it is right more often than any field of the page. */
#ifndef NEWSMETA_FIND_DATES_DATE_URL_H
#define NEWSMETA_FIND_DATES_DATE_URL_H

#include "find/dates/date_words.h"
#include "find/dates/edtf.h"

/* The first full day, else the first year and month (day 0). False where neither stands in it. */
bool date_url_read(const struct date_vocabulary *lexicon, struct slice url, struct edtf *out);

#endif
