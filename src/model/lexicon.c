#include "model/lexicon.h"

#include <assert.h>

#include "base/map.h"
#include "model/embedded.h"

struct lexicon_table {
    struct lexicon_row *rows;
    size_t count;
    struct map by_key; /* key -> first row */
};

struct lexicon {
    struct map tables; /* name without ".tsv" -> table */
};

static void parse_row(struct lexicon_row *row, struct slice line)
{
    struct slice column;
    *row = (struct lexicon_row){0};
    for (size_t i = 0; i < LEXICON_COLUMNS && slice_split(&line, '\t', &column); i++)
        row->columns[i] = column;
}

static size_t count_lines(struct slice text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    return lines;
}

/* Rows are linked only after the array has its final place. Going backwards makes every key's chain
 * run in file order without remembering its tail. */
static void index_rows(struct lexicon_table *table)
{
    for (size_t i = table->count; i-- > 0;) {
        void **first = map_at(&table->by_key, table->rows[i].columns[0]);
        table->rows[i].next = *first;
        *first = &table->rows[i];
    }
}

static struct lexicon_table *parse_table(struct arena *arena, struct slice text)
{
    struct lexicon_table *table = arena_calloc(arena, 1, sizeof *table);
    struct slice line;
    size_t lines = count_lines(text);
    table->rows = arena_calloc(arena, lines, sizeof *table->rows);
    while (slice_split(&text, '\n', &line))
        if (line.len && line.ptr[0] != '#')
            parse_row(&table->rows[table->count++], line);
    table->by_key = map_make(arena, table->count);
    index_rows(table);
    return table;
}

const struct lexicon *lexicon_create(struct arena *arena)
{
    struct lexicon *lexicon = arena_calloc(arena, 1, sizeof *lexicon);
    lexicon->tables = map_make(arena, embedded_file_count);
    for (size_t i = 0; i < embedded_file_count; i++) {
        struct slice name = slice_from_cstr(embedded_files[i].name);
        if (!slice_ends(name, SLICE(".tsv")))
            continue;
        struct slice text = slice_of(embedded_files[i].start, (size_t)(embedded_files[i].end - embedded_files[i].start));
        *map_at(&lexicon->tables, slice_sub(name, 0, name.len - 4)) = parse_table(arena, text);
    }
    return lexicon;
}

const struct lexicon_table *lexicon_table(const struct lexicon *lexicon, const char *name)
{
    const struct lexicon_table *table = map_get(&lexicon->tables, slice_from_cstr(name));
    assert(table != NULL);
    return table;
}

const struct lexicon_row *lexicon_find(const struct lexicon_table *table, struct slice key)
{
    return map_get(&table->by_key, key);
}

size_t lexicon_row_count(const struct lexicon_table *table)
{
    return table->count;
}

const struct lexicon_row *lexicon_row_at(const struct lexicon_table *table, size_t index)
{
    assert(index < table->count);
    return &table->rows[index];
}

struct slice lexicon_embedded_model(const char *file_name)
{
    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].name, file_name) == 0)
            return slice_of(embedded_files[i].start, (size_t)(embedded_files[i].end - embedded_files[i].start));
    return SLICE_NULL;
}
