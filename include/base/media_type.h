/* media_type: what a Content-Type names, its parameters aside (RFC 9110, 8.3.1). */
#ifndef NEWSMETA_BASE_MEDIA_TYPE_H
#define NEWSMETA_BASE_MEDIA_TYPE_H

#include "base/slice.h"

/* "text/html" of " text/html; charset=utf-8"; empty where there is none. Borrowed. */
struct slice media_type_of(struct slice content_type);
/* Does it name this type? Case does not count; "" is none. */
bool media_type_is(struct slice content_type, const char *type);
/* One of these, of which NULL is the last? */
bool media_type_is_among(struct slice content_type, const char *const *types);

#endif
