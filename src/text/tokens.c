#include "text/tokens.h"

#include "article/limits.h"
#include "base/utf8.h"
#include "sentences_internal.h"

#define LOWER_CHUNK 4096        /* lower forms are cut from pieces of this size */
#define LONGEST_ABBREVIATION 24 /* bytes; what is longer is no abbreviation, and not looked up */

struct scanner {
    struct arena *arena;
    const struct lexicon_table *abbreviations;
    struct sentence_rules rules;
    bool elides; /* the language writes l'Iran, dell'Economia */
    struct token *tokens;
    size_t count, capacity;
    char *pool; /* room for lower forms */
    size_t pool_left;
};

/* ------------------------------------------------------------------ classes */

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* Printed as nothing, and part of the word that it stands in. */
static bool is_invisible(uint32_t c)
{
    return c == 0xAD || c == 0x200C || c == 0x200D || c == 0x2060;
}

static bool is_word_char(uint32_t c)
{
    if (c < 0x80)
        return ascii_is_alpha((char)c) || ascii_is_digit((char)c) || c == '_';
    return !utf8_is_cjk(c) && (utf8_is_word(c) || is_invisible(c));
}

static bool word_char_at(struct slice text, size_t at, size_t *taken)
{
    if (at >= text.len)
        return false;
    return is_word_char(utf8_decode(text, at, taken));
}

static bool is_symbol(uint32_t c)
{
    if (c < 0x80)
        return memchr("$%&*+/<=>@#^`|~", (int)c, 15) != NULL;
    return (c >= 0xA2 && c <= 0xA9 && c != 0xA7) || c == 0xAC || (c >= 0xAE && c <= 0xB1) || c == 0xB4 || c == 0xD7 ||
           c == 0xF7 || c == 0x2030 || (c >= 0x20A0 && c <= 0x20CF) || (c >= 0x2100 && c <= 0x2BFF) || c >= 0x1F000;
}

/* ---------------------------------------------------------------- the words */

static size_t run_end(struct slice text, size_t at)
{
    size_t taken = 0;
    while (word_char_at(text, at, &taken))
        at += taken;
    return at;
}

/* 's and ’s at the end of a word. */
static bool is_possessive(struct slice text, size_t after_apostrophe)
{
    size_t taken;
    return after_apostrophe < text.len && (text.ptr[after_apostrophe] | 0x20) == 's' &&
           !word_char_at(text, after_apostrophe + 1, &taken);
}

/* Where a word [start, end) goes on behind the mark at `end`; 0 where the mark ends it. UAX #29, WB6, 7,
 * 11 and 12, with hyphen, ampersand, at and slash added. */
static size_t joined_at(const struct scanner *scanner, struct slice text, size_t end)
{
    size_t taken, next_taken, before_taken;
    if (end == 0 || end + 1 >= text.len)
        return 0;
    uint32_t mark = utf8_decode(text, end, &taken);
    size_t next = end + taken;
    if (!word_char_at(text, next, &next_taken))
        return 0;
    uint32_t before = utf8_decode_before(text, end, &before_taken), after = utf8_decode(text, next, &next_taken);
    bool digits = utf8_is_digit(before) && utf8_is_digit(after);
    bool letters = !utf8_is_digit(before) && !utf8_is_digit(after);
    switch (mark) {
    case '\'': case 0x2019:
        return letters && (!scanner->elides || before == 'O') && !is_possessive(text, next) ? next : 0;
    case '.': /* "said.The" is two words that lost their blank */
        return digits || (letters && !(utf8_is_lower(before) && utf8_is_upper(after))) ? next : 0;
    case ',': case ':': case '/':
        return digits ? next : 0;
    case '&': case 0xB7:
        return letters ? next : 0;
    case '-': case 0x2010: case 0x2011: case '@':
        return next;
    default:
        return 0;
    }
}

static size_t word_end(const struct scanner *scanner, struct slice text, size_t at)
{
    size_t end = run_end(text, at), joined;
    while ((joined = joined_at(scanner, text, end)))
        end = run_end(text, joined);
    return end;
}

/* ----------------------------------------------------- full stops in tokens */

