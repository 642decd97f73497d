/* body_rows: the feature rows of the body forest for pages named on stdin, one path a line, or what a forest in
 * training makes of them. Each page gives one JSON line {"path", "blocks": [{"text", "role", "score", "row":
 * [...]}, ...]}; scripts/train-body labels them.
 *
 * usage: body_rows rows < PATHS
 *        body_rows roles [MODEL] < PATHS    (MODEL: a model file to use instead of the one built in) */
#include <stdio.h>
#include <stdlib.h>

#include "decode/charset.h"
#include "output/json_text.h"
#include "page/page.h"
#include "pipeline/input_file.h"
#include "pipeline/knowledge.h"
#include "pipeline/request.h"
#include "text/body.h"

static struct slice read_file(struct arena *arena, const char *path)
{
    struct job job;
    request_init(&job, arena, NULL, NULL);
    if (input_file_read(&job, path) != ERR_NONE) {
        fprintf(stderr, "body_rows: %s cannot be read\n", path);
        exit(1);
    }
    return slice_from_cstr(arena_cstr(arena, job.input));
}

static const struct lexicon_table *read_model(struct arena *arena, const char *path)
{
    return path ? lexicon_table_parse(arena, read_file(arena, path)) : NULL;
}

static void write_row(struct buffer *out, const float *row, size_t width)
{
    buffer_append_cstr(out, ",\"row\":[");
    for (size_t k = 0; k < width; k++)
        buffer_printf(out, k ? ",%.6g" : "%.6g", (double)row[k]);
    buffer_append_byte(out, ']');
}

static void write_page(struct buffer *out, struct job *job, const char *path, bool want_rows)
{
    size_t width = 0;
    const struct article *article = &job->article;
    const float *rows = want_rows && article->block_count ? body_rows(job, &width) : NULL;
    if (!want_rows)
        body_run(job);
    buffer_append_cstr(out, "{\"path\":");
    json_text_write(slice_from_cstr(path), out);
    buffer_append_cstr(out, ",\"blocks\":[");
    for (uint32_t i = 0; i < article->block_count; i++) {
        const struct block *block = &article->blocks[i];
        buffer_append_cstr(out, i ? ",{\"text\":" : "{\"text\":");
        json_text_write(block_text(article, block), out);
        buffer_printf(out, ",\"tag\":%d,\"flags\":%u,\"label\":", (int)block->tag, (unsigned)block->flags);
        json_text_write(article->sections[block->section].label, out);
        buffer_printf(out, ",\"section\":%u,\"role\":\"%s\",\"score\":%.4f", block->section, role_name(block->role), (double)block->score);
        if (rows)
            write_row(out, rows + (size_t)i * width, width);
        buffer_append_byte(out, '}');
    }
    buffer_append_cstr(out, "]}\n");
}

int main(int argc, char **argv)
{
    char path[4096];
    bool want_rows = argc > 1 && strcmp(argv[1], "rows") == 0;
    struct arena *process = arena_create(), *arena = arena_create();
    struct knowledge knowledge = *knowledge_create(process);
    knowledge.body = body_model_create_from(process, knowledge.lexicon, read_model(process, argc > 2 ? argv[2] : NULL));
    struct buffer out = buffer_make(SIZE_MAX / 4);
    while (fgets(path, sizeof path, stdin)) {
        struct job job;
        path[strcspn(path, "\n")] = '\0';
        request_init(&job, arena, &knowledge, NULL);
        job.fields = FIELD_BODY;
        if (input_file_read(&job, path) == ERR_NONE) {
            job.kind = INPUT_HTML;
            if (decode_run(&job) == ERR_NONE && page_run(&job) == ERR_NONE)
                write_page(&out, &job, path, want_rows);
        }
        fwrite(out.ptr, 1, out.len, stdout);
        buffer_clear(&out);
        arena_reset(arena, (size_t)8 << 20);
    }
    buffer_free(&out);
    arena_destroy(arena);
    arena_destroy(process);
    return 0;
}
