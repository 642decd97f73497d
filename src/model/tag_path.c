#include "tag_path_internal.h"

/* Tags behind which a name may begin or none is: only transitions that BILOU allows are looked at, and between the two
 * tags of a name that goes on nothing else is possible. */
static const uint8_t closed_tags[CLOSED_TAGS] = {TAG_O, 3, 4, 7, 8, 11, 12, 15, 16};

/* ---------------------------------------------------------- transitions */

/* By how much, at most, a transition from the tag is better than the same one from O. */
static int32_t best_gain(const struct tagger_header *header, unsigned from)
{
    int32_t best = INT32_MIN;
    for (unsigned to = 0; to < TAG_COUNT; to++)
        if (tagger_may_follow(TAG_O, to) && header->transitions[from][to] - header->transitions[TAG_O][to] > best)
            best = header->transitions[from][to] - header->transitions[TAG_O][to];
    return best;
}

static type_row transitions_to_place(const struct tagger_header *header, unsigned from, enum tag_place to)
{
    type_row row;
    for (unsigned type = 0; type < TAG_TYPES; type++)
        row[type] = header->transitions[from][TAG_OF(type, to)];
    return row;
}

static type_row transitions_in_name(const struct tagger_header *header, enum tag_place from, enum tag_place to)
{
    type_row row;
    for (unsigned type = 0; type < TAG_TYPES; type++)
        row[type] = header->transitions[TAG_OF(type, from)][TAG_OF(type, to)];
    return row;
}

void tag_transitions_lay_out(const struct tagger_header *header, struct tag_transitions *transitions)
{
    transitions->header = header;
    for (enum tag_place place = TAG_B; place <= TAG_U; place++) {
        for (size_t f = 0; f < CLOSED_TAGS; f++)
            transitions->from_closed[f][place] = transitions_to_place(header, closed_tags[f], place);
        transitions->from_begin[place] = transitions_in_name(header, TAG_B, place);
        transitions->from_inside[place] = transitions_in_name(header, TAG_I, place);
    }
    for (size_t f = 0; f < CLOSED_TAGS; f++)
        transitions->gains[f] = best_gain(header, closed_tags[f]);
    for (unsigned type = 0; type < TAG_TYPES; type++) {
        transitions->gains_of_last[type] = transitions->gains[1 + 2 * type];
        transitions->gains_of_alone[type] = transitions->gains[2 + 2 * type];
    }
}

/* --------------------------------------------------------------- best path */

static type_row choose(type_row which, type_row these, type_row others)
{
    return (which & these) | (~which & others);
}

static bool is_any(type_row which)
{
    uint64_t halves[2];
    memcpy(halves, &which, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

static void begin_from(int32_t from, const type_row *transitions, struct tag_path *after)
{
    after->places[TAG_B] = from + transitions[TAG_B];
    after->places[TAG_U] = from + transitions[TAG_U];
}

/* From a closed tag, where that is better than what there is. */
static void step_from(const struct tag_transitions *transitions, size_t closed, int32_t from, struct tag_path *after,
                      struct tag_path *back)
{
    struct tag_path sums;
    begin_from(from, transitions->from_closed[closed], &sums);
    sums.outside = from + transitions->header->transitions[closed_tags[closed]][TAG_O];
    for (unsigned place = TAG_B; place <= TAG_U; place += TAG_U - TAG_B) {
        type_row better = sums.places[place] > after->places[place];
        after->places[place] = choose(better, sums.places[place], after->places[place]);
        back->places[place] = choose(better, (type_row){0} + closed_tags[closed], back->places[place]);
    }
    if (sums.outside > after->outside) {
        after->outside = sums.outside;
        back->outside = closed_tags[closed];
    }
}

/* From tags behind which a name may begin or none is. From O alone, mostly: others are looked at only where some
 * transition from them may be better. */
static void step_from_closed(const struct tag_transitions *transitions, const struct tag_path *before,
                             struct tag_path *after, struct tag_path *back)
{
    begin_from(before->outside, transitions->from_closed[0], after);
    after->outside = before->outside + transitions->header->transitions[TAG_O][TAG_O];
    back->places[TAG_B] = back->places[TAG_U] = (type_row){0} + TAG_O;
    back->outside = TAG_O;
    if (!is_any((before->places[TAG_L] + transitions->gains_of_last > before->outside) |
                (before->places[TAG_U] + transitions->gains_of_alone > before->outside)))
        return;
    for (size_t f = 1; f < CLOSED_TAGS; f++) {
        int32_t from = before->places[f & 1 ? TAG_L : TAG_U][(f - 1) / 2];
        if (from + transitions->gains[f] > before->outside)
            step_from(transitions, f, from, after, back);
    }
}

/* Inside of a name, from its beginning or from farther inside. */
static void step_inside(const struct tag_transitions *transitions, const struct tag_path *before,
                        struct tag_path *after, struct tag_path *back)
{
    const type_row begin = {TAG_OF(0, TAG_B), TAG_OF(1, TAG_B), TAG_OF(2, TAG_B), TAG_OF(3, TAG_B)};
    for (unsigned place = TAG_I; place <= TAG_L; place++) {
        type_row from_begin = before->places[TAG_B] + transitions->from_begin[place];
        type_row from_inside = before->places[TAG_I] + transitions->from_inside[place];
        type_row begins = from_begin >= from_inside; /* true is -1 */
        after->places[place] = choose(begins, from_begin, from_inside);
        back->places[place] = begin + (TAG_I - TAG_B) + begins;
    }
}

static void add_scores(struct tag_path *path, const union tag_sums *scores)
{
    type_row even, odd; /* two sums of 16 bits in each number */
    memcpy(&even, &scores->halves[0], sizeof even);
    memcpy(&odd, &scores->halves[1], sizeof odd);
    path->places[TAG_B] += even << 16 >> 16;
    path->places[TAG_I] += odd << 16 >> 16;
    path->places[TAG_L] += even >> 16;
    path->places[TAG_U] += odd >> 16;
}

static void begin_path(const struct tag_transitions *transitions, struct tag_path *path)
{
    for (enum tag_place place = TAG_B; place <= TAG_U; place++)
        path->places[place] = transitions_to_place(transitions->header, TAG_START, place);
    path->outside = transitions->header->transitions[TAG_START][TAG_O];
}

static int32_t path_at(const struct tag_path *path, unsigned tag)
{
    return tag == TAG_O ? path->outside : path->places[tag_place_of(tag)][tag_type_of(tag)];
}

void tag_path_find(const struct tag_transitions *transitions, const union tag_sums *scores, uint32_t count,
                   struct tag_path *back, uint8_t *tags)
{
    struct tag_path path[2];
    begin_path(transitions, &path[0]);
    add_scores(&path[0], &scores[0]);
    for (uint32_t i = 1; i < count; i++) {
        step_from_closed(transitions, &path[(i - 1) & 1], &path[i & 1], &back[i]);
        step_inside(transitions, &path[(i - 1) & 1], &path[i & 1], &back[i]);
        add_scores(&path[i & 1], &scores[i]);
    }
    unsigned best = TAG_O;
    for (unsigned tag = 1; tag < TAG_COUNT; tag++)
        if (tagger_may_end(tag) && path_at(&path[(count - 1) & 1], tag) > path_at(&path[(count - 1) & 1], best))
            best = tag;
    for (uint32_t i = count; i-- > 0;) {
        tags[i] = (uint8_t)best;
        best = i ? (unsigned)path_at(&back[i], best) : TAG_O;
    }
}
