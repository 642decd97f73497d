#include "model/tag_features.h"

#include <assert.h>

#include "tag_kinds_internal.h"

struct feature_list {
    uint64_t *features;
    size_t count;
    uint64_t salt;
    unsigned parts; /* a bit for each that is wanted */
};

static inline void add(struct feature_list *list, unsigned template, uint64_t a)
{
    list->features[list->count++] = tag_mix(a * 0x9E3779B97F4A7C15ull + template * 0xC2B2AE3D27D4EB4Full + list->salt);
}

static inline void add2(struct feature_list *list, unsigned template, uint64_t a, uint64_t b)
{
    add(list, template, tag_mix(a + 0x632BE59BD9B4E019ull) ^ b * 0xFF51AFD7ED558CCDull);
}

enum template {
    T_BIAS = 1,
    T_WORD,
    T_WORD_LEFT,
    T_WORD_RIGHT,
    T_WORD_LEFT2,
    T_WORD_RIGHT2,
    T_LEFT_WORD,
    T_WORD_PAIR,
    T_FORM,
    T_SHAPE,
    T_SHAPE_LEFT,
    T_SHAPE_RIGHT,
    T_SHAPES_LEFT,
    T_SHAPES_RIGHT,
    T_SHAPES,
    T_AFFIX,
    T_CLASS = T_AFFIX + 6,
    T_CLASSES = T_CLASS + 32,
    T_CLASSES_LEFT,
    T_CLASSES_RIGHT,
    T_CLASSES_PAIR,
    T_PHRASE,
    T_PHRASE_LEFT,
    T_PHRASE_RIGHT,
    T_CLUSTER,
    T_CLUSTER_LEFT,
    T_CLUSTER_RIGHT,
    T_CLUSTERS_LEFT,
    T_CLUSTERS_RIGHT,
    T_START,
    T_EVIDENCE,
    T_EVIDENCES = T_EVIDENCE + 16,
    T_EVIDENCE_SHAPE,
    T_LEFT_SHAPE,
    T_RIGHT_SHAPE,
    T_CLASSES_EVIDENCE,
    T_LEFT_CLASSES,
    T_RIGHT_CLASSES,
    T_CLUSTER_SHAPE,
    T_EVIDENCE_LEFT,
    T_EVIDENCE_RIGHT,
    T_CLUSTER_LEFT2,
    T_CLUSTER_RIGHT2,
    T_TIER,
    T_WIDE,
    T_WIDE_SHAPE,
    T_WIDE_LEFT,
    T_WIDE_RIGHT,
    T_WIDES_LEFT,
    T_WIDES_RIGHT
};

static uint64_t salt_of(bool caseless)
{
    return caseless ? 0x8CB92BA72F3D8DD7ull : 0;
}

/* Without capitals the shape still tells numbers and marks. */
static unsigned visible_shape(const struct tag_kind *word)
{
    if (word->caseless && word->shape == SHAPE_HYPHEN_CAPITAL)
        return SHAPE_HYPHEN_LOWER;
    return word->caseless && word->shape >= SHAPE_LOWER && word->shape <= SHAPE_CAMEL ? SHAPE_LOWER : word->shape;
}

static void add_word(struct feature_list *list, const struct tag_kind *word, unsigned shape_of_class)
{
    add(list, T_WORD, word->lower);
    if (!word->caseless)
        add(list, T_FORM, word->form);
    for (unsigned i = 0; i < 6; i++)
        if (word->affixes[i])
            add(list, T_AFFIX + i, word->affixes[i]);
    for (uint32_t bits = word->classes; bits; bits &= bits - 1)
        add(list, T_CLASS + (unsigned)__builtin_ctz(bits), shape_of_class);
    add(list, T_CLASSES, word->classes);
    if (word->city_tier)
        add2(list, T_TIER, word->city_tier, shape_of_class);
}

static inline bool wants(const struct feature_list *list, enum tag_part part)
{
    return list->parts >> part & 1;
}

static inline void add_self(struct feature_list *list, const struct tag_kind *word)
{
    unsigned shape = visible_shape(word), shape_of_class = word->caseless ? 0 : word->shape;
    if (wants(list, TAG_PART_SHAPE))
        add(list, T_BIAS, 1);
    if (wants(list, TAG_PART_WORD))
        add_word(list, word, shape_of_class);
    for (uint32_t bits = wants(list, TAG_PART_EVIDENCE) ? word->evidence : 0; bits; bits &= bits - 1)
        add(list, T_EVIDENCE + (unsigned)__builtin_ctz(bits), 1);
    if (wants(list, TAG_PART_EVIDENCE))
        add(list, T_EVIDENCES, word->evidence);
    if (wants(list, TAG_PART_WORD))
        add2(list, T_CLASSES_EVIDENCE, word->classes, word->evidence);
    if (wants(list, TAG_PART_CLUSTER))
        add(list, T_CLUSTER, word->cluster);
    if (wants(list, TAG_PART_WIDE))
        add(list, T_WIDE, word->wide);
    if (wants(list, TAG_PART_SHAPE))
        add(list, T_SHAPE, shape);
    if (wants(list, TAG_PART_WORD)) {
        add2(list, T_CLUSTER_SHAPE, word->cluster, shape);
        add2(list, T_WIDE_SHAPE, word->wide, shape);
    }
}

