#include "model/tagger.h"

#include <assert.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Tags behind which a name may begin or none is: only transitions that BILOU allows are looked at, and between the two
 * tags of a name that goes on nothing else is possible. */
#define CLOSED_TAGS 9
static const uint8_t closed_tags[CLOSED_TAGS] = {TAG_O, 3, 4, 7, 8, 11, 12, 15, 16};

#define TAG_PLACES 4
#define TAG_TYPES 4
typedef int32_t type_row __attribute__((vector_size(4 * TAG_TYPES))); /* of the four types in one place */

typedef int16_t half_row __attribute__((vector_size(TAG_WEIGHTS)));

/* Of every tag but O, whose score is always 0; 96 weights of at most 127 fit. As weights of 8 bits come out of words of 16: first
 * those in even places of a table's row, then those in odd ones. */
union sums {
    half_row halves[2];
    int16_t of[TAG_WEIGHTS]; /* [lane_of(tag)] */
};

/* What something says on each side. */
typedef union sums side_sums[TAG_SIDES];

struct tagger {
    const struct gazetteer *gazetteer;
    const struct tagger_header *header;
    struct word_clusters clusters;
    const uint16_t *checks;
    const int8_t(*weights)[TAG_WEIGHTS];
    side_sums (*parts[TAG_SMALL_PARTS])[2]; /* [value][caseless] what a small part of a word says by itself */
    int32_t gains[CLOSED_TAGS]; /* of a closed tag against O: the transition that gains most */
    type_row gains_of_last, gains_of_alone; /* the same, of the closed tags but O */
    type_row from_closed[CLOSED_TAGS][TAG_PLACES], from_begin[TAG_PLACES], from_inside[TAG_PLACES];
};

static unsigned place_of(unsigned tag)
{
    return (tag - 1) % 4;
}

static unsigned type_of(unsigned tag)
{
    return (tag - 1) / 4;
}

static size_t lane_of(unsigned tag)
{
    return place_of(tag) % 2 * (TAG_WEIGHTS / 2) + type_of(tag) * 2 + place_of(tag) / 2;
}

static bool is_open(unsigned tag) /* a name goes on behind it */
{
    return tag != TAG_O && tag != TAG_START && place_of(tag) <= TAG_I;
}

bool tagger_may_follow(unsigned from, unsigned to)
{
    bool goes_on = to != TAG_O && (place_of(to) == TAG_I || place_of(to) == TAG_L);
    if (!is_open(from))
        return !goes_on;
    return goes_on && type_of(from) == type_of(to);
}

bool tagger_may_end(unsigned tag)
{
    return !is_open(tag);
}

/* ---------------------------------------------------- the table of weights */

_Static_assert(TAGGER_PROBES == 8, "eight check numbers are looked at together");

/* Whether the check number is among the eight, before the first free slot (0), and where. */
#ifdef __SSE2__
static inline bool find_check(const uint16_t *eight, uint16_t check, uint32_t *at)
{
    __m128i numbers = _mm_loadu_si128((const __m128i *)(const void *)eight);
    uint32_t found = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi16(numbers, _mm_set1_epi16((short)check)));
    uint32_t ends = found | (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi16(numbers, _mm_setzero_si128()));
    uint32_t end = (uint32_t)__builtin_ctz(ends | 1u << 16);
    *at = end / 2;
    return found >> end & 1;
}
#else
static inline bool find_check(const uint16_t *eight, uint16_t check, uint32_t *at)
{
    for (*at = 0; *at < 8 && eight[*at]; ++*at)
        if (eight[*at] == check)
            return true;
    return false;
}
#endif

/* At the end of the table, where the search may go on at its beginning. */
static bool find_at_end(const uint16_t *checks, uint32_t slots, uint32_t slot, uint16_t check, uint32_t *row)
{
    *row = slot;
    for (uint32_t probe = 0; probe < TAGGER_PROBES && checks[*row]; probe++, *row = (*row + 1) & (slots - 1))
        if (checks[*row] == check)
            return true;
    return false;
}

/* A feature's row is at its slot, or a few behind it before the first free one; many features have none. Whether this one has
 * is hard to foretell: no branch depends on it. */
static inline bool find_row(const uint16_t *checks, uint32_t slots, uint64_t feature, uint32_t *row)
{
    uint32_t slot = tagger_slot(feature, slots), at;
    uint16_t check = tagger_check(feature);
    if (slot + TAGGER_PROBES > slots)
        return find_at_end(checks, slots, slot, check, row);
    bool found = find_check(&checks[slot], check, &at);
    *row = slot + at;
    return found;
}

