#include "text/body.h"

#include "decode/charset.h"
#include "page/page.h"
#include "support/support.h"

#define HEADLINE "<title>Mill at Ferncombe to become a school</title><h1>Mill at Ferncombe to become a school</h1>"
#define FIRST "The old paper mill at Ferncombe, empty for eleven years, will become a school for three hundred children, the county said on Friday."
#define SECOND "Work is to begin in the spring and to take two years. The chimney, which is under protection, stays where it is."
#define THIRD "Neighbours had asked for a park instead. \"We were never heard,\" said Ada Lunn, who lives across the stream."
#define FOURTH "The stream that drove the mill was dead for forty years, and now trout stand in it again, to the joy of herons and boys."
#define FIFTH "In its best days the mill made eleven tons of paper a week, most of it for the schoolbooks of the whole county and beyond."
#define STORY_2 "<p>" FOURTH "</p><p>" FIFTH "</p>"
#define STORY "<p>" FIRST "</p><p>" SECOND "</p><p>" THIRD "</p>"

static struct job *read_body(const char *html)
{
    struct job *job = support_job(INPUT_HTML, slice_from_cstr(html));
    ck_assert_int_eq(page_run(job), ERR_NONE);
    ck_assert_int_eq(body_run(job), ERR_NONE);
    return job;
}

static const struct block *find_block(const struct article *article, const char *text)
{
    for (uint32_t i = 0; i < article->block_count; i++)
        if (slice_starts(block_text(article, &article->blocks[i]), slice_from_cstr(text)))
            return &article->blocks[i];
    ck_abort_msg("no block begins with '%s'", text);
    return NULL;
}

/* A page, the beginning of one of its blocks, and what that block is. */
static const struct {
    const char *html, *text;
    enum block_role role;
} roles[] = {
    {HEADLINE STORY, FIRST, ROLE_BODY},
    {HEADLINE STORY, THIRD, ROLE_BODY},
    {"<article>" HEADLINE STORY "<h2>What neighbours fear</h2><p>" FOURTH "</p><p>" FIFTH "</p></article>", "What neighbours fear",
     ROLE_SUBHEADING},
    {"<nav><a href=/a>Home</a></nav><article>" HEADLINE STORY "</article>", "Home", ROLE_NAVIGATION},
    {"<div class='main-menu'><div><a href=/a>Sport</a></div></div><article>" HEADLINE STORY "</article>", "Sport", ROLE_NAVIGATION},
    {"<article>" HEADLINE "<p>" FIRST "</p><figure><img><figcaption>The mill in 1931</figcaption></figure><p>" SECOND
     "</p></article>", "The mill in 1931", ROLE_CAPTION},
    {"<article>" HEADLINE STORY "</article><div class='related-stories'><h3>More stories</h3><ul><li><a href=/x>Stream to be cleaned</a></li>"
     "<li><a href=/y>Paper prices rise again</a></li></ul></div>", "Stream to be cleaned", ROLE_TEASER},
    {"<article>" HEADLINE STORY "</article><div class='social-share'><a href=/x>Share on Facebook</a></div>", "Share on", ROLE_SHARE},
    {"<div id='cookie-notice'><p>We use cookies to improve your visit. By using this site you accept our use of cookies.</p></div>"
     "<article>" HEADLINE STORY "</article>", "We use cookies", ROLE_CONSENT},
    {"<article>" HEADLINE "<p>" FIRST "</p><div class='newsletter-box'><p>Sign up for our newsletter and get the best stories every morning.</p>"
     "</div><p>" SECOND "</p></article>", "Sign up", ROLE_NEWSLETTER},
    {"<article>" HEADLINE STORY "</article><div id='comments'><div class='comment'><p>A park would have been nicer, if you ask me.</p></div></div>",
     "A park would", ROLE_COMMENT},
    {"<article>" HEADLINE STORY "</article><div class='author-bio'><p>Nell Marr writes about schools.</p></div>", "Nell Marr", ROLE_AUTHOR_BIO},
    {"<article>" HEADLINE STORY "</article><footer><p>© 2024 Ferncombe Echo</p></footer>", "©", ROLE_FOOTER},
    {"<article>" HEADLINE STORY "</article><div class='advertisement'>Advertisement</div>", "Advertisement", ROLE_ADVERTISEMENT},
    {"<article>" HEADLINE "<p>" FIRST "</p><ul><li>" FOURTH "</li><li>Pike</li><li>" FIFTH "</li></ul><p>" SECOND "</p></article>", "Pike", ROLE_BODY},
    {"<article>" HEADLINE "<p>" FIRST "</p><p>" SECOND "</p><p><a href=/x>Read also: Trout are back in the stream</a></p><p>" THIRD "</p></article>",
     "Read also", ROLE_TEASER},
    {"<div class='one'>" HEADLINE STORY "</div><div class='two'><p>" FOURTH "</p><p>© 2024 Ferncombe Echo</p></div>", FOURTH, ROLE_FOOTER},
    {"<title>Mill at Ferncombe to become a school - Ferncombe Echo</title><div class='top'><h1><a href=/>Ferncombe Echo</a></h1></div><div class='one'>"
     "<h2>Mill at Ferncombe to become a school</h2>" STORY "</div>",
     "Ferncombe Echo", ROLE_NAVIGATION},
};

