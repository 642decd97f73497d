/* summary: what a person at a terminal sees, from articles made by hand. */
#include "output/summary.h"

#include "support/support.h"

static struct arena *arena;
static struct buffer out;
static struct job *job;

static void setup(void)
{
    arena = arena_create();
    out = buffer_make(1 << 20);
    job = arena_calloc(arena, 1, sizeof *job);
    job->arena = arena;
    job->fields = FIELD_ALL;
}

static void teardown(void)
{
    buffer_free(&out);
    arena_destroy(arena);
}

static const struct {
    const char *edtf, *words;
} dates[] = {
    {"2024-05-02", "2 May 2024\n"},
    {"2024-05", "May 2024\n"},
    {"2024", "2024\n"},
    {"XXXX-11-12", "12 November (year not stated)\n"},
    {"XXXX-11", "November (year not stated)\n"},
    {"2024-05-02T08:30:00+02:00", "2 May 2024, 08:30:00+02:00\n"},
    {"2024-05-02/2024-05-04", "2024-05-02/2024-05-04\n"},
    {"2024-13-02", "2024-13-02\n"},
};

START_TEST(dates_are_in_words)
{
    job->fields = FIELD_DATE;
    job->article.date.value = slice_from_cstr(dates[_i].edtf);
    ck_assert(summary_write(job, false, &out));
    ck_assert_slice_eq(buffer_slice(&out), dates[_i].words);
}
END_TEST

static struct actor moedas = {
    .name = {"Carlos Moedas", 13}, .type = ACTOR_PERSON, .country = "PT", .count = 2,
    .roles = &(struct actor_role){.title = {"mayor", 5}, .of = {"Lisbon", 6}}, .role_count = 1};

static struct topic weather = {.path = NULL, .path_count = 2, .score = 0.5f,
                               .path_labels = (struct slice[]){{"weather", 7}, {"storm", 5}}};

START_TEST(says_what_was_found)
{
    job->article.headline.value = SLICE("Storm closes schools");
    job->article.actors = &moedas;
    job->article.actor_count = 1;
    job->article.topics = &weather;
    job->article.topic_count = 1;
    job_warn(job, "date_year_missing", "date", "the text names no year");
    ck_assert(summary_write(job, false, &out));
    ck_assert_slice_eq(buffer_slice(&out), "Storm closes schools\n"
                                           "no date is given\n"
                                           "\nActors\n"
                                           "  Carlos Moedas  person        PT    2 x  mayor of Lisbon\n"
                                           "\nTopics\n"
                                           "  ██████████░░░░░░░░░░  50 %  weather › storm\n"
                                           "\nwarning: the text names no year\n");
}
END_TEST

START_TEST(colours_are_for_those_who_want_them)
{
    job->fields = FIELD_HEADLINE;
    job->article.headline.value = SLICE("Storm");
    ck_assert(summary_write(job, true, &out));
    ck_assert_slice_eq(buffer_slice(&out), "\033[1mStorm\033[0m\n");
}
END_TEST

START_TEST(a_page_cannot_steer_the_terminal)
{
    job->fields = FIELD_HEADLINE;
    job->article.headline.value = SLICE("a\033]0;b\007c\xC2\x9B" "d\x7F");
    ck_assert(summary_write(job, false, &out));
    ck_assert_slice_eq(buffer_slice(&out), "a ]0;b c d \n");
}
END_TEST

START_TEST(a_failure_is_told)
{
    job->err = ERR_UPSTREAM_STATUS;
    job->upstream_status = 404;
    job->detail = SLICE("there is no such page");
    ck_assert(summary_write(job, false, &out));
    ck_assert_slice_eq(buffer_slice(&out), "newsmeta: The origin answered with an error status (404): there is no such page [upstream_status]\n");
}
END_TEST

Suite *summary_suite(void)
{
    Suite *suite = suite_create("summary");
    TCase *tcase = tcase_create("summary");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, dates_are_in_words, 0, (int)(sizeof dates / sizeof dates[0]));
    tcase_add_test(tcase, says_what_was_found);
    tcase_add_test(tcase, colours_are_for_those_who_want_them);
    tcase_add_test(tcase, a_page_cannot_steer_the_terminal);
    tcase_add_test(tcase, a_failure_is_told);
    suite_add_tcase(suite, tcase);
    return suite;
}
