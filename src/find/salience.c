#include "find/salience.h"

#include <math.h>
#include <stdlib.h>

#include "actors_internal.h"
#include "model/ranker.h"

enum feature {
    F_BIAS, F_MENTIONS, F_SHARE, F_HEADLINE, F_LEADS, F_EARLY, F_FIRST_SENTENCE, F_PERSON, F_PLACE, F_COUNTRY, F_ROLE,
    F_DATELINE, F_SPREAD, F_SUBJECT, F_LEAD_SUBJECT, F_SPEAKER, F_AGENT, F_WHERE, F_PART, F_LISTED,
    F_SINGLE, F_LONG, F_KIND, F_SURE
};

const char *const salience_feature_names[SALIENCE_FEATURES] = {
    "bias", "mentions", "share", "headline", "leads", "early", "first_sentence", "person", "place", "country", "role",
    "dateline", "spread", "subject", "lead_subject", "speaker", "agent", "where", "part", "listed",
    "single", "long", "kind", "sure",
};

#define FIRST_SENTENCES 4 /* the headline and a lead paragraph */
#define FIRST_WORDS 8     /* where an English sentence has its subject */

/* The place that a report was written in: capitals at the start of a paragraph. */
static bool in_dateline(const struct article *article, const struct mention *mention)
{
    const struct sentence *sentence = &article->sentences[mention->sentence];
    return mention->type == ACTOR_PLACE && mention->first == sentence->first &&
           article->tokens[mention->first].flags & TOKEN_ALL_UPPER &&
           article->blocks[sentence->block].role != ROLE_HEADLINE;
}

static bool token_is_one_of(const struct token *token, const char *const *words)
{
    for (; *words; words++)
        if (slice_equals(token->lower, slice_from_cstr(*words)))
            return true;
    return false;
}

static const char *const speech_verbs[] = {"said", "says", "told", "added", "warned", "explained", "wrote", "announced", NULL};
static const char *const agent_words[] = {"by", NULL};
static const char *const place_words[] = {"in", "at", "near", "from", "to", "on", "outside", "across", NULL};
static const char *const part_words[] = {"of", "for", "with", "as", "between", "against", "including", "like", NULL};
static const char *const list_words[] = {",", "and", "or", NULL};
/* What follows a name where it is no subject. */
static const char *const no_verbs[] = {"and", "or", "in", "at", "on", "of", "for", "to", "from", "by", "with", "as", "after", "before",
                                       "who", "which", "that", "where", "when", "while", "but", "the", "a", "near", "since", NULL};

/* How the words on both sides use the name. */
static void look_at_neighbours(const struct article *article, const struct mention *mention, float *features)
{
    const struct sentence *sentence = &article->sentences[mention->sentence];
    const struct token *before = mention->first > sentence->first ? &article->tokens[mention->first - 1] : NULL;
    const struct token *behind = mention->end < sentence->end ? &article->tokens[mention->end] : NULL;
    bool speaks = (behind && token_is_one_of(behind, speech_verbs)) || (before && token_is_one_of(before, speech_verbs));
    bool subject = behind && behind->flags & TOKEN_LOWER && behind->kind == TOKEN_WORD && behind->lower.ptr[0] != '\'' &&
                   !token_is_one_of(behind, no_verbs) &&
                   !(before && (token_is_one_of(before, place_words) || token_is_one_of(before, part_words)));
    features[F_SPEAKER] += speaks;
    features[F_SUBJECT] += subject;
    if (subject && mention->sentence < FIRST_SENTENCES)
        features[F_LEAD_SUBJECT] = 1;
    features[F_AGENT] += before && token_is_one_of(before, agent_words);
    features[F_WHERE] += before && token_is_one_of(before, place_words);
    features[F_PART] += before && token_is_one_of(before, part_words);
    features[F_LISTED] += before && behind && token_is_one_of(before, list_words) && token_is_one_of(behind, list_words);
}

