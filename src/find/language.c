#include "find/language.h"

#include <assert.h>

#include "base/utf8.h"
#include "language_internal.h"

/* Where a page names its language, the most deliberate first. og:locale comes last: content systems
 * write en_US by default. */
static const enum source claim_order[] = {SOURCE_HTML_LANG, SOURCE_JSON_LD,   SOURCE_MICRODATA,
                                          SOURCE_META,      SOURCE_HTTP_HEADER, SOURCE_OPEN_GRAPH};

#define SURE_WORDS 20u          /* from here on a text can overrule what the page claims */
#define SURE_PROBABILITY 0.95f
#define ALONE_PROBABILITY 0.5f  /* a text without any claim is believed from here on */
#define CLAIM_CONFIDENCE 0.7f   /* html lang is right on about nine pages of ten; a short text cannot confirm it */
#define DISPUTED_CONFIDENCE 0.5f

/* ------------------------------------------------------------------ tables */

static int script_number(struct language_model *model, struct slice name)
{
    for (int i = 0; i < model->script_count; i++)
        if (slice_equals(model->scripts[i], name))
            return i;
    assert(model->script_count < SCRIPTS_MAX);
    model->scripts[model->script_count] = name;
    return model->script_count++;
}

static uint32_t hex_value(struct slice digits)
{
    uint32_t value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.ptr[i];
        value = value * 16 + (uint32_t)(ascii_is_digit(c) ? c - '0' : ascii_to_lower(c) - 'a' + 10);
    }
    return value;
}

static void load_scripts(struct language_model *model, struct arena *arena, const struct lexicon_table *table)
{
    model->range_count = lexicon_row_count(table);
    model->ranges = arena_calloc(arena, model->range_count, sizeof *model->ranges);
    for (size_t i = 0; i < model->range_count; i++) {
        const struct slice *columns = lexicon_row_at(table, i)->columns;
        int script = script_number(model, columns[2]);
        model->ranges[i] = (struct script_range){hex_value(columns[0]), hex_value(columns[1]), script};
        model->sole_language[script] = columns[3].len ? columns[3] : SLICE_NULL;
    }
    model->han = script_number(model, SLICE("Hani"));
    model->kana = script_number(model, SLICE("Kana"));
}

static void mark_words(struct map *map, struct arena *arena, struct slice words, uint64_t language)
{
    struct slice word;
    while (slice_split(&words, ' ', &word)) {
        if (!word.len)
            continue;
        uint64_t **mask = (uint64_t **)map_at(map, word);
        if (!*mask)
            *mask = arena_calloc(arena, 1, sizeof **mask);
        **mask |= language;
    }
}

/* Clears the language's bit at its own letters. */
static void mark_letters(struct language_model *model, struct slice letters, uint64_t language)
{
    size_t taken;
    for (size_t at = 0; at < letters.len; at += taken) {
        uint32_t c = utf8_decode(letters, at, &taken);
        if (c < LETTERS_MAX)
            model->letters[c] &= ~language;
    }
}

/* A letter that no language of the table claims tells nothing: transliterations, the shared base of a
 * script. So only letters that somebody owns are held against the rest. */
static void load_letters(struct language_model *model, const struct lexicon_table *table)
{
    size_t taken;
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        struct slice letters = lexicon_row_at(table, i)->columns[2];
        for (size_t at = 0; at < letters.len; at += taken) {
            uint32_t c = utf8_decode(letters, at, &taken);
            if (c < LETTERS_MAX)
                model->letters[c] = UINT64_MAX;
        }
    }
    for (size_t i = 0; i < lexicon_row_count(table); i++)
        mark_letters(model, lexicon_row_at(table, i)->columns[2], UINT64_C(1) << i);
}

static void load_languages(struct language_model *model, struct arena *arena, const struct lexicon *lexicon)
{
    const struct lexicon_table *table = lexicon_table(lexicon, "languages");
    const struct lexicon_table *words = lexicon_table(lexicon, "stop_words");
    assert(lexicon_row_count(table) <= LANGUAGES_MAX);
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct slice *columns = lexicon_row_at(table, i)->columns;
        const struct lexicon_row *row = lexicon_find(words, columns[0]);
        int script = script_number(model, columns[1]);
        model->languages[i] = (struct language_entry){columns[0], columns[4]};
        model->script_languages[script] |= UINT64_C(1) << i;
        mark_words(&model->endings, arena, columns[3], UINT64_C(1) << i);
        if (row)
            mark_words(&model->words, arena, row->columns[1], UINT64_C(1) << i);
    }
    load_letters(model, table);
    for (size_t i = 0; i < model->endings.count; i++) {
        struct slice ending = model->endings.entries[i].key;
        assert(ending.len >= 2 && ending.len <= ENDING_BYTES);
        model->ending_lengths[(unsigned char)ending.ptr[ending.len - 1]] |= (uint16_t)(1u << ending.len);
    }
}

static void add_code(struct language_model *model, struct arena *arena, struct slice spelling, struct slice code)
{
    struct slice *value = arena_alloc(arena, sizeof *value);
    *value = code;
    *map_at(&model->codes, spelling) = value;
}

