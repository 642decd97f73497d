/* small_words: the small words of a language and what they do: its commonest function words, further words that make no
 * keyphrase (data/lexicon/stop_words.tsv), words that hold names and roles together (data/lexicon/grammar_words.tsv).
 * Each token is looked up once, when it is cut; who asks for one of these looks at token.small. Constant. */
#ifndef NEWSMETA_MODEL_SMALL_WORDS_H
#define NEWSMETA_MODEL_SMALL_WORDS_H

#include "base/map.h"
#include "model/lexicon.h"

/* What a word does, as bits; a word may do several things. */
enum small_word {
    SMALL_FUNCTION = 1 << 0,     /* a function word */
    SMALL_STOP = 1 << 1,         /* makes no keyphrase and speaks for no topic; function words included */
    SMALL_DETERMINER = 1 << 2,
    SMALL_ARTICLE = 1 << 3,      /* behind an "of" */
    SMALL_OF = 1 << 4,
    SMALL_COPULA = 1 << 5,
    SMALL_CONJUNCTION = 1 << 6,
    SMALL_SPEECH = 1 << 7,       /* a verb of saying */
    SMALL_PRONOUN = 1 << 8,      /* of a person */
    SMALL_WHERE = 1 << 9,        /* before a place, a partner, a doer */
    SMALL_PART = 1 << 10,
    SMALL_AGENT = 1 << 11,
    SMALL_RELATIVE = 1 << 12,    /* of a person, behind a comma */
    SMALL_NEGATION = 1 << 13,
    SMALL_INDEFINITE = 1 << 14   /* an article that makes what follows one of many */
};

struct small_words;

const struct small_words *small_words_create(struct arena *arena, const struct lexicon *lexicon);

/* The words of a language, by its code. Where none is known they are English; a language that is not listed has the
 * English words that make no keyphrase, and no others. */
const struct map *small_words_of(const struct small_words *words, struct slice language);

/* What the lower-cased word does among these; 0: it is none of them. */
static inline uint16_t small_words_find(const struct map *language, struct slice lower)
{
    return (uint16_t)(uintptr_t)map_get(language, lower);
}

#endif
