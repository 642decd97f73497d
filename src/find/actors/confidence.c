#include "find/actors/confidence.h"

#include <math.h>

#include "article/knowledge.h"
#include "model/ranker.h"

#define SUREST 0.99f /* of mentions that confirm each other */

enum feature { F_BIAS, F_TAGGER, F_REPEATED, F_PERSON, F_PLACE, F_STATED, F_SINGLE };

const char *const confidence_feature_names[CONFIDENCE_FEATURES] = {"bias",  "tagger", "repeated", "person",
                                                                   "place", "stated", "single"};

/* Mentions confirm each other. */
static float confirm(float confidence, float by)
{
    float sum = 1 - (1 - confidence) * (1 - by);
    return sum > SUREST ? SUREST : sum;
}

float (*confidence_features(struct job *job))[CONFIDENCE_FEATURES]
{
    const struct article *article = &job->article;
    float(*features)[CONFIDENCE_FEATURES] = arena_calloc(job->arena, article->actor_count + 1, sizeof *features);
    for (uint32_t m = 0; m < article->mention_count; m++)
        if (article->mentions[m].actor != UINT32_MAX) {
            float *tagger = &features[article->mentions[m].actor][F_TAGGER];
            *tagger = confirm(*tagger, article->mentions[m].confidence);
        }
    for (uint32_t i = 0; i < article->actor_count; i++) {
        const struct actor *actor = &article->actors[i];
        float tagger = features[i][F_TAGGER] < 0.01f ? 0.01f : features[i][F_TAGGER];
        features[i][F_BIAS] = 1;
        features[i][F_TAGGER] = logf(tagger / (1 - tagger));
        features[i][F_REPEATED] = actor->count > 1;
        features[i][F_PERSON] = actor->type == ACTOR_PERSON;
        features[i][F_PLACE] = actor->type == ACTOR_PLACE;
        features[i][F_STATED] =
            actor->country[0] || actor->role_count || actor->place_kind || !slice_is_null(actor->organization_type);
        features[i][F_SINGLE] = memchr(actor->name.ptr, ' ', actor->name.len) == NULL;
    }
    return features;
}

const struct ranker *confidence_model_create(struct arena *arena, const struct lexicon *lexicon)
{
    return ranker_create(arena, lexicon, "confidence", confidence_feature_names, CONFIDENCE_FEATURES);
}

enum err confidence_run(struct job *job)
{
    float(*features)[CONFIDENCE_FEATURES] = confidence_features(job);
    for (uint32_t i = 0; i < job->article.actor_count; i++)
        job->article.actors[i].confidence = 1 / (1 + expf(-ranker_score(job->knowledge->confidence, features[i])));
    return ERR_NONE;
}
