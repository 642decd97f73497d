/* json_lifting: takes the long strings out of a JSON object before jansson reads it, and puts their values back.
 *
 * jansson (2.14) carries each byte of a string through four functions and a copy of one byte; a page in a job's `html`
 * took it longer to read than the page took to extract. Here a long string is copied from escape to escape (RFC 8259,
 * section 7). Whatever is doubtful is left to jansson, which alone says what is wrong with a text. */
#ifndef NEWSMETA_BASE_JSON_LIFTING_H
#define NEWSMETA_BASE_JSON_LIFTING_H

#include "base/json_reading.h"

#define JSON_MOST_LIFTED 8

struct json_lifted {
    struct slice text; /* the object, with a short string in place of each long one */
    struct slice values[JSON_MOST_LIFTED];
    size_t count;
};

/* Lifts the long strings among the values of the object's own members. False: there are none, or the text may be no
 * JSON; it is to be read as it is. Memory is the arena's. */
bool json_lift(struct arena *arena, struct slice text, struct json_lifted *lifted);
/* Puts the values back into the object that was read from lifted->text. False: memory ran short. */
bool json_put_back(json_t *object, const struct json_lifted *lifted);

#endif
