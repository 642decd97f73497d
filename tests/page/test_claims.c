#include "page/page.h"
#include "page/page_lexicon.h"
#include "support/support.h"

/* Every claim of the page, one a line: kind, source, name, value, with '*' where it belongs to an article. */
static struct slice list_claims(struct job *job)
{
    static const char *const kinds[CLAIM_KIND_COUNT] = {"headline", "published", "modified", "time",  "author",
                                                        "site",     "about",     "image",    "canon", "language",
                                                        "section",  "keyword",   "type",     "access", "author_link",
                                                        "body",     "home_link", "event"};
    struct slice list = SLICE("");
    for (uint32_t i = 0; i < job->article.claim_count; i++) {
        const struct claim *claim = &job->article.claims[i];
        list = arena_printf(job->arena, "%.*s%s%s %s %.*s=%.*s;", SLICE_ARG(list), kinds[claim->kind],
                            claim->article ? "*" : "", source_name(claim->source), SLICE_ARG(claim->name),
                            SLICE_ARG(claim->value));
    }
    return list;
}

static const struct {
    const char *html, *claims;
} pages[] = {
    /* head */
    {"<html lang=de-AT><title> A\n title &amp; more </title>",
     "language html_lang lang=de-AT;headline title title=A title & more;"},
    {"<title>One</title><svg><title>icon</title></svg><title>Two</title>", "headline title title=One;"},
    {"<meta property=og:title content=T><meta name='og:site_name' content='The Site'>",
     "headline open_graph og:title=T;site open_graph og:site_name=The Site;"},
    {"<meta property='article:published_time' content=2024-05-06T07:08:09Z>",
     "published open_graph article:published_time=2024-05-06T07:08:09Z;"},
    {"<meta name=DC.date.issued content=2024-05-06><meta name=Last-Modified content=2024-05-07>",
     "published meta DC.date.issued=2024-05-06;modified meta Last-Modified=2024-05-07;"},
    {"<meta name=date content=2024-05-06><meta name=author content='A. B.'><meta name=author content=''>",
     "time meta date=2024-05-06;author meta author=A. B.;"},
    {"<meta name=keywords content='one, two,,three'>",
     "keyword meta keywords=one;keyword meta keywords=two;keyword meta keywords=three;"},
    {"<meta http-equiv=Content-Language content=en><meta name=viewport content=x>",
     "language meta Content-Language=en;"},
    {"<link rel=canonical href=/a><link rel=stylesheet href=b><link rel=author href=/staff/c>",
     "canon link canonical=/a;author rel_author author=/staff/c;"},
    {"<meta property=og:title content='A &amp;#8217;s <b>B</b> &amp; R&amp;amp;D <Palace in brackets>'>"
     "<meta property=og:url content='/?a=1&amp;amp;b'><meta name=description content='1 < 2 <p>'>",
     "headline open_graph og:title=A \xE2\x80\x99s B & R&D <Palace in brackets>;canon open_graph og:url=/?a=1&amp;b;"
     "about meta description=1 < 2;"},
    /* microdata */
    {"<article itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop=headline>A  <i>head</i></h1>"
     "<span itemprop=author itemscope itemtype=https://schema.org/Person>By <b itemprop=name>C. D.</b></span>"
     "<meta itemprop=datePublished content=2024-05-06></article>",
     "headline* microdata headline=A head;author* microdata name=C. D.;published* microdata "
     "datePublished=2024-05-06;"},
    {"<div itemscope itemtype=http://schema.org/BlogPosting><p itemprop=author itemscope>Just text</p></div>",
     "author* microdata author=Just text;"},
    {"<div itemscope itemtype=http://schema.org/Article><div itemprop=publisher itemscope><div itemprop=image "
     "itemscope><meta itemprop=url content=l.png></div><meta itemprop=name content=Paper></div></div>",
     "site* microdata name=Paper;"},
    {"<div itemscope itemtype=http://schema.org/Article><div itemprop=comment itemscope "
     "itemtype=http://schema.org/Comment><i itemprop=author>Commenter</i></div></div>",
     "author microdata author=Commenter;"},
    {"<p itemprop=name>not of an article</p><b itemprop='author'>E. F.</b>", "author microdata author=E. F.;"},
    /* body */
    {"<time datetime=2024-05-06>yesterday</time><time>7 May 2024</time><time>now</time>",
     "time time_element datetime=2024-05-06;time time_element text=7 May 2024;"},
    {"<time pubdate datetime=2024-05-06></time>", "time time_element datetime pubdate=2024-05-06;"},
    {"<a rel='author nofollow' href=x>G. H.</a><a rel=tag href=y>Seas</a>",
     "author rel_author author nofollow=G. H.;keyword link tag=Seas;"},
    {"<a href=/author/i-j/>I. J.</a><a href='https://other.example/autor/k'>K. L.</a><a href='/redakteur/12/m'>M. N.</a>",
     "author_link link author=I. J.;author_link link autor=K. L.;author_link link redakteur=M. N.;"},
    {"<a href=/profile/o>O. P.</a><a href=https://tube.example/user/q>Q. R.</a>", "author_link link profile=O. P.;"},
    {"<a href=//tube.example/user/q>Q. R.</a><a href=//news.example/author/r>R. S.</a>", "author_link link author=R. S.;"},
    {"<a href=/author/>Authors</a><a href=/author>All</a><a href='/author-awards/x'>Prize</a><a href=/a?by/s>S</a>", ""},
    {"<p class='small post-author'>By I. J.</p><p class=authority>no</p>", "author byline post-author=By I. J.;"},
    {"<p class=articleAuthorName>K</p>", "author byline articleAuthorName=K;"},
    {"<p class=date>May 6</p><p class=update>7 May</p><p class='entry-date published updated'>8 May</p>"
     "<p class=candidate>9</p><p class=date>today</p>",
     "time dateline date=May 6;modified dateline update=7 May;published dateline entry-date=8 May;"},
    {"<abbr class=published title=2024-05-06T07:08:09Z>on Monday</abbr>",
     "published meta title=2024-05-06T07:08:09Z;"},
    {"<p data-published-at=1715000000>x<p data-post-id=1715000001>y",
     "published meta data-published-at=1715000000;"},
    /* programs */
    {"<script>var page={\"publishedAt\":\"2024-05-06T07:08:09Z\",'pub_date': 1715000000 };</script>",
     "time script publishedAt=2024-05-06T07:08:09Z;time script pub_date=1715000000;"},
    {"<script type='application/json'>{\\\"datePublished\\\":\\\"2024-05-06\\\"}</script>",
     "time script datePublished=2024-05-06;"},
    {"<script>track('setPublishDate','2024-05-06');x.publication_date = \"6 May 2024\";</script>",
     "time script setPublishDate=2024-05-06;time script x.publication_date=6 May 2024;"},
    {"<script>{\"publisher\":\"20240506\",\"lastPublished\":\"2024-05-06\",\"isPublished\":true,\"publishedAt\":null,"
     "\"public\":\"2024-05-06\",\"publishDate\":\"\",\"pub</script><p>pubDate:'2024-05-06'",
     ""},
    /* not seen */
    {"<template><a rel=author>no</a></template><svg><a rel=author>no</a></svg>", ""},
    {"<meta name=author><meta content=x><time></time><p class=author></p>", ""},
};

