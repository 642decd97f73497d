/* corpus: labelled text as the training programs read it: one word and tag a line, a blank line between
 * sentences, -DOCSTART- between documents. A third column holds what labellers believe: the probabilities of
 * O, B-PER, I-PER, B-ORG ... I-MISC in 255ths, two hexadecimal digits each. Part of each program that
 * includes it. */
#ifndef NEWSMETA_TRAIN_CORPUS_H
#define NEWSMETA_TRAIN_CORPUS_H

#include <stdio.h>
#include <stdlib.h>

#include "model/tagger.h"
#include "text/words.h"

/* A corpus without documents is cut into stretches of so many sentences: evidence from afar is none. */
#define DOCUMENT_SENTENCES 20

#define CORPUS_BELIEFS 9 /* O, then begin and inside of each type */

struct corpus_document {
    uint32_t first, end;             /* sentences of the corpus */
};

struct corpus {
    struct arena *arena;
    struct slice *words;             /* as written; null where a document begins */
    struct token *tokens;
    uint8_t *tags;                   /* BILOU */
    uint8_t (*beliefs)[CORPUS_BELIEFS]; /* all 0 where the file has none */
    uint32_t token_count;
    struct sentence *sentences;
    uint8_t *source;                 /* of each sentence: which file */
    uint32_t sentence_count;
    struct corpus_document *documents;
    uint32_t document_count;
    size_t token_capacity, word_capacity, tag_capacity, sentence_capacity, source_capacity, document_capacity,
        belief_capacity;
};

static inline void *corpus_must(void *memory)
{
    if (!memory) {
        perror("training");
        exit(1);
    }
    return memory;
}

static struct slice corpus_read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    size_t capacity = 1 << 16, len = 0, got;
    char *bytes = malloc(capacity);
    while (bytes && (got = fread(bytes + len, 1, capacity - len, file)) > 0) {
        len += got;
        if (len == capacity)
            bytes = realloc(bytes, capacity *= 2);
    }
    fclose(file);
    struct slice copy = arena_copy(arena, slice_of(bytes, len));
    free(bytes);
    return copy;
}

/* BIO in `types` (type + 1, 0 outside) and `begins` to BILOU. */
static void corpus_close_sentence(struct corpus *corpus, uint32_t first, uint8_t file, const uint8_t *bio)
{
    uint32_t end = corpus->token_count;
    if (end == first)
        return;
    for (uint32_t i = first; i < end; i++) {
        uint8_t type = bio[i - first] & 7;
        if (!type) {
            corpus->tags[i] = TAG_O;
            continue;
        }
        bool begins = i == first || (bio[i - first] & 8) || (bio[i - 1 - first] & 7) != type;
        bool ends = i + 1 == end || (bio[i + 1 - first] & 8) || (bio[i + 1 - first] & 7) != type;
        corpus->tags[i] = TAG_OF(type - 1, begins ? ends ? TAG_U : TAG_B : ends ? TAG_L : TAG_I);
    }
    corpus->sentences = arena_grow(corpus->arena, corpus->sentences, corpus->sentence_count, &corpus->sentence_capacity,
                                   sizeof *corpus->sentences);
    corpus->source = arena_grow(corpus->arena, corpus->source, corpus->sentence_count, &corpus->source_capacity, 1);
    corpus->source[corpus->sentence_count] = file;
    corpus->sentences[corpus->sentence_count++] = (struct sentence){.first = first, .end = end};
}

/* Which of the beliefs speaks of a BILOU tag. */
static inline unsigned corpus_belief_of(unsigned tag)
{
    unsigned place = (tag - 1) % 4;
    return tag == TAG_O ? 0 : 1 + 2 * ((tag - 1) / 4) + (place == TAG_I || place == TAG_L);
}

static uint8_t corpus_bio(struct slice tag)
{
    static const char *const names[] = {"PER", "ORG", "LOC", "MISC"};
    for (uint8_t i = 0; i < 4; i++)
        if (tag.len > 2 && slice_equals(slice_sub(tag, 2, tag.len), slice_from_cstr(names[i])))
            return (uint8_t)((i + 1) | (tag.ptr[0] == 'B' ? 8 : 0));
    return 0;
}

