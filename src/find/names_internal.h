/* names_internal: what the two halves of find/names share. name_runs finds names in text with ordinary
 * capitals; names uses them as evidence for the rest of the document. */
#ifndef NEWSMETA_FIND_NAMES_INTERNAL_H
#define NEWSMETA_FIND_NAMES_INTERNAL_H

#include "base/map.h"
#include "find/names.h"
#include "model/gazetteer.h"

struct name_model {
    const struct gazetteer *gazetteer;
};

/* How capitals are used in a sentence. */
enum letter_case { CASE_ORDINARY, CASE_TITLE, CASE_ALL_UPPER, CASE_ALL_LOWER };

struct name_finder {
    struct job *job;
    struct article *article;
    const struct gazetteer *gazetteer;
    struct map capitalised; /* lower forms seen with a capital inside of a sentence -> non-NULL */
    struct map lowered;     /* lower forms seen without one -> non-NULL */
    size_t capacity;
};

/* Adds a mention of tokens [first, end) in a sentence; tokens outside of names stay out of it. */
void names_add(struct name_finder *finder, uint32_t sentence, uint32_t first, uint32_t end, enum actor_type type,
               float confidence);
/* Finds the names of a sentence by its capitals. */
void name_runs_find(struct name_finder *finder, uint32_t sentence, enum letter_case letters);

static inline bool token_is_capital(const struct token *token)
{
    return (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER)) != 0;
}

#endif
