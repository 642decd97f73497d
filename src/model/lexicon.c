#include "model/lexicon.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/embedded.h"
#include "base/map.h"

struct row_list {
    struct lexicon_row *rows;
    size_t count;
    struct map by_key; /* key -> first row */
};

/* What is made of tables on demand lies in an arena of its own: the caller's is its own thread's. */
struct shelf {
    struct arena *arena;
    pthread_mutex_t lock;
};

enum shape { ROWS, INDEX, SHAPES }; /* split into rows; with its keys indexed as well */

struct table_state {
    struct shelf *shelf;
    _Atomic(const struct row_list *) made[SHAPES]; /* NULL until asked for, then constant */
};

struct lexicon_table {
    struct slice text;
    struct table_state *state;
};

struct lexicon {
    struct map tables; /* by name */
};

/* ------------------------------------------------------------------ reading */

static void parse_row(struct lexicon_row *row, struct slice line)
{
    const char *from = line.ptr, *end = line.ptr + line.len;
    size_t count = 0;
    row->next = NULL;
    while (count < LEXICON_COLUMNS) {
        const char *tab = memchr(from, '\t', (size_t)(end - from));
        row->columns[count++] = slice_of(from, (size_t)((tab ? tab : end) - from));
        if (!tab)
            break;
        from = tab + 1;
    }
    while (count < LEXICON_COLUMNS)
        row->columns[count++] = SLICE_NULL;
}

bool lexicon_read_row(struct slice *text, struct lexicon_row *row)
{
    struct slice line;
    while (slice_split(text, '\n', &line))
        if (line.len && line.ptr[0] != '#') {
            parse_row(row, line);
            return true;
        }
    return false;
}

static size_t count_lines(struct slice text)
{
    size_t lines = 1;
    for (const char *at = text.ptr, *end = text.ptr + text.len; at < end; at++, lines++)
        if (!(at = memchr(at, '\n', (size_t)(end - at))))
            break;
    return lines;
}

/* ------------------------------------------------------------------- making */

static const struct row_list *make_rows(struct arena *arena, struct slice text)
{
    struct row_list *list = arena_calloc(arena, 1, sizeof *list);
    list->rows = arena_alloc(arena, count_lines(text) * sizeof *list->rows);
    while (lexicon_read_row(&text, &list->rows[list->count]))
        list->count++;
    return list;
}

/* Going backwards makes every key's chain run in file order without remembering its tail. */
static const struct row_list *index_rows(struct arena *arena, const struct row_list *plain)
{
    struct row_list *list = arena_alloc(arena, sizeof *list);
    *list = (struct row_list){plain->rows, plain->count, map_make(arena, plain->count)};
    for (size_t i = list->count; i-- > 0;) {
        void **first = map_at(&list->by_key, list->rows[i].columns[0]);
        list->rows[i].next = *first;
        *first = &list->rows[i];
    }
    map_settle(&list->by_key);
    return list;
}

struct making {
    const struct lexicon_table *table;
    enum shape shape;
};

/* What is missing on the way to the shape. */
static void make_shapes(void *context)
{
    const struct making *making = context;
    struct table_state *state = making->table->state;
    for (enum shape step = ROWS; step <= making->shape; step++)
        if (!atomic_load_explicit(&state->made[step], memory_order_relaxed)) {
            const struct row_list *list = step == ROWS ? make_rows(state->shelf->arena, making->table->text)
                                                       : index_rows(state->shelf->arena, state->made[ROWS]);
            atomic_store_explicit(&state->made[step], list, memory_order_release);
        }
}

/* Where memory is short the shelf stays as it is, unlocked, and the job that asks is given up. */
static const struct row_list *make_list(const struct lexicon_table *table, enum shape shape)
{
    struct table_state *state = table->state;
    struct making making = {table, shape};
    pthread_mutex_lock(&state->shelf->lock);
    bool made = arena_try(state->shelf->arena, make_shapes, &making);
    pthread_mutex_unlock(&state->shelf->lock);
    if (!made)
        arena_give_up();
    return atomic_load_explicit(&state->made[shape], memory_order_acquire);
}

static const struct row_list *list_of(const struct lexicon_table *table, enum shape shape)
{
    const struct row_list *list = atomic_load_explicit(&table->state->made[shape], memory_order_acquire);
    return list ? list : make_list(table, shape);
}

static void destroy_shelf(void *handle)
{
    struct shelf *shelf = handle;
    pthread_mutex_destroy(&shelf->lock);
    arena_destroy(shelf->arena);
}

static struct shelf *make_shelf(struct arena *arena)
{
    struct shelf *shelf = arena_alloc(arena, sizeof *shelf);
    shelf->arena = arena_create();
    pthread_mutex_init(&shelf->lock, NULL);
    arena_on_release(arena, destroy_shelf, shelf);
    return shelf;
}

static struct lexicon_table make_table(struct arena *arena, struct shelf *shelf, struct slice text)
{
    struct table_state *state = arena_calloc(arena, 1, sizeof *state);
    state->shelf = shelf;
    return (struct lexicon_table){text, state};
}

const struct lexicon *lexicon_create(struct arena *arena)
{
    struct lexicon *lexicon = arena_calloc(arena, 1, sizeof *lexicon);
    struct shelf *shelf = make_shelf(arena);
    struct lexicon_table *tables = arena_calloc(arena, embedded_file_count, sizeof *tables);
    lexicon->tables = map_make(arena, embedded_file_count);
    for (size_t i = 0; i < embedded_file_count; i++) {
        struct slice name = slice_from_cstr(embedded_files[i].name);
        struct slice text =
            slice_of(embedded_files[i].start, (size_t)(embedded_files[i].end - embedded_files[i].start));
        if (!slice_ends(name, SLICE(".tsv")))
            continue;
        tables[i] = make_table(arena, shelf, text);
        *map_at(&lexicon->tables, slice_sub(name, 0, name.len - 4)) = &tables[i];
    }
    return lexicon;
}

const struct lexicon_table *lexicon_table_parse(struct arena *arena, struct slice text)
{
    struct lexicon_table *table = arena_alloc(arena, sizeof *table);
    *table = make_table(arena, make_shelf(arena), text);
    return table;
}

/* ------------------------------------------------------------------ looking */

const struct lexicon_table *lexicon_table(const struct lexicon *lexicon, const char *name)
{
    const struct lexicon_table *table = map_get(&lexicon->tables, slice_from_cstr(name));
    assert(table);
    return table;
}

struct slice lexicon_table_text(const struct lexicon_table *table)
{
    return table->text;
}

const struct lexicon_row *lexicon_find(const struct lexicon_table *table, struct slice key)
{
    return map_get(&list_of(table, INDEX)->by_key, key);
}

size_t lexicon_row_count(const struct lexicon_table *table)
{
    return list_of(table, ROWS)->count;
}

const struct lexicon_row *lexicon_row_at(const struct lexicon_table *table, size_t index)
{
    const struct row_list *list = list_of(table, ROWS);
    assert(index < list->count);
    return &list->rows[index];
}

struct slice lexicon_embedded_model(const char *file_name)
{
    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].name, file_name) == 0)
            return slice_of(embedded_files[i].start, (size_t)(embedded_files[i].end - embedded_files[i].start));
    return SLICE_NULL;
}
