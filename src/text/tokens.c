#include "text/tokens.h"

enum err tokens_run(struct job *job)
{
    (void)job;
    return ERR_NONE;
}
