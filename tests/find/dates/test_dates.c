#include "find/dates/dates.h"

#include "pipeline/pipeline.h"
#include "support/support.h"

/* What is expected of a whole text: the date, its kind, the change date, a warning. */
struct story {
    const char *text;
    struct civil reference;
    const char *date, *modified; /* NULL: none */
    enum date_kind kind;
    const char *warning; /* one that must be there, or NULL */
};

#define BODY                                                                                                           \
    "The council of Harrow Weald voted to keep the swimming pool open for another winter after a long debate, "        \
    "and the mayor said that the money would come from the sale of two empty buildings near the station.\n\n"          \
    "Residents who had filled the gallery clapped. The pool needs a new roof, which will cost more than the town "     \
    "takes in from tickets in ten winters, according to the report that was read out at the meeting.\n"

static const struct story stories[] = {
    {"Council keeps the pool open\nBy Mary Hartwell\n14 March 2024\n" BODY,
     {0},
     "2024-03-14",
     NULL,
     DATE_PUBLISHED,
     NULL},
    {"Council keeps the pool open\nBy Mary Hartwell\nPublished 14 March 2024, 10:32 GMT. Updated 15 March 2024, 08:00 "
     "GMT\n" BODY,
     {0},
     "2024-03-14T10:32:00Z",
     "2024-03-15T08:00:00Z",
     DATE_PUBLISHED,
     NULL},
    {"Council keeps the pool open\nHARROW, March 14, 2024 (Northwire) - " BODY,
     {0},
     "2024-03-14",
     NULL,
     DATE_PUBLISHED,
     NULL},
    {"Council keeps the pool open\nHARROW, March 14 (Northwire) - " BODY,
     {0},
     "XXXX-03-14",
     NULL,
     DATE_PUBLISHED,
     "date_year_missing"},
    {"Council keeps the pool open\nHARROW, March 14 (Northwire) - " BODY,
     {2024, 3, 20},
     "2024-03-14",
     NULL,
     DATE_PUBLISHED,
     NULL},
    {"le conseil garde la piscine\nSelon un communiqué commun du 14 mars, le conseil municipal garde la piscine ouverte "
     "pour un hiver encore, après un long débat où le maire a promis de vendre deux bâtiments vides près de la gare.\n",
     {0},
     "XXXX-03-14",
     NULL,
     DATE_EVENT,
     "date_year_missing"},
    {"le conseil garde la piscine\nAprès l'incendie du 14 mars, le conseil municipal garde la piscine ouverte pour un "
     "hiver encore, à l'issue d'un long débat où le maire a promis de vendre deux bâtiments vides près de la gare.\n",
     {0},
     NULL,
     NULL,
     DATE_MENTIONED,
     NULL},
    {"council keeps the pool open\nIn a vote on March 14, the council kept the pool. " BODY,
     {0},
     "XXXX-03-14",
     NULL,
     DATE_EVENT,
     "date_year_missing"},
    {"council keeps the pool open\nIn a vote on March 14, the council kept the pool. " BODY,
     {2024, 1, 2},
     "2024-03-14",
     NULL,
     DATE_EVENT,
     NULL},
    {"council keeps the pool open\nOn Thursday the council kept the pool. " BODY, {0}, NULL, NULL, DATE_EVENT, NULL},
    {"council keeps the pool open\nOn Thursday the council kept the pool. " BODY,
     {2024, 3, 20},
     "2024-03-14",
     NULL,
     DATE_EVENT,
     NULL},
    {"council keeps the pool open\nOn Thursday, during the fair from 11 to 15 March 2024, the council kept the "
     "pool. " BODY,
     {0},
     "2024-03-14",
     NULL,
     DATE_EVENT,
     NULL},
    {"council keeps the pool open\nTen years after the flood of 3 May 2014 the council met on 14 March 2024. " BODY,
     {0},
     "2024-03-14",
     NULL,
     DATE_EVENT,
     NULL},
    {"council keeps the pool open\nThe council met on 14 March 2024. The pool was built on 4 June 1921. " BODY,
     {0},
     "2024-03-14",
     NULL,
     DATE_EVENT,
     NULL},
    {"council keeps the pool open\nThe pool that opened on 3 May is back. " BODY,
     {2024, 3, 20},
     "2023-05-03",
     NULL,
     DATE_EVENT,
     NULL},
    {"Council keeps the pool open\n" BODY, {2024, 3, 20}, NULL, NULL, DATE_EVENT, NULL},
};

static const char *cstr(struct job *job, struct slice s)
{
    return s.ptr ? arena_cstr(job->arena, s) : "(none)";
}

