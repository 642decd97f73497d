/* Tells the language of prose: first the script, then, among the languages of that script, function
 * words, letters that a language does without, and endings: naive Bayes over these three. Function words make up
 * a third of running text in any language and hardly depend on what it is about, which is why a page of
 * them is enough (Grefenstette 1995, "Comparing two language identification schemes"). */
#include <math.h>

#include "base/utf8.h"
#include "language_internal.h"

#define BYTES_READ 2400u    /* some 350 words: more changes no decision */
#define WORD_BYTES 48u      /* no function word is longer */
#define WORD_WEIGHT 2.5f    /* a listed word is about 12 times as frequent in its language as elsewhere */
#define ENDING_WEIGHT 0.7f
#define COMMON_WEIGHT 0.8f
#define LETTER_WEIGHT 2.0f  /* taken off where a word has a letter that the language does without */
#define NAME_LETTER_WEIGHT 0.3f /* ... in a capitalised word, which may be a foreign name */
#define TEMPER 0.45f        /* words of one text are not independent */
#define LEAST_SHARE 0.08f   /* function words below this share: a language that is not in the table */
#define TELLING_SHARE                                                                                                  \
    0.1f /* ... unless so many words have letters that few languages write: Turkish and Finnish need few function      \
            words */
#define ALIEN_SHARE 0.02f   /* and so few have one that it does without */

struct reading {
    const struct language_model *model;
    size_t letters[SCRIPTS_MAX];
    size_t bytes, words;
    float scores[LANGUAGES_MAX];
    unsigned hits[LANGUAGES_MAX];
    unsigned aliens[LANGUAGES_MAX]; /* words with a letter that the language does without */
    unsigned marked;                /* words with a letter that some language does without */
};

struct word {
    char bytes[WORD_BYTES];
    size_t len;
    uint64_t without; /* languages that do without one of its letters */
    bool capitalised, too_long;
};

static int script_of(const struct language_model *model, uint32_t c)
{
    for (size_t i = 0; i < model->range_count; i++)
        if (c >= model->ranges[i].first && c <= model->ranges[i].last)
            return model->ranges[i].script;
    return -1;
}

static void add_to(float *scores, uint64_t languages, float weight)
{
    for (; languages; languages &= languages - 1)
        scores[__builtin_ctzll(languages)] += weight;
}

static uint64_t mask_of(const struct map *map, struct slice key)
{
    const uint64_t *mask = map_get(map, key);
    return mask ? *mask : 0;
}

static uint64_t endings_of(const struct language_model *model, struct slice word)
{
    uint64_t mask = 0;
    unsigned lengths = model->ending_lengths[(unsigned char)word.ptr[word.len - 1]];
    for (size_t len = 2; len <= ENDING_BYTES && len + 3 <= word.len; len++)
        if (lengths >> len & 1)
            mask |= mask_of(&model->endings, slice_sub(word, word.len - len, word.len));
    return mask;
}

static void count_word(struct reading *reading, const struct word *word)
{
    struct slice text = slice_of(word->bytes, word->len);
    if (word->len == 0)
        return;
    reading->words++;
    reading->marked += word->without != 0;
    for (uint64_t left = word->without; left; left &= left - 1)
        reading->aliens[__builtin_ctzll(left)]++;
    add_to(reading->scores, word->without, word->capitalised ? -NAME_LETTER_WEIGHT : -LETTER_WEIGHT);
    if (word->too_long)
        return;
    uint64_t languages = mask_of(&reading->model->words, text);
    add_to(reading->scores, languages, WORD_WEIGHT);
    for (uint64_t left = languages; left; left &= left - 1)
        reading->hits[__builtin_ctzll(left)]++;
    if (languages)
        return;
    add_to(reading->scores, endings_of(reading->model, text), ENDING_WEIGHT);
    bool common = text.len >= COMMON_BYTES && !word->capitalised; /* names are met in any language */
    if (common && word_class_of(reading->model->word_classes, text) != WORD_UNLISTED)
        add_to(reading->scores, UINT64_C(1) << ENGLISH, COMMON_WEIGHT);
}

