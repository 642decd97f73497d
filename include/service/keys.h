/* keys: who may use the service. The settings hold only digests (SHA-256) of keys; that suffices because a key
 * is a long random word and no password. Constant after creation. */
#ifndef NEWSMETA_SERVICE_KEYS_H
#define NEWSMETA_SERVICE_KEYS_H

#include <stdbool.h>

#include "base/slice.h"

#define KEY_DIGEST_BYTES 32

struct key {
    const char *name; /* of the settings; for the log */
    size_t name_len;
    unsigned char digest[KEY_DIGEST_BYTES];
};

struct keys;

/* From "NAME:DIGEST" entries, the digest as 64 hex digits; NULL when one is none of these. The list is NULL-terminated
 * and must live as long. */
struct keys *keys_create(const char *const *list);
void keys_destroy(struct keys *keys);
/* False: nobody needs one. */
bool keys_are_needed(const struct keys *keys);
/* The key that was presented, or NULL. Takes as long for a wrong key as for a right one. */
const struct key *keys_find(const struct keys *keys, struct slice presented);
/* The key in "Bearer KEY" (RFC 6750), or null. */
struct slice keys_read_bearer(struct slice authorization);

#endif