START_TEST(reads_what_pages_claim)
{
    struct job *job = support_job(INPUT_HTML, slice_from_cstr(pages[_i].html));
    ck_assert_int_eq(page_run(job), ERR_NONE);
    ck_assert_slice_eq(list_claims(job), pages[_i].claims);
    support_job_free(job);
}
END_TEST

/* Where the page's own address is known, only links within its site lead to its authors. */
START_TEST(knows_whose_authors_are_linked)
{
    struct job *job = support_job(INPUT_HTML, SLICE("<a href=https://blog.news.example/author/a>A. B.</a>"
                                                    "<a href=https://www.news.example/user/c>C. D.</a>"
                                                    "<a href=https://other.example/author/e>E. F.</a>"
                                                    "<a href=//tube.example/user/g>G. H.</a>"));
    job->base_url = SLICE("https://news.example/2024/story");
    ck_assert_int_eq(page_run(job), ERR_NONE);
    ck_assert_slice_eq(list_claims(job), "author_link link author=A. B.;author_link link user=C. D.;");
    support_job_free(job);
}
END_TEST

START_TEST(says_where_a_claim_stands)
{
    struct job *job = support_job(INPUT_HTML, SLICE("<meta name=author content=A><div class=head><h1>T</h1>"
                                                    "<p class=byline>By B</p></div><p>text"));
    ck_assert_int_eq(page_run(job), ERR_NONE);
    const struct article *article = &job->article;
    ck_assert_uint_eq(article->claims[0].block, NO_BLOCK);
    ck_assert_uint_eq(article->claims[1].block, 1);
    ck_assert_slice_eq(article->sections[article->claims[1].section].label, "byline");
    ck_assert_slice_eq(block_text(article, &article->blocks[1]), "By B");
    support_job_free(job);
}
END_TEST

START_TEST(cuts_class_names_into_words)
{
    static const struct {
        const char *name;
        unsigned words;
    } names[] = {
        {"author", CLASS_AUTHOR},
        {"post-author__name", CLASS_AUTHOR | CLASS_COMPONENT},
        {"ArticleMeta_publishedDate", CLASS_PUBLISHED | CLASS_DATE},
        {"td-pubDate", CLASS_PUBLISHED | CLASS_DATE},
        {"DATE", CLASS_DATE},
        {"authority", 0},
        {"candidates", 0},
        {"sometimes", 0},
        {"--", 0},
        {"", 0},
    };
    const struct page_lexicon *lexicon = support_knowledge()->page;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_msg(page_lexicon_class_words(lexicon, slice_from_cstr(names[i].name)) == names[i].words, "%s: %u",
                      names[i].name, page_lexicon_class_words(lexicon, slice_from_cstr(names[i].name)));
}
END_TEST

Suite *claims_suite(void)
{
    Suite *suite = suite_create("claims");
    TCase *tcase = tcase_create("claims");
    tcase_add_loop_test(tcase, reads_what_pages_claim, 0, (int)(sizeof pages / sizeof pages[0]));
    tcase_add_test(tcase, knows_whose_authors_are_linked);
    tcase_add_test(tcase, says_where_a_claim_stands);
    tcase_add_test(tcase, cuts_class_names_into_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
