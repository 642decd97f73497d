#include "program.h"

#include <stdio.h>

#include "pipeline/request.h"

int program_usage_error(const char *what, const char *which)
{
    fprintf(stderr, "newsmeta: %s%s%s\nTry 'newsmeta --help'.\n", what, which ? ": " : "", which ? which : "");
    return EXIT_USAGE;
}

const char *program_take_flag(struct program *program, const char *name)
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

bool program_take_switch(struct program *program, const char *name)
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

static const char *const job_flags[PROGRAM_JOB_FLAGS][2] = {
    {"--fields", "fields"},           {"--include", "include"},   {"--offsets", "offsets"},
    {"--reference-date", "reference_date"}, {"--language", "language"}, {"--base-url", "base_url"},
};

bool program_read_job_flags(struct program *program, struct job *job,
                            struct batch_default taken[static PROGRAM_JOB_FLAGS])
{
    for (size_t i = 0; i < PROGRAM_JOB_FLAGS; i++) {
        const char *value = program_take_flag(program, job_flags[i][0]);
        taken[i] = (struct batch_default){slice_from_cstr(job_flags[i][1]), slice_from_cstr(value)};
        if (!value || request_set_option(job, taken[i].name, taken[i].value, 0) == ERR_NONE)
            continue;
        fprintf(stderr, "newsmeta: %.*s\n", SLICE_ARG(job->detail));
        return false;
    }
    return true;
}

struct fetcher *program_make_fetcher(const struct program *program, bool *bad_setting)
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
