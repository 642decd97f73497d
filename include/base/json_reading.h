/* json_reading: JSON text -> jansson's values, in an arena.
 *
 * jansson (2.14) does not look whether its buffer for a string could grow, and reads past its end where it could not.
 * In an arena running short ends the reading instead, and what has been read so far is given back with it. */
#ifndef NEWSMETA_BASE_JSON_READING_H
#define NEWSMETA_BASE_JSON_READING_H

#include <jansson.h>

#include "base/arena.h"

/* Like json_loadb. The value lives as long as the arena: it is not given back by json_decref, and must not be changed.
 * NULL: see *error, whose code is json_error_out_of_memory where memory ran short. */
json_t *json_read(struct arena *arena, struct slice text, size_t flags, json_error_t *error);

#endif
