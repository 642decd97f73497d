#include "model/tag_features.h"

#include <assert.h>

#include "base/utf8.h"

#define LONGEST_PHRASE 8 /* tokens of a gazetteer phrase */

/* How the document uses a word elsewhere. */
enum evidence {
    SEEN_CAPITAL = 1 << 0,      /* with a capital inside of a sentence */
    SEEN_LOWER = 1 << 1,
    SEEN_AFTER_GIVEN = 1 << 2,  /* behind a given name */
    SEEN_AFTER_TITLE = 1 << 3,
    SEEN_AFTER_PLACE_WORD = 1 << 4, /* "in", "near" */
    SEEN_BEFORE_TAIL = 1 << 5,  /* "... Corp" */
    SEEN_SECOND = 1 << 6,       /* behind another capital */
    SEEN_FIRST = 1 << 7         /* before another capital */
};

/* All that a token tells by itself; tokens that are written and read in one way are one kind. */
struct tag_kind {
    const struct token *token; /* one of the kind */
    uint64_t key;         /* hash of its form and of how it is read */
    uint64_t asked;       /* of the gazetteer */
    uint64_t lower;       /* hash of the lower-cased form, digits made 0 */
    uint64_t form;        /* hash of the form as written */
    uint64_t affixes[6];  /* prefixes and suffixes of 2, 3, 4 code units */
    uint32_t classes;     /* of the gazetteer */
    uint16_t evidence;
    uint8_t shape, cluster, wide; /* wide: the second cluster */
    uint8_t city_tier;
    bool caseless, named, begins, place_word; /* named: looks like (a part of) a name; begins: longer phrases, maybe */
};

/* ------------------------------------------------------------------ hashing */

static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93ull;
    hash ^= hash >> 32;
    return hash;
}

static uint64_t hash_bytes(struct slice s)
{
    uint64_t hash = 0xcbf29ce484222325ull;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * 0x100000001b3ull;
    return hash;
}

/* "1999" and "2014" are one word. */
static uint64_t hash_lower(struct slice s)
{
    uint64_t hash = 0xcbf29ce484222325ull;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (ascii_is_digit(s.ptr[i]) ? '0' : (unsigned char)s.ptr[i])) * 0x100000001b3ull;
    return hash;
}

static uint32_t cluster_hash(uint64_t lower)
{
    uint32_t hash = (uint32_t)(mix(lower) >> 16);
    return hash ? hash : 1;
}

uint32_t tag_cluster_hash(struct slice lower)
{
    return cluster_hash(hash_lower(lower));
}

static void ask_for_clusters(const struct word_clusters *clusters, uint64_t lower)
{
    if (clusters->slots)
        __builtin_prefetch(&clusters->hashes[cluster_hash(lower) & (clusters->slots - 1)]);
}

static void find_clusters(const struct word_clusters *clusters, struct tag_kind *word)
{
    uint32_t hash = cluster_hash(word->lower), mask = clusters->slots - 1;
    if (!clusters->slots)
        return;
    for (uint32_t at = hash & mask; clusters->hashes[at]; at = (at + 1) & mask)
        if (clusters->hashes[at] == hash) {
            word->cluster = clusters->clusters[2 * at];
            word->wide = clusters->clusters[2 * at + 1];
            return;
        }
}

/* ---------------------------------------------------------------- the word */

enum shape {
    SHAPE_OTHER, SHAPE_LOWER, SHAPE_CAPITAL, SHAPE_UPPER, SHAPE_ONE_UPPER, SHAPE_INITIAL, SHAPE_DOTTED, SHAPE_MIXED,
    SHAPE_CAMEL, SHAPE_HYPHEN_CAPITAL, SHAPE_HYPHEN_LOWER, SHAPE_NUMBER, SHAPE_YEAR, SHAPE_LETTER_DIGIT,
    SHAPE_PUNCTUATION, SHAPE_QUOTE, SHAPE_COMMA, SHAPE_STOP, SHAPE_OPEN, SHAPE_CLOSE, SHAPE_AT, SHAPE_HASH, SHAPE_URL,
    SHAPE_POSSESSIVE, SHAPE_COUNT
};