START_TEST(names_what_a_block_is)
{
    struct job *job = read_body(roles[_i].html);
    const struct block *block = find_block(&job->article, roles[_i].text);
    ck_assert_msg(block->role == roles[_i].role, "'%s' is %s, not %s", roles[_i].text, role_name(block->role),
                  role_name(roles[_i].role));
    ck_assert(block->score >= 0 && block->score <= 1);
    support_job_free(job);
}
END_TEST

START_TEST(leaves_out_a_second_copy)
{
    struct job *job = read_body("<div class='wide'>" HEADLINE STORY "</div><div class='narrow'>" STORY "</div>");
    uint32_t prose = 0;
    for (uint32_t i = 0; i < job->article.block_count; i++)
        prose += job->article.blocks[i].role == ROLE_BODY;
    ck_assert_uint_eq(prose, 3);
    support_job_free(job);
}
END_TEST

START_TEST(ends_where_another_story_begins)
{
    struct job *job = read_body("<article>" HEADLINE STORY "</article><article><h1>Bakers want longer nights</h1>"
                                "<time datetime='2024-03-01'>1 March 2024</time><p>Bakers in the county want to begin at two in the "
                                "morning instead of three, their guild said on Thursday, because ovens are slow to warm.</p></article>");
    ck_assert_int_eq(find_block(&job->article, THIRD)->role, ROLE_BODY);
    ck_assert(!role_is_prose(find_block(&job->article, "Bakers in the county")->role));
    support_job_free(job);
}
END_TEST

/* The page gives its story once more in one piece, for machines. */
START_TEST(leaves_out_the_whole_in_one_piece)
{
    struct job *job = read_body("<article>" HEADLINE STORY STORY_2 "</article><div itemprop='articleBody'>" FIRST " " SECOND " " THIRD " "
                                FOURTH " " FIFTH "</div>");
    const struct article *article = &job->article;
    uint32_t whole = article->block_count - 1;
    ck_assert(slice_ends(block_text(article, &article->blocks[whole]), SLICE(FIFTH)));
    ck_assert(!role_is_prose(article->blocks[whole].role));
    ck_assert(role_is_prose(find_block(article, FIRST)->role));
    ck_assert(role_is_prose(find_block(article, FIFTH)->role));
    support_job_free(job);
}
END_TEST

