/* Keyphrases: names, words and repeated word pairs, ranked by what marks a keyword in news: how often it
 * stands in the text, how early, whether the headline has it, and how rare it is elsewhere (tf-idf with position, after
 * Frank et al. 1999, "KEA"). A name counts whole: its parts speak for it and are not chosen beside it. */
#include "find/phrases.h"

#include <math.h>

#include "article/limits.h"
#include "base/map.h"
#include "base/utf8.h"
#include "find/names/name_case.h"
#include "model/small_words.h"
#include "model/word_classes.h"

#define UNLISTED_CLASS                                                                                                 \
    11 /* frequency class of the rarest words, of what word_classes does not list, and of misspelt ones */
#define FOREIGN_CLASS 9    /* ... of a language that it does not know: between common and rare */
#define LEAST_BYTES 3
#define LONGEST_BYTES 100u /* what is longer is an address or damage, no phrase */
#define LONGEST_NAME 5     /* words; longer names are titles of works or headlines */
#define TOKENS_READ 6000u  /* a long read says what it is about well before that */
#define LEAST_REPEATS 2    /* of a word pair */
#define PAIR_SHARE 0.5f

/* Weights of the rank, set over kp_500N-KPCrowd to two digits: F1@10 .189 on its even stories, .191 on the odd ones.
 * The order matters, not the scale. */
#define WEIGHT_COUNT 1.2f
#define WEIGHT_HEADLINE 0.4f
#define WEIGHT_POSITION 0.4f
#define WEIGHT_RARITY 0.12f
#define WEIGHT_LENGTH 0.3f
#define LENGTH_MAX 10
#define BONUS_NOUN 0.5f
#define MALUS_ENDING 0.4f  /* adverbs, participles: no librarian chooses one */
#define MALUS_HEADLINE_ONLY 0.6f
#define BONUS_NAME 2.8f
#define BONUS_LEADING 1.0f
#define BONUS_PASSING_NAME 1.6f
#define BONUS_PAIR 2.5f
#define MALUS_LONG_NAME 0.5f
#define LEADING_ACTORS 1u  /* whom the story is about; the second is met as often as any word */
#define SCORE_MIDDLE 4.5f /* rank that is shown as one half */

struct suffix {
    struct slice text;
    float bonus;
};

struct phrase_lexicon {
    struct suffix *suffixes;
    size_t suffix_count;
};

struct candidate {
    uint32_t first, end; /* tokens of the form that is shown */
    uint32_t where;      /* first token of its first appearance in prose, or in the headline */
    float count;
    bool in_headline, in_prose, name;
    bool leading;        /* names one of the most salient actors */
    float rank;
};

struct gathering {
    const struct job *job;
    struct map by_key;             /* key -> struct candidate */
    struct candidate **candidates;
    size_t count, capacity;
};

/* ------------------------------------------------------------------ lexicon */

static void read_suffixes(struct phrase_lexicon *phrases, struct arena *arena, const struct lexicon_table *table)
{
    phrases->suffix_count = lexicon_row_count(table);
    phrases->suffixes = arena_alloc(arena, phrases->suffix_count * sizeof *phrases->suffixes);
    for (size_t i = 0; i < phrases->suffix_count; i++) {
        const struct slice *columns = lexicon_row_at(table, i)->columns; /* suffix, kind */
        phrases->suffixes[i] =
            (struct suffix){columns[0], slice_equals(columns[1], SLICE("noun")) ? BONUS_NOUN : -MALUS_ENDING};
    }
}

const struct phrase_lexicon *phrase_lexicon_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct phrase_lexicon *phrases = arena_calloc(arena, 1, sizeof *phrases);
    read_suffixes(phrases, arena, lexicon_table(lexicon, "phrase_suffixes"));
    return phrases;
}

/* ---------------------------------------------------------------- gathering */

/* One key for the forms of a word: report, reports, reported, reporting. After the plainest step of Porter
 * (1980); what it joins wrongly costs a phrase, nothing more. */
