/* lexicon: the word lists of data/lexicon, built into the program, by table name.
 *
 * A table is a file NAME.tsv: UTF-8, one row a line, columns separated by tabs; lines that begin with
 * '#' and empty lines are comments (the first comment explains the columns). The first column is the
 * key, taken as it is written. Several rows may share a key: `next` leads to the later ones.
 *
 * Constant, and reads may come from any thread. Rows live as long as the lexicon does. A table's rows are
 * split, and its keys indexed, when they are first asked for: a program that starts for one article does not
 * read the tables that it has no use for. */
#ifndef NEWSMETA_MODEL_LEXICON_H
#define NEWSMETA_MODEL_LEXICON_H

#include "base/arena.h"
#include "base/slice.h"

#define LEXICON_COLUMNS 5

struct lexicon_row {
    struct slice columns[LEXICON_COLUMNS]; /* columns[0] is the key; those not written are null */
    const struct lexicon_row *next; /* of a row that lexicon_find gave: the next of its key, in file order, or NULL */
};

struct lexicon_table;
struct lexicon;

/* All tables, in `arena`. */
const struct lexicon *lexicon_create(struct arena *arena);
/* The table of this name ("months"); asserts that it exists: a missing table is a fault of the build. */
const struct lexicon_table *lexicon_table(const struct lexicon *lexicon, const char *name);
/* The first row of a key, or NULL. The key is compared byte for byte. */
const struct lexicon_row *lexicon_find(const struct lexicon_table *table, struct slice key);
/* All rows in file order. */
size_t lexicon_row_count(const struct lexicon_table *table);
const struct lexicon_row *lexicon_row_at(const struct lexicon_table *table, size_t index);

/* A table of text that is not built in (a model under training); the text must live as long as the arena. */
const struct lexicon_table *lexicon_table_parse(struct arena *arena, struct slice text);

/* For tables that are read through once and not kept: takes the next row off the text, false at its end. */
struct slice lexicon_table_text(const struct lexicon_table *table);
bool lexicon_read_row(struct slice *text, struct lexicon_row *row);

/* The bytes of a file of data/models that was built into the program; null if there is none. */
struct slice lexicon_embedded_model(const char *file_name);

#endif
