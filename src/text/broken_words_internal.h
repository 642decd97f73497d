/* broken_words: words that raw text breaks at the end of a line: "Szent-" and "irmai". A hyphen there may belong to the
 * word
 * ("well-" and "known"), so the parts become one only where the whole stands elsewhere in the text or is known to the
 * gazetteers; between two capitals the hyphen stays ("Kovács-" and "Nagy"). */
#ifndef NEWSMETA_TEXT_BROKEN_WORDS_INTERNAL_H
#define NEWSMETA_TEXT_BROKEN_WORDS_INTERNAL_H

#include "article/job.h"
#include "base/map.h"

struct broken_words {
    const struct job *job; /* NULL: words are not broken here */
    struct map words;      /* of the text, lower-cased; made when first asked for */
};

/* The end of the word [at, end) of text where it goes on behind the end of its line; *whole becomes the word without
 * the break, in the job's arena. 0: it does not go on, and *whole stays. */
size_t broken_word_end(struct broken_words *broken, struct slice text, size_t at, size_t end, struct slice *whole);

#endif
