#include "model/topic_classifier.h"

#include <assert.h>
#include <math.h>

#include "model/hashed_linear.h"

#define PRIOR_EVIDENCE 3.0f  /* one decisive word: below that, shares mean little */
#define SHARE_WEIGHT 8.0f    /* with BIAS: three quarters of the evidence are .86, half .65, a third .42 */
#define LOGIT_WEIGHT 0.25f
#define BIAS -3.0f
#define TEMPER 0.6f          /* words of one story are not independent; chosen on wiki_cep and kpcrowd */

struct topic_classifier {
    const struct word_lists *lists;
    const struct hashed_linear *linear; /* NULL before it was trained */
    int topic_of[TOPIC_COUNT]; /* code index of the lists -> topic number */
};

int topic_number(struct slice code)
{
    assert(code.len == 8);
    return (code.ptr[0] - '0') * 10 + (code.ptr[1] - '0') - 1;
}

const struct topic_classifier *topic_classifier_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct topic_classifier *classifier = arena_calloc(arena, 1, sizeof *classifier);
    classifier->lists = word_lists_create(arena, lexicon_table(lexicon, "topic_words"));
    classifier->linear = hashed_linear_create(arena, lexicon_embedded_model("topics.bin"));
    assert(word_lists_code_count(classifier->lists) == TOPIC_COUNT);
    for (uint32_t i = 0; i < TOPIC_COUNT; i++)
        classifier->topic_of[i] = topic_number(word_lists_code(classifier->lists, i));
    return classifier;
}

const struct word_lists *topic_classifier_lists(const struct topic_classifier *classifier)
{
    return classifier->lists;
}

static void weigh_matches(const struct topic_classifier *classifier, struct topic_reading *reading)
{
    for (uint32_t i = 0; i < reading->match_count; i++) {
        const struct word_match *match = &reading->matches[i];
        float times = word_match_times(match);
        for (uint32_t k = 0; k < match->entry->posting_count; k++) {
            const struct word_posting *posting = &match->entry->postings[k];
            reading->evidence[classifier->topic_of[posting->code]] += posting->weight * times;
        }
    }
}

/* The share of the evidence decides; the linear model, read against its own mean so that it has no opinion of
 * a text as a whole, moves it. */
static void score(struct topic_reading *reading)
{
    float total = PRIOR_EVIDENCE, mean = 0;
    for (int t = 0; t < TOPIC_COUNT; t++) {
        total += fmaxf(reading->evidence[t], 0);
        mean += reading->logits[t] / TOPIC_COUNT;
    }
    for (int t = 0; t < TOPIC_COUNT; t++) {
        float z = SHARE_WEIGHT * reading->evidence[t] / total + LOGIT_WEIGHT * (reading->logits[t] - mean) + BIAS;
        reading->scores[t] = 1 / (1 + expf(-(z > 0 ? TEMPER * z : z)));
    }
}

void topic_classifier_read(const struct topic_classifier *classifier, struct arena *arena,
                           const struct text_words *words, struct slice language, struct topic_reading *reading)
{
    *reading = (struct topic_reading){.words = words->count};
    reading->matches = word_lists_match(classifier->lists, arena, words, language, &reading->match_count);
    weigh_matches(classifier, reading);
    bool english = slice_is_null(language) || slice_equals(language, SLICE("en"));
    if (classifier->linear && english && words->count) { /* it has read English only */
        size_t count;
        uint32_t *features = hashed_linear_features(arena, words, &count);
        hashed_linear_read(classifier->linear, features, count, reading->logits);
    }
    score(reading);
}
