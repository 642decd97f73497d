#include "fetch/fetch.h"

enum err fetch_run(struct job *job)
{
    (void)job;
    return ERR_NONE;
}
