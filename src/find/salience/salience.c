#include "find/salience/salience.h"

#include <math.h>
#include <stdlib.h>

#include "article/knowledge.h"
#include "model/ranker.h"

static int by_salience(const void *a, const void *b)
{
    const struct actor *x = *(const struct actor *const *)a, *y = *(const struct actor *const *)b;
    if (x->salience != y->salience)
        return x->salience < y->salience ? 1 : -1;
    return x < y ? -1 : x > y;
}

const struct ranker *salience_model_create(struct arena *arena, const struct lexicon *lexicon)
{
    return ranker_create(arena, lexicon, "salience", salience_feature_names, SALIENCE_FEATURES);
}

enum err salience_run(struct job *job)
{
    struct article *article = &job->article;
    uint32_t count = article->actor_count;
    float(*features)[SALIENCE_FEATURES] = salience_features(job);
    struct actor **order = arena_alloc(job->arena, count * sizeof *order);
    struct actor *sorted = arena_alloc(job->arena, count * sizeof *sorted);
    uint32_t *rank = arena_alloc(job->arena, count * sizeof *rank);
    for (uint32_t i = 0; i < count; i++) {
        order[i] = &article->actors[i];
        order[i]->salience = 1 / (1 + expf(-ranker_score(job->knowledge->salience, features[i])));
    }
    if (count)
        qsort(order, count, sizeof *order, by_salience);
    for (uint32_t i = 0; i < count; i++) {
        rank[order[i] - article->actors] = i;
        sorted[i] = *order[i];
    }
    for (uint32_t m = 0; m < article->mention_count; m++)
        if (article->mentions[m].actor != UINT32_MAX)
            article->mentions[m].actor = rank[article->mentions[m].actor];
    article->actors = sorted;
    return ERR_NONE;
}