/* Nothing but the line above them says that these are comments; it stands in their container. */
START_TEST(leaves_out_what_a_line_announces_as_comments)
{
    struct job *job = read_body("<div>" HEADLINE STORY "</div><div><p>3 comments</p><div><b>ada52</b><p>" FOURTH "</p></div><div><b>bo</b><p>" FIFTH
                                "</p></div></div>");
    ck_assert(role_is_prose(find_block(&job->article, THIRD)->role));
    ck_assert(!role_is_prose(find_block(&job->article, FOURTH)->role));
    ck_assert(!role_is_prose(find_block(&job->article, FIFTH)->role));
    support_job_free(job);
}
END_TEST

/* A blog's older posts stand below in containers of the same class, each with a linked heading. */
START_TEST(leaves_out_older_posts)
{
    struct job *job = read_body("<div class='entry'>" HEADLINE STORY "</div><div class='entry'><h1><a href=/2>The stream is clean again</a></h1><p>"
                                FOURTH "</p></div><div class='entry'><h1><a href=/3>What paper was worth</a></h1><p>" FIFTH "</p></div>");
    ck_assert(role_is_prose(find_block(&job->article, FIRST)->role));
    ck_assert(!role_is_prose(find_block(&job->article, FOURTH)->role));
    ck_assert(!role_is_prose(find_block(&job->article, FIFTH)->role));
    support_job_free(job);
}
END_TEST

/* A list of posts that is headed by none of them. */
START_TEST(a_page_may_have_no_headline)
{
    struct job *job = read_body("<div class='entry'><p>" FIRST "</p></div><div class='entry'><h2><a href=/2>Clean again</a></h2><p>" FOURTH
                                "</p></div><div class='entry'><h2><a href=/3>Worth of paper</a></h2><p>" FIFTH "</p></div>");
    ck_assert(role_is_prose(find_block(&job->article, FIRST)->role));
    support_job_free(job);
}
END_TEST

/* A brief of one line is all there is. */
START_TEST(keeps_the_likeliest_of_little)
{
    struct job *job = read_body("<nav><a href=/>Home</a></nav>" HEADLINE "<p>The county has bought the mill.</p>");
    ck_assert_int_eq(find_block(&job->article, "The county has bought")->role, ROLE_BODY);
    support_job_free(job);
}
END_TEST

START_TEST(finds_the_claimed_text_in_anonymous_boxes)
{
    struct job *job = read_body("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Mill\",\"articleBody\":\"" FIRST " " SECOND
                                " The stream behind it is clean again.\"}</script><div><div>" FIRST "</div><div>" SECOND "</div></div>");
    const struct claim *claim = article_claim(&job->article, CLAIM_BODY, SOURCE_JSON_LD, 0);
    ck_assert_ptr_nonnull(claim);
    ck_assert(slice_starts(claim->value, SLICE("The old paper mill")));
    ck_assert_int_eq(find_block(&job->article, SECOND)->role, ROLE_BODY);
    support_job_free(job);
}
END_TEST

START_TEST(a_page_without_text_fails)
{
    struct job *job = support_job(INPUT_HTML, SLICE("<div><img src=x></div>"));
    ck_assert_int_eq(page_run(job), ERR_NONE);
    ck_assert_int_eq(body_run(job), ERR_NO_TEXT);
    support_job_free(job);
}
END_TEST

Suite *body_suite(void)
{
    Suite *suite = suite_create("body");
    TCase *cases = tcase_create("body");
    tcase_add_loop_test(cases, names_what_a_block_is, 0, sizeof roles / sizeof roles[0]);
    tcase_add_test(cases, leaves_out_a_second_copy);
    tcase_add_test(cases, ends_where_another_story_begins);
    tcase_add_test(cases, leaves_out_the_whole_in_one_piece);
    tcase_add_test(cases, leaves_out_what_a_line_announces_as_comments);
    tcase_add_test(cases, leaves_out_older_posts);
    tcase_add_test(cases, a_page_may_have_no_headline);
    tcase_add_test(cases, keeps_the_likeliest_of_little);
    tcase_add_test(cases, finds_the_claimed_text_in_anonymous_boxes);
    tcase_add_test(cases, a_page_without_text_fails);
    suite_add_tcase(suite, cases);
    return suite;
}
