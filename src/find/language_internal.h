/* language_internal: what language.c (who decides) and language_text.c (who reads) share. */
#ifndef NEWSMETA_FIND_LANGUAGE_INTERNAL_H
#define NEWSMETA_FIND_LANGUAGE_INTERNAL_H

#include "base/map.h"
#include "find/language.h"
#include "model/word_classes.h"

#define LANGUAGES_MAX 64 /* one bit each in a word's mask */
#define SCRIPTS_MAX 48
#define LETTERS_MAX 0x700 /* letters whose languages are told apart lie below: Latin, Cyrillic, Arabic */

/* Languages that share a script; told apart by words and letters. */
struct language_entry {
    struct slice code;
    struct slice sisters; /* codes by which a claim names the same or one too near to tell */
};

struct script_range {
    uint32_t first, last;
    int script;
};

#define COMMON_BYTES 4u         /* shorter words are met in many languages */
#define ENGLISH 0               /* row of data/lexicon/languages.tsv */
#define ENDING_BYTES 12u        /* of the longest word ending */

struct language_model {
    struct language_entry languages[LANGUAGES_MAX];
    struct script_range *ranges;
    size_t range_count;
    struct slice scripts[SCRIPTS_MAX];     /* names */
    struct slice sole_language[SCRIPTS_MAX]; /* the language that alone is printed in it, or null */
    uint64_t script_languages[SCRIPTS_MAX];  /* bit i: languages[i] is written in it */
    int script_count;
    int han, kana;
    struct map words;                      /* function word -> uint64_t of languages */
    struct map endings;                    /* word ending -> uint64_t of languages */
    uint16_t ending_lengths[256];          /* by last byte: bit n, an ending has n bytes */
    const struct word_classes *word_classes; /* of English: its headlines do without function words */
    uint64_t letters[LETTERS_MAX];         /* languages that do without this letter */
    struct map codes;                      /* any spelling of a language -> struct slice code */
};

/* What the text shows. */
struct language_guess {
    struct slice code;  /* null: undecided */
    struct slice sisters;
    float probability;  /* that it is this one, judged by the text alone */
    size_t words;       /* words that were read, or letters / 2 where words are not spaced */
};

struct language_guess language_read_text(const struct language_model *model, const struct article *article);

#endif
