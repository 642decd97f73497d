#include "find/topics.h"

#include <assert.h>
#include <stdlib.h>

#include "model/small_words.h"
#include "model/text_words.h"
#include "model/topic_classifier.h"
#include "model/word_lists.h"

#define LEAST_SCORE 0.25f   /* below one in four a topic is a guess */
#define NARROW_MAX 6u       /* narrower topics in an answer */
#define NARROW_LEAST 6.5f   /* evidence: two decisive words, one of them twice or in the headline */
#define DECISIVE_WEIGHT 3.0f
#define NARROW_HALF 5.0f    /* evidence at which a narrower topic is half as sure as its top level */
#define NARROW_TOP_SCORE 0.4f /* its top level must be likely by itself: "court" in a tennis story */
#define WORDS_MAX 8         /* words that are named as evidence */
#define PATH_MAX_LEVELS 8
#define CODE_PREFIX "medtop:"

struct topic_model {
    const struct topic_classifier *classifier;
    const struct word_lists *narrow;    /* of the codes below the top levels */
    const struct lexicon_table *topics; /* code, parent, label */
};

const struct topic_model *topic_model_create(struct arena *arena, const struct lexicon *lexicon)
{
    struct topic_model *model = arena_calloc(arena, 1, sizeof *model);
    model->classifier = topic_classifier_create(arena, lexicon);
    model->narrow = word_lists_create(arena, lexicon_table(lexicon, "topic_codes"));
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
    const struct lexicon_row *rows[PATH_MAX_LEVELS];
    uint32_t levels = 0;
    const struct lexicon_row *row = lexicon_find(model->topics, code);
    assert(row != NULL);
    for (; row && levels < PATH_MAX_LEVELS;
         row = row->columns[1].len ? lexicon_find(model->topics, row->columns[1]) : NULL)
        rows[levels++] = row;
    struct topic topic = {.score = score, .path_count = levels};
    topic.path = arena_calloc(arena, levels, sizeof *topic.path);
    topic.path_labels = arena_calloc(arena, levels, sizeof *topic.path_labels);
    for (uint32_t i = 0; i < levels; i++) {
        topic.path[i] = prefixed(arena, rows[levels - 1 - i]->columns[0]);
        topic.path_labels[i] = rows[levels - 1 - i]->columns[2];
    }
    topic.code = topic.path[levels - 1];
    topic.label = topic.path_labels[levels - 1];
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
    struct deciding *deciding = arena_alloc(arena, match_count * sizeof *deciding);
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
        if (topic.word_count) /* without a word to show for it a topic is the linear model's guess */
            article->topics[article->topic_count++] = topic;
    }
}

/* ----------------------------------------------------------- narrower codes */

struct narrow {
    float evidence;
    uint32_t words; /* different ones */
    bool decisive;  /* one of them means this code alone */
};

static struct narrow *weigh_narrow(struct arena *arena, const struct word_lists *lists,
                                   const struct word_match *matches, uint32_t match_count)
{
    struct narrow *narrow = arena_calloc(arena, word_lists_code_count(lists), sizeof *narrow);
    for (uint32_t i = 0; i < match_count; i++) {
        float times = word_match_times(&matches[i]);
        for (uint32_t k = 0; k < matches[i].entry->posting_count; k++) {
            const struct word_posting *posting = &matches[i].entry->postings[k];
            narrow[posting->code].evidence += posting->weight * times;
            narrow[posting->code].words++;
            narrow[posting->code].decisive |= posting->weight >= DECISIVE_WEIGHT;
        }
    }
    return narrow;
}

static const struct lexicon_row *parent_of(const struct topic_model *model, const struct lexicon_row *row)
{
    return row->columns[1].len ? lexicon_find(model->topics, row->columns[1]) : NULL;
}

/* The score of the top level above `code`. */
static float top_score(const struct topic_model *model, struct slice code, const struct topic_reading *reading)
{
    const struct lexicon_row *row = lexicon_find(model->topics, code), *parent;
    assert(row != NULL);
    for (int level = 0; level < PATH_MAX_LEVELS && (parent = parent_of(model, row)); level++)
        row = parent;
    return reading->scores[topic_number(row->columns[0])];
}

static bool is_on_path_of_any(const struct topic *topic, const struct topic *topics, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k + 1 < topics[i].path_count; k++)
            if (slice_equals(topics[i].path[k], topic->code))
                return true;
    return false;
}

/* A topic that is on the path of another of them says nothing new. */
static void keep_narrowest(struct article *article, const struct topic *topics, uint32_t count)
{
    for (uint32_t i = 0, kept = 0; i < count && kept < NARROW_MAX; i++) {
        if (is_on_path_of_any(&topics[i], topics, count))
            continue;
        article->topics[article->topic_count++] = topics[i];
        kept++;
    }
}

static void add_narrow(struct job *job, const struct text_words *words, const struct topic_reading *reading)
{
    const struct topic_model *model = job->knowledge->topics;
    uint32_t match_count, count = 0, codes = word_lists_code_count(model->narrow);
    struct word_match *matches =
        word_lists_match(model->narrow, job->arena, words, job->article.language.value, &match_count);
    struct narrow *narrow = weigh_narrow(job->arena, model->narrow, matches, match_count);
    struct topic *topics = arena_alloc(job->arena, codes * sizeof *topics);
    for (uint32_t code = 0; code < codes; code++) {
        if (!narrow[code].decisive || narrow[code].words < 2 || narrow[code].evidence < NARROW_LEAST)
            continue;
        float top = top_score(model, word_lists_code(model->narrow, code), reading);
        if (top < NARROW_TOP_SCORE)
            continue;
        float score = top * narrow[code].evidence / (narrow[code].evidence + NARROW_HALF);
        topics[count] = make_topic(model, job->arena, word_lists_code(model->narrow, code), score);
        add_words(&topics[count++], job->arena, &job->article, matches, match_count, code);
    }
    qsort(topics, count, sizeof *topics, compare_topics);
    keep_narrowest(&job->article, topics, count);
}

enum err topics_run(struct job *job)
{
    struct article *article = &job->article;
    struct text_words words = text_words_read(
        job->arena, article, small_words_of(job->knowledge->small_words, article->language.value));
    struct topic_reading reading;
    article->topics = arena_calloc(job->arena, TOPIC_COUNT + NARROW_MAX, sizeof *article->topics);
    topic_classifier_read(job->knowledge->topics->classifier, job->arena, &words, article->language.value, &reading);
    add_top_levels(job, &reading);
    add_narrow(job, &words, &reading);
    qsort(article->topics, article->topic_count, sizeof *article->topics, compare_topics);
    return ERR_NONE;
}
