/* bench: the pipeline in one thread over files that lie in memory, beside gumbo's bare parse of the same
 * bytes in the same run. Times are CPU seconds of the process; only their ratios mean something.
 *
 * usage: bench page|text FILE...    (gzipped files are gunzipped first)
 * Prints one JSON object. */
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "output/answer.h"
#include "page/tokenizer.h"
#include "pipeline/input_file.h"
#include "pipeline/knowledge.h"
#include "pipeline/pipeline.h"
#include "pipeline/request.h"

#define ROUNDS 3       /* the best counts */
#define TEXT_ROUNDS 15 /* of texts, all of which take some 20 ms: three of those say little */

struct page {
    struct slice bytes; /* as it came */
    struct slice utf8;  /* for gumbo */
};

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct page *read_pages(struct arena *arena, int count, char **paths)
{
    struct page *pages = arena_calloc(arena, (size_t)count, sizeof *pages);
    for (int i = 0; i < count; i++) {
        struct job job;
        request_init(&job, arena, NULL, NULL);
        if (input_file_read(&job, paths[i])) {
            fprintf(stderr, "bench: %.*s\n", SLICE_ARG(job.detail));
            exit(1);
        }
        pages[i].bytes = job.input;
        pages[i].utf8 = job.input;
    }
    return pages;
}

static double time_gumbo(const struct page *pages, int count)
{
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    double start = cpu_seconds();
    for (int i = 0; i < count; i++)
        gumbo_destroy_output(&options, gumbo_parse_with_options(&options, pages[i].utf8.ptr, pages[i].utf8.len));
    return cpu_seconds() - start;
}

static double time_tokenizer(const struct page *pages, int count)
{
    struct arena *arena = arena_create();
    double start = cpu_seconds();
    for (int i = 0; i < count; i++) {
        struct tokenizer *tokenizer = tokenizer_create(arena, pages[i].utf8);
        struct html_token token;
        while (tokenizer_next(tokenizer, &token))
            continue;
        arena_reset(arena, (size_t)8 << 20);
    }
    arena_destroy(arena);
    return cpu_seconds() - start;
}

struct totals {
    double seconds;
    size_t tokens, failed;
    int64_t stages[MAX_STAGES];
    const char *stage_names[MAX_STAGES];
};

static void add_timings(struct totals *totals, const struct job *job)
{
    for (size_t i = 0; i < job->timing_count; i++) {
        size_t k = 0;
        while (totals->stage_names[k] && strcmp(totals->stage_names[k], job->timings[i].stage) != 0)
            k++;
        totals->stage_names[k] = job->timings[i].stage;
        totals->stages[k] += job->timings[i].ns;
    }
}

static struct totals time_pipeline(const struct knowledge *knowledge, const struct page *pages, int count,
                                   enum input_kind kind, unsigned fields)
{
    struct totals totals = {0};
    struct arena *arena = arena_create();
    struct buffer out = buffer_make(SIZE_MAX / 4);
    double start = cpu_seconds();
    for (int i = 0; i < count; i++) {
        struct job job;
        request_init(&job, arena, knowledge, NULL);
        job.kind = kind;
        job.input = pages[i].bytes;
        job.fields = fields;
        job.include = INCLUDE_BODY;
        totals.failed += pipeline_run(&job) != ERR_NONE;
        buffer_clear(&out);
        answer_write_line(&job, &out);
        totals.tokens += job.article.token_count;
        add_timings(&totals, &job);
        arena_reset(arena, (size_t)8 << 20);
    }
    totals.seconds = cpu_seconds() - start;
    buffer_free(&out);
    arena_destroy(arena);
    return totals;
}

static void print_run(const char *name, const struct totals *best, int count, double megabytes)
{
    printf("\"%s\":{\"cpu_seconds\":%.4f,\"pages_a_cpu_second\":%.1f,\"megabytes_a_second\":%.1f,\"tokens_a_second\":%.0f,"
           "\"failed\":%zu,\"stage_ms\":{",
           name, best->seconds, count / best->seconds, megabytes / best->seconds, (double)best->tokens / best->seconds,
           best->failed);
    for (size_t i = 0; i < MAX_STAGES && best->stage_names[i]; i++)
        printf("%s\"%s\":%.2f", i ? "," : "", best->stage_names[i], (double)best->stages[i] / 1e6);
    printf("}}");
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    bool text = strcmp(argv[1], "text") == 0;
    int count = argc - 2;
    struct arena *arena = arena_create();
    double start = cpu_seconds();
    const struct knowledge *knowledge = knowledge_create(arena);
    double start_up = cpu_seconds() - start, gumbo = 1e9, tokenizer = 1e9;
    struct page *pages = read_pages(arena, count, argv + 2);
    size_t bytes = 0;
    for (int i = 0; i < count; i++)
        bytes += pages[i].bytes.len;
    unsigned peers = FIELD_HEADLINE | FIELD_DATE | FIELD_AUTHORS | FIELD_BODY | FIELD_PAGE | FIELD_LANGUAGE;
    struct totals all = {.seconds = 1e9}, fields = {.seconds = 1e9};
    for (int round = 0; round < (text ? TEXT_ROUNDS : ROUNDS); round++) {
        double seconds = text ? 0 : time_gumbo(pages, count);
        gumbo = seconds < gumbo ? seconds : gumbo;
        seconds = text ? 0 : time_tokenizer(pages, count);
        tokenizer = seconds < tokenizer ? seconds : tokenizer;
        struct totals run = time_pipeline(knowledge, pages, count, text ? INPUT_TEXT : INPUT_HTML, FIELD_ALL);
        all = run.seconds < all.seconds ? run : all;
        run = time_pipeline(knowledge, pages, count, text ? INPUT_TEXT : INPUT_HTML, peers);
        fields = run.seconds < fields.seconds ? run : fields;
    }
    double megabytes = (double)bytes / 1e6;
    printf("{\"files\":%d,\"megabytes\":%.2f,\"start_up_ms\":%.2f,", count, megabytes, start_up * 1e3);
    if (!text)
        printf("\"gumbo\":{\"cpu_seconds\":%.4f,\"megabytes_a_second\":%.1f},"
               "\"tokenizer\":{\"cpu_seconds\":%.4f,\"megabytes_a_second\":%.1f},",
               gumbo, megabytes / gumbo, tokenizer, megabytes / tokenizer);
    print_run("everything", &all, count, megabytes);
    printf(",");
    print_run("peers_fields", &fields, count, megabytes);
    printf("}\n");
    arena_destroy(arena);
    return 0;
}
