/* Which of the page's days is that of publication, if any. */
#include "date_choice.h"

#include "model/ranker.h"

static const char *const feature_names[] = {
#define X(enumerator, name) name,
    DATE_FEATURES(X)
#undef X
};

const char *date_feature_name(size_t index)
{
    return feature_names[index];
}

const struct date_lexicon *date_lexicon_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct date_lexicon *made = arena_alloc(arena, sizeof *made);
    made->words = date_words_create(arena, lexicon);
    made->order = lexicon_table(lexicon, "date_order");
    made->ranker = ranker_create(arena, lexicon, "dates", feature_names, DATE_FEATURE_COUNT);
    return made;
}

struct date_option *date_options(struct job *job, size_t *count)
{
    struct date_page *page = arena_alloc(job->arena, sizeof *page);
    date_page_read(job, page);
    struct date_option *options = arena_calloc(job->arena, page->count + 1, sizeof *options);
    for (size_t i = 0; i < page->count; i++) {
        options[i].text = edtf_write(job->arena, &page->candidates[i].value);
        date_page_features(page, &page->candidates[i], options[i].features);
    }
    *count = page->count;
    return options;
}

struct date_candidate *date_page_choose(struct date_page *page, float *probability)
{
    float features[DATE_FEATURE_COUNT], scores[DATE_MAX_CANDIDATES];
    if (!page->count)
        return NULL;
    for (size_t i = 0; i < page->count; i++) {
        date_page_features(page, &page->candidates[i], features);
        scores[i] = ranker_score(page->job->knowledge->dates->ranker, features);
    }
    size_t best = ranker_choose(scores, page->count, true, probability);
    return scores[best] > 0 ? &page->candidates[best] : NULL; /* 0 is the score of "none" */
}
