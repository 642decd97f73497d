#include "text/tokens.h"

#include "article/knowledge.h"
#include "article/limits.h"
#include "base/utf8.h"
#include "model/small_words.h"
#include "broken_words_internal.h"
#include "sentences_internal.h"
#include "token_bounds_internal.h"

#define LOWER_CHUNK 4096        /* lower forms are cut from pieces of this size */

struct scanner {
    struct arena *arena;
    struct token_rules rules;
    struct sentence_rules sentences;
    const struct map *small; /* words of the language, NULL: none are marked */
    struct broken_words broken;
    struct token *tokens;
    size_t count, capacity;
    char *pool; /* room for lower forms */
    size_t pool_left;
};

/* ------------------------------------------------------------ shape, pushing */

struct shape {
    size_t upper, lower, digits, letters_at_end;
    bool first_upper, plain, starts_with_digit, other_letters;
};

static void see_char(struct shape *shape, uint32_t c)
{
    bool upper = utf8_is_upper(c), lower = utf8_is_lower(c), letter = upper || lower || utf8_is_letter(c);
    if (letter && shape->upper + shape->lower == 0)
        shape->first_upper = upper;
    shape->upper += upper;
    shape->lower += lower;
    shape->other_letters |= letter && !upper && !lower;
    if (utf8_is_digit(c)) {
        shape->digits++;
        shape->letters_at_end = 0;
    } else if (letter) {
        shape->letters_at_end++;
    }
}

static struct shape shape_of(struct slice word)
{
    size_t small = 0, taken; /* letters of ASCII that it begins with: mostly it is those alone */
    while (small < word.len && word.ptr[small] >= 'a' && word.ptr[small] <= 'z')
        small++;
    struct shape shape = {.lower = small, .letters_at_end = small, .plain = true};
    for (size_t at = small; at < word.len; at += taken) {
        uint32_t c = utf8_decode(word, at, &taken);
        shape.plain &= c < 0x80;
        see_char(&shape, c);
    }
    shape.starts_with_digit = word.len && ascii_is_digit(word.ptr[0]);
    return shape;
}

static uint8_t flags_of_shape(const struct shape *shape)
{
    unsigned flags = shape->digits ? TOKEN_HAS_DIGIT : 0u;
    if (shape->upper + shape->lower == 0)
        return (uint8_t)flags;
    if (shape->upper == 0)
        flags |= TOKEN_LOWER;
    else if (shape->lower == 0 && shape->upper >= 2)
        flags |= TOKEN_ALL_UPPER;
    else if (shape->first_upper)
        flags |= TOKEN_CAPITALISED;
    return (uint8_t)flags;
}

/* A number may carry a short unit: 1.2m, 14th, 10pm; "58-year-old" is a word. */
static enum token_kind word_kind(const struct shape *shape)
{
    size_t letters = shape->upper + shape->lower;
    if (shape->starts_with_digit && !shape->other_letters && letters <= 3 && letters == shape->letters_at_end)
        return TOKEN_NUMBER;
    return TOKEN_WORD;
}

static struct slice lower_of(struct scanner *scanner, struct slice word, const struct shape *shape)
{
    if (shape->plain && shape->upper == 0)
        return word;
    size_t room = word.len + word.len / 2 + UTF8_MAX_BYTES;
    if (room > scanner->pool_left) {
        scanner->pool_left = room > LOWER_CHUNK ? room : LOWER_CHUNK;
        scanner->pool = arena_alloc(scanner->arena, scanner->pool_left);
    }
    struct slice lower = slice_of(scanner->pool, token_lower_into(word, scanner->pool));
    scanner->pool += lower.len;
    scanner->pool_left -= lower.len;
    return lower;
}

static void push(struct scanner *scanner, struct slice word, struct token token)
{
    struct shape shape = shape_of(word);
    if (token.kind == TOKEN_WORD)
        token.kind = (uint8_t)word_kind(&shape);
    token.flags = (uint8_t)(token.flags | flags_of_shape(&shape));
    token.lower = lower_of(scanner, word, &shape);
    if (scanner->small)
        token.small = small_words_find(scanner->small, token.lower);
    scanner->tokens =
        arena_grow(scanner->arena, scanner->tokens, scanner->count, &scanner->capacity, sizeof *scanner->tokens);
    scanner->tokens[scanner->count++] = token;
}

/* ------------------------------------------------------------------ scanning */

