#include "model/text_words.h"

#include "model/small_words.h"

static void push_word(struct text_words *words, struct text_word word)
{
    words->words = arena_grow(words->arena, words->words, words->count, &words->capacity, sizeof *words->words);
    words->words[words->count++] = word;
}

static void push_parts(struct text_words *words, struct text_word word, const struct map *small)
{
    struct slice rest = word.lower;
    if (slice_find_byte(rest, '-', 0) == SLICE_NOT_FOUND) {
        push_word(words, word);
        return;
    }
    while (slice_split(&rest, '-', &word.lower)) {
        if (!word.lower.len)
            continue;
        word.stop = small_words_find(small, word.lower) & SMALL_STOP;
        push_word(words, word);
        word.breaks = false;
    }
}

static void read_sentence(struct text_words *words, const struct article *article, const struct sentence *sentence,
                          const struct map *small)
{
    bool headline = article->blocks[sentence->block].role == ROLE_HEADLINE, breaks = true;
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = &article->tokens[i];
        if (token->kind == TOKEN_PUNCTUATION || token->kind == TOKEN_SYMBOL) {
            breaks = true;
        } else if (!slice_equals(token->lower, SLICE("'s"))) {
            bool stop = token->small & SMALL_STOP;
            push_parts(words,
                       (struct text_word){
                           .lower = token->lower, .token = i, .breaks = breaks, .in_headline = headline, .stop = stop},
                       small);
            breaks = false;
        }
    }
}

struct text_words text_words_read(struct arena *arena, const struct article *article, const struct map *small)
{
    struct text_words words = {.arena = arena, .capacity = article->token_count + 64};
    words.words = arena_alloc(arena, words.capacity * sizeof *words.words);
    for (uint32_t s = 0; s < article->sentence_count; s++)
        read_sentence(&words, article, &article->sentences[s], small);
    return words;
}
