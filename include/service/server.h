/* server: HTTP in front of the pipeline, and nothing about news.
 *
 * Threads: `http_threads` drive libmicrohttpd (http_loop.h), which reads and writes, and extract what is short between
 * two rounds of that; `workers` (workers.h) extract what is long, and batches; `fetch_max_concurrent` wait for origins.
 * What cannot be taken on is refused at once: 503 with Retry-After rather than slowness.
 *
 * Signals: SIGTERM and SIGINT drain (no new connections, answers under way are finished, at most
 * drain_timeout_ms); SIGHUP reads the settings again (configuration.h); SIGPIPE is ignored. */
#ifndef NEWSMETA_SERVICE_SERVER_H
#define NEWSMETA_SERVICE_SERVER_H

#include "article/knowledge.h"
#include "pipeline/settings.h"

/* Serves until a signal ends it; returns the exit code of the process: 0 after a clean drain, 1 when the address cannot
 * be listened on (said on stderr) or the drain ran out of time, 2 when a setting cannot be used. To be called from the
 * main thread, before other threads of the caller's are started: the signals are blocked for all threads made later. */
int service_run(const struct settings_source *source, const struct settings *settings,
                const struct knowledge *knowledge);

/* Asks the service on the configured address for /healthz: 0 when it answers 200 within two seconds, 1
 * otherwise (with a line on stderr that says why). What a container's HEALTHCHECK runs. */
int service_check(const struct settings *settings);

#endif
