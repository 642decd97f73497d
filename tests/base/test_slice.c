#include "support/support.h"

START_TEST(gives_what_stands_behind_the_last_byte)
{
    ck_assert_slice_eq(slice_behind_last(SLICE("FOCUS-Online-Experte"), '-'), "Experte");
    ck_assert_uint_eq(slice_behind_last(SLICE("Experte-"), '-').len, 0);
    ck_assert(!slice_is_null(slice_behind_last(SLICE("Experte-"), '-')));
    ck_assert(slice_is_null(slice_behind_last(SLICE("Experte"), '-')));
    ck_assert(slice_is_null(slice_behind_last(SLICE_NULL, '-')));
}
END_TEST

START_TEST(splits_and_finds)
{
    struct slice rest = SLICE("a,,b"), part;
    ck_assert(slice_split(&rest, ',', &part));
    ck_assert_slice_eq(part, "a");
    ck_assert(slice_split(&rest, ',', &part));
    ck_assert_slice_eq(part, "");
    ck_assert(slice_split(&rest, ',', &part));
    ck_assert_slice_eq(part, "b");
    ck_assert(!slice_split(&rest, ',', &part));
    ck_assert_uint_eq(slice_find(SLICE("abcabc"), SLICE("ca"), 0), 2);
    ck_assert_uint_eq(slice_find(SLICE("abc"), SLICE("abcd"), 0), SLICE_NOT_FOUND);
    ck_assert_uint_eq(slice_find_nocase(SLICE("xxBoDy"), SLICE("body"), 1), 2);
    ck_assert(slice_ends_nocase(SLICE("Read MORE"), SLICE("more")));
    ck_assert_slice_eq(slice_trim(SLICE("\t a b \r\n")), "a b");
}
END_TEST

START_TEST(reads_numbers_within_bounds)
{
    uint64_t value = 0;
    ck_assert(slice_to_u64(SLICE("8080"), 65535, &value));
    ck_assert_uint_eq(value, 8080);
    ck_assert(!slice_to_u64(SLICE("65536"), 65535, &value));
    ck_assert(!slice_to_u64(SLICE(""), 10, &value));
    ck_assert(!slice_to_u64(SLICE("-1"), 10, &value));
    ck_assert(!slice_to_u64(SLICE("99999999999999999999999"), UINT64_MAX, &value));
    ck_assert(!slice_to_u64(SLICE("5"), 3, &value));
}
END_TEST

Suite *slice_suite(void)
{
    Suite *suite = suite_create("slice");
    TCase *tcase = tcase_create("slice");
    tcase_add_test(tcase, gives_what_stands_behind_the_last_byte);
    tcase_add_test(tcase, splits_and_finds);
    tcase_add_test(tcase, reads_numbers_within_bounds);
    suite_add_tcase(suite, tcase);
    return suite;
}
