/* train-names: labelled text -> data/models/names.bin.
 *
 * usage: train-names OUT CLUSTERS SLOTS FILE[:partial]...
 *
 * CLUSTERS is what cluster-words wrote, SLOTS the size of the table (a power of two). In a file marked
 * partial 'O' may hide a MISC. Every document is read twice: as it is, and without its capitals (at a lower
 * weight). Maximum likelihood by AdaGrad (Duchi et al. 2011) with feature dropout; partial labels after
 * Tsuboi et al. 2008. The same files give the same model, byte for byte. */
#include <math.h>
#include <string.h>

#include "corpus.h"

#define EPOCHS 8
#define RATE 0.15f           /* falls to a third */
#define DROPOUT 64           /* of 256: a quarter of the features is hidden each time */
#define CASELESS_WEIGHT 0.6f
#define MIN_COUNT 2          /* a feature seen once is noise */
#define WIDTH 20             /* tags, padded for vector units */

struct feature_ids {
    uint64_t *keys; /* 0: free */
    uint32_t *counts, *ids;
    size_t mask, used;
};

/* One reading of a sentence: features of token i are ids[starts[i] .. starts[i + 1]). */
struct instance {
    uint32_t *starts, *ids;
    const uint8_t *tags;
    const struct token *tokens;
    uint32_t count;
    float weight;
    bool partial;
};

struct trainer {
    struct corpus corpus;
    struct feature_ids features;
    bool partial[64];
    struct instance *instances;
    uint32_t instance_count;
    size_t instance_capacity;
    float (*weights)[TAG_WEIGHTS], (*squares)[TAG_WEIGHTS];
    uint32_t feature_count;
    float transitions[TAG_COUNT + 1][TAG_COUNT], transition_squares[TAG_COUNT + 1][TAG_COUNT];
    float exps[TAG_COUNT + 1][WIDTH];
    uint64_t random;
};

static void *must(void *memory)
{
    if (!memory) {
        fprintf(stderr, "train-names: out of memory\n");
        exit(1);
    }
    return memory;
}

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
    features->keys = must(calloc(size, sizeof *features->keys));
    features->counts = must(calloc(size, sizeof *features->counts));
    features->ids = must(calloc(size, sizeof *features->ids));
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
    for (uint32_t s = 0; s < reading->view.sentence_count; s++)
        for (uint32_t i = reading->view.sentences[s].first; i < reading->view.sentences[s].end; i++) {
            size_t count = tag_features(&reading->document, &reading->view.sentences[s], reading->view.caseless[s], i, features);
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
    instance.starts = must(calloc(instance.count + 1, sizeof *instance.starts));
    instance.ids = must(malloc((size_t)instance.count * TAG_FEATURES_MAX * sizeof *instance.ids));
    for (uint32_t i = 0; i < instance.count; i++) {
        size_t count = tag_features(&reading->document, sentence, reading->view.caseless[s], sentence->first + i, features);
        for (size_t f = 0; f < count; f++) {
            size_t at = feature_slot(&trainer->features, features[f]);
            if (trainer->features.ids[at])
                instance.ids[total++] = trainer->features.ids[at] - 1;
        }
        instance.starts[i + 1] = total;
    }
    instance.ids = must(realloc(instance.ids, (total + 1) * sizeof *instance.ids));
    instance.tags = trainer->corpus.tags + trainer->corpus.sentences[corpus_sentence].first;
    instance.tokens = trainer->corpus.tokens + trainer->corpus.sentences[corpus_sentence].first;
    instance.weight = reading->caseless ? CASELESS_WEIGHT : 1.0f;
    instance.partial = trainer->partial[trainer->corpus.source[corpus_sentence]];
    trainer->instances = arena_grow(trainer->corpus.arena, trainer->instances, trainer->instance_count,
                                    &trainer->instance_capacity, sizeof *trainer->instances);
    trainer->instances[trainer->instance_count++] = instance;
}

