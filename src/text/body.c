#include "text/body.h"

#include <assert.h>

#include "body_features.h"
#include "body_reasons.h"
#include "model/forest.h"

struct body_model {
    const struct section_words *words;
    const struct forest *forest;
};

const struct body_model *body_model_create_from(struct arena *arena, const struct lexicon *lexicon,
                                                const struct lexicon_table *forest)
{
    struct body_model *model = arena_calloc(arena, 1, sizeof *model);
    model->words = section_words_create(arena, lexicon);
    model->forest = forest_create(arena, forest ? forest : lexicon_table(lexicon, "body"));
    return model;
}

const struct body_model *body_model_create(struct arena *arena, const struct lexicon *lexicon)
{
    return body_model_create_from(arena, lexicon, NULL);
}

float *body_rows(const struct job *job, size_t *width)
{
    *width = BODY_FEATURES;
    return body_features_make(job, job->knowledge->body->words).values;
}

/* What is more likely prose than this is taken (log-odds; a chance of 58 %). Leaving out is the smaller evil: a
 * reader misses a line less than he minds a stranger's, and on held-out pages precision rises as much as recall
 * falls up to here. */
#define LIKELY_PROSE 0.35f

#define LONG_ENOUGH 40 /* bytes; shorter text may be said twice: "Ingredients" */

/* The article may stand on a page twice, for narrow and for wide screens: the second copy is left out. */
static bool said_before(const struct article *article, const struct body_features *features, uint32_t index)
{
    const struct block *block = &article->blocks[index];
    uint32_t first = features->first_alike[index];
    return first != index && block->span.end - block->span.start >= LONG_ENOUGH && role_is_prose(article->blocks[first].role);
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

/* A page that a script would fill still says in its head what it is about; one that says nothing there
 * either is no input. */
static enum err answer_for_claims_alone(struct job *job)
{
    for (uint32_t i = 0; i < job->article.claim_count; i++)
        if (job->article.claims[i].kind <= CLAIM_AUTHOR) {
            job_warn(job, "no_text", "body", "the page shows no text; what it says of itself is all there is");
            return ERR_NONE;
        }
    return job_fail(job, ERR_NO_TEXT, "the page shows no text");
}

enum err body_run(struct job *job)
{
    struct article *article = &job->article;
    if (article->block_count == 0)
        return answer_for_claims_alone(job);
    const struct forest *forest = job->knowledge->body->forest;
    assert(forest_feature_count(forest) == BODY_FEATURES); /* else train anew: scripts/train-body */
    struct body_features features = body_features_make(job, job->knowledge->body->words);
    float *scores = arena_alloc(job->arena, article->block_count * sizeof *scores);
    forest_score_rows(forest, features.values, article->block_count, scores);
    for (uint32_t i = 0; i < article->block_count; i++) {
        struct block *block = &article->blocks[i];
        bool likely = features.verdicts[i] ? features.verdicts[i] > 0 : scores[i] > LIKELY_PROSE;
        bool prose = likely && !said_before(article, &features, i);
        float probability = forest_probability(scores[i]);
        block->score = prose ? probability : 1 - probability;
        block->role = !prose ? ROLE_UNKNOWN : block->tag == BLOCK_HEADING ? ROLE_SUBHEADING : ROLE_BODY;
    }
    keep_likeliest(article, scores);
    body_name_reasons(article, &features);
    return ERR_NONE;
}
