#include "base/media_type.h"

#include "support/support.h"

static const struct {
    const char *content_type, *type;
} named[] = {
    {"text/html", "text/html"},
    {"text/html; charset=utf-8", "text/html"},
    {" text/plain ;charset=x; format=flowed", "text/plain"},
    {"text/html;", "text/html"},
    {";charset=utf-8", ""},
    {"", ""},
    {NULL, ""},
};

START_TEST(leaves_the_parameters_aside)
{
    struct slice content_type = slice_from_cstr(named[_i].content_type);
    ck_assert_slice_eq(media_type_of(content_type), named[_i].type);
    ck_assert(media_type_is(content_type, named[_i].type));
}
END_TEST

START_TEST(knows_the_types_that_are_meant)
{
    static const char *const pages[] = {"text/html", "application/xhtml+xml", NULL}, *const none[] = {"", NULL};
    ck_assert(media_type_is_among(SLICE("Application/XHTML+XML;a=b"), pages));
    ck_assert(!media_type_is_among(SLICE("text/htm"), pages) && !media_type_is_among(SLICE("text/html5"), pages));
    ck_assert(!media_type_is_among(SLICE_NULL, pages) && media_type_is_among(SLICE_NULL, none));
}
END_TEST

Suite *media_type_suite(void)
{
    Suite *suite = suite_create("media_type");
    TCase *tcase = tcase_create("media_type");
    tcase_add_loop_test(tcase, leaves_the_parameters_aside, 0, sizeof named / sizeof named[0]);
    tcase_add_test(tcase, knows_the_types_that_are_meant);
    suite_add_tcase(suite, tcase);
    return suite;
}
