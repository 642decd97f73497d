/* json_story: the story of a page that shows none and leaves it to a script: the articleBody of its JSON-LD, else the
 * longest run of paragraphs in a program's state (a script that is JSON, or assigns it), however its keys nest: Next,
 * Nuxt, rich text of content stores. Only for the files of page/. */
#ifndef NEWSMETA_PAGE_JSON_STORY_INTERNAL_H
#define NEWSMETA_PAGE_JSON_STORY_INTERNAL_H

#include "article/job.h"

/* Claims whom the state calls its authors, and gives the story as HTML, paragraphs and headings in an article element,
 * after the claims have been read; null if there is none. Linear in the page; in the job's arena. */
struct slice json_story_find(struct job *job);

#endif
