/* train-topics: the linear half of model/topic_classifier, for scripts/train-topics.
 *
 * Reads lines "codes TAB title TAB text" on stdin, codes being top-level codes joined by commas, or "?" where nobody
 * labelled the text, and writes data/models/topics.bin to the file named first. One logistic regression a topic over
 * hashed words and pairs (AdaGrad, Duchi et al. 2011), in the order of the lines, a fixed number of passes: the same
 * lines give the same file.
 *
 * What a text is not labelled with is only half known: a story about a strike filed under politics has two
 * topics. So the word lists decide which absences are believed, and label what nobody labelled where they are sure. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "model/hashed_linear.h"
#include "model/small_words.h"
#include "model/topic_classifier.h"
#include "text/tokens.h"

#define BUCKETS (1u << HASHED_LINEAR_BITS)
#define PASSES 6
#define RATE 0.25f
#define DECAY 2e-6f        /* L2 */
#define SURE_SHARE 0.55f   /* of the lists' evidence: a silver label */
#define SURE_EVIDENCE 5.0f
#define DOUBT_SHARE 0.2f   /* the lists see the topic though the label does not: no example of its absence */
#define SILVER_WEIGHT 0.5f

enum mark { ABSENT = -1, UNKNOWN = 0, PRESENT = 1 };

struct example {
    uint32_t *features;
    size_t count;
    signed char marks[TOPIC_COUNT];
    float weight;
};

struct model {
    float (*weights)[TOPIC_COUNT], (*squares)[TOPIC_COUNT];
    float biases[TOPIC_COUNT], bias_squares[TOPIC_COUNT];
};

/* Topics that the labels know at all; of the others only the lists can tell. */
static bool labelled_somewhere[TOPIC_COUNT];

static void mark_labels(struct example *example, struct slice codes, const struct topic_reading *reading)
{
    bool labelled = !slice_equals(codes, SLICE("?"));
    float total = 1;
    struct slice code;
    for (int t = 0; t < TOPIC_COUNT; t++)
        total += reading->evidence[t] > 0 ? reading->evidence[t] : 0;
    for (int t = 0; t < TOPIC_COUNT; t++) {
        float share = reading->evidence[t] / total;
        if (share >= SURE_SHARE && reading->evidence[t] >= SURE_EVIDENCE)
            example->marks[t] = labelled && labelled_somewhere[t] ? UNKNOWN : PRESENT;
        else
            example->marks[t] = share < DOUBT_SHARE ? ABSENT : UNKNOWN;
        if (!labelled && total < SURE_EVIDENCE)
            example->marks[t] = UNKNOWN; /* the lists see nothing: that proves nothing */
    }
    while (labelled && slice_split(&codes, ',', &code))
        example->marks[topic_number(code)] = PRESENT;
    example->weight = labelled ? 1 : SILVER_WEIGHT;
}

static struct article make_article(struct arena *arena, struct slice title, struct slice text)
{
    struct article article = {.language = {.value = SLICE("en")}};
    article.text = arena_printf(arena, "%.*s\n%.*s\n", SLICE_ARG(title), SLICE_ARG(text));
    article.blocks = arena_calloc(arena, 2, sizeof *article.blocks);
    if (title.len)
        article.blocks[article.block_count++] = (struct block){.span = {0, (uint32_t)title.len}, .role = ROLE_HEADLINE};
    if (text.len)
        article.blocks[article.block_count++] =
            (struct block){.span = {(uint32_t)title.len + 1, (uint32_t)(title.len + 1 + text.len)}, .role = ROLE_BODY};
    return article;
}

static struct example read_example(struct arena *arena, struct arena *scratch, const struct knowledge *knowledge,
                                   const struct topic_classifier *classifier, struct slice line)
{
    struct slice codes = SLICE_NULL, title = SLICE_NULL;
    struct job job = {.arena = scratch, .knowledge = knowledge, .kind = INPUT_TEXT};
    struct example example = {0};
    slice_split(&line, '\t', &codes);
    slice_split(&line, '\t', &title);
    job.article = make_article(scratch, title, line);
    tokens_run(&job);
    struct text_words words =
        text_words_read(scratch, &job.article, small_words_of(knowledge->small_words, SLICE("en")));
    struct topic_reading reading;
    topic_classifier_read(classifier, scratch, &words, SLICE("en"), &reading);
    mark_labels(&example, codes, &reading);
    uint32_t *features = hashed_linear_features(scratch, &words, &example.count);
    example.features = arena_alloc(arena, example.count * sizeof *features);
    memcpy(example.features, features, example.count * sizeof *features);
    return example;
}

