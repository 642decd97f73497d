#include "text/body.h"

enum err body_run(struct job *job)
{
    (void)job;
    return ERR_NONE;
}

const struct body_model *body_model_create(struct arena *arena, const struct lexicon *lexicon)
{
    (void)arena;
    (void)lexicon;
    return NULL;
}
