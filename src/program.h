/* program: what the commands share: the command line, settings, exit codes. */
#ifndef NEWSMETA_PROGRAM_H
#define NEWSMETA_PROGRAM_H

#include "pipeline/batch.h"
#include "pipeline/settings.h"

/* Exit codes: 0 done, 1 the input was refused, 2 the command line or a setting is wrong, 3 the output
 * could not be written, 130 ended by a signal before the input's end. */
enum { EXIT_DONE, EXIT_PROBLEM, EXIT_USAGE, EXIT_OUTPUT, EXIT_STOPPED = 130 };

struct program {
    struct arena *arena;
    struct settings_source source; /* of the settings */
    struct settings settings;
    int argc;
    char **argv; /* what settings have not taken; argv[1] is the command */
};

#define PROGRAM_JOB_FLAGS 6

int program_usage_error(const char *what, const char *which);
/* "--NAME=value" or "--NAME value": the value, and the argument(s) gone from argv. */
const char *program_take_flag(struct program *program, const char *name);
bool program_take_switch(struct program *program, const char *name);
/* Takes the options of a job off argv: into the job, and into `taken`, whose entries that are not given stay
 * null. False: one has a bad value, and has been told. */
bool program_read_job_flags(struct program *program, struct job *job,
                            struct batch_default taken[static PROGRAM_JOB_FLAGS]);
/* Set up only when it is needed: a fetcher is a thread. *bad_setting: an allow entry cannot be read. */
struct fetcher *program_make_fetcher(const struct program *program, bool *bad_setting);

int command_batch(struct program *program);

#endif
