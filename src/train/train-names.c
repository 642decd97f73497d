/* train-names: labelled text -> data/models/names.bin.
 *
 * usage: train-names OUT CLUSTERS SLOTS FILE[:partial|:silver|:label]...
 *
 * CLUSTERS is what cluster-words wrote, SLOTS the size of the table (a power of two). In a file marked
 * partial 'O' may hide a MISC. A file marked silver holds what labellers believe (corpus.h) and weighs less. A
 * file marked label is not learnt from: the model's own beliefs about it are written to FILE.crf, nine 32-bit
 * logarithms of probabilities a word. Every document is read twice: as it is, and without its capitals (at a
 * lower weight). Maximum likelihood by AdaGrad (Duchi et al. 2011) with feature dropout; partial labels after
 * Tsuboi et al. 2008. The same files give the same model, byte for byte. */
#include "chain.h"
#include "names-model.h"

#define EPOCHS 8
#define RATE 0.15f           /* falls to a third */
#define DROPOUT 64           /* of 256: a quarter of the features is hidden each time */
#define CASELESS_WEIGHT 0.6f
#define SILVER_WEIGHT 0.7f
#define MIN_COUNT 2          /* a feature seen once is noise */

enum labelling { GOLD, PARTIAL, SILVER, UNLABELLED };

struct feature_ids {
    uint64_t *keys; /* 0: free */
    uint32_t *counts, *ids;
    size_t mask, used;
};

/* One reading of a sentence: features of token i are ids[starts[i] .. starts[i + 1]). */
struct instance {
    uint32_t *starts, *ids;
    const uint8_t *tags;
    uint8_t (*beliefs)[CORPUS_BELIEFS];
    const struct token *tokens;
    uint32_t count;
    float weight;
    enum labelling labelling;
    uint8_t file;
    bool caseless;
};

struct trainer {
    struct corpus corpus;
    struct feature_ids features;
    enum labelling labelling[64]; /* of each file */
    struct instance *instances;
    uint32_t instance_count;
    size_t instance_capacity;
    float (*weights)[TAG_WEIGHTS], (*squares)[TAG_WEIGHTS];
    uint32_t feature_count;
    float transitions[TAG_COUNT + 1][TAG_COUNT], transition_squares[TAG_COUNT + 1][TAG_COUNT];
    chain_steps steps, possible; /* what the transitions are worth; which there are */
    struct chain model, target;  /* what is believed of the sentence in hand, and what is to be believed */
    uint64_t random;
};

static uint64_t next_random(struct trainer *trainer)
{
    uint64_t x = trainer->random;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return trainer->random = x;
}

/* ------------------------------------------------------------ feature ids */

static size_t feature_slot(const struct feature_ids *features, uint64_t key)
{
    size_t at = (size_t)(key >> 13) & features->mask;
    while (features->keys[at] && features->keys[at] != key)
        at = (at + 1) & features->mask;
    return at;
}

static void make_features(struct feature_ids *features, size_t size)
{
    features->mask = size - 1;
    features->keys = corpus_must(calloc(size, sizeof *features->keys));
    features->counts = corpus_must(calloc(size, sizeof *features->counts));
    features->ids = corpus_must(calloc(size, sizeof *features->ids));
}

static void count_feature(struct feature_ids *features, uint64_t key)
{
    size_t at = feature_slot(features, key);
    if (!features->keys[at]) {
        features->keys[at] = key;
        if (++features->used * 2 > features->mask) {
            fprintf(stderr, "train-names: too many features\n");
            exit(1);
        }
    }
    features->counts[at]++;
}

/* -------------------------------------------------------------- instances */

struct reading {
    struct trainer *trainer;
    struct corpus_view view;
    struct tag_document document;
    const struct corpus_document *place;
    bool caseless;
};

