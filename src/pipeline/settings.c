#include "pipeline/settings.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>

enum setting_type { SETTING_INT, SETTING_BYTES, SETTING_STRING, SETTING_LIST, SETTING_BOOL };

struct setting {
    const char *key;
    enum setting_type type;
    size_t offset;
    uint64_t min, max;
    const char *choices; /* of a string: blank-separated, or NULL for any */
    const char *help;
};

#define GIB (UINT64_C(1) << 30)
#define ROW(key, type, min, max, choices, help) {#key, type, offsetof(struct settings, key), min, max, choices, help}
#define INT(key, min, max, help) ROW(key, SETTING_INT, min, max, NULL, help)
#define BYTES(key, min, max, help) ROW(key, SETTING_BYTES, min, max, NULL, help)
#define STRING(key, choices, help) ROW(key, SETTING_STRING, 0, 0, choices, help)

static const struct setting table[] = {
    STRING(listen, NULL, "address to listen on (IPv4 or IPv6 literal)"),
    INT(port, 0, 65535, "port to listen on; 0 takes a free one and logs it"),
    INT(http_threads, 1, 64, "threads that read and write HTTP"),
    INT(workers, 0, 256, "threads that extract; 0 is one a core"),
    INT(queue, 1, 100000, "requests that wait for a worker at most; beyond it 503"),
    BYTES(max_body_bytes, 1024, GIB, "largest request body"),
    BYTES(max_inflight_bytes, 1 << 20, 64 * GIB, "bodies of all requests under way together; beyond it 503"),
    INT(max_connections, 1, 1000000, "connections at once"),
    INT(max_connections_per_client, 0, 1000000, "connections at once from one address; 0 is no limit"),
    INT(header_timeout_ms, 100, 600000, "time for the headers of a request to arrive"),
    INT(body_timeout_ms, 100, 3600000, "time for the body of a request to arrive"),
    INT(idle_timeout_ms, 100, 3600000, "how long a kept connection may be silent"),
    INT(timeout_ms, 10, 3600000, "time for the work of one request; upper bound of its own timeout_ms"),
    INT(drain_timeout_ms, 0, 3600000, "how long the end waits for requests under way"),
    STRING(log_level, "error warning info debug", "error, warning, info or debug"),
    STRING(user_agent, NULL, "how the fetcher names itself"),
    ROW(fetch_allow, SETTING_LIST, 0, 0, NULL, "private addresses that may be fetched, as CIDR@port"),
    STRING(fetch_proxy, NULL, "URL of an outgoing proxy; empty: none (the environment's is never used)"),
    STRING(fetch_ca_bundle, NULL, "file of trusted certificates; empty: the system's"),
    BYTES(fetch_max_bytes, 1024, GIB, "largest page, counted after decompression"),
    INT(fetch_timeout_ms, 100, 600000, "time for a whole fetch, redirects included"),
    INT(fetch_connect_timeout_ms, 100, 600000, "time for a connection to an origin"),
    INT(fetch_max_redirects, 0, 50, "redirects that are followed"),
    INT(fetch_max_concurrent, 1, 10000, "fetches at once"),
    ROW(api_keys, SETTING_LIST, 0, 0, NULL, "keys that may use the service, as NAME:SHA-256 in hex; none: everybody may"),
    INT(rate_per_minute, 0, 60000000, "requests a minute of one key, or one address without keys; 0 is no limit"),
    INT(rate_burst, 1, 1000000, "of these, how many at once"),
    ROW(cors_origins, SETTING_LIST, 0, 0, NULL, "origins whose pages may read answers; * is all"),
    ROW(trusted_proxies, SETTING_LIST, 0, 0, NULL, "proxies, as CIDR, that are believed about a client's address"),
    STRING(trusted_proxy_header, "x-forwarded-for forwarded", "the header in which they give it"),
    ROW(fetch_enabled, SETTING_BOOL, 0, 0, NULL, "whether URLs are fetched at all"),
};

#define SETTING_COUNT (sizeof table / sizeof table[0])

struct settings settings_default(void)
{
    static const char *const nothing[] = {NULL};
    return (struct settings){
        .listen = "127.0.0.1",
        .port = 8080,
        .http_threads = 2,
        .workers = 0,
        .queue = 256,
        .max_body_bytes = 16 << 20,
        .max_inflight_bytes = 512 << 20,
        .max_connections = 4096,
        .max_connections_per_client = 0,
        .header_timeout_ms = 10000,
        .body_timeout_ms = 60000,
        .idle_timeout_ms = 60000,
        .timeout_ms = 30000,
        .drain_timeout_ms = 30000,
        .log_level = "info",
        .user_agent = "newsmeta/" NEWSMETA_VERSION,
        .fetch_allow = nothing,
        .fetch_proxy = "",
        .fetch_ca_bundle = "",
        .fetch_max_bytes = 16 << 20,
        .fetch_timeout_ms = 15000,
        .fetch_connect_timeout_ms = 5000,
        .fetch_max_redirects = 8,
        .fetch_max_concurrent = 64,
        .fetch_enabled = true,
        .api_keys = nothing,
        .rate_per_minute = 0,
        .rate_burst = 60,
        .cors_origins = nothing,
        .trusted_proxies = nothing,
        .trusted_proxy_header = "x-forwarded-for",
    };
}

