/* tokens: the prose -> tokens and sentences (article.tokens, article.sentences). Covers the blocks with
 * role headline, standfirst, body and subheading, in order. Word boundaries follow UAX #29 with the
 * exceptions that names need (O'Neill, al-Assad stay whole; possessive 's stands alone); sentence ends
 * know abbreviations, initials, ordinals and quotes. */
#ifndef NEWSMETA_TEXT_TOKENS_H
#define NEWSMETA_TEXT_TOKENS_H

#include "article/job.h"

enum err tokens_run(struct job *job);

#endif
