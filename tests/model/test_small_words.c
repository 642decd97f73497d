#include "model/small_words.h"

#include "article/knowledge.h"
#include "support/support.h"

static const struct {
    const char *language, *word;
    unsigned bits;
} rows[] = {
    {"en", "the", SMALL_FUNCTION | SMALL_STOP | SMALL_DETERMINER | SMALL_ARTICLE},
    {"en", "harbour", 0},
    {"de", "von", SMALL_FUNCTION | SMALL_STOP | SMALL_OF},
    {"de", "the", 0},
    {NULL, "with", SMALL_FUNCTION | SMALL_STOP | SMALL_OF}, /* where the language is not known, it is read as English */
    {"th", "with", SMALL_STOP},
};

START_TEST(says_what_a_word_does)
{
    struct slice language = rows[_i].language ? slice_from_cstr(rows[_i].language) : SLICE_NULL;
    const struct map *words = small_words_of(support_knowledge()->small_words, language);
    const unsigned asked = SMALL_FUNCTION | SMALL_STOP | SMALL_DETERMINER | SMALL_ARTICLE | SMALL_OF;
    ck_assert_uint_eq(small_words_find(words, slice_from_cstr(rows[_i].word)) & asked, rows[_i].bits);
}
END_TEST

Suite *small_words_suite(void)
{
    Suite *suite = suite_create("small_words");
    TCase *words = tcase_create("words");
    tcase_add_loop_test(words, says_what_a_word_does, 0, sizeof rows / sizeof rows[0]);
    suite_add_tcase(suite, words);
    return suite;
}
