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

/* Numbers of the model file: short, and always ended by a tab or line end, never at the end of memory
 * (scripts/embed puts a zero behind each file). */
static double number(struct slice s)
{
    assert(s.len > 0);
    return strtod(s.ptr, NULL);
}

static size_t count_trees(const struct lexicon_table *table)
{
    size_t trees = 0;
    for (size_t i = 0; i < lexicon_row_count(table); i++)
        trees += slice_equals(lexicon_row_at(table, i)->columns[0], SLICE("tree"));
    return trees;
}

static struct node read_node(const struct lexicon_row *row, uint32_t root, size_t feature_count)
{
    struct node node = {.feature = (int32_t)number(row->columns[0]), .value = (float)number(row->columns[1])};
    assert(node.feature < (int32_t)feature_count);
    if (node.feature >= 0)
        node.left = root + (uint32_t)number(row->columns[2]);
    return node;
}

const struct forest *forest_create(struct arena *arena, const struct lexicon_table *table)
{
    struct forest *forest = arena_calloc(arena, 1, sizeof *forest);
    size_t rows = lexicon_row_count(table);
    forest->nodes = arena_calloc(arena, rows, sizeof *forest->nodes);
    forest->roots = arena_calloc(arena, count_trees(table), sizeof *forest->roots);
    uint32_t count = 0, root = 0;
    for (size_t i = 0; i < rows; i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        if (slice_equals(row->columns[0], SLICE("features"))) {
            forest->feature_count = (size_t)number(row->columns[1]);
        } else if (slice_equals(row->columns[0], SLICE("tree"))) {
            root = count;
            forest->roots[forest->root_count++] = root;
        } else {
            struct node node = read_node(row, root, forest->feature_count);
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
