/* body_rows: the feature rows of the body forests for pages named on stdin, one path a line. Each page
 * gives one JSON line {"path", "blocks": [{"text", "row": [...]}, ...]}; scripts/train-body labels them.
 *
 * usage: body_rows STAGE < PATHS       (STAGE 0: first forest, 1: second) */
#include <stdio.h>
#include <stdlib.h>

#include "decode/charset.h"
#include "output/json_text.h"
#include "page/page.h"
#include "pipeline/input_file.h"
#include "pipeline/knowledge.h"
#include "pipeline/request.h"
#include "text/body.h"

static void write_row(struct buffer *out, const float *row, size_t width)
{
    buffer_append_byte(out, '[');
    for (size_t k = 0; k < width; k++)
        buffer_printf(out, k ? ",%.6g" : "%.6g", (double)row[k]);
    buffer_append_byte(out, ']');
}

static void write_page(struct buffer *out, const struct job *job, const char *path, int stage)
{
    size_t width;
    const float *rows = body_rows(job, stage, &width);
    buffer_append_cstr(out, "{\"path\":");
    json_text_write(slice_from_cstr(path), out);
    buffer_append_cstr(out, ",\"blocks\":[");
    for (uint32_t i = 0; i < job->article.block_count; i++) {
        buffer_append_cstr(out, i ? ",{\"text\":" : "{\"text\":");
        json_text_write(block_text(&job->article, &job->article.blocks[i]), out);
        buffer_printf(out, ",\"tag\":%d,\"row\":", (int)job->article.blocks[i].tag);
        write_row(out, rows + (size_t)i * width, width);
        buffer_append_byte(out, '}');
    }
    buffer_append_cstr(out, "]}\n");
}

int main(int argc, char **argv)
{
    char path[4096];
    int stage = argc > 1 && argv[1][0] == '1';
    struct arena *process = arena_create(), *arena = arena_create();
    const struct knowledge *knowledge = knowledge_create(process);
    struct buffer out = buffer_make(SIZE_MAX / 4);
    while (fgets(path, sizeof path, stdin)) {
        struct job job;
        path[strcspn(path, "\n")] = '\0';
        request_init(&job, arena, knowledge, NULL);
        job.fields = FIELD_BODY;
        if (input_file_read(&job, path) == ERR_NONE) {
            job.kind = INPUT_HTML;
            if (decode_run(&job) == ERR_NONE && page_run(&job) == ERR_NONE)
                write_page(&out, &job, path, stage);
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
