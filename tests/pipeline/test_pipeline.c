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
    {INPUT_TEXT, FIELD_DATE, "headline language dates", "tokens names actors topics authors"},
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

/* What was made to be slow or large: a piece that is said again and again. scripts/hostile times these and more. */
static const struct {
    enum input_kind kind;
    const char *before, *piece;
} floods[] = {
    {INPUT_HTML, "<h1>A title</h1>", "<"},
    {INPUT_HTML, "<h1>A title</h1><p>", "&amp;&eacute;&nothing"},
    {INPUT_HTML, "<h1>A title</h1>", "<!-- a "},
    {INPUT_HTML, "<h1>A title</h1>", "<div>"},
    {INPUT_HTML, "<h1>A title</h1><p>", "<b><i>x"},
    {INPUT_HTML, "<h1>A title</h1><pre>", "a\n\n"},
    {INPUT_HTML, "<h1>A title</h1>", "<table><tr><td>cell "},
    {INPUT_HTML, "<h1>A title</h1>", "<p>x"},
    {INPUT_HTML, "<h1>A title</h1>", "<p class='byline'>By Ann Berg, 3 May 2023"},
    {INPUT_HTML, "<h1>A title</h1><p class='", "story comment related "},
    {INPUT_HTML, "<script type='application/ld+json'>", "[{\"@type\":"},
    {INPUT_TEXT, "A title\n\n", "12.3.4-5/6 "},
    {INPUT_TEXT, "A title\n\n", "\xE2\x80\x9C\""},
};

#define FLOOD ((size_t)400 << 10)
#define ARENA_BLOCK ((size_t)4 << 20) /* the last one may just have been begun */
#define LARGEST_PAGE ((size_t)160 << 20) /* bytes; the caps of article/limits.h are met on the way */

static size_t memory_for(size_t which, size_t bytes)
{
    struct arena *arena = arena_create();
    size_t length = strlen(floods[which].piece), before = strlen(floods[which].before);
    char *input = arena_alloc(arena, before + bytes + length);
    memcpy(input, floods[which].before, before);
    for (size_t at = 0; at < bytes; at += length)
        memcpy(input + before + at, floods[which].piece, length);
    struct job *job = support_job(floods[which].kind, slice_of(input, before + bytes));
    enum err err = pipeline_run(job);
    ck_assert(err == ERR_NONE || err == ERR_NO_TEXT);
    size_t memory = arena_footprint(job->arena);
    support_job_free(job);
    arena_destroy(arena);
    return memory;
}

START_TEST(memory_grows_as_the_input_does)
{
    size_t one = memory_for((size_t)_i, FLOOD), two = memory_for((size_t)_i, 2 * FLOOD);
    ck_assert_uint_le(two, LARGEST_PAGE);
    ck_assert_uint_le(two, 2 * one + ARENA_BLOCK);
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
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, memory_grows_as_the_input_does, 0, sizeof floods / sizeof floods[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
