/* language: article.language (BCP 47 primary subtag), from the caller, the text and the page's claims. */
#ifndef NEWSMETA_FIND_LANGUAGE_H
#define NEWSMETA_FIND_LANGUAGE_H

#include "article/job.h"
#include "model/lexicon.h"
#include "model/word_classes.h"

const struct language_model *language_model_create(struct arena *arena, const struct lexicon *lexicon,
                                                   const struct word_classes *word_classes);

enum err language_run(struct job *job);

#endif
