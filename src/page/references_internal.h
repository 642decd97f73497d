/* references: HTML's character references (WHATWG HTML, 13.2.5.72 to 13.2.5.80 and 13.5). */
#ifndef NEWSMETA_PAGE_REFERENCES_INTERNAL_H
#define NEWSMETA_PAGE_REFERENCES_INTERNAL_H

#include "base/slice.h"

#define REFERENCE_NAME_BYTES 32 /* the longest name has 31 */

struct named_reference {
    char name[REFERENCE_NAME_BYTES]; /* without the semicolon, padded with NUL */
    uint8_t len;
    bool legacy;          /* is also read without a semicolon */
    uint32_t points[2];   /* the second is 0 for most */
};

/* Sorted by name. Written by scripts/compile-references from data/html at build time. */
extern const struct named_reference named_references[];
extern const size_t named_reference_count;

/* No reference gives more bytes than six for every five it is written in ("&nGt;"). */
#define REFERENCE_GROWTH(len) ((len) + (len) / 5)

/* Reads the reference at `from` (an ampersand) within [from, to): writes what it stands for to `out` (room
 * for REFERENCE_GROWTH), sets *written, and returns where it ends; returns `from` when it is none. */
const char *reference_decode(const char *from, const char *to, bool in_attribute, char *out, size_t *written);

#endif