static struct job *run(enum input_kind kind, const char *input, const char *url, struct civil reference)
{
    struct job *job = support_job(kind, slice_from_cstr(input));
    job->base_url = slice_from_cstr(url);
    job->reference_date = reference;
    ck_assert_int_eq(pipeline_run(job), ERR_NONE);
    return job;
}

START_TEST(dates_a_text)
{
    const struct story *story = &stories[_i];
    struct job *job = run(INPUT_TEXT, story->text, NULL, story->reference);
    ck_assert_str_eq(cstr(job, job->article.date.value), story->date ? story->date : "(none)");
    ck_assert_str_eq(cstr(job, job->article.modified.value), story->modified ? story->modified : "(none)");
    if (story->date)
        ck_assert_int_eq(job->article.date_kind, story->kind);
    ck_assert(!story->warning || support_has_warning(job, story->warning));
    ck_assert(story->warning || !support_has_warning(job, "date_year_missing"));
    support_job_free(job);
}
END_TEST

START_TEST(says_how_a_date_was_resolved)
{
    struct job *job = run(
        INPUT_TEXT, "Council keeps the pool open\n14 March 2024\nYesterday, after a fire on 2 January, it voted. " BODY,
        NULL, (struct civil){0});
    const struct article *article = &job->article;
    ck_assert_uint_eq(article->date_count, 3);
    ck_assert_slice_eq(article->dates[1].text, "Yesterday");
    ck_assert_slice_eq(article->dates[1].edtf, "2024-03-13");
    ck_assert_slice_eq(article->dates[1].resolved_by, "publication_date");
    ck_assert_uint_eq(article->dates[1].missing, DATE_YEAR | DATE_MONTH | DATE_DAY);
    ck_assert_slice_eq(article->dates[2].edtf, "2024-01-02");
    ck_assert_uint_eq(article->dates[2].missing, DATE_YEAR);
    ck_assert_int_eq(article->dates[2].kind, DATE_MENTIONED);
    support_job_free(job);
}
END_TEST

START_TEST(takes_no_date_from_teasers)
{
    struct job *job = run(INPUT_TEXT,
                          "Council keeps the pool open\n" BODY
                          "Summer 2026 brings five new hotels to the coast, and the first of them opens… Read More\n"
                          "On 3 May 2026 the Lions meet the Bears in the final of… Read More\nRead More",
                          NULL, (struct civil){0});
    for (uint32_t i = 0; i < job->article.date_count; i++)
        ck_assert_msg(slice_find(job->article.dates[i].edtf, SLICE("2026"), 0) == SLICE_NOT_FOUND, "%s",
                      cstr(job, job->article.dates[i].text));
    support_job_free(job);
}
END_TEST

/* Pages: parts of a page and the day that a reader would name. */
struct leaf {
    const char *head, *top, *tail, *url, *date, *modified;
};

#define URL "https://news.example/town/council-keeps-the-pool-open"

static const struct leaf pages[] = {
    {"<meta property='article:published_time' content='2024-03-14T09:00:00+01:00'>", "<p class=date>14 March 2024</p>",
     "", URL, "2024-03-14T09:00:00+01:00", NULL},
    {"", "<div class=meta>By Mary Hartwell | <time datetime='2024-03-14T09:00'>14 March 2024</time></div>",
     "<aside><time datetime='2023-01-02'>2 January 2023</time></aside>", URL, "2024-03-14T09:00:00", NULL},
    {"<meta property='article:published_time' content='2024-03-14T09:00:00Z'>"
     "<meta property='article:modified_time' content='2024-03-16T10:00:00Z'>",
     "<p>14 March 2024</p>", "", URL, "2024-03-14T09:00:00Z", "2024-03-16T10:00:00Z"},
    {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Council keeps the pool open\","
     "\"datePublished\":\"2024-03-14\",\"dateModified\":\"2024-03-15\"}</script>",
     "<p>By Mary Hartwell</p>", "<section class=comments><h3>Comments</h3><p>Ann, 20 March 2024</p></section>", URL,
     "2024-03-14", "2024-03-15"},
    {"", "<p>By Mary Hartwell, 14 March 2024</p>", "<footer>Copyright 1 January 2011</footer>",
     "https://news.example/2024/03/14/council-keeps-the-pool-open", "2024-03-14", NULL},
    {"", "", "<footer>Copyright 2011</footer>", "https://news.example/pool", NULL, NULL},
};

