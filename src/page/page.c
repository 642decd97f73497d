#include "page/page.h"

enum err page_run(struct job *job)
{
    (void)job;
    return ERR_NONE;
}
