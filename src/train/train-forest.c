/* train-forest: labelled feature rows -> a forest (model/forest.h).
 *
 * usage: train-forest [--trees=N] [--depth=N] [--rate=X] [--leaf=X] [--lambda=X] [--columns=X]
 *                     [--sample=X] [--skip-fold=K] [--skip-also=K] < ROWS > MODEL
 *
 * ROWS: one example a line, columns separated by tabs: label (0 or 1), weight, group (its domain), features. Gradient
 * boosting of the logistic loss with second-order leaf values (Friedman 2001; Chen and Guestrin 2016) over
 * 64 quantile bins a feature, trees grown level by level. Each tree sees a share of the features (--columns) and of
 * the rows (--sample), which keeps trees different from each other (Friedman 2002). Deterministic: the shares are
 * drawn by a generator of fixed seed, so the same rows give the same model.
 * --skip-fold=K leaves out the groups whose hash modulo 5 is K; their loss is printed on stderr, so that
 * five runs are a cross-validation by group. --skip-also=K leaves out a second fold: a forest that learns from what this one says
 * of fold J, and is tested on fold K, must not learn from one that knows K. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buffer.h"

#define BINS 64
#define FOLDS 5
#define MAX_FEATURES 256
#define MAX_NODES 512

struct options {
    int trees, depth, skip_fold, skip_also;
    double rate, leaf, lambda, columns, sample;
};

struct rows {
    size_t count, features;
    float *values;      /* [count * features] */
    uint8_t *bins;      /* [features * count] */
    float *cuts;        /* [features * BINS]: bin b holds values < cuts[b] */
    float *labels, *weights;
    double *scores, *gradients, *hessians;
    uint16_t *leaves;   /* node of the tree being grown that the row is in */
    uint32_t *seen;     /* [seen_count] rows that the tree being grown learns from */
    size_t seen_count;
    bool *held_out;
    bool *drawn;        /* [features] that the tree being grown may use */
    uint64_t random;    /* state of the generator */
};

struct node {
    int feature;
    float value;
    int left;
    double gradient, hessian;
};

static double flag(int argc, char **argv, const char *name, double otherwise)
{
    size_t len = strlen(name);
    for (int i = 1; i < argc; i++)
        if (strncmp(argv[i], name, len) == 0 && argv[i][len] == '=')
            return strtod(argv[i] + len + 1, NULL);
    return otherwise;
}

/* ---------------------------------------------------------------- reading */

static struct slice read_all(FILE *in)
{
    struct buffer bytes = buffer_make(SIZE_MAX / 4);
    size_t got;
    do {
        char *room = buffer_reserve(&bytes, 1 << 20);
        got = room ? fread(room, 1, 1 << 20, in) : 0;
        bytes.len += got;
    } while (got);
    buffer_append_byte(&bytes, '\0');
    return slice_of(bytes.ptr, bytes.len - 1);
}

static size_t count_byte(struct slice s, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += s.ptr[i] == byte;
    return count;
}

static bool is_skipped(struct slice group, const struct options *options)
{
    int fold = (int)(slice_hash(group) % FOLDS);
    return fold == options->skip_fold || fold == options->skip_also;
}

static void read_row(struct rows *rows, struct slice line, const struct options *options)
{
    struct slice column;
    size_t row = rows->count++;
    slice_split(&line, '\t', &column);
    rows->labels[row] = strtof(column.ptr, NULL);
    slice_split(&line, '\t', &column);
    rows->weights[row] = strtof(column.ptr, NULL);
    slice_split(&line, '\t', &column);
    rows->held_out[row] = is_skipped(column, options);
    for (size_t f = 0; f < rows->features && slice_split(&line, '\t', &column); f++)
        rows->values[row * rows->features + f] = strtof(column.ptr, NULL);
}

static struct rows read_rows(struct arena *arena, struct slice text, const struct options *options)
{
    struct rows rows = {0};
    struct slice first = slice_sub(text, 0, slice_find_byte(text, '\n', 0)), line;
    size_t lines = count_byte(text, '\n');
    rows.features = count_byte(first, '\t') - 2;
    rows.values = arena_calloc(arena, lines * rows.features, sizeof *rows.values);
    rows.bins = arena_calloc(arena, lines * rows.features, sizeof *rows.bins);
    rows.cuts = arena_calloc(arena, BINS * rows.features, sizeof *rows.cuts);
    rows.labels = arena_calloc(arena, lines, sizeof *rows.labels);
    rows.weights = arena_calloc(arena, lines, sizeof *rows.weights);
    rows.scores = arena_calloc(arena, lines, sizeof *rows.scores);
    rows.gradients = arena_calloc(arena, lines, sizeof *rows.gradients);
    rows.hessians = arena_calloc(arena, lines, sizeof *rows.hessians);
    rows.leaves = arena_calloc(arena, lines, sizeof *rows.leaves);
    rows.seen = arena_calloc(arena, lines, sizeof *rows.seen);
    rows.held_out = arena_calloc(arena, lines, sizeof *rows.held_out);
    rows.drawn = arena_calloc(arena, rows.features, sizeof *rows.drawn);
    rows.random = 20221114;
    while (slice_split(&text, '\n', &line))
        if (line.len)
            read_row(&rows, line, options);
    return rows;
}