static struct slice key_of(struct slice lower)
{
    static const struct slice endings[] = {{"ing", 3}, {"ed", 2}, {"es", 2}, {"s", 1}};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (slice_ends(lower, endings[i]) && lower.len >= endings[i].len + 4 && !slice_ends(lower, SLICE("ss"))) {
            lower.len -= endings[i].len;
            break;
        }
    }
    if (lower.len > 4 && lower.ptr[lower.len - 1] == 'e')
        lower.len--;
    return lower;
}

static bool is_content(const struct token *token)
{
    return token->kind == TOKEN_WORD && token->lower.len >= LEAST_BYTES && !(token->flags & TOKEN_ABBREVIATION) &&
           !(token->flags & TOKEN_HAS_DIGIT) && token->lower.ptr[0] != '\'' && token->lower.ptr[0] != '@' &&
           !slice_ends(token->lower, SLICE("n't")) && !(token->small & SMALL_STOP);
}

static struct slice joined_key(struct arena *arena, const struct article *article, uint32_t first, uint32_t end)
{
    if (end == first + 1)
        return key_of(article->tokens[first].lower);
    size_t len = 0;
    for (uint32_t i = first; i < end; i++)
        len += article->tokens[i].lower.len + 1;
    char *key = arena_alloc(arena, len);
    len = 0;
    for (uint32_t i = first; i < end; i++) {
        struct slice word = i + 1 == end ? key_of(article->tokens[i].lower) : article->tokens[i].lower;
        memcpy(key + len, word.ptr, word.len);
        len += word.len;
        if (i + 1 < end)
            key[len++] = ' ';
    }
    return slice_of(key, len);
}

static struct candidate *add(struct gathering *gathering, uint32_t first, uint32_t end, bool headline, bool name)
{
    struct arena *arena = gathering->job->arena;
    struct candidate **at =
        (struct candidate **)map_at(&gathering->by_key, joined_key(arena, &gathering->job->article, first, end));
    if (!*at) {
        *at = arena_calloc(arena, 1, sizeof **at);
        **at = (struct candidate){.first = first, .end = end, .where = first};
        gathering->candidates = arena_grow(arena, gathering->candidates, gathering->count, &gathering->capacity,
                                           sizeof *gathering->candidates);
        gathering->candidates[gathering->count++] = *at;
    }
    struct candidate *candidate = *at;
    if (!headline && !candidate->in_prose) { /* the headline may be in capitals: show the form of the prose */
        candidate->first = first;
        candidate->end = end;
    }
    candidate->count++;
    candidate->in_headline |= headline;
    candidate->in_prose |= !headline;
    candidate->name |= name;
    return candidate;
}

static void gather_sentence(struct gathering *gathering, const struct sentence *sentence, uint32_t *mention)
{
    const struct article *article = &gathering->job->article;
    bool headline = article->blocks[sentence->block].role == ROLE_HEADLINE;
    for (uint32_t i = sentence->first; i < sentence->end;) {
        while (*mention < article->mention_count && article->mentions[*mention].first < i)
            ++*mention;
        uint32_t end = i + 1;
        if (*mention < article->mention_count && article->mentions[*mention].first == i) {
            struct span name = mention_core(article, &article->mentions[*mention]);
            end = article->mentions[*mention].end;
            bool plausible = name.end > name.start + 1 || is_content(&article->tokens[name.start]);
            if (plausible && name.end - name.start <= LONGEST_NAME && end <= sentence->end)
                add(gathering, name.start, name.end, headline, true)->leading |=
                    article->mentions[*mention].actor < LEADING_ACTORS;
        } else if (is_content(&article->tokens[i])) {
            add(gathering, i, end, headline, false);
        }
        i = end;
    }
}

static bool in_pair(const struct token *token)
{
    return token->flags & TOKEN_LOWER && is_content(token) && !slice_ends(token->lower, SLICE("ly")) &&
           slice_find_byte(token->lower, '\'', 0) == SLICE_NOT_FOUND;
}

/* Pairs of lower-case content words that stand together more than once: "tax evasion". */
static void gather_pairs(struct gathering *gathering, uint32_t tokens)
{
    const struct article *article = &gathering->job->article;
    for (uint32_t s = 0; s < article->sentence_count && article->sentences[s].first < tokens; s++) {
        const struct sentence *sentence = &article->sentences[s];
        bool headline = article->blocks[sentence->block].role == ROLE_HEADLINE;
        bool follows = false; /* the token before may begin a pair */
        for (uint32_t i = sentence->first; i < sentence->end; i++) {
            bool fits = in_pair(&article->tokens[i]);
            if (follows && fits)
                add(gathering, i - 1, i + 1, headline, false);
            follows = fits;
        }
    }
}