/* ------------------------------------------------------------------ loading */

static size_t align64(size_t n)
{
    return (n + 63) & ~(size_t)63;
}

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

static void lay_out_transitions(struct tagger *tagger)
{
    const struct tagger_header *header = tagger->header;
    for (enum tag_place place = TAG_B; place <= TAG_U; place++) {
        for (size_t f = 0; f < CLOSED_TAGS; f++)
            tagger->from_closed[f][place] = transitions_to_place(header, closed_tags[f], place);
        tagger->from_begin[place] = transitions_in_name(header, TAG_B, place);
        tagger->from_inside[place] = transitions_in_name(header, TAG_I, place);
    }
    for (size_t f = 0; f < CLOSED_TAGS; f++)
        tagger->gains[f] = best_gain(header, closed_tags[f]);
    for (unsigned type = 0; type < TAG_TYPES; type++) {
        tagger->gains_of_last[type] = tagger->gains[1 + 2 * type];
        tagger->gains_of_alone[type] = tagger->gains[2 + 2 * type];
    }
}

static union sums sum_of_part(const struct tagger *tagger, enum tag_part part, uint8_t value, bool caseless, enum tag_side side)
{
    uint64_t features[TAG_FEATURES_MAX];
    union sums sums = {0};
    for (size_t i = tag_features_of_part(part, value, caseless, side, features); i-- > 0;) {
        uint32_t row;
        if (!find_row(tagger->checks, tagger->header->slots, features[i], &row))
            continue;
        for (unsigned tag = 1; tag < TAG_COUNT; tag++)
            sums.of[lane_of(tag)] = (int16_t)(sums.of[lane_of(tag)] + tagger->weights[row][tag - 1]);
    }
    return sums;
}

static void sum_parts(struct tagger *tagger, struct arena *arena)
{
    for (enum tag_part part = 0; part < TAG_SMALL_PARTS; part++) {
        tagger->parts[part] = arena_alloc(arena, TAG_PART_VALUES * sizeof *tagger->parts[part]);
        for (unsigned value = 0; value < TAG_PART_VALUES; value++)
            for (unsigned caseless = 0; caseless < 2; caseless++)
                for (unsigned side = 0; side < TAG_SIDES; side++)
                    tagger->parts[part][value][caseless][side] =
                        sum_of_part(tagger, part, (uint8_t)value, caseless, (enum tag_side)side);
    }
}

const struct tagger *tagger_create(struct arena *arena, const struct gazetteer *gazetteer, struct slice model)
{
    const struct tagger_header *header = (const void *)model.ptr;
    if (model.len < sizeof *header || header->magic != TAGGER_MAGIC)
        return NULL;
    struct tagger *tagger = arena_calloc(arena, 1, sizeof *tagger);
    size_t hashes = align64(sizeof *header), clusters = align64(hashes + 4 * (size_t)header->cluster_slots);
    size_t checks = align64(clusters + 2 * (size_t)header->cluster_slots), weights = align64(checks + 2 * (size_t)header->slots);
    if (model.len < weights + TAG_WEIGHTS * (size_t)header->slots)
        return NULL;
    tagger->gazetteer = gazetteer;
    tagger->header = header;
    tagger->clusters = (struct word_clusters){(const void *)(model.ptr + hashes), (const void *)(model.ptr + clusters),
                                              header->cluster_slots};
    tagger->checks = (const void *)(model.ptr + checks);
    tagger->weights = (const int8_t(*)[TAG_WEIGHTS])(const void *)(model.ptr + weights);
    lay_out_transitions(tagger);
    sum_parts(tagger, arena);
    return tagger;
}

/* -------------------------------------------------------------- letter case */

bool tagger_is_caseless(const struct token *tokens, const struct sentence *sentence)
{
    size_t words = 0, lower = 0, upper = 0;
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        if (tokens[i].kind != TOKEN_WORD)
            continue;
        words++;
        lower += (tokens[i].flags & TOKEN_LOWER) != 0;
        upper += (tokens[i].flags & TOKEN_ALL_UPPER) != 0;
    }
    /* Three words in capitals are more than an acronym; four in lower case are no accident. */
    return (words >= 3 && upper * 10 >= words * 8) || (words >= 4 && lower == words);
}

