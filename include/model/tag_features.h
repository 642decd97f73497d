/* tag_features: what the name tagger sees of a token, as hashes: its form, affixes and shape, what the
 * gazetteers and the word clusters know of it and of its neighbours, and how the rest of the document uses
 * the word. The trainer and the tagger call the same code.
 *
 * A sentence is read in one of two ways: with the evidence of its capitals, or without (all lower, all
 * capitals, title case); the hashes of the two share nothing. */
#ifndef NEWSMETA_MODEL_TAG_FEATURES_H
#define NEWSMETA_MODEL_TAG_FEATURES_H

#include "article/article.h"
#include "base/arena.h"
#include "model/gazetteer.h"

#define TAG_FEATURES_MAX 96 /* hashes of one token at most */

/* Word clusters: hashes of lower-cased words -> numbers of two clusters, 1 to 255 (0: in none); open addressing. The
 * first is by use near names, from the text at hand; the second by use anywhere, from very much text. */
struct word_clusters {
    const uint32_t *hashes; /* 0: free */
    const uint8_t *clusters; /* two a slot */
    uint32_t slots;         /* a power of two, or 0: no clusters */
};

/* A word, written and read in one way: tokens of a kind look alike but for their neighbours. Nothing is a kind as well:
 * what stands before a sentence's first token and behind its last. */
struct tag_kind;

struct tag_document {
    struct token *tokens;
    uint32_t token_count;
    const struct gazetteer *gazetteer;
    struct word_clusters clusters;
    struct tag_kind *kinds; /* [kind_count] */
    uint32_t kind_count;
    uint32_t *kind_of;      /* [token_count] */
    uint32_t
        *phrases; /* [token_count] classes of the longest phrase around it, and its place in it (1 first, 3 last) */
};

/* What the features of a kind depend on: small numbers, each alone, or the word as a whole. */
enum tag_part { TAG_PART_CLUSTER, TAG_PART_WIDE, TAG_PART_SHAPE, TAG_PART_EVIDENCE, TAG_PART_WORD, TAG_PARTS };
#define TAG_SMALL_PARTS TAG_PART_WORD /* those before it are small */
#define TAG_PART_VALUES 256           /* of a small part */

#define TAG_SHAPES 26 /* how a word may look, nothing included */

/* Where a kind stands, seen from the token whose features are asked for. */
enum tag_side { TAG_SELF, TAG_LEFT, TAG_RIGHT, TAG_LEFT2, TAG_RIGHT2, TAG_SIDES };

/* Hash under which the clusters know a token. Never 0. */
uint32_t tag_cluster_hash(struct slice lower);

/* Looks at a whole document. `caseless[i]` says how sentence i is read. Memory from `arena`. Marks the tokens with what
 * the gazetteer knows of each (token.known). */
struct tag_document tag_document_make(struct arena *arena, const struct gazetteer *gazetteer,
                                      struct word_clusters clusters, struct token *tokens, uint32_t token_count,
                                      const struct sentence *sentences, uint32_t sentence_count, const bool *caseless);

/* The features of token `at` of a sentence; returns their number. They are those of the kinds around it, each on its
 * side, and those that tell how the token stands among them. */
size_t tag_features(const struct tag_document *document, const struct sentence *sentence, bool caseless, uint32_t at,
                    uint64_t features[static TAG_FEATURES_MAX]);
/* These by their origin: what a kind's word gives to every token on whose `side` it stands, what each of its small
 * parts gives, what two neighbours give by their shapes, and the rest. */
size_t tag_features_of_word(const struct tag_document *document, uint32_t kind, enum tag_side side,
                            uint64_t features[static TAG_FEATURES_MAX]);
size_t tag_features_of_part(enum tag_part part, uint8_t value, bool caseless, enum tag_side side,
                            uint64_t features[static TAG_FEATURES_MAX]);
size_t tag_features_among(const struct tag_document *document, const struct sentence *sentence, bool caseless,
                          uint32_t at, uint64_t features[static TAG_FEATURES_MAX]);
/* What the shapes of two neighbours give to the second of them or, `right`, to the first. */
uint64_t tag_feature_of_shapes(uint8_t first, uint8_t second, bool right, bool caseless);
/* The shapes of the token before `at`, of `at` and of the one behind, each less than TAG_SHAPES. */
void tag_shapes_around(const struct tag_document *document, const struct sentence *sentence, bool caseless, uint32_t at,
                       uint8_t shapes[static 3]);
/* The values of a kind's small parts; true where it is read without case. */
bool tag_parts_of_kind(const struct tag_document *document, uint32_t kind, uint8_t values[static TAG_SMALL_PARTS]);
/* The kinds on all sides of token `at`. */
void tag_kinds_around(const struct tag_document *document, const struct sentence *sentence, bool caseless, uint32_t at,
                      uint32_t kinds[static TAG_SIDES]);

#endif