static void learn_output(struct model *model, const struct example *example, int t, float value)
{
    float z = model->biases[t];
    for (size_t i = 0; i < example->count; i++)
        z += value * model->weights[example->features[i]][t];
    float gradient = example->weight * (1 / (1 + expf(-z)) - (example->marks[t] == PRESENT ? 1.0f : 0.0f));
    model->bias_squares[t] += gradient * gradient;
    model->biases[t] -= RATE * gradient / (1 + sqrtf(model->bias_squares[t]));
    for (size_t i = 0; i < example->count; i++) {
        float *weight = &model->weights[example->features[i]][t], *square = &model->squares[example->features[i]][t];
        float slope = gradient * value + DECAY * *weight;
        *square += slope * slope;
        *weight -= RATE * slope / (0.05f + sqrtf(*square));
    }
}

static void learn(struct model *model, const struct example *example)
{
    float value = hashed_linear_value(example->count);
    for (int t = 0; t < TOPIC_COUNT; t++)
        if (example->marks[t] != UNKNOWN)
            learn_output(model, example, t, value);
}

/* The weights as bytes: a scale an output, so that its largest weight but for a few outliers fits. */
static bool write_model(const struct model *model, const char *path)
{
    FILE *file = fopen(path, "wb");
    unsigned char header[8] = {'N', 'M', 'H', 'L', HASHED_LINEAR_BITS, TOPIC_COUNT, 0, 0};
    float scales[TOPIC_COUNT];
    if (!file)
        return false;
    for (int t = 0; t < TOPIC_COUNT; t++) {
        float largest = 1e-3f;
        for (size_t b = 0; b < BUCKETS; b++)
            largest = fabsf(model->weights[b][t]) > largest ? fabsf(model->weights[b][t]) : largest;
        scales[t] = largest / 127;
    }
    fwrite(header, 1, sizeof header, file);
    fwrite(model->biases, sizeof(float), TOPIC_COUNT, file);
    fwrite(scales, sizeof(float), TOPIC_COUNT, file);
    for (size_t b = 0; b < BUCKETS; b++)
        for (int t = 0; t < TOPIC_COUNT; t++)
            fputc((unsigned char)(signed char)lroundf(model->weights[b][t] / scales[t]), file);
    return fclose(file) == 0;
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return fprintf(stderr, "usage: train-topics FILE < LINES\n"), 2;
    struct arena *arena = arena_create(), *scratch = arena_create();
    const struct lexicon *lexicon = lexicon_create(arena);
    struct knowledge knowledge = {.lexicon = lexicon, .small_words = small_words_create(arena, lexicon)};
    const struct topic_classifier *classifier = topic_classifier_create(arena, lexicon);
    struct example *examples = NULL;
    size_t count = 0, capacity = 0, room = 0;
    char *line = NULL;
    ssize_t len;
    static const int unlabelled[] = {3, 9, 16, 17}; /* of 1 to 17: the labelled headlines know no such topic */
    for (int t = 0; t < TOPIC_COUNT; t++)
        labelled_somewhere[t] = true;
    for (size_t i = 0; i < sizeof unlabelled / sizeof *unlabelled; i++)
        labelled_somewhere[unlabelled[i] - 1] = false;
    while ((len = getline(&line, &room, stdin)) > 0) {
        examples = arena_grow(arena, examples, count, &capacity, sizeof *examples);
        examples[count++] =
            read_example(arena, scratch, &knowledge, classifier, slice_trim(slice_of(line, (size_t)len)));
        arena_reset(scratch, 1 << 20);
    }
    struct model model = {arena_calloc(arena, BUCKETS, sizeof *model.weights),
                          arena_calloc(arena, BUCKETS, sizeof *model.squares), {0}, {0}};
    for (int pass = 0; pass < PASSES; pass++)
        for (size_t i = 0; i < count; i++)
            learn(&model, &examples[i]);
    fprintf(stderr, "%zu texts\n", count);
    free(line);
    return write_model(&model, argv[1]) ? 0 : 1;
}