static inline void add_neighbour(struct feature_list *list, const struct tag_kind *word, bool right)
{
    if (wants(list, TAG_PART_WORD))
        add(list, right ? T_WORD_RIGHT : T_WORD_LEFT, word->lower);
    if (wants(list, TAG_PART_SHAPE))
        add(list, right ? T_SHAPE_RIGHT : T_SHAPE_LEFT, visible_shape(word));
    if (wants(list, TAG_PART_WORD))
        add(list, right ? T_CLASSES_RIGHT : T_CLASSES_LEFT, word->classes);
    if (wants(list, TAG_PART_CLUSTER))
        add(list, right ? T_CLUSTER_RIGHT : T_CLUSTER_LEFT, word->cluster);
    if (wants(list, TAG_PART_WIDE))
        add(list, right ? T_WIDE_RIGHT : T_WIDE_LEFT, word->wide);
    if (wants(list, TAG_PART_EVIDENCE))
        add(list, right ? T_EVIDENCE_RIGHT : T_EVIDENCE_LEFT, word->evidence);
}

static inline void add_second_neighbour(struct feature_list *list, const struct tag_kind *word, bool right)
{
    if (wants(list, TAG_PART_WORD))
        add(list, right ? T_WORD_RIGHT2 : T_WORD_LEFT2, word->lower);
    if (wants(list, TAG_PART_CLUSTER))
        add(list, right ? T_CLUSTER_RIGHT2 : T_CLUSTER_LEFT2, word->cluster);
}

/* In one order, whatever is left out: the trainer's sums depend on it. */
static inline size_t features_of_kind(const struct tag_kind *word, enum tag_side side, unsigned parts,
                                      uint64_t *features)
{
    struct feature_list list = {features, 0, salt_of(word->caseless), parts};
    if (side == TAG_SELF)
        add_self(&list, word);
    else if (side == TAG_LEFT || side == TAG_RIGHT)
        add_neighbour(&list, word, side == TAG_RIGHT);
    else
        add_second_neighbour(&list, word, side == TAG_RIGHT2);
    return list.count;
}

size_t tag_features_of_word(const struct tag_document *document, uint32_t kind, enum tag_side side,
                            uint64_t features[static TAG_FEATURES_MAX])
{
    return features_of_kind(&document->kinds[kind], side, 1u << TAG_PART_WORD, features);
}

size_t tag_features_of_part(enum tag_part part, uint8_t value, bool caseless, enum tag_side side,
                            uint64_t features[static TAG_FEATURES_MAX])
{
    struct tag_kind word = {.cluster = value, .wide = value, .shape = value, .evidence = value, .caseless = caseless};
    return features_of_kind(&word, side, 1u << part, features);
}

bool tag_parts_of_kind(const struct tag_document *document, uint32_t kind, uint8_t values[static TAG_SMALL_PARTS])
{
    const struct tag_kind *word = &document->kinds[kind];
    assert(word->evidence < TAG_PART_VALUES);
    values[TAG_PART_CLUSTER] = word->cluster;
    values[TAG_PART_WIDE] = word->wide;
    values[TAG_PART_SHAPE] = word->shape;
    values[TAG_PART_EVIDENCE] = (uint8_t)word->evidence;
    return word->caseless;
}

struct neighbours {
    const struct tag_kind *left, *word, *right;
};

static inline struct neighbours neighbours_of(const struct tag_document *document, const struct sentence *sentence,
                                              bool caseless, uint32_t at)
{
    return (struct neighbours){
        .left =
            at == sentence->first ? &document->kinds[tag_outside_kind(false, caseless)] : tag_kind_at(document, at - 1),
        .word = tag_kind_at(document, at),
        .right = at + 1 == sentence->end ? &document->kinds[tag_outside_kind(true, caseless)]
                                         : tag_kind_at(document, at + 1),
    };
}

void tag_shapes_around(const struct tag_document *document, const struct sentence *sentence, bool caseless, uint32_t at,
                       uint8_t shapes[static 3])
{
    struct neighbours around = neighbours_of(document, sentence, caseless, at);
    shapes[0] = (uint8_t)visible_shape(around.left);
    shapes[1] = (uint8_t)visible_shape(around.word);
    shapes[2] = (uint8_t)visible_shape(around.right);
}

