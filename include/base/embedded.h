/* embedded: the files that stand in the program: data/lexicon, data/models and the pages of the service.
 * The definitions are written by scripts/embed at build time. Names are base names and differ. */
#ifndef NEWSMETA_BASE_EMBEDDED_H
#define NEWSMETA_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *name;   /* "months.tsv" */
    const char *folder; /* "lexicon" */
    const char *digest; /* the first 16 hex digits of its SHA-256 */
    const char *start, *end;
};

extern const struct embedded_file embedded_files[];
extern const size_t embedded_file_count;

#endif
