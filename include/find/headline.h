/* headline: article.headline, chosen among the candidates of page and text; marks the block that shows it
 * with ROLE_HEADLINE. headline_recase runs later, when names are known: a headline in all lower or all
 * upper case gets the capitals that its words have in the story; `raw` keeps the words as found. */
#ifndef NEWSMETA_FIND_HEADLINE_H
#define NEWSMETA_FIND_HEADLINE_H

#include "article/job.h"
#include "model/lexicon.h"

const struct headline_lexicon *headline_lexicon_create(struct arena *arena, const struct lexicon *lexicon);
enum err headline_recase_run(struct job *job);

enum err headline_run(struct job *job);

#endif
