/* topic_classifier: how likely a text is about each of the 17 top-level Media Topics.
 *
 * Evidence comes from weighted word lists (data/lexicon/topic_words.tsv) and from a linear model over
 * hashed words and word pairs (data/models/topics.bin, made by train/train-topics.c). A logistic layer
 * that all topics share makes one probability of both, so that topics for which labelled text is rare follow
 * their lists. It is tempered so that of the scores near .8 four in five are right, measured on single
 * sentences and on full stories. */
#ifndef NEWSMETA_MODEL_TOPIC_CLASSIFIER_H
#define NEWSMETA_MODEL_TOPIC_CLASSIFIER_H

#include "base/arena.h"
#include "base/map.h"
#include "model/lexicon.h"
#include "model/text_words.h"
#include "model/word_lists.h"

#define TOPIC_COUNT 17

struct topic_reading {
    struct word_match *matches; /* of the lists */
    uint32_t match_count;
    size_t words;               /* of the text */
    float evidence[TOPIC_COUNT]; /* weight of the words that speak for each topic */
    float logits[TOPIC_COUNT];  /* of the linear model; 0 where there is none for the language */
    float scores[TOPIC_COUNT];  /* calibrated probabilities */
};

struct topic_classifier;

const struct topic_classifier *topic_classifier_create(struct arena *arena, const struct lexicon *lexicon);
/* "11000000" for 10: topics are numbered in the order of their codes. */
int topic_number(struct slice code);
/* The lists, whose codes are indexed by topic_number too. */
const struct word_lists *topic_classifier_lists(const struct topic_classifier *classifier);
void topic_classifier_read(const struct topic_classifier *classifier, struct arena *arena,
                           const struct text_words *words, struct slice language, struct topic_reading *reading);

#endif
