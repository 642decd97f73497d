/* name_context: what the words beside a name say that it is: a title, an age or "who" a person, a noun ("the
 * newspaper El Faro", "the village of Sake", data/lexicon/kind_nouns.tsv) an organization or a place, what only
 * bodies have ("its board", data/lexicon/owned_nouns.tsv) an organization. */
#ifndef NEWSMETA_FIND_NAMES_NAME_CONTEXT_H
#define NEWSMETA_FIND_NAMES_NAME_CONTEXT_H

#include "find/names/role_words.h"

/* The type that the words beside tokens [first, end) of the sentence state; ACTOR_OTHER: none. */
enum actor_type name_context_type(const struct role_words *words, const struct sentence *sentence, uint32_t first,
                                  uint32_t end);
/* The noun beside the name that says its kind: "media", "party", ..., "city"; null: none. */
struct slice name_context_kind(const struct role_words *words, const struct sentence *sentence, uint32_t first,
                               uint32_t end);
/* The noun right before the name at `first`, or before an "of", that says its kind; null: none. */
struct slice name_context_kind_before(const struct role_words *words, const struct sentence *sentence, uint32_t first);
/* English: the noun before a list that begins at `first` that says the kind of all in it ("airlines Gol and Azul",
 * "banks such as"); null: none. */
struct slice name_context_kind_of_list(const struct role_words *words, const struct sentence *sentence, uint32_t first);
/* ACTOR_PLACE or ACTOR_ORGANIZATION; ACTOR_OTHER for no kind. */
enum actor_type name_context_type_of_kind(struct slice kind);
/* "4-3", with either dash. */
bool name_context_is_score(struct slice word);
/* The text holds the score of a match. */
bool name_context_has_score(const struct article *article);
/* In such a text: the town's name means its team ("beat Aberdeen", "Aberdeen manager"). */
bool name_context_is_team(const struct role_words *words, const struct sentence *sentence, uint32_t first,
                          uint32_t end);
/* "Los Angeles Lakers": a team, or the men and women of a town, whose last word alone is its name as well. English. */
bool name_context_has_nickname(const struct role_words *words, uint32_t first, uint32_t end);
/* The word is one for a place: "river", "street". */
bool name_context_is_place_noun(const struct role_words *words, uint32_t i);
/* English: "shares in", "investors of" before the token: a body is named. */
bool name_context_is_held(const struct role_words *words, const struct sentence *sentence, uint32_t first);
/* The word says what a name beside it is, or is one for a person ("rival"). */
bool name_context_is_noun(const struct role_words *words, uint32_t i);

/* The region of "R-Texas", "D-Fla.", a member of parliament's party and seat; NULL: the token is none. */
const struct gazetteer_entry *name_context_seat(const struct role_words *words, uint32_t i);

#endif
