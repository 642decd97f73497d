#include "model/tagger.h"

#include <assert.h>

struct tagger {
    const struct gazetteer *gazetteer;
    const struct tagger_header *header;
    struct word_clusters clusters;
    const uint16_t *checks;
    const int8_t(*weights)[TAG_WEIGHTS];
};

static unsigned place_of(unsigned tag)
{
    return (tag - 1) % 4;
}

static unsigned type_of(unsigned tag)
{
    return (tag - 1) / 4;
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

/* ------------------------------------------------------------------ loading */

static size_t align64(size_t n)
{
    return (n + 63) & ~(size_t)63;
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

/* --------------------------------------------------------------- best path */

typedef int8_t weight_row __attribute__((vector_size(TAG_WEIGHTS)));
typedef int16_t sum_row __attribute__((vector_size(2 * TAG_WEIGHTS))); /* 96 weights of at most 127 fit */

/* A token on its way through the table, which is larger than the fast caches: first the check numbers of its
 * features are asked for, then, when they have come, the rows of those that the table has; the sum comes last. */
struct scoring {
    uint64_t features[TAG_FEATURES_MAX];
    uint32_t rows[TAG_FEATURES_MAX];
    size_t feature_count, row_count;
};

static void ask_for_checks(const struct tagger *tagger, const struct tag_document *document, const struct sentence *sentence,
                           bool caseless, uint32_t at, struct scoring *scoring)
{
    scoring->feature_count = tag_features(document, sentence, caseless, at, scoring->features);
    assert(scoring->feature_count <= TAG_FEATURES_MAX);
    for (size_t i = 0; i < scoring->feature_count; i++)
        __builtin_prefetch(&tagger->checks[tagger_slot(scoring->features[i], tagger->header->slots)]);
}

/* A feature's row is at its slot, or a few behind it; many features have none. */
static void ask_for_rows(const struct tagger *tagger, struct scoring *scoring)
{
    const uint16_t *checks = tagger->checks;
    uint32_t slots = tagger->header->slots;
    scoring->row_count = 0;
    for (size_t i = 0; i < scoring->feature_count; i++) {
        uint32_t slot = tagger_slot(scoring->features[i], slots), probe = 0;
        uint16_t check = tagger_check(scoring->features[i]);
        while (checks[slot] && checks[slot] != check && ++probe < TAGGER_PROBES)
            slot = (slot + 1) & (slots - 1);
        if (checks[slot] != check)
            continue;
        __builtin_prefetch(tagger->weights[slot]);
        scoring->rows[scoring->row_count++] = slot;
    }
}

static void sum_rows(const struct tagger *tagger, const struct scoring *scoring, int32_t scores[static TAG_COUNT])
{
    sum_row sums = {0};
    for (size_t i = 0; i < scoring->row_count; i++) {
        weight_row weights;
        memcpy(&weights, tagger->weights[scoring->rows[i]], sizeof weights);
        sums += __builtin_convertvector(weights, sum_row);
    }
    scores[TAG_O] = 0;
    for (size_t tag = 0; tag < TAG_WEIGHTS; tag++)
        scores[tag + 1] = sums[tag];
}

/* The three steps of neighbouring tokens run beside each other, so that memory has time to answer. */
static void score_sentence(const struct tagger *tagger, const struct tag_document *document, const struct sentence *sentence,
                           bool caseless, int32_t (*scores)[TAG_COUNT])
{
    struct scoring scorings[3];
    uint32_t count = sentence->end - sentence->first;
    for (uint32_t i = 0; i < count + 2; i++) {
        if (i < count)
            ask_for_checks(tagger, document, sentence, caseless, sentence->first + i, &scorings[i % 3]);
        if (i >= 1 && i < count + 1)
            ask_for_rows(tagger, &scorings[(i - 1) % 3]);
        if (i >= 2)
            sum_rows(tagger, &scorings[(i - 2) % 3], scores[i - 2]);
    }
}

/* Only transitions that BILOU allows are looked at: nine tags end a name or lie outside, and between the
 * two tags of a name that goes on nothing else is possible. */
static const uint8_t closed_tags[] = {0, 3, 4, 7, 8, 11, 12, 15, 16};
static const uint8_t starting_tags[] = {0, 1, 4, 5, 8, 9, 12, 13, 16};

static void step(const struct tagger *tagger, const int32_t *before, const int32_t *scores, int32_t *after, uint8_t *back)
{
    const int32_t(*transitions)[TAG_COUNT] = tagger->header->transitions;
    for (size_t t = 0; t < sizeof starting_tags; t++) {
        unsigned to = starting_tags[t];
        int32_t best = INT32_MIN;
        for (size_t f = 0; f < sizeof closed_tags; f++) {
            int32_t score = before[closed_tags[f]] + transitions[closed_tags[f]][to];
            if (score > best) {
                best = score;
                back[to] = closed_tags[f];
            }
        }
        after[to] = best + scores[to];
    }
    for (unsigned type = 0; type < 4; type++) {
        uint8_t begin = TAG_OF(type, TAG_B), inside = TAG_OF(type, TAG_I);
        for (unsigned to = inside; to <= TAG_OF(type, TAG_L); to++) {
            int32_t from_begin = before[begin] + transitions[begin][to], from_inside = before[inside] + transitions[inside][to];
            back[to] = from_begin >= from_inside ? begin : inside;
            after[to] = (from_begin >= from_inside ? from_begin : from_inside) + scores[to];
        }
    }
}

static void tag_sentence(const struct tagger *tagger, const struct tag_document *document, const struct sentence *sentence,
                         bool caseless, int32_t (*scores)[TAG_COUNT], uint8_t (*back)[TAG_COUNT], uint8_t *tags)
{
    int32_t path[2][TAG_COUNT];
    uint32_t count = sentence->end - sentence->first;
    score_sentence(tagger, document, sentence, caseless, scores);
    for (size_t tag = 0; tag < TAG_COUNT; tag++)
        path[0][tag] = tagger->header->transitions[TAG_START][tag] + scores[0][tag];
    for (uint32_t i = 1; i < count; i++)
        step(tagger, path[(i - 1) & 1], scores[i], path[i & 1], back[i]);
    uint8_t best = TAG_O;
    for (uint8_t tag = 1; tag < TAG_COUNT; tag++)
        if (tagger_may_end(tag) && path[(count - 1) & 1][tag] > path[(count - 1) & 1][best])
            best = tag;
    for (uint32_t i = count; i-- > 0;) {
        tags[sentence->first + i] = best;
        best = back[i][best];
    }
}

/* How far the tag's kind (its type, or outside) is above the best other kind, by the token's own scores. */
static float margin_of(const struct tagger *tagger, const int32_t *scores, uint8_t tag)
{
    unsigned kind = tag == TAG_O ? 4 : type_of(tag);
    int32_t other = INT32_MIN;
    for (unsigned t = 0; t < TAG_COUNT; t++)
        if ((t == TAG_O ? 4 : type_of(t)) != kind && scores[t] > other)
            other = scores[t];
    return (float)(scores[tag] - other) * tagger->header->scale;
}

void tagger_tag(const struct tagger *tagger, struct arena *arena, const struct token *tokens, uint32_t token_count,
                const struct sentence *sentences, uint32_t sentence_count, const bool *caseless, uint8_t *tags,
                float *margins)
{
    uint32_t longest = 1;
    for (uint32_t s = 0; s < sentence_count; s++)
        if (sentences[s].end - sentences[s].first > longest)
            longest = sentences[s].end - sentences[s].first;
    int32_t(*scores)[TAG_COUNT] = arena_alloc(arena, longest * sizeof *scores);
    uint8_t(*back)[TAG_COUNT] = arena_calloc(arena, longest, sizeof *back);
    struct tag_document document = tag_document_make(arena, tagger->gazetteer, tagger->clusters, tokens, token_count,
                                                     sentences, sentence_count, caseless);
    for (uint32_t s = 0; s < sentence_count; s++) {
        const struct sentence *sentence = &sentences[s];
        if (sentence->end <= sentence->first)
            continue;
        tag_sentence(tagger, &document, sentence, caseless[s], scores, back, tags);
        for (uint32_t i = sentence->first; margins && i < sentence->end; i++)
            margins[i] = margin_of(tagger, scores[i - sentence->first], tags[i]);
    }
}
