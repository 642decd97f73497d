#include "settings_internal.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>

static bool bad_value(struct arena *arena, const char *where, const char *key, const char *why, struct slice *problem)
{
    *problem = arena_printf(arena, "%s: %s %s", where, key, why);
    return false;
}

/* ------------------------------------------------------- a value as text */

static bool set_number(struct settings *settings, const struct setting *row, uint64_t value)
{
    if (value < row->min || value > row->max)
        return false;
    if (row->type == SETTING_INT)
        *(int *)settings_field(settings, row) = (int)value;
    else
        *(uint64_t *)settings_field(settings, row) = value;
    return true;
}

static bool is_choice(const struct setting *row, struct slice text)
{
    struct slice rest = slice_from_cstr(row->choices), choice;
    while (slice_split(&rest, ' ', &choice))
        if (slice_equals(choice, text))
            return true;
    return row->choices == NULL;
}

static bool set_string(struct settings *settings, struct arena *arena, const struct setting *row, struct slice text)
{
    if (!is_choice(row, text) || slice_find_byte(text, '\0', 0) != SLICE_NOT_FOUND)
        return false;
    *(const char **)settings_field(settings, row) = arena_cstr(arena, text);
    return true;
}

static void set_list(struct settings *settings, struct arena *arena, const struct setting *row,
                     const struct slice *items, size_t count)
{
    const char **list = arena_calloc(arena, count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = arena_cstr(arena, items[i]);
    *(const char *const **)settings_field(settings, row) = list;
}

static bool set_list_text(struct settings *settings, struct arena *arena, const struct setting *row, struct slice text)
{
    struct slice *items = NULL, item;
    size_t count = 0, capacity = 0;
    while (slice_split(&text, ',', &item)) {
        item = slice_trim(item);
        if (item.len == 0)
            continue;
        items = arena_grow(arena, items, count, &capacity, sizeof *items);
        items[count++] = item;
    }
    set_list(settings, arena, row, items, count);
    return true;
}

static bool set_bool_text(struct settings *settings, const struct setting *row, struct slice text)
{
    bool yes = slice_equals(text, SLICE("true")) || slice_equals(text, SLICE("1"));
    bool no = slice_equals(text, SLICE("false")) || slice_equals(text, SLICE("0"));
    if (yes || no)
        *(bool *)settings_field(settings, row) = yes;
    return yes || no;
}

static bool set_text(struct settings *settings, struct arena *arena, const struct setting *row, struct slice text)
{
    uint64_t number;
    switch (row->type) {
    case SETTING_INT:
    case SETTING_BYTES: return slice_to_u64(text, row->max, &number) && set_number(settings, row, number);
    case SETTING_STRING: return set_string(settings, arena, row, text);
    case SETTING_LIST: return set_list_text(settings, arena, row, text);
    case SETTING_BOOL: return set_bool_text(settings, row, text);
    }
    return false;
}

/* What the key wants, for the message about a bad value. */
static const char *wanted(struct arena *arena, const struct setting *row)
{
    struct slice text;
    switch (row->type) {
    case SETTING_INT:
    case SETTING_BYTES:
        text = arena_printf(arena, "must be a whole number from %llu to %llu", (unsigned long long)row->min,
                            (unsigned long long)row->max);
        break;
    case SETTING_STRING:
        text = row->choices ? arena_printf(arena, "must be one of: %s", row->choices) : SLICE("must be a string");
        break;
    case SETTING_LIST: text = SLICE("must be a list of strings"); break;
    default: text = SLICE("must be true or false"); break;
    }
    return arena_cstr(arena, text);
}

/* ------------------------------------------------------------------ file */

static bool set_json_list(struct settings *settings, struct arena *arena, const struct setting *row,
                          const json_t *value)
{
    if (!json_is_array(value))
        return false;
    size_t count = json_array_size(value);
    struct slice *items = arena_calloc(arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(value, i);
        if (!json_is_string(item))
            return false;
        items[i] = slice_of(json_string_value(item), json_string_length(item));
    }
    set_list(settings, arena, row, items, count);
    return true;
}

static bool set_json(struct settings *settings, struct arena *arena, const struct setting *row, const json_t *value)
{
    switch (row->type) {
    case SETTING_INT:
    case SETTING_BYTES:
        return json_is_integer(value) && json_integer_value(value) >= 0 &&
               set_number(settings, row, (uint64_t)json_integer_value(value));
    case SETTING_STRING:
        return json_is_string(value) &&
               set_string(settings, arena, row, slice_of(json_string_value(value), json_string_length(value)));
    case SETTING_LIST: return set_json_list(settings, arena, row, value);
    case SETTING_BOOL:
        if (json_is_boolean(value))
            *(bool *)settings_field(settings, row) = json_is_true(value);
        return json_is_boolean(value);
    }
    return false;
}

static const struct setting *find_setting(const char *key)
{
    for (size_t i = 0; i < settings_count; i++)
        if (strcmp(settings_table[i].key, key) == 0)
            return &settings_table[i];
    return NULL;
}

static bool read_members(struct settings *settings, struct arena *arena, const char *path, json_t *root,
                         struct slice *problem)
{
    const char *key;
    json_t *value;
    json_object_foreach(root, key, value)
    {
        const struct setting *row = find_setting(key);
        if (!row)
            return bad_value(arena, path, key, "is not a setting", problem);
        if (!set_json(settings, arena, row, value))
            return bad_value(arena, path, key, wanted(arena, row), problem);
    }
    return true;
}

bool settings_read_file(struct settings *settings, struct arena *arena, const char *path, struct slice *problem)
{
    json_error_t error;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!root) {
        *problem = arena_printf(arena, "%s: line %d: %s", path, error.line, error.text);
        return false;
    }
    bool good = json_is_object(root) ? read_members(settings, arena, path, root, problem)
                                     : bad_value(arena, path, "the file", "must hold a JSON object", problem);
    json_decref(root);
    return good;
}