/* Reads one token at `at`, which is no space, and returns its end. */
static size_t scan_token(struct scanner *scanner, struct slice text, size_t at, uint32_t base, unsigned flags)
{
    enum token_kind kind;
    size_t end = token_end(&scanner->rules, text, at, &kind, &flags);
    struct slice word = slice_sub(text, at, end);
    size_t behind = broken_word_end(&scanner->broken, text, at, end, &word);
    end = behind ? behind : end;
    struct token token = {.span = {base + (uint32_t)at, base + (uint32_t)end}, .kind = (uint8_t)kind,
                          .flags = (uint8_t)flags};
    push(scanner, word, token);
    return end;
}

/* Appends the tokens of text until `limit` of them are there. False when the limit cut it short. */
static bool scan(struct scanner *scanner, struct slice text, uint32_t base, size_t limit)
{
    unsigned flags = 0;
    size_t at = 0, taken;
    while (at < text.len) {
        uint32_t c = utf8_decode(text, at, &taken);
        if (utf8_is_space(c)) {
            flags = TOKEN_SPACE_BEFORE;
            at += taken;
            continue;
        }
        if (scanner->count >= limit)
            return false;
        at = scan_token(scanner, text, at, base, flags);
        flags = 0;
    }
    return true;
}

static struct slice first_subtag(struct slice language)
{
    size_t len = 0;
    while (len < language.len && language.ptr[len] != '-' && language.ptr[len] != '_')
        len++;
    return slice_sub(language, 0, len);
}

static struct scanner make_scanner(const struct lexicon *lexicon, struct slice language, struct arena *arena)
{
    language = first_subtag(language);
    return (struct scanner){
        .arena = arena,
        .rules = {lexicon_table(lexicon, "abbreviations"), language,
                  .elides = slice_equals(language, SLICE("fr")) || slice_equals(language, SLICE("it")) ||
                            slice_equals(language, SLICE("ca")),
                  .suffixes = slice_equals(language, SLICE("tr"))},
        .sentences = {lexicon_table(lexicon, "abbreviations"), lexicon_table(lexicon, "sentence_starters"), language},
    };
}

struct token *tokens_split(const struct lexicon *lexicon, struct slice language, struct arena *arena,
                           struct slice text, uint32_t base_offset, uint32_t *count)
{
    struct scanner scanner = make_scanner(lexicon, language, arena);
    scan(&scanner, text, base_offset, SIZE_MAX);
    sentences_mark(&scanner.sentences, text, base_offset, scanner.tokens, (uint32_t)scanner.count);
    *count = (uint32_t)scanner.count;
    return scanner.tokens;
}

/* --------------------------------------------------------------------- stage */

static bool is_read(enum block_role role)
{
    return role == ROLE_HEADLINE || role == ROLE_STANDFIRST || role_is_prose(role);
}

/* Sentences from the marks of tokens [first, count), all of one block. */
static void push_sentences(struct scanner *scanner, uint32_t first, uint32_t block, struct article *article,
                           size_t *capacity)
{
    for (uint32_t at = first; at < scanner->count; at++) {
        if (scanner->tokens[at].flags & TOKEN_SENTENCE_START) {
            article->sentences = arena_grow(scanner->arena, article->sentences, article->sentence_count, capacity,
                                            sizeof *article->sentences);
            article->sentences[article->sentence_count++] = (struct sentence){at, at, block};
        }
        article->sentences[article->sentence_count - 1].end = at + 1;
    }
}

enum err tokens_run(struct job *job)
{
    struct article *article = &job->article;
    struct scanner scanner = make_scanner(job->knowledge->lexicon, article->language.value, job->arena);
    scanner.small = small_words_of(job->knowledge->small_words, article->language.value);
    scanner.broken.job = job->kind == INPUT_TEXT ? job : NULL;
    size_t sentence_capacity = 0;
    bool complete = true;
    for (uint32_t i = 0; i < article->block_count && complete; i++) {
        const struct block *block = &article->blocks[i];
        if (!is_read(block->role))
            continue;
        uint32_t first = (uint32_t)scanner.count;
        complete = scan(&scanner, block_text(article, block), block->span.start, LIMIT_TOKENS);
        if (first == scanner.count)
            continue;
        if (block->role == ROLE_HEADLINE)
            scanner.tokens[first].flags |= TOKEN_SENTENCE_START;
        else
            sentences_mark(&scanner.sentences, article->text, 0, scanner.tokens + first,
                           (uint32_t)scanner.count - first);
        push_sentences(&scanner, first, i, article, &sentence_capacity);
    }
    article->tokens = scanner.tokens;
    article->token_count = (uint32_t)scanner.count;
    if (!complete)
        job_warn(job, "text_too_long", "actors", "the text is longer than what is read; the rest was left out");
    return ERR_NONE;
}