static uint8_t shape_of_mark(struct slice word)
{
    switch (word.ptr[0]) {
    case ',': return SHAPE_COMMA;
    case '.': case '!': case '?': return SHAPE_STOP;
    case '(': case '[': return SHAPE_OPEN;
    case ')': case ']': return SHAPE_CLOSE;
    case '"': case '\'': case '`': return SHAPE_QUOTE;
    default: return SHAPE_PUNCTUATION;
    }
}

static uint8_t shape_of_number(const struct token *token)
{
    return token->lower.len == 4 && (token->lower.ptr[0] == '1' || token->lower.ptr[0] == '2') ? SHAPE_YEAR : SHAPE_NUMBER;
}

static uint8_t shape_of(const struct token *token)
{
    struct slice word = token->lower;
    if (!word.len)
        return SHAPE_OTHER;
    if (word.ptr[0] == '@' && word.len > 1)
        return SHAPE_AT;
    if (word.ptr[0] == '#' && word.len > 1)
        return SHAPE_HASH;
    if (word.ptr[0] == '\'' && word.len <= 2)
        return word.len == 2 ? SHAPE_POSSESSIVE : SHAPE_QUOTE;
    if (token->kind == TOKEN_NUMBER)
        return shape_of_number(token);
    if (token->kind != TOKEN_WORD)
        return shape_of_mark(word);
    bool hyphen = memchr(word.ptr, '-', word.len) != NULL, dot = memchr(word.ptr, '.', word.len) != NULL;
    if (word.len > 7 && (slice_starts(word, SLICE("http")) || slice_starts(word, SLICE("www."))))
        return SHAPE_URL;
    if (token->flags & TOKEN_HAS_DIGIT)
        return SHAPE_LETTER_DIGIT;
    if (token->flags & TOKEN_ALL_UPPER)
        return dot ? SHAPE_DOTTED : SHAPE_UPPER;
    if (token->flags & TOKEN_CAPITALISED) {
        if (word.len == 1)
            return SHAPE_ONE_UPPER;
        return word.len == 2 && dot ? SHAPE_INITIAL : hyphen ? SHAPE_HYPHEN_CAPITAL : SHAPE_CAPITAL;
    }
    return token->flags & TOKEN_LOWER ? hyphen ? SHAPE_HYPHEN_LOWER : SHAPE_LOWER : SHAPE_CAMEL;
}

static void set_affixes(struct tag_kind *word, struct slice lower)
{
    for (size_t n = 2; n <= 4 && n < lower.len; n++) {
        word->affixes[n - 2] = hash_bytes(slice_sub(lower, 0, n));
        word->affixes[n + 1] = hash_bytes(slice_sub(lower, lower.len - n, lower.len));
    }
}

/* Without capitals an acronym that is also a common word ("us", "who") is the word. */
static uint32_t visible_classes(uint32_t classes, const struct token *token, bool caseless)
{
    if (classes & NAME_CAPITALS && classes & (NAME_COMMON | NAME_NOT) && (caseless || !(token->flags & TOKEN_ALL_UPPER)))
        classes &= ~(uint32_t)(NAME_COUNTRY | NAME_ORGANIZATION | NAME_CAPITALS);
    return classes;
}

static bool looks_like_name(const struct token *token, bool caseless)
{
    return caseless ? token->kind == TOKEN_WORD : (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER)) != 0;
}

static const struct tag_kind *kind_at(const struct tag_document *document, uint32_t token)
{
    return &document->kinds[document->kind_of[token]];
}

static bool is_place_word(struct slice word)
{
    return slice_equals(word, SLICE("in")) || slice_equals(word, SLICE("near")) || slice_equals(word, SLICE("at"));
}

/* The large tables answer late: all words are asked about before the first is looked at. */
static void ask_about_word(const struct tag_document *document, struct tag_kind *word)
{
    word->lower = hash_lower(word->token->lower);
    ask_for_clusters(&document->clusters, word->lower);
    if (word->token->kind == TOKEN_WORD)
        word->asked = gazetteer_ask(document->gazetteer, word->token);
}