static void add_letter(struct reading *reading, struct word *word, uint32_t c)
{
    int script = script_of(reading->model, c);
    uint32_t lower = utf8_to_lower(c);
    if (script >= 0)
        reading->letters[script]++;
    if (word->len == 0 && !word->too_long)
        word->capitalised = lower != c;
    if (lower < LETTERS_MAX)
        word->without |= reading->model->letters[lower];
    if (word->len + UTF8_MAX_BYTES > WORD_BYTES)
        word->too_long = true;
    else
        word->len += utf8_encode(lower, word->bytes + word->len);
}

/* Apostrophes end a word, so that elided articles (l', d', dell') count as the words they are. */
static void read_words(struct reading *reading, struct slice text)
{
    struct word word = {0};
    size_t taken;
    for (size_t at = 0; at < text.len && reading->bytes < BYTES_READ; at += taken, reading->bytes += taken) {
        uint32_t c = utf8_decode(text, at, &taken);
        if (utf8_is_letter(c) || utf8_is_mark(c)) {
            add_letter(reading, &word, c);
        } else {
            count_word(reading, &word);
            word = (struct word){0};
        }
    }
    count_word(reading, &word);
}

/* Prose first; where no block was found to be prose, all that is shown. */
static void read_blocks(struct reading *reading, const struct article *article, bool prose)
{
    for (uint32_t i = 0; i < article->block_count && reading->bytes < BYTES_READ; i++) {
        const struct block *block = &article->blocks[i];
        if (prose ? role_is_prose(block->role) : !(block->flags & BLOCK_HIDDEN))
            read_words(reading, block_text(article, block));
    }
}

static int main_script(const struct reading *reading)
{
    const struct language_model *model = reading->model;
    int best = -1;
    size_t most = 0;
    for (int i = 0; i < model->script_count; i++) {
        /* One Han letter is a word, and so are about three kana: against Latin names they weigh more. */
        size_t letters = i == model->han ? 3 * reading->letters[i] : reading->letters[i];
        if (letters > most) {
            most = letters;
            best = i;
        }
    }
    /* Chinese has no kana at all; Japanese news is a third to half of it. */
    if (best == model->han && reading->letters[model->kana] * 20 > reading->letters[model->han])
        best = model->kana;
    return best;
}

static int best_language(const struct reading *reading, uint64_t candidates)
{
    int best = -1;
    for (; candidates; candidates &= candidates - 1) {
        int i = __builtin_ctzll(candidates);
        if (best < 0 || reading->scores[i] > reading->scores[best])
            best = i;
    }
    return best;
}

static float softmax_of(const struct reading *reading, uint64_t candidates, int best)
{
    float sum = 0;
    for (; candidates; candidates &= candidates - 1)
        sum += expf(TEMPER * (reading->scores[__builtin_ctzll(candidates)] - reading->scores[best]));
    return 1 / sum;
}

/* Its function words or its letters are there. */
static bool is_likely(const struct reading *reading, int language)
{
    float words = (float)reading->words, aliens = (float)reading->aliens[language];
    bool telling = (float)reading->marked - aliens >= TELLING_SHARE * words && aliens <= ALIEN_SHARE * words;
    return reading->hits[language] && (telling || (float)reading->hits[language] >= LEAST_SHARE * words);
}

static struct language_guess among_sharers(const struct reading *reading, int script)
{
    uint64_t candidates = reading->model->script_languages[script];
    int best = best_language(reading, candidates);
    struct language_guess guess = {.words = reading->words};
    if (best < 0 || !is_likely(reading, best))
        return guess;
    guess.code = reading->model->languages[best].code;
    guess.sisters = reading->model->languages[best].sisters;
    guess.probability = softmax_of(reading, candidates, best);
    return guess;
}

struct language_guess language_read_text(const struct language_model *model, const struct article *article)
{
    struct reading reading = {.model = model};
    read_blocks(&reading, article, true);
    if (reading.words == 0)
        read_blocks(&reading, article, false);
    int script = main_script(&reading);
    if (script < 0)
        return (struct language_guess){0};
    if (!slice_is_null(model->sole_language[script])) {
        size_t words = (reading.letters[script] + 1) / 2;
        float probability = 1 - 0.5f / (float)(words + 1); /* a lone letter may be a quotation */
        return (struct language_guess){model->sole_language[script], SLICE_NULL, probability, words};
    }
    return among_sharers(&reading, script);
}
