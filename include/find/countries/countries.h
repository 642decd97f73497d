/* countries: the country of every actor that shows one, the kind of places and of organizations. Reads what the roles
 * are held in, so it runs after them. */
#ifndef NEWSMETA_FIND_COUNTRIES_COUNTRIES_H
#define NEWSMETA_FIND_COUNTRIES_COUNTRIES_H

#include "article/job.h"

enum err countries_run(struct job *job);

#endif
