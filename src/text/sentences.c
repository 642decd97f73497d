#include "sentences_internal.h"

#include "base/utf8.h"

bool lexicon_row_speaks(struct slice column, struct slice language)
{
    struct slice part;
    if (language.len == 0 || slice_equals(column, SLICE("*")))
        return true;
    while (slice_split(&column, ',', &part))
        if (slice_equals(part, language))
            return true;
    return false;
}

struct row_of_tokens {
    const struct sentence_rules *rules;
    struct slice text;
    uint32_t base;
    const struct token *tokens;
    uint32_t count;
    bool caseless;
};

static struct slice text_of(const struct row_of_tokens *row, uint32_t at)
{
    struct span span = row->tokens[at].span;
    return slice_sub(row->text, span.start - row->base, span.end - row->base);
}

static uint32_t first_char(const struct row_of_tokens *row, uint32_t at)
{
    size_t taken;
    return utf8_decode(text_of(row, at), 0, &taken);
}

static bool is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x061F;
}

static bool is_quote_or_bracket(uint32_t c)
{
    switch (c) {
    case '"': case '\'': case ')': case ']': case '}': case 0xAB: case 0xBB: case 0x2018: case 0x2019: case 0x201A:
    case 0x201C: case 0x201D: case 0x201E: case 0x2039: case 0x203A: case 0x300D: case 0x300F:
        return true;
    default:
        return false;
    }
}

static bool is_opener(uint32_t c)
{
    return is_quote_or_bracket(c) ? c != ')' && c != ']' && c != '}' : c == '(' || c == '[' || c == 0xBF || c == 0xA1;
}

static bool begins_sentences(const struct sentence_rules *rules, struct slice lower)
{
    const struct lexicon_row *row = lexicon_find(rules->starters, lower);
    for (; row; row = row->next)
        if (lexicon_row_speaks(row->columns[1], rules->language))
            return true;
    return false;
}

/* German and its neighbours write ordinals with a full stop: "am 14. März", "der 3. Platz". */
static bool writes_ordinals_with_stop(struct slice language)
{
    static const char *const languages[] = {"de", "da", "nb", "no", "nn", "cs", "sk", "hu", "fi", "hr", "sl"};
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (slice_equals(language, slice_from_cstr(languages[i])))
            return true;
    return false;
}

/* The token before the stop is a short number, at the start of the block ("1. Princess ...", a list) or
 * in a language that writes ordinals so. */
static bool is_ordinal(const struct row_of_tokens *row, uint32_t stop)
{
    if (stop == 0 || row->tokens[stop - 1].kind != TOKEN_NUMBER || row->tokens[stop].flags & TOKEN_SPACE_BEFORE)
        return false;
    struct slice number = text_of(row, stop - 1);
    for (size_t i = 0; i < number.len; i++)
        if (!ascii_is_digit(number.ptr[i]))
            return false;
    return number.len <= 3 && (stop == 1 || writes_ordinals_with_stop(row->rules->language));
}

/* Lower-cased, where the stop of "adam m. walton", "mr. holt" and "jan. 9" is a token of its own. */
static bool is_of_word(const struct row_of_tokens *row, uint32_t stop, uint32_t next)
{
    if (!row->caseless || stop == 0 || row->tokens[stop - 1].kind != TOKEN_WORD ||
        row->tokens[stop].flags & TOKEN_SPACE_BEFORE)
        return false;
    struct slice word = row->tokens[stop - 1].lower;
    bool number = row->tokens[next].kind == TOKEN_NUMBER;
    const struct lexicon_row *entry = lexicon_find(row->rules->abbreviations, word);
    for (; entry; entry = entry->next)
        if (lexicon_row_speaks(entry->columns[2], row->rules->language) &&
            (number ? slice_equals(entry->columns[1], SLICE("month"))
                    : slice_equals(entry->columns[1], SLICE("title")) ||
                          slice_equals(entry->columns[1], SLICE("honorific"))))
            return true;
    return word.len == 1 && !number;
}

/* Does a sentence begin at `next`, after a stop whose last token is `stop`? */
static bool begins_after_stop(const struct row_of_tokens *row, uint32_t stop, uint32_t next)
{
    const struct token *token = &row->tokens[next];
    uint32_t first = first_char(row, next);
    bool abbreviation = row->tokens[stop].flags & TOKEN_ABBREVIATION; /* "TULSA, Okla. (AP) - The" */
    if (is_opener(first) && !(abbreviation && first == '('))
        return token->flags & TOKEN_SPACE_BEFORE || first == 0xBF || first == 0xA1;
    if (token->kind == TOKEN_PUNCTUATION)
        return (first == '-' || first == 0x2013 || first == 0x2014) && !abbreviation &&
               token->flags & TOKEN_SPACE_BEFORE && next == stop + 1;
    if (is_of_word(row, stop, next) ||
        (token->flags & TOKEN_LOWER && !(row->caseless && token->flags & TOKEN_SPACE_BEFORE)))
        return false;
    if (abbreviation || is_ordinal(row, stop))
        return (token->flags & TOKEN_CAPITALISED || row->caseless) && begins_sentences(row->rules, token->lower);
    return true;
}

/* No word has a capital, so that none can tell where a sentence begins. */
static bool is_caseless(const struct token *tokens, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (tokens[i].flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER))
            return false;
    return true;
}

void sentences_mark(const struct sentence_rules *rules, struct slice text, uint32_t base, struct token *tokens,
                    uint32_t count)
{
    struct row_of_tokens row = {rules, text, base, tokens, count, is_caseless(tokens, count)};
    if (count)
        tokens[0].flags |= TOKEN_SENTENCE_START;
    for (uint32_t at = 0; at + 1 < count; at++) {
        bool abbreviation = tokens[at].flags & TOKEN_ABBREVIATION;
        if (!abbreviation && (tokens[at].kind != TOKEN_PUNCTUATION || !is_stop(first_char(&row, at))))
            continue;
        uint32_t next = at + 1; /* past quotes and brackets that close right after the stop, and further stops */
        while (next < count && !(tokens[next].flags & TOKEN_SPACE_BEFORE) && tokens[next].kind == TOKEN_PUNCTUATION &&
               (is_quote_or_bracket(first_char(&row, next)) || is_stop(first_char(&row, next))))
            next++;
        if (next < count && begins_after_stop(&row, at, next))
            tokens[next].flags |= TOKEN_SENTENCE_START;
        at = next - 1;
    }
}
