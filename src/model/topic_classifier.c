#include "model/topic_classifier.h"

#include <assert.h>
#include <math.h>

#define HEADLINE_FACTOR 1.7f /* a headline says what a story is about; its words count more */
#define PRIOR_EVIDENCE 3.0f  /* one decisive word: below that, shares mean little */

struct topic_classifier {
    const struct word_lists *lists;
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
        float times = (1 + logf((float)match->count)) * (match->in_headline ? HEADLINE_FACTOR : 1);
        for (uint32_t k = 0; k < match->entry->posting_count; k++) {
            const struct word_posting *posting = &match->entry->postings[k];
            reading->evidence[classifier->topic_of[posting->code]] += posting->weight * times;
        }
    }
}

static void score(struct topic_reading *reading)
{
    float total = PRIOR_EVIDENCE;
    for (int t = 0; t < TOPIC_COUNT; t++)
        total += reading->evidence[t];
    for (int t = 0; t < TOPIC_COUNT; t++) {
        float share = reading->evidence[t] / total;
        reading->scores[t] = 1 / (1 + expf(-(8 * share - 3)));
    }
}

void topic_classifier_read(const struct topic_classifier *classifier, struct arena *arena,
                           const struct text_words *words, struct slice language, struct topic_reading *reading)
{
    *reading = (struct topic_reading){.words = words->count};
    reading->matches = word_lists_match(classifier->lists, arena, words, language, &reading->match_count);
    weigh_matches(classifier, reading);
    score(reading);
}
