/* Frequency classes of English words. */
#include "article/knowledge.h"
#include "model/word_classes.h"
#include "support/support.h"

static unsigned class_of(const char *word)
{
    return word_class_of(support_knowledge()->word_classes, slice_from_cstr(word));
}

/* Every row of the table is found, with its class; the first row and the last one stand at the text's ends. */
START_TEST(every_row_is_found)
{
    const struct lexicon_table *table = lexicon_table(support_knowledge()->lexicon, "word_classes");
    for (size_t i = 0; i < lexicon_row_count(table); i++) {
        const struct lexicon_row *row = lexicon_row_at(table, i);
        uint64_t class;
        ck_assert(slice_to_u64(row->columns[1], 15, &class));
        ck_assert_uint_eq(word_class_of(support_knowledge()->word_classes, row->columns[0]), class);
    }
}
END_TEST

START_TEST(other_words_are_unlisted)
{
    ck_assert_uint_eq(class_of("the"), 0);
    ck_assert_uint_eq(class_of("th\t"), WORD_UNLISTED);
    ck_assert_uint_eq(class_of("the\t0"), WORD_UNLISTED);
    ck_assert_uint_eq(class_of("THE"), WORD_UNLISTED);
    ck_assert_uint_eq(class_of(""), WORD_UNLISTED);
    ck_assert_uint_eq(class_of("qwrtzpsdfgh"), WORD_UNLISTED);
}
END_TEST

Suite *word_classes_suite(void);
Suite *word_classes_suite(void)
{
    Suite *suite = suite_create("word_classes");
    TCase *tests = tcase_create("word_classes");
    tcase_add_test(tests, every_row_is_found);
    tcase_add_test(tests, other_words_are_unlisted);
    suite_add_tcase(suite, tests);
    return suite;
}