/* ---------------------------------------------------------------- binning */

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Cuts between neighbouring distinct values, at quantiles; the last cut is above everything. */
static void cut_feature(struct rows *rows, size_t f, float *sorted)
{
    float *cuts = rows->cuts + f * BINS;
    size_t used = 0;
    for (size_t i = 0; i < rows->count; i++)
        sorted[i] = rows->values[i * rows->features + f];
    qsort(sorted, rows->count, sizeof *sorted, compare_floats);
    for (size_t b = 1; b < BINS; b++) {
        float at = sorted[b * rows->count / BINS];
        if (at > sorted[0] && (used == 0 || at > cuts[used - 1]))
            cuts[used++] = at;
    }
    while (used < BINS)
        cuts[used++] = INFINITY;
    for (size_t i = 0; i < rows->count; i++) {
        uint8_t bin = 0;
        while (!(rows->values[i * rows->features + f] < cuts[bin]) && bin < BINS - 1)
            bin++;
        rows->bins[f * rows->count + i] = bin;
    }
}

/* --------------------------------------------------------------- boosting */

/* A number in [0, 1): xorshift64* (Vigna 2016). */
static double draw(struct rows *rows)
{
    rows->random ^= rows->random >> 12;
    rows->random ^= rows->random << 25;
    rows->random ^= rows->random >> 27;
    return (double)(rows->random * 0x2545F4914F6CDD1Du >> 11) / 9007199254740992.0;
}

static void draw_columns(struct rows *rows, double share)
{
    for (size_t f = 0; f < rows->features; f++)
        rows->drawn[f] = draw(rows) < share;
}

static void compute_gradients(struct rows *rows, double sample)
{
    rows->seen_count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        double p = 1 / (1 + exp(-rows->scores[i])), w = rows->held_out[i] || draw(rows) >= sample ? 0 : (double)rows->weights[i];
        rows->gradients[i] = w * (p - (double)rows->labels[i]);
        rows->hessians[i] = w * fmax(p * (1 - p), 1e-6);
        rows->leaves[i] = 0;
        if (w > 0)
            rows->seen[rows->seen_count++] = (uint32_t)i;
    }
}

struct split {
    double gain;
    int bin;
    size_t feature;
    double left_gradient, left_hessian;
};

struct sums {
    double gradient[BINS], hessian[BINS];
};

static double leaf_gain(double gradient, double hessian, double lambda)
{
    return gradient * gradient / (hessian + lambda);
}

static void try_feature(const struct node *node, const struct sums *sums, size_t feature, const struct options *options,
                        struct split *best)
{
    double g = 0, h = 0, whole = leaf_gain(node->gradient, node->hessian, options->lambda);
    for (int bin = 0; bin < BINS - 1; bin++) {
        g += sums->gradient[bin];
        h += sums->hessian[bin];
        if (h < options->leaf || node->hessian - h < options->leaf)
            continue;
        double gain = leaf_gain(g, h, options->lambda) +
                      leaf_gain(node->gradient - g, node->hessian - h, options->lambda) - whole;
        if (gain > best->gain + 1e-9)
            *best = (struct split){gain, bin, feature, g, h};
    }
}

/* The best split of each node of the level [first, end), feature by feature. */
static void find_splits(const struct rows *rows, const struct node *nodes, int first, int end,
                        const struct options *options, struct split *best, struct sums *sums)
{
    for (int n = first; n < end; n++)
        best[n] = (struct split){.gain = 1e-3};
    for (size_t f = 0; f < rows->features; f++) {
        if (!rows->drawn[f])
            continue;
        const uint8_t *bins = rows->bins + f * rows->count;
        memset(sums + first, 0, (size_t)(end - first) * sizeof *sums);
        for (size_t k = 0; k < rows->seen_count; k++) {
            size_t i = rows->seen[k];
            int leaf = rows->leaves[i];
            if (leaf < first)
                continue;
            sums[leaf].gradient[bins[i]] += rows->gradients[i];
            sums[leaf].hessian[bins[i]] += rows->hessians[i];
        }
        for (int n = first; n < end; n++)
            try_feature(&nodes[n], &sums[n], f, options, &best[n]);
    }
}