static void count_reading(struct reading *reading)
{
    uint64_t features[TAG_FEATURES_MAX];
    if (reading->trainer->labelling[reading->trainer->corpus.source[reading->place->first]] == UNLABELLED)
        return;
    for (uint32_t s = 0; s < reading->view.sentence_count; s++)
        for (uint32_t i = reading->view.sentences[s].first; i < reading->view.sentences[s].end; i++) {
            size_t count =
                tag_features(&reading->document, &reading->view.sentences[s], reading->view.caseless[s], i, features);
            for (size_t f = 0; f < count; f++)
                count_feature(&reading->trainer->features, features[f]);
        }
}

static void store_sentence(struct reading *reading, uint32_t s)
{
    struct trainer *trainer = reading->trainer;
    const struct sentence *sentence = &reading->view.sentences[s];
    struct instance instance = {.count = sentence->end - sentence->first};
    uint64_t features[TAG_FEATURES_MAX];
    uint32_t corpus_sentence = reading->place->first + s, total = 0;
    instance.starts = corpus_must(calloc(instance.count + 1, sizeof *instance.starts));
    instance.ids = corpus_must(malloc((size_t)instance.count * TAG_FEATURES_MAX * sizeof *instance.ids));
    for (uint32_t i = 0; i < instance.count; i++) {
        size_t count =
            tag_features(&reading->document, sentence, reading->view.caseless[s], sentence->first + i, features);
        for (size_t f = 0; f < count; f++) {
            size_t at = feature_slot(&trainer->features, features[f]);
            if (trainer->features.ids[at])
                instance.ids[total++] = trainer->features.ids[at] - 1;
        }
        instance.starts[i + 1] = total;
    }
    instance.ids = corpus_must(realloc(instance.ids, (total + 1) * sizeof *instance.ids));
    instance.tags = trainer->corpus.tags + trainer->corpus.sentences[corpus_sentence].first;
    instance.tokens = trainer->corpus.tokens + trainer->corpus.sentences[corpus_sentence].first;
    instance.beliefs = trainer->corpus.beliefs + trainer->corpus.sentences[corpus_sentence].first;
    instance.file = trainer->corpus.source[corpus_sentence];
    instance.labelling = trainer->labelling[instance.file];
    instance.caseless = reading->caseless;
    instance.weight =
        (reading->caseless ? CASELESS_WEIGHT : 1.0f) * (instance.labelling == SILVER ? SILVER_WEIGHT : 1.0f);
    trainer->instances = arena_grow(trainer->corpus.arena, trainer->instances, trainer->instance_count,
                                    &trainer->instance_capacity, sizeof *trainer->instances);
    trainer->instances[trainer->instance_count++] = instance;
}

static void for_each_reading(struct trainer *trainer, const struct gazetteer *gazetteer, struct word_clusters clusters,
                             bool store)
{
    for (uint32_t d = 0; d < trainer->corpus.document_count; d++)
        for (int caseless = 0; caseless < 2; caseless++) {
            struct arena *arena = arena_create();
            struct reading reading = {.trainer = trainer, .place = &trainer->corpus.documents[d], .caseless = caseless};
            reading.view = corpus_view(&trainer->corpus, arena, reading.place, caseless);
            reading.document =
                tag_document_make(arena, gazetteer, clusters, reading.view.tokens, reading.view.token_count,
                                  reading.view.sentences, reading.view.sentence_count, reading.view.caseless);
            if (!store)
                count_reading(&reading);
            for (uint32_t s = 0; store && s < reading.view.sentence_count; s++)
                store_sentence(&reading, s);
            arena_destroy(arena);
        }
}

static void number_features(struct trainer *trainer)
{
    for (size_t at = 0; at <= trainer->features.mask; at++)
        if (trainer->features.counts[at] >= MIN_COUNT)
            trainer->features.ids[at] = ++trainer->feature_count;
    trainer->weights = corpus_must(calloc(trainer->feature_count, sizeof *trainer->weights));
    trainer->squares = corpus_must(calloc(trainer->feature_count, sizeof *trainer->squares));
}

/* ------------------------------------------------- what is to be believed */

