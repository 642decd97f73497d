#include "pipeline/request.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/json_reading.h"
#include "base/media_type.h"
#include "fetch/fetcher.h"

void request_init(struct job *job, struct arena *arena, const struct knowledge *knowledge, struct fetcher *fetcher)
{
    *job = (struct job){
        .arena = arena,
        .knowledge = knowledge,
        .fetcher = fetcher,
        .kind = INPUT_SNIFF,
        .fields = FIELD_ALL,
    };
}

/* --------------------------------------------------------------- options */

struct name_bit {
    const char *name;
    unsigned bit;
};

static const struct name_bit field_names[] = {
#define X(enumerator, name) {name, enumerator},
    FIELD_TABLE(X)
#undef X
    {"url", FIELD_PAGE},
    {"canonical_url", FIELD_PAGE},
    {"site_name", FIELD_PAGE},
    {"description", FIELD_PAGE},
    {"image", FIELD_PAGE},
    {NULL, 0},
};

static const struct name_bit include_names[] = {
    {"body", INCLUDE_BODY}, {"mentions", INCLUDE_MENTIONS}, {"timings", INCLUDE_TIMINGS}, {NULL, 0}};

static const struct name_bit offset_names[] = {
    {"codepoint", OFFSET_CODEPOINT}, {"utf16", OFFSET_UTF16}, {"byte", OFFSET_BYTE}, {NULL, 0}};

static const struct name_bit *find_name(const struct name_bit *names, struct slice name)
{
    for (; names->name; names++)
        if (slice_equals(name, slice_from_cstr(names->name)))
            return names;
    return NULL;
}

static enum err bad_parameter(struct job *job, const char *name, struct slice value, const char *why)
{
    struct slice shown = slice_sub(value, 0, 80);
    struct slice detail = arena_printf(job->arena, "%s: '%.*s' %s", name, SLICE_ARG(shown), why);
    return job_fail(job, ERR_BAD_PARAMETER, arena_cstr(job->arena, detail));
}

static enum err add_bit(struct job *job, const char *option, const struct name_bit *names, struct slice name,
                        unsigned *bits)
{
    const struct name_bit *found = find_name(names, name);
    if (!found)
        return bad_parameter(job, option, name, "is not one of the names that are known");
    *bits |= found->bit;
    return ERR_NONE;
}

static enum err set_bits(struct job *job, const char *option, const struct name_bit *names, struct slice list,
                         unsigned *bits)
{
    struct slice part;
    unsigned sum = 0;
    while (slice_split(&list, ',', &part)) {
        part = slice_trim(part);
        if (part.len == 0)
            continue;
        enum err err = add_bit(job, option, names, part, &sum);
        if (err)
            return err;
    }
    *bits = sum;
    return ERR_NONE;
}

static enum err set_fields(struct job *job, struct slice list)
{
    enum err err = set_bits(job, "fields", field_names, list, &job->fields);
    if (!err && job->fields == 0)
        job->fields = FIELD_ALL;
    return err;
}

static enum err set_offsets(struct job *job, struct slice value)
{
    const struct name_bit *found = find_name(offset_names, value);
    if (!found)
        return bad_parameter(job, "offsets", value, "is not codepoint, utf16 or byte");
    job->offsets = (enum offset_unit)found->bit;
    return ERR_NONE;
}

static bool read_digits(struct slice s, size_t from, size_t to, int *value)
{
    uint64_t number;
    if (to > s.len || !slice_to_u64(slice_sub(s, from, to), 9999, &number))
        return false;
    *value = (int)number;
    return true;
}

/* A full date, perhaps with a time behind it, which does not matter here. */
static enum err set_reference_date(struct job *job, struct slice value)
{
    struct civil day = {0};
    bool good = value.len >= 10 && value.ptr[4] == '-' && value.ptr[7] == '-' && read_digits(value, 0, 4, &day.year) &&
                read_digits(value, 5, 7, &day.month) && read_digits(value, 8, 10, &day.day) && day.year > 0 &&
                calendar_is_valid(day) && (value.len == 10 || value.ptr[10] == 'T' || value.ptr[10] == ' ');
    if (!good)
        return bad_parameter(job, "reference_date", value, "is not a date like 2022-11-14");
    job->reference_date = day;
    return ERR_NONE;
}

