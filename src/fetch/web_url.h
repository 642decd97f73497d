/* web_url: the parts of a URL, as libcurl reads it: so that what is checked is what is fetched. */
#ifndef NEWSMETA_FETCH_WEB_URL_H
#define NEWSMETA_FETCH_WEB_URL_H

#include "base/arena.h"

struct web_url {
    struct slice host;   /* lower-cased; numbers as dotted quads */
    struct slice origin; /* "https://example.org:8443", the port always */
    struct slice target; /* path and query */
    struct slice whole;  /* without its fragment */
};

/* In the arena; false when it cannot be read. */
bool web_url_read(struct arena *arena, struct slice url, struct web_url *parts);

#endif
