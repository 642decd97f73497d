/* pipeline/knowledge: makes article/knowledge.h's tables, once, at start. */
#ifndef NEWSMETA_PIPELINE_KNOWLEDGE_H
#define NEWSMETA_PIPELINE_KNOWLEDGE_H

#include "article/knowledge.h"
#include "base/arena.h"

/* All tables, in `arena` (which the caller destroys after the last job). */
const struct knowledge *knowledge_create(struct arena *arena);

#endif
