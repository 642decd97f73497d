/* label_patterns: what the classes and ids of a page's containers hint at. Many short patterns are looked for
 * in a label in one pass over it: at each byte the patterns that begin with it and the next are compared by
 * their first eight bytes. Made once at start, constant after. */
#ifndef NEWSMETA_MODEL_LABEL_PATTERNS_H
#define NEWSMETA_MODEL_LABEL_PATTERNS_H

#include "base/arena.h"

struct label_patterns;

/* Room for `most` patterns. */
struct label_patterns *label_patterns_create(struct arena *arena, size_t most);
/* A pattern of two bytes or more, lower case, without NUL. It counts wherever it stands in a label; a `whole`
 * one only between blanks and the separators of CSS authors ("-", "_", ":", ".", "/"). */
void label_patterns_add(struct label_patterns *patterns, struct slice text, bool whole, uint32_t bits);
/* The bits of all patterns that the label holds. Linear in the label. */
uint32_t label_patterns_match(const struct label_patterns *patterns, struct slice label);

#endif
