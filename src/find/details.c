#include "find/details.h"

enum err details_run(struct job *job)
{
    (void)job;
    return ERR_NONE;
}