static void for_each_reading(struct trainer *trainer, const struct gazetteer *gazetteer, struct word_clusters clusters, bool store)
{
    for (uint32_t d = 0; d < trainer->corpus.document_count; d++)
        for (int caseless = 0; caseless < 2; caseless++) {
            struct arena *arena = arena_create();
            struct reading reading = {.trainer = trainer, .place = &trainer->corpus.documents[d], .caseless = caseless};
            reading.view = corpus_view(&trainer->corpus, arena, reading.place, caseless);
            reading.document = tag_document_make(arena, gazetteer, clusters, reading.view.tokens, reading.view.token_count,
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
    trainer->weights = must(calloc(trainer->feature_count, sizeof *trainer->weights));
    trainer->squares = must(calloc(trainer->feature_count, sizeof *trainer->squares));
}

/* --------------------------------------------------- sums over all sequences */

struct lattice {
    float emit[CORPUS_LONGEST][WIDTH], forward[CORPUS_LONGEST][WIDTH], backward[CORPUS_LONGEST][WIDTH];
};

static bool allowed(const struct instance *instance, uint32_t i, unsigned tag, bool gold)
{
    if (!gold || instance->tags[i] == tag)
        return true;
    /* Where every word might hide one, the model would rather learn to see a MISC in all of them. */
    bool may_hide = instance->tokens[i].kind == TOKEN_WORD && instance->tokens[i].flags & (TOKEN_CAPITALISED | TOKEN_ALL_UPPER);
    return instance->partial && may_hide && instance->tags[i] == TAG_O && tag >= TAG_OF(TAG_MISC, TAG_B);
}

static void normalise(float *row)
{
    float sum = 0;
    for (size_t t = 0; t < TAG_COUNT; t++)
        sum += row[t];
    for (size_t t = 0; t < TAG_COUNT; t++)
        row[t] /= sum;
}

static void run_forward(const struct trainer *trainer, const struct instance *instance, struct lattice *lattice, bool gold)
{
    for (uint32_t i = 0; i < instance->count; i++) {
        float *row = lattice->forward[i];
        memset(row, 0, WIDTH * sizeof *row);
        if (i == 0)
            memcpy(row, trainer->exps[TAG_START], WIDTH * sizeof *row);
        for (size_t from = 0; i && from < TAG_COUNT; from++) {
            float before = lattice->forward[i - 1][from];
            for (size_t to = 0; before > 0 && to < WIDTH; to++)
                row[to] += before * trainer->exps[from][to];
        }
        for (unsigned t = 0; t < TAG_COUNT; t++)
            row[t] = allowed(instance, i, t, gold) ? row[t] * lattice->emit[i][t] + 1e-30f * (float)!gold : 0;
        normalise(row);
    }
}

static void run_backward(const struct trainer *trainer, const struct instance *instance, struct lattice *lattice, bool gold)
{
    for (uint32_t i = instance->count; i-- > 0;) {
        float *row = lattice->backward[i], next[WIDTH];
        for (unsigned t = 0; t < TAG_COUNT; t++)
            row[t] = i + 1 == instance->count ? (float)tagger_may_end(t) : 0;
        if (i + 1 == instance->count)
            continue;
        for (unsigned t = 0; t < TAG_COUNT; t++)
            next[t] = allowed(instance, i + 1, t, gold) ? lattice->backward[i + 1][t] * lattice->emit[i + 1][t] : 0;
        for (size_t from = 0; from < TAG_COUNT; from++)
            for (size_t to = 0; to < TAG_COUNT; to++)
                row[from] += trainer->exps[from][to] * next[to];
        normalise(row);
    }
}

/* Adds sign * (probability of each tag, and of each pair of tags) to the gradients. */
static void add_expectations(const struct trainer *trainer, const struct instance *instance, const struct lattice *lattice,
                             bool gold, float sign, float (*tags)[WIDTH], float (*pairs)[TAG_COUNT])
{
    for (uint32_t i = 0; i < instance->count; i++) {
        float joint[TAG_COUNT][TAG_COUNT], sum = 0, marginal[TAG_COUNT], total = 0;
        for (size_t t = 0; t < TAG_COUNT; t++)
            total += marginal[t] = lattice->forward[i][t] * lattice->backward[i][t];
        for (size_t t = 0; t < TAG_COUNT; t++)
            tags[i][t] += sign * marginal[t] / total;
        for (size_t t = 0; i == 0 && t < TAG_COUNT; t++)
            pairs[TAG_START][t] += sign * marginal[t] / total;
        if (i == 0)
            continue;
        float next[TAG_COUNT];
        for (unsigned t = 0; t < TAG_COUNT; t++)
            next[t] = allowed(instance, i, t, gold) ? lattice->emit[i][t] * lattice->backward[i][t] : 0;
        for (size_t from = 0; from < TAG_COUNT; from++)
            for (size_t to = 0; to < TAG_COUNT; to++)
                sum += joint[from][to] = lattice->forward[i - 1][from] * trainer->exps[from][to] * next[to];
        for (size_t from = 0; from < TAG_COUNT; from++)
            for (size_t to = 0; to < TAG_COUNT; to++)
                pairs[from][to] += sign * joint[from][to] / sum;
    }
}

static void add_gold_path(const struct instance *instance, float (*tags)[WIDTH], float (*pairs)[TAG_COUNT])
{
    for (uint32_t i = 0; i < instance->count; i++) {
        tags[i][instance->tags[i]] += 1;
        pairs[i ? instance->tags[i - 1] : TAG_START][instance->tags[i]] += 1;
    }
}

/* --------------------------------------------------------------- learning */

static void set_emissions(struct trainer *trainer, struct instance *instance, struct lattice *lattice)
{
    for (uint32_t i = 0; i < instance->count; i++) {
        float scores[TAG_COUNT] = {0}, most = 0;
        for (uint32_t f = instance->starts[i]; f < instance->starts[i + 1]; f++) {
            uint32_t id = instance->ids[f] & 0x7FFFFFFF;
            bool hidden = (next_random(trainer) >> 40 & 255) < DROPOUT;
            instance->ids[f] = id | (hidden ? 0x80000000u : 0);
            for (size_t t = 0; !hidden && t < TAG_WEIGHTS; t++)
                scores[t + 1] += trainer->weights[id][t];
        }
        for (size_t t = 0; t < TAG_COUNT; t++)
            most = scores[t] > most ? scores[t] : most;
        for (size_t t = 0; t < TAG_COUNT; t++)
            lattice->emit[i][t] = expf(scores[t] - most) + 1e-20f;
    }
}

static void set_transitions(struct trainer *trainer)
{
    for (unsigned from = 0; from <= TAG_COUNT; from++)
        for (unsigned to = 0; to < TAG_COUNT; to++)
            trainer->exps[from][to] = tagger_may_follow(from, to) ? expf(trainer->transitions[from][to]) : 0;
}

static void update_features(struct trainer *trainer, const struct instance *instance, float (*tags)[WIDTH], float rate)
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

static void learn(struct trainer *trainer, struct instance *instance, struct lattice *lattice, float rate)
{
    static float tags[CORPUS_LONGEST][WIDTH];
    float pairs[TAG_COUNT + 1][TAG_COUNT] = {{0}};
    memset(tags, 0, instance->count * sizeof tags[0]);
    set_emissions(trainer, instance, lattice);
    set_transitions(trainer);
    run_forward(trainer, instance, lattice, false);
    run_backward(trainer, instance, lattice, false);
    add_expectations(trainer, instance, lattice, false, -1, tags, pairs);
    if (instance->partial) {
        run_forward(trainer, instance, lattice, true);
        run_backward(trainer, instance, lattice, true);
        add_expectations(trainer, instance, lattice, true, 1, tags, pairs);
    } else {
        add_gold_path(instance, tags, pairs);
    }
    update_features(trainer, instance, tags, rate);
    update_transitions(trainer, pairs, instance->weight, rate);
}

static void train(struct trainer *trainer)
{
    uint32_t *order = must(malloc(trainer->instance_count * sizeof *order));
    struct lattice *lattice = must(calloc(1, sizeof *lattice));
    for (uint32_t i = 0; i < trainer->instance_count; i++)
        order[i] = i;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (uint32_t i = trainer->instance_count; i > 1; i--) {
            uint32_t other = (uint32_t)(next_random(trainer) % i), swap = order[i - 1];
            order[i - 1] = order[other];
            order[other] = swap;
        }
        for (uint32_t i = 0; i < trainer->instance_count; i++) {
            float done = ((float)epoch + (float)i / (float)trainer->instance_count) / EPOCHS;
            learn(trainer, &trainer->instances[order[i]], lattice, RATE * (1.0f - done * 2 / 3));
        }
        fprintf(stderr, "epoch %d\n", epoch + 1);
    }
    free(order);
    free(lattice);
}

/* ---------------------------------------------------------------- writing */

struct ranked {
    uint64_t key;
    uint32_t id;
    float size;
};

static int by_size(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return x->key < y->key ? -1 : x->key > y->key;
}

static int by_float(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

static struct ranked *rank_features(const struct trainer *trainer, float *largest)
{
    struct ranked *ranked = must(calloc(trainer->feature_count, sizeof *ranked));
    float *sizes = must(calloc(trainer->feature_count, sizeof *sizes));
    size_t count = 0;
    for (size_t at = 0; at <= trainer->features.mask; at++) {
        if (!trainer->features.ids[at])
            continue;
        struct ranked *entry = &ranked[count];
        entry->key = trainer->features.keys[at];
        entry->id = trainer->features.ids[at] - 1;
        for (size_t t = 0; t < TAG_WEIGHTS; t++)
            if (fabsf(trainer->weights[entry->id][t]) > entry->size)
                entry->size = fabsf(trainer->weights[entry->id][t]);
        sizes[count++] = entry->size;
    }
    qsort(ranked, count, sizeof *ranked, by_size);
    qsort(sizes, count, sizeof *sizes, by_float);
    *largest = sizes[count - 1 - count / 5000]; /* the few beyond are clipped */
    free(sizes);
    return ranked;
}

static int8_t quantise(float weight, float scale)
{
    float scaled = roundf(weight / scale);
    return (int8_t)(scaled > 127 ? 127 : scaled < -127 ? -127 : scaled);
}

static void write_padded(FILE *out, const void *bytes, size_t size, size_t *written)
{
    static const char zeros[64];
    fwrite(bytes, 1, size, out);
    *written += size;
    size_t pad = (64 - *written % 64) % 64;
    fwrite(zeros, 1, pad, out);
    *written += pad;
}

static uint32_t fill_table(const struct trainer *trainer, const struct ranked *ranked, uint32_t slots, float scale,
                           uint16_t *checks, int8_t (*weights)[TAG_WEIGHTS])
{
    uint32_t kept = 0, room = slots / 10 * 8; /* fuller tables make long searches */
    for (uint32_t r = 0; r < trainer->feature_count && kept < room && ranked[r].size > scale; r++) {
        uint32_t slot = tagger_slot(ranked[r].key, slots), probe = 0;
        while (probe < TAGGER_PROBES && checks[slot]) {
            slot = (slot + 1) & (slots - 1);
            probe++;
        }
        if (probe == TAGGER_PROBES)
            continue;
        checks[slot] = tagger_check(ranked[r].key);
        for (size_t t = 0; t < TAG_WEIGHTS; t++)
            weights[slot][t] = quantise(trainer->weights[ranked[r].id][t], scale);
        kept++;
    }
    return kept;
}

static void write_model(const struct trainer *trainer, const char *path, struct word_clusters clusters, uint32_t slots)
{
    float largest;
    struct ranked *ranked = rank_features(trainer, &largest);
    struct tagger_header header = {.magic = TAGGER_MAGIC, .slots = slots, .cluster_slots = clusters.slots, .scale = largest / 127};
    for (unsigned from = 0; from <= TAG_COUNT; from++)
        for (unsigned to = 0; to < TAG_COUNT; to++)
            header.transitions[from][to] = tagger_may_follow(from, to) ? (int32_t)roundf(trainer->transitions[from][to] / header.scale)
                                                                       : TAGGER_FORBIDDEN;
    uint16_t *checks = must(calloc(slots, sizeof *checks));
    int8_t(*weights)[TAG_WEIGHTS] = must(calloc(slots, sizeof *weights));
    uint32_t kept = fill_table(trainer, ranked, slots, header.scale, checks, weights);
    FILE *out = must(fopen(path, "wb"));
    size_t written = 0;
    write_padded(out, &header, sizeof header, &written);
    write_padded(out, clusters.hashes, 4 * (size_t)clusters.slots, &written);
    write_padded(out, clusters.clusters, clusters.slots, &written);
    write_padded(out, checks, 2 * (size_t)slots, &written);
    write_padded(out, weights, TAG_WEIGHTS * (size_t)slots, &written);
    fclose(out);
    fprintf(stderr, "%u of %u features, %zu bytes, scale %g\n", kept, trainer->feature_count, written, (double)header.scale);
    free(ranked);
    free(checks);
    free(weights);
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

int main(int argc, char **argv)
{
    static struct trainer trainer = {.random = 0x9E3779B97F4A7C15ull};
    uint64_t slots;
    if (argc < 5 || !slice_to_u64(slice_from_cstr(argv[3]), 1u << 24, &slots) || argc > 4 + 60) {
        fprintf(stderr, "usage: train-names OUT CLUSTERS SLOTS FILE[:partial]...\n");
        return 2;
    }
    struct arena *arena = trainer.corpus.arena = arena_create();
    const struct gazetteer *gazetteer = gazetteer_create(arena, lexicon_create(arena));
    struct word_clusters clusters = read_clusters(arena, argv[2]);
    for (int i = 4; i < argc; i++) {
        struct slice path = slice_from_cstr(argv[i]);
        trainer.partial[i - 4] = slice_ends(path, SLICE(":partial"));
        if (trainer.partial[i - 4])
            path.len -= 8;
        corpus_read(&trainer.corpus, corpus_read_file(arena, arena_cstr(arena, path)), (uint8_t)(i - 4));
    }
    make_features(&trainer.features, (size_t)1 << 25);
    for_each_reading(&trainer, gazetteer, clusters, false);
    number_features(&trainer);
    for_each_reading(&trainer, gazetteer, clusters, true);
    fprintf(stderr, "%u tokens, %u readings, %u features of %zu\n", trainer.corpus.token_count, trainer.instance_count,
            trainer.feature_count, trainer.features.used);
    train(&trainer);
    write_model(&trainer, argv[1], clusters, (uint32_t)slots);
    return 0;
}
