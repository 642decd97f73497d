#include "model/forest.h"

#include "base/buffer.h"
#include "support/support.h"

/* Two trees over two features: the first asks for feature 0 and, on its right, for feature 1; the second is a
 * leaf alone. */
static const char small[] = "# a comment\n"
                            "features\t2\n"
                            "tree\t5\n"
                            "0\t1.5\t1\n"
                            "-1\t-0.25\n"
                            "1\t-3\t3\n"
                            "-1\t1\n"
                            "-1\t2\n"
                            "tree\t1\n"
                            "-1\t0.5\n";

static const struct {
    float features[2], score;
} rows[] = {
    {{1, 0}, 0.25f},          /* left: -0.25 + 0.5 */
    {{1.5f, -4}, 1.5f},       /* equal to the threshold goes right; then left */
    {{2, -3}, 2.5f},          /* right, right */
    {{-1000, 1000}, 0.25f},
};

START_TEST(adds_up_leaves)
{
    struct arena *arena = arena_create();
    const struct forest *forest = forest_create(arena, lexicon_table_parse(arena, slice_from_cstr(small)));
    ck_assert_uint_eq(forest_feature_count(forest), 2);
    ck_assert_float_eq_tol(forest_score(forest, rows[_i].features), rows[_i].score, 1e-6f);
    arena_destroy(arena);
}
END_TEST

START_TEST(scores_rows_as_one_by_one)
{
    enum { COUNT = sizeof rows / sizeof rows[0] };
    float values[COUNT][2], scores[COUNT];
    struct arena *arena = arena_create();
    const struct forest *forest = forest_create(arena, lexicon_table_parse(arena, slice_from_cstr(small)));
    for (size_t i = 0; i < COUNT; i++)
        memcpy(values[i], rows[i].features, sizeof values[i]);
    forest_score_rows(forest, values[0], 2, COUNT, scores);
    for (size_t i = 0; i < COUNT; i++)
        ck_assert_float_eq_tol(scores[i], rows[i].score, 1e-6f);
    arena_destroy(arena);
}
END_TEST

/* Fifty trees that take off one each, and one that gives back a thousand: a row that has fallen low is left. */
START_TEST(gives_up_on_hopeless_rows)
{
    struct arena *arena = arena_create();
    struct buffer text = buffer_make(1 << 16);
    float feature = 0, score;
    buffer_append_cstr(&text, "features\t1\n");
    for (int i = 0; i < 50; i++)
        buffer_append_cstr(&text, "tree\t1\n-1\t-1\n");
    buffer_append_cstr(&text, "tree\t1\n-1\t1000\n");
    buffer_append_byte(&text, '\0');
    const struct forest *forest = forest_create(arena, lexicon_table_parse(arena, slice_of(text.ptr, text.len - 1)));
    ck_assert_float_gt(forest_score(forest, &feature), 900);
    forest_score_rows(forest, &feature, 1, 1, &score);
    ck_assert_float_lt(score, FOREST_HOPELESS);
    buffer_free(&text);
    arena_destroy(arena);
}
END_TEST

START_TEST(turns_log_odds_into_chances)
{
    ck_assert_float_eq_tol(forest_probability(0), 0.5f, 1e-6f);
    ck_assert_float_eq_tol(forest_probability(2) + forest_probability(-2), 1, 1e-6f);
    ck_assert_float_gt(forest_probability(8), 0.99f);
}
END_TEST

Suite *forest_suite(void)
{
    Suite *suite = suite_create("forest");
    TCase *cases = tcase_create("forest");
    tcase_add_loop_test(cases, adds_up_leaves, 0, sizeof rows / sizeof rows[0]);
    tcase_add_test(cases, scores_rows_as_one_by_one);
    tcase_add_test(cases, gives_up_on_hopeless_rows);
    tcase_add_test(cases, turns_log_odds_into_chances);
    suite_add_tcase(suite, cases);
    return suite;
}