/* Where every word might hide one, the model would rather learn to see a MISC in all of them. */
static bool may_hide_misc(const struct instance *instance, uint32_t i)
{
    const struct token *token = &instance->tokens[i];
    return instance->labelling == PARTIAL && instance->tags[i] == TAG_O && token->kind == TOKEN_WORD &&
           token->flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER);
}

/* All sequences that agree with the labels, as likely as the model finds them. */
static void target_partial(struct trainer *trainer, const struct instance *instance)
{
    trainer->target.steps = trainer->steps;
    for (uint32_t i = 0; i < instance->count; i++) {
        bool hides = may_hide_misc(instance, i);
        for (unsigned t = 0; t < TAG_COUNT; t++) {
            bool allowed = instance->tags[i] == t || (hides && t >= TAG_OF(TAG_MISC, TAG_B));
            trainer->target.emit[i][t] = allowed ? trainer->model.emit[i][t] : 0;
        }
    }
}

/* All sequences that BILOU knows, as likely as the labellers find their tags. */
static void target_silver(struct trainer *trainer, const struct instance *instance)
{
    trainer->target.steps = trainer->possible;
    for (uint32_t i = 0; i < instance->count; i++)
        for (unsigned t = 0; t < TAG_COUNT; t++)
            trainer->target.emit[i][t] = (float)instance->beliefs[i][corpus_belief_of(t)] / 255 + 1e-4f;
}

static void add_gold_path(const struct instance *instance, float (*tags)[CHAIN_WIDTH], float (*pairs)[TAG_COUNT])
{
    for (uint32_t i = 0; i < instance->count; i++) {
        tags[i][instance->tags[i]] += 1;
        pairs[i ? instance->tags[i - 1] : TAG_START][instance->tags[i]] += 1;
    }
}

static void add_target(struct trainer *trainer, const struct instance *instance, float (*tags)[CHAIN_WIDTH],
                       float (*pairs)[TAG_COUNT])
{
    if (instance->labelling == GOLD) {
        add_gold_path(instance, tags, pairs);
        return;
    }
    trainer->target.count = instance->count;
    (instance->labelling == PARTIAL ? target_partial : target_silver)(trainer, instance);
    chain_run(&trainer->target);
    chain_add(&trainer->target, 1, tags, pairs);
}

/* --------------------------------------------------------------- learning */

/* A hidden feature is marked in its id until the next time. */
static void set_emissions(struct trainer *trainer, struct instance *instance, unsigned dropout)
{
    trainer->model.count = instance->count;
    for (uint32_t i = 0; i < instance->count; i++) {
        float scores[TAG_COUNT] = {0}, most = 0;
        for (uint32_t f = instance->starts[i]; f < instance->starts[i + 1]; f++) {
            uint32_t id = instance->ids[f] & 0x7FFFFFFF;
            bool hidden = (next_random(trainer) >> 40 & 255) < dropout;
            instance->ids[f] = id | (hidden ? 0x80000000u : 0);
            for (size_t t = 0; !hidden && t < TAG_WEIGHTS; t++)
                scores[t + 1] += trainer->weights[id][t];
        }
        for (size_t t = 0; t < TAG_COUNT; t++)
            most = scores[t] > most ? scores[t] : most;
        for (size_t t = 0; t < TAG_COUNT; t++)
            trainer->model.emit[i][t] = expf(scores[t] - most) + 1e-20f;
    }
}

static void set_steps(struct trainer *trainer)
{
    for (unsigned from = 0; from <= TAG_COUNT; from++)
        for (unsigned to = 0; to < TAG_COUNT; to++) {
            trainer->possible[from][to] = (float)tagger_may_follow(from, to);
            trainer->steps[from][to] = trainer->possible[from][to] > 0 ? expf(trainer->transitions[from][to]) : 0;
        }
}

