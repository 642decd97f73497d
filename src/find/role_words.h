/* role_words: what the words around a name are to a role: nouns that name one ("minister", "bookkeeper",
 * "Umweltministerin"), small words that hold it together (data/lexicon/grammar_words.tsv), and adjectives of
 * origin in the text's language (data/lexicon/demonyms.tsv; English ones are the gazetteer's). */
#ifndef NEWSMETA_FIND_ROLE_WORDS_H
#define NEWSMETA_FIND_ROLE_WORDS_H

#include "article/job.h"
#include "base/map.h"
#include "model/gazetteer.h"
#include "model/lexicon.h"

struct role_words {
    const struct article *article;
    const struct gazetteer *gazetteer;
    const struct lexicon_table *grammar, *endings, *demonyms, *kinds, *people, *matches;
    struct slice language;     /* two letters; "en" where none was found */
    const struct map *function_words; /* of the language */
};

struct role_words role_words_make(struct job *job);
/* The word is a "determiner", "of", "article", "copula", "conjunction" or "speech" verb in the language. */
bool role_word_is(const struct role_words *words, uint32_t token, const char *kind);
/* Token i is a role noun, or ends a known phrase that names a role. */
bool role_word_is_noun(const struct role_words *words, uint32_t i);
/* The country of an adjective of origin, 0: the word is none. English ones in any language. */
uint16_t role_word_country(const struct role_words *words, uint32_t i);
uint32_t role_word_classes(const struct role_words *words, uint32_t i, uint32_t count);

#endif
