/* answer, problem, offsets and JSON text, from articles made by hand. */
#include "output/answer.h"

#include "output/json_text.h"
#include "output/offsets.h"
#include "output/problem.h"
#include "support/support.h"

static struct arena *arena;
static struct buffer out;

static void setup(void)
{
    arena = arena_create();
    out = buffer_make(1 << 20);
}

static void teardown(void)
{
    buffer_free(&out);
    arena_destroy(arena);
}

static const struct {
    const char *text, *json;
} strings[] = {
    {"plain", "\"plain\""},
    {"a \"b\" \\ c", "\"a \\\"b\\\" \\\\ c\""},
    {"line\nend\ttab\x01", "\"line\\nend\\ttab\\u0001\""},
    {"Größe 😀", "\"Größe 😀\""},
    {"cut \xF0\x9F off", "\"cut \xEF\xBF\xBD off\""},
    {"\xFF", "\"\xEF\xBF\xBD\""},
    {"", "\"\""},
};

START_TEST(strings_are_escaped)
{
    json_text_write(slice_from_cstr(strings[_i].text), &out);
    ck_assert_slice_eq(buffer_slice(&out), strings[_i].json);
}
END_TEST

static const struct {
    double share;
    const char *json;
} shares[] = {{0, "0"}, {1, "1"}, {1.7, "1"}, {-0.2, "0"}, {0.5, "0.5"}, {0.25, "0.25"}, {0.1234, "0.123"}, {0.0004, "0"}, {0.9996, "1"}, {0.05, "0.05"}};

START_TEST(shares_have_three_decimals_at_most)
{
    json_text_write_share(shares[_i].share, &out);
    ck_assert_slice_eq(buffer_slice(&out), shares[_i].json);
}
END_TEST

START_TEST(null_is_null)
{
    json_text_write(SLICE_NULL, &out);
    ck_assert_slice_eq(buffer_slice(&out), "null");
}
END_TEST

/* "aé😀b" : 1 + 2 + 4 + 1 bytes */
START_TEST(offsets_count_in_the_unit_asked_for)
{
    struct slice text = SLICE("a\xC3\xA9\xF0\x9F\x98\x80" "b");
    struct offsets points = offsets_make(arena, text, OFFSET_CODEPOINT);
    struct offsets units = offsets_make(arena, text, OFFSET_UTF16);
    struct offsets bytes = offsets_make(arena, text, OFFSET_BYTE);
    ck_assert_uint_eq(offsets_convert(&points, 7), 3);
    ck_assert_uint_eq(offsets_convert(&units, 7), 4);
    ck_assert_uint_eq(offsets_convert(&bytes, 7), 7);
    ck_assert_uint_eq(offsets_convert(&points, 8), 4);
    ck_assert_uint_eq(offsets_convert(&points, 99), 4);
}
END_TEST

START_TEST(offsets_hold_over_long_texts)
{
    struct buffer text = buffer_make(1 << 16);
    for (int i = 0; i < 1000; i++)
        buffer_append_cstr(&text, "\xC3\xA9x");
    struct offsets points = offsets_make(arena, buffer_slice(&text), OFFSET_CODEPOINT);
    for (size_t i = 0; i <= 1000; i += 37)
        ck_assert_uint_eq(offsets_convert(&points, i * 3), i * 2);
    buffer_free(&text);
}
END_TEST

START_TEST(problems_carry_code_status_and_detail)
{
    problem_write(ERR_UPSTREAM_TIMEOUT, SLICE("after 15 s"), SLICE("req-1"), 0, &out);
    ck_assert_slice_eq(buffer_slice(&out),
                       "{\"type\":\"/problems/upstream-timeout\",\"title\":\"The origin took too long to answer\","
                       "\"status\":504,\"detail\":\"after 15 s\",\"code\":\"upstream_timeout\",\"retryable\":true,"
                       "\"request_id\":\"req-1\"}");
}
END_TEST