/* ----------------------------------------------------------- environment */

static void variable_of(const struct setting *row, char name[64])
{
    snprintf(name, 64, "NEWSMETA_%s", row->key);
    for (char *c = name; *c; c++)
        *c = (char)toupper((unsigned char)*c);
}

/* Kubernetes sets NEWSMETA_PORT=tcp://10.0.0.1:80 in every pod beside a Service called newsmeta. That is
 * not the operator speaking. */
static bool is_service_link(struct slice text)
{
    return slice_starts(text, SLICE("tcp://")) || slice_starts(text, SLICE("udp://"));
}

bool settings_read_environment(struct settings *settings, struct arena *arena, struct slice *problem)
{
    for (size_t i = 0; i < settings_count; i++) {
        char name[64];
        variable_of(&settings_table[i], name);
        struct slice text = slice_from_cstr(getenv(name));
        if (slice_is_null(text) || is_service_link(text))
            continue;
        if (!set_text(settings, arena, &settings_table[i], text))
            return bad_value(arena, "environment", name, wanted(arena, &settings_table[i]), problem);
    }
    return true;
}

/* ----------------------------------------------------------------- flags */

/* "--max-body-bytes" or "--max_body_bytes", up to '=' or the end. */
static const struct setting *setting_of_flag(const char *argument, const char **value)
{
    if (strncmp(argument, "--", 2) != 0)
        return NULL;
    const char *name = argument + 2;
    size_t len = strcspn(name, "=");
    for (size_t i = 0; i < settings_count; i++) {
        const char *key = settings_table[i].key;
        size_t k = 0;
        while (k < len && key[k] && (key[k] == name[k] || (key[k] == '_' && name[k] == '-')))
            k++;
        if (k == len && !key[k]) {
            *value = name[len] ? name + len + 1 : NULL;
            return &settings_table[i];
        }
    }
    return NULL;
}

bool settings_read_flags(struct settings *settings, struct arena *arena, int *argc, char **argv, struct slice *problem)
{
    int kept = 0;
    for (int i = 0; i < *argc; i++) {
        const char *value;
        const struct setting *row = i ? setting_of_flag(argv[i], &value) : NULL;
        if (!row) {
            argv[kept++] = argv[i];
            continue;
        }
        const char *flag = argv[i];
        if (!value && i + 1 < *argc)
            value = argv[++i];
        if (!value)
            return bad_value(arena, "flags", flag, "needs a value", problem);
        if (!set_text(settings, arena, row, slice_from_cstr(value)))
            return bad_value(arena, "flags", flag, wanted(arena, row), problem);
    }
    *argc = kept;
    argv[kept] = NULL;
    return true;
}

/* ------------------------------------------------------------- all of them */

struct settings_source settings_source_make(struct arena *arena, const char *path, int argc, char *const *argv)
{
    struct settings_source source = {.path = path, .argc = argc};
    if (path)
        source.path = arena_cstr(arena, slice_from_cstr(path));
    source.argv = arena_calloc(arena, (size_t)argc + 1, sizeof *source.argv);
    for (int i = 0; i < argc; i++)
        source.argv[i] = arena_cstr(arena, slice_from_cstr(argv[i]));
    return source;
}

bool settings_read(const struct settings_source *source, struct settings *settings, struct arena *arena,
                   struct slice *problem)
{
    int argc = source->argc;
    char **argv = arena_calloc(arena, (size_t)argc + 1, sizeof *argv); /* reading takes flags off */
    for (int i = 0; i < argc; i++)
        argv[i] = source->argv[i];
    *settings = settings_default();
    return (!source->path || settings_read_file(settings, arena, source->path, problem)) &&
           settings_read_environment(settings, arena, problem) &&
           settings_read_flags(settings, arena, &argc, argv, problem);
}
