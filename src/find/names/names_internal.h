/* names_internal: what names.c (which phrases are names), name_tags.c (what is known of their tags), name_joins.c
 * (which of them belong together), names_missed.c (which more are), name_bounds.c (where they begin and end),
 * name_split.c (which are several), name_types.c (what they are) and name_doubts.c (which are no actors where they
 * stand) share. */
#ifndef NEWSMETA_FIND_NAMES_NAMES_INTERNAL_H
#define NEWSMETA_FIND_NAMES_NAMES_INTERNAL_H

#include "base/map.h"
#include "find/names/names.h"
#include "find/names/role_words.h"
#include "model/gazetteer.h"
#include "model/tagger.h"
#include "name_evidence.h"

struct name_finder {
    struct job *job;
    struct article *article;
    const struct gazetteer *gazetteer;
    const struct lexicon_table *particles; /* words in lower case within names */
    const struct lexicon_table *post_nominals, *zones;
    const struct lexicon_table *legal_forms; /* "GmbH", as they are written */
    size_t capacity;                       /* of article->mentions */
    const bool *caseless;                  /* of each sentence, whether its capitals tell nothing */
    struct name_evidence evidence;
    struct role_words words;
    struct map *surnames;                  /* behind a given name or "Mr"; made when first asked for */
};

static inline const struct token *token_at(const struct name_finder *finder, uint32_t i)
{
    return &finder->article->tokens[i];
}

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
#define LONGEST_DATELINE 12 /* tokens of place and date before the agency of a dateline */

/* A name has a next word behind one with this tag. */
static inline bool names_goes_on(uint8_t tag)
{
    return tag != TAG_O && (tag - 1) % 4 <= TAG_I;
}

/* Where what is tagged at i ends, at stop at the latest: one token further where it is no name. */
static inline uint32_t names_tagged_end(const uint8_t *tags, uint32_t i, uint32_t stop)
{
    uint32_t end = i + 1;
    while (end < stop && names_goes_on(tags[end - 1]))
        end++;
    return end;
}

static inline enum tag_type names_tag_type(uint8_t tag) /* not of TAG_O */
{
    return (enum tag_type)((tag - 1) / 4);
}

bool names_token_is_capital(const struct token *token);
/* What the tokens are known as together. */
static inline uint32_t names_classes(const struct name_finder *finder, uint32_t first, uint32_t end)
{
    const struct gazetteer_entry *entry =
        gazetteer_find(finder->gazetteer, &finder->article->tokens[first], end - first);
    return entry ? entry->classes : 0;
}

static inline bool names_is_possessive(const struct token *token)
{
    return slice_equals(token->lower, SLICE("'s")) || slice_equals(token->lower, SLICE("'"));
}

/* A word that holds the parts of an organization's name together. */
static inline bool names_is_join(struct slice word)
{
    return slice_equals(word, SLICE("of")) || slice_equals(word, SLICE("for"));
}

/* No noun follows the name that ends at `end`, as in "the Joe Biden administration". */
static inline bool names_stands_alone(const struct name_finder *finder, const struct sentence *sentence, uint32_t end)
{
    const struct token *behind = &finder->article->tokens[end];
    return end == sentence->end || !(behind->flags & TOKEN_LOWER) || behind->small & SMALL_FUNCTION;
}
/* The phrase is known as one of `these` and as none of `others`. */
bool names_is_only(const struct name_finder *finder, uint32_t first, uint32_t end, uint32_t these, uint32_t others);

/* A mention; of ACTOR_OTHER where the tokens name no actor there (below). */
void names_add(struct name_finder *finder, uint32_t sentence, uint32_t first, uint32_t end, enum actor_type type,
               float confidence);
/* What the tokens name has no part in the story, for what stands around them: agencies in datelines and at the end,
 * exchanges before a ticker, degrees behind a name, legal forms without one. */
bool names_is_no_actor(const struct name_finder *finder, uint32_t sentence, uint32_t first, uint32_t end,
                       enum actor_type type);
/* Adds the names that the tagger passed over. */
void names_add_missed(struct name_finder *finder, struct tagged *tagged);

/* None; a part of a title, whose words are no other name either; a name (of ACTOR_OTHER: of no actor). */
enum name_verdict { NAME_IS_NONE, NAME_IS_TITLE, NAME_IS_ONE };

/* Judges what the tagger took for a name, by `margin` nats; gives it its type and, of an office, leaves whose it is.
 * cased: capitals tell. */
enum name_verdict name_types_judge(const struct name_finder *finder, const struct sentence *sentence, float margin,
                                   bool cased, struct name_piece *piece);

/* The tokens are one name. */
void name_tags_set(uint8_t *tags, uint32_t first, uint32_t end, enum tag_type type);
/* Settles the tags of sentence s; cased: capitals tell. */
void name_tags_settle(struct name_finder *finder, uint8_t *tags, uint32_t s, bool cased);

/* "10th", "3rd" */
bool names_is_ordinal(const struct token *token);
/* Joins what belongs to one name and cuts at titles between two, in a sentence of English whose capitals tell. */
void name_joins_settle(const struct name_finder *finder, uint8_t *tags, uint32_t s);

/* The end and the beginning of the name that the tagger marked as [first, end), where it goes on
 * beyond the mark; cased: capitals tell. */
uint32_t name_bounds_end(const struct name_finder *finder, const struct tagged *tagged, uint32_t first, uint32_t end,
                         uint32_t sentence_end, bool cased);
uint32_t name_bounds_start(const struct name_finder *finder, const struct tagged *tagged, uint32_t first, uint32_t end,
                           uint32_t sentence_first);
bool name_bounds_is_legal_form(const struct name_finder *finder, uint32_t i);
/* "Landkreis Sömmerda": the token is no part of the name of the place behind it. */
bool name_bounds_is_before_place(const struct name_finder *finder, uint32_t i);
/* Where a name ends that must not go over words in small letters: "Centraal Museum" "komt er". */
uint32_t name_bounds_cut(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type);
/* Takes titles, articles, directions and possessive marks off both ends. */
void name_bounds_trim(const struct name_finder *finder, bool cased, struct name_piece *piece);
/* The names within [first, end), in order, without titles, articles and possessive marks: "NASA" and "Charles
 * Bolden" of "NASA Administrator Charles Bolden". Returns how many, at most NAME_PIECES. */
size_t name_split(const struct name_finder *finder, uint32_t first, uint32_t end, enum actor_type type, bool cased,
                         struct name_piece pieces[static NAME_PIECES]);

#endif
