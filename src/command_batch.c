/* batch: many jobs, from the input or from files. */
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/cores.h"
#include "base/resident.h"
#include "output/progress.h"
#include "pipeline/answer_file.h"
#include "pipeline/knowledge.h"
#include "pipeline/request.h"
#include "program.h"

static bool read_job_count(struct program *program, int *jobs)
{
    const char *value = program_take_flag(program, "--jobs");
    uint64_t number = cores_usable();
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

/* ---------------------------------------------------------------- progress */

#define REDRAW_NS (200 * CLOCK_NS_PER_MS)

struct screen {
    int64_t start_ns, drawn_ns;
    uint64_t bytes_total;
};

static off_t size_of(int fd, const char *path)
{
    struct stat status;
    bool good = (path ? stat(path, &status) : fstat(fd, &status)) == 0 && S_ISREG(status.st_mode);
    off_t at = good && !path ? lseek(fd, 0, SEEK_CUR) : 0;
    return good && at >= 0 && status.st_size > at ? status.st_size - at : 0;
}

/* 0 where files are listed on the input, or it is a pipe. */
static uint64_t input_size(const struct batch_input *input)
{
    uint64_t total = 0;
    for (size_t i = 0; i < input->path_count; i++)
        total += (uint64_t)size_of(-1, input->paths[i]);
    return input->path_count || input->fd_lists_paths ? total : (uint64_t)size_of(input->fd, NULL);
}

static struct progress progress_of(const struct screen *screen, const struct batch_progress *progress)
{
    return (struct progress){.answers = progress->answers,
                             .answers_before = progress->answers_before,
                             .bytes = progress->bytes,
                             .bytes_before = progress->bytes_before,
                             .bytes_total = screen->bytes_total,
                             .problems = progress->problems,
                             .elapsed_ns = clock_now_ns() - screen->start_ns};
}

static void draw(void *context, const struct batch_progress *so_far)
{
    struct screen *screen = context;
    if (clock_now_ns() - screen->drawn_ns < REDRAW_NS)
        return;
    struct progress progress = progress_of(screen, so_far);
    struct winsize size;
    unsigned columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
    struct buffer line = buffer_make(1024);
    progress_write(&progress, columns, &line);
    fprintf(stderr, "\r%.*s\033[K", (int)line.len, line.ptr);
    buffer_free(&line);
    screen->drawn_ns = clock_now_ns();
}

static void draw_end(const struct screen *screen, const struct batch_progress *all)
{
    struct progress progress = progress_of(screen, all);
    struct buffer line = buffer_make(1024);
    progress_write_end(&progress, &line);
    fprintf(stderr, "\r%.*s\033[K\n", (int)line.len, line.ptr);
    buffer_free(&line);
}

/* A line that draws itself again and again is for a terminal, and not among the answers. */
static bool wants_progress(const FILE *out)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0 && (out != stdout || !isatty(STDOUT_FILENO));
}

/* -------------------------------------------------------------------- runs */

static int tell_result(const struct batch_result *result)
{
    if (result->passed_over)
        fprintf(stderr, "newsmeta: records without a page, passed over: %llu\n",
                (unsigned long long)result->passed_over);
    if (!result->written) {
        fprintf(stderr, "newsmeta: the output cannot be written: %s\n", strerror(result->error));
        return EXIT_OUTPUT;
    }
    return result->stopped ? EXIT_STOPPED : EXIT_DONE;
}

static int run_batch(struct batch_options *options, const struct batch_input *input, FILE *out)
{
    struct screen screen = {.start_ns = clock_now_ns(), .bytes_total = input_size(input)};
    bool drawn = wants_progress(out);
    options->report = drawn ? draw : NULL;
    options->report_context = &screen;
    struct batch_result result = batch_run(options, input, out);
    if (result.other_input)
        return program_usage_error("--resume: the answers in the file are not those of this input", NULL);
    if (drawn)
        draw_end(&screen, &result.progress);
    return tell_result(&result);
}

static bool is_an_input(const struct answer_file *file, const struct batch_input *input)
{
    bool same = !input->path_count && answer_file_is(file, input->fd, NULL);
    for (size_t i = 0; i < input->path_count && !same; i++)
        same = answer_file_is(file, -1, input->paths[i]);
    return same;
}

/* The answers go to the file `path`, behind those that stand there. */
static int resume_batch(struct batch_options *options, const struct batch_input *input, const char *path)
{
    struct answer_file file;
    const char *why;
    if (!answer_file_open(path, &file, &why)) {
        fprintf(stderr, "newsmeta: --resume: %s: %s\n", path, why);
        return EXIT_OUTPUT;
    }
    int code = EXIT_USAGE;
    if (is_an_input(&file, input)) {
        program_usage_error("--resume: the file is one of the inputs", path);
    } else {
        options->done = (struct batch_done){file.answers, buffer_slice(&file.last)};
        FILE *out = answer_file_continue(&file);
        code = out ? run_batch(options, input, out) : EXIT_OUTPUT;
        if (!out || fclose(out) != 0) {
            fprintf(stderr, "newsmeta: --resume: %s: %s\n", path, strerror(errno));
            code = EXIT_OUTPUT;
        }
    }
    answer_file_free(&file);
    return code;
}

/* ------------------------------------------------------------- command line */

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
    const char *resume = program_take_flag(program, "--resume");
    if (resume && (!*resume || options.unordered))
        return program_usage_error(*resume ? "--resume goes by the order of the answers, which --unordered gives up"
                                           : "--resume must name a file", NULL);
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
    resident_forget_files();
    int code = EXIT_USAGE;
    if (!bad)
        code = resume ? resume_batch(&options, &input, resume) : run_batch(&options, &input, stdout);
    fetcher_destroy(options.fetcher);
    if (input.stop_fd >= 0)
        close(input.stop_fd);
    return code;
}
