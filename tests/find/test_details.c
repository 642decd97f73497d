#include "find/details.h"
#include "find/headline/headline.h"
#include "page/page.h"
#include "support/support.h"
#include "text/body.h"

static struct job *read_details(const char *html, const char *base_url)
{
    struct job *job = support_job(INPUT_HTML, slice_from_cstr(html));
    job->base_url = slice_from_cstr(base_url);
    ck_assert_int_eq(page_run(job), ERR_NONE);
    ck_assert_int_eq(details_run(job), ERR_NONE);
    return job;
}

#define ARTICLE_JSON(members) \
    "<script type=application/ld+json>{\"@type\":\"NewsArticle\"," members "}</script>"

static const struct {
    const char *html, *site, *description, *section;
} names[] = {
    {"<p>nothing", NULL, NULL, NULL},
    {"<meta property=og:site_name content=OG>" ARTICLE_JSON("\"publisher\":{\"name\":\"LD\"}"), "OG", NULL, NULL},
    {ARTICLE_JSON("\"publisher\":{\"name\":\"LD\"},\"articleSection\":\"Sport\""), "LD", NULL, "Sport"},
    {"<meta name=application-name content=App><meta name=description content=D>", "App", "D", NULL},
    {"<meta property=og:site_name content=@handle><meta name=publisher content=Paper>", "Paper", NULL, NULL},
    {"<meta name=description content=D><meta property=og:description content='O G'>", NULL, "O G", NULL},
    {"<meta property=article:section content=Politics>" ARTICLE_JSON("\"articleSection\":\"Sport\""), NULL, NULL,
     "Politics"},
    {"<div itemscope itemtype=http://schema.org/Product><p itemprop=description>no</p></div>", NULL, NULL, NULL},
};

START_TEST(prefers_one_source_to_another)
{
    struct job *job = read_details(names[_i].html, NULL);
    ck_assert_slice_eq(job->article.site_name.value, names[_i].site);
    ck_assert_slice_eq(job->article.description.value, names[_i].description);
    ck_assert_slice_eq(job->article.section_name.value, names[_i].section);
    ck_assert(slice_is_null(job->article.site_name.value) == (names[_i].site == NULL));
    support_job_free(job);
}
END_TEST

static const struct {
    const char *html, *canonical;
} addresses[] = {
    {"<link rel=canonical href=/x>", "https://b.org/x"},
    {"<link rel=canonical href='javascript:void(0)'><meta property=og:url content=https://b.org/y>", "https://b.org/y"},
    {"<link rel=canonical href=''>", NULL},
    {"<base href=/d/><base href=/e/><link rel=canonical href=x>", "https://b.org/d/x"},
    {"<base href=https://c.org><link rel=canonical href=x>", "https://c.org/x"},
    {"<base target=_top><link rel=canonical href=x>", "https://b.org/a/x"},
};

START_TEST(makes_addresses_absolute)
{
    struct job *job = read_details(addresses[_i].html, "https://b.org/a/p");
    ck_assert_slice_eq(job->article.canonical_url.value, addresses[_i].canonical);
    ck_assert(slice_is_null(job->article.canonical_url.value) == (addresses[_i].canonical == NULL));
    support_job_free(job);
}
END_TEST

START_TEST(falls_back_where_an_address_is_none)
{
    struct job *job = read_details("<meta property=og:image content='data:image/gif;base64,R0'>"
                                   "<meta name=twitter:image content=//i.org/1.jpg>",
                                   "http://x.org/");
    ck_assert_slice_eq(job->article.image.value, "http://i.org/1.jpg");
    ck_assert_slice_eq(job->article.image.raw, "//i.org/1.jpg");
    ck_assert_int_eq(job->article.image.source, SOURCE_META);
    support_job_free(job);
}
END_TEST

#define LINES "<p>The harbour stays closed, the board said."

