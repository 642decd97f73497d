#include "find/authors/authors.h"

#include "article/knowledge.h"
#include "article/limits.h"
#include "authors_internal.h"
#include "base/utf8.h"

static const char *const feature_names[] = {
#define X(enumerator, name) name,
    AUTHOR_FEATURES(X)
#undef X
};

const char *author_feature_name(size_t index)
{
    return feature_names[index];
}

static struct map read_function_words(struct arena *arena, const struct lexicon *lexicon)
{
    const struct lexicon_table *table = lexicon_table(lexicon, "stop_words");
    struct map words = map_make(arena, 4096);
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        struct slice rest = row->columns[1], word;
        while (slice_split(&rest, ' ', &word))
            *map_at(&words, word) = (void *)row;
    }
    map_settle(&words);
    return words;
}

static struct map read_cue_heads(struct arena *arena, const struct lexicon_table *cues)
{
    struct map heads = map_make(arena, lexicon_row_count(cues));
    for (size_t i = 0; i < lexicon_row_count(cues); i++) {
        struct slice rest = lexicon_row_at(cues, i)->columns[0], head, word;
        unsigned words = 0;
        slice_split(&rest, ' ', &head);
        for (words = 1; slice_split(&rest, ' ', &word); words++)
            continue;
        void **lengths = map_at(&heads, head);
        if (words <= BYLINE_CUE_WORDS)
            *lengths = (void *)((uintptr_t)*lengths | 1u << words);
    }
    map_settle(&heads);
    return heads;
}

const struct author_lexicon *author_lexicon_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct author_lexicon *made = arena_alloc(arena, sizeof *made);
    *made = (struct author_lexicon){
        .cue_heads = read_cue_heads(arena, lexicon_table(lexicon, "byline_cues")),
        .function_words = read_function_words(arena, lexicon),
        .cues = lexicon_table(lexicon, "byline_cues"),
        .roles = lexicon_table(lexicon, "newsroom_roles"),
        .noise = lexicon_table(lexicon, "author_noise"),
        .particles = lexicon_table(lexicon, "name_particles"),
        .titles = lexicon_table(lexicon, "personal_titles"),
        .months = lexicon_table(lexicon, "months"),
        .legal_forms = lexicon_table(lexicon, "legal_forms"),
        .zones = lexicon_table(lexicon, "time_zones"),
        .weekdays = lexicon_table(lexicon, "weekdays"),
        .given_names = lexicon_table(lexicon, "author_given_names"),
        .ranker = ranker_create(arena, lexicon, "authors", feature_names, AUTHOR_FEATURE_COUNT),
    };
    return made;
}

/* -------------------------------------------------------------------- names */

#define LEAST_SHOUTED 3 /* letters; shorter words in capitals are initials */

bool author_is_shouted(struct slice word)
{
    return utf8_count(word) >= LEAST_SHOUTED && utf8_all_upper(word) &&
           slice_find_byte(word, '.', 0) == SLICE_NOT_FOUND;
}

/* "SIGURD ÅKERLUND" -> "Sigurd Åkerlund": every letter but the first of a run of letters. */
static struct slice quieten(struct arena *arena, struct slice name)
{
    struct buffer out = buffer_make(name.len * 2 + 4);
    struct slice rest = name, word;
    while (slice_split(&rest, ' ', &word)) {
        bool shouted = author_is_shouted(word), inside = false;
        size_t taken;
        if (out.len)
            buffer_append_byte(&out, ' ');
        for (size_t at = 0; at < word.len; at += taken) {
            uint32_t c = utf8_decode(word, at, &taken);
            utf8_append(&out, shouted && inside ? utf8_to_lower(c) : c);
            inside = utf8_is_word(c);
        }
    }
    struct slice result = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return result;
}

/* Two words or more, all in capitals: the layout shouts, the person does not. */
static struct slice display_name(struct arena *arena, struct slice name)
{
    struct slice squashed = utf8_squash(arena, name);
    bool several = slice_find_byte(squashed, ' ', 0) != SLICE_NOT_FOUND;
    return several && utf8_all_upper(squashed) ? quieten(arena, squashed) : squashed;
}

void author_add(struct job *job, struct slice name, const struct finding *like)
{
    struct article *article = &job->article;
    struct slice shown = display_name(job->arena, name);
    for (uint32_t i = 0; i < article->author_count; i++)
        if (slice_equals_nocase(article->authors[i].value, shown))
            return;
    if (article->author_count == LIMIT_AUTHORS)
        return;
    struct finding *author = &article->authors[article->author_count++];
    *author = *like;
    author->value = shown;
    author->raw = slice_equals(like->raw, shown) ? SLICE_NULL : like->raw;
    /* A name cut out of the article's text stands there. */
    if (name.ptr >= article->text.ptr && name.ptr < article->text.ptr + article->text.len) {
        author->has_span = true;
        author->span.start = (uint32_t)(name.ptr - article->text.ptr);
        author->span.end = author->span.start + (uint32_t)name.len;
    }
}

/* -------------------------------------------------------------------- pages */

#define STATED_CONFIDENCE 0.5f /* a person in the markup alone: as often right as annotated otherwise */

struct author_option *author_options(struct job *job, size_t *count)
{
    struct author_page *page = arena_alloc(job->arena, sizeof *page);
    author_page_read(job, page);
    struct author_option *options = arena_calloc(job->arena, page->count, sizeof *options);
    for (size_t i = 0; i < page->count; i++) {
        options[i].names = page->candidates[i].names;
        options[i].name_count = page->candidates[i].name_count;
        author_features(page, &page->candidates[i], options[i].features);
    }
    *count = page->count;
    return options;
}

static void take(struct job *job, const struct author_candidate *candidate, float confidence)
{
    struct finding like = {
        .source = candidate->source, .confidence = confidence, .raw = candidate->raw, .block = candidate->block};
    for (size_t i = 0; i < candidate->name_count; i++)
        author_add(job, candidate->names[i], &like);
}

/* The model learns from pages whose annotators looked at what is shown; what only the markup says is no less the
 * page's word, so a person stated there stands where nothing better is found. */
static void run_page(struct job *job)
{
    struct author_page *page = arena_alloc(job->arena, sizeof *page);
    const struct author_candidate *stated = NULL;
    float scores[AUTHORS_MAX_CANDIDATES], features[AUTHOR_FEATURE_COUNT], probability = 0;
    author_page_read(job, page);
    for (size_t i = 0; i < page->count; i++) {
        author_features(page, &page->candidates[i], features);
        scores[i] = ranker_score(page->lexicon->ranker, features);
        if (!stated && author_is_stated(features))
            stated = &page->candidates[i];
    }
    if (page->count == 0)
        return;
    size_t best = ranker_choose(scores, page->count, true, &probability);
    if (scores[best] > 0) /* likelier than that nobody is named */
        take(job, &page->candidates[best], probability);
    else if (stated)
        take(job, stated, STATED_CONFIDENCE);
}

/* ----------------------------------------------------------------- raw text */


enum err authors_run(struct job *job)
{
    job->article.authors = arena_calloc(job->arena, LIMIT_AUTHORS, sizeof *job->article.authors);
    job->article.author_count = 0;
    if (job_is_page(job))
        run_page(job);
    else
        authors_read_text(job);
    return ERR_NONE;
}
