#include <stdio.h>

#include "support/edtf_reading.h"
#include "support/support.h"

static const char *const round_trips[] = {
    "2024",
    "2024-03",
    "2024-03-14",
    "2024-03-14T10:32:00",
    "2024-03-14T10:32:00Z",
    "2024-03-14T10:32:00+05:30",
    "2024-03-14T23:59:60-04:00",
    "XXXX-11-12",
    "XXXX-02-29",
    "XXXX-01",
    "199X",
    "19XX",
    "2025-21",
    "2025-36",
    "2014/..",
    "../2020-03",
    "2016/2021",
    "2022-02-03/2022-02-28",
    "XXXX-01/..",
    "2024-05-03~",
};

static const char *const refused[] = {
    "",
    "..",
    "24",
    "XXXX",
    "2024-",
    "2024-13",
    "2024-02-30",
    "2023-02-29",
    "2024-00",
    "2024-03-14T",
    "2024-03-14T24:00:00",
    "2024-03-14T10:60:00",
    "2024-03-14T10:32:00+5:30",
    "2024-03-14T10:32:00 Z",
    "2024-21-01",
    "199X-03",
    "2024/",
    "2024-03-14x",
    "2024-03T10:00:00",
    "2024-25",
    "2024-03-14T10:32:00+24:00",
};

static const struct {
    const char *text;
    enum edtf_precision precision;
} precisions[] = {
    {"19XX", EDTF_CENTURY},   {"199X", EDTF_DECADE},
    {"1998", EDTF_YEAR},      {"1998-22", EDTF_SEASON},
    {"1998-33", EDTF_SEASON}, {"1998-07", EDTF_MONTH},
    {"XXXX-07", EDTF_MONTH},  {"1998-07-01", EDTF_DAY},
    {"XXXX-07-01", EDTF_DAY}, {"1998-07-01T00:00:00", EDTF_TIME},
    {"../1998", EDTF_YEAR},   {"1998-07/..", EDTF_MONTH},
};

static const struct {
    const char *text, *day; /* NULL: no single day */
} days[] = {
    {"2024-03-14", "2024-03-14"},
    {"2024-03-14T23:30:00", "2024-03-14"},
    {"2024-03-14T23:30:00-04:00", "2024-03-14"},
    {"2024-03-01T00:30:00+02:00", "2024-03-01"},
    {"2024-12-31T23:00:00-01:00", "2024-12-31"},
    {"2024-03", NULL},
    {"XXXX-03-14", NULL},
    {"2024-03-14/..", NULL},
};

START_TEST(reads_what_it_writes)
{
    struct arena *arena = arena_create();
    struct edtf value;
    ck_assert_msg(edtf_read(slice_from_cstr(round_trips[_i]), &value), "%s", round_trips[_i]);
    ck_assert_slice_eq(edtf_write(arena, &value), round_trips[_i]);
    arena_destroy(arena);
}
END_TEST

START_TEST(refuses_what_is_no_date)
{
    struct edtf value;
    ck_assert_msg(!edtf_read(slice_from_cstr(refused[_i]), &value), "%s", refused[_i]);
}
END_TEST

START_TEST(knows_the_precision)
{
    struct edtf value;
    ck_assert(edtf_read(slice_from_cstr(precisions[_i].text), &value));
    ck_assert_int_eq(edtf_precision(&value), precisions[_i].precision);
}
END_TEST

static void check_day(bool known, struct civil day, const char *expected)
{
    char text[32];
    ck_assert_int_eq(known, expected != NULL);
    if (!expected)
        return;
    snprintf(text, sizeof text, "%04d-%02d-%02d", day.year, day.month, day.day);
    ck_assert_str_eq(text, expected);
}

START_TEST(gives_the_day)
{
    struct edtf value;
    struct civil day = {0};
    ck_assert(edtf_read(slice_from_cstr(days[_i].text), &value));
    check_day(edtf_day(&value, &day), day, days[_i].day);
}
END_TEST

Suite *edtf_suite(void)
{
    Suite *suite = suite_create("edtf");
    TCase *tcase = tcase_create("edtf");
    tcase_add_loop_test(tcase, reads_what_it_writes, 0, sizeof round_trips / sizeof round_trips[0]);
    tcase_add_loop_test(tcase, refuses_what_is_no_date, 0, sizeof refused / sizeof refused[0]);
    tcase_add_loop_test(tcase, knows_the_precision, 0, sizeof precisions / sizeof precisions[0]);
    tcase_add_loop_test(tcase, gives_the_day, 0, sizeof days / sizeof days[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
