/* newsmeta: the commands. serve: HTTP; extract: one article; batch: many; check: is the service up? */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "output/answer.h"
#include "output/problem.h"
#include "pipeline/batch.h"
#include "pipeline/input_file.h"
#include "pipeline/knowledge.h"
#include "pipeline/pipeline.h"
#include "pipeline/request.h"
#include "pipeline/settings.h"
#include "service/server.h"

/* Exit codes: 0 done, 1 the input was refused, 2 the command line or a setting is wrong, 3 the output
 * could not be written. */
enum { EXIT_DONE, EXIT_PROBLEM, EXIT_USAGE, EXIT_OUTPUT };

struct program {
    struct arena *arena;
    struct settings settings;
    int argc;
    char **argv; /* what settings have not taken; argv[1] is the command */
};

static int usage_error(const char *what, const char *which)
{
    fprintf(stderr, "newsmeta: %s%s%s\nTry 'newsmeta --help'.\n", what, which ? ": " : "", which ? which : "");
    return EXIT_USAGE;
}

static int print_help(void)
{
    fputs("newsmeta: a news article in, its metadata out\n"
          "\n"
          "usage: newsmeta serve [SETTING...]\n"
          "       newsmeta extract [OPTION...] [FILE|URL|-]\n"
          "       newsmeta batch [--jobs=N] [--unordered] < NDJSON\n"
          "       newsmeta check [SETTING...]\n"
          "       newsmeta settings            print every setting with its default, as JSON\n"
          "       newsmeta --help | --version\n"
          "\n"
          "options of extract: --fields=LIST --include=LIST --offsets=codepoint|utf16|byte --reference-date=DATE\n"
          "  --language=TAG --base-url=URL --html --text\n"
          "\n"
          "settings, from --config=FILE, then NEWSMETA_* in the environment, then flags:\n",
          stdout);
    struct buffer help = buffer_make(1 << 16);
    settings_write_help(&help);
    fwrite(help.ptr, 1, help.len, stdout);
    buffer_free(&help);
    return EXIT_DONE;
}

static int print_settings(void)
{
    struct buffer text = buffer_make(1 << 16);
    settings_write_defaults(&text);
    fwrite(text.ptr, 1, text.len, stdout);
    buffer_free(&text);
    return EXIT_DONE;
}

/* --------------------------------------------------------------- settings */

/* "--NAME=value" or "--NAME value": the value, and the argument(s) gone from argv. */
static const char *take_flag(struct program *program, const char *name)
{
    size_t len = strlen(name);
    for (int i = 1; i < program->argc; i++) {
        const char *argument = program->argv[i];
        if (strncmp(argument, name, len) != 0 || (argument[len] != '=' && argument[len] != '\0'))
            continue;
        int gone = argument[len] == '=' || i + 1 == program->argc ? 1 : 2;
        const char *value = argument[len] == '=' ? argument + len + 1 : gone == 2 ? program->argv[i + 1] : "";
        for (int k = i; k + gone <= program->argc; k++)
            program->argv[k] = program->argv[k + gone];
        program->argc -= gone;
        return value;
    }
    return NULL;
}

static bool take_switch(struct program *program, const char *name)
{
    for (int i = 1; i < program->argc; i++)
        if (strcmp(program->argv[i], name) == 0) {
            for (int k = i; k < program->argc; k++)
                program->argv[k] = program->argv[k + 1];
            program->argc--;
            return true;
        }
    return false;
}

static bool read_settings(struct program *program)
{
    struct slice problem;
    const char *path = take_flag(program, "--config");
    if (!path)
        path = getenv("NEWSMETA_CONFIG");
    program->settings = settings_default();
    if ((!path || settings_read_file(&program->settings, program->arena, path, &problem)) &&
        settings_read_environment(&program->settings, program->arena, &problem) &&
        settings_read_flags(&program->settings, program->arena, &program->argc, program->argv, &problem))
        return true;
    fprintf(stderr, "newsmeta: %.*s\n", SLICE_ARG(problem));
    return false;
}

/* Set up only when it is needed: a fetcher is a thread. *bad_setting: an allow entry cannot be read. */
static struct fetcher *make_fetcher(const struct program *program, bool *bad_setting)
{
    *bad_setting = false;
    if (!program->settings.fetch_enabled)
        return NULL;
    struct fetch_settings settings = settings_for_fetcher(&program->settings);
    const char *bad = NULL;
    struct fetcher *fetcher = fetcher_create(&settings, &bad);
    if (!fetcher) {
        fprintf(stderr, "newsmeta: fetch_allow: %s\n", bad ? bad : "the fetcher cannot be started");
        *bad_setting = true;
    }
    return fetcher;
}

/* ---------------------------------------------------------------- extract */

static const char *const job_flags[][2] = {
    {"--fields", "fields"},           {"--include", "include"},   {"--offsets", "offsets"},
    {"--reference-date", "reference_date"}, {"--language", "language"}, {"--base-url", "base_url"},
};

static enum err read_job_flags(struct program *program, struct job *job)
{
    for (size_t i = 0; i < sizeof job_flags / sizeof job_flags[0]; i++) {
        const char *value = take_flag(program, job_flags[i][0]);
        if (!value)
            continue;
        enum err err = request_set_option(job, slice_from_cstr(job_flags[i][1]), slice_from_cstr(value), 0);
        if (err)
            return err;
    }
    return ERR_NONE;
}

