/* train-forest: labelled feature rows -> a forest (model/forest.h).
 *
 * usage: train-forest [--trees=N] [--depth=N] [--rate=X] [--leaf=X] [--lambda=X] [--columns=X]
 *                     [--sample=X] [--skip-fold=K] [--skip-also=K] < ROWS > MODEL
 *
 * ROWS: one example a line, columns separated by tabs: label (0 or 1), weight, group (its domain), features. Gradient
 * boosting of the logistic loss with second-order leaf values (Friedman 2001; Chen and Guestrin 2016) over
 * 64 quantile bins a feature, trees grown level by level; of two children only the smaller one's rows are summed
 * (LightGBM: Ke et al. 2017). Each tree sees a share of the features (--columns) and of the rows (--sample), which
 * keeps trees different from each other (Friedman 2002). Deterministic: the shares are drawn by a generator of fixed
 * seed, so the same rows give the same model.
 * --skip-fold=K leaves out the groups whose hash modulo 5 is K; their loss is printed on stderr, so that
 * five runs are a cross-validation by group. --skip-also=K leaves out a second fold: a forest that learns from what
 * this one says of fold J, and is tested on fold K, must not learn from one that knows K. */
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
    uint8_t *bins;      /* [count * features] */
    float *cuts;        /* [features * BINS]: bin b holds values < cuts[b] */
    float *labels, *weights;
    double *scores, *gradients, *hessians;
    uint32_t *seen;     /* [seen_count] rows that the tree being grown learns from, those of a node side by side */
    uint32_t *right;    /* [count] room for partitions */
    size_t seen_count;
    bool *held_out;
    uint16_t *drawn;    /* [drawn_count] features that the tree being grown may use */
    size_t drawn_count;
    uint64_t random;    /* state of the generator */
};

/* Of one bin of a feature: the rows of a node that lie in it. */
struct sum {
    double gradient, hessian;
};

struct node {
    int feature;        /* -1: a leaf */
    float value;        /* the threshold; what a leaf adds */
    int bin, left, level;
    struct sum sum;     /* of all its rows */
    size_t first, end;  /* its rows in `seen` */
    struct sum *bins;   /* [drawn_count * BINS], NULL until they are needed */
};

/* Histograms in use and those that wait for use. */
struct pool {
    struct arena *arena;
    struct sum *free[MAX_NODES];
    size_t free_count, size;
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
    rows.seen = arena_calloc(arena, lines, sizeof *rows.seen);
    rows.right = arena_calloc(arena, lines, sizeof *rows.right);
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
        rows->bins[i * rows->features + f] = bin;
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
    rows->drawn_count = 0;
    for (size_t f = 0; f < rows->features; f++)
        if (draw(rows) < share)
            rows->drawn[rows->drawn_count++] = (uint16_t)f;
}

static void compute_gradients(struct rows *rows, double sample)
{
    rows->seen_count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        double p = 1 / (1 + exp(-rows->scores[i])),
               w = rows->held_out[i] || draw(rows) >= sample ? 0 : (double)rows->weights[i];
        rows->gradients[i] = w * (p - (double)rows->labels[i]);
        rows->hessians[i] = w * fmax(p * (1 - p), 1e-6);
        if (w > 0)
            rows->seen[rows->seen_count++] = (uint32_t)i;
    }
}

struct split {
    double gain;
    int bin;
    size_t feature;
    struct sum left;
};

static double leaf_gain(struct sum sum, double lambda)
{
    return sum.gradient * sum.gradient / (sum.hessian + lambda);
}

static struct sum less(struct sum a, struct sum b)
{
    return (struct sum){a.gradient - b.gradient, a.hessian - b.hessian};
}

static void try_feature(const struct node *node, const struct sum *bins, size_t feature, const struct options *options,
                        struct split *best)
{
    struct sum left = {0, 0};
    double whole = leaf_gain(node->sum, options->lambda);
    for (int bin = 0; bin < BINS - 1; bin++) {
        left.gradient += bins[bin].gradient;
        left.hessian += bins[bin].hessian;
        struct sum right = less(node->sum, left);
        if (left.hessian < options->leaf || right.hessian < options->leaf)
            continue;
        double gain = leaf_gain(left, options->lambda) + leaf_gain(right, options->lambda) - whole;
        if (gain > best->gain + 1e-9)
            *best = (struct split){gain, bin, feature, left};
    }
}

/* ------------------------------------------------------------- histograms */

static struct sum *take_bins(struct pool *pool)
{
    return pool->free_count ? pool->free[--pool->free_count] : arena_alloc(pool->arena, pool->size);
}

static void give_bins(struct pool *pool, struct node *node)
{
    if (node->bins)
        pool->free[pool->free_count++] = node->bins;
    node->bins = NULL;
}

