/* robots.txt: the examples of RFC 9309 and what real files do to it. */
#include <check.h>

#include "fetch/robots.h"

static bool allows(const char *file, const char *product, const char *target)
{
    struct arena *arena = arena_create();
    struct buffer rules = buffer_make(3 * ROBOTS_MAX_BYTES);
    robots_read(slice_from_cstr(file), slice_from_cstr(product), &rules);
    bool allowed = robots_allow(arena, buffer_slice(&rules), slice_from_cstr(target));
    buffer_free(&rules);
    arena_destroy(arena);
    return allowed;
}

/* The second column names the crawler, the third the target. */
static const struct {
    const char *file, *product, *target;
    bool allowed;
} files[] = {
    {"", "newsmeta", "/", true},
    {"User-agent: *\nDisallow: /", "newsmeta", "/", false},
    {"User-agent: *\nDisallow:", "newsmeta", "/a", true},
    {"Disallow: /", "newsmeta", "/a", true}, /* of nobody's group */
    /* groups */
    {"User-agent: *\nDisallow: /\nUser-agent: newsmeta\nAllow: /", "newsmeta", "/a", true},
    {"User-agent: *\nDisallow: /\nUser-agent: newsmeta\n", "newsmeta", "/a", true},
    {"User-agent: *\nDisallow: /x\nUser-agent: NewsMeta\nDisallow: /y", "newsmeta", "/x", true},
    {"User-agent: *\nDisallow: /x\nUser-agent: NewsMeta\nDisallow: /y", "newsmeta", "/y", false},
    {"User-agent: NEWSMETA/2.0\nDisallow: /y", "newsmeta", "/y", false},
    {"User-agent: news\nDisallow: /y", "newsmeta", "/y", true},
    {"User-agent: newsmeta-image\nDisallow: /y", "newsmeta", "/y", true},
    {"User-agent: newsmeta\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nUser-agent: newsmeta\nDisallow: /b", "newsmeta", "/a", false},
    {"User-agent: newsmeta\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nUser-agent: newsmeta\nDisallow: /b", "newsmeta", "/b", false},
    {"User-agent: newsmeta\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nUser-agent: newsmeta\nDisallow: /b", "newsmeta", "/c", true},
    {"User-agent: newsmeta\nUser-agent: other\nDisallow: /a", "newsmeta", "/a", false},
    {"User-agent: other\n\n# more\nUser-agent: newsmeta\nDisallow: /a", "newsmeta", "/a", false},
    {"User-agent: newsmeta\nCrawl-delay: 5\nUser-agent: other\nDisallow: /a", "newsmeta", "/a", false},
    {"User-agent: newsmeta\nDisallow: /a\nSitemap: https://example.org/s.xml\nDisallow: /b", "newsmeta", "/b", false},
    /* the longest pattern, and of equally long ones the one that allows */
    {"User-agent: *\nAllow: /p\nDisallow: /", "newsmeta", "/page", true},
    {"User-agent: *\nDisallow: /folder\nAllow: /folder", "newsmeta", "/folder/page", true},
    {"User-agent: *\nAllow: /page\nDisallow: /*.htm", "newsmeta", "/page.htm", false},
    {"User-agent: *\nAllow: /page\nDisallow: /*.ph", "newsmeta", "/page.php5", true},
    {"User-agent: *\nAllow: /$\nDisallow: /", "newsmeta", "/", true},
    {"User-agent: *\nAllow: /$\nDisallow: /", "newsmeta", "/page", false},
    /* stars and ends */
    {"User-agent: *\nDisallow: /fish", "newsmeta", "/fish.html", false},
    {"User-agent: *\nDisallow: /fish", "newsmeta", "/Fish", true},
    {"User-agent: *\nDisallow: /fish*", "newsmeta", "/fishheads/yummy", false},
    {"User-agent: *\nDisallow: /fish/", "newsmeta", "/fish", true},
    {"User-agent: *\nDisallow: /*.php$", "newsmeta", "/a/b.php", false},
    {"User-agent: *\nDisallow: /*.php$", "newsmeta", "/a.php?x", true},
    {"User-agent: *\nDisallow: /*.php$", "newsmeta", "/a.php/b.php", false},
    {"User-agent: *\nDisallow: /a*b*c", "newsmeta", "/axxbyyc", false},
    {"User-agent: *\nDisallow: /a*b*c", "newsmeta", "/axxcyyb", true},
    {"User-agent: *\nDisallow: /a**c$", "newsmeta", "/abc", false},
    {"User-agent: *\nDisallow: /*a$", "newsmeta", "/a", false},
    {"User-agent: *\nDisallow: /a*a$", "newsmeta", "/a", true},
    {"User-agent: *\nDisallow: *.pdf", "newsmeta", "/x.pdf", false},
    {"User-agent: *\nDisallow: x", "newsmeta", "/x", true},
    {"User-agent: *\nDisallow: /a$b", "newsmeta", "/a$b", false},
    {"User-agent: *\nDisallow: /a$b", "newsmeta", "/a", true},
    {"User-agent: *\nDisallow: /?", "newsmeta", "/?q=1", false},
    /* spellings of an address */
    {"User-agent: *\nDisallow: /path%2A$", "newsmeta", "/path*", false},
    {"User-agent: *\nDisallow: /path%2a", "newsmeta", "/path%2A", false},
    {"User-agent: *\nDisallow: /foo/bar?baz=https%3A%2F%2Ffoo", "newsmeta", "/foo/bar?baz=https%3a%2f%2ffoo", false},
    {"User-agent: *\nDisallow: /foo%2Fbar", "newsmeta", "/foo/bar", true},
    {"User-agent: *\nDisallow: /\xe3\x83\x84", "newsmeta", "/%E3%83%84", false},
    {"User-agent: *\nDisallow: /%e3%83%84", "newsmeta", "/\xe3\x83\x84", false},
    {"User-agent: *\nDisallow: /%62%61z", "newsmeta", "/baz", false},
    {"User-agent: *\nDisallow: /baz", "newsmeta", "/%62%61%7A", false},
    {"User-agent: *\nDisallow: /%", "newsmeta", "/%", false},
    {"User-agent: *\nDisallow: /%4", "newsmeta", "/%4", false},
    /* line ends, comments, blanks */
    {"\xef\xbb\xbfUser-agent: *\r\nDisallow: /a\r\n", "newsmeta", "/a", false},
    {"User-agent: *\rDisallow: /a\r", "newsmeta", "/a", false},
    {"  user-AGENT :  * # all\n  disallow : /a # none of that\n", "newsmeta", "/a", false},
    {"User-agent: *\nDisallow: # nothing\n", "newsmeta", "/", true},
    {"User-agent *\nDisallow: /\n", "newsmeta", "/", true},
    {"<!doctype html><p>Disallow: /</p>", "newsmeta", "/", true},
    {"User-agent: *\nDisallow: /", "", "/", false}, /* a crawler without a name is everybody */
};