/* "Putin" beside "Vladimir Putin": the short form is counted for the long one. */
static void fold_short_names(struct gathering *gathering)
{
    const struct article *article = &gathering->job->article;
    for (size_t i = 0; i < gathering->count; i++) {
        struct candidate *name = gathering->candidates[i];
        if (!name->name || name->end - name->first < 2)
            continue;
        for (uint32_t k = name->first; k < name->end; k++) {
            struct candidate *part = map_get(&gathering->by_key, key_of(article->tokens[k].lower));
            bool capital = part && article->tokens[part->first].flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER);
            if (!part || part == name || !(capital || !part->in_prose)) /* headlines come in lower case, too */
                continue;
            name->count += part->count;
            name->in_headline |= part->in_headline;
            name->where = part->where < name->where ? part->where : name->where;
            part->count = 0;
        }
    }
}

/* ------------------------------------------------------------------ ranking */

static float class_of(const struct gathering *gathering, struct slice lower)
{
    struct slice language = gathering->job->article.language.value;
    if (!slice_is_null(language) && !slice_equals(language, SLICE("en")))
        return FOREIGN_CLASS;
    unsigned class = word_class_of(gathering->job->knowledge->word_classes, lower);
    return (float)(class < UNLISTED_CLASS ? class : UNLISTED_CLASS);
}

static float suffix_bonus(const struct phrase_lexicon *phrases, struct slice lower)
{
    for (size_t i = 0; i < phrases->suffix_count; i++) {
        struct slice suffix = phrases->suffixes[i].text;
        if (lower.len > suffix.len + 2 && lower.ptr[lower.len - 1] == suffix.ptr[suffix.len - 1] &&
            slice_ends(lower, suffix))
            return phrases->suffixes[i].bonus;
    }
    return 0;
}

/* Of a compound like "long-awaited" the longest part: joining words makes a phrase longer, not rarer. */
static struct slice longest_part(struct slice word)
{
    struct slice part, longest = {word.ptr, 0};
    while (slice_split(&word, '-', &part))
        longest = part.len > longest.len ? part : longest;
    return longest;
}

static float rank_of(const struct gathering *gathering, const struct candidate *candidate)
{
    const struct phrase_lexicon *phrases = gathering->job->knowledge->phrases;
    const struct article *article = &gathering->job->article;
    struct slice lower = longest_part(article->tokens[candidate->first].lower);
    uint32_t words = candidate->end - candidate->first;
    float rank = WEIGHT_COUNT * logf(candidate->count) - WEIGHT_POSITION * logf(1 + (float)candidate->where / 50);
    if (candidate->in_headline)
        rank += WEIGHT_HEADLINE;
    if (!candidate->in_prose && article->sentence_count > 1)
        rank -= MALUS_HEADLINE_ONLY;
    if (candidate->name) {
        bool central = candidate->count > 1 || candidate->in_headline;
        rank += candidate->leading ? BONUS_LEADING : 0;
        return rank + (central ? BONUS_NAME : BONUS_PASSING_NAME) - MALUS_LONG_NAME * (float)(words - 1);
    }
    if (words > 1)
        return rank + BONUS_PAIR;
    float length = (float)utf8_count(lower);
    return rank + WEIGHT_RARITY * class_of(gathering, lower) +
           WEIGHT_LENGTH * (length < LENGTH_MAX ? length : LENGTH_MAX) + suffix_bonus(phrases, lower);
}

static bool is_better(const struct candidate *a, const struct candidate *b)
{
    if (a->rank != b->rank)
        return a->rank > b->rank;
    return a->where != b->where ? a->where < b->where : a->end < b->end;
}

/* A pair that accounts for half of the appearances of both its words stands for them, and takes the rank
 * of the better one; others would crowd out a word that says more. */
