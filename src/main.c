/* newsmeta: the commands. serve: HTTP; extract: one article; batch: many; check: is the service up? */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "output/answer.h"
#include "output/problem.h"
#include "output/summary.h"
#include "pipeline/input_file.h"
#include "pipeline/knowledge.h"
#include "pipeline/pipeline.h"
#include "pipeline/request.h"
#include "pipeline/settings.h"
#include "program.h"
#include "service/server.h"

static int print_help(void)
{
    fputs("newsmeta: a news article in, its metadata out\n"
          "\n"
          "usage: newsmeta serve [SETTING...]\n"
          "       newsmeta extract [OPTION...] [FILE|URL|-]\n"
          "       newsmeta batch [--jobs=N] [--unordered] [--resume=OUT] [OPTION...] [--paths-from-stdin | FILE...]\n"
          "       newsmeta check [SETTING...]\n"
          "       newsmeta settings            print every setting with its default, as JSON\n"
          "       newsmeta --help | --version\n"
          "\n"
          "batch reads jobs as lines of JSON (NDJSON) or a web archive (WARC), plain or gzipped, from its input, from\n"
          "the files that are named, or from those whose paths stand on its input, one a line; --jobs=N threads.\n"
          "Answers are lines in the order of the jobs (--unordered: as they come). SIGINT and SIGTERM end it after\n"
          "what is under way. --resume=OUT writes to the file OUT, behind what an earlier run over the same input has\n"
          "written there, however that run ended. Progress is shown where standard error is a terminal.\n"
          "\n"
          "options of extract and batch: --fields=LIST --include=LIST --offsets=codepoint|utf16|byte "
          "--reference-date=DATE\n"
          "  --language=TAG --base-url=URL; of extract alone: --html --text --json\n"
          "extract prints a summary where its output is a terminal, and JSON elsewhere or with --json.\n"
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

static bool read_settings(struct program *program)
{
    struct slice problem;
    const char *path = program_take_flag(program, "--config");
    program->source =
        settings_source_make(program->arena, path ? path : getenv("NEWSMETA_CONFIG"), program->argc, program->argv);
    if (settings_read(&program->source, &program->settings, program->arena, &problem) && /* and the flags off argv: */
        settings_read_flags(&program->settings, program->arena, &program->argc, program->argv, &problem))
        return true;
    fprintf(stderr, "newsmeta: %.*s\n", SLICE_ARG(problem));
    return false;
}

/* ---------------------------------------------------------------- extract */

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
        return input_descriptor_read(job, STDIN_FILENO, "standard input");
    return input_file_read(job, argument);
}

/* Colours only where they are not unwanted: https://no-color.org. */
static bool wants_colours(void)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

/* For people where standard output is a terminal, JSON for everybody else and with --json. */
static int print_answer(const struct job *job, bool json)
{
    struct buffer out = buffer_make(SIZE_MAX / 4);
    bool people = !json && isatty(STDOUT_FILENO);
    if (people)
        summary_write(job, wants_colours(), &out);
    else if (job->err)
        problem_write(job->err, job->detail, SLICE_NULL, job->upstream_status, &out);
    else
        answer_write(job, &out);
    if (!people)
        buffer_append_byte(&out, '\n');
    bool good = fwrite(out.ptr, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
    buffer_free(&out);
    if (!good)
        return EXIT_OUTPUT;
    return job->err ? EXIT_PROBLEM : EXIT_DONE;
}

static int extract_input(struct program *program, struct job *job, enum input_kind said, bool json)
{
    const char *argument = program->argc > 2 ? program->argv[2] : "-";
    enum err err = read_input(job, argument);
    if (!err && job->kind == INPUT_SNIFF)
        job->kind = said;
    job->deadline_ns = clock_now_ns() + program->settings.timeout_ms * CLOCK_NS_PER_MS;
    bool bad = false;
    if (!err && job->kind == INPUT_URL)
        job->fetcher = program_make_fetcher(program, &bad);
    if (!err && !bad)
        pipeline_run(job);
    int code = bad ? EXIT_USAGE : print_answer(job, json);
    fetcher_destroy(job->fetcher);
    return code;
}

static int command_extract(struct program *program)
{
    struct job *job = arena_alloc(program->arena, sizeof *job);
    request_init(job, program->arena, knowledge_create(program->arena), NULL);
    bool html = program_take_switch(program, "--html"), text = program_take_switch(program, "--text");
    bool json = program_take_switch(program, "--json");
    struct batch_default options[PROGRAM_JOB_FLAGS];
    if (!program_read_job_flags(program, job, options))
        return EXIT_USAGE;
    for (int i = 2; i < program->argc; i++)
        if (i > 2 || (program->argv[i][0] == '-' && program->argv[i][1]))
            return program_usage_error("unexpected argument", program->argv[i]);
    return extract_input(program, job, html ? INPUT_HTML : text ? INPUT_TEXT : INPUT_SNIFF, json);
}

/* ----------------------------------------------------------- serve, check */

static int command_serve(struct program *program)
{
    if (program->argc > 2)
        return program_usage_error("unexpected argument", program->argv[2]);
    return service_run(&program->source, &program->settings, knowledge_create(program->arena));
}

static int command_check(struct program *program)
{
    if (program->argc > 2)
        return program_usage_error("unexpected argument", program->argv[2]);
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
        return program_usage_error("a command is missing", NULL);
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (strcmp(program->argv[1], commands[i].name) == 0)
            return commands[i].run(program);
    return program_usage_error("there is no such command", program->argv[1]);
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
