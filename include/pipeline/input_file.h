/* input_file: local files as input: read whole, gunzipped where gzipped (RFC 1952), counted against a cap.
 * For the command line only; the service never opens a file that a caller names. */
#ifndef NEWSMETA_PIPELINE_INPUT_FILE_H
#define NEWSMETA_PIPELINE_INPUT_FILE_H

#include "article/job.h"

/* The bytes of the file into job->input (in the job's arena), its kind INPUT_SNIFF. Errors, recorded in
 * the job: ERR_BAD_PARAMETER (cannot be opened or read), ERR_UNDECODABLE (broken gzip),
 * ERR_BODY_TOO_LARGE (more than LIMIT_INPUT_BYTES, after gunzipping). */
enum err input_file_read(struct job *job, const char *path);
/* The same from an open descriptor; `name` is for the message. */
enum err input_descriptor_read(struct job *job, int fd, const char *name);

#endif