static void look_at_word(const struct tag_document *document, struct tag_kind *word)
{
    const struct token *token = word->token;
    word->form = word->lower ^ (uint64_t)(token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER)) * 0x9E3779B97F4A7C15ull;
    word->shape = shape_of(token);
    word->named = looks_like_name(token, word->caseless);
    word->place_word = is_place_word(token->lower);
    find_clusters(&document->clusters, word);
    if (token->kind != TOKEN_WORD)
        return;
    set_affixes(word, token->lower);
    const struct gazetteer_entry *entry = gazetteer_start(document->gazetteer, word->asked);
    word->begins = entry && entry->words > 1;
    word->classes = entry ? visible_classes(entry->classes, token, word->caseless) : 0;
    word->city_tier = entry && entry->classes ? entry->city_tier : 0;
}

/* --------------------------------------------------------------- the kinds */

/* Before a sentence's first token and behind its last stands nothing, which is a kind as well; [right][caseless]. */
#define OUTSIDE_KINDS 4

static uint32_t outside_kind(bool right, bool caseless)
{
    return 2u * right + caseless;
}

static void add_outside_kinds(struct tag_document *document)
{
    static const struct token nothing;
    for (uint32_t i = 0; i < OUTSIDE_KINDS; i++) {
        uint64_t hash = i < 2 ? 11 : 13;
        document->kinds[document->kind_count++] = (struct tag_kind){
            .token = &nothing, .lower = hash, .form = hash, .shape = (uint8_t)(SHAPE_COUNT + i / 2), .caseless = i & 1};
    }
}

#define WRITTEN (TOKEN_CAPITALISED | TOKEN_ALL_UPPER | TOKEN_LOWER | TOKEN_HAS_DIGIT) /* what looks depend on */

/* Eight bytes a step; the last ones may be read twice. */
static uint64_t kind_key(const struct token *token, bool caseless)
{
    uint64_t key = (uint64_t)token->kind << 16 | (uint64_t)(token->flags & WRITTEN) << 8 | caseless, bytes = 0;
    const char *at = token->lower.ptr, *end = at + token->lower.len;
    for (; end - at > 8; at += 8) {
        memcpy(&bytes, at, 8);
        key = mix(key ^ bytes);
    }
    bytes = 0;
    for (unsigned n = 0; at < end; n += 8)
        bytes |= (uint64_t)(unsigned char)*at++ << n;
    return mix(mix(key * 0x9E3779B97F4A7C15ull + token->lower.len) ^ bytes);
}

static bool is_of_kind(const struct tag_kind *kind, uint64_t key, const struct token *token)
{
    return kind->key == key && kind->token->kind == token->kind && slice_equals(kind->token->lower, token->lower);
}

static void tell_kinds(struct tag_document *document, struct arena *arena, const struct sentence *sentences, uint32_t count,
                       const bool *caseless)
{
    size_t mask = 63, capacity = OUTSIDE_KINDS + (size_t)document->token_count;
    while (mask < 2 * (size_t)document->token_count)
        mask = mask * 2 + 1;
    uint32_t *slots = arena_calloc(arena, mask + 1, sizeof *slots); /* 0, which is an outside kind: free */
    document->kinds = arena_alloc(arena, capacity * sizeof *document->kinds);
    document->kind_of = arena_calloc(arena, document->token_count, sizeof *document->kind_of);
    add_outside_kinds(document);
    for (uint32_t s = 0; s < count; s++)
        for (uint32_t i = sentences[s].first; i < sentences[s].end; i++) {
            const struct token *token = &document->tokens[i];
            uint64_t key = kind_key(token, caseless[s]);
            size_t at = (size_t)key & mask;
            while (slots[at] && !is_of_kind(&document->kinds[slots[at]], key, token))
                at = (at + 1) & mask;
            if (!slots[at]) {
                slots[at] = document->kind_count++;
                document->kinds[slots[at]] = (struct tag_kind){.token = token, .key = key, .caseless = caseless[s]};
                ask_about_word(document, &document->kinds[slots[at]]);
            }
            document->kind_of[i] = slots[at];
        }
    for (uint32_t kind = OUTSIDE_KINDS; kind < document->kind_count; kind++)
        look_at_word(document, &document->kinds[kind]);
}

