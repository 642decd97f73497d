#include "service/keys.h"

#include <nettle/memops.h>
#include <nettle/sha2.h>
#include <stdlib.h>

struct keys {
    size_t count;
    struct key list[];
};

static bool read_key(struct slice entry, struct key *key)
{
    size_t colon = slice_find_byte(entry, ':', 0);
    if (colon == SLICE_NOT_FOUND || colon == 0 || entry.len - colon - 1 != 2 * KEY_DIGEST_BYTES)
        return false;
    key->name = entry.ptr;
    key->name_len = colon;
    for (size_t i = 0; i < KEY_DIGEST_BYTES; i++) {
        int high = ascii_hex_value(entry.ptr[colon + 1 + 2 * i]), low = ascii_hex_value(entry.ptr[colon + 2 + 2 * i]);
        if (high < 0 || low < 0)
            return false;
        key->digest[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

struct keys *keys_create(const char *const *list)
{
    size_t count = 0;
    while (list[count])
        count++;
    struct keys *keys = calloc(1, sizeof *keys + count * sizeof keys->list[0]);
    for (size_t i = 0; keys && i < count; i++) {
        if (!read_key(slice_from_cstr(list[i]), &keys->list[i])) {
            free(keys);
            return NULL;
        }
        keys->count++;
    }
    return keys;
}

void keys_destroy(struct keys *keys)
{
    free(keys);
}

bool keys_are_needed(const struct keys *keys)
{
    return keys->count > 0;
}

const struct key *keys_find(const struct keys *keys, struct slice presented)
{
    struct sha256_ctx context;
    unsigned char digest[KEY_DIGEST_BYTES];
    const struct key *found = NULL;
    if (presented.len == 0)
        return NULL;
    sha256_init(&context);
    sha256_update(&context, presented.len, (const uint8_t *)presented.ptr);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < keys->count; i++)
        if (memeql_sec(digest, keys->list[i].digest, sizeof digest))
            found = &keys->list[i]; /* and on: the time must not tell which */
    return found;
}

struct slice keys_read_bearer(struct slice authorization)
{
    if (!slice_starts_nocase(authorization, SLICE("bearer ")))
        return SLICE_NULL;
    return slice_trim(slice_sub(authorization, 7, authorization.len));
}