/* The shape of a BCP 47 tag: letters and digits in parts of 1 to 8, the first of 2 or 3 letters. */
static enum err set_language(struct job *job, struct slice value)
{
    struct slice rest = value, part;
    bool first = true;
    while (slice_split(&rest, '-', &part)) {
        bool good = part.len >= 1 && part.len <= 8 && (!first || part.len == 2 || part.len == 3);
        for (size_t i = 0; good && i < part.len; i++)
            good = ascii_is_alpha(part.ptr[i]) || (!first && ascii_is_digit(part.ptr[i]));
        if (!good)
            return bad_parameter(job, "language", value, "is not a BCP 47 language tag");
        first = false;
    }
    job->language = arena_copy(job->arena, value);
    return ERR_NONE;
}

/* Only a hint: a crawler's archive names its documents as it likes, and the document is none the worse. */
static enum err set_base_url(struct job *job, struct slice value)
{
    size_t host = slice_starts_nocase(value, SLICE("http://"))    ? 7
                  : slice_starts_nocase(value, SLICE("https://")) ? 8
                                                                  : 0;
    if (host == 0 || value.len == host || value.ptr[host] == '/')
        job_warn(job, "base_url_ignored", "url", "base_url is not an absolute http or https URL");
    else
        job->base_url = arena_copy(job->arena, value);
    return ERR_NONE;
}

static enum err set_timeout(struct job *job, struct slice value, int max_timeout_ms)
{
    uint64_t ms;
    if (!slice_to_u64(value, 3600000, &ms) || ms == 0)
        return bad_parameter(job, "timeout_ms", value, "is not a whole number from 1 to 3600000");
    if (max_timeout_ms && ms > (uint64_t)max_timeout_ms)
        ms = (uint64_t)max_timeout_ms;
    job->deadline_ns = clock_now_ns() + (int64_t)ms * CLOCK_NS_PER_MS;
    return ERR_NONE;
}

enum err request_set_option(struct job *job, struct slice name, struct slice value, int max_timeout_ms)
{
    if (slice_equals(name, SLICE("fields")))
        return set_fields(job, value);
    if (slice_equals(name, SLICE("include")))
        return set_bits(job, "include", include_names, value, &job->include);
    if (slice_equals(name, SLICE("offsets")))
        return set_offsets(job, value);
    if (slice_equals(name, SLICE("reference_date")))
        return set_reference_date(job, value);
    if (slice_equals(name, SLICE("language")))
        return set_language(job, value);
    if (slice_equals(name, SLICE("base_url")))
        return set_base_url(job, value);
    if (slice_equals(name, SLICE("timeout_ms")))
        return set_timeout(job, value, max_timeout_ms);
    return bad_parameter(job, "parameter", name, "is not known");
}

/* ---------------------------------------------------------------- source */

enum err request_set_url(struct job *job, struct slice url)
{
    const char *why = NULL;
    enum err err = fetcher_check_url(url, &why);
    if (err)
        return job_fail(job, err, why);
    job->kind = INPUT_URL;
    job->url = arena_copy(job->arena, url);
    return ERR_NONE;
}

enum err request_set_body(struct job *job, struct slice body, struct slice content_type)
{
    static const struct {
        const char *type;
        enum input_kind kind;
    } types[] = {{"text/plain", INPUT_TEXT},
                 {"text/html", INPUT_HTML},
                 {"application/xhtml+xml", INPUT_HTML},
                 {"application/x-www-form-urlencoded", INPUT_SNIFF},
                 {"application/octet-stream", INPUT_SNIFF},
                 {"", INPUT_SNIFF}};
    struct slice type = media_type_of(content_type);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (!slice_equals_nocase(type, slice_from_cstr(types[i].type)))
            continue;
        job->kind = types[i].kind;
        job->input = body;
        job->content_type = content_type;
        return ERR_NONE;
    }
    struct slice detail = arena_printf(job->arena, "'%.*s' is not one of application/json, text/plain, text/html",
                                       SLICE_ARG(slice_sub(type, 0, 80)));
    return job_fail(job, ERR_UNSUPPORTED_MEDIA, arena_cstr(job->arena, detail));
}

/* ------------------------------------------------------------------ JSON */

static struct slice string_of(const json_t *value)
{
    return slice_of(json_string_value(value), json_string_length(value));
}