START_TEST(dates_a_page)
{
    const struct leaf *leaf = &pages[_i];
    struct arena *arena = arena_create();
    struct slice html =
        arena_printf(arena,
                     "<!doctype html><html lang=en><head><title>Council keeps the pool open</title>%s</head><body>"
                     "<header><p>News of Harrow</p></header><article><h1>Council keeps the pool open</h1>%s<p>%s</p>"
                     "</article>%s</body></html>",
                     leaf->head, leaf->top, BODY, leaf->tail);
    struct job *job = run(INPUT_HTML, arena_cstr(arena, html), leaf->url, (struct civil){0});
    ck_assert_str_eq(cstr(job, job->article.date.value), leaf->date ? leaf->date : "(none)");
    ck_assert_str_eq(cstr(job, job->article.modified.value), leaf->modified ? leaf->modified : "(none)");
    support_job_free(job);
    arena_destroy(arena);
}
END_TEST

/* Whole pages of many languages and layouts. */
struct sheet {
    const char *language, *url, *head, *above, *below, *date, *modified;
};

static const struct sheet sheets[] = {
#include "find/dates/dates_pages.inc"
};

/* Two paragraphs in the page's language, so that the language can be told. */
static const struct prose {
    const char *language, *text;
} prose[] = {
#include "find/dates/dates_prose.inc"
};

static const char *prose_in(const char *language)
{
    for (size_t i = 0; i < sizeof prose / sizeof prose[0]; i++)
        if (strcmp(prose[i].language, language) == 0)
            return prose[i].text;
    ck_abort_msg("no prose in %s", language);
}

START_TEST(dates_pages_of_many_languages)
{
    const struct sheet *sheet = &sheets[_i];
    struct arena *arena = arena_create();
    struct slice html = arena_printf(arena,
                                     "<!doctype html><html lang=%s><head><meta charset=utf-8>%s</head><body><main>%s%s"
                                     "</main>%s</body></html>",
                                     sheet->language, sheet->head, sheet->above, prose_in(sheet->language), sheet->below);
    struct job *job = run(INPUT_HTML, arena_cstr(arena, html), sheet->url, (struct civil){0});
    ck_assert_msg(strcmp(cstr(job, job->article.date.value), sheet->date ? sheet->date : "(none)") == 0,
                  "%s: date %s, not %s", sheet->url, cstr(job, job->article.date.value), sheet->date);
    ck_assert_msg(strcmp(cstr(job, job->article.modified.value), sheet->modified ? sheet->modified : "(none)") == 0,
                  "%s: modified %s, not %s", sheet->url, cstr(job, job->article.modified.value), sheet->modified);
    support_job_free(job);
    arena_destroy(arena);
}
END_TEST

START_TEST(leaves_the_order_open_that_nothing_decides)
{
    struct job *job =
        run(INPUT_TEXT, "Council keeps the pool open\nBy Mary Hartwell\n03/04/2024\n" BODY, NULL, (struct civil){0});
    ck_assert_uint_ge(job->article.date_count, 1);
    ck_assert_slice_eq(job->article.dates[0].edtf, "2024-04-03");
    ck_assert_slice_eq(job->article.dates[0].alternative, "2024-03-04");
    ck_assert(support_has_warning(job, "date_ambiguous"));
    support_job_free(job);
}
END_TEST

START_TEST(lets_another_date_decide_the_order)
{
    struct job *job =
        run(INPUT_TEXT,
            "Council keeps the pool open\nBy Mary Hartwell\n03/04/2024\nThe pool was closed on 28/02/2024. " BODY, NULL,
            (struct civil){0});
    ck_assert_slice_eq(job->article.date.value, "2024-04-03");
    ck_assert(!support_has_warning(job, "date_ambiguous"));
    support_job_free(job);
}
END_TEST

Suite *dates_suite(void)
{
    Suite *suite = suite_create("dates");
    TCase *tcase = tcase_create("dates");
    tcase_add_loop_test(tcase, dates_a_text, 0, sizeof stories / sizeof stories[0]);
    tcase_add_loop_test(tcase, dates_a_page, 0, sizeof pages / sizeof pages[0]);
    tcase_add_loop_test(tcase, dates_pages_of_many_languages, 0, sizeof sheets / sizeof sheets[0]);
    tcase_add_test(tcase, says_how_a_date_was_resolved);
    tcase_add_test(tcase, takes_no_date_from_teasers);
    tcase_add_test(tcase, leaves_the_order_open_that_nothing_decides);
    tcase_add_test(tcase, lets_another_date_decide_the_order);
    suite_add_tcase(suite, tcase);
    return suite;
}
