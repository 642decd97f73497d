/* names_internal: what names.c (which phrases are names) and name_bounds.c (where they begin and end) share. */
#ifndef NEWSMETA_FIND_NAMES_INTERNAL_H
#define NEWSMETA_FIND_NAMES_INTERNAL_H

#include "find/names.h"
#include "model/gazetteer.h"
#include "model/tagger.h"
#include "name_evidence.h"
#include "role_words.h"

struct name_finder {
    struct job *job;
    struct article *article;
    const struct gazetteer *gazetteer;
    const struct lexicon_table *particles; /* words in lower case within names */
    size_t capacity;                       /* of article->mentions */
    struct name_evidence evidence;
    struct role_words words;
};

struct tagged {
    uint8_t *tags;
    const float *margins;
    bool *covered; /* tokens that stand in a mention */
};

/* One name of those that were tagged together. */
struct name_piece {
    uint32_t first, end;
    enum actor_type type;
};

#define NAME_PIECES 3

bool names_token_is_capital(const struct token *token);
/* The phrase is known as one of `these` and as none of `others`. */
bool names_is_only(const struct name_finder *finder, uint32_t first, uint32_t end, uint32_t these, uint32_t others);

/* The end and the beginning of the name that the tagger marked as [first, end), where it goes on
 * beyond the mark; cased: capitals tell. */
uint32_t name_bounds_end(const struct name_finder *finder, const struct tagged *tagged, uint32_t first, uint32_t end,
                         uint32_t sentence_end, bool cased);
uint32_t name_bounds_start(const struct name_finder *finder, const struct tagged *tagged, uint32_t first, uint32_t end,
                           uint32_t sentence_first);
/* The names within [first, end), in order, without titles, articles and possessive marks: "NASA" and "Charles
 * Bolden" of "NASA Administrator Charles Bolden". Returns how many, at most NAME_PIECES. */
size_t name_bounds_split(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type, bool cased,
                         struct name_piece pieces[static NAME_PIECES]);

#endif
