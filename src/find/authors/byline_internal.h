/* byline: the names in "By Ottilie Krantz in Berlin and Piers Ampleforth, Staff Writers | 14 May".
 *
 * The text is cut into items (words and separators), the words between separators into pieces; a piece is a
 * name when what remains without cue, title, place, date and job looks like one. */
#ifndef NEWSMETA_FIND_AUTHORS_BYLINE_INTERNAL_H
#define NEWSMETA_FIND_AUTHORS_BYLINE_INTERNAL_H

#include "article/job.h"
#include "base/map.h"
#include "model/lexicon.h"

#define BYLINE_CUE_WORDS 5 /* of the longest cue that is looked for */

struct author_lexicon {
    struct map function_words; /* the commonest words of every language -> non-NULL */
    const struct lexicon_table *cues, *roles, *noise, *particles, *titles, *months, *legal_forms, *zones, *weekdays,
        *given_names;
    const struct ranker *ranker;
    struct map cue_heads; /* first words of cues -> as a number, bit n: one of them has n words */
};

enum byline_item_kind {
    ITEM_WORD,
    ITEM_COMMA,
    ITEM_LIST, /* ; & / and their like: another name follows */
    ITEM_COLON,
    ITEM_STRONG, /* | - dash bullet, line break: something else follows */
    ITEM_STOP,   /* end of a sentence */
    ITEM_OPEN,
    ITEM_CLOSE
};

struct byline_item {
    enum byline_item_kind kind;
    struct slice text; /* of a word: without punctuation around it */
    struct slice lower;
    uint32_t cues; /* bit n: a cue of n words may begin with this one; byline_read sets it */
};

#define BYLINE_MAX_ITEMS 120
#define BYLINE_MAX_NAMES 12

/* Cuts text into items; the rest of a longer one is left out. Returns their number. */
size_t byline_items(struct arena *arena, struct slice text, struct byline_item items[BYLINE_MAX_ITEMS]);

/* Parts words that touch: a name and what stands in the next element ("QuillNew York"; that becomes a separator), with
 * `cues` also a cue or a job and a name ("ByJane"). Returns the new number of items. */
size_t byline_part_glued(const struct author_lexicon *lexicon, struct byline_item items[BYLINE_MAX_ITEMS], size_t count,
                         bool cues);

enum byline_strictness {
    BYLINE_CLAIMED,  /* the page's markup says that this is an author: pseudonyms are taken */
    BYLINE_LABELLED, /* a class name or a cue says so: one word will do, if it is capitalised */
    BYLINE_PLAIN     /* nothing says so: it must look like a person's full name */
};

struct byline {
    struct slice names[BYLINE_MAX_NAMES];
    size_t count;
    bool cue;        /* a cue for authors stood before them */
    bool strong_cue; /* ... of several words, with a colon, in an East Asian script: no preposition of the running text
                      */
    bool says;       /* "Ada Quill says:": somebody who comments on the article */
    bool job;        /* a job in a newsroom stands beside a name: "Ada Quill, Staff Writer" */
    bool newsroom;   /* a desk is named where a person could be */
    unsigned passed; /* words before the first name that are part of no cue or date: a sentence has many */
};

/* Reads the names of a byline. With `needs_cue` only what follows a cue counts. */
void byline_read(struct arena *arena, const struct author_lexicon *lexicon, struct slice text,
                 enum byline_strictness strictness, bool needs_cue, struct byline *byline);

#define MAX_NAME_WORDS 6 /* "Mária del Carmen de la Torre" */

/* The word, in lower case, may stand so within a name: "von", "de la". */
bool byline_is_particle(const struct author_lexicon *lexicon, struct slice lower);
/* A capital, or a letter of a script that has none. */
bool byline_starts_like_name(struct slice word);
/* Begins with a letter of a script without capitals. */
bool byline_is_caseless(struct slice word);
/* Begins in Han, kana or hangul. */
bool byline_is_wide(struct slice word);
/* "图", "报道", "洛阳古城墙修复工程11日完工": a sign, a cue or part of a sentence in a script that writes words together. */
bool byline_is_wide_other(const struct author_lexicon *lexicon, const struct byline_item *word);
/* A capital behind a prefix: "d'Alembert", "al-Sistani". */
bool byline_has_inner_capital(struct slice word);
/* Capitals, particles and initials, as many as a person's name has. */
bool byline_looks_personal(const struct author_lexicon *lexicon, const struct byline_item *words, size_t count);
bool byline_is_address(struct slice word);
/* A pseudonym with digits. */
bool byline_is_handle(struct slice word);

/* The name begins with a word like "The", "Zur", "Im": a heading or a sentence rather than a name. */
bool byline_is_phrase(struct arena *arena, const struct author_lexicon *lexicon, struct slice name);

/* The words look like a person's name: capitals, particles and initials, no digits. */
bool byline_is_person(struct arena *arena, const struct author_lexicon *lexicon, struct slice name);

#endif
