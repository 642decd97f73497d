#include "base/url.h"

#include "support/support.h"

static const struct {
    const char *base, *url, *absolute;
} urls[] = {
    {NULL, "https://a.org/x", "https://a.org/x"},
    {NULL, "/x", NULL},
    {"https://b.org/d/p?q#f", "/x", "https://b.org/x"},
    {"https://b.org/d/p", "//c.org/x", "https://c.org/x"},
    {"https://b.org/d/p", "x.html", "https://b.org/d/x.html"},
    {"https://b.org/d/p", "./x", "https://b.org/d/x"},
    {"https://b.org/d/e/p", "../x", "https://b.org/d/x"},
    {"https://b.org/p", "../../x", "https://b.org/x"},
    {"https://b.org", "x", "https://b.org/x"},
    {"https://b.org/a?x=/y/z", "x", "https://b.org/x"},
    {"https://b.org/d/", "javascript:void(0)", NULL},
    {"https://b.org/d/", "data:image/png;base64,xx", NULL},
    {"https://b.org/d/", "#top", NULL},
    {"https://b.org/d/", "https://", NULL},
    {"https://b.org/d/", "", NULL},
};

START_TEST(resolves_addresses)
{
    struct arena *arena = arena_create();
    struct slice absolute = url_resolve(arena, slice_from_cstr(urls[_i].base), slice_from_cstr(urls[_i].url));
    ck_assert_slice_eq(absolute, urls[_i].absolute);
    ck_assert(slice_is_null(absolute) == (urls[_i].absolute == NULL));
    arena_destroy(arena);
}
END_TEST

START_TEST(finds_the_origin)
{
    ck_assert_slice_eq(url_origin(SLICE("https://a.org:8443/x/y")), "https://a.org:8443");
    ck_assert_slice_eq(url_origin(SLICE("http://a.org?x=/")), "http://a.org");
    ck_assert(url_is_absolute(SLICE("HTTPS://A.ORG")));
    ck_assert(!url_is_absolute(SLICE("https:///path")));
    ck_assert(!url_is_absolute(SLICE("//a.org/")));
}
END_TEST

Suite *url_suite(void)
{
    Suite *suite = suite_create("url");
    TCase *tcase = tcase_create("url");
    tcase_add_loop_test(tcase, resolves_addresses, 0, (int)(sizeof urls / sizeof urls[0]));
    tcase_add_test(tcase, finds_the_origin);
    suite_add_tcase(suite, tcase);
    return suite;
}
