#include "settings_internal.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define GIB (UINT64_C(1) << 30)
#define ROW(key, type, min, max, at_start, choices, help)                                                              \
    {#key, type, offsetof(struct settings, key), min, max, at_start, choices, help}
#define INT(key, min, max, help) ROW(key, SETTING_INT, min, max, false, NULL, help)
#define INT_AT_START(key, min, max, help) ROW(key, SETTING_INT, min, max, true, NULL, help)
#define BYTES(key, min, max, help) ROW(key, SETTING_BYTES, min, max, false, NULL, help)
#define STRING(key, choices, help) ROW(key, SETTING_STRING, 0, 0, false, choices, help)
#define LIST(key, help) ROW(key, SETTING_LIST, 0, 0, false, NULL, help)
#define BOOL(key, help) ROW(key, SETTING_BOOL, 0, 0, false, NULL, help)

const struct setting settings_table[] = {
    ROW(listen, SETTING_STRING, 0, 0, true, NULL, "address to listen on (IPv4 or IPv6 literal)"),
    INT_AT_START(port, 0, 65535, "port to listen on; 0 takes a free one and logs it"),
    INT_AT_START(http_threads, 0, 256, "threads that read and write HTTP, and extract what is short; 0 is one a core"),
    INT_AT_START(workers, 0, 256, "threads that extract what is long, and batches; 0 is one a core"),
    INT_AT_START(queue, 1, 100000, "requests that wait for a thread at most; beyond it 503"),
    INT_AT_START(queue_target_ms, 0, 60000,
                 "how long a request may take where the queue never empties; beyond it 503; 0 is no limit"),
    BYTES(max_body_bytes, 1024, GIB, "largest request body"),
    BYTES(max_inflight_bytes, 1 << 20, 64 * GIB,
          "bodies of all requests under way, and pages that were fetched for them, together; beyond it 503"),
    INT_AT_START(max_connections, 1, 1000000, "connections at once"),
    INT_AT_START(max_connections_per_client, 0, 1000000, "connections at once from one address; 0 is no limit"),
    INT_AT_START(header_timeout_ms, 100, 600000, "time for the headers of a request to arrive"),
    INT_AT_START(body_timeout_ms, 100, 3600000, "time for the body of a request to arrive"),
    INT_AT_START(idle_timeout_ms, 100, 3600000, "how long a kept connection may be silent"),
    INT(timeout_ms, 10, 3600000, "time for the work of one request; upper bound of its own timeout_ms"),
    INT(drain_timeout_ms, 0, 3600000, "how long the end waits for requests under way"),
    STRING(log_level, "error warning info debug", "error, warning, info or debug"),
    STRING(user_agent, NULL, "how the fetcher names itself"),
    LIST(fetch_allow, "private addresses that may be fetched, as CIDR@port"),
    STRING(fetch_proxy, NULL, "URL of an outgoing proxy; empty: none (the environment's is never used)"),
    STRING(fetch_ca_bundle, NULL, "file of trusted certificates; empty: the system's"),
    BYTES(fetch_max_bytes, 1024, GIB, "largest page, counted after decompression"),
    INT(fetch_timeout_ms, 100, 600000, "time for a whole fetch, redirects included"),
    INT(fetch_connect_timeout_ms, 100, 600000, "time for a connection to an origin"),
    INT(fetch_max_redirects, 0, 50, "redirects that are followed"),
    INT_AT_START(fetch_max_concurrent, 1, 10000, "fetches at once"),
    INT(fetch_max_per_host, 1, 10000, "of these, of one host"),
    INT(fetch_delay_ms, 0, 600000, "time between the beginnings of two fetches of one host"),
    BOOL(fetch_robots, "whether robots.txt (RFC 9309) is asked for and obeyed"),
    BYTES(fetch_cache_bytes, 0, 64 * GIB,
          "pages kept in memory as long as their origin allows (RFC 9111); 0 keeps none"),
    ROW(sandbox, SETTING_STRING, 0, 0, true, "on off",
        "on: the service reads a few folders, writes no file, starts no program"),
    LIST(api_keys, "keys that may use the service, as NAME:SHA-256 in hex; none: everybody may"),
    INT(rate_per_minute, 0, 60000000, "requests a minute of one key, or one address without keys; 0 is no limit"),
    INT(rate_burst, 1, 1000000, "of these, how many at once"),
    LIST(cors_origins, "origins whose pages may read answers; * is all"),
    LIST(trusted_proxies, "proxies, as CIDR, that are believed about a client's address"),
    STRING(trusted_proxy_header, "x-forwarded-for forwarded", "the header in which they give it"),
    BOOL(fetch_enabled, "whether URLs are fetched at all"),
};

const size_t settings_count = sizeof settings_table / sizeof settings_table[0];

struct settings settings_default(void)
{
    static const char *const nothing[] = {NULL};
    return (struct settings){
        .listen = "127.0.0.1",
        .port = 8080,
        .http_threads = 0,
        .workers = 0,
        .queue = 256,
        .queue_target_ms = 1,
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
        .sandbox = "on",
        .user_agent = "newsmeta/" NEWSMETA_VERSION,
        .fetch_allow = nothing,
        .fetch_proxy = "",
        .fetch_ca_bundle = "",
        .fetch_max_bytes = 16 << 20,
        .fetch_timeout_ms = 15000,
        .fetch_connect_timeout_ms = 5000,
        .fetch_max_redirects = 8,
        .fetch_max_concurrent = 64,
        .fetch_max_per_host = 8,
        .fetch_delay_ms = 0,
        .fetch_robots = false,
        .fetch_cache_bytes = 32 << 20,
        .fetch_enabled = true,
        .api_keys = nothing,
        .rate_per_minute = 0,
        .rate_burst = 60,
        .cors_origins = nothing,
        .trusted_proxies = nothing,
        .trusted_proxy_header = "x-forwarded-for",
    };
}

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
        .max_per_host = settings->fetch_max_per_host,
        .delay_ms = settings->fetch_delay_ms,
        .robots = settings->fetch_robots,
        .cache_bytes = settings->fetch_cache_bytes,
    };
}