START_TEST(reads_rules)
{
    ck_assert_msg(allows(files[_i].file, files[_i].product, files[_i].target) == files[_i].allowed, "%s\n%s", files[_i].file,
                  files[_i].target);
}
END_TEST

START_TEST(takes_the_product_of_a_user_agent)
{
    ck_assert(slice_equals(robots_product(SLICE("newsmeta/1.0 (+https://example.org)")), SLICE("newsmeta")));
    ck_assert(slice_equals(robots_product(SLICE("My-Crawler_x 2")), SLICE("My-Crawler_x")));
    ck_assert_uint_eq(robots_product(SLICE("0x")).len, 0);
}
END_TEST

START_TEST(reads_no_more_than_it_must)
{
    struct buffer file = buffer_make(ROBOTS_MAX_BYTES + 1000);
    buffer_append_cstr(&file, "User-agent: *\nDisallow: /first\n");
    while (file.len < ROBOTS_MAX_BYTES)
        buffer_append_cstr(&file, "# filler\n");
    buffer_append_cstr(&file, "Disallow: /last\n");
    buffer_append_byte(&file, '\0');
    ck_assert(!allows(file.ptr, "newsmeta", "/first"));
    ck_assert(allows(file.ptr, "newsmeta", "/last"));
    buffer_free(&file);
}
END_TEST

Suite *robots_suite(void)
{
    Suite *suite = suite_create("robots");
    TCase *tcase = tcase_create("robots");
    tcase_add_loop_test(tcase, reads_rules, 0, (int)(sizeof files / sizeof files[0]));
    tcase_add_test(tcase, takes_the_product_of_a_user_agent);
    tcase_add_test(tcase, reads_no_more_than_it_must);
    suite_add_tcase(suite, tcase);
    return suite;
}
