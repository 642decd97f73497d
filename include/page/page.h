/* page: the stage that reads HTML: one pass of the tokenizer feeds both claims and blocks.
 *
 * Fills article.text, blocks, sections (page/blocks) and claims (page/claims, page/jsonld). Where a page shows next to
 * nothing, the story that its scripts hold (json_story) is read as if they had written it. */
#ifndef NEWSMETA_PAGE_PAGE_H
#define NEWSMETA_PAGE_PAGE_H

#include "article/job.h"

enum err page_run(struct job *job);

#endif