/* Options as JSON are the options as text, but for lists and the number. */
static enum err set_json_option(struct job *job, const char *key, const json_t *value)
{
    struct slice name = slice_from_cstr(key);
    if (json_is_string(value))
        return request_set_option(job, name, string_of(value), 0);
    if (json_is_number(value) &&
        slice_equals(name, SLICE("timeout_ms"))) /* 500.0 is a whole number (JSON Schema, 6.1.1) */
        return request_set_option(job, name, arena_printf(job->arena, "%.17g", json_number_value(value)), 0);
    bool is_list = slice_equals(name, SLICE("fields")) || slice_equals(name, SLICE("include"));
    if (!is_list || !json_is_array(value))
        return bad_parameter(job, key, SLICE("value"), "is of a type that is not allowed here");
    struct buffer list = buffer_make(4096);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *item = json_array_get(value, i);
        buffer_append(&list, json_is_string(item) ? string_of(item) : SLICE("?"));
        buffer_append_byte(&list, ',');
    }
    enum err err = request_set_option(job, name, arena_copy(job->arena, buffer_slice(&list)), 0);
    buffer_free(&list);
    return err;
}

static enum err keep_id(struct job *job, const json_t *value)
{
    if (!json_is_string(value) && !json_is_integer(value))
        return bad_parameter(job, "id", SLICE("value"), "is neither a string nor a whole number");
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    job->id = arena_copy(job->arena, slice_from_cstr(text));
    free(text);
    return ERR_NONE;
}

static bool is_source(const char *key)
{
    return strcmp(key, "url") == 0 || strcmp(key, "html") == 0 || strcmp(key, "text") == 0 || strcmp(key, "file") == 0;
}

static enum err read_source(struct job *job, const char *key, const json_t *value, struct slice *file_path)
{
    if (!json_is_string(value))
        return bad_parameter(job, key, SLICE("value"), "is not a string");
    struct slice text = string_of(value);
    if (strcmp(key, "url") == 0)
        return request_set_url(job, text);
    if (strcmp(key, "file") == 0) {
        *file_path = text;
        return ERR_NONE;
    }
    job->kind = strcmp(key, "html") == 0 ? INPUT_HTML : INPUT_TEXT;
    job->input = text;
    job->content_type = SLICE("; charset=utf-8"); /* JSON is UTF-8 (RFC 8259), whatever a meta element says */
    return ERR_NONE;
}

static enum err read_members(struct job *job, json_t *root, struct slice *file_path)
{
    const char *key;
    json_t *value;
    int sources = 0;
    const json_t *id = json_object_get(root, "id");
    enum err err = id ? keep_id(job, id) : ERR_NONE; /* first, so that later errors carry it */
    json_object_foreach(root, key, value)
    {
        if (err)
            return err;
        if (strcmp(key, "id") == 0 || json_is_null(value))
            continue;
        if (is_source(key) && (file_path || strcmp(key, "file") != 0)) {
            sources++;
            err = sources == 1 ? read_source(job, key, value, file_path) : ERR_NONE;
        } else {
            err = set_json_option(job, key, value);
        }
    }
    if (!err && sources != 1)
        err = job_fail(job, ERR_EXACTLY_ONE_SOURCE, sources ? "more than one source is given" : "no source is given");
    return err;
}

struct reading {
    struct job *job;
    json_t *root;
    struct slice *file_path;
    enum err err;
};

static void read_root(void *context)
{
    struct reading *reading = context;
    reading->err = json_is_object(reading->root)
                       ? read_members(reading->job, reading->root, reading->file_path)
                       : job_fail(reading->job, ERR_BAD_JSON, "the body is not a JSON object");
}

enum err request_from_json(struct job *job, struct slice json, struct slice *file_path)
{
    json_error_t error;
    if (file_path)
        *file_path = SLICE_NULL;
    json_t *root = json_read(job->arena, json, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
    if (!root && json_error_code(&error) == json_error_out_of_memory)
        return job_fail(job, ERR_EXHAUSTED, NULL);
    if (!root) {
        struct slice detail = arena_printf(job->arena, "line %d, column %d: %s", error.line, error.column, error.text);
        return job_fail(job, ERR_BAD_JSON, arena_cstr(job->arena, detail));
    }
    struct reading reading = {job, root, file_path, ERR_NONE};
    if (!arena_try(job->arena, read_root, &reading))
        reading.err = job_fail(job, ERR_EXHAUSTED, NULL);
    return reading.err;
}
