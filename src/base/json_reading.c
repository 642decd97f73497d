#include "base/json_reading.h"

#include <stdlib.h>

#include "json_lifting.h"

/* Where jansson's memory comes from while this thread reads; NULL: from where it always does. */
static _Thread_local struct arena *reading_into;

static void *allocate(size_t size)
{
    return reading_into ? arena_alloc(reading_into, size) : malloc(size);
}

static void release(void *memory)
{
    if (!reading_into)
        free(memory);
}

/* Before anything is read: jansson has one pair of these for the whole process. */
__attribute__((constructor)) static void set_allocation(void)
{
    json_set_alloc_funcs(allocate, release);
}

struct reading {
    struct arena *arena;
    struct slice text;
    size_t flags;
    json_error_t *error;
    json_t *root;
};

static void read_text(void *context)
{
    struct reading *reading = context;
    struct json_lifted lifted;
    if (reading->flags & JSON_ALLOW_NUL && json_lift(reading->arena, reading->text, &lifted)) {
        reading->root = json_loadb(lifted.text.ptr, lifted.text.len, reading->flags, reading->error);
        if (reading->root && json_put_back(reading->root, &lifted))
            return;
    }
    /* what is wrong, and where, is said of the text itself */
    const char *start = reading->text.ptr ? reading->text.ptr : "";
    reading->root = json_loadb(start, reading->text.len, reading->flags, reading->error);
}

json_t *json_read(struct arena *arena, struct slice text, size_t flags, json_error_t *error)
{
    struct reading reading = {arena, text, flags, error, NULL};
    reading_into = arena;
    bool whole = arena_try(arena, read_text, &reading);
    reading_into = NULL;
    if (whole)
        return reading.root;
    *error = (json_error_t){.position = 0};
    error->text[JSON_ERROR_TEXT_LENGTH - 1] = (char)json_error_out_of_memory; /* where json_error_code looks */
    return NULL;
}
