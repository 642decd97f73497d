#include "find/headline.h"

enum err headline_run(struct job *job)
{
    (void)job;
    return ERR_NONE;
}

enum err headline_recase_run(struct job *job)
{
    (void)job;
    return ERR_NONE;
}

const struct headline_lexicon *headline_lexicon_create(struct arena *arena, const struct lexicon *lexicon)
{
    (void)arena;
    (void)lexicon;
    return NULL;
}
