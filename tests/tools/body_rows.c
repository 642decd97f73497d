/* body_rows: the feature rows of the body forests for pages named on stdin, one path a line, or what forests in
 * training make of them. Each page gives one JSON line {"path", "blocks": [{"text", "role", "score", "row":
 * [...]}, ...]}; scripts/train-body labels them.
 *
 * usage: body_rows rows < PATHS              (rows of the first forest)
 *        body_rows context [FIRST] < PATHS   (rows of the second one)
 *        body_rows roles [FIRST SECOND] < PATHS
 * FIRST, SECOND: model files to use instead of those built in. With -b before all this, the articleBody that a page claims is
 * not looked at. A page that claims one has "claimed" besides, so that pages can be labelled by it. */
#include <stdio.h>
#include <stdlib.h>

#include "decode/charset.h"
#include "output/json_text.h"
#include "page/page.h"
#include "pipeline/input_file.h"
#include "pipeline/knowledge.h"
#include "pipeline/request.h"
#include "text/body.h"

enum wanted { WANT_ROWS, WANT_CONTEXT, WANT_ROLES };

static enum wanted read_wanted(const char *word)
{
    return strcmp(word, "rows") == 0 ? WANT_ROWS : strcmp(word, "context") == 0 ? WANT_CONTEXT : WANT_ROLES;
}

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

static void write_page(struct buffer *out, struct job *job, const char *path, struct slice claimed, enum wanted wanted)
{
    size_t width = 0, stride = 0;
    const struct article *article = &job->article;
    const float *rows = NULL;
    if (wanted != WANT_ROLES && article->block_count)
        rows = body_rows(job, wanted == WANT_CONTEXT, &width, &stride);
    if (wanted == WANT_ROLES)
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
            write_row(out, rows + (size_t)i * stride, width);
        buffer_append_byte(out, '}');
    }
    buffer_append_cstr(out, "],\"claimed\":");
    json_text_write(claimed, out);
    buffer_append_cstr(out, "}\n");
}

/* The longest articleBody. */
static struct slice claimed_body(const struct article *article)
{
    struct slice body = SLICE("");
    for (uint32_t i = 0; i < article->claim_count; i++)
        if (article->claims[i].kind == CLAIM_BODY && article->claims[i].value.len > body.len)
            body = article->claims[i].value;
    return body;
}

static void drop_bodies(struct article *article)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < article->claim_count; i++)
        if (article->claims[i].kind != CLAIM_BODY)
            article->claims[kept++] = article->claims[i];
    article->claim_count = kept;
}

int main(int argc, char **argv)
{
    char path[4096];
    bool blind = argc > 1 && strcmp(argv[1], "-b") == 0;
    argc -= blind;
    argv += blind;
    enum wanted wanted = read_wanted(argc > 1 ? argv[1] : "");
    struct arena *process = arena_create(), *arena = arena_create();
    struct knowledge knowledge = *knowledge_create(process);
    knowledge.body = body_model_create_from(process, knowledge.lexicon, read_model(process, argc > 2 ? argv[2] : NULL),
                                            read_model(process, argc > 3 ? argv[3] : NULL));
    struct buffer out = buffer_make(SIZE_MAX / 4);
    while (fgets(path, sizeof path, stdin)) {
        struct job job;
        path[strcspn(path, "\n")] = '\0';
        request_init(&job, arena, &knowledge, NULL);
        job.fields = FIELD_BODY;
        if (input_file_read(&job, path) == ERR_NONE) {
            job.kind = INPUT_HTML;
            if (decode_run(&job) == ERR_NONE && page_run(&job) == ERR_NONE) {
                struct slice claimed = claimed_body(&job.article);
                if (blind)
                    drop_bodies(&job.article);
                write_page(&out, &job, path, claimed, wanted);
            }
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
