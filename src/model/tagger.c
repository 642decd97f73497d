#include "model/tagger.h"

#include <assert.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "tag_path_internal.h"

/* What something says on each side. */
typedef union tag_sums side_sums[TAG_SIDES];

struct tagger {
    const struct gazetteer *gazetteer;
    const struct tagger_header *header;
    struct word_clusters clusters;
    const uint16_t *checks;
    const int8_t(*weights)[TAG_WEIGHTS];
    side_sums (*parts[TAG_SMALL_PARTS])[2]; /* [value][caseless] what a small part of a word says by itself */
    union tag_sums (
        *shapes)[TAG_SHAPES][TAG_SHAPES]; /* [2 * caseless + right][first][second] what two neighbours' shapes say */
    struct tag_transitions transitions;
};

static bool is_open(unsigned tag) /* a name goes on behind it */
{
    return tag != TAG_O && tag != TAG_START && tag_place_of(tag) <= TAG_I;
}

bool tagger_may_follow(unsigned from, unsigned to)
{
    bool goes_on = to != TAG_O && (tag_place_of(to) == TAG_I || tag_place_of(to) == TAG_L);
    if (!is_open(from))
        return !goes_on;
    return goes_on && tag_type_of(from) == tag_type_of(to);
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

/* A feature's row is at its slot, or a few behind it before the first free one; many features have none. Whether this
 * one has is hard to foretell: no branch depends on it. */
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

static void add_feature(const struct tagger *tagger, uint64_t feature, union tag_sums *sums)
{
    uint32_t row;
    if (!find_row(tagger->checks, tagger->header->slots, feature, &row))
        return;
    for (unsigned tag = 1; tag < TAG_COUNT; tag++)
        sums->of[tag_lane_of(tag)] = (int16_t)(sums->of[tag_lane_of(tag)] + tagger->weights[row][tag - 1]);
}

static union tag_sums sum_of_part(const struct tagger *tagger, enum tag_part part, uint8_t value, bool caseless,
                                  enum tag_side side)
{
    uint64_t features[TAG_FEATURES_MAX];
    union tag_sums sums = {0};
    for (size_t i = tag_features_of_part(part, value, caseless, side, features); i-- > 0;)
        add_feature(tagger, features[i], &sums);
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

static void sum_shapes(struct tagger *tagger, struct arena *arena)
{
    tagger->shapes = arena_calloc(arena, 4, sizeof *tagger->shapes);
    for (unsigned way = 0; way < 4; way++)
        for (uint8_t first = 0; first < TAG_SHAPES; first++)
            for (uint8_t second = 0; second < TAG_SHAPES; second++)
                add_feature(tagger, tag_feature_of_shapes(first, second, way & 1, way & 2),
                            &tagger->shapes[way][first][second]);
}

const struct tagger *tagger_create(struct arena *arena, const struct gazetteer *gazetteer, struct slice model)
{
    const struct tagger_header *header = (const void *)model.ptr;
    if (model.len < sizeof *header || header->magic != TAGGER_MAGIC)
        return NULL;
    struct tagger *tagger = arena_calloc(arena, 1, sizeof *tagger);
    size_t hashes = align64(sizeof *header), clusters = align64(hashes + 4 * (size_t)header->cluster_slots);
    size_t checks = align64(clusters + 2 * (size_t)header->cluster_slots),
           weights = align64(checks + 2 * (size_t)header->slots);
    if (model.len < weights + TAG_WEIGHTS * (size_t)header->slots)
        return NULL;
    tagger->gazetteer = gazetteer;
    tagger->header = header;
    tagger->clusters = (struct word_clusters){(const void *)(model.ptr + hashes), (const void *)(model.ptr + clusters),
                                              header->cluster_slots};
    tagger->checks = (const void *)(model.ptr + checks);
    tagger->weights = (const int8_t(*)[TAG_WEIGHTS])(const void *)(model.ptr + weights);
    tag_transitions_lay_out(header, &tagger->transitions);
    sum_parts(tagger, arena);
    sum_shapes(tagger, arena);
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
 * for, then, when they have come, the rows of those features that the table has; the sums come last. Three lots are
 * under way at a time, so that memory has time to answer. */
struct lot {
    uint64_t features[TAG_SIDES * TAG_FEATURES_MAX];
    uint32_t rows[TAG_SIDES * TAG_FEATURES_MAX];
    size_t group_count;
    uint32_t feature_ends[TAG_SIDES], row_ends[TAG_SIDES]; /* of the groups, each of which is summed by itself */
    union tag_sums *into;                                      /* [group_count] */
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

static void sum_into(struct summing *summing, struct lot *lot, union tag_sums *into)
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

static void add_sums(union tag_sums *sums, const union tag_sums *more)
{
    for (size_t half = 0; half < 2; half++)
        sums->halves[half] += more->halves[half];
}

/* The sums of small parts are made once for all their values. */
static void add_parts(const struct tagger *tagger, const struct tag_document *document, uint32_t kind, side_sums sums)
{
    uint8_t values[TAG_SMALL_PARTS];
    bool caseless = tag_parts_of_kind(document, kind, values);
    for (enum tag_part part = 0; part < TAG_SMALL_PARTS; part++) {
        side_sums *of_part = &tagger->parts[part][values[part]][caseless];
        for (unsigned side = 0; side < TAG_SIDES; side++)
            add_sums(&sums[side], &(*of_part)[side]);
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
static void score_sentence(struct summing *summing, const struct tag_document *document,
                           const struct sentence *sentence, bool caseless, side_sums *kinds, union tag_sums *scores)
{
    uint32_t around[TAG_SIDES];
    uint8_t shapes[3];
    for (uint32_t at = sentence->first; at < sentence->end; at++) {
        struct lot *lot = next_lot(summing);
        end_group(lot, tag_features_among(document, sentence, caseless, at, lot->features));
        sum_into(summing, lot, &scores[at - sentence->first]);
    }
    finish_sums(summing);
    for (uint32_t at = sentence->first; at < sentence->end; at++) {
        union tag_sums *score = &scores[at - sentence->first];
        tag_kinds_around(document, sentence, caseless, at, around);
        for (unsigned side = 0; side < TAG_SIDES; side++)
            add_sums(score, &kinds[around[side]][side]);
        tag_shapes_around(document, sentence, caseless, at, shapes);
        add_sums(score, &summing->tagger->shapes[2 * caseless][shapes[0]][shapes[1]]);
        add_sums(score, &summing->tagger->shapes[2 * caseless + 1][shapes[1]][shapes[2]]);
    }
}

/* ------------------------------------------------------------------ margins */

static int16_t largest_of(const union tag_sums *sums)
{
    int16_t largest = INT16_MIN;
    for (size_t i = 0; i < TAG_WEIGHTS; i++)
        largest = sums->of[i] > largest ? sums->of[i] : largest;
    return largest;
}

/* How far the tag's kind (its type, or outside) is above the best other kind, by the token's own scores. */
static float margin_of(const struct tagger *tagger, const union tag_sums *scores, uint8_t tag)
{
    if (tag == TAG_O)
        return (float)-largest_of(scores) * tagger->header->scale;
    union tag_sums others = *scores;
    for (unsigned place = 0; place < TAG_PLACES; place++)
        others.of[tag_lane_of(TAG_OF(tag_type_of(tag), place))] =
            0; /* no more than O's, which the others are at least */
    int16_t other = largest_of(&others);
    return (float)(scores->of[tag_lane_of(tag)] - other) * tagger->header->scale;
}

void tagger_tag(const struct tagger *tagger, struct arena *arena, struct token *tokens, uint32_t token_count,
                const struct sentence *sentences, uint32_t sentence_count, const bool *caseless, uint8_t *tags,
                float *margins)
{
    uint32_t longest = 1;
    for (uint32_t s = 0; s < sentence_count; s++)
        if (sentences[s].end - sentences[s].first > longest)
            longest = sentences[s].end - sentences[s].first;
    union tag_sums *scores = arena_alloc(arena, longest * sizeof *scores);
    struct tag_path *back = arena_alloc(arena, longest * sizeof *back);
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
        tag_path_find(&tagger->transitions, scores, sentence->end - sentence->first, back, tags + sentence->first);
        for (uint32_t i = sentence->first; margins && i < sentence->end; i++)
            margins[i] = margin_of(tagger, &scores[i - sentence->first], tags[i]);
    }
}
