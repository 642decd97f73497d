#include "text/body.h"

#include <assert.h>

#include "body_features.h"
#include "body_reasons.h"
#include "model/forest.h"

struct body_model {
    const struct section_words *words;
    const struct forest *blocks, *context;
};

const struct body_model *body_model_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct body_model *model = arena_calloc(arena, 1, sizeof *model);
    model->words = section_words_create(arena, lexicon);
    model->blocks = forest_create(arena, lexicon_table(lexicon, "body_blocks"));
    model->context = forest_create(arena, lexicon_table(lexicon, "body_context"));
    assert(forest_feature_count(model->blocks) == BODY_FEATURES);
    assert(forest_feature_count(model->context) == BODY_CONTEXT_FEATURES);
    return model;
}

/* Below this log-odds (one in twenty) more trees do not make a block prose. */
#define PLAINLY_NOT_PROSE (-3.0f)

static float *score_rows(struct arena *arena, const struct forest *forest, const float *rows, size_t width,
                         uint32_t count)
{
    float *scores = arena_alloc(arena, count * sizeof *scores);
    for (uint32_t i = 0; i < count; i++)
        scores[i] = forest_score_above(forest, rows + (size_t)i * width, PLAINLY_NOT_PROSE);
    return scores;
}

static float *context_rows(const struct job *job, const struct body_features *features)
{
    const struct article *article = &job->article;
    const float *first = score_rows(job->arena, job->knowledge->body->blocks, features->values, BODY_FEATURES,
                                    article->block_count);
    return body_context_make(job, features, first);
}

float *body_rows(const struct job *job, int stage, size_t *width)
{
    struct body_features features = body_features_make(job, job->knowledge->body->words);
    *width = stage == 0 ? BODY_FEATURES : BODY_CONTEXT_FEATURES;
    return stage == 0 ? features.values : context_rows(job, &features);
}

/* A page without any block that is more likely prose than not still has a most likely one: the brief of
 * one line, the caption that is the whole story. It is taken when it is not plainly something else. */
#define LEAST_LIKELY (-1.5f)

static void keep_likeliest(struct article *article, const float *scores)
{
    uint32_t best = NO_BLOCK;
    for (uint32_t i = 0; i < article->block_count; i++) {
        if (role_is_prose(article->blocks[i].role))
            return;
        if (article->blocks[i].tag != BLOCK_HEADING && (best == NO_BLOCK || scores[i] > scores[best]))
            best = i;
    }
    if (best != NO_BLOCK && scores[best] > LEAST_LIKELY)
        article->blocks[best].role = ROLE_BODY;
}

enum err body_run(struct job *job)
{
    struct article *article = &job->article;
    if (article->block_count == 0)
        return job_fail(job, ERR_NO_TEXT, "the page shows no text");
    struct body_features features = body_features_make(job, job->knowledge->body->words);
    const float *scores = score_rows(job->arena, job->knowledge->body->context, context_rows(job, &features),
                                     BODY_CONTEXT_FEATURES, article->block_count);
    for (uint32_t i = 0; i < article->block_count; i++) {
        struct block *block = &article->blocks[i];
        bool prose = scores[i] > 0 && i != features.headline;
        float probability = forest_probability(scores[i]);
        block->score = prose ? probability : 1 - probability;
        block->role = !prose ? ROLE_UNKNOWN : block->tag == BLOCK_HEADING ? ROLE_SUBHEADING : ROLE_BODY;
    }
    keep_likeliest(article, scores);
    body_name_reasons(article, &features);
    return ERR_NONE;
}