/* A page of three blocks, of which the first and the last are prose. */
static struct job make_page(void)
{
    static struct block blocks[] = {
        {.span = {0, 9}, .role = ROLE_BODY}, {.span = {10, 16}, .role = ROLE_SHARE}, {.span = {17, 26}, .role = ROLE_BODY}};
    struct job job = {.arena = arena, .kind = INPUT_HTML, .fields = FIELD_BODY | FIELD_DATES, .include = INCLUDE_BODY};
    static struct date_finding dates[] = {
        {.edtf = {"XXXX-03-09", 10}, .kind = DATE_MENTIONED, .text = {"9 Mar", 5}, .span = {17, 22}, .has_span = true, .missing = DATE_YEAR},
        {.edtf = {"2020", 4}, .kind = DATE_PUBLISHED, .text = {"2020", 4}, .span = {10, 14}, .has_span = true}};
    job.article.text = SLICE("Überall.\nShare!\n9 Mar end\n");
    job.article.blocks = blocks;
    job.article.block_count = 3;
    job.article.dates = dates;
    job.article.date_count = 2;
    return job;
}

START_TEST(spans_of_a_page_lie_in_its_body_text)
{
    struct job job = make_page();
    ck_assert(answer_write(&job, &out));
    struct slice json = buffer_slice(&out);
    const char *wanted[] = {
        "\"body\":{\"span\":[0,19],\"words\":4,\"paragraphs\":2,\"excluded\":[{\"span\":[8,8],\"reason\":\"share\",\"text\":\"Share!\"}],"
        "\"text\":\"Überall.\\n\\n9 Mar end\"}",
        "\"edtf\":\"XXXX-03-09\",\"kind\":\"mentioned\",\"text\":\"9 Mar\",\"span\":[10,15],\"missing\":[\"year\"]",
        "\"edtf\":\"2020\",\"kind\":\"published\",\"text\":\"2020\",\"span\":null",
        "\"headline\":null", "\"actors\":null", "\"warnings\":[]"};
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        ck_assert_msg(slice_find(json, slice_from_cstr(wanted[i]), 0) != SLICE_NOT_FOUND, "%s is not in %.*s", wanted[i],
                      SLICE_ARG(json));
}
END_TEST

START_TEST(what_is_not_asked_for_is_not_told_of)
{
    struct job job = make_page();
    job.fields = FIELD_DATE;
    job.article.language = (struct finding){.value = SLICE("en"), .source = SOURCE_BODY};
    job.article.date = (struct finding){.value = SLICE("2020"), .source = SOURCE_BODY};
    ck_assert(answer_write(&job, &out));
    struct slice json = buffer_slice(&out);
    ck_assert(slice_find(json, SLICE("\"language\":null"), 0) != SLICE_NOT_FOUND);
    ck_assert(slice_find(json, SLICE("\"language\":{"), 0) == SLICE_NOT_FOUND);
    ck_assert(slice_find(json, SLICE("\"date\":{\"from\":\"body\""), 0) != SLICE_NOT_FOUND);
}
END_TEST

START_TEST(a_line_begins_with_its_id_and_may_hold_a_problem)
{
    struct job job = make_page();
    job.id = SLICE("\"x\"");
    job_fail(&job, ERR_NO_TEXT, "nothing there");
    ck_assert(answer_write_line(&job, &out));
    ck_assert(slice_starts(buffer_slice(&out), SLICE("{\"id\":\"x\",\"problem\":{\"type\":\"/problems/no-text\"")));
}
END_TEST

START_TEST(a_full_buffer_is_told)
{
    struct job job = make_page();
    struct buffer small = buffer_make(100);
    ck_assert(!answer_write(&job, &small));
    buffer_free(&small);
}
END_TEST

Suite *answer_suite(void)
{
    Suite *suite = suite_create("answer");
    TCase *tcase = tcase_create("answer");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, strings_are_escaped, 0, sizeof strings / sizeof strings[0]);
    tcase_add_loop_test(tcase, shares_have_three_decimals_at_most, 0, sizeof shares / sizeof shares[0]);
    tcase_add_test(tcase, null_is_null);
    tcase_add_test(tcase, offsets_count_in_the_unit_asked_for);
    tcase_add_test(tcase, offsets_hold_over_long_texts);
    tcase_add_test(tcase, problems_carry_code_status_and_detail);
    tcase_add_test(tcase, spans_of_a_page_lie_in_its_body_text);
    tcase_add_test(tcase, what_is_not_asked_for_is_not_told_of);
    tcase_add_test(tcase, a_line_begins_with_its_id_and_may_hold_a_problem);
    tcase_add_test(tcase, a_full_buffer_is_told);
    suite_add_tcase(suite, tcase);
    return suite;
}