/* Lower-cases, makes apostrophes plain and drops what prints as nothing; `out` has room for 3/2 len + 4. */
static size_t lower_into(struct slice word, char *out)
{
    size_t len = 0, taken;
    for (size_t at = 0; at < word.len; at += taken) {
        taken = 1;
        if ((unsigned char)word.ptr[at] < 0x80) {
            out[len++] = ascii_to_lower(word.ptr[at]);
            continue;
        }
        uint32_t c = utf8_decode(word, at, &taken);
        if (is_apostrophe(c) || c == 0x2018) {
            out[len++] = '\'';
        } else if (c == UTF8_REPLACEMENT) { /* what cannot be read stays, byte for byte */
            memcpy(out + len, word.ptr + at, taken);
            len += taken;
        } else if (!is_invisible(c)) {
            len += utf8_encode(utf8_to_lower(c), out + len);
        }
    }
    return len;
}

/* Single letters with stops between them: "U.S", "p.m", "z.B". */
static bool is_acronym(struct slice word)
{
    size_t taken, letters = 0;
    for (size_t at = 0; at < word.len; letters++) {
        if (!utf8_is_letter(utf8_decode(word, at, &taken)))
            return false;
        at += taken;
        if (at < word.len && word.ptr[at++] != '.')
            return false;
    }
    return letters >= 2;
}

/* The code point after the stop at `stop` and blanks; 0 at the end. */
static uint32_t char_after_stop(struct slice text, size_t stop)
{
    size_t at = stop + 1, taken;
    while (at < text.len) {
        uint32_t c = utf8_decode(text, at, &taken);
        if (!utf8_is_space(c))
            return c;
        at += taken;
    }
    return 0;
}

/* The kinds of data/lexicon/abbreviations.tsv: what must stand around a stop that belongs to the word. */
static bool kind_fits(struct slice kind, bool capitalised, uint32_t after)
{
    if (slice_equals(kind, SLICE("title")))
        return capitalised && utf8_is_upper(after);
    if (slice_equals(kind, SLICE("honorific")))
        return utf8_is_upper(after);
    if (slice_equals(kind, SLICE("number")))
        return utf8_is_digit(after);
    if (slice_equals(kind, SLICE("month")))
        return capitalised && utf8_is_digit(after);
    if (slice_equals(kind, SLICE("letter")))
        return utf8_is_letter(after);
    return true;
}

static bool is_listed(const struct scanner *scanner, struct slice text, struct slice word, size_t stop)
{
    char lower[LONGEST_ABBREVIATION * 2];
    const struct lexicon_row *row = lexicon_find(scanner->abbreviations, slice_of(lower, lower_into(word, lower)));
    for (; row; row = row->next)
        if (lexicon_row_speaks(row->columns[2], scanner->rules.language) &&
            kind_fits(row->columns[1], utf8_starts_upper(word), char_after_stop(text, stop)))
            return true;
    return false;
}

/* Does the stop at `end` belong to the word [start, end)? */
static bool owns_stop(const struct scanner *scanner, struct slice text, size_t start, size_t end)
{
    if (end >= text.len || text.ptr[end] != '.' || end - start > LONGEST_ABBREVIATION)
        return false;
    if (end + 1 < text.len && text.ptr[end + 1] == '.') /* an ellipsis */
        return false;
    struct slice word = slice_sub(text, start, end);
    size_t taken;
    uint32_t first = utf8_decode(word, 0, &taken);
    if (taken == word.len && utf8_is_upper(first)) { /* an initial: J. K. Rowling, J.-P. */
        uint32_t after = char_after_stop(text, end);
        if (utf8_is_upper(after) || after == '-')
            return true;
    }
    return is_acronym(word) || is_listed(scanner, text, word, end);
}

/* ------------------------------------------------------------ other tokens */

static size_t url_end(struct slice text, size_t at)
{
    struct slice rest = slice_sub(text, at, text.len);
    if (!slice_starts_nocase(rest, SLICE("http://")) && !slice_starts_nocase(rest, SLICE("https://")) &&
        !slice_starts_nocase(rest, SLICE("www.")))
        return 0;
    size_t end = at, taken;
    while (end < text.len) {
        uint32_t c = utf8_decode(text, end, &taken);
        if (utf8_is_space(c) || c == '"' || c == '<' || c == '>' || (c >= 0x2018 && c <= 0x201E) || c == 0xBB)
            break;
        end += taken;
    }
    while (end > at && memchr(".,;:!?)'\"]", text.ptr[end - 1], 10))
        end--;
    return end;
}

/* Marks that come in runs: "...", "--", "!!". */
static size_t mark_end(struct slice text, size_t at, uint32_t c, size_t taken)
{
    size_t end = at + taken;
    if (c < 0x80 && memchr(".-!?=*_~#", (int)c, 9))
        while (end < text.len && text.ptr[end] == (char)c)
            end++;
    while (end < text.len && (unsigned char)text.ptr[end] >= 0x80 && utf8_is_mark(utf8_decode(text, end, &taken)))
        end += taken; /* emoji with their variation selectors */
    return end;
}