/* ------------------------------------------------------------ the document */

/* Marks tokens that stand in a longer phrase of the gazetteers. */
static void mark_phrases(struct tag_document *document, const struct sentence *sentence)
{
    const uint32_t wanted = NAME_ANY_PLACE | NAME_ORGANIZATION | NAME_DEMONYM | NAME_NOT | NAME_ANY_ROLE;
    for (uint32_t i = sentence->first; i < sentence->end;) {
        size_t length = 0;
        const struct tag_kind *kind = kind_at(document, i);
        const struct gazetteer_entry *entry = NULL;
        if (kind->begins && kind->named)
            entry = gazetteer_longest(document->gazetteer, &document->tokens[i], sentence->end - i, wanted, &length);
        if (length < 2) {
            i++;
            continue;
        }
        uint32_t classes = entry->classes & wanted;
        for (size_t k = 0; k < length; k++)
            document->phrases[i + k] = classes << 2 | (k == 0 ? 1 : k + 1 == length ? 3 : 2);
        i += (uint32_t)length;
    }
}

static uint16_t evidence_of(const struct tag_document *document, const struct sentence *sentence, uint32_t i)
{
    const struct tag_kind *kind = kind_at(document, i);
    bool caseless = kind->caseless;
    uint16_t flags = 0;
    if (!caseless && kind->token->flags & TOKEN_LOWER)
        flags |= SEEN_LOWER;
    if (!kind->named)
        return flags;
    if (!caseless && i > sentence->first)
        flags |= SEEN_CAPITAL;
    if (i > sentence->first) {
        const struct tag_kind *before = kind_at(document, i - 1);
        uint32_t classes = before->classes;
        flags |= !caseless && before->named ? SEEN_SECOND : 0;
        flags |= before->named && classes & NAME_GIVEN && !(classes & NAME_COMMON) ? SEEN_AFTER_GIVEN : 0;
        flags |= classes & (NAME_HONORIFIC | NAME_ROLE | NAME_RANK) ? SEEN_AFTER_TITLE : 0;
        flags |= before->place_word ? SEEN_AFTER_PLACE_WORD : 0;
    }
    const struct tag_kind *behind = i + 1 < sentence->end ? kind_at(document, i + 1) : NULL;
    if (behind && behind->named) {
        flags |= caseless ? 0 : SEEN_FIRST;
        flags |= behind->classes & NAME_ORGANIZATION_TAIL ? SEEN_BEFORE_TAIL : 0;
    }
    return flags;
}

struct evidence_table {
    uint64_t *keys; /* 0: free */
    uint16_t *flags;
    size_t mask;
};

static uint16_t *evidence_at(struct evidence_table *table, uint64_t key)
{
    size_t at = (size_t)mix(key) & table->mask;
    while (table->keys[at] && table->keys[at] != key)
        at = (at + 1) & table->mask;
    table->keys[at] = key;
    return &table->flags[at];
}

/* What was seen of a word holds for all the ways in which it is written. */
static void share_evidence(struct tag_document *document, struct arena *arena)
{
    struct evidence_table table = {.mask = 63};
    while (table.mask < 2 * (size_t)document->kind_count)
        table.mask = table.mask * 2 + 1;
    table.keys = arena_calloc(arena, table.mask + 1, sizeof *table.keys);
    table.flags = arena_calloc(arena, table.mask + 1, sizeof *table.flags);
    for (uint32_t i = OUTSIDE_KINDS; i < document->kind_count; i++)
        if (document->kinds[i].token->kind == TOKEN_WORD)
            *evidence_at(&table, document->kinds[i].lower | 1) |= document->kinds[i].evidence;
    for (uint32_t i = OUTSIDE_KINDS; i < document->kind_count; i++)
        if (document->kinds[i].token->kind == TOKEN_WORD)
            document->kinds[i].evidence = *evidence_at(&table, document->kinds[i].lower | 1);
}

static void gather_evidence(struct tag_document *document, struct arena *arena, const struct sentence *sentences,
                            uint32_t count)
{
    for (uint32_t s = 0; s < count; s++)
        for (uint32_t i = sentences[s].first; i < sentences[s].end; i++)
            if (document->tokens[i].kind == TOKEN_WORD)
                document->kinds[document->kind_of[i]].evidence |= evidence_of(document, &sentences[s], i);
    share_evidence(document, arena);
}

