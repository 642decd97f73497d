/* A headline in all lower or all upper case, written again as a sentence: its words get the capitals that they
 * have in the story, in the middle of sentences and in the names found there. Title case stays as it is. */
#include "article/knowledge.h"
#include "base/map.h"
#include "base/utf8.h"
#include "find/names/name_case.h"
#include "headline_internal.h"
#include "model/gazetteer.h"
#include "model/lexicon.h"
#include "model/word_classes.h"

#define MAX_HEADLINE 500 /* bytes; longer ones are no headlines and stay */
#define FREQUENT_CLASS 10
#define SURE_NAME 0.7f
#define MAX_NAMES 2000   /* mentions looked at: a story's people come early */

/* How one word is written in the story, in places where nothing but its own case asks for a capital. */
struct word_case {
    uint32_t lower, other;
    uint32_t within;   /* beside another capital: perhaps only as a part of a longer name, or as a title */
    uint32_t part;      /* as the everyday word that ends the name of a place or organization: "Kenyatta Airport" */
    bool in_headline;   /* a part of a known name there, where its case tells nothing */
    struct slice named; /* as the tagger found it to be a name, at the beginning of a sentence as well */
    struct slice form; /* the last form that is not lower */
};

struct recaser {
    struct job *job;
    const struct gazetteer *gazetteer;
    struct map words;  /* lower form -> struct word_case */
    struct slice from; /* the headline, lower-cased */
    char *out;
    bool fixed[MAX_HEADLINE]; /* bytes that a name has settled */
    bool upper;               /* the headline came in capitals */
    bool capitals;            /* the story has some: else its small letters say nothing */
};

/* ---------------------------------------------------------------- the story */

static struct word_case *word_at(struct recaser *recaser, struct slice lower)
{
    void **slot = map_at(&recaser->words, lower);
    if (!*slot)
        *slot = arena_calloc(recaser->job->arena, 1, sizeof(struct word_case));
    return *slot;
}

static bool is_headline(const struct article *article, uint32_t block)
{
    return block < article->block_count && article->blocks[block].role == ROLE_HEADLINE;
}

/* A line in capitals, a subheading in title case: no evidence. */
static bool is_evidence(const struct article *article, const struct sentence *sentence)
{
    uint32_t lower = 0, words = 0;
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = &article->tokens[i];
        words += token->kind == TOKEN_WORD;
        lower += token->kind == TOKEN_WORD && (token->flags & TOKEN_LOWER);
    }
    return lower * 3 >= words;
}

static bool is_capital(const struct article *article, const struct sentence *sentence, size_t index)
{
    return index >= sentence->first && index < sentence->end && article->tokens[index].kind == TOKEN_WORD &&
           (article->tokens[index].flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER));
}

static void read_sentence(struct recaser *recaser, const struct sentence *sentence)
{
    const struct article *article = &recaser->job->article;
    for (uint32_t i = sentence->first; i < sentence->end; i++) {
        const struct token *token = &article->tokens[i];
        bool opens = (token->flags & TOKEN_SENTENCE_START) ||
                     (i > sentence->first && article->tokens[i - 1].kind == TOKEN_PUNCTUATION);
        if (token->kind != TOKEN_WORD || (opens && !(token->flags & (TOKEN_LOWER | TOKEN_ALL_UPPER))))
            continue;
        struct word_case *word = word_at(recaser, token->lower);
        if (token->flags & TOKEN_LOWER) {
            word->lower++;
            continue;
        }
        recaser->capitals = true;
        bool within = is_capital(article, sentence, i + 1) || (i > 0 && is_capital(article, sentence, i - 1u));
        word->other += !within;
        word->within += within;
        word->form = article_text(article, token->span);
    }
}

static void read_story(struct recaser *recaser)
{
    const struct article *article = &recaser->job->article;
    recaser->words = map_make(recaser->job->arena, article->token_count / 2);
    for (uint32_t i = 0; i < article->sentence_count; i++)
        if (!is_headline(article, article->sentences[i].block) && is_evidence(article, &article->sentences[i]))
            read_sentence(recaser, &article->sentences[i]);
}

/* ---------------------------------------------------------------- the names */

static bool is_bounded(struct slice text, size_t start, size_t end)
{
    size_t taken;
    return (start == 0 || !utf8_is_word(utf8_decode_before(text, start, &taken))) &&
           (end >= text.len || !utf8_is_word(utf8_decode(text, end, &taken)));
}

static void settle(struct recaser *recaser, size_t start, struct slice form)
{
    memcpy(recaser->out + start, form.ptr, form.len);
    memset(recaser->fixed + start, true, form.len);
}

/* Only forms that take the same bytes in either case can be written in place. */
static void place_name(struct recaser *recaser, struct slice name)
{
    struct slice lower = utf8_lower(recaser->job->arena, name);
    if (lower.len != name.len)
        return;
    for (size_t at = 0; (at = slice_find(recaser->from, lower, at)) != SLICE_NOT_FOUND; at += lower.len)
        if (is_bounded(recaser->from, at, at + lower.len) && !recaser->fixed[at])
            settle(recaser, at, name);
}

