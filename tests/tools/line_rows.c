/* line_rows: what text/lines knows of every block of the texts that are named on the command line, for
 * scripts/measure-lines. Writes one line a block: the name, the number of the physical line it begins in, the
 * role that the present weights give, its first words, "name:value" of every feature and cue that is not 0,
 * separated by tabs.
 *
 * usage: line_rows FILE...
 *        line_rows --states    (of each state of the model: zone.role, and the numbers of the states that may follow) */
#include <stdio.h>

#include "base/buffer.h"
#include "decode/charset.h"
#include "pipeline/knowledge.h"
#include "text/lines.h"

#define MAX_TEXT (4u << 20)
#define SHOWN 100 /* bytes */

static struct slice read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return SLICE_NULL;
    char *text = arena_alloc(arena, MAX_TEXT);
    size_t len = fread(text, 1, MAX_TEXT, file);
    fclose(file);
    return slice_of(text, len);
}

static uint32_t line_number(struct slice text, uint32_t offset)
{
    uint32_t lines = 1;
    for (uint32_t i = 0; i < offset; i++)
        lines += text.ptr[i] == '\n' || (text.ptr[i] == '\r' && text.ptr[i + 1] != '\n');
    return lines;
}

static void print_block(const struct article *article, uint32_t i, const char *name, const float *row, size_t width)
{
    const struct block *block = &article->blocks[i];
    struct slice text = slice_sub(block_text(article, block), 0, SHOWN);
    printf("%s\t%u\t%s\t", name, line_number(article->text, block->span.start), role_name(block->role));
    for (size_t at = 0; at < text.len; at++)
        putchar((unsigned char)text.ptr[at] < ' ' ? ' ' : text.ptr[at]);
    for (size_t column = 0; column < width; column++)
        if (row[column] != 0)
            printf("\t%s:%.4f", lines_row_name(column), (double)row[column]);
    putchar('\n');
}

static void print_states(void)
{
    for (size_t state = 0; state < lines_state_count(); state++) {
        printf("%s.%s", lines_state_zone(state), lines_state_role(state));
        for (size_t after = 0; after < lines_state_count(); after++)
            if (lines_state_may_follow(state, after))
                printf("\t%zu", after);
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--states") == 0)
        return print_states(), 0;
    struct arena *process = arena_create(), *arena = arena_create();
    const struct knowledge *knowledge = knowledge_create(process);
    for (int i = 1; i < argc; i++) {
        struct job job = {.arena = arena, .knowledge = knowledge, .kind = INPUT_TEXT, .fields = FIELD_ALL};
        job.input = read_file(arena, argv[i]);
        if (decode_run(&job) == ERR_NONE && lines_run(&job) == ERR_NONE) {
            size_t width;
            float *rows = lines_rows(&job, &width);
            for (uint32_t block = 0; block < job.article.block_count; block++)
                print_block(&job.article, block, argv[i], rows + block * width, width);
        }
        arena_reset(arena, 1u << 20);
    }
    arena_destroy(arena);
    arena_destroy(process);
    return 0;
}
