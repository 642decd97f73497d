/* settings: what an operator sets: config/newsmeta.json, overridden by NEWSMETA_* variables, overridden
 * by flags. One table names every key, its type, default, bounds and meaning; the file, the variables,
 * the flags and --help follow from it. A value that is not allowed ends the start with the key's name. */
#ifndef NEWSMETA_PIPELINE_SETTINGS_H
#define NEWSMETA_PIPELINE_SETTINGS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "fetch/fetcher.h"

struct settings {
    const char *listen;         /* address to listen on: IPv4 or IPv6 literal */
    int port;
    int http_threads;           /* threads that read and write HTTP */
    int workers;                /* threads that extract; 0 = one a core */
    int queue;                  /* requests that wait at most */
    int queue_target_ms;        /* until they are answered, where the queue never empties; 0: no matter */
    uint64_t max_body_bytes;    /* of a request */
    uint64_t max_inflight_bytes; /* of all requests together */
    int max_connections;
    int max_connections_per_client;
    int header_timeout_ms;      /* from the first byte to the end of the headers */
    int body_timeout_ms;        /* from the headers to the end of the body */
    int idle_timeout_ms;        /* keep-alive without a request */
    int timeout_ms;             /* default and upper bound of a job's own timeout_ms */
    int drain_timeout_ms;       /* how long SIGTERM waits for what is under way */
    const char *log_level;      /* error, warning, info, debug */
    const char *sandbox;        /* on, off */
    const char *user_agent;
    const char *const *fetch_allow; /* CIDR@port, NULL-terminated */
    const char *fetch_proxy;
    const char *fetch_ca_bundle;
    uint64_t fetch_max_bytes;
    int fetch_timeout_ms;
    int fetch_connect_timeout_ms;
    int fetch_max_redirects;
    int fetch_max_concurrent;
    int fetch_max_per_host;
    int fetch_delay_ms;         /* between two fetches of one host */
    bool fetch_robots;          /* obey robots.txt */
    uint64_t fetch_cache_bytes; /* of pages kept in memory; 0: none */
    bool fetch_enabled;
    const char *const *api_keys; /* NAME:SHA-256 in hex, NULL-terminated; the other lists too */
    int rate_per_minute;         /* of one key or address */
    int rate_burst;
    const char *const *cors_origins;
    const char *const *trusted_proxies; /* CIDR */
    const char *trusted_proxy_header;   /* x-forwarded-for, forwarded */
};

/* Where all of them come from, so that they can be read again. */
struct settings_source {
    const char *path; /* of a file; NULL: none */
    int argc;
    char **argv;      /* as the program was started; what is no setting is passed over */
};

/* The defaults. Strings are static or live in the arena given to the readers below. */
struct settings settings_default(void);
/* Each reads one source over what is there. False: *problem (in the arena) names the key and what is
 * wrong with its value. */
bool settings_read_file(struct settings *settings, struct arena *arena, const char *path, struct slice *problem);
bool settings_read_environment(struct settings *settings, struct arena *arena, struct slice *problem);
/* Takes "--key=value" and "--key value" off argv, leaves the rest in place; *argc is updated. */
bool settings_read_flags(struct settings *settings, struct arena *arena, int *argc, char **argv, struct slice *problem);
/* Copies what it is given into the arena; `path` may be NULL. */
struct settings_source settings_source_make(struct arena *arena, const char *path, int argc, char *const *argv);
/* The defaults, then the file, the environment and the flags of the source. */
bool settings_read(const struct settings_source *source, struct settings *settings, struct arena *arena,
                   struct slice *problem);

/* The keys whose values differ, comma-separated, "" for none: those that only a restart takes up (`at_start`), or the
 * others. */
struct slice settings_list_changes(const struct settings *before, const struct settings *after, bool at_start,
                                   struct arena *arena);
/* What only a restart takes up becomes in `after` what it is in `before`; strings are copied into the arena. */
void settings_keep_fixed(const struct settings *before, struct settings *after, struct arena *arena);
/* The fetcher of one would do for the other. */
bool settings_fetch_alike(const struct settings *a, const struct settings *b);
/* The same settings as the fetcher wants them. */
struct fetch_settings settings_for_fetcher(const struct settings *settings);
/* Every key with its default, as config/newsmeta.json has it; and one line a key for --help. */
bool settings_write_defaults(struct buffer *out);
bool settings_write_help(struct buffer *out);

#endif
