#include "support/support.h"

#include "model/label_patterns.h"

enum { AD = 1, COMMENT = 2, CONTENT = 4, NEWSLETTER = 8 };

static const struct {
    const char *label;
    uint32_t bits;
} cases[] = {
    {"", 0},
    {"a", 0},
    {"ad", AD},
    {"top-ad", AD},
    {"ad_slot", AD},
    {"box ad wide", AD},
    {"header", 0},
    {"ad2", 0},
    {"comment", COMMENT},
    {"comments-list", COMMENT},
    {"commen", 0},
    {"xcommentx", COMMENT},
    {"content", CONTENT},
    {"maincontent", 0},
    {"main-content", CONTENT},
    {"content__comment", CONTENT | COMMENT},
    {"newsletter-signup", NEWSLETTER},
    {"my-newsletter-signu", 0},
    {"newsletter-signups", NEWSLETTER},
    {"newsletter-sign up", 0},
};

START_TEST(finds_patterns_in_labels)
{
    struct arena *arena = arena_create();
    struct label_patterns *patterns = label_patterns_create(arena, 4);
    label_patterns_add(patterns, SLICE("ad"), true, AD);
    label_patterns_add(patterns, SLICE("comment"), false, COMMENT);
    label_patterns_add(patterns, SLICE("content"), true, CONTENT);
    label_patterns_add(patterns, SLICE("newsletter-signup"), false, NEWSLETTER);
    ck_assert_uint_eq(label_patterns_match(patterns, slice_from_cstr(cases[_i].label)), cases[_i].bits);
    arena_destroy(arena);
}
END_TEST

Suite *label_patterns_suite(void);
Suite *label_patterns_suite(void)
{
    Suite *suite = suite_create("label_patterns");
    TCase *tcase = tcase_create("label_patterns");
    tcase_add_loop_test(tcase, finds_patterns_in_labels, 0, sizeof cases / sizeof cases[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