static void corpus_close_document(struct corpus *corpus, uint32_t *first)
{
    while (*first < corpus->sentence_count) {
        uint32_t left = corpus->sentence_count - *first;
        uint32_t end = left > 5 * DOCUMENT_SENTENCES ? *first + DOCUMENT_SENTENCES : corpus->sentence_count;
        corpus->documents = arena_grow(corpus->arena, corpus->documents, corpus->document_count,
                                       &corpus->document_capacity, sizeof *corpus->documents);
        corpus->documents[corpus->document_count++] = (struct corpus_document){*first, end};
        *first = end;
    }
}

#define CORPUS_LONGEST 2048 /* words of a sentence; a longer one is cut */

static void corpus_read_beliefs(struct slice digits, uint8_t beliefs[static CORPUS_BELIEFS])
{
    for (size_t i = 0; i < CORPUS_BELIEFS; i++) {
        unsigned value = 0;
        for (size_t d = 0; d < 2 && 2 * i + d < digits.len; d++) {
            char c = digits.ptr[2 * i + d];
            value = value * 16 + (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
        }
        beliefs[i] = (uint8_t)value;
    }
}

static void corpus_add_word(struct corpus *corpus, struct slice word, struct slice beliefs, bool first)
{
    corpus->beliefs = arena_grow(corpus->arena, corpus->beliefs, corpus->token_count, &corpus->belief_capacity,
                                 sizeof *corpus->beliefs);
    corpus_read_beliefs(beliefs, corpus->beliefs[corpus->token_count]);
    corpus->tokens =
        arena_grow(corpus->arena, corpus->tokens, corpus->token_count, &corpus->token_capacity, sizeof *corpus->tokens);
    corpus->words =
        arena_grow(corpus->arena, corpus->words, corpus->token_count, &corpus->word_capacity, sizeof *corpus->words);
    corpus->tags = arena_grow(corpus->arena, corpus->tags, corpus->token_count, &corpus->tag_capacity, 1);
    corpus->words[corpus->token_count] = word;
    corpus->tokens[corpus->token_count++] = words_token(corpus->arena, word, first);
}

/* Appends a file; `file` is its number. */
static inline void corpus_read(struct corpus *corpus, struct slice text, uint8_t file)
{
    uint8_t bio[CORPUS_LONGEST];
    uint32_t first = corpus->token_count, document = corpus->sentence_count;
    struct slice line, word, tag;
    while (slice_split(&text, '\n', &line)) {
        bool document_start = slice_starts(line, SLICE("-DOCSTART-"));
        if (line.len == 0 || document_start || corpus->token_count - first == CORPUS_LONGEST) {
            corpus_close_sentence(corpus, first, file, bio);
            first = corpus->token_count;
        }
        if (document_start)
            corpus_close_document(corpus, &document);
        if (line.len == 0 || document_start)
            continue;
        struct slice rest = line;
        slice_split(&rest, '\t', &word);
        tag = SLICE_NULL;
        slice_split(&rest, '\t', &tag);
        bio[corpus->token_count - first] = corpus_bio(tag);
        corpus_add_word(corpus, word, rest, corpus->token_count == first);
    }
    corpus_close_sentence(corpus, first, file, bio);
    corpus_close_document(corpus, &document);
}

/* How the sentences of a document are read; tokens of documents are moved to count from 0. */
struct corpus_view {
    struct token *tokens;
    uint32_t token_count;
    struct sentence *sentences;
    uint32_t sentence_count;
    bool *caseless;
};

static inline struct corpus_view corpus_view(const struct corpus *corpus, struct arena *arena,
                                             const struct corpus_document *document, bool all_caseless)
{
    struct corpus_view view = {.sentence_count = document->end - document->first};
    uint32_t base = corpus->sentences[document->first].first;
    view.tokens = corpus->tokens + base;
    view.token_count = corpus->sentences[document->end - 1].end - base;
    view.sentences = arena_alloc(arena, view.sentence_count * sizeof *view.sentences);
    view.caseless = arena_alloc(arena, view.sentence_count);
    for (uint32_t s = 0; s < view.sentence_count; s++) {
        view.sentences[s] = corpus->sentences[document->first + s];
        view.sentences[s].first -= base;
        view.sentences[s].end -= base;
        view.caseless[s] = all_caseless || tagger_is_caseless(view.tokens, &view.sentences[s]);
    }
    return view;
}

#endif
