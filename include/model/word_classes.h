/* word_classes: how frequent the words of English are: data/lexicon/word_classes.tsv, in which more words are looked up
 * than in any other table, in a form that memory is asked for once. Constant; any thread may ask. */
#ifndef NEWSMETA_MODEL_WORD_CLASSES_H
#define NEWSMETA_MODEL_WORD_CLASSES_H

#include "model/lexicon.h"

#define WORD_UNLISTED 99u

struct word_classes;

const struct word_classes *word_classes_create(struct arena *arena, const struct lexicon *lexicon);
/* The frequency class of a lower-cased word: "the" is 2^class times as frequent. WORD_UNLISTED: rarer than all that are
 * listed, misspelt, or not English. */
unsigned word_class_of(const struct word_classes *classes, struct slice word);

#endif
