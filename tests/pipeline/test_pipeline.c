/* The table of stages: what runs for what, and what a failure does. */
#include "pipeline/pipeline.h"

#include "base/clock.h"
#include "support/support.h"

#define STORY "Council opens bridge\n\nThe council of Arlby opened its new bridge on 3 May 2023. Mayor Ida Holm cut the ribbon.\n"

static bool ran(const struct job *job, const char *stage)
{
    for (size_t i = 0; i < job->timing_count; i++)
        if (strcmp(job->timings[i].stage, stage) == 0)
            return true;
    return false;
}

static const struct {
    enum input_kind kind;
    unsigned fields;
    const char *runs, *rests;
} plans[] = {
    {INPUT_TEXT, FIELD_ALL, "decode lines headline language tokens dates authors names actors roles topics phrases", "fetch page body recase"},
    {INPUT_HTML, FIELD_ALL, "decode page body details dates actors", "fetch lines"},
    {INPUT_TEXT, FIELD_HEADLINE, "decode lines headline", "tokens dates authors names actors topics phrases language"},
    {INPUT_TEXT, FIELD_DATE, "headline tokens dates", "names actors topics authors"},
    {INPUT_TEXT, FIELD_TOPICS, "tokens names topics", "actors roles phrases dates"},
    {INPUT_HTML, FIELD_BODY, "page body", "tokens names dates details"},
};

START_TEST(only_what_is_asked_for_runs)
{
    struct job *job = support_job(plans[_i].kind, SLICE(STORY));
    job->fields = plans[_i].fields;
    ck_assert_int_eq(pipeline_run(job), ERR_NONE);
    struct slice list = slice_from_cstr(plans[_i].runs), name;
    while (slice_split(&list, ' ', &name))
        ck_assert_msg(ran(job, arena_cstr(job->arena, name)), "%.*s did not run", SLICE_ARG(name));
    list = slice_from_cstr(plans[_i].rests);
    while (slice_split(&list, ' ', &name))
        ck_assert_msg(!ran(job, arena_cstr(job->arena, name)), "%.*s ran", SLICE_ARG(name));
    support_job_free(job);
}
END_TEST

START_TEST(names_are_found_for_a_headline_without_case)
{
    struct job *job = support_job(INPUT_TEXT, SLICE("council of arlby opens bridge\n\nThe council of Arlby opened its bridge. It is blue.\n"));
    job->fields = FIELD_HEADLINE;
    ck_assert_int_eq(pipeline_run(job), ERR_NONE);
    ck_assert(ran(job, "names") && ran(job, "recase"));
    ck_assert_slice_eq(job->article.headline.value, "Council of Arlby opens bridge");
    support_job_free(job);
}
END_TEST

START_TEST(a_passed_deadline_ends_the_work)
{
    struct job *job = support_job(INPUT_TEXT, SLICE(STORY));
    job->deadline_ns = clock_now_ns() - 1;
    ck_assert_int_eq(pipeline_run(job), ERR_DEADLINE);
    ck_assert_int_eq(job->err, ERR_DEADLINE);
    support_job_free(job);
}
END_TEST

START_TEST(the_same_input_gives_the_same_answer_whatever_ran_before)
{
    struct job *first = support_run(INPUT_TEXT, SLICE(STORY)), *other = support_run(INPUT_HTML, SLICE("<h1>x</h1><p>y.</p>")),
               *second = support_run(INPUT_TEXT, SLICE(STORY));
    ck_assert(slice_equals(first->article.headline.value, second->article.headline.value));
    ck_assert_uint_eq(first->article.actor_count, second->article.actor_count);
    ck_assert_uint_gt(first->article.actor_count, 0);
    for (uint32_t i = 0; i < first->article.actor_count; i++)
        ck_assert(slice_equals(first->article.actors[i].name, second->article.actors[i].name));
    support_job_free(first);
    support_job_free(other);
    support_job_free(second);
}
END_TEST

START_TEST(stage_names_come_in_order)
{
    size_t count;
    const char *const *names = pipeline_stage_names(&count);
    ck_assert_uint_gt(count, 10);
    ck_assert_str_eq(names[0], "fetch");
    ck_assert_str_eq(names[1], "decode");
}
END_TEST

Suite *pipeline_suite(void)
{
    Suite *suite = suite_create("pipeline");
    TCase *tcase = tcase_create("pipeline");
    tcase_add_loop_test(tcase, only_what_is_asked_for_runs, 0, sizeof plans / sizeof plans[0]);
    tcase_add_test(tcase, names_are_found_for_a_headline_without_case);
    tcase_add_test(tcase, a_passed_deadline_ends_the_work);
    tcase_add_test(tcase, the_same_input_gives_the_same_answer_whatever_ran_before);
    tcase_add_test(tcase, stage_names_come_in_order);
    suite_add_tcase(suite, tcase);
    return suite;
}