/* ---------------------------------------------------------------- comparing */

static bool same_lists(const char *const *a, const char *const *b)
{
    for (; *a && *b; a++, b++)
        if (strcmp(*a, *b) != 0)
            return false;
    return !*a && !*b;
}

static bool is_same(const struct settings *before, const struct settings *after, const struct setting *row)
{
    const void *a = settings_field(before, row), *b = settings_field(after, row);
    switch (row->type) {
    case SETTING_INT: return *(const int *)a == *(const int *)b;
    case SETTING_BYTES: return *(const uint64_t *)a == *(const uint64_t *)b;
    case SETTING_STRING: return strcmp(*(const char *const *)a, *(const char *const *)b) == 0;
    case SETTING_LIST: return same_lists(*(const char *const *const *)a, *(const char *const *const *)b);
    case SETTING_BOOL: return *(const bool *)a == *(const bool *)b;
    }
    return false;
}

struct slice settings_list_changes(const struct settings *before, const struct settings *after, bool at_start,
                                   struct arena *arena)
{
    struct slice keys = SLICE("");
    for (size_t i = 0; i < settings_count; i++)
        if (settings_table[i].at_start == at_start && !is_same(before, after, &settings_table[i]))
            keys = arena_printf(arena, "%.*s%s%s", SLICE_ARG(keys), keys.len ? "," : "", settings_table[i].key);
    return keys;
}

void settings_keep_fixed(const struct settings *before, struct settings *after, struct arena *arena)
{
    for (size_t i = 0; i < settings_count; i++) {
        const struct setting *row = &settings_table[i];
        const void *from = settings_field(before, row);
        void *to = settings_field(after, row);
        if (!row->at_start)
            continue;
        switch (row->type) {
        case SETTING_INT: *(int *)to = *(const int *)from; break;
        case SETTING_STRING: *(const char **)to = arena_cstr(arena, slice_from_cstr(*(const char *const *)from)); break;
        case SETTING_BOOL: *(bool *)to = *(const bool *)from; break;
        default: assert(false && "no list and no size is fixed at the start");
        }
    }
}

bool settings_fetch_alike(const struct settings *a, const struct settings *b)
{
    for (size_t i = 0; i < settings_count; i++) {
        const char *key = settings_table[i].key;
        bool concerns = strncmp(key, "fetch_", 6) == 0 || strcmp(key, "user_agent") == 0;
        if (concerns && !is_same(a, b, &settings_table[i]))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------ writing */

static bool write_default(struct buffer *out, const struct settings *defaults, const struct setting *row)
{
    void *field = settings_field(defaults, row);
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
    for (size_t i = 0; i < settings_count; i++) {
        /* user_agent names the version; a file that repeats it would keep an old one alive */
        if (settings_table[i].offset == offsetof(struct settings, user_agent))
            defaults.user_agent = "newsmeta";
        buffer_printf(out, "    \"%s\": ", settings_table[i].key);
        write_default(out, &defaults, &settings_table[i]);
        buffer_append_cstr(out, i + 1 < settings_count ? ",\n" : "\n");
    }
    return buffer_append_cstr(out, "}\n");
}

bool settings_write_help(struct buffer *out)
{
    struct settings defaults = settings_default();
    bool good = true;
    for (size_t i = 0; i < settings_count && good; i++) {
        char flag[64];
        snprintf(flag, sizeof flag, "--%s", settings_table[i].key);
        for (char *c = flag; *c; c++)
            *c = *c == '_' ? '-' : *c;
        buffer_printf(out, "  %-30s %s [", flag, settings_table[i].help);
        write_default(out, &defaults, &settings_table[i]);
        good = buffer_append_cstr(out, "]\n");
    }
    return good;
}
