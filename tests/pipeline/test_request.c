#include "pipeline/request.h"

#include "support/support.h"

static struct job job;

static void setup(void)
{
    request_init(&job, arena_create(), NULL, NULL);
}

static void teardown(void)
{
    arena_destroy(job.arena);
}

static enum err read_json(const char *json)
{
    return request_from_json(&job, slice_from_cstr(json), NULL);
}

START_TEST(reads_every_option)
{
    ck_assert_int_eq(read_json("{\"id\": \"a\\\"b\", \"html\": \"<p>x\", \"base_url\": \"https://a.example/x\", "
                               "\"reference_date\": \"2024-02-29\", \"language\": \"de-AT\", \"fields\": "
                               "[\"headline\", \"topics\"], \"include\": [\"body\", \"timings\"], "
                               "\"offsets\": \"utf16\", \"timeout_ms\": 500}"),
                     ERR_NONE);
    ck_assert_int_eq(job.kind, INPUT_HTML);
    ck_assert_slice_eq(job.input, "<p>x");
    ck_assert_slice_eq(job.id, "\"a\\\"b\"");
    ck_assert_slice_eq(job.base_url, "https://a.example/x");
    ck_assert_int_eq(job.reference_date.day, 29);
    ck_assert_slice_eq(job.language, "de-AT");
    ck_assert_uint_eq(job.fields, FIELD_HEADLINE | FIELD_TOPICS);
    ck_assert_uint_eq(job.include, INCLUDE_BODY | INCLUDE_TIMINGS);
    ck_assert_int_eq(job.offsets, OFFSET_UTF16);
    ck_assert_int_gt(job.deadline_ns, 0);
}
END_TEST

static const struct {
    const char *json;
    enum err err;
    const char *named;
} bad[] = {
    {"", ERR_BAD_JSON, "line 1"},
    {"{", ERR_BAD_JSON, "line 1"},
    {"[]", ERR_BAD_JSON, "object"},
    {"\"text\"", ERR_BAD_JSON, "line"},
    {"{\"text\": \"a\", \"text\": \"b\"}", ERR_BAD_JSON, "duplicate"},
    {"{}", ERR_EXACTLY_ONE_SOURCE, "no source"},
    {"{\"text\": null}", ERR_EXACTLY_ONE_SOURCE, "no source"},
    {"{\"text\": \"a\", \"html\": \"b\"}", ERR_EXACTLY_ONE_SOURCE, "more than one"},
    {"{\"text\": 5}", ERR_BAD_PARAMETER, "text"},
    {"{\"file\": \"config/newsmeta.json\"}", ERR_BAD_PARAMETER, "file"},
    {"{\"text\": \"a\", \"colour\": \"red\"}", ERR_BAD_PARAMETER, "colour"},
    {"{\"text\": \"a\", \"fields\": [\"headlines\"]}", ERR_BAD_PARAMETER, "headlines"},
    {"{\"text\": \"a\", \"fields\": [5]}", ERR_BAD_PARAMETER, "fields"},
    {"{\"text\": \"a\", \"include\": {}}", ERR_BAD_PARAMETER, "include"},
    {"{\"text\": \"a\", \"offsets\": \"words\"}", ERR_BAD_PARAMETER, "offsets"},
    {"{\"text\": \"a\", \"reference_date\": \"2023-02-29\"}", ERR_BAD_PARAMETER, "reference_date"},
    {"{\"text\": \"a\", \"reference_date\": \"yesterday\"}", ERR_BAD_PARAMETER, "reference_date"},
    {"{\"text\": \"a\", \"language\": \"english please\"}", ERR_BAD_PARAMETER, "language"},
    {"{\"text\": \"a\", \"timeout_ms\": 0}", ERR_BAD_PARAMETER, "timeout_ms"},
    {"{\"text\": \"a\", \"timeout_ms\": 1.5}", ERR_BAD_PARAMETER, "timeout_ms"},
    {"{\"text\": \"a\", \"timeout_ms\": -5}", ERR_BAD_PARAMETER, "timeout_ms"},
    {"{\"text\": \"a\", \"timeout_ms\": [5]}", ERR_BAD_PARAMETER, "timeout_ms"},
    {"{\"text\": \"a\", \"base_url\": [\"http://a.example/\"]}", ERR_BAD_PARAMETER, "base_url"},
    {"{\"text\": \"a\", \"language\": [\"en\"]}", ERR_BAD_PARAMETER, "language"},
    {"{\"text\": \"a\", \"fields\": [null]}", ERR_BAD_PARAMETER, "fields"},
    {"{\"id\": [1], \"text\": \"a\"}", ERR_BAD_PARAMETER, "id"},
};