uint64_t tag_feature_of_shapes(uint8_t first, uint8_t second, bool right, bool caseless)
{
    uint64_t feature;
    struct feature_list list = {&feature, 0, salt_of(caseless), 0};
    add2(&list, right ? T_SHAPES_RIGHT : T_SHAPES_LEFT, first, second);
    return feature;
}

static void add_shapes(struct feature_list *list, const struct tag_kind *left, const struct tag_kind *word,
                       const struct tag_kind *right, bool start)
{
    unsigned shapes[3] = {visible_shape(left), visible_shape(word), visible_shape(right)};
    add(list, T_SHAPES, shapes[0] << 16 | shapes[1] << 8 | shapes[2]);
    add2(list, T_LEFT_SHAPE, left->lower, shapes[1]);
    add2(list, T_RIGHT_SHAPE, right->lower, shapes[1]);
    add2(list, T_EVIDENCE_SHAPE, word->evidence, shapes[1] << 1 | start);
    if (start)
        add2(list, T_START, shapes[1], word->classes & NAME_COMMON);
}

static void add_pairs(struct feature_list *list, const struct tag_kind *left, const struct tag_kind *word,
                      const struct tag_kind *right)
{
    add2(list, T_LEFT_WORD, left->lower, word->lower);
    add2(list, T_WORD_PAIR, word->lower, right->lower);
    add2(list, T_LEFT_CLASSES, left->classes, word->classes);
    add2(list, T_RIGHT_CLASSES, word->classes, right->classes);
    add2(list, T_CLUSTERS_LEFT, left->cluster, word->cluster);
    add2(list, T_CLUSTERS_RIGHT, word->cluster, right->cluster);
    add2(list, T_WIDES_LEFT, left->wide, word->wide);
    add2(list, T_WIDES_RIGHT, word->wide, right->wide);
}

static void add_phrases(struct feature_list *list, const uint32_t *phrase, bool first, bool last)
{
    if (*phrase)
        add(list, T_PHRASE, *phrase);
    if (!first && phrase[-1])
        add(list, T_PHRASE_LEFT, phrase[-1]);
    if (!last && phrase[1])
        add(list, T_PHRASE_RIGHT, phrase[1]);
}

size_t tag_features_among(const struct tag_document *document, const struct sentence *sentence, bool caseless,
                          uint32_t at, uint64_t features[static TAG_FEATURES_MAX])
{
    struct feature_list list = {features, 0, salt_of(caseless), 0};
    bool first = at == sentence->first, last = at + 1 == sentence->end;
    struct neighbours around = neighbours_of(document, sentence, caseless, at);
    add_shapes(&list, around.left, around.word, around.right, first);
    add_pairs(&list, around.left, around.word, around.right);
    add_phrases(&list, &document->phrases[at], first, last);
    return list.count;
}

void tag_kinds_around(const struct tag_document *document, const struct sentence *sentence, bool caseless, uint32_t at,
                      uint32_t kinds[static TAG_SIDES])
{
    const uint32_t *kind = &document->kind_of[at];
    uint32_t before = at - sentence->first, behind = sentence->end - 1 - at;
    kinds[TAG_SELF] = *kind;
    kinds[TAG_LEFT] = before >= 1 ? kind[-1] : tag_outside_kind(false, caseless);
    kinds[TAG_LEFT2] = before >= 2 ? kind[-2] : tag_outside_kind(false, caseless);
    kinds[TAG_RIGHT] = behind >= 1 ? kind[1] : tag_outside_kind(true, caseless);
    kinds[TAG_RIGHT2] = behind >= 2 ? kind[2] : tag_outside_kind(true, caseless);
}

static size_t append(uint64_t features[static TAG_FEATURES_MAX], size_t count, const uint64_t *more, size_t added)
{
    assert(count + added <= TAG_FEATURES_MAX);
    memcpy(features + count, more, added * sizeof *more);
    return count + added;
}

size_t tag_features(const struct tag_document *document, const struct sentence *sentence, bool caseless, uint32_t at,
                    uint64_t features[static TAG_FEATURES_MAX])
{
    uint8_t shapes[3];
    uint32_t kinds[TAG_SIDES];
    uint64_t more[TAG_FEATURES_MAX];
    size_t count = 0;
    tag_shapes_around(document, sentence, caseless, at, shapes);
    features[count++] = tag_feature_of_shapes(shapes[0], shapes[1], false, caseless);
    features[count++] = tag_feature_of_shapes(shapes[1], shapes[2], true, caseless);
    count = append(features, count, more, tag_features_among(document, sentence, caseless, at, more));
    tag_kinds_around(document, sentence, caseless, at, kinds);
    for (unsigned side = 0; side < TAG_SIDES; side++) {
        const struct tag_kind *kind = &document->kinds[kinds[side]];
        count = append(features, count, more, features_of_kind(kind, (enum tag_side)side, (1u << TAG_PARTS) - 1, more));
    }
    return count;
}
