#include "base/utf8.h"
#include "tag_kinds_internal.h"

#define KINDS_AHEAD 8    /* whose entries are asked for */

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

/* ------------------------------------------------------------------ hashing */

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
    uint32_t hash = (uint32_t)(tag_mix(lower) >> 16);
    return hash ? hash : 1;
}

uint32_t tag_cluster_hash(struct slice lower)
{
    return cluster_hash(hash_lower(lower));
}

static void ask_for_clusters(const struct word_clusters *clusters, uint64_t lower)
{
    if (!clusters->slots)
        return;
    uint32_t slot = cluster_hash(lower) & (clusters->slots - 1);
    __builtin_prefetch(&clusters->hashes[slot]);
    __builtin_prefetch(&clusters->clusters[2 * slot]);
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
    return token->lower.len == 4 && (token->lower.ptr[0] == '1' || token->lower.ptr[0] == '2') ? SHAPE_YEAR
                                                                                               : SHAPE_NUMBER;
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
    if (classes & NAME_CAPITALS && classes & (NAME_COMMON | NAME_NOT) &&
        (caseless || !(token->flags & TOKEN_ALL_UPPER)))
        classes &= ~(uint32_t)(NAME_COUNTRY | NAME_ORGANIZATION | NAME_CAPITALS);
    return classes;
}

static bool looks_like_name(const struct token *token, bool caseless)
{
    return caseless ? token->kind == TOKEN_WORD : (token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER)) != 0;
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
    word->known = gazetteer_answer(document->gazetteer, word->asked);
    if (token->kind != TOKEN_WORD)
        return;
    set_affixes(word, token->lower);
    const struct gazetteer_entry *entry = gazetteer_known(document->gazetteer, word->known);
    word->begins = entry && entry->words > 1;
    word->classes = entry ? visible_classes(entry->classes, token, word->caseless) : 0;
    word->city_tier = entry && entry->classes ? entry->city_tier : 0;
}

/* --------------------------------------------------------------- the kinds */

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
        key = tag_mix(key ^ bytes);
    }
    bytes = 0;
    for (unsigned n = 0; at < end; n += 8)
        bytes |= (uint64_t)(unsigned char)*at++ << n;
    return tag_mix(tag_mix(key * 0x9E3779B97F4A7C15ull + token->lower.len) ^ bytes);
}

static bool is_of_kind(const struct tag_kind *kind, uint64_t key, const struct token *token)
{
    return kind->key == key && kind->token->kind == token->kind && slice_equals(kind->token->lower, token->lower);
}

static void tell_kinds(struct tag_document *document, struct arena *arena, const struct sentence *sentences,
                       uint32_t count, const bool *caseless)
{
    size_t mask = 63, capacity = OUTSIDE_KINDS + (size_t)document->token_count / 2; /* words come again */
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
                document->kinds = arena_grow(arena, document->kinds, document->kind_count, &capacity,
                                             sizeof *document->kinds);
                slots[at] = document->kind_count++;
                document->kinds[slots[at]] = (struct tag_kind){.token = token, .key = key, .caseless = caseless[s]};
                ask_about_word(document, &document->kinds[slots[at]]);
            }
            document->kind_of[i] = slots[at];
        }
    for (uint32_t kind = OUTSIDE_KINDS; kind < document->kind_count; kind++) {
        if (kind + KINDS_AHEAD < document->kind_count)
            gazetteer_ask_entry(document->gazetteer, document->kinds[kind + KINDS_AHEAD].asked);
        look_at_word(document, &document->kinds[kind]);
    }
    for (uint32_t i = 0; i < document->token_count; i++)
        document->tokens[i].known = tag_kind_at(document, i)->known;
}

/* ------------------------------------------------------------ the document */

/* Marks tokens that stand in a longer phrase of the gazetteers. */
static void mark_phrases(struct tag_document *document, const struct sentence *sentence)
{
    const uint32_t wanted = NAME_ANY_PLACE | NAME_ORGANIZATION | NAME_DEMONYM | NAME_NOT | NAME_ANY_ROLE;
    for (uint32_t i = sentence->first; i < sentence->end;) {
        size_t length = 0;
        const struct tag_kind *kind = tag_kind_at(document, i);
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
    const struct tag_kind *kind = tag_kind_at(document, i);
    bool caseless = kind->caseless;
    uint16_t flags = 0;
    if (!caseless && kind->token->flags & TOKEN_LOWER)
        flags |= SEEN_LOWER;
    if (!kind->named)
        return flags;
    if (!caseless && i > sentence->first)
        flags |= SEEN_CAPITAL;
    if (i > sentence->first) {
        const struct tag_kind *before = tag_kind_at(document, i - 1);
        uint32_t classes = before->classes;
        flags |= !caseless && before->named ? SEEN_SECOND : 0;
        flags |= before->named && classes & NAME_GIVEN && !(classes & NAME_COMMON) ? SEEN_AFTER_GIVEN : 0;
        flags |= classes & (NAME_HONORIFIC | NAME_ROLE | NAME_RANK) ? SEEN_AFTER_TITLE : 0;
        flags |= before->place_word ? SEEN_AFTER_PLACE_WORD : 0;
    }
    const struct tag_kind *behind = i + 1 < sentence->end ? tag_kind_at(document, i + 1) : NULL;
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
    size_t at = (size_t)tag_mix(key) & table->mask;
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
                                      struct word_clusters clusters, struct token *tokens, uint32_t token_count,
                                      const struct sentence *sentences, uint32_t sentence_count, const bool *caseless)
{
    struct tag_document document = {
        .tokens = tokens, .token_count = token_count, .gazetteer = gazetteer, .clusters = clusters};
    document.phrases = arena_calloc(arena, token_count, sizeof *document.phrases);
    tell_kinds(&document, arena, sentences, sentence_count, caseless);
    for (uint32_t s = 0; s < sentence_count; s++)
        mark_phrases(&document, &sentences[s]);
    gather_evidence(&document, arena, sentences, sentence_count);
    return document;
}
