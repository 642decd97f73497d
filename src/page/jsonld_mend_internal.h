/* jsonld_mend: makes JSON of what was meant to be JSON. Only for the files of page/. */
#ifndef NEWSMETA_PAGE_JSONLD_MEND_INTERNAL_H
#define NEWSMETA_PAGE_JSONLD_MEND_INTERNAL_H

#include "base/arena.h"

/* Without the HTML comment and CDATA marks, white space, byte order mark and semicolons around it. */
struct slice jsonld_unwrap(struct slice script);

/* The script written anew with its damage mended: control characters and bare quotes in strings, unknown
 * escapes, commas too many or missing, brackets missing at the end or closed wrongly, several values in a row (which
 * become an array). Null when it is nested too deep. Linear in the length. What comes out need not be valid: the
 * JSON reader decides. */
struct slice jsonld_mend(struct arena *arena, struct slice script);

#endif