/* ------------------------------------------------------------------ scoring */

/* Features on their way through the table, which is larger than the fast caches: first their check numbers are asked
 * for, then, when they have come, the rows of those features that the table has; the sums come last. Three lots are under
 * way at a time, so that memory has time to answer. */
struct lot {
    uint64_t features[TAG_SIDES * TAG_FEATURES_MAX];
    uint32_t rows[TAG_SIDES * TAG_FEATURES_MAX];
    size_t group_count;
    uint32_t feature_ends[TAG_SIDES], row_ends[TAG_SIDES]; /* of the groups, each of which is summed by itself */
    union sums *into;                                      /* [group_count] */
};

struct summing {
    const struct tagger *tagger;
    struct lot lots[3];
    size_t taken;
};

static void ask_for_checks(const struct tagger *tagger, const struct lot *lot)
{
    size_t count = lot->feature_ends[lot->group_count - 1];
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(&tagger->checks[tagger_slot(lot->features[i], tagger->header->slots)]);
}

static void ask_for_rows(const struct tagger *tagger, struct lot *lot)
{
    const uint16_t *checks = tagger->checks;
    const int8_t(*weights)[TAG_WEIGHTS] = tagger->weights;
    uint32_t slots = tagger->header->slots, count = 0, i = 0;
    for (size_t group = 0; group < lot->group_count; group++) {
        for (uint32_t end = lot->feature_ends[group]; i < end; i++) {
            bool found = find_row(checks, slots, lot->features[i], &lot->rows[count]);
            __builtin_prefetch(weights[lot->rows[count]]);
            count += found;
        }
        lot->row_ends[group] = count;
    }
}

/* Sums of 16 bits out of weights of 8: those that lie in the lower halves and in the upper halves apart. */
static void sum_rows(const struct tagger *tagger, const struct lot *lot)
{
    const int8_t(*weights)[TAG_WEIGHTS] = tagger->weights;
    uint32_t i = 0;
    for (size_t group = 0; group < lot->group_count; group++) {
        half_row even = {0}, odd = {0}, row;
        for (uint32_t end = lot->row_ends[group]; i < end; i++) {
            memcpy(&row, weights[lot->rows[i]], sizeof row);
            even += row << 8 >> 8;
            odd += row >> 8;
        }
        lot->into[group].halves[0] = even;
        lot->into[group].halves[1] = odd;
    }
}

/* The lot to be filled next; it is under way once sum_into is called. */
static struct lot *next_lot(struct summing *summing)
{
    struct lot *lot = &summing->lots[summing->taken % 3];
    lot->group_count = 0;
    return lot;
}

static uint64_t *next_features(struct lot *lot)
{
    return lot->features + (lot->group_count ? lot->feature_ends[lot->group_count - 1] : 0);
}

static void end_group(struct lot *lot, size_t count)
{
    uint32_t start = lot->group_count ? lot->feature_ends[lot->group_count - 1] : 0;
    assert(count <= TAG_FEATURES_MAX);
    lot->feature_ends[lot->group_count++] = start + (uint32_t)count;
}

static void move_on(struct summing *summing, size_t at)
{
    if (at >= 1 && at <= summing->taken)
        ask_for_rows(summing->tagger, &summing->lots[(at - 1) % 3]);
    if (at >= 2)
        sum_rows(summing->tagger, &summing->lots[(at - 2) % 3]);
}

static void sum_into(struct summing *summing, struct lot *lot, union sums *into)
{
    lot->into = into;
    ask_for_checks(summing->tagger, lot);
    move_on(summing, summing->taken);
    summing->taken++;
}

static void finish_sums(struct summing *summing)
{
    for (size_t at = summing->taken; summing->taken && at < summing->taken + 2; at++)
        move_on(summing, at);
    summing->taken = 0;
}

/* The sums of small parts are made once for all their values. */
static void add_parts(const struct tagger *tagger, const struct tag_document *document, uint32_t kind, side_sums sums)
{
    uint8_t values[TAG_SMALL_PARTS];
    bool caseless = tag_parts_of_kind(document, kind, values);
    for (enum tag_part part = 0; part < TAG_SMALL_PARTS; part++) {
        side_sums *of_part = &tagger->parts[part][values[part]][caseless];
        for (unsigned side = 0; side < TAG_SIDES; side++)
            for (size_t half = 0; half < 2; half++)
                sums[side].halves[half] += (*of_part)[side].halves[half];
    }
}