/* Pages of https://www.dailyledger.example/a without a claim of the site's name, but for the last. */
static const struct {
    const char *html, *site;
} unclaimed[] = {
    {"<title>Barge strikes pier - Shipping - The Daily Ledger</title><h1>Barge strikes pier</h1>" LINES,
     "The Daily Ledger"},
    {"<title>Daily Ledger | Barge strikes pier</title><h1>Barge strikes pier</h1>" LINES, "Daily Ledger"},
    {"<title>Barge strikes pier - Harbour News</title><h1>Barge strikes pier</h1>" LINES "<p>\u00A9 2020 Harbour News",
     "Harbour News"},
    {"<title>Barge strikes pier - Harbour News</title><h1>Barge strikes pier</h1>" LINES, NULL},
    {"<title>Barge strikes pier</title><h1>Barge strikes pier</h1>" LINES "<p>Copyright 2020 Daily Ledger Ltd.",
     "Daily Ledger"},
    {"<title>Barge strikes pier | dailyledger.example</title><h1>Barge strikes pier</h1>" LINES, "dailyledger.example"},
    {"<title>Barge strikes pier</title><h1>Barge strikes pier</h1>" LINES, NULL},
    {"<title>Barge strikes pier</title><meta property=og:site_name content='Barge strikes pier'>"
     "<h1>Barge strikes pier</h1>" LINES,
     NULL},
};

START_TEST(names_the_site_where_no_claim_does)
{
    struct job *job = support_job(INPUT_HTML, slice_from_cstr(unclaimed[_i].html));
    job->base_url = SLICE("https://www.dailyledger.example/a");
    ck_assert_int_eq(page_run(job), ERR_NONE);
    ck_assert_int_eq(body_run(job), ERR_NONE);
    ck_assert_int_eq(headline_run(job), ERR_NONE);
    ck_assert_int_eq(details_run(job), ERR_NONE);
    ck_assert_slice_eq(job->article.site_name.value, unclaimed[_i].site);
    ck_assert(slice_is_null(job->article.site_name.value) == (unclaimed[_i].site == NULL));
    support_job_free(job);
}
END_TEST

START_TEST(takes_the_headline_for_no_section)
{
    struct job *job = support_job(INPUT_HTML, SLICE("<title>Barge strikes pier</title><h1>Barge strikes pier</h1>" LINES
                                                    "<meta property=article:section content='Barge strikes pier'>"
                                                    "<meta name=keywords content='Ships, Barge strikes pier'>"));
    ck_assert_int_eq(page_run(job), ERR_NONE);
    ck_assert_int_eq(body_run(job), ERR_NONE);
    ck_assert_int_eq(headline_run(job), ERR_NONE);
    ck_assert_int_eq(details_run(job), ERR_NONE);
    ck_assert(slice_is_null(job->article.section_name.value));
    ck_assert_uint_eq(job->article.tag_count, 1);
    ck_assert_slice_eq(job->article.tags[0], "Ships");
    support_job_free(job);
}
END_TEST

START_TEST(lists_each_tag_once)
{
    struct job *job = read_details("<meta property=article:tag content=Sea><meta name=keywords content='sea; Ships'>"
                                   ARTICLE_JSON("\"keywords\":[\"Ports\",\"ships\"]")
                                   "<div itemscope itemtype=http://schema.org/Product>"
                                   "<i itemprop=keywords>no</i></div>",
                                   NULL);
    ck_assert_uint_eq(job->article.tag_count, 3);
    ck_assert_slice_eq(job->article.tags[0], "Sea");
    ck_assert_slice_eq(job->article.tags[1], "Ships");
    ck_assert_slice_eq(job->article.tags[2], "Ports");
    support_job_free(job);
}
END_TEST

Suite *details_suite(void)
{
    Suite *suite = suite_create("details");
    TCase *tcase = tcase_create("details");
    tcase_add_loop_test(tcase, prefers_one_source_to_another, 0, (int)(sizeof names / sizeof names[0]));
    tcase_add_loop_test(tcase, makes_addresses_absolute, 0, (int)(sizeof addresses / sizeof addresses[0]));
    tcase_add_test(tcase, falls_back_where_an_address_is_none);
    tcase_add_loop_test(tcase, names_the_site_where_no_claim_does, 0, (int)(sizeof unclaimed / sizeof unclaimed[0]));
    tcase_add_test(tcase, takes_the_headline_for_no_section);
    tcase_add_test(tcase, lists_each_tag_once);
    suite_add_tcase(suite, tcase);
    return suite;
}
