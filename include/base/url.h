/* url: web addresses (http and https) as pages write them, made absolute. RFC 3986, section 5, as far as links
 * and images need it; nothing is decoded, lower-cased or checked against the network. */
#ifndef NEWSMETA_BASE_URL_H
#define NEWSMETA_BASE_URL_H

#include "base/arena.h"

/* "http://host..." or "https://host...", with a host. */
bool url_is_absolute(struct slice url);
/* "https://example.org" of an absolute URL. */
struct slice url_origin(struct slice url);
/* The address that `url` means on a page at `base`: itself where it is absolute, otherwise in the arena. Null
 * where that is no web address: another scheme ("data:", "javascript:"), a fragment alone, an empty string,
 * or a relative one without an absolute base. */
struct slice url_resolve(struct arena *arena, struct slice base, struct slice url);

#endif