static void update_features(struct trainer *trainer, const struct instance *instance, float (*tags)[CHAIN_WIDTH],
                            float rate)
{
    for (uint32_t i = 0; i < instance->count; i++) {
        float gradient[TAG_WEIGHTS], most = 0;
        for (size_t t = 0; t < TAG_WEIGHTS; t++) {
            gradient[t] = tags[i][t + 1] * instance->weight;
            most = fabsf(gradient[t]) > most ? fabsf(gradient[t]) : most;
        }
        if (most < 1e-3f)
            continue;
        for (uint32_t f = instance->starts[i]; f < instance->starts[i + 1]; f++) {
            if (instance->ids[f] & 0x80000000u)
                continue;
            float *weights = trainer->weights[instance->ids[f]], *squares = trainer->squares[instance->ids[f]];
            for (size_t t = 0; t < TAG_WEIGHTS; t++) {
                squares[t] += gradient[t] * gradient[t];
                weights[t] += rate * gradient[t] / sqrtf(squares[t] + 1.0f);
            }
        }
    }
}

static void update_transitions(struct trainer *trainer, float (*pairs)[TAG_COUNT], float weight, float rate)
{
    for (unsigned from = 0; from <= TAG_COUNT; from++)
        for (unsigned to = 0; to < TAG_COUNT; to++) {
            float gradient = pairs[from][to] * weight;
            if (!tagger_may_follow(from, to))
                continue;
            trainer->transition_squares[from][to] += gradient * gradient;
            trainer->transitions[from][to] += rate * gradient / sqrtf(trainer->transition_squares[from][to] + 1.0f);
        }
}

static void learn(struct trainer *trainer, struct instance *instance, float rate)
{
    static float tags[CORPUS_LONGEST][CHAIN_WIDTH];
    chain_pairs pairs = {{0}};
    memset(tags, 0, instance->count * sizeof tags[0]);
    set_emissions(trainer, instance, DROPOUT);
    set_steps(trainer);
    chain_run(&trainer->model);
    chain_add(&trainer->model, -1, tags, pairs);
    add_target(trainer, instance, tags, pairs);
    update_features(trainer, instance, tags, rate);
    update_transitions(trainer, pairs, instance->weight, rate);
}

static uint32_t list_labelled(const struct trainer *trainer, uint32_t *order)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < trainer->instance_count; i++)
        if (trainer->instances[i].labelling != UNLABELLED)
            order[count++] = i;
    return count;
}

static void train(struct trainer *trainer)
{
    uint32_t *order = corpus_must(malloc(trainer->instance_count * sizeof *order));
    uint32_t count = list_labelled(trainer, order);
    trainer->model.steps = trainer->steps;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (uint32_t i = count; i > 1; i--) {
            uint32_t other = (uint32_t)(next_random(trainer) % i), swap = order[i - 1];
            order[i - 1] = order[other];
            order[other] = swap;
        }
        for (uint32_t i = 0; i < count; i++) {
            float done = ((float)epoch + (float)i / (float)count) / EPOCHS;
            learn(trainer, &trainer->instances[order[i]], RATE * (1.0f - done * 2 / 3));
        }
        fprintf(stderr, "epoch %d\n", epoch + 1);
    }
    free(order);
}

/* ---------------------------------------------------------------- writing */

static void write_beliefs(struct trainer *trainer, struct instance *instance, FILE *out)
{
    set_emissions(trainer, instance, 0);
    chain_run(&trainer->model);
    for (uint32_t i = 0; i < instance->count; i++) {
        float marginal[TAG_COUNT], beliefs[CORPUS_BELIEFS] = {0};
        chain_marginal(&trainer->model, i, marginal);
        for (unsigned t = 0; t < TAG_COUNT; t++)
            beliefs[corpus_belief_of(t)] += marginal[t];
        for (size_t b = 0; b < CORPUS_BELIEFS; b++)
            beliefs[b] = logf(beliefs[b] + 1e-6f);
        fwrite(beliefs, sizeof beliefs, 1, out);
    }
}

