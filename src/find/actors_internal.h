/* actors_internal: what merging, countries and roles share. */
#ifndef NEWSMETA_FIND_ACTORS_INTERNAL_H
#define NEWSMETA_FIND_ACTORS_INTERNAL_H

#include "article/job.h"
#include "find/actors.h"
#include "find/names.h"
#include "model/gazetteer.h"

/* The mention's tokens without a leading article. */
struct span actors_core(const struct article *article, const struct mention *mention);
/* What the gazetteers know of tokens [first, end) as a name: common words and acronyms in lower case are
 * not. 0 if nothing. */
const struct gazetteer_entry *actors_known(const struct job *job, uint32_t first, uint32_t end);
/* Gives every actor that shows one its country, places their kind and organizations their type. Reads the
 * roles, so it runs after them. */
void countries_assign(struct job *job);

/* How likely each is an actor; reads countries and roles. */
void confidence_assign(struct job *job);

/* Weighs the actors, and puts them and the numbers in the mentions into the order of salience. Last of all. */
void salience_assign(struct job *job);

#endif
