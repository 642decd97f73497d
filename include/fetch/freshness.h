/* freshness: what the header of an answer says about keeping it (RFC 9111, for a cache that many share). Nothing is
 * guessed: an answer that names no lifetime is asked about again each time. Pure. */
#ifndef NEWSMETA_FETCH_FRESHNESS_H
#define NEWSMETA_FETCH_FRESHNESS_H

#include "base/slice.h"

struct freshness {
    bool may_keep;                    /* it may be kept at all */
    int64_t lifetime_s;               /* for how long it is good without asking, from its arrival on; never negative */
    struct slice etag, last_modified; /* to ask whether it still holds; null: none; borrowed */
};

/* `head` holds the header lines of one answer as they came, each with its line end. */
struct freshness freshness_read(struct slice head);

#endif
