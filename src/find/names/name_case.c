#include "find/names/name_case.h"

#include "article/knowledge.h"
#include "base/utf8.h"
#include "model/gazetteer.h"
#include "model/small_words.h"

#define LOUD_REACH 24u    /* words to either side that are looked at */
#define FEWEST_LOUD 3
#define SHORTEST_PLACE 4  /* bytes; shorter places in capitals are acronyms: "UAE" */

struct writer {
    const struct gazetteer *gazetteer;
    const struct map *small_words;
    const struct lexicon_table *particles;
    char *out;
    size_t len;
};

/* Are the words around in capitals, within the sentence? */
static bool is_loud(const struct article *article, uint32_t at)
{
    uint32_t start = at, end = at + 1, words = 0, upper = 0;
    while (start > 0 && at - start < LOUD_REACH && !(article->tokens[start].flags & TOKEN_SENTENCE_START))
        start--;
    while (end < article->token_count && end - at < LOUD_REACH && !(article->tokens[end].flags & TOKEN_SENTENCE_START))
        end++;
    for (uint32_t i = start; i < end; i++) {
        words += article->tokens[i].kind == TOKEN_WORD;
        upper += article->tokens[i].kind == TOKEN_WORD && article->tokens[i].flags & TOKEN_ALL_UPPER;
    }
    return words >= FEWEST_LOUD && upper * 5 >= words * 4;
}

bool name_case_is_unpronounceable(struct slice lower)
{
    if (slice_starts(lower, SLICE("'"))) /* the mark of possession */
        return false;
    for (size_t i = 0; i < lower.len; i++)
        if ((lower.ptr[i] & 0x80) || strchr("aeiouy0123456789", lower.ptr[i]))
            return false;
    return lower.len >= 2;
}

/* "fbi", "u.s.", "bbc"; "who" and "us" are other words as well. */
static bool is_acronym(const struct writer *writer, const struct token *token)
{
    const struct gazetteer_entry *entry = gazetteer_find(writer->gazetteer, token, 1);
    if (entry && entry->classes & NAME_CAPITALS)
        return true;
    size_t stop = slice_find_byte(token->lower, '.', 0);
    return stop == SLICE_NOT_FOUND ? name_case_is_unpronounceable(token->lower) : stop + 1 < token->lower.len;
}

/* A part of a word; a whole one has been looked up as a token. */
static bool is_small_part(const struct writer *writer, struct slice word)
{
    return small_words_find(writer->small_words, word) & SMALL_FUNCTION || lexicon_find(writer->particles, word);
}

/* Has the letter at `at` a capital: the first, one behind a hyphen ("Al-Shabaab"), "O'Brien", "McConnell". */
static bool begins_part(const struct writer *writer, struct slice word, size_t at)
{
    if (at == 0)
        return true;
    if (word.ptr[at - 1] == '-') {
        size_t hyphen = slice_find_byte(word, '-', at);
        return !is_small_part(writer, slice_sub(word, at, hyphen == SLICE_NOT_FOUND ? word.len : hyphen));
    }
    return at == 2 && ((word.ptr[1] == '\'' && word.len > 4) || (word.len > 5 && slice_starts(word, SLICE("mc"))));
}

static void write_word(struct writer *writer, const struct token *token, bool first)
{
    struct slice word = token->lower;
    bool acronym = is_acronym(writer, token);
    bool small = !first && !acronym && (token->small & SMALL_FUNCTION || lexicon_find(writer->particles, word));
    for (size_t at = 0, taken; at < word.len; at += taken) {
        uint32_t c = utf8_decode(word, at, &taken);
        bool capital = acronym || (!small && begins_part(writer, word, at));
        writer->len += utf8_encode(capital ? utf8_to_upper(c) : c, writer->out + writer->len);
    }
}

static struct slice write_words(const struct job *job, uint32_t first, uint32_t end)
{
    const struct article *article = &job->article;
    size_t size = 0;
    for (uint32_t i = first; i < end; i++)
        size += 2 * article->tokens[i].lower.len + UTF8_MAX_BYTES;
    struct writer writer = {.gazetteer = job->knowledge->gazetteer,
                            .small_words = small_words_of(job->knowledge->small_words, article->language.value),
                            .particles = lexicon_table(job->knowledge->lexicon, "name_particles"),
                            .out = arena_alloc(job->arena, size)};
    for (uint32_t i = first; i < end; i++) {
        if (i > first && article->tokens[i].span.start > article->tokens[i - 1].span.end)
            writer.out[writer.len++] = ' ';
        write_word(&writer, &article->tokens[i], i == first);
    }
    return slice_of(writer.out, writer.len);
}

static bool is_known_place(const struct job *job, uint32_t first, uint32_t end)
{
    const struct gazetteer_entry *entry =
        gazetteer_find(job->knowledge->gazetteer, &job->article.tokens[first], end - first);
    return entry && entry->classes & NAME_ANY_PLACE && !(entry->classes & (NAME_CAPITALS | NAME_ORGANIZATION));
}

/* The token's text without the end of a line that it goes over: "Szent-" "irmai"; before a capital the hyphen stays. */
static size_t copy_unbroken(struct slice word, char *out)
{
    size_t line = slice_find_byte(word, '\n', 0), len = line == SLICE_NOT_FOUND ? word.len : line, next = line, taken;
    memcpy(out, word.ptr, len);
    if (line == SLICE_NOT_FOUND)
        return len;
    while (len > 0 && out[len - 1] != '-')
        len--;
    while (next < word.len && strchr(" \t\r\n", word.ptr[next]))
        next++;
    if (len > 0 && next < word.len && !utf8_is_upper(utf8_decode(word, next, &taken)))
        len--;
    memcpy(out + len, word.ptr + next, word.len - next);
    return len + word.len - next;
}

struct slice name_case_as_it_stands(const struct job *job, uint32_t first, uint32_t end)
{
    const struct token *tokens = job->article.tokens;
    struct slice text = article_text(&job->article, (struct span){tokens[first].span.start, tokens[end - 1].span.end});
    if (slice_find_byte(text, '\n', 0) == SLICE_NOT_FOUND)
        return utf8_squash(job->arena, text);
    char *out = arena_alloc(job->arena, text.len + 1);
    size_t len = 0;
    for (uint32_t i = first; i < end; i++) {
        if (i > first && tokens[i].span.start > tokens[i - 1].span.end)
            out[len++] = ' ';
        len += copy_unbroken(article_text(&job->article, tokens[i].span), out + len);
    }
    return utf8_squash(job->arena, slice_of(out, len));
}

struct slice name_case_written(const struct job *job, uint32_t first, uint32_t end)
{
    struct slice name = name_case_as_it_stands(job, first, end);
    if (utf8_all_lower(name))
        return write_words(job, first, end);
    if (!utf8_all_upper(name) ||
        !(is_loud(&job->article, first) || (name.len >= SHORTEST_PLACE && is_known_place(job, first, end))))
        return name;
    return write_words(job, first, end);
}

struct slice name_case_common(const struct job *job, uint32_t first, uint32_t end)
{
    struct slice text = name_case_as_it_stands(job, first, end);
    return utf8_all_upper(text) && is_loud(&job->article, first) ? utf8_lower(job->arena, text) : text;
}
