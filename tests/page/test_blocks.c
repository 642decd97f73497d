#include "page/page.h"
#include "page/tags.h"
#include "support/support.h"

static struct job *read_page(const char *html)
{
    struct job *job = support_job(INPUT_HTML, slice_from_cstr(html));
    ck_assert_int_eq(page_run(job), ERR_NONE);
    return job;
}

/* The whole text: every block with a LF behind it. */
static const struct {
    const char *html, *text;
} texts[] = {
    {"<p>One</p><p>Two", "One\nTwo\n"},
    {"<p>One<p>Two<div>Three</div>Four", "One\nTwo\nThree\nFour\n"},
    {"<p>  many \n\t blanks&nbsp;&nbsp;here </p>", "many blanks here\n"},
    {"<p>soft&shy;hyphen zero&#8203;width thin&#8201;space", "softhyphen zerowidth thin space\n"},
    {"<p>a <b>bold</b> <i>word</i>, joined<em>up</em>.</p>", "a bold word, joinedup.\n"},
    {"<p>one line<br>still the same</p>", "one line still the same\n"},
    {"<p>one<br><br>two<br> <br/>\n<br>three</p>", "one\ntwo\nthree\n"},
    {"<p>one<br><span></span>&nbsp;<br>two", "one\ntwo\n"},
    {"<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "a\nb\nc\nd\ne\n"},
    {"<dl><dt>t<dd>d<dt>u</dl>", "t\nd\nu\n"},
    {"<table><tr><td>a<td>b<tr><td>c</table>d", "a\nb\nc\nd\n"},
    {"<h1>Head <br> line</h1>text", "Head line\ntext\n"},
    {"<script>no</script><style>no</style>yes<noscript></noscript>", "yes\n"},
    {"<p>a<svg><title>no</title><text>no</text></svg>b</p>", "ab\n"},
    {"<svg><circle><p>out again</p>", "out again\n"},
    {"<p>a<select><option>no<option>no</select>b<textarea>no</textarea>c<iframe>no</iframe></p>", "abc\n"},
    {"<video>no<source>no</video><p>a", "a\n"},
    {"<head><title>no</title></head><body>yes", "yes\n"},
    {"<title>no</title>\n<p>yes", "yes\n"},
    {"<p>in<span style='display: none'>visible</span>deed <span hidden>not</span> here", "indeed here\n"},
    {"<p>seen <span aria-hidden=true>too</span></p>", "seen too\n"},
    {"<b>bold <p>para</b> plain</p> after", "bold\npara plain\nafter\n"},
    {"</div></p></span>stray ends</table></li>", "stray ends\n"},
    {"<p>a</p></p>b", "a\nb\n"},
    {"<pre>line one\nline two\n\npart two</pre>", "line one line two\npart two\n"},
    {"<pre>line one\n<b>line two</b>\nthree</pre>", "line one line two three\n"},
    {"<p>before<button>Share</button>after", "before\nShare\nafter\n"},
    {"<p>a<!-- no --><!doctype no>b</p>", "ab\n"},
    {"<a href=x>Home</a> <a href=y>News</a>", "Home News\n"},
    {"", ""},
    {" \n <div> <p> </p> <br><br> </div>", ""},
};

START_TEST(shows_text_as_a_browser)
{
    struct job *job = read_page(texts[_i].html);
    ck_assert_slice_eq(job->article.text, texts[_i].text);
    for (uint32_t i = 0; i < job->article.block_count; i++) {
        const struct block *block = &job->article.blocks[i];
        ck_assert_uint_lt(block->span.start, block->span.end);
        ck_assert_int_eq(job->article.text.ptr[block->span.end], '\n');
        ck_assert_uint_lt(block->section, job->article.section_count);
    }
    support_job_free(job);
}
END_TEST

/* The block that holds the word "this": its tag, level and flags. */
static const struct {
    const char *html;
    enum block_tag tag;
    uint8_t level;
    unsigned flags;
} kinds[] = {
    {"<p>this", BLOCK_PARAGRAPH, 0, 0},
    {"this", BLOCK_LOOSE, 0, 0},
    {"<h2><div>this</div></h2>", BLOCK_HEADING, 2, 0},
    {"<h2>no</h2>this", BLOCK_LOOSE, 0, 0},
    {"<article><main><p>this", BLOCK_PARAGRAPH, 0, BLOCK_IN_ARTICLE | BLOCK_IN_MAIN},
    {"<article>no</article><p>this", BLOCK_PARAGRAPH, 0, 0},
    {"<div role=navigation><ul><li>this", BLOCK_LIST_ITEM, 0, BLOCK_IN_NAV | BLOCK_IN_LIST},
    {"<ul><li><p>this", BLOCK_PARAGRAPH, 0, BLOCK_IN_LIST},
    {"<blockquote>this", BLOCK_QUOTE, 0, BLOCK_IN_QUOTE},
    {"<figure><img><figcaption><p>this", BLOCK_CAPTION, 0, BLOCK_IN_FIGURE},
    {"<table><tr><th>this", BLOCK_CELL, 0, BLOCK_IN_TABLE},
    {"<form><p>this", BLOCK_PARAGRAPH, 0, BLOCK_IN_FORM},
    {"<header><p>this</header>", BLOCK_PARAGRAPH, 0, BLOCK_IN_HEADER},
    {"<footer><aside>this", BLOCK_LOOSE, 0, BLOCK_IN_FOOTER | BLOCK_IN_ASIDE},
    {"<button>this", BLOCK_LOOSE, 0, BLOCK_IN_BUTTON},
    {"<div hidden><p>this", BLOCK_PARAGRAPH, 0, BLOCK_HIDDEN},
    {"<div aria-hidden=true>this</div>", BLOCK_LOOSE, 0, BLOCK_HIDDEN},
    {"<div style='color:red;visibility : hidden'>this", BLOCK_LOOSE, 0, BLOCK_HIDDEN},
    {"<noscript><p>this</noscript>", BLOCK_PARAGRAPH, 0, BLOCK_HIDDEN},
    {"<noscript><div>no</noscript><p>this", BLOCK_PARAGRAPH, 0, 0},
    {"<p><b>this</b></p>", BLOCK_PARAGRAPH, 0, BLOCK_BOLD},
    {"<p><b>this</b> and more</p>", BLOCK_PARAGRAPH, 0, 0},
};

START_TEST(tells_what_a_block_is)
{
    struct job *job = read_page(kinds[_i].html);
    const struct block *found = NULL;
    for (uint32_t i = 0; i < job->article.block_count; i++)
        if (slice_contains_nocase(block_text(&job->article, &job->article.blocks[i]), SLICE("this")))
            found = &job->article.blocks[i];
    ck_assert_ptr_nonnull(found);
    ck_assert_msg(found->tag == kinds[_i].tag, "%s: tag %d", kinds[_i].html, (int)found->tag);
    ck_assert_uint_eq(found->level, kinds[_i].level);
    ck_assert_msg(found->flags == kinds[_i].flags, "%s: flags %x", kinds[_i].html, found->flags);
    support_job_free(job);
}
END_TEST

START_TEST(counts_links)
{
    struct job *job = read_page("<p>See <a href=a>one</a> and <a href=b>two <b>three</b></a>.</p>"
                                "<a href=c><h3>Card</h3><p>Text</p></a><p>plain");
    const struct block *blocks = job->article.blocks;
    ck_assert_uint_eq(job->article.block_count, 4);
    ck_assert_uint_eq(blocks[0].links, 2);
    ck_assert_uint_eq(blocks[0].link_bytes, strlen(" one") + strlen(" two three"));
    ck_assert_uint_eq(blocks[1].links, 1);
    ck_assert_uint_eq(blocks[2].link_bytes, 4);
    ck_assert_uint_eq(blocks[3].links, 0);
    support_job_free(job);
}
END_TEST

START_TEST(labels_sections)
{
    struct job *job = read_page("<div class='Story  Main' id=x1 role=main data-component=Body><p>a</p>"
                                "<p class=lead>b</p></div><p>c");
    const struct article *article = &job->article;
    const struct section *story = &article->sections[article->blocks[0].section];
    ck_assert_slice_eq(story->label, "story main x1 main body");
    ck_assert_uint_eq(story->tag, TAG_DIV);
    ck_assert_uint_eq(story->parent, 0);
    ck_assert_uint_eq(story->first_block, 0);
    ck_assert_uint_eq(story->end_block, 2);
    const struct section *lead = &article->sections[article->blocks[1].section];
    ck_assert_slice_eq(lead->label, "lead");
    ck_assert_ptr_eq(&article->sections[lead->parent], story);
    ck_assert_uint_eq(article->blocks[2].section, 0);
    ck_assert_uint_eq(article->sections[0].end_block, 3);
    support_job_free(job);
}
END_TEST

START_TEST(labels_blocks_by_inline_elements_around_them)
{
    struct job *job = read_page("<div class=meta><span class=byline>By <a class=name>A. B.</a></span></div>"
                                "<div class=meta>Seen <span class=byline>by C</span></div>");
    const struct article *article = &job->article;
    const struct section *byline = &article->sections[article->blocks[0].section];
    ck_assert_slice_eq(byline->label, "byline");
    ck_assert_slice_eq(article->sections[byline->parent].label, "meta");
    ck_assert_slice_eq(article->sections[article->blocks[1].section].label, "meta");
    support_job_free(job);
    job = read_page("<a class=card href=x><div>Inside</div> tail</a> outside");
    ck_assert_slice_eq(job->article.text, "Inside\ntail\noutside\n");
    const struct section *div = &job->article.sections[job->article.blocks[0].section];
    ck_assert_slice_eq(job->article.sections[div->parent].label, "card");
    ck_assert_uint_eq(job->article.blocks[2].section, 0);
    support_job_free(job);
}
END_TEST

/* Nesting and open elements beyond all bounds cost no more than their bytes. */
START_TEST(survives_floods)
{
    static const char *const units[] = {"<div>x", "<b>", "<p>a</p></b></td>", "<x-y>z</q-r>", "<table><tr><td>",
                                        "<li></li><span>", "<a class=author>y", "<div itemscope itemprop=author>",
                                        "<h1></h2>", "<svg><p>"};
    struct arena *arena = arena_create();
    size_t unit = strlen(units[_i]), count = 400000 / unit;
    char *html = arena_alloc(arena, unit * count);
    for (size_t i = 0; i < count; i++)
        memcpy(html + i * unit, units[_i], unit);
    struct job *job = support_job(INPUT_HTML, slice_of(html, unit * count));
    ck_assert_int_eq(page_run(job), ERR_NONE);
    ck_assert_uint_le(job->article.claim_count, 4000);
    support_job_free(job);
    arena_destroy(arena);
}
END_TEST

/* Every piece as "text" of label, kind; breaks as "|" at what stands before them in their block. */
static const struct {
    const char *html;
    uint32_t block;
    const char *pieces;
} pieces[] = {
    {"<h1><span class=Kicker>Port</span> <em>Barge</em> sinks</h1>", 0, "[Port](kicker) [ Barge]()"},
    {"<h1>Barge <small>sinks</small></h1>", 0, "aside[ sinks]()"},
    {"<h3><span class=kicker>Port</span> Barge</h3><p><b>no</b> heading", 0, ""},
    {"<p>one<br>two<p>three<br>four<br>five", 1, "|three |three four "},
    {"<p>one<br><p>two", 1, ""},
    {"<h2><span class=k>One</span> Two</h2><h2>Three <i id=x>Four</i></h2>", 1, "[ Four](x)"},
    {"<h1><span hidden>no</span><time>May</time> Fair</h1>", 0, "aside[May]()"},
};

START_TEST(remembers_pieces)
{
    struct job *job = read_page(pieces[_i].html);
    const struct article *article = &job->article;
    const struct block *block = &article->blocks[pieces[_i].block];
    struct slice shown = SLICE("");
    uint32_t count;
    const struct piece *found = article_pieces(article, block, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct slice text = article_text(article, found[i].span);
        struct slice before = slice_sub(article->text, block->span.start, found[i].span.end);
        if (found[i].kind == PIECE_BREAK)
            shown = arena_printf(job->arena, "%.*s|%.*s ", SLICE_ARG(shown), SLICE_ARG(before));
        else
            shown = arena_printf(job->arena, "%.*s%s%s[%.*s](%.*s)", SLICE_ARG(shown), shown.len ? " " : "",
                                 found[i].kind == PIECE_ASIDE ? "aside" : "", SLICE_ARG(text), SLICE_ARG(found[i].label));
    }
    ck_assert_slice_eq(shown, pieces[_i].pieces);
    support_job_free(job);
}
END_TEST

Suite *blocks_suite(void)
{
    Suite *suite = suite_create("blocks");
    TCase *tcase = tcase_create("blocks");
    tcase_add_loop_test(tcase, shows_text_as_a_browser, 0, (int)(sizeof texts / sizeof texts[0]));
    tcase_add_loop_test(tcase, remembers_pieces, 0, sizeof pieces / sizeof pieces[0]);
    tcase_add_loop_test(tcase, tells_what_a_block_is, 0, (int)(sizeof kinds / sizeof kinds[0]));
    tcase_add_test(tcase, counts_links);
    tcase_add_test(tcase, labels_sections);
    tcase_add_test(tcase, labels_blocks_by_inline_elements_around_them);
    tcase_add_loop_test(tcase, survives_floods, 0, 10);
    suite_add_tcase(suite, tcase);
    return suite;
}
