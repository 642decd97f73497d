/* embedded: the files of data/lexicon and data/models as they stand in the program. The definitions are
 * written by scripts/embed at build time; only model/lexicon reads them. */
#ifndef NEWSMETA_MODEL_EMBEDDED_H
#define NEWSMETA_MODEL_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *name; /* "months.tsv" */
    const char *start, *end;
};

extern const struct embedded_file embedded_files[];
extern const size_t embedded_file_count;

#endif
