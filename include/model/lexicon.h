/* lexicon: the word lists of data/lexicon, built into the program, by table name.
 *
 * A table is a file NAME.tsv: UTF-8, one row a line, columns separated by tabs; lines that begin with
 * '#' and empty lines are comments (the first comment explains the columns). The first column is the
 * key, taken as it is written. Several rows may share a key: `next` leads to the later ones.
 *
 * Made once at start, constant after: reads may come from any thread. Rows live as long as it does. */
#ifndef NEWSMETA_MODEL_LEXICON_H
#define NEWSMETA_MODEL_LEXICON_H

#include "base/arena.h"
#include "base/slice.h"

#define LEXICON_COLUMNS 8

struct lexicon_row {
    struct slice columns[LEXICON_COLUMNS]; /* columns[0] is the key; those not written are null */
    const struct lexicon_row *next;        /* next row of the same key, in file order, or NULL */
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

/* The bytes of a file of data/models that was built into the program; null if there is none. */
struct slice lexicon_embedded_model(const char *file_name);

#endif