static size_t other_end(const struct scanner *scanner, struct slice text, size_t at, uint32_t c, size_t taken)
{
    size_t unused;
    if (is_apostrophe(c) && at > 0 && is_possessive(text, at + taken) &&
        is_word_char(utf8_decode_before(text, at, &unused)))
        return at + taken + 1;
    if ((c == '@' || c == '#') && word_char_at(text, at + 1, &unused))
        return word_end(scanner, text, at + 1);
    return utf8_is_cjk(c) ? at + taken : mark_end(text, at, c, taken);
}

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
    struct shape shape = {.plain = true};
    size_t taken;
    for (size_t at = 0; at < word.len; at += taken) {
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
    struct slice lower = slice_of(scanner->pool, lower_into(word, scanner->pool));
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
    scanner->tokens =
        arena_grow(scanner->arena, scanner->tokens, scanner->count, &scanner->capacity, sizeof *scanner->tokens);
    scanner->tokens[scanner->count++] = token;
}

/* ------------------------------------------------------------------ scanning */

/* The end of the word at `start`, with the stop or apostrophe that belongs to it. */
static size_t whole_word_end(const struct scanner *scanner, struct slice text, size_t start, unsigned *flags)
{
    size_t end = url_end(text, start), taken;
    if (end)
        return end;
    end = word_end(scanner, text, start);
    while (owns_stop(scanner, text, start, end)) {
        size_t after = end + 1;
        if (after >= text.len || text.ptr[after] != '-' || !word_char_at(text, after + 1, &taken)) {
            *flags |= TOKEN_ABBREVIATION;
            return after;
        }
        start = after + 1; /* U.S.-led, J.-P. */
        end = word_end(scanner, text, start);
    }
    if (scanner->elides && end < text.len && is_apostrophe(utf8_decode(text, end, &taken)) &&
        word_char_at(text, end + taken, &(size_t){0}) && !is_possessive(text, end + taken))
        return end + taken; /* l' */
    return end;
}

static enum token_kind other_kind(uint32_t c)
{
    if (utf8_is_cjk(c) || is_apostrophe(c))
        return TOKEN_WORD;
    return is_symbol(c) ? TOKEN_SYMBOL : TOKEN_PUNCTUATION;
}

/* Reads one token at `at`, which is no space, and returns its end. */
static size_t scan_token(struct scanner *scanner, struct slice text, size_t at, uint32_t base, unsigned flags)
{
    size_t taken, end;
    uint32_t c = utf8_decode(text, at, &taken);
    enum token_kind kind = TOKEN_WORD;
    if (is_word_char(c)) {
        end = whole_word_end(scanner, text, at, &flags);
    } else {
        end = other_end(scanner, text, at, c, taken);
        kind = is_apostrophe(c) && end == at + taken ? TOKEN_PUNCTUATION : other_kind(c);
    }
    struct token token = {.span = {base + (uint32_t)at, base + (uint32_t)end}, .kind = (uint8_t)kind,
                          .flags = (uint8_t)flags};
    push(scanner, slice_sub(text, at, end), token);
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
        .abbreviations = lexicon_table(lexicon, "abbreviations"),
        .rules = {lexicon_table(lexicon, "sentence_starters"), language},
        .elides = slice_equals(language, SLICE("fr")) || slice_equals(language, SLICE("it")) ||
                  slice_equals(language, SLICE("ca")),
    };
}

struct token *tokens_split(const struct lexicon *lexicon, struct slice language, struct arena *arena,
                           struct slice text, uint32_t base_offset, uint32_t *count)
{
    struct scanner scanner = make_scanner(lexicon, language, arena);
    scan(&scanner, text, base_offset, SIZE_MAX);
    sentences_mark(&scanner.rules, text, base_offset, scanner.tokens, (uint32_t)scanner.count);
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
            sentences_mark(&scanner.rules, article->text, 0, scanner.tokens + first, (uint32_t)scanner.count - first);
        push_sentences(&scanner, first, i, article, &sentence_capacity);
    }
    article->tokens = scanner.tokens;
    article->token_count = (uint32_t)scanner.count;
    if (!complete)
        job_warn(job, "text_too_long", "actors", "the text is longer than what is read; the rest was left out");
    return ERR_NONE;
}
