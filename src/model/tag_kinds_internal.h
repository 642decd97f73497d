/* tag_kinds: what tag_document.c finds out about words and tag_features.c makes features of. */
#ifndef NEWSMETA_MODEL_TAG_KINDS_INTERNAL_H
#define NEWSMETA_MODEL_TAG_KINDS_INTERNAL_H

#include "model/tag_features.h"

enum shape {
    SHAPE_OTHER, SHAPE_LOWER, SHAPE_CAPITAL, SHAPE_UPPER, SHAPE_ONE_UPPER, SHAPE_INITIAL, SHAPE_DOTTED, SHAPE_MIXED,
    SHAPE_CAMEL, SHAPE_HYPHEN_CAPITAL, SHAPE_HYPHEN_LOWER, SHAPE_NUMBER, SHAPE_YEAR, SHAPE_LETTER_DIGIT,
    SHAPE_PUNCTUATION, SHAPE_QUOTE, SHAPE_COMMA, SHAPE_STOP, SHAPE_OPEN, SHAPE_CLOSE, SHAPE_AT, SHAPE_HASH, SHAPE_URL,
    SHAPE_POSSESSIVE, SHAPE_COUNT
};

/* Behind these two come for nothing. */
_Static_assert(SHAPE_COUNT + 2 == TAG_SHAPES, "tables of shapes have room for all");

/* All that a token tells by itself; tokens that are written and read in one way are one kind. */
struct tag_kind {
    const struct token *token; /* one of the kind, the first */
    uint64_t key;         /* hash of its form and of how it is read */
    uint64_t asked;       /* of the gazetteer */
    uint64_t lower;       /* hash of the lower-cased form, digits made 0 */
    uint64_t form;        /* hash of the form as written */
    uint64_t affixes[6];  /* prefixes and suffixes of 2, 3, 4 code units */
    uint32_t classes;     /* of the gazetteer */
    uint32_t known;       /* for token.known */
    uint16_t evidence;
    uint8_t shape, cluster, wide; /* wide: the second cluster */
    uint8_t city_tier;
    bool caseless, named, begins, place_word; /* named: looks like (a part of) a name; begins: longer phrases, maybe */
};

static inline uint64_t tag_mix(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93ull;
    hash ^= hash >> 32;
    return hash;
}

/* Before a sentence's first token and behind its last stands nothing, which is a kind as well; [right][caseless]. */
#define OUTSIDE_KINDS 4

static inline uint32_t tag_outside_kind(bool right, bool caseless)
{
    return 2u * right + caseless;
}

static inline const struct tag_kind *tag_kind_at(const struct tag_document *document, uint32_t token)
{
    return &document->kinds[document->kind_of[token]];
}

#endif
