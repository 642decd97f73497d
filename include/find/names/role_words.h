/* role_words: what the words around a name are to a role: nouns that name one ("minister", "bookkeeper",
 * "Umweltministerin"), small words that hold it together (data/lexicon/grammar_words.tsv), and adjectives of
 * origin in the text's language (data/lexicon/demonyms.tsv; English ones are the gazetteer's). */
#ifndef NEWSMETA_FIND_NAMES_ROLE_WORDS_H
#define NEWSMETA_FIND_NAMES_ROLE_WORDS_H

#include "article/job.h"
#include "model/gazetteer.h"
#include "model/lexicon.h"
#include "model/small_words.h"

struct role_words {
    const struct article *article;
    const struct gazetteer *gazetteer;
    const struct lexicon_table *endings, *demonyms, *kinds, *months, *people, *matches, *doubtful, *owned, *cues,
        *surname_endings;
    struct slice language;     /* two letters; "en" where none was found */
};

struct role_words role_words_make(struct job *job);
/* Token i of the article. */
static inline const struct token *role_words_token(const struct role_words *words, uint32_t i)
{
    return &words->article->tokens[i];
}

/* What the word does in the language. */
static inline bool role_word_is(const struct role_words *words, uint32_t token, enum small_word kind)
{
    return words->article->tokens[token].small & kind;
}

/* Whether a table of word, language and what it is says that of the lower-cased word in the text's language. */
bool role_word_list_says(const struct role_words *words, const struct lexicon_table *table, struct slice word,
                         const char *what);
/* Token i is a role noun, or ends a known phrase that names a role. */
bool role_word_is_noun(const struct role_words *words, uint32_t i);
/* The country of an adjective of origin, 0: the word is none. English ones in any language. */
uint16_t role_word_country(const struct role_words *words, uint32_t i);
/* Spanish, French, Italian, Portuguese: adjectives and offices behind the noun, in small letters. */
bool role_words_are_romance(const struct role_words *words);
uint32_t role_word_classes(const struct role_words *words, uint32_t i, uint32_t count);
/* "Mizunova", "Taavisson": the word ends as surnames do and names of bodies hardly ever
 * (data/lexicon/surname_endings.tsv). */
bool role_word_ends_as_surname(const struct role_words *words, uint32_t i);

#endif
