/* byline_reader: a byline on its way from items to names; what byline.c, byline_cues.c and byline_names.c share. */
#ifndef NEWSMETA_FIND_AUTHORS_BYLINE_READER_H
#define NEWSMETA_FIND_AUTHORS_BYLINE_READER_H

#include "byline_internal.h"

/* What a word or phrase of data/lexicon/byline_cues.tsv announces. */
enum cue { CUE_NONE, CUE_AUTHOR, CUE_OTHER, CUE_JOIN, CUE_WITH, CUE_ASKS, CUE_UNTIL, CUE_SAYS, CUE_WRITES };

struct byline_reader {
    struct arena *arena;
    const struct author_lexicon *lexicon;
    enum byline_strictness strictness;
    bool needs_cue;
    bool particle; /* the last cue is one word that stands in names and sentences as well: "di", "von" */
    bool dated;    /* digits stand before a name */
    struct byline_item items[BYLINE_MAX_ITEMS];
    size_t count;
    struct byline *byline;
};

/* ------------------------------------------------------------- byline_cues */

/* Of a row of the cues; NULL: CUE_NONE. */
enum cue byline_cue_from_row(const struct lexicon_row *row);
/* The lower forms of words [at, at + words) with blanks between; null where a separator stands between. */
struct slice byline_phrase_at(const struct byline_reader *reader, size_t at, size_t words);
/* It joins names: "and", "with". */
bool byline_is_join_cue(enum cue cue);
/* Notes with each item how many words the cues may have that begin there; false where no item begins any. */
bool byline_mark_cues(struct byline_reader *reader);
/* The longest cue at that item, and of how many words. */
enum cue byline_cue_at(const struct byline_reader *reader, size_t at, size_t *words);

/* ------------------------------------------------------------ byline_names */

/* A month or a day of the week, in lower case. */
bool byline_is_calendar_word(const struct author_lexicon *lexicon, struct slice lower);
/* How many of these words belong to a name; a date, a place or a job may follow it without a separator. */
size_t byline_name_length(const struct byline_reader *reader, const struct byline_item *words, size_t count);
/* Words [at, at + count) are no name, whatever they look like: data/lexicon/author_noise.tsv has them, or their end. */
bool byline_is_noise(const struct byline_reader *reader, size_t at, size_t count);
/* The words as written, with what stands between. */
struct slice byline_words_text(const struct byline_item *words, size_t count);
/* Takes the piece of words [at, at + count) into the byline if it is a name; false where it is none. */
bool byline_take_piece(struct byline_reader *reader, size_t at, size_t count);

#endif