START_TEST(bad_requests_name_what_is_wrong)
{
    ck_assert_str_eq(error_info(read_json(bad[_i].json))->code, error_info(bad[_i].err)->code);
    ck_assert_msg(slice_contains_nocase(job.detail, slice_from_cstr(bad[_i].named)), "%.*s", SLICE_ARG(job.detail));
}
END_TEST

START_TEST(an_error_keeps_the_id_wherever_it_stands)
{
    ck_assert_int_eq(read_json("{\"text\": \"a\", \"colour\": 1, \"id\": 7}"), ERR_BAD_PARAMETER);
    ck_assert_slice_eq(job.id, "7");
}
END_TEST

static const struct {
    const char *type;
    enum err err;
    enum input_kind kind;
} types[] = {
    {"text/plain", ERR_NONE, INPUT_TEXT},
    {"Text/HTML; charset=latin1", ERR_NONE, INPUT_HTML},
    {"application/xhtml+xml", ERR_NONE, INPUT_HTML},
    {"application/x-www-form-urlencoded", ERR_NONE, INPUT_SNIFF},
    {"", ERR_NONE, INPUT_SNIFF},
    {"application/pdf", ERR_UNSUPPORTED_MEDIA, INPUT_SNIFF},
    {"text/plainer", ERR_UNSUPPORTED_MEDIA, INPUT_SNIFF},
};

START_TEST(bodies_are_taken_by_their_type)
{
    ck_assert_int_eq(request_set_body(&job, SLICE("x"), slice_from_cstr(types[_i].type)), types[_i].err);
    if (types[_i].err == ERR_NONE)
        ck_assert_int_eq(job.kind, types[_i].kind);
}
END_TEST

START_TEST(a_base_url_that_is_none_is_left_out_with_a_warning)
{
    ck_assert_int_eq(read_json("{\"text\": \"a\", \"base_url\": \"archive:a.example\"}"), ERR_NONE);
    ck_assert(slice_is_null(job.base_url));
    ck_assert_uint_eq(job.article.warning_count, 1);
    ck_assert_str_eq(job.article.warnings[0].code, "base_url_ignored");
    ck_assert_int_eq(read_json("{\"text\": \"a\", \"base_url\": \"http://\", \"timeout_ms\": 500.0}"), ERR_NONE);
    ck_assert_uint_eq(job.article.warning_count, 1);
}
END_TEST

START_TEST(no_fields_are_all_fields)
{
    ck_assert_int_eq(request_set_option(&job, SLICE("fields"), SLICE(""), 0), ERR_NONE);
    ck_assert_uint_eq(job.fields, FIELD_ALL);
    ck_assert_int_eq(request_set_option(&job, SLICE("fields"), SLICE("date, authors"), 0), ERR_NONE);
    ck_assert_uint_eq(job.fields, FIELD_DATE | FIELD_AUTHORS);
}
END_TEST

Suite *request_suite(void)
{
    Suite *suite = suite_create("request");
    TCase *tcase = tcase_create("request");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, reads_every_option);
    tcase_add_loop_test(tcase, bad_requests_name_what_is_wrong, 0, sizeof bad / sizeof bad[0]);
    tcase_add_test(tcase, an_error_keeps_the_id_wherever_it_stands);
    tcase_add_loop_test(tcase, bodies_are_taken_by_their_type, 0, sizeof types / sizeof types[0]);
    tcase_add_test(tcase, a_base_url_that_is_none_is_left_out_with_a_warning);
    tcase_add_test(tcase, no_fields_are_all_fields);
    suite_add_tcase(suite, tcase);
    return suite;
}
