#include "model/forest.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

struct node {
    int32_t feature; /* -1: leaf */
    uint32_t left;   /* index into nodes; the right child stands behind the left one */
    float value;     /* threshold, or what a leaf adds */
};

struct forest {
    struct node *nodes;
    uint32_t *roots;
    size_t root_count, feature_count;
};

/* Decimals of few digits are divided out, which gives the double that strtod gives (both operands are exact:
 * Clinger, "How to read floating point numbers accurately", 1990) in a tenth of its time; there are thousands
 * of them. Never at the end of memory: scripts/embed puts a zero behind each file. */
static double number(struct slice s)
{
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
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

static struct node read_node(const struct lexicon_row *row, uint32_t root, size_t feature_count)
{
    struct node node = {.feature = (int32_t)number(row->columns[0]), .value = (float)number(row->columns[1])};
    assert(node.feature < (int32_t)feature_count);
    if (node.feature >= 0)
        node.left = root + (uint32_t)number(row->columns[2]);
    return node;
}

/* The rows are read off the text, once, and not kept. */
const struct forest *forest_create(struct arena *arena, const struct lexicon_table *table)
{
    struct forest *forest = arena_calloc(arena, 1, sizeof *forest);
    struct slice text = lexicon_table_text(table);
    size_t lines = count_lines(text), root_capacity = 0;
    forest->nodes = arena_alloc(arena, lines * sizeof *forest->nodes);
    uint32_t count = 0, root = 0;
    for (struct lexicon_row row; lexicon_read_row(&text, &row);) {
        if (slice_equals(row.columns[0], SLICE("features"))) {
            forest->feature_count = (size_t)number(row.columns[1]);
        } else if (slice_equals(row.columns[0], SLICE("tree"))) {
            root = count;
            forest->roots = arena_grow(arena, forest->roots, forest->root_count, &root_capacity, sizeof *forest->roots);
            forest->roots[forest->root_count++] = root;
        } else {
            struct node node = read_node(&row, root, forest->feature_count);
            assert(node.feature < 0 || node.left > count); /* children stand behind their parent: no loops */
            forest->nodes[count++] = node;
        }
    }
    return forest;
}

size_t forest_feature_count(const struct forest *forest)
{
    return forest->feature_count;
}

static float sum_trees(const struct forest *forest, const float *features, size_t first, size_t end)
{
    float sum = 0;
    for (size_t i = first; i < end; i++) {
        const struct node *node = &forest->nodes[forest->roots[i]];
        while (node->feature >= 0)
            node = &forest->nodes[node->left + !(features[node->feature] < node->value)];
        sum += node->value;
    }
    return sum;
}

float forest_score(const struct forest *forest, const float *features)
{
    return sum_trees(forest, features, 0, forest->root_count);
}

#define TREES_BETWEEN_LOOKS 40

float forest_score_above(const struct forest *forest, const float *features, float floor)
{
    float sum = 0;
    for (size_t i = 0; i < forest->root_count && sum >= floor; i += TREES_BETWEEN_LOOKS) {
        size_t end = i + TREES_BETWEEN_LOOKS;
        sum += sum_trees(forest, features, i, end < forest->root_count ? end : forest->root_count);
    }
    return sum;
}

float forest_probability(float log_odds)
{
    return 1.0f / (1.0f + expf(-log_odds));
}
