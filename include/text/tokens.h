/* tokens: the prose -> tokens and sentences (article.tokens, article.sentences). Covers the blocks with
 * role headline, standfirst, body and subheading, in order; a sentence never leaves its block, and a
 * headline is one sentence whatever stands in it.
 *
 * Word boundaries follow UAX #29 with the exceptions that names and numbers need:
 *   whole     O'Neill, al-Assad, Jean-Luc, AT&T, U.S., Mr., 1,200.50, 10:32, 2024-03-14, 09/10/2023, 2-3,
 *             URLs, e-mail addresses, @handles and #tags, runs of one mark ("...", "--")
 *   apart     possessive 's and ’s, currency and per cent signs, each CJK character; in French, Italian
 *             and Catalan the elided article ("l'" "Iran")
 * In raw text a word that is broken at the end of a line is one token, whose lower form is without the break, where the
 * whole word stands elsewhere or is known; between two capitals the hyphen stays. A full stop belongs to the token
 * (TOKEN_ABBREVIATION) after abbreviations of data/lexicon, initials and acronyms; everywhere else it is a token of its
 * own. Linear in the text. */
#ifndef NEWSMETA_TEXT_TOKENS_H
#define NEWSMETA_TEXT_TOKENS_H

#include "article/job.h"
#include "model/lexicon.h"

enum err tokens_run(struct job *job);

/* The tokens of any text, with TOKEN_SENTENCE_START set where sentences begin; spans count from
 * `base_offset` at the start of the text. `language` is a BCP 47 tag, null where it is not known. The
 * array and the lower forms live in `arena` (lower forms that need no change are borrowed from text). */
struct token *tokens_split(const struct lexicon *lexicon, struct slice language, struct arena *arena,
                           struct slice text, uint32_t base_offset, uint32_t *count);

#endif