static void rank_pair(const struct gathering *gathering, struct candidate *pair)
{
    const struct article *article = &gathering->job->article;
    for (uint32_t k = pair->first; k < pair->end; k++) {
        const struct candidate *word = map_get(&gathering->by_key, key_of(article->tokens[k].lower));
        if (!word || PAIR_SHARE * word->count > pair->count)
            return;
    }
    for (uint32_t k = pair->first; k < pair->end; k++) {
        const struct candidate *word = map_get(&gathering->by_key, key_of(article->tokens[k].lower));
        float rank = rank_of(gathering, word) + 0.01f;
        pair->rank = rank > pair->rank ? rank : pair->rank;
    }
}

static void rank_all(struct gathering *gathering)
{
    size_t kept = 0;
    for (size_t i = 0; i < gathering->count; i++) {
        struct candidate *candidate = gathering->candidates[i];
        bool pair = !candidate->name && candidate->end - candidate->first > 1;
        if (candidate->count < (pair ? LEAST_REPEATS : 1))
            continue;
        candidate->rank = rank_of(gathering, candidate);
        if (pair)
            rank_pair(gathering, candidate);
        gathering->candidates[kept++] = candidate;
    }
    gathering->count = kept;
}

/* -------------------------------------------------------------- the best ones */

/* The candidates are a heap, the best on top (Williams 1964): a handful of hundreds is asked for, and the others need
 * no order. */
static void sink(struct gathering *gathering, size_t at)
{
    struct candidate **heap = gathering->candidates, *sinking = heap[at];
    for (size_t child; (child = 2 * at + 1) < gathering->count; at = child) {
        child += child + 1 < gathering->count && is_better(heap[child + 1], heap[child]);
        if (!is_better(heap[child], sinking))
            break;
        heap[at] = heap[child];
    }
    heap[at] = sinking;
}

static void heap_up(struct gathering *gathering)
{
    for (size_t at = gathering->count / 2; at-- > 0;)
        sink(gathering, at);
}

static struct candidate *take_best(struct gathering *gathering)
{
    struct candidate *best = gathering->candidates[0];
    gathering->candidates[0] = gathering->candidates[--gathering->count];
    sink(gathering, 0);
    return best;
}

/* Is one of its words in a better phrase? A name may share words with what is none: "the bank" and "Bank
 * of Tarvik" are two things. */
static bool is_spoken_for(const struct article *article, const struct map *used, const struct candidate *candidate)
{
    for (uint32_t k = candidate->first; k < candidate->end; k++) {
        const struct candidate *by = map_get(used, key_of(article->tokens[k].lower));
        if (by && (by->name || !candidate->name))
            return true;
    }
    return false;
}

static void choose(struct gathering *gathering, struct article *article)
{
    struct arena *arena = gathering->job->arena;
    struct map used = map_make(arena, 32);
    article->keyphrases = arena_calloc(arena, LIMIT_KEYPHRASES, sizeof *article->keyphrases);
    heap_up(gathering);
    while (gathering->count && article->keyphrase_count < LIMIT_KEYPHRASES) {
        struct candidate *candidate = take_best(gathering);
        struct span span = {article->tokens[candidate->first].span.start, article->tokens[candidate->end - 1].span.end};
        if (span.end - span.start > LONGEST_BYTES || is_spoken_for(article, &used, candidate))
            continue;
        for (uint32_t k = candidate->first; k < candidate->end; k++)
            *map_at(&used, key_of(article->tokens[k].lower)) = candidate;
        struct slice text =
            (candidate->name ? name_case_written : name_case_common)(gathering->job, candidate->first, candidate->end);
        article->keyphrases[article->keyphrase_count++] =
            (struct keyphrase){text, 1 / (1 + expf(SCORE_MIDDLE - candidate->rank))};
    }
}

enum err phrases_run(struct job *job)
{
    struct article *article = &job->article;
    struct gathering gathering = {.job = job, .by_key = map_make(job->arena, 512)};
    uint32_t mention = 0;
    for (uint32_t s = 0; s < article->sentence_count && article->sentences[s].first < TOKENS_READ; s++)
        gather_sentence(&gathering, &article->sentences[s], &mention);
    gather_pairs(&gathering, TOKENS_READ);
    fold_short_names(&gathering);
    rank_all(&gathering);
    choose(&gathering, article);
    return ERR_NONE;
}
