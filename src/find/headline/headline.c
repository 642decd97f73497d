#include "find/headline/headline.h"

#include "article/knowledge.h"
#include "base/utf8.h"
#include "headline_internal.h"

static const char *const feature_names[] = {
#define X(enumerator, name) name,
    HEADLINE_FEATURES(X)
#undef X
};

const char *headline_feature_name(size_t index)
{
    return feature_names[index];
}

const struct headline_lexicon *headline_lexicon_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct headline_lexicon *made = arena_alloc(arena, sizeof *made);
    made->defaults = lexicon_table(lexicon, "headline_defaults");
    made->ranker = ranker_create(arena, lexicon, "headline", feature_names, HEADLINE_FEATURE_COUNT);
    return made;
}

/* -------------------------------------------------------------------- pages */

struct headline_option *headline_options(struct job *job, size_t *count)
{
    struct headline_page *page = arena_alloc(job->arena, sizeof *page);
    headline_page_read(job, page);
    struct headline_option *options = arena_calloc(job->arena, page->count, sizeof *options);
    for (size_t i = 0; i < page->count; i++) {
        options[i].text = page->candidates[i].text;
        headline_features(page, &page->candidates[i], options[i].features);
    }
    *count = page->count;
    return options;
}

/* What a template or the site prints on every page is no headline, however alone it stands. */
static bool is_nobodys(const float *features)
{
    return features[HF_IS_DEFAULT] > 0;
}

/* The title has a part besides the name of the site that the page shows, too: that part is the headline, if any is. */
static bool shows_part_of_title(const struct headline_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct headline_candidate *candidate = &page->candidates[i];
        if (candidate->places & (PLACE_TITLE_HEAD | PLACE_TITLE_TAIL) && candidate->places & PLACE_VISIBLE &&
            !site_is_home(page->site, &candidate->wording))
            return true;
    }
    return false;
}

static const struct headline_candidate *choose(struct headline_page *page, float *confidence)
{
    float scores[HEADLINE_MAX_CANDIDATES], features[HEADLINE_FEATURE_COUNT];
    const struct headline_candidate *kept[HEADLINE_MAX_CANDIDATES];
    bool told = shows_part_of_title(page);
    size_t count = 0;
    for (size_t i = 0; i < page->count; i++) {
        headline_features(page, &page->candidates[i], features);
        if (is_nobodys(features) || (told && site_is_home(page->site, &page->candidates[i].wording)))
            continue;
        kept[count] = &page->candidates[i];
        scores[count++] = ranker_score(page->lexicon->ranker, features);
    }
    return count ? kept[ranker_choose(scores, count, false, confidence)] : NULL;
}

static void take(struct job *job, const struct headline_candidate *candidate, float confidence)
{
    struct article *article = &job->article;
    bool whole = candidate->places & ~(unsigned)(PLACE_CUT | PLACE_PIECE);
    article->headline = (struct finding){
        .value = utf8_squash(job->arena, candidate->text),
        .source = candidate->source,
        .confidence = confidence,
        .raw = whole ? SLICE_NULL : candidate->cut_from,
        .block = candidate->block,
    };
    if (candidate->block == NO_BLOCK)
        return;
    struct block *block = &article->blocks[candidate->block];
    block->role = ROLE_HEADLINE;
    article->headline.has_span = true;
    article->headline.span = block->span;
}

/* A brief has some forty words; a shop's or forum's page that has less prose tells no story. */
#define LEAST_STORY_BYTES 250

static bool is_article(const struct article *article)
{
    size_t prose = 0;
    for (uint32_t i = 0; i < article->claim_count; i++) {
        const struct claim *claim = &article->claims[i];
        if (claim->article || (claim->kind == CLAIM_TYPE && slice_contains_nocase(claim->value, SLICE("article"))))
            return true;
    }
    for (uint32_t i = 0; i < article->block_count; i++)
        if (article->blocks[i].role == ROLE_BODY)
            prose += article->blocks[i].span.end - article->blocks[i].span.start;
    return prose >= LEAST_STORY_BYTES;
}

static void run_page(struct job *job)
{
    struct headline_page *page = arena_alloc(job->arena, sizeof *page);
    float confidence = 0;
    headline_page_read(job, page);
    const struct headline_candidate *best = choose(page, &confidence);
    if (best)
        take(job, best, confidence);
    if (!is_article(&job->article))
        job_warn(job, "not_an_article", NULL, "nothing on the page says that it is an article");
}

/* ----------------------------------------------------------------- raw text */

/* The words of a tail stand, letter for letter, in a line that is no prose: "© 2026 Europa Desk". */
static bool is_named_elsewhere(struct job *job, const struct wording *tail, uint32_t headline)
{
    const struct article *article = &job->article;
    for (uint32_t i = 0; i < article->block_count; i++) {
        const struct block *block = &article->blocks[i];
        if (i == headline || role_is_prose(block->role) || block->role == ROLE_STANDFIRST)
            continue;
        struct wording line = wording_make(job->arena, block_text(article, block));
        struct slice name = tail->letters;
        /* "The Daily Ledger" is @dailyledger. */
        if (slice_starts(tail->key, SLICE("the ")))
            name = slice_sub(name, 3, name.len);
        if (name.len && slice_find(line.letters, name, 0) != SLICE_NOT_FOUND)
            return true;
    }
    return false;
}

#define LONGEST_SITE_NAME 40 /* bytes */

/* "Bank holds rate | The Daily Ledger": without the name of the paper, where that stands in another line. */
static struct slice cut_paper(struct job *job, struct slice text, uint32_t headline)
{
    static const struct slice separators[] = {{" | ", 3}, {" – ", 5}, {" — ", 5}, {" - ", 3}};
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
        size_t at = SLICE_NOT_FOUND;
        for (size_t next = 0; (next = slice_find(text, separators[i], next)) != SLICE_NOT_FOUND; next++)
            at = next;
        if (at == SLICE_NOT_FOUND || text.len - at > LONGEST_SITE_NAME)
            continue;
        struct wording tail = wording_make(job->arena, slice_sub(text, at + separators[i].len, text.len));
        if (tail.letters.len && is_named_elsewhere(job, &tail, headline))
            return slice_sub(text, 0, at);
    }
    return text;
}

static void run_text(struct job *job)
{
    struct article *article = &job->article;
    uint32_t i = 0;
    while (i < article->block_count && article->blocks[i].role != ROLE_HEADLINE)
        i++;
    if (i == article->block_count)
        return;
    const struct block *block = &article->blocks[i];
    struct slice raw = block_text(article, block), kept = slice_trim(cut_paper(job, raw, i));
    struct slice value = utf8_squash(job->arena, kept);
    article->headline = (struct finding){
        .value = value,
        .source = SOURCE_FIRST_LINE,
        .confidence = block->score,
        .raw = slice_equals(value, raw) ? SLICE_NULL : raw,
        .span = {block->span.start, block->span.start + (uint32_t)kept.len},
        .has_span = true,
        .block = i,
    };
}

enum err headline_run(struct job *job)
{
    job->article.headline = (struct finding){.block = NO_BLOCK};
    if (job_is_page(job))
        run_page(job);
    else
        run_text(job);
    return ERR_NONE;
}