/* "iPhone", "eBay" */
static bool has_inner_capital(struct slice word)
{
    size_t taken;
    for (size_t at = 0; at < word.len; at += taken)
        if (utf8_is_upper(utf8_decode(word, at, &taken)) && at > 0)
            return true;
    return false;
}

/* "airport", "museum", "bank": everyday words, by the frequency classes of word_classes.tsv. */
static bool is_frequent(const struct recaser *recaser, struct slice lower)
{
    return word_class_of(recaser->job->knowledge->word_classes, lower) <= FREQUENT_CLASS;
}

static void see_last_word(struct recaser *recaser, const struct mention *mention)
{
    struct slice lower = recaser->job->article.tokens[mention->end - 1].lower;
    if (mention->type != ACTOR_PERSON && is_frequent(recaser, lower))
        word_at(recaser, lower)->part++;
}

/* Without capitals the tagger errs more: a place or a people must be known. */
static void see_headline(struct recaser *recaser, const struct mention *mention)
{
    const struct token *tokens = recaser->job->article.tokens;
    const struct gazetteer_entry *entry =
        gazetteer_find(recaser->gazetteer, &tokens[mention->first], mention->end - mention->first);
    if (!entry || !(entry->classes & (NAME_ANY_PLACE | NAME_DEMONYM)) || entry->classes & (NAME_COMMON | NAME_GIVEN))
        return;
    for (uint32_t i = mention->first; i < mention->end; i++)
        word_at(recaser, tokens[i].lower)->in_headline = true;
}

/* In a story that has no capitals, or nothing else, a name is written as one where the tagger is sure of it. */
static void place_told_name(struct recaser *recaser, const struct mention *mention)
{
    if (mention->type != ACTOR_OTHER && mention->confidence >= SURE_NAME)
        place_name(recaser, name_case_written(recaser->job, mention->first, mention->end));
}

/* Names of several words first: "West Lafayette" says nothing about "west". */
static void place_names(struct recaser *recaser)
{
    const struct article *article = &recaser->job->article;
    for (uint32_t i = 0; i < article->mention_count && i < MAX_NAMES; i++) {
        const struct mention *mention = &article->mentions[i];
        struct slice name = article_text(article, mention->span);
        bool in_headline = article->headline.has_span && mention->span.start < article->headline.span.end &&
                           mention->span.end > article->headline.span.start;
        if (in_headline)
            see_headline(recaser, mention);
        if (!recaser->capitals)
            place_told_name(recaser, mention);
        if (in_headline || !recaser->capitals || !(utf8_starts_upper(name) || has_inner_capital(name)))
            continue;
        if (mention->end - mention->first == 1)
            word_at(recaser, utf8_lower(recaser->job->arena, name))->named = name;
        else if (!utf8_all_upper(name))
            place_name(recaser, name);
        if (mention->end - mention->first > 1)
            see_last_word(recaser, mention);
    }
}

/* "U.S.", "z.B.": words with stops inside, which the headline's words are cut at. */
static void place_abbreviations(struct recaser *recaser)
{
    const struct article *article = &recaser->job->article;
    for (uint32_t i = 0; i < article->token_count; i++) {
        const struct token *token = &article->tokens[i];
        struct slice text = article_text(article, token->span);
        size_t stop = slice_find_byte(text, '.', 0);
        if (token->kind == TOKEN_WORD && stop != SLICE_NOT_FOUND && stop + 1 < text.len && utf8_all_upper(text))
            place_name(recaser, text);
    }
}

/* ---------------------------------------------------------------- the words */

/* With a capital, where that takes the same bytes. */
static struct slice capitalised(struct recaser *recaser, struct slice lower)
{
    size_t taken;
    char first[UTF8_MAX_BYTES];
    struct slice form = arena_copy(recaser->job->arena, lower);
    uint32_t c = utf8_to_upper(utf8_decode(lower, 0, &taken));
    if (utf8_encode(c, first) == taken)
        memcpy((char *)form.ptr, first, taken);
    return form;
}

/* "President" before a name and "Airport" after one are capitals of the name, not of the word. */
static bool is_ordinary(const struct gazetteer_entry *entry)
{
    const uint32_t parts = NAME_COMMON | NAME_ANY_TITLE | NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    const uint32_t names =
        NAME_COUNTRY | NAME_CAPITAL | NAME_CITY | NAME_REGION | NAME_DEMONYM; /* no NAME_PLACE: it has airports */
    return entry && (entry->classes & parts) && !(entry->classes & names);
}