/* What each kind of word says on each side: most words of a text are there more than once, and two thirds of a token's
 * features depend on one word alone. */
static side_sums *sum_kinds(struct summing *summing, const struct tag_document *document, struct arena *arena)
{
    side_sums *sums = arena_alloc(arena, document->kind_count * sizeof *sums);
    for (uint32_t kind = 0; kind < document->kind_count; kind++) {
        struct lot *lot = next_lot(summing);
        for (unsigned side = 0; side < TAG_SIDES; side++)
            end_group(lot, tag_features_of_word(document, kind, (enum tag_side)side, next_features(lot)));
        sum_into(summing, lot, sums[kind]);
    }
    finish_sums(summing);
    for (uint32_t kind = 0; kind < document->kind_count; kind++)
        add_parts(summing->tagger, document, kind, sums[kind]);
    return sums;
}

/* scores[i] of the sentence's token i. */
static void score_sentence(struct summing *summing, const struct tag_document *document, const struct sentence *sentence,
                           bool caseless, side_sums *kinds, union sums *scores)
{
    uint32_t around[TAG_SIDES];
    for (uint32_t at = sentence->first; at < sentence->end; at++) {
        struct lot *lot = next_lot(summing);
        end_group(lot, tag_features_among(document, sentence, caseless, at, lot->features));
        sum_into(summing, lot, &scores[at - sentence->first]);
    }
    finish_sums(summing);
    for (uint32_t at = sentence->first; at < sentence->end; at++) {
        union sums *score = &scores[at - sentence->first];
        tag_kinds_around(document, sentence, caseless, at, around);
        for (unsigned side = 0; side < TAG_SIDES; side++)
            for (size_t half = 0; half < 2; half++)
                score->halves[half] += kinds[around[side]][side].halves[half];
    }
}

/* --------------------------------------------------------------- best path */

/* The best sums of weights of all that ends in each tag; or the tag before, for each. */
struct path {
    type_row places[TAG_PLACES];
    int32_t outside;
};

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

static void begin_from(int32_t from, const type_row *transitions, struct path *after)
{
    after->places[TAG_B] = from + transitions[TAG_B];
    after->places[TAG_U] = from + transitions[TAG_U];
}

