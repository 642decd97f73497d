/* dateline: the place, date and agency with which a report begins: "BERGEN, Norway, September 18, 2021 (Agency) -". */
#ifndef NEWSMETA_FIND_NAMES_DATELINE_H
#define NEWSMETA_FIND_NAMES_DATELINE_H

#include "find/names/role_words.h"

/* The dash, the bar or, where it is a sentence of its own ("Bern (Agency)."), the stop that ends the dateline with
 * which the sentence begins, looked for from token `from` on. Before it no word stands in lower case but months, "and",
 * "de", and what is beside a number or in brackets ("12 dic", "(lsw)"). sentence->first: there is none, or nothing
 * behind it. */
uint32_t dateline_dash(const struct role_words *words, const struct sentence *sentence, uint32_t from);

static inline bool dateline_is_dash(struct slice word)
{
    return slice_equals(word, SLICE("-")) || slice_equals(word, SLICE("--")) ||
           slice_equals(word, SLICE("\xE2\x80\x93")) || slice_equals(word, SLICE("\xE2\x80\x94")) ||
           slice_equals(word, SLICE("|"));
}

#endif
