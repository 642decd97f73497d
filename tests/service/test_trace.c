#include <check.h>

#include "service/trace.h"

#define TRACE "4bf92f3577b34da6a3ce929d0e0e4736"
#define SPAN "00f067aa0ba902b7"

static const struct {
    const char *sent;
    bool good;
} sent[] = {
    {"00-" TRACE "-" SPAN "-01", true},
    {"00-" TRACE "-" SPAN "-00", true},
    {"01-" TRACE "-" SPAN "-01", true},
    {"cc-" TRACE "-" SPAN "-01-what-comes-later", true},
    {"cc-" TRACE "-" SPAN "-01.what", false},
    {"00-" TRACE "-" SPAN "-01-", false},
    {"ff-" TRACE "-" SPAN "-01", false},
    {"0-" TRACE "-" SPAN "-01", false},
    {"00-" TRACE "-" SPAN "-0", false},
    {"00-" TRACE "-" SPAN "-0g", false},
    {"00-4BF92F3577B34DA6A3CE929D0E0E4736-" SPAN "-01", false},
    {"00-00000000000000000000000000000000-" SPAN "-01", false},
    {"00-" TRACE "-0000000000000000-01", false},
    {"00_" TRACE "-" SPAN "-01", false},
    {"00-" TRACE SPAN "-01", false},
    {"", false},
    {" 00-" TRACE "-" SPAN "-01", false},
};

START_TEST(reads_well_formed_ones_only)
{
    struct trace trace = trace_begin(slice_from_cstr(sent[_i].sent));
    ck_assert_msg((trace.trace_id[0] != '\0') == sent[_i].good, "%s", sent[_i].sent);
    ck_assert(slice_is_null(trace_for_others(&trace)) == !sent[_i].good);
}
END_TEST

/* The trace and its flags stay, the span is a new one each time. */
START_TEST(passes_on_a_span_of_its_own)
{
    struct trace one = trace_begin(SLICE("00-" TRACE "-" SPAN "-01")), other = trace_begin(SLICE("cc-" TRACE "-" SPAN "-00-x"));
    ck_assert_str_eq(one.trace_id, TRACE);
    ck_assert(strlen(one.span_id) == 16 && strcmp(one.span_id, SPAN) != 0 && strcmp(one.span_id, other.span_id) != 0);
    struct slice parent = trace_for_others(&one);
    ck_assert_uint_eq(parent.len, 55);
    ck_assert(slice_starts(parent, SLICE("00-" TRACE "-")) && slice_ends(parent, SLICE("-01")));
    ck_assert(slice_equals(slice_sub(parent, 36, 52), slice_from_cstr(one.span_id)));
    ck_assert(slice_ends(trace_for_others(&other), SLICE("-00")));
}
END_TEST

Suite *trace_suite(void)
{
    Suite *suite = suite_create("trace");
    TCase *tcase = tcase_create("trace");
    tcase_add_loop_test(tcase, reads_well_formed_ones_only, 0, (int)(sizeof sent / sizeof sent[0]));
    tcase_add_test(tcase, passes_on_a_span_of_its_own);
    suite_add_tcase(suite, tcase);
    return suite;
}