static void look_at_mention(const struct article *article, const struct mention *mention, float *features)
{
    const struct sentence *sentence = &article->sentences[mention->sentence];
    bool headline = article->blocks[sentence->block].role == ROLE_HEADLINE;
    float place = (float)mention->first / (float)(article->token_count + 1);
    if (in_dateline(article, mention)) {
        features[F_DATELINE] = 1;
        return;
    }
    features[F_HEADLINE] = features[F_HEADLINE] > (float)headline ? features[F_HEADLINE] : (float)headline;
    if (mention->sentence < FIRST_SENTENCES) {
        features[F_FIRST_SENTENCE] = 1;
        if (mention->first - sentence->first < FIRST_WORDS)
            features[F_LEADS] = 1;
    }
    look_at_neighbours(article, mention, features);
    if (features[F_MENTIONS]++ == 0)
        features[F_EARLY] = 1 - place;
    features[F_SPREAD] = place - (1 - features[F_EARLY]);
}

float (*salience_features(const struct job *job))[SALIENCE_FEATURES]
{
    const struct article *article = &job->article;
    float(*features)[SALIENCE_FEATURES] = arena_calloc(job->arena, article->actor_count + 1, sizeof *features);
    float most = 1;
    for (uint32_t m = 0; m < article->mention_count; m++)
        if (article->mentions[m].actor != UINT32_MAX)
            look_at_mention(article, &article->mentions[m], features[article->mentions[m].actor]);
    for (uint32_t i = 0; i < article->actor_count; i++)
        most = features[i][F_MENTIONS] > most ? features[i][F_MENTIONS] : most;
    for (uint32_t i = 0; i < article->actor_count; i++) {
        const struct actor *actor = &article->actors[i];
        features[i][F_BIAS] = 1;
        features[i][F_SHARE] = features[i][F_MENTIONS] / most;
        for (size_t use = F_SUBJECT; use <= F_LISTED && features[i][F_MENTIONS] > 0; use++) /* shares of its mentions */
            if (use != F_LEAD_SUBJECT)
                features[i][use] /= features[i][F_MENTIONS];
        features[i][F_MENTIONS] = logf(1 + features[i][F_MENTIONS]);
        features[i][F_PERSON] = actor->type == ACTOR_PERSON;
        features[i][F_PLACE] = actor->type == ACTOR_PLACE;
        features[i][F_COUNTRY] = actor->type == ACTOR_PLACE && actor->place_kind == PLACE_COUNTRY;
        bool several = memchr(actor->name.ptr, ' ', actor->name.len) != NULL;
        features[i][F_SINGLE] = actor->type == ACTOR_PERSON && !several;
        features[i][F_LONG] = actor->type == ACTOR_ORGANIZATION && several;
        features[i][F_KIND] = !slice_is_null(actor->organization_type);
        features[i][F_SURE] = actor->confidence;
        features[i][F_ROLE] = actor->role_count > 0;
    }
    return features;
}

static int by_salience(const void *a, const void *b)
{
    const struct actor *x = *(const struct actor *const *)a, *y = *(const struct actor *const *)b;
    if (x->salience != y->salience)
        return x->salience < y->salience ? 1 : -1;
    return x < y ? -1 : x > y;
}

void salience_assign(struct job *job)
{
    struct article *article = &job->article;
    uint32_t count = article->actor_count;
    float(*features)[SALIENCE_FEATURES] = salience_features(job);
    struct actor **order = arena_alloc(job->arena, count * sizeof *order);
    struct actor *sorted = arena_alloc(job->arena, count * sizeof *sorted);
    uint32_t *rank = arena_alloc(job->arena, count * sizeof *rank);
    for (uint32_t i = 0; i < count; i++) {
        order[i] = &article->actors[i];
        order[i]->salience = 1 / (1 + expf(-ranker_score(names_salience(job->knowledge->names), features[i])));
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
}
