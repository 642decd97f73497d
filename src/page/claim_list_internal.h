/* claim_list: adding claims to the article, within the cap. Only for the files of page/. */
#ifndef NEWSMETA_PAGE_CLAIM_LIST_INTERNAL_H
#define NEWSMETA_PAGE_CLAIM_LIST_INTERNAL_H

#include "article/job.h"

/* Adds a copy of the claim with its value squashed (and its order set); does nothing when the value is empty or
 * when `limit` claims are there. Character references and HTML tags that are still in a text, because the page
 * escaped it twice, are decoded and taken out. Keywords that are a list separated by commas or semicolons become one
 * each. */
void claims_add(struct job *job, const struct claim *claim, uint32_t limit);

#endif
