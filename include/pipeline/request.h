/* request: what a caller sends -> a validated job. The same rules for JSON bodies, raw bodies with a
 * query, batch lines and the command line. On error the job's detail says which member is wrong. */
#ifndef NEWSMETA_PIPELINE_REQUEST_H
#define NEWSMETA_PIPELINE_REQUEST_H

#include "article/job.h"

/* A job that asks for everything, with no input yet, in its own arena. */
void request_init(struct job *job, struct arena *arena, const struct knowledge *knowledge, struct fetcher *fetcher);
/* {"url" | "html" | "text", options...}: exactly one source. Strings lie in the arena. Errors:
 * ERR_BAD_JSON, ERR_BAD_PARAMETER, ERR_BAD_URL, ERR_EXACTLY_ONE_SOURCE. `file_path`, where it is not NULL (command
 * line only): "file" may name a local file instead, and *file_path is set to it, or to null. */
enum err request_from_json(struct job *job, struct slice json, struct slice *file_path);
/* One option, as a query parameter or a flag gives it: fields, include, offsets, reference_date,
 * language, base_url, timeout_ms. Lists are comma-separated. ERR_BAD_PARAMETER for an unknown name or bad
 * value. timeout_ms sets deadline_ns from now, bounded by max_timeout_ms (0: not bounded). */
enum err request_set_option(struct job *job, struct slice name, struct slice value, int max_timeout_ms);
/* A raw body: text/plain, text/html (application/xhtml+xml); application/x-www-form-urlencoded, octet-stream
 * or none at all are sniffed. ERR_UNSUPPORTED_MEDIA for others. The body is borrowed. */
enum err request_set_body(struct job *job, struct slice body, struct slice content_type);
/* The URL to fetch; ERR_BAD_URL or ERR_ADDRESS_NOT_ALLOWED. */
enum err request_set_url(struct job *job, struct slice url);

#endif
