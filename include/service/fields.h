/* fields: the header fields of an answer, whoever puts them on the wire. */
#ifndef NEWSMETA_SERVICE_FIELDS_H
#define NEWSMETA_SERVICE_FIELDS_H

#include "service/call.h"

/* Where a field goes; both strings are the caller's. */
struct fields_sink {
    void (*take)(void *context, const char *name, const char *value);
    void *context;
};

/* All fields of the reply but those of the connection and the body's length. */
void fields_give(const struct reply *reply, struct slice request_id, struct fields_sink sink);

#endif