static struct slice cased_form(struct recaser *recaser, struct slice lower)
{
    const struct word_case *word = map_get(&recaser->words, lower);
    const struct gazetteer_entry *entry = gazetteer_find_text(recaser->gazetteer, lower);
    bool counts =
        word && !is_ordinary(entry) && word->within > word->part; /* capitals of the word, not of a name it is in */
    if (word && word->form.len == lower.len && word->other + (counts ? word->within : 0) > word->lower)
        return word->form;
    if (word && word->lower == 0 && word->named.len == lower.len && !is_ordinary(entry))
        return word->named;
    /* What the story does not show, the headline's own names may. */
    if (word && word->in_headline && !is_ordinary(entry) && (word->lower == 0 || !recaser->capitals))
        return capitalised(recaser, lower);
    bool english = slice_starts(recaser->job->article.language.value, SLICE("en"));
    if (english &&
        (slice_equals(lower, SLICE("i")) || slice_starts(lower, SLICE("i'")) || slice_starts(lower, SLICE("i’"))))
        return slice_of("I", 1);
    return SLICE_NULL;
}

static void place_word(struct recaser *recaser, size_t start, size_t end)
{
    struct slice lower = slice_sub(recaser->from, start, end), form = cased_form(recaser, lower);
    if (recaser->fixed[start])
        return;
    if (form.ptr)
        memcpy(recaser->out + start, form.ptr, form.len);
    else if (recaser->upper && name_case_is_unpronounceable(lower) && !map_get(&recaser->words, lower))
        for (size_t i = start; i < end; i++)
            recaser->out[i] = (char)(recaser->out[i] - 'a' + 'A');
}

static bool joins(uint32_t c)
{
    return utf8_is_word(c) || c == '\'' || c == 0x2019;
}

/* The end of a word without the possessive that is written to it. */
static size_t without_possessive(struct slice text, size_t start, size_t end)
{
    static const struct slice endings[] = {{"'s", 2}, {"’s", 4}, {"'", 1}, {"’", 3}};
    struct slice word = slice_sub(text, start, end);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (word.len > endings[i].len && slice_ends(word, endings[i]))
            return end - endings[i].len;
    return end;
}

static void place_words(struct recaser *recaser)
{
    struct slice from = recaser->from;
    size_t taken;
    for (size_t at = 0; at < from.len;) {
        size_t start = at;
        while (at < from.len && joins(utf8_decode(from, at, &taken)))
            at += taken;
        if (at > start)
            place_word(recaser, start, without_possessive(from, start, at));
        else {
            utf8_decode(from, at, &taken);
            at += taken;
        }
    }
}

/* Does the mark at `at` end a sentence? Not the stop behind a single letter: "U.S. and China". */
static bool ends_sentence(struct slice out, size_t at, uint32_t mark)
{
    size_t taken, before;
    if (mark == '?' || mark == '!')
        return true;
    if (mark != '.' || at == 0 || !utf8_is_word(utf8_decode_before(out, at, &taken)))
        return false;
    before = at - taken;
    return before > 0 && utf8_is_word(utf8_decode_before(out, before, &taken));
}

/* The word from `at` on. */
static struct slice word_from(struct slice out, size_t at)
{
    size_t end = at, taken;
    while (end < out.len && utf8_is_word(utf8_decode(out, end, &taken)))
        end += taken;
    return slice_sub(out, at, end);
}

/* A capital at the beginning and after the end of a sentence within the headline, but "iPhone" stays. */
static void place_sentence_starts(struct recaser *recaser)
{
    struct slice out = slice_of(recaser->out, recaser->from.len);
    bool due = true, ended = false;
    size_t taken;
    for (size_t at = 0; at < out.len; at += taken) {
        char bytes[UTF8_MAX_BYTES];
        uint32_t c = utf8_decode(out, at, &taken);
        if (due && utf8_is_word(c)) {
            if (!has_inner_capital(word_from(out, at)) && utf8_encode(utf8_to_upper(c), bytes) == taken)
                memcpy(recaser->out + at, bytes, taken);
            due = false;
        }
        due |= ended && utf8_is_space(c);
        ended = ends_sentence(out, at, c) || (ended && (c == '"' || c == 0x201D || c == 0x2019));
    }
}

static bool is_uncased(struct slice text)
{
    return slice_find_byte(text, ' ', 0) != SLICE_NOT_FOUND && (utf8_all_lower(text) || utf8_all_upper(text));
}

bool headline_lacks_case(const struct job *job)
{
    struct slice text = job->article.headline.value;
    return text.len && text.len <= MAX_HEADLINE && is_uncased(text);
}

enum err headline_recase_run(struct job *job)
{
    struct finding *headline = &job->article.headline;
    struct slice text = headline->value, lower;
    if (!headline_lacks_case(job))
        return ERR_NONE;
    lower = utf8_lower(job->arena, text);
    struct recaser recaser = {
        .job = job, .gazetteer = job->knowledge->gazetteer, .from = lower, .upper = utf8_all_upper(text)};
    if (lower.len > MAX_HEADLINE)
        return ERR_NONE;
    recaser.out = arena_alloc(job->arena, lower.len);
    memcpy(recaser.out, lower.ptr, lower.len);
    read_story(&recaser);
    place_names(&recaser);
    place_abbreviations(&recaser);
    place_words(&recaser);
    place_sentence_starts(&recaser);
    headline->value = slice_of(recaser.out, lower.len);
    if (!slice_equals(headline->value, text) && !headline->raw.ptr)
        headline->raw = text;
    return ERR_NONE;
}
