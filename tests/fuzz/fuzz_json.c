/* Fuzzes what reads JSON: long strings are lifted out of an object before jansson sees it, and nobody may notice. A tilde stands for
 * a string that is long enough. */
#include "base/buffer.h"
#include "base/json_reading.h"
#include "fuzz_support.h"

#define MOST_BYTES (1 << 18) /* of the text with its tildes written out */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer text = buffer_make(MOST_BYTES);
    for (size_t i = 0; i < size; i++) {
        for (int k = 0; data[i] == '~' && k < 60; k++)
            buffer_append_cstr(&text, "the mill\\n");
        if (data[i] != '~')
            buffer_append_byte(&text, (char)data[i]);
    }
    const size_t flags = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL;
    struct arena *arena = arena_create();
    json_error_t expected, error;
    json_t *plain = json_loadb(text.ptr ? text.ptr : "", text.len, flags, &expected);
    json_t *read = json_read(arena, buffer_slice(&text), flags, &error);
    require((plain != NULL) == (read != NULL));
    require(plain ? json_equal(plain, read) : error.position == expected.position && json_error_code(&error) == json_error_code(&expected));
    json_decref(plain);
    arena_destroy(arena);
    buffer_free(&text);
    return 0;
}
