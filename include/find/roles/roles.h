/* roles: the roles of actors as stated next to their names ("Russian President Vladimir Putin"). */
#ifndef NEWSMETA_FIND_ROLES_ROLES_H
#define NEWSMETA_FIND_ROLES_ROLES_H

#include "article/job.h"

enum err roles_run(struct job *job);

#endif
