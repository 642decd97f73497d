/* token_bounds: where a token ends, and of which kind it is. The rules stand in include/text/tokens.h. */
#ifndef NEWSMETA_TEXT_TOKEN_BOUNDS_INTERNAL_H
#define NEWSMETA_TEXT_TOKEN_BOUNDS_INTERNAL_H

#include "article/article.h"
#include "model/lexicon.h"

struct token_rules {
    const struct lexicon_table *abbreviations;
    struct slice language; /* first subtag, lower case; empty: not known */
    bool elides;           /* the language writes l'Iran, dell'Economia */
    bool suffixes;         /* the language writes Ankara'da */
};

/* The end of the token at `at`, which is no space. Adds TOKEN_ABBREVIATION to *flags where a stop belongs to it. */
size_t token_end(const struct token_rules *rules, struct slice text, size_t at, enum token_kind *kind, unsigned *flags);

/* Lower-cases, makes apostrophes plain and drops what prints as nothing; `out` has room for 3/2 len + 4. Returns
 * the bytes written. */
size_t token_lower_into(struct slice word, char *out);

#endif
