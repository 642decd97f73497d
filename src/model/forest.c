#include "model/forest.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* A leaf leads to itself: nothing reaches its threshold. So all trees can be walked for the same number of steps,
 * without a branch that is guessed wrongly half the time. */
struct node {
    float threshold;
    uint16_t left;    /* how many bytes further on; 0 for a leaf; the right child stands behind it */
    uint16_t feature; /* bytes into the row of features */
};

/* Trees that are walked side by side: each step of one waits for its memory while the others go on. */
#define LANES 8

struct forest {
    struct node *nodes;
    float *values;     /* what a leaf adds */
    uint32_t *roots;   /* filled up to a multiple of LANES with a tree that adds nothing */
    uint8_t *depths;   /* per LANES trees: steps to their deepest leaf */
    size_t root_count, feature_count;
};

/* Decimals of few digits are divided out, which gives the double that strtod gives (both operands are exact:
 * Clinger, "How to read floating point numbers accurately", 1990) in a tenth of its time; there are thousands
 * of them. Never at the end of memory: scripts/embed puts a zero behind each file. */
static double number(struct slice s)
{
    static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    bool negative = s.len > 0 && s.ptr[0] == '-', fraction = false;
    int64_t digits = 0;
    size_t places = 0;
    assert(s.len > 0);
    for (size_t i = negative; i < s.len; i++) {
        if (s.ptr[i] == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (!ascii_is_digit(s.ptr[i]) || s.len > 15)
            return strtod(s.ptr, NULL);
        digits = digits * 10 + (s.ptr[i] - '0');
        places += fraction;
    }
    double value = (double)digits / powers[places];
    return negative ? -value : value;
}

/* Nodes and trees together are as many as lines. */
static size_t count_lines(struct slice text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    return lines;
}

static const struct node leaf = {.threshold = NAN};

static struct node read_node(const struct lexicon_row *row, uint32_t place, size_t feature_count, float *value)
{
    double feature = number(row->columns[0]);
    *value = (float)number(row->columns[1]);
    assert(feature < (double)feature_count && feature * sizeof(float) <= UINT16_MAX);
    if (feature < 0)
        return leaf;
    double left = (number(row->columns[2]) - place) * sizeof(struct node);
    assert(left > 0 && left <= UINT16_MAX); /* children stand behind their parent: no loops */
    return (struct node){*value, (uint16_t)left, (uint16_t)(feature * sizeof(float))};
}

static void add_root(struct arena *arena, struct forest *forest, uint32_t root, size_t *capacity)
{
    forest->roots = arena_grow(arena, forest->roots, forest->root_count, capacity, sizeof *forest->roots);
    forest->roots[forest->root_count++] = root;
}

/* Parents stand before their children, so one pass over the nodes finds how deep each lies. */
static void measure_depths(struct arena *arena, struct forest *forest, uint32_t count)
{
    uint8_t *depths = arena_calloc(arena, count, 1);
    forest->depths = arena_calloc(arena, forest->root_count / LANES, 1);
    for (size_t tree = 0; tree < forest->root_count; tree++) {
        uint32_t root = forest->roots[tree], end = tree + 1 < forest->root_count ? forest->roots[tree + 1] : count;
        uint8_t *deepest = &forest->depths[tree / LANES];
        for (uint32_t i = root; i < end; i++) {
            const struct node *node = &forest->nodes[i];
            *deepest = depths[i] > *deepest ? depths[i] : *deepest;
            if (!node->left)
                continue;
            uint32_t left = i + node->left / (uint32_t)sizeof *node;
            assert(left + 1 < end);
            depths[left] = depths[left + 1] = (uint8_t)(depths[i] + 1);
        }
    }
}

/* The rows are read off the text, once, and not kept. */
const struct forest *forest_create(struct arena *arena, const struct lexicon_table *table)
{
    struct forest *forest = arena_calloc(arena, 1, sizeof *forest);
    struct slice text = lexicon_table_text(table);
    size_t root_capacity = 0;
    uint32_t count = 0, root = 0;
    size_t most = count_lines(text) + 1;
    forest->nodes = arena_alloc(arena, most * sizeof *forest->nodes);
    forest->values = arena_calloc(arena, most, sizeof *forest->values);
    for (struct lexicon_row row; lexicon_read_row(&text, &row);) {
        if (slice_equals(row.columns[0], SLICE("features"))) {
            forest->feature_count = (size_t)number(row.columns[1]);
        } else if (slice_equals(row.columns[0], SLICE("tree"))) {
            root = count;
            add_root(arena, forest, root, &root_capacity);
        } else {
            forest->nodes[count] = read_node(&row, count - root, forest->feature_count, &forest->values[count]);
            count++;
        }
    }
    forest->nodes[count] = leaf;
    while (forest->root_count % LANES)
        add_root(arena, forest, count, &root_capacity);
    measure_depths(arena, forest, count + 1);
    return forest;
}

size_t forest_feature_count(const struct forest *forest)
{
    return forest->feature_count;
}

/* The sum over trees [first, end), both multiples of LANES. */
static float sum_trees(const struct forest *forest, const float *features, size_t first, size_t end)
{
    float sum = 0;
    for (size_t i = first; i < end; i += LANES) {
        const struct node *at[LANES];
#pragma GCC unroll 8
        for (size_t k = 0; k < LANES; k++)
            at[k] = &forest->nodes[forest->roots[i + k]];
        for (unsigned steps = forest->depths[i / LANES]; steps > 0; steps--) {
#pragma GCC unroll 8
            for (size_t k = 0; k < LANES; k++) {
                const struct node *node = at[k];
                const float *feature = (const void *)((const char *)features + node->feature);
                const struct node *left = (const void *)((const char *)node + node->left);
                at[k] = left + (*feature >= node->threshold);
            }
        }
#pragma GCC unroll 8
        for (size_t k = 0; k < LANES; k++)
            sum += forest->values[at[k] - forest->nodes];
    }
    return sum;
}

float forest_score(const struct forest *forest, const float *features)
{
    return sum_trees(forest, features, 0, forest->root_count);
}

#define TREES_BETWEEN_LOOKS 24
_Static_assert(TREES_BETWEEN_LOOKS % LANES == 0, "looks are taken between groups of trees");

/* Some trees for all rows rather than all trees for one row: the trees stay in the cache. */
void forest_score_rows(const struct forest *forest, const float *rows, size_t stride, size_t count, float *scores)
{
    for (size_t row = 0; row < count; row++)
        scores[row] = 0;
    for (size_t first = 0; first < forest->root_count; first += TREES_BETWEEN_LOOKS) {
        size_t end = first + TREES_BETWEEN_LOOKS;
        end = end < forest->root_count ? end : forest->root_count;
        for (size_t row = 0; row < count; row++)
            if (scores[row] >= FOREST_HOPELESS)
                scores[row] += sum_trees(forest, rows + row * stride, first, end);
    }
}

float forest_probability(float log_odds)
{
    return 1.0f / (1.0f + expf(-log_odds));
}
