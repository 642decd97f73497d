/* actors: article.actors: mentions of one actor merged, with aliases, country and salience. */
#ifndef NEWSMETA_FIND_ACTORS_ACTORS_H
#define NEWSMETA_FIND_ACTORS_ACTORS_H

#include "article/job.h"

enum err actors_run(struct job *job);

#endif
