/* tag_path: the best way through a sentence, by what is said of each of its tokens and by which tag follows which
 * (Viterbi 1967). */
#ifndef NEWSMETA_MODEL_TAG_PATH_INTERNAL_H
#define NEWSMETA_MODEL_TAG_PATH_INTERNAL_H

#include "model/tagger.h"

#define TAG_PLACES 4
#define TAG_TYPES 4
typedef int32_t type_row __attribute__((vector_size(4 * TAG_TYPES))); /* of the four types in one place */

typedef int16_t half_row __attribute__((vector_size(TAG_WEIGHTS)));

/* Of every tag but O, whose score is always 0; 96 weights of at most 127 fit. As weights of 8 bits come out of words of
 * 16: first those in even places of a table's row, then those in odd ones. */
union tag_sums {
    half_row halves[2];
    int16_t of[TAG_WEIGHTS]; /* [tag_lane_of(tag)] */
};

static inline unsigned tag_place_of(unsigned tag)
{
    return (tag - 1) % 4;
}

static inline unsigned tag_type_of(unsigned tag)
{
    return (tag - 1) / 4;
}

static inline size_t tag_lane_of(unsigned tag)
{
    return tag_place_of(tag) % 2 * (TAG_WEIGHTS / 2) + tag_type_of(tag) * 2 + tag_place_of(tag) / 2;
}

#define CLOSED_TAGS 9 /* behind which a name may begin or none is */

/* The transitions of a model, as they are looked at. */
struct tag_transitions {
    const struct tagger_header *header;
    int32_t gains[CLOSED_TAGS]; /* of a closed tag against O: the transition that gains most */
    type_row gains_of_last, gains_of_alone; /* the same, of the closed tags but O */
    type_row from_closed[CLOSED_TAGS][TAG_PLACES], from_begin[TAG_PLACES], from_inside[TAG_PLACES];
};

void tag_transitions_lay_out(const struct tagger_header *header, struct tag_transitions *transitions);

/* The best sums of weights of all that ends in each tag; or the tag before, for each. */
struct tag_path {
    type_row places[TAG_PLACES];
    int32_t outside;
};

/* tags[count] of a sentence of `count` tokens, one at least, of which scores[count] is said; back[count] is room to
 * work in. */
void tag_path_find(const struct tag_transitions *transitions, const union tag_sums *scores, uint32_t count,
                   struct tag_path *back, uint8_t *tags);

#endif