struct tag_document tag_document_make(struct arena *arena, const struct gazetteer *gazetteer,
                                      struct word_clusters clusters, const struct token *tokens, uint32_t token_count,
                                      const struct sentence *sentences, uint32_t sentence_count, const bool *caseless)
{
    struct tag_document document = {.tokens = tokens, .token_count = token_count, .gazetteer = gazetteer, .clusters = clusters};
    document.phrases = arena_calloc(arena, token_count, sizeof *document.phrases);
    tell_kinds(&document, arena, sentences, sentence_count, caseless);
    for (uint32_t s = 0; s < sentence_count; s++)
        mark_phrases(&document, &sentences[s]);
    gather_evidence(&document, arena, sentences, sentence_count);
    return document;
}

/* ------------------------------------------------------------- the features */

struct feature_list {
    uint64_t *features;
    size_t count;
    uint64_t salt;
};

static inline void add(struct feature_list *list, unsigned template, uint64_t a)
{
    list->features[list->count++] = mix(a * 0x9E3779B97F4A7C15ull + template * 0xC2B2AE3D27D4EB4Full + list->salt);
}

static inline void add2(struct feature_list *list, unsigned template, uint64_t a, uint64_t b)
{
    add(list, template, mix(a + 0x632BE59BD9B4E019ull) ^ b * 0xFF51AFD7ED558CCDull);
}

