#include "find/topics.h"

#include <assert.h>
#include <stdlib.h>

#include "model/text_words.h"
#include "model/topic_classifier.h"
#include "model/word_lists.h"

#define LEAST_SCORE 0.25f   /* below one in four a topic is a guess */
#define TOPICS_MAX 8        /* entries in an answer */
#define WORDS_MAX 8         /* words that are named as evidence */
#define PATH_MAX_LEVELS 8
#define CODE_PREFIX "medtop:"

struct topic_model {
    const struct topic_classifier *classifier;
    const struct lexicon_table *topics; /* code, parent, label */
};

const struct topic_model *topic_model_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct topic_model *model = arena_calloc(arena, 1, sizeof *model);
    model->classifier = topic_classifier_create(arena, lexicon);
    model->topics = lexicon_table(lexicon, "media_topics");
    return model;
}

/* ------------------------------------------------------------------ entries */

static struct slice prefixed(struct arena *arena, struct slice code)
{
    return arena_printf(arena, CODE_PREFIX "%.*s", SLICE_ARG(code));
}

/* Code, label and path of a topic, from the tree. */
static struct topic make_topic(const struct topic_model *model, struct arena *arena, struct slice code, float score)
{
    struct slice codes[PATH_MAX_LEVELS];
    uint32_t levels = 0;
    const struct lexicon_row *row = lexicon_find(model->topics, code), *own = row;
    assert(row != NULL);
    for (; row && levels < PATH_MAX_LEVELS; row = row->columns[1].len ? lexicon_find(model->topics, row->columns[1]) : NULL)
        codes[levels++] = row->columns[0];
    struct topic topic = {.label = own->columns[2], .score = score, .path_count = levels};
    topic.path = arena_calloc(arena, levels, sizeof *topic.path);
    for (uint32_t i = 0; i < levels; i++)
        topic.path[i] = prefixed(arena, codes[levels - 1 - i]);
    topic.code = topic.path[levels - 1];
    return topic;
}

struct deciding {
    float weight;
    const struct word_match *match;
};

static int compare_deciding(const void *a, const void *b)
{
    const struct deciding *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->match->first < y->match->first ? -1 : 1;
}

static struct slice words_as_written(const struct article *article, const struct word_match *match)
{
    struct span span = {article->tokens[match->first].span.start, article->tokens[match->end - 1].span.end};
    return article_text(article, span);
}

/* The words that spoke loudest for a code. */
static void add_words(struct topic *topic, struct arena *arena, const struct article *article,
                      const struct word_match *matches, uint32_t match_count, uint32_t code)
{
    struct deciding *deciding = arena_calloc(arena, match_count, sizeof *deciding);
    uint32_t count = 0;
    for (uint32_t i = 0; i < match_count; i++)
        for (uint32_t k = 0; k < matches[i].entry->posting_count; k++)
            if (matches[i].entry->postings[k].code == code && matches[i].entry->postings[k].weight > 0)
                deciding[count++] =
                    (struct deciding){matches[i].entry->postings[k].weight * (float)matches[i].count, &matches[i]};
    qsort(deciding, count, sizeof *deciding, compare_deciding);
    topic->word_count = count < WORDS_MAX ? count : WORDS_MAX;
    topic->words = arena_calloc(arena, topic->word_count, sizeof *topic->words);
    for (uint32_t i = 0; i < topic->word_count; i++)
        topic->words[i] = words_as_written(article, deciding[i].match);
}

static int compare_topics(const void *a, const void *b)
{
    const struct topic *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return slice_compare(x->code, y->code);
}

static void add_top_levels(struct job *job, const struct topic_reading *reading)
{
    const struct topic_model *model = job->knowledge->topics;
    const struct word_lists *lists = topic_classifier_lists(model->classifier);
    struct article *article = &job->article;
    for (uint32_t code = 0; code < word_lists_code_count(lists); code++) {
        struct slice name = word_lists_code(lists, code);
        float score = reading->scores[topic_number(name)];
        if (score < LEAST_SCORE)
            continue;
        struct topic topic = make_topic(model, job->arena, name, score);
        add_words(&topic, job->arena, article, reading->matches, reading->match_count, code);
        article->topics[article->topic_count++] = topic;
    }
}

enum err topics_run(struct job *job)
{
    struct article *article = &job->article;
    struct text_words words = text_words_read(job->arena, article);
    struct topic_reading reading;
    article->topics = arena_calloc(job->arena, TOPIC_COUNT, sizeof *article->topics);
    topic_classifier_read(job->knowledge->topics->classifier, job->arena, &words, article->language.value, &reading);
    add_top_levels(job, &reading);
    qsort(article->topics, article->topic_count, sizeof *article->topics, compare_topics);
    return ERR_NONE;
}