/* The beliefs about a file, read as it is. */
static void label_file(struct trainer *trainer, struct slice path, uint8_t file)
{
    struct buffer name = buffer_make(4096);
    buffer_append(&name, path);
    buffer_append(&name, SLICE(".crf"));
    FILE *out = corpus_must(fopen(arena_cstr(trainer->corpus.arena, buffer_slice(&name)), "wb"));
    for (uint32_t i = 0; i < trainer->instance_count; i++)
        if (trainer->instances[i].file == file && !trainer->instances[i].caseless)
            write_beliefs(trainer, &trainer->instances[i], out);
    fclose(out);
    buffer_free(&name);
}

static void write_model(const struct trainer *trainer, const char *path, struct word_clusters clusters, uint32_t slots)
{
    uint64_t *keys = corpus_must(calloc(trainer->feature_count, sizeof *keys));
    for (size_t at = 0; at <= trainer->features.mask; at++)
        if (trainer->features.ids[at])
            keys[trainer->features.ids[at] - 1] = trainer->features.keys[at];
    struct names_weights learnt = {keys, trainer->weights, trainer->feature_count,
                                   (float(*)[TAG_COUNT])trainer->transitions, clusters};
    names_model_write(&learnt, slots, path);
    free(keys);
}

/* The file of cluster-words: number of slots, hashes, clusters. */
static struct word_clusters read_clusters(struct arena *arena, const char *path)
{
    struct word_clusters clusters = {0};
    if (strcmp(path, "-") == 0)
        return clusters;
    struct slice bytes = corpus_read_file(arena, path);
    memcpy(&clusters.slots, bytes.ptr, 4);
    clusters.hashes = (const void *)(bytes.ptr + 4);
    clusters.clusters = (const void *)(bytes.ptr + 4 + 4 * (size_t)clusters.slots);
    return clusters;
}

static struct slice take_labelling(struct slice argument, enum labelling *labelling)
{
    static const struct {
        struct slice mark;
        enum labelling labelling;
    } marks[] = {{{":partial", 8}, PARTIAL}, {{":silver", 7}, SILVER}, {{":label", 6}, UNLABELLED}};
    *labelling = GOLD;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (slice_ends(argument, marks[i].mark)) {
            *labelling = marks[i].labelling;
            argument.len -= marks[i].mark.len;
        }
    return argument;
}

int main(int argc, char **argv)
{
    static struct trainer trainer = {.random = 0x9E3779B97F4A7C15ull};
    struct slice paths[64];
    uint64_t slots;
    if (argc < 5 || !slice_to_u64(slice_from_cstr(argv[3]), 1u << 24, &slots) || argc > 4 + 60) {
        fprintf(stderr, "usage: train-names OUT CLUSTERS SLOTS FILE[:partial|:silver|:label]...\n");
        return 2;
    }
    struct arena *arena = trainer.corpus.arena = arena_create();
    const struct gazetteer *gazetteer = gazetteer_create(arena, lexicon_create(arena));
    struct word_clusters clusters = read_clusters(arena, argv[2]);
    uint8_t files = (uint8_t)(argc - 4);
    for (uint8_t i = 0; i < files; i++) {
        paths[i] = take_labelling(slice_from_cstr(argv[i + 4]), &trainer.labelling[i]);
        corpus_read(&trainer.corpus, corpus_read_file(arena, arena_cstr(arena, paths[i])), i);
    }
    make_features(&trainer.features, (size_t)1 << 25);
    for_each_reading(&trainer, gazetteer, clusters, false);
    number_features(&trainer);
    for_each_reading(&trainer, gazetteer, clusters, true);
    fprintf(stderr, "%u tokens, %u readings, %u features of %zu\n", trainer.corpus.token_count, trainer.instance_count,
            trainer.feature_count, trainer.features.used);
    train(&trainer);
    write_model(&trainer, argv[1], clusters, (uint32_t)slots);
    for (uint8_t i = 0; i < files; i++)
        if (trainer.labelling[i] == UNLABELLED)
            label_file(&trainer, paths[i], i);
    return 0;
}