static bool bad_value(struct arena *arena, const char *where, const char *key, const char *why, struct slice *problem)
{
    *problem = arena_printf(arena, "%s: %s %s", where, key, why);
    return false;
}

static void *field_of(struct settings *settings, const struct setting *row)
{
    return (char *)settings + row->offset;
}

/* ------------------------------------------------------- a value as text */

static bool set_number(struct settings *settings, const struct setting *row, uint64_t value)
{
    if (value < row->min || value > row->max)
        return false;
    if (row->type == SETTING_INT)
        *(int *)field_of(settings, row) = (int)value;
    else
        *(uint64_t *)field_of(settings, row) = value;
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
    *(const char **)field_of(settings, row) = arena_cstr(arena, text);
    return true;
}

static void set_list(struct settings *settings, struct arena *arena, const struct setting *row,
                     const struct slice *items, size_t count)
{
    const char **list = arena_calloc(arena, count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = arena_cstr(arena, items[i]);
    *(const char *const **)field_of(settings, row) = list;
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
        *(bool *)field_of(settings, row) = yes;
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

static bool set_json_list(struct settings *settings, struct arena *arena, const struct setting *row, const json_t *value)
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
            *(bool *)field_of(settings, row) = json_is_true(value);
        return json_is_boolean(value);
    }
    return false;
}

static const struct setting *find_setting(const char *key)
{
    for (size_t i = 0; i < SETTING_COUNT; i++)
        if (strcmp(table[i].key, key) == 0)
            return &table[i];
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
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        char name[64];
        variable_of(&table[i], name);
        struct slice text = slice_from_cstr(getenv(name));
        if (slice_is_null(text) || is_service_link(text))
            continue;
        if (!set_text(settings, arena, &table[i], text))
            return bad_value(arena, "environment", name, wanted(arena, &table[i]), problem);
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
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        const char *key = table[i].key;
        size_t k = 0;
        while (k < len && key[k] && (key[k] == name[k] || (key[k] == '_' && name[k] == '-')))
            k++;
        if (k == len && !key[k]) {
            *value = name[len] ? name + len + 1 : NULL;
            return &table[i];
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

/* --------------------------------------------------------------- the rest */

struct fetch_settings settings_for_fetcher(const struct settings *settings)
{
    return (struct fetch_settings){
        .user_agent = settings->user_agent,
        .allow = settings->fetch_allow,
        .proxy = settings->fetch_proxy,
        .ca_bundle = settings->fetch_ca_bundle,
        .max_bytes = settings->fetch_max_bytes,
        .timeout_ms = settings->fetch_timeout_ms,
        .connect_timeout_ms = settings->fetch_connect_timeout_ms,
        .max_redirects = settings->fetch_max_redirects,
        .max_concurrent = settings->fetch_max_concurrent,
    };
}

static bool write_default(struct buffer *out, struct settings *defaults, const struct setting *row)
{
    void *field = field_of(defaults, row);
    switch (row->type) {
    case SETTING_INT: return buffer_printf(out, "%d", *(int *)field);
    case SETTING_BYTES: return buffer_printf(out, "%llu", (unsigned long long)*(uint64_t *)field);
    case SETTING_STRING: return buffer_printf(out, "\"%s\"", *(const char **)field);
    case SETTING_LIST: return buffer_append_cstr(out, "[]");
    case SETTING_BOOL: return buffer_append_cstr(out, *(bool *)field ? "true" : "false");
    }
    return false;
}

bool settings_write_defaults(struct buffer *out)
{
    struct settings defaults = settings_default();
    buffer_append_cstr(out, "{\n");
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        /* user_agent names the version; a file that repeats it would keep an old one alive */
        if (table[i].offset == offsetof(struct settings, user_agent))
            defaults.user_agent = "newsmeta";
        buffer_printf(out, "    \"%s\": ", table[i].key);
        write_default(out, &defaults, &table[i]);
        buffer_append_cstr(out, i + 1 < SETTING_COUNT ? ",\n" : "\n");
    }
    return buffer_append_cstr(out, "}\n");
}

bool settings_write_help(struct buffer *out)
{
    struct settings defaults = settings_default();
    bool good = true;
    for (size_t i = 0; i < SETTING_COUNT && good; i++) {
        char flag[64];
        snprintf(flag, sizeof flag, "--%s", table[i].key);
        for (char *c = flag; *c; c++)
            *c = *c == '_' ? '-' : *c;
        buffer_printf(out, "  %-30s %s [", flag, table[i].help);
        write_default(out, &defaults, &table[i]);
        good = buffer_append_cstr(out, "]\n");
    }
    return good;
}