static void load_codes(struct language_model *model, struct arena *arena, const struct lexicon_table *table)
{
    struct slice spelling;
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct slice *columns = lexicon_row_at(table, i)->columns;
        struct slice threes = columns[1];
        add_code(model, arena, columns[0], columns[0]);
        while (slice_split(&threes, ' ', &spelling))
            if (spelling.len)
                add_code(model, arena, spelling, columns[0]);
        add_code(model, arena, columns[2], columns[0]);
    }
    add_code(model, arena, SLICE("iw"), SLICE("he")); /* the code before 1989, which Java still writes */
}

const struct language_model *language_model_create(struct arena *arena, const struct lexicon *lexicon,
                                                   const struct word_classes *word_classes)
{
    struct language_model *model = arena_calloc(arena, 1, sizeof *model);
    model->words = map_make(arena, 4096);
    model->endings = map_make(arena, 256);
    model->codes = map_make(arena, 1024);
    load_scripts(model, arena, lexicon_table(lexicon, "scripts"));
    load_languages(model, arena, lexicon);
    assert(slice_equals(model->languages[ENGLISH].code, SLICE("en")));
    model->word_classes = word_classes;
    load_codes(model, arena, lexicon_table(lexicon, "language_codes"));
    map_settle(&model->words);
    map_settle(&model->endings);
    return model;
}

/* ---------------------------------------------------------------- decision */

/* "en-US", "EN_gb", "eng", "English" -> "en"; null where it names no language. */
static struct slice code_of(const struct language_model *model, struct arena *arena, struct slice tag)
{
    tag = slice_trim(tag);
    size_t end = 0;
    while (end < tag.len && (ascii_is_alpha(tag.ptr[end]) || (unsigned char)tag.ptr[end] >= 0x80))
        end++;
    const struct slice *code = map_get(&model->codes, utf8_lower(arena, slice_sub(tag, 0, end)));
    return code ? *code : SLICE_NULL;
}

struct claimed {
    struct slice code, value;
    enum source source;
    bool disputed; /* the page names another language elsewhere */
};

static bool is_same_or_sister(const struct language_guess *guess, struct slice code)
{
    struct slice sisters = guess->sisters, sister;
    if (slice_equals(guess->code, code))
        return true;
    while (slice_split(&sisters, ' ', &sister))
        if (slice_equals(sister, code))
            return true;
    return false;
}

/* The claim that agrees with the text, or else the most deliberate one. */
static struct claimed choose_claim(const struct job *job, const struct language_guess *guess)
{
    const struct article *article = &job->article;
    struct claimed best = {0};
    bool best_agrees = false;
    for (size_t i = 0; i < sizeof claim_order / sizeof claim_order[0]; i++) {
        for (uint32_t k = 0; k < article->claim_count; k++) {
            const struct claim *claim = &article->claims[k];
            if (claim->kind != CLAIM_LANGUAGE || claim->source != claim_order[i])
                continue;
            struct slice code = code_of(job->knowledge->language, job->arena, claim->value);
            if (slice_is_null(code))
                continue;
            bool agrees = !slice_is_null(guess->code) && is_same_or_sister(guess, code);
            bool disputed = best.disputed || (!slice_is_null(best.code) && !slice_equals(best.code, code));
            if (slice_is_null(best.code) || (agrees && !best_agrees)) {
                best = (struct claimed){code, claim->value, claim->source, disputed};
                best_agrees = agrees;
            }
            best.disputed = disputed;
        }
    }
    return best;
}

static struct finding found(struct slice code, enum source source, float confidence)
{
    return (struct finding){.value = code, .source = source, .confidence = confidence, .block = NO_BLOCK};
}

static struct finding from_claim(const struct claimed *claim, float confidence)
{
    struct finding finding = found(claim->code, claim->source, confidence);
    if (!slice_equals(claim->code, claim->value))
        finding.raw = claim->value;
    return finding;
}

static struct finding from_text(const struct language_guess *guess)
{
    float known = guess->words >= SURE_WORDS ? 1 : (float)guess->words / SURE_WORDS;
    return found(guess->code, SOURCE_BODY, guess->probability * (0.5f + 0.49f * known));
}

/* Text that is long enough and plain overrules the claim; otherwise the claim stands. */
static struct finding decide(const struct language_guess *guess, const struct claimed *claim)
{
    bool read = !slice_is_null(guess->code), claimed = !slice_is_null(claim->code);
    if (!read && !claimed)
        return found(SLICE_NULL, SOURCE_NONE, 0);
    if (!claimed)
        return guess->probability >= ALONE_PROBABILITY ? from_text(guess) : found(SLICE_NULL, SOURCE_NONE, 0);
    if (!read)
        return from_claim(claim, claim->disputed ? DISPUTED_CONFIDENCE : CLAIM_CONFIDENCE);
    if (is_same_or_sister(guess, claim->code))
        return from_claim(claim, 0.9f + 0.09f * guess->probability);
    if (guess->words >= SURE_WORDS && guess->probability >= SURE_PROBABILITY)
        return from_text(guess);
    return from_claim(claim, DISPUTED_CONFIDENCE);
}

enum err language_run(struct job *job)
{
    const struct language_model *model = job->knowledge->language;
    struct slice asked = job->language.len ? code_of(model, job->arena, job->language) : SLICE_NULL;
    if (!slice_is_null(asked)) {
        job->article.language = found(asked, SOURCE_REQUEST, 1);
        return ERR_NONE;
    }
    struct language_guess guess = language_read_text(model, &job->article);
    struct claimed claim = choose_claim(job, &guess);
    job->article.language = decide(&guess, &claim);
    return ERR_NONE;
}
