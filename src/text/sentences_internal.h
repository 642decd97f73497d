/* sentences: where in a row of tokens sentences begin. */
#ifndef NEWSMETA_TEXT_SENTENCES_INTERNAL_H
#define NEWSMETA_TEXT_SENTENCES_INTERNAL_H

#include "article/article.h"
#include "model/lexicon.h"

struct sentence_rules {
    const struct lexicon_table *abbreviations;
    const struct lexicon_table *starters; /* words that begin sentences and hardly follow an abbreviation */
    struct slice language;                /* first subtag, lower case; empty: not known */
};

/* Is the row of a lexicon table meant for this language? `column` holds "*" or a comma list. An unknown
 * language takes every row. */
bool lexicon_row_speaks(struct slice column, struct slice language);

/* Sets TOKEN_SENTENCE_START on the first token and wherever else a sentence begins, in small letters only where no word
 * has a capital. `text` is what the spans count from, minus base. The tokens are those of one block. */
void sentences_mark(const struct sentence_rules *rules, struct slice text, uint32_t base, struct token *tokens,
                    uint32_t count);

#endif
