/* tagger: which tokens are names: a linear-chain conditional random field (Lafferty et al. 2001) over BILOU
 * tags, its weights in one table of 8-bit numbers addressed by feature hashes; best path by Viterbi.
 *
 * The model is data/models/names.bin, made by src/train/train-names.c; the layout is here because the
 * trainer writes it. Constant after start; any thread may tag. */
#ifndef NEWSMETA_MODEL_TAGGER_H
#define NEWSMETA_MODEL_TAGGER_H

#include "model/tag_features.h"

/* B begin, I inside, L last, U alone; tag = 1 + 4 * type + place. */
enum tag_place { TAG_B, TAG_I, TAG_L, TAG_U };
enum tag_type { TAG_PERSON, TAG_ORGANIZATION, TAG_LOCATION, TAG_MISC };
#define TAG_O 0
#define TAG_COUNT 17
#define TAG_OF(type, place) (uint8_t)(1 + 4 * (int)(type) + (int)(place))
#define TAG_WEIGHTS 16          /* per feature: one for each tag but O, whose weight is always 0 */
#define TAG_START TAG_COUNT     /* row of the transitions: the sentence begins */

#define TAGGER_MAGIC 0x32524E4Du

/* The file: this header, then (each aligned to 64 bytes) cluster_hashes[cluster_slots] of 4 bytes,
 * clusters[cluster_slots] of 2, checks[slots] of 2, weights[slots][TAG_WEIGHTS] of 1. Little endian. */
struct tagger_header {
    uint32_t magic, slots, cluster_slots;
    float scale;                /* a weight of 1 in the table is worth this much */
    int32_t transitions[TAG_COUNT + 1][TAG_COUNT]; /* in units of scale; INT32_MIN / 4: not allowed */
};

#define TAGGER_FORBIDDEN (INT32_MIN / 4)
#define TAGGER_PROBES 8         /* slots that are searched for a feature */

struct tagger;

/* May tag `to` follow tag `from` (TAG_START: begin)? */
bool tagger_may_follow(unsigned from, unsigned to);
/* May a sentence end with it? */
bool tagger_may_end(unsigned tag);

/* NULL where `model` is no model of this layout. The bytes must outlive the tagger. */
const struct tagger *tagger_create(struct arena *arena, const struct gazetteer *gazetteer, struct slice model);

/* How the sentence uses capitals, as far as names are concerned: true if they tell nothing. */
bool tagger_is_caseless(const struct token *tokens, const struct sentence *sentence);

/* Tags a document: tags[i] for every token, and in margins[i] (may be NULL) by how much, in nats, the tag
 * of its own scores above the best tag of another kind. Marks the tokens with what the gazetteer knows of each
 * (token.known). */
void tagger_tag(const struct tagger *tagger, struct arena *arena, struct token *tokens, uint32_t token_count,
                const struct sentence *sentences, uint32_t sentence_count, const bool *caseless, uint8_t *tags,
                float *margins);

/* The hash of a feature: where its search starts, and its check number (never 0). */
static inline uint32_t tagger_slot(uint64_t feature, uint32_t slots)
{
    return (uint32_t)(feature >> 20) & (slots - 1);
}

static inline uint16_t tagger_check(uint64_t feature)
{
    uint16_t check = (uint16_t)feature;
    return check ? check : 1;
}

#endif
