/* batch: many jobs, from the input or from files. */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "pipeline/knowledge.h"
#include "pipeline/request.h"
#include "program.h"

static bool read_job_count(struct program *program, int *jobs)
{
    const char *value = program_take_flag(program, "--jobs");
    uint64_t number = (uint64_t)sysconf(_SC_NPROCESSORS_ONLN);
    if (value && (!slice_to_u64(slice_from_cstr(value), 1024, &number) || number == 0))
        return false;
    *jobs = (int)number;
    return true;
}

/* Signals that end the program become readable instead, in every thread begun from here on; writing to a
 * closed pipe becomes an error. */
static int watch_signals(void)
{
    sigset_t watched;
    sigemptyset(&watched);
    sigaddset(&watched, SIGINT);
    sigaddset(&watched, SIGTERM);
    sigprocmask(SIG_BLOCK, &watched, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &watched, SFD_CLOEXEC);
}

/* The options that were given, moved together. */
static size_t drop_missing(struct batch_default options[static PROGRAM_JOB_FLAGS])
{
    size_t count = 0;
    for (size_t i = 0; i < PROGRAM_JOB_FLAGS; i++)
        if (!slice_is_null(options[i].value))
            options[count++] = options[i];
    return count;
}

static int run_batch(const struct batch_options *options, const struct batch_input *input)
{
    struct batch_result result = batch_run(options, input, stdout);
    if (result.passed_over)
        fprintf(stderr, "newsmeta: records without a page, passed over: %llu\n", (unsigned long long)result.passed_over);
    if (!result.written) {
        fprintf(stderr, "newsmeta: the output cannot be written: %s\n", strerror(result.error));
        return EXIT_OUTPUT;
    }
    return result.stopped ? EXIT_STOPPED : EXIT_DONE;
}

/* What is left of the command line are files. */
static int check_files(struct program *program, bool listed)
{
    for (int i = 2; i < program->argc; i++)
        if (listed || program->argv[i][0] == '-')
            return program_usage_error("unexpected argument", program->argv[i]);
    return EXIT_DONE;
}

/* Blocks of this size go back when they are freed. Left to itself, the C library raises the limit to the largest
 * block that it has seen, up to 32 MiB, and every thread keeps that much. */
#define GIVEN_BACK_FROM (128 << 10)

int command_batch(struct program *program)
{
    mallopt(M_MMAP_THRESHOLD, GIVEN_BACK_FROM);
    struct batch_default defaults[PROGRAM_JOB_FLAGS];
    struct batch_options options = {.timeout_ms = program->settings.timeout_ms, .allow_file = true};
    struct batch_input input = {.fd = STDIN_FILENO};
    struct job probe; /* refuses bad options before the first job */
    request_init(&probe, program->arena, NULL, NULL);
    options.unordered = program_take_switch(program, "--unordered");
    input.fd_lists_paths = program_take_switch(program, "--paths-from-stdin");
    if (!read_job_count(program, &options.jobs))
        return program_usage_error("--jobs must be a whole number from 1 to 1024", NULL);
    if (!program_read_job_flags(program, &probe, defaults) || check_files(program, input.fd_lists_paths))
        return EXIT_USAGE;
    options.defaults = defaults;
    options.default_count = drop_missing(defaults);
    input.paths = (const char *const *)program->argv + 2;
    input.path_count = (size_t)program->argc - 2;
    input.stop_fd = watch_signals();
    options.knowledge = knowledge_create(program->arena);
    bool bad;
    options.fetcher = program_make_fetcher(program, &bad);
    int code = bad ? EXIT_USAGE : run_batch(&options, &input);
    fetcher_destroy(options.fetcher);
    if (input.stop_fd >= 0)
        close(input.stop_fd);
    return code;
}
