/* word_lists: weighted words and phrases that speak for a code, matched over the tokens of an article.
 *
 * A list is a table of data/lexicon whose rows are: code, language, weight, words. Words stand between
 * blanks; '_' joins the words of a phrase; a '*' at the end makes a stem of the last word. Hyphenated
 * words are read as the phrase of their parts, in the list and in the text. A plural in s is found by its
 * singular. The longest phrase wins, and its words count no more by themselves.
 *
 * Made once at start, constant after. */
#ifndef NEWSMETA_MODEL_WORD_LISTS_H
#define NEWSMETA_MODEL_WORD_LISTS_H

#include "base/arena.h"
#include "model/lexicon.h"
#include "model/text_words.h"

struct word_posting {
    uint32_t code; /* index into the codes of the list */
    float weight;
};

struct word_entry {
    uint32_t id;                          /* among all entries, from 0 */
    uint32_t longest;                     /* words in the longest phrase that begins with this one */
    const struct word_posting *postings;
    uint32_t posting_count, posting_capacity; /* none: only a beginning of phrases */
};

struct word_match {
    const struct word_entry *entry;
    uint32_t count;         /* how often it stands in the text */
    uint32_t first, end;    /* tokens [first, end) of its first appearance */
    bool in_headline;
};

struct word_lists;

/* What a match counts for its weight: growing with the logarithm of its number, more in a headline, which
 * says what a story is about. */
float word_match_times(const struct word_match *match);

/* Weights above 0 speak for a code, those below against it. */
const struct word_lists *word_lists_create(struct arena *arena, const struct lexicon_table *table);
uint32_t word_lists_code_count(const struct word_lists *lists);
struct slice word_lists_code(const struct word_lists *lists, uint32_t code);
/* Each entry that occurs among the words, once, in order of appearance. `language` chooses the lists;
 * where there are none for it, nothing matches; null means English. */
struct word_match *word_lists_match(const struct word_lists *lists, struct arena *arena,
                                    const struct text_words *words, struct slice language, uint32_t *count);

#endif
