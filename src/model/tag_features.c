#include "model/tag_features.h"

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

struct tag_word {
    uint64_t lower;       /* hash of the lower-cased form, digits made 0 */
    uint64_t form;        /* hash of the form as written */
    uint64_t affixes[6];  /* prefixes and suffixes of 2, 3, 4 code units */
    uint32_t classes;     /* of the gazetteer */
    uint32_t phrase;      /* classes of the longest phrase around it, and its place in it (1 begins, 2 inside) */
    uint16_t evidence;
    uint8_t shape, cluster, wide; /* wide: the second cluster */
    uint8_t city_tier;
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

static void find_clusters(const struct word_clusters *clusters, struct tag_word *word)
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

static void set_affixes(struct tag_word *word, struct slice lower)
{
    for (size_t n = 0; n < 3; n++) {
        bool long_enough = lower.len > n + 2;
        word->affixes[n] = long_enough ? hash_bytes(slice_sub(lower, 0, n + 2)) : 0;
        word->affixes[n + 3] = long_enough ? hash_bytes(slice_sub(lower, lower.len - n - 2, lower.len)) : 0;
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

/* Marks tokens that stand in a longer phrase of the gazetteers. */
static void mark_phrases(struct tag_document *document, const struct sentence *sentence, bool caseless)
{
    const uint32_t wanted = NAME_ANY_PLACE | NAME_ORGANIZATION | NAME_DEMONYM | NAME_NOT | NAME_ANY_ROLE;
    for (uint32_t i = sentence->first; i < sentence->end;) {
        size_t length = 0;
        const struct token *token = &document->tokens[i];
        const struct gazetteer_entry *entry = NULL;
        if (token->kind == TOKEN_WORD && looks_like_name(token, caseless))
            entry = gazetteer_longest(document->gazetteer, token, sentence->end - i, wanted, &length);
        if (length < 2) {
            i++;
            continue;
        }
        uint32_t classes = entry->classes & wanted;
        for (size_t k = 0; k < length; k++)
            document->words[i + k].phrase = classes << 2 | (k == 0 ? 1 : k + 1 == length ? 3 : 2);
        i += (uint32_t)length;
    }
}

static void look_at_words(struct tag_document *document, const struct sentence *sentence, bool caseless)
{
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = &document->tokens[i];
        struct tag_word *word = &document->words[i];
        word->lower = hash_lower(token->lower);
        word->form = word->lower ^ (uint64_t)(token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER)) * 0x9E3779B97F4A7C15ull;
        word->shape = shape_of(token);
        find_clusters(&document->clusters, word);
        if (token->kind != TOKEN_WORD)
            continue;
        set_affixes(word, token->lower);
        const struct gazetteer_entry *entry = gazetteer_find(document->gazetteer, token, 1);
        word->classes = entry ? visible_classes(entry->classes, token, caseless) : 0;
        word->city_tier = entry ? entry->city_tier : 0;
    }
    mark_phrases(document, sentence, caseless);
}

/* ------------------------------------------------------------ the document */

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

static bool is_place_word(struct slice word)
{
    return slice_equals(word, SLICE("in")) || slice_equals(word, SLICE("near")) || slice_equals(word, SLICE("at"));
}

static uint16_t evidence_of(const struct tag_document *document, const struct sentence *sentence, bool caseless, uint32_t i)
{
    const struct token *token = &document->tokens[i];
    const struct tag_word *words = document->words;
    bool capital = looks_like_name(token, caseless);
    uint16_t flags = 0;
    if (!caseless && token->flags & TOKEN_LOWER)
        flags |= SEEN_LOWER;
    if (!caseless && capital && i > sentence->first)
        flags |= SEEN_CAPITAL;
    if (capital && i > sentence->first) {
        bool before = looks_like_name(&document->tokens[i - 1], caseless);
        uint32_t classes = words[i - 1].classes;
        flags |= !caseless && before ? SEEN_SECOND : 0;
        flags |= before && classes & NAME_GIVEN && !(classes & NAME_COMMON) ? SEEN_AFTER_GIVEN : 0;
        flags |= classes & (NAME_HONORIFIC | NAME_ROLE | NAME_RANK) ? SEEN_AFTER_TITLE : 0;
        flags |= is_place_word(document->tokens[i - 1].lower) ? SEEN_AFTER_PLACE_WORD : 0;
    }
    if (capital && i + 1 < sentence->end && looks_like_name(&document->tokens[i + 1], caseless)) {
        flags |= caseless ? 0 : SEEN_FIRST;
        flags |= words[i + 1].classes & NAME_ORGANIZATION_TAIL ? SEEN_BEFORE_TAIL : 0;
    }
    return flags;
}

static void gather_evidence(struct tag_document *document, struct arena *arena, const struct sentence *sentences,
                            uint32_t count, const bool *caseless)
{
    struct evidence_table table = {.mask = 63};
    while (table.mask < 2 * (size_t)document->token_count)
        table.mask = table.mask * 2 + 1;
    table.keys = arena_calloc(arena, table.mask + 1, sizeof *table.keys);
    table.flags = arena_calloc(arena, table.mask + 1, sizeof *table.flags);
    for (uint32_t s = 0; s < count; s++)
        for (uint32_t i = sentences[s].first; i < sentences[s].end; i++)
            if (document->tokens[i].kind == TOKEN_WORD)
                *evidence_at(&table, document->words[i].lower | 1) |= evidence_of(document, &sentences[s], caseless[s], i);
    for (uint32_t i = 0; i < document->token_count; i++)
        if (document->tokens[i].kind == TOKEN_WORD)
            document->words[i].evidence = *evidence_at(&table, document->words[i].lower | 1);
}

struct tag_document tag_document_make(struct arena *arena, const struct gazetteer *gazetteer,
                                      struct word_clusters clusters, const struct token *tokens, uint32_t token_count,
                                      const struct sentence *sentences, uint32_t sentence_count, const bool *caseless)
{
    struct tag_document document = {tokens, token_count, gazetteer, clusters, NULL};
    document.words = arena_calloc(arena, token_count, sizeof *document.words);
    for (uint32_t s = 0; s < sentence_count; s++)
        look_at_words(&document, &sentences[s], caseless[s]);
    gather_evidence(&document, arena, sentences, sentence_count, caseless);
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

static const struct tag_word outside_left = {.lower = 11, .form = 11, .shape = SHAPE_COUNT};
static const struct tag_word outside_right = {.lower = 13, .form = 13, .shape = SHAPE_COUNT + 1};

static void add_own(struct feature_list *list, const struct tag_word *word, bool caseless)
{
    add(list, T_BIAS, 1);
    add(list, T_WORD, word->lower);
    if (!caseless)
        add(list, T_FORM, word->form);
    for (unsigned i = 0; i < 6; i++)
        if (word->affixes[i])
            add(list, T_AFFIX + i, word->affixes[i]);
    for (uint32_t bits = word->classes; bits; bits &= bits - 1)
        add(list, T_CLASS + (unsigned)__builtin_ctz(bits), caseless ? 0 : word->shape);
    add(list, T_CLASSES, word->classes);
    if (word->phrase)
        add(list, T_PHRASE, word->phrase);
    if (word->city_tier)
        add2(list, T_TIER, word->city_tier, caseless ? 0 : word->shape);
    for (uint32_t bits = word->evidence; bits; bits &= bits - 1)
        add(list, T_EVIDENCE + (unsigned)__builtin_ctz(bits), 1);
    add(list, T_EVIDENCES, word->evidence);
    add2(list, T_CLASSES_EVIDENCE, word->classes, word->evidence);
    add(list, T_CLUSTER, word->cluster);
    add(list, T_WIDE, word->wide);
}

static void add_shapes(struct feature_list *list, const struct tag_word *left, const struct tag_word *word,
                       const struct tag_word *right, bool caseless, bool start)
{
    /* Without capitals the shape still tells numbers and marks. */
    unsigned shapes[3] = {left->shape, word->shape, right->shape};
    for (size_t i = 0; caseless && i < 3; i++)
        if (shapes[i] >= SHAPE_LOWER && shapes[i] <= SHAPE_CAMEL)
            shapes[i] = SHAPE_LOWER;
    for (size_t i = 0; caseless && i < 3; i++)
        if (shapes[i] == SHAPE_HYPHEN_CAPITAL)
            shapes[i] = SHAPE_HYPHEN_LOWER;
    add(list, T_SHAPE, shapes[1]);
    add(list, T_SHAPE_LEFT, shapes[0]);
    add(list, T_SHAPE_RIGHT, shapes[2]);
    add2(list, T_SHAPES_LEFT, shapes[0], shapes[1]);
    add2(list, T_SHAPES_RIGHT, shapes[1], shapes[2]);
    add(list, T_SHAPES, shapes[0] << 16 | shapes[1] << 8 | shapes[2]);
    add2(list, T_LEFT_SHAPE, left->lower, shapes[1]);
    add2(list, T_RIGHT_SHAPE, right->lower, shapes[1]);
    add2(list, T_EVIDENCE_SHAPE, word->evidence, shapes[1] << 1 | start);
    add2(list, T_CLUSTER_SHAPE, word->cluster, shapes[1]);
    add2(list, T_WIDE_SHAPE, word->wide, shapes[1]);
    if (start)
        add2(list, T_START, shapes[1], word->classes & NAME_COMMON);
}

static void add_neighbours(struct feature_list *list, const struct tag_word *left, const struct tag_word *word,
                           const struct tag_word *right)
{
    add(list, T_WORD_LEFT, left->lower);
    add(list, T_WORD_RIGHT, right->lower);
    add2(list, T_LEFT_WORD, left->lower, word->lower);
    add2(list, T_WORD_PAIR, word->lower, right->lower);
    add(list, T_CLASSES_LEFT, left->classes);
    add(list, T_CLASSES_RIGHT, right->classes);
    add2(list, T_LEFT_CLASSES, left->classes, word->classes);
    add2(list, T_RIGHT_CLASSES, word->classes, right->classes);
    if (left->phrase)
        add(list, T_PHRASE_LEFT, left->phrase);
    if (right->phrase)
        add(list, T_PHRASE_RIGHT, right->phrase);
    add(list, T_CLUSTER_LEFT, left->cluster);
    add(list, T_CLUSTER_RIGHT, right->cluster);
    add2(list, T_CLUSTERS_LEFT, left->cluster, word->cluster);
    add2(list, T_CLUSTERS_RIGHT, word->cluster, right->cluster);
    add(list, T_WIDE_LEFT, left->wide);
    add(list, T_WIDE_RIGHT, right->wide);
    add2(list, T_WIDES_LEFT, left->wide, word->wide);
    add2(list, T_WIDES_RIGHT, word->wide, right->wide);
    add(list, T_EVIDENCE_LEFT, left->evidence);
    add(list, T_EVIDENCE_RIGHT, right->evidence);
}

size_t tag_features(const struct tag_document *document, const struct sentence *sentence, bool caseless, uint32_t at,
                    uint64_t features[static TAG_FEATURES_MAX])
{
    struct feature_list list = {features, 0, caseless ? 0x8CB92BA72F3D8DD7ull : 0};
    const struct tag_word *word = &document->words[at];
    const struct tag_word *left = at > sentence->first ? word - 1 : &outside_left;
    const struct tag_word *right = at + 1 < sentence->end ? word + 1 : &outside_right;
    add_own(&list, word, caseless);
    add_shapes(&list, left, word, right, caseless, at == sentence->first);
    add_neighbours(&list, left, word, right);
    add(&list, T_WORD_LEFT2, at > sentence->first + 1 ? word[-2].lower : outside_left.lower);
    add(&list, T_WORD_RIGHT2, at + 2 < sentence->end ? word[2].lower : outside_right.lower);
    add(&list, T_CLUSTER_LEFT2, at > sentence->first + 1 ? word[-2].cluster : 0);
    add(&list, T_CLUSTER_RIGHT2, at + 2 < sentence->end ? word[2].cluster : 0);
    return list.count;
}
