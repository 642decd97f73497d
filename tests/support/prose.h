/* prose: a job whose blocks are given: the first line of the text is its headline, every further line a
 * paragraph; tokens, names, actors and roles have run over it. */
#ifndef NEWSMETA_TESTS_PROSE_H
#define NEWSMETA_TESTS_PROSE_H

#include "support/support.h"

/* Free with support_job_free. An empty first line: no headline. */
struct job *prose_run(const char *text);
/* The actor of this name; NULL if there is none. */
const struct actor *prose_actor(const struct job *job, const char *name);
/* "Vladimir Putin/person/RU; Iran/place/IR": all actors in order of appearance of their first mention. */
const char *prose_actors(struct job *job);

#endif