/* From a closed tag, where that is better than what there is. */
static void step_from(const struct tagger *tagger, size_t closed, int32_t from, struct path *after, struct path *back)
{
    struct path sums;
    begin_from(from, tagger->from_closed[closed], &sums);
    sums.outside = from + tagger->header->transitions[closed_tags[closed]][TAG_O];
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

/* From tags behind which a name may begin or none is. From O alone, mostly: others are looked at only where some transition
 * from them may be better. */
static void step_from_closed(const struct tagger *tagger, const struct path *before, struct path *after, struct path *back)
{
    begin_from(before->outside, tagger->from_closed[0], after);
    after->outside = before->outside + tagger->header->transitions[TAG_O][TAG_O];
    back->places[TAG_B] = back->places[TAG_U] = (type_row){0} + TAG_O;
    back->outside = TAG_O;
    if (!is_any((before->places[TAG_L] + tagger->gains_of_last > before->outside) |
                (before->places[TAG_U] + tagger->gains_of_alone > before->outside)))
        return;
    for (size_t f = 1; f < CLOSED_TAGS; f++) {
        int32_t from = before->places[f & 1 ? TAG_L : TAG_U][(f - 1) / 2];
        if (from + tagger->gains[f] > before->outside)
            step_from(tagger, f, from, after, back);
    }
}

/* Inside of a name, from its beginning or from farther inside. */
static void step_inside(const struct tagger *tagger, const struct path *before, struct path *after, struct path *back)
{
    const type_row begin = {TAG_OF(0, TAG_B), TAG_OF(1, TAG_B), TAG_OF(2, TAG_B), TAG_OF(3, TAG_B)};
    for (unsigned place = TAG_I; place <= TAG_L; place++) {
        type_row from_begin = before->places[TAG_B] + tagger->from_begin[place];
        type_row from_inside = before->places[TAG_I] + tagger->from_inside[place];
        type_row begins = from_begin >= from_inside; /* true is -1 */
        after->places[place] = choose(begins, from_begin, from_inside);
        back->places[place] = begin + (TAG_I - TAG_B) + begins;
    }
}

static void add_scores(struct path *path, const union sums *scores)
{
    type_row even, odd; /* two sums of 16 bits in each number */
    memcpy(&even, &scores->halves[0], sizeof even);
    memcpy(&odd, &scores->halves[1], sizeof odd);
    path->places[TAG_B] += even << 16 >> 16;
    path->places[TAG_I] += odd << 16 >> 16;
    path->places[TAG_L] += even >> 16;
    path->places[TAG_U] += odd >> 16;
}

static void begin_path(const struct tagger *tagger, struct path *path)
{
    for (enum tag_place place = TAG_B; place <= TAG_U; place++)
        path->places[place] = transitions_to_place(tagger->header, TAG_START, place);
    path->outside = tagger->header->transitions[TAG_START][TAG_O];
}

static int32_t path_at(const struct path *path, unsigned tag)
{
    return tag == TAG_O ? path->outside : path->places[place_of(tag)][type_of(tag)];
}

static void find_path(const struct tagger *tagger, const struct sentence *sentence, const union sums *scores,
                      struct path *back, uint8_t *tags)
{
    struct path path[2];
    uint32_t count = sentence->end - sentence->first;
    begin_path(tagger, &path[0]);
    add_scores(&path[0], &scores[0]);
    for (uint32_t i = 1; i < count; i++) {
        step_from_closed(tagger, &path[(i - 1) & 1], &path[i & 1], &back[i]);
        step_inside(tagger, &path[(i - 1) & 1], &path[i & 1], &back[i]);
        add_scores(&path[i & 1], &scores[i]);
    }
    unsigned best = TAG_O;
    for (unsigned tag = 1; tag < TAG_COUNT; tag++)
        if (tagger_may_end(tag) && path_at(&path[(count - 1) & 1], tag) > path_at(&path[(count - 1) & 1], best))
            best = tag;
    for (uint32_t i = count; i-- > 0;) {
        tags[sentence->first + i] = (uint8_t)best;
        best = i ? (unsigned)path_at(&back[i], best) : TAG_O;
    }
}

static int16_t largest_of(const union sums *sums)
{
    int16_t largest = INT16_MIN;
    for (size_t i = 0; i < TAG_WEIGHTS; i++)
        largest = sums->of[i] > largest ? sums->of[i] : largest;
    return largest;
}

/* How far the tag's kind (its type, or outside) is above the best other kind, by the token's own scores. */
static float margin_of(const struct tagger *tagger, const union sums *scores, uint8_t tag)
{
    if (tag == TAG_O)
        return (float)-largest_of(scores) * tagger->header->scale;
    union sums others = *scores;
    for (unsigned place = 0; place < TAG_PLACES; place++)
        others.of[lane_of(TAG_OF(type_of(tag), place))] = 0; /* no more than O's, which the others are at least */
    int16_t other = largest_of(&others);
    return (float)(scores->of[lane_of(tag)] - other) * tagger->header->scale;
}

void tagger_tag(const struct tagger *tagger, struct arena *arena, struct token *tokens, uint32_t token_count,
                const struct sentence *sentences, uint32_t sentence_count, const bool *caseless, uint8_t *tags,
                float *margins)
{
    uint32_t longest = 1;
    for (uint32_t s = 0; s < sentence_count; s++)
        if (sentences[s].end - sentences[s].first > longest)
            longest = sentences[s].end - sentences[s].first;
    union sums *scores = arena_alloc(arena, longest * sizeof *scores);
    struct path *back = arena_alloc(arena, longest * sizeof *back);
    struct summing *summing = arena_alloc(arena, sizeof *summing);
    struct tag_document document = tag_document_make(arena, tagger->gazetteer, tagger->clusters, tokens, token_count,
                                                     sentences, sentence_count, caseless);
    summing->tagger = tagger;
    summing->taken = 0;
    side_sums *kinds = sum_kinds(summing, &document, arena);
    for (uint32_t s = 0; s < sentence_count; s++) {
        const struct sentence *sentence = &sentences[s];
        if (sentence->end <= sentence->first)
            continue;
        score_sentence(summing, &document, sentence, caseless[s], kinds, scores);
        find_path(tagger, sentence, scores, back, tags);
        for (uint32_t i = sentence->first; margins && i < sentence->end; i++)
            margins[i] = margin_of(tagger, &scores[i - sentence->first], tags[i]);
    }
}
