#include "model/small_words.h"

#include <assert.h>

#define LANGUAGES_MAX 64
#define WORDS_EXPECTED 256 /* of a language */

struct small_words {
    struct slice languages[LANGUAGES_MAX];
    struct map words[LANGUAGES_MAX]; /* of each: word -> bits of enum small_word */
    size_t count;
    struct map others; /* of languages that are not listed */
};

/* In the order of the bits from SMALL_DETERMINER on. */
static const char *const grammar_names[] = {"determiner", "article", "of", "copula", "conjunction", "speech", "pronoun",
                                            "where", "part", "agent", "relative", "negation", "indefinite"};

static unsigned grammar_bit(struct slice name)
{
    for (size_t i = 0; i < sizeof grammar_names / sizeof grammar_names[0]; i++)
        if (slice_equals(name, slice_from_cstr(grammar_names[i])))
            return (unsigned)SMALL_DETERMINER << i;
    assert(!"data/lexicon/grammar_words.tsv names what no word does");
    return 0;
}

static void add_bits(struct map *words, struct slice word, unsigned bits)
{
    void **value = map_at(words, word);
    *value = (void *)((uintptr_t)*value | bits);
}

static void add_list(struct map *words, struct slice list, unsigned bits)
{
    struct slice word;
    while (slice_split(&list, ' ', &word))
        if (word.len)
            add_bits(words, word, bits);
}


static size_t index_of(const struct small_words *words, struct slice language)
{
    size_t i = 0;
    while (i < words->count && !slice_equals(words->languages[i], language))
        i++;
    return i;
}

static void add_stop_words(struct small_words *words, struct arena *arena, const struct lexicon_table *table)
{
    struct slice text = lexicon_table_text(table);
    for (struct lexicon_row row; lexicon_read_row(&text, &row);) {
        assert(words->count < LANGUAGES_MAX);
        struct map *own = &words->words[words->count];
        words->languages[words->count++] = row.columns[0];
        *own = map_make(arena, WORDS_EXPECTED);
        add_list(own, row.columns[1], SMALL_FUNCTION | SMALL_STOP);
        add_list(own, row.columns[2], SMALL_STOP);
        if (!slice_equals(row.columns[0], SLICE("en")))
            continue;
        add_list(&words->others, row.columns[1], SMALL_STOP);
        add_list(&words->others, row.columns[2], SMALL_STOP);
    }
}

static void add_grammar(struct small_words *words, const struct lexicon_table *table)
{
    struct slice text = lexicon_table_text(table);
    for (struct lexicon_row row; lexicon_read_row(&text, &row);) {
        size_t language = index_of(words, row.columns[2]);
        assert(language < words->count); /* its function words are listed */
        add_bits(&words->words[language], row.columns[0], grammar_bit(row.columns[1]));
    }
}

const struct small_words *small_words_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct small_words *words = arena_calloc(arena, 1, sizeof *words);
    words->others = map_make(arena, WORDS_EXPECTED);
    add_stop_words(words, arena, lexicon_table(lexicon, "stop_words"));
    add_grammar(words, lexicon_table(lexicon, "grammar_words"));
    for (size_t i = 0; i < words->count; i++)
        map_settle(&words->words[i]);
    map_settle(&words->others);
    return words;
}

const struct map *small_words_of(const struct small_words *words, struct slice language)
{
    size_t index = index_of(words, slice_is_null(language) ? SLICE("en") : language);
    return index < words->count ? &words->words[index] : &words->others;
}