static bool is_url(const char *argument)
{
    struct slice s = slice_from_cstr(argument);
    return slice_starts_nocase(s, SLICE("http://")) || slice_starts_nocase(s, SLICE("https://"));
}

static enum err read_input(struct job *job, const char *argument)
{
    if (is_url(argument))
        return request_set_url(job, slice_from_cstr(argument));
    if (strcmp(argument, "-") == 0)
        return input_stream_read(job, stdin, "standard input");
    return input_file_read(job, argument);
}

static int print_answer(const struct job *job)
{
    struct buffer out = buffer_make(SIZE_MAX / 4);
    if (job->err)
        problem_write(job->err, job->detail, SLICE_NULL, job->upstream_status, &out);
    else
        answer_write(job, &out);
    buffer_append_byte(&out, '\n');
    bool good = fwrite(out.ptr, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
    buffer_free(&out);
    if (!good)
        return EXIT_OUTPUT;
    return job->err ? EXIT_PROBLEM : EXIT_DONE;
}

static int extract_input(struct program *program, struct job *job, bool html, bool text)
{
    const char *argument = program->argc > 2 ? program->argv[2] : "-";
    enum err err = read_input(job, argument);
    if (!err && job->kind == INPUT_SNIFF && (html || text))
        job->kind = html ? INPUT_HTML : INPUT_TEXT;
    job->deadline_ns = clock_now_ns() + program->settings.timeout_ms * CLOCK_NS_PER_MS;
    bool bad = false;
    if (!err && job->kind == INPUT_URL)
        job->fetcher = make_fetcher(program, &bad);
    if (!err && !bad)
        pipeline_run(job);
    int code = bad ? EXIT_USAGE : print_answer(job);
    fetcher_destroy(job->fetcher);
    return code;
}

static int command_extract(struct program *program)
{
    struct job *job = arena_alloc(program->arena, sizeof *job);
    request_init(job, program->arena, knowledge_create(program->arena), NULL);
    bool html = take_switch(program, "--html"), text = take_switch(program, "--text");
    if (read_job_flags(program, job)) {
        fprintf(stderr, "newsmeta: %.*s\n", SLICE_ARG(job->detail));
        return EXIT_USAGE;
    }
    for (int i = 2; i < program->argc; i++)
        if (i > 2 || (program->argv[i][0] == '-' && program->argv[i][1]))
            return usage_error("unexpected argument", program->argv[i]);
    return extract_input(program, job, html, text);
}

/* ------------------------------------------------------------------ batch */

static bool read_job_count(struct program *program, int *jobs)
{
    const char *value = take_flag(program, "--jobs");
    uint64_t number = (uint64_t)sysconf(_SC_NPROCESSORS_ONLN);
    if (value && (!slice_to_u64(slice_from_cstr(value), 1024, &number) || number == 0))
        return false;
    *jobs = (int)number;
    return true;
}

static int command_batch(struct program *program)
{
    struct batch_options options = {.timeout_ms = program->settings.timeout_ms, .allow_file = true};
    bool bad;
    options.unordered = take_switch(program, "--unordered");
    if (!read_job_count(program, &options.jobs))
        return usage_error("--jobs must be a whole number from 1 to 1024", NULL);
    if (program->argc > 2)
        return usage_error("unexpected argument", program->argv[2]);
    options.knowledge = knowledge_create(program->arena);
    options.fetcher = make_fetcher(program, &bad);
    if (bad)
        return EXIT_USAGE;
    bool good = batch_run(&options, stdin, stdout);
    fetcher_destroy(options.fetcher);
    return good ? EXIT_DONE : EXIT_OUTPUT;
}

/* ----------------------------------------------------------- serve, check */

static int command_serve(struct program *program)
{
    if (program->argc > 2)
        return usage_error("unexpected argument", program->argv[2]);
    bool bad;
    struct fetcher *fetcher = make_fetcher(program, &bad);
    if (bad)
        return EXIT_USAGE;
    int code = service_run(&program->settings, knowledge_create(program->arena), fetcher);
    fetcher_destroy(fetcher);
    return code;
}

static int command_check(struct program *program)
{
    if (program->argc > 2)
        return usage_error("unexpected argument", program->argv[2]);
    return service_check(&program->settings);
}

static int run_command(struct program *program)
{
    static const struct {
        const char *name;
        int (*run)(struct program *program);
    } commands[] = {
        {"serve", command_serve}, {"extract", command_extract}, {"batch", command_batch}, {"check", command_check}};
    if (program->argc < 2)
        return usage_error("a command is missing", NULL);
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (strcmp(program->argv[1], commands[i].name) == 0)
            return commands[i].run(program);
    return usage_error("there is no such command", program->argv[1]);
}

int main(int argc, char **argv)
{
    const char *first = argc > 1 ? argv[1] : "";
    if (strcmp(first, "--help") == 0 || strcmp(first, "help") == 0)
        return print_help();
    if (strcmp(first, "--version") == 0)
        return puts("newsmeta " NEWSMETA_VERSION) < 0 ? EXIT_OUTPUT : EXIT_DONE;
    if (strcmp(first, "settings") == 0)
        return print_settings();
    struct program program = {.arena = arena_create(), .argc = argc, .argv = argv};
    int code = read_settings(&program) ? run_command(&program) : EXIT_USAGE;
    arena_destroy(program.arena);
    return code;
}