static int split_level(struct rows *rows, struct node *nodes, int first, int end, const struct split *best)
{
    int count = end;
    for (int n = first; n < end; n++) {
        nodes[n].feature = -1;
        if (best[n].left_hessian <= 0 || count + 2 > MAX_NODES)
            continue;
        nodes[n].feature = (int)best[n].feature;
        nodes[n].value = rows->cuts[best[n].feature * BINS + (size_t)best[n].bin];
        nodes[n].left = count;
        nodes[count] = (struct node){-1, 0, 0, best[n].left_gradient, best[n].left_hessian};
        nodes[count + 1] = (struct node){-1, 0, 0, nodes[n].gradient - best[n].left_gradient,
                                         nodes[n].hessian - best[n].left_hessian};
        count += 2;
    }
    for (size_t i = 0; i < rows->count; i++) {
        const struct node *node = &nodes[rows->leaves[i]];
        if (rows->leaves[i] >= first && node->feature >= 0) {
            bool right = rows->bins[(size_t)node->feature * rows->count + i] > best[rows->leaves[i]].bin;
            rows->leaves[i] = (uint16_t)(node->left + right);
        }
    }
    return count;
}

static int grow_tree(struct rows *rows, const struct options *options, struct node *nodes, struct split *best,
                     struct sums *sums)
{
    int first = 0, end = 1;
    compute_gradients(rows, options->sample);
    draw_columns(rows, options->columns);
    nodes[0] = (struct node){-1, 0, 0, 0, 0};
    for (size_t i = 0; i < rows->count; i++) {
        nodes[0].gradient += rows->gradients[i];
        nodes[0].hessian += rows->hessians[i];
    }
    for (int level = 0; level < options->depth && first < end; level++) {
        find_splits(rows, nodes, first, end, options, best, sums);
        int grown = split_level(rows, nodes, first, end, best);
        first = end;
        end = grown;
    }
    for (int n = 0; n < end; n++)
        if (nodes[n].feature < 0)
            nodes[n].value = (float)(-options->rate * nodes[n].gradient / (nodes[n].hessian + options->lambda));
    for (size_t i = 0; i < rows->count; i++)
        rows->scores[i] += (double)nodes[rows->leaves[i]].value;
    return end;
}

static void print_tree(const struct node *nodes, int count)
{
    printf("tree\t%d\n", count);
    for (int n = 0; n < count; n++)
        if (nodes[n].feature < 0)
            printf("-1\t%.5g\n", (double)nodes[n].value);
        else
            printf("%d\t%.9g\t%d\n", nodes[n].feature, (double)nodes[n].value, nodes[n].left);
}

static double loss(const struct rows *rows, bool held_out)
{
    double sum = 0, weight = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->held_out[i] != held_out)
            continue;
        double margin = rows->labels[i] > 0.5f ? rows->scores[i] : -rows->scores[i];
        sum += (double)rows->weights[i] * log1p(exp(-margin));
        weight += (double)rows->weights[i];
    }
    return weight > 0 ? sum / weight : 0;
}

static double accuracy(const struct rows *rows, bool held_out)
{
    double good = 0, weight = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->held_out[i] != held_out)
            continue;
        weight += (double)rows->weights[i];
        good += (rows->scores[i] > 0) == (rows->labels[i] > 0.5f) ? (double)rows->weights[i] : 0;
    }
    return weight > 0 ? good / weight : 0;
}

int main(int argc, char **argv)
{
    struct options options = {
        .trees = (int)flag(argc, argv, "--trees", 150),
        .depth = (int)flag(argc, argv, "--depth", 5),
        .skip_fold = (int)flag(argc, argv, "--skip-fold", -1),
        .skip_also = (int)flag(argc, argv, "--skip-also", -1),
        .rate = flag(argc, argv, "--rate", 0.1),
        .leaf = flag(argc, argv, "--leaf", 3),
        .lambda = flag(argc, argv, "--lambda", 1),
        .columns = flag(argc, argv, "--columns", 1),
        .sample = flag(argc, argv, "--sample", 1),
    };
    struct arena *arena = arena_create();
    struct rows rows = read_rows(arena, read_all(stdin), &options);
    if (rows.count == 0 || rows.features > MAX_FEATURES)
        return fprintf(stderr, "train-forest: no rows, or too many features\n"), 1;
    float *sorted = arena_calloc(arena, rows.count, sizeof *sorted);
    for (size_t f = 0; f < rows.features; f++)
        cut_feature(&rows, f, sorted);
    struct node *nodes = arena_calloc(arena, MAX_NODES, sizeof *nodes);
    struct split *best = arena_calloc(arena, MAX_NODES, sizeof *best);
    struct sums *sums = arena_calloc(arena, MAX_NODES, sizeof *sums);
    printf("# forest (model/forest.h): %d trees, depth %d, rate %g, trained on %zu rows\nfeatures\t%zu\n", options.trees,
           options.depth, options.rate, rows.count, rows.features);
    for (int t = 0; t < options.trees; t++)
        print_tree(nodes, grow_tree(&rows, &options, nodes, best, sums));
    fprintf(stderr, "loss %.4f accuracy %.4f; held out: loss %.4f accuracy %.4f\n", loss(&rows, false),
            accuracy(&rows, false), loss(&rows, true), accuracy(&rows, true));
    arena_destroy(arena);
    return 0;
}