static void sum_rows(const struct rows *rows, struct pool *pool, struct node *node)
{
    node->bins = take_bins(pool);
    memset(node->bins, 0, rows->drawn_count * BINS * sizeof *node->bins);
    for (size_t k = node->first; k < node->end; k++) {
        size_t i = rows->seen[k];
        const uint8_t *bins = rows->bins + i * rows->features;
        for (size_t f = 0; f < rows->drawn_count; f++) {
            struct sum *sum = &node->bins[f * BINS + bins[rows->drawn[f]]];
            sum->gradient += rows->gradients[i];
            sum->hessian += rows->hessians[i];
        }
    }
}

/* The rows of the smaller child are summed; those of the larger one are the rest of its parent's, whose histogram it
 * takes over. */
static void sum_children(const struct rows *rows, struct pool *pool, struct node *parent, struct node *children)
{
    bool second = children[1].end - children[1].first < children[0].end - children[0].first;
    struct node *small = &children[second], *large = &children[!second];
    sum_rows(rows, pool, small);
    large->bins = parent->bins;
    parent->bins = NULL;
    for (size_t i = 0; i < rows->drawn_count * BINS; i++)
        large->bins[i] = less(large->bins[i], small->bins[i]);
}

/* ------------------------------------------------------------------- trees */

/* Puts the node's rows that go left before those that go right; returns where the latter begin. */
static size_t part_rows(struct rows *rows, const struct node *node, const struct split *split)
{
    size_t left = node->first, right = 0;
    for (size_t k = node->first; k < node->end; k++) {
        uint32_t i = rows->seen[k];
        if (rows->bins[i * rows->features + split->feature] > split->bin)
            rows->right[right++] = i;
        else
            rows->seen[left++] = i;
    }
    memcpy(rows->seen + left, rows->right, right * sizeof *rows->right);
    return left;
}

static bool find_split(const struct rows *rows, const struct node *node, const struct options *options,
                       struct split *best)
{
    *best = (struct split){.gain = 1e-3};
    for (size_t f = 0; f < rows->drawn_count; f++)
        try_feature(node, node->bins + f * BINS, rows->drawn[f], options, best);
    return best->left.hessian > 0;
}

/* Splits the node if that gains something; its children go to children[2]. */
static bool split_node(struct rows *rows, const struct options *options, struct pool *pool, struct node *node,
                       struct node *children)
{
    struct split split;
    if (!find_split(rows, node, options, &split))
        return false;
    size_t middle = part_rows(rows, node, &split);
    node->feature = (int)split.feature;
    node->bin = split.bin;
    node->value = rows->cuts[split.feature * BINS + (size_t)split.bin];
    children[0] =
        (struct node){.feature = -1, .level = node->level + 1, .sum = split.left, .first = node->first, .end = middle};
    children[1] = (struct node){
        .feature = -1, .level = node->level + 1, .sum = less(node->sum, split.left), .first = middle, .end = node->end};
    if (node->level + 1 < options->depth)
        sum_children(rows, pool, node, children);
    return true;
}

static void add_scores(struct rows *rows, const struct node *nodes)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct node *node = nodes;
        while (node->feature >= 0)
            node = &nodes[node->left + (rows->bins[i * rows->features + (size_t)node->feature] > node->bin)];
        rows->scores[i] += (double)node->value;
    }
}

/* Level by level: a node's children stand behind all nodes of its level. */
static int grow_tree(struct rows *rows, const struct options *options, struct pool *pool, struct node *nodes)
{
    int count = 1;
    compute_gradients(rows, options->sample);
    draw_columns(rows, options->columns);
    nodes[0] = (struct node){.feature = -1, .end = rows->seen_count};
    for (size_t k = 0; k < rows->seen_count; k++) {
        nodes[0].sum.gradient += rows->gradients[rows->seen[k]];
        nodes[0].sum.hessian += rows->hessians[rows->seen[k]];
    }
    sum_rows(rows, pool, &nodes[0]);
    for (int n = 0; n < count; n++) {
        struct node *node = &nodes[n];
        if (node->level < options->depth && count + 2 <= MAX_NODES &&
            split_node(rows, options, pool, node, &nodes[count])) {
            node->left = count;
            count += 2;
        } else {
            node->value = (float)(-options->rate * node->sum.gradient / (node->sum.hessian + options->lambda));
        }
        give_bins(pool, node);
    }
    add_scores(rows, nodes);
    return count;
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
    struct pool pool = {.arena = arena, .size = rows.features * BINS * sizeof(struct sum)};
    printf("# forest (model/forest.h): %d trees, depth %d, rate %g, trained on %zu rows\nfeatures\t%zu\n",
           options.trees, options.depth, options.rate, rows.count, rows.features);
    for (int t = 0; t < options.trees; t++)
        print_tree(nodes, grow_tree(&rows, &options, &pool, nodes));
    fprintf(stderr, "loss %.4f accuracy %.4f; held out: loss %.4f accuracy %.4f\n", loss(&rows, false),
            accuracy(&rows, false), loss(&rows, true), accuracy(&rows, true));
    arena_destroy(arena);
    return 0;
}