enum template {
    T_BIAS = 1, T_WORD, T_WORD_LEFT, T_WORD_RIGHT, T_WORD_LEFT2, T_WORD_RIGHT2, T_LEFT_WORD, T_WORD_PAIR, T_FORM, T_SHAPE,
    T_SHAPE_LEFT, T_SHAPE_RIGHT, T_SHAPES_LEFT, T_SHAPES_RIGHT, T_SHAPES, T_AFFIX, T_CLASS = T_AFFIX + 6,
    T_CLASSES = T_CLASS + 32, T_CLASSES_LEFT, T_CLASSES_RIGHT, T_CLASSES_PAIR, T_PHRASE, T_PHRASE_LEFT, T_PHRASE_RIGHT,
    T_CLUSTER, T_CLUSTER_LEFT, T_CLUSTER_RIGHT, T_CLUSTERS_LEFT, T_CLUSTERS_RIGHT, T_START, T_EVIDENCE, T_EVIDENCES = T_EVIDENCE + 16,
    T_EVIDENCE_SHAPE, T_LEFT_SHAPE, T_RIGHT_SHAPE, T_CLASSES_EVIDENCE, T_LEFT_CLASSES, T_RIGHT_CLASSES, T_CLUSTER_SHAPE,
    T_EVIDENCE_LEFT, T_EVIDENCE_RIGHT, T_CLUSTER_LEFT2, T_CLUSTER_RIGHT2, T_TIER, T_WIDE, T_WIDE_SHAPE, T_WIDE_LEFT, T_WIDE_RIGHT,
    T_WIDES_LEFT, T_WIDES_RIGHT
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

static void add_self(struct feature_list *list, const struct tag_kind *word)
{
    unsigned shape = visible_shape(word), shape_of_class = word->caseless ? 0 : word->shape;
    add(list, T_BIAS, 1);
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
    for (uint32_t bits = word->evidence; bits; bits &= bits - 1)
        add(list, T_EVIDENCE + (unsigned)__builtin_ctz(bits), 1);
    add(list, T_EVIDENCES, word->evidence);
    add2(list, T_CLASSES_EVIDENCE, word->classes, word->evidence);
    add(list, T_CLUSTER, word->cluster);
    add(list, T_WIDE, word->wide);
    add(list, T_SHAPE, shape);
    add2(list, T_CLUSTER_SHAPE, word->cluster, shape);
    add2(list, T_WIDE_SHAPE, word->wide, shape);
}

static void add_neighbour(struct feature_list *list, const struct tag_kind *word, bool right)
{
    add(list, right ? T_WORD_RIGHT : T_WORD_LEFT, word->lower);
    add(list, right ? T_SHAPE_RIGHT : T_SHAPE_LEFT, visible_shape(word));
    add(list, right ? T_CLASSES_RIGHT : T_CLASSES_LEFT, word->classes);
    add(list, right ? T_CLUSTER_RIGHT : T_CLUSTER_LEFT, word->cluster);
    add(list, right ? T_WIDE_RIGHT : T_WIDE_LEFT, word->wide);
    add(list, right ? T_EVIDENCE_RIGHT : T_EVIDENCE_LEFT, word->evidence);
}

size_t tag_features_of_kind(const struct tag_document *document, uint32_t kind, enum tag_side side,
                            uint64_t features[static TAG_FEATURES_MAX])
{
    const struct tag_kind *word = &document->kinds[kind];
    struct feature_list list = {features, 0, salt_of(word->caseless)};
    if (side == TAG_SELF) {
        add_self(&list, word);
    } else if (side == TAG_LEFT || side == TAG_RIGHT) {
        add_neighbour(&list, word, side == TAG_RIGHT);
    } else {
        add(&list, side == TAG_LEFT2 ? T_WORD_LEFT2 : T_WORD_RIGHT2, word->lower);
        add(&list, side == TAG_LEFT2 ? T_CLUSTER_LEFT2 : T_CLUSTER_RIGHT2, word->cluster);
    }
    return list.count;
}

static void add_shapes(struct feature_list *list, const struct tag_kind *left, const struct tag_kind *word,
                       const struct tag_kind *right, bool start)
{
    unsigned shapes[3] = {visible_shape(left), visible_shape(word), visible_shape(right)};
    add2(list, T_SHAPES_LEFT, shapes[0], shapes[1]);
    add2(list, T_SHAPES_RIGHT, shapes[1], shapes[2]);
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

size_t tag_features_among(const struct tag_document *document, const struct sentence *sentence, bool caseless, uint32_t at,
                          uint64_t features[static TAG_FEATURES_MAX])
{
    struct feature_list list = {features, 0, salt_of(caseless)};
    bool first = at == sentence->first, last = at + 1 == sentence->end;
    const struct tag_kind *word = kind_at(document, at);
    const struct tag_kind *left = first ? &document->kinds[outside_kind(false, caseless)] : kind_at(document, at - 1);
    const struct tag_kind *right = last ? &document->kinds[outside_kind(true, caseless)] : kind_at(document, at + 1);
    add_shapes(&list, left, word, right, first);
    add_pairs(&list, left, word, right);
    add_phrases(&list, &document->phrases[at], first, last);
    return list.count;
}

void tag_kinds_around(const struct tag_document *document, const struct sentence *sentence, bool caseless, uint32_t at,
                      uint32_t kinds[static TAG_SIDES])
{
    const uint32_t *kind = &document->kind_of[at];
    uint32_t before = at - sentence->first, behind = sentence->end - 1 - at;
    kinds[TAG_SELF] = *kind;
    kinds[TAG_LEFT] = before >= 1 ? kind[-1] : outside_kind(false, caseless);
    kinds[TAG_LEFT2] = before >= 2 ? kind[-2] : outside_kind(false, caseless);
    kinds[TAG_RIGHT] = behind >= 1 ? kind[1] : outside_kind(true, caseless);
    kinds[TAG_RIGHT2] = behind >= 2 ? kind[2] : outside_kind(true, caseless);
}

size_t tag_features(const struct tag_document *document, const struct sentence *sentence, bool caseless, uint32_t at,
                    uint64_t features[static TAG_FEATURES_MAX])
{
    uint32_t kinds[TAG_SIDES];
    uint64_t more[TAG_FEATURES_MAX];
    size_t count = tag_features_among(document, sentence, caseless, at, features);
    tag_kinds_around(document, sentence, caseless, at, kinds);
    for (unsigned side = 0; side < TAG_SIDES; side++) {
        size_t added = tag_features_of_kind(document, kinds[side], (enum tag_side)side, more);
        assert(count + added <= TAG_FEATURES_MAX);
        memcpy(features + count, more, added * sizeof *more);
        count += added;
    }
    return count;
}
