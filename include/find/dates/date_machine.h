/* date_machine: the value of a field that holds one date (meta, JSON-LD, time element, a labelled line) -> EDTF.
 *
 * Reads ISO 8601 and its sloppy relatives ("2022-5-5", "2020-08-25|00h23", "20200607T1200", "2020-03-01 10:00:00
 * +0100"), seconds and milliseconds since 1970, RFC 2822, and whatever the grammar finds in it. */
#ifndef NEWSMETA_FIND_DATES_DATE_MACHINE_H
#define NEWSMETA_FIND_DATES_DATE_MACHINE_H

#include "find/dates/date_grammar.h"

/* Any form. The mention holds the value, and the second reading where day and month are open; `start`, `end`
 * are those of the value. False where no full day with its year is given, or the value is filler
 * (year 1, the epoch). */
bool date_machine_read(struct date_grammar *grammar, struct slice value, struct date_style style,
                       struct date_mention *out);

#endif
