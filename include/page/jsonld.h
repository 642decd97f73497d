/* jsonld: the JSON-LD scripts of a page -> claims (schema.org names; JSON-LD 1.1 as far as news pages use
 * it: arrays, @graph, @id references, lists, language maps, values as strings or nodes).
 *
 * Broken scripts are mended where the damage is of a known kind: raw line ends in strings, trailing
 * commas, HTML comments and CDATA marks around, entities escaped twice, several objects in a row. */
#ifndef NEWSMETA_PAGE_JSONLD_H
#define NEWSMETA_PAGE_JSONLD_H

#include "article/job.h"

/* Adds the claims of all scripts (their raw text, in document order) to the article of the job. Nodes
 * may refer to each other across scripts. Bad JSON adds nothing but a warning. */
void jsonld_read(struct job *job, const struct slice *scripts, size_t count);

#endif
