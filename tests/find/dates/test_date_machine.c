#include "find/dates/date_machine.h"
#include "find/dates/date_url.h"
#include "support/support.h"

static const struct {
    const char *value, *expected; /* NULL: no date */
} fields[] = {
    {"2024-03-14", "2024-03-14"},
    {"2024-03-14T10:32:00Z", "2024-03-14T10:32:00Z"},
    {"2024-03-14T10:32:00.123456+01:00", "2024-03-14T10:32:00+01:00"},
    {"2024-03-14 10:32:00 +0100", "2024-03-14T10:32:00+01:00"},
    {"2024-03-14 10:32", "2024-03-14T10:32:00"},
    {"2024-03-14 10:32 PM", "2024-03-14T22:32:00"},
    {"2022-5-5", "2022-05-05"},
    {"2022-5-5 9:05", "2022-05-05T09:05:00"},
    {"2020-08-25|00h23", "2020-08-25T00:23:00"},
    {"20200607T1200", "2020-06-07T12:00:00"},
    {"20200607T120059Z", "2020-06-07T12:00:59Z"},
    {"20200607", "2020-06-07"},
    {"20200607120059", NULL},
    {"2020/06/07", "2020-06-07"},
    {"2020.06.07 12:30", "2020-06-07T12:30:00"},
    {"2020-06-07+02:00", "2020-06-07T02:00:00"},
    {"2020-06-07T12:00:00 UTC", "2020-06-07T12:00:00Z"},
    {"2020-06-07T12:00:00GMT+0200", "2020-06-07T12:00:00+02:00"},
    {"2020-06-07T25:00:00Z", "2020-06-07"},
    {"1591531200", "2020-06-07T12:00:00Z"},
    {"1591531200000", "2020-06-07T12:00:00Z"},
    {"0", NULL},
    {"123456789", NULL},
    {"Tue, 15 Sep 2020 10:01:41 GMT", "2020-09-15T10:01:41Z"},
    {"Tue, Sep 15 2020 10:01:41 EDT", "2020-09-15T10:01:41-04:00"},
    {"Tue Sep 15 10:01:41 CEST 2020", "2020-09-15T10:01:41+02:00"},
    {"06.07.2020 12:30", "2020-07-06T12:30:00"},
    {"23/04/2024 - 11:42", "2024-04-23T11:42:00"},
    {"September 15, 2020", "2020-09-15"},
    {"Published: 15 September 2020, 10:01", "2020-09-15T10:01:00"},
    {"Erstellt am15.09.2020", "2020-09-15"},
    {"26 | 01 | 2022", "2022-01-26"},
    {"0001-01-01T00:00:00Z", NULL},
    {"1970-01-01T00:00:00Z", NULL},
    {"0000-00-00 00:00:00", NULL},
    {"2024-02-30", NULL},
    {"2024-03", NULL},
    {"2024", NULL},
    {"3 hours ago", NULL},
    {"PT5M", NULL},
    {"-0001-11-30T00:00:00+00:00", NULL},
    {"{{ page.date }}", NULL},
};

static const struct {
    const char *url, *expected;
} urls[] = {
    {"https://example.org/2020/11/30/title/", "2020-11-30"},
    {"https://example.org/2020-11-30-title", "2020-11-30"},
    {"https://example.org/news/20201130/title", "2020-11-30"},
    {"https://example.org/world/2020/nov/30/title", "2020-11-30"},
    {"https://example.org/2020/1130/c90000-1.html", "2020-11-30"},
    {"https://example.org/2020/7/5/title", "2020-07-05"},
    {"https://example.org/a?date=2020-11-30", "2020-11-30"},
    {"https://example.org/title-30-11-2020.html", "2020-11-30"},
    {"https://example.org/title-05-11-2020.html", NULL},
    {"https://example.org/2020/11/title", "2020-11"},
    {"https://archive.example/web/20160526181643/http://example.org/2012/08/02/title", "2012-08-02"},
    {"https://archive.example/web/20160526181643/http://example.org/title", NULL},
    {"https://example.org/2020/13/30/", NULL},
    {"https://example.org/article/123456789", NULL},
    {"https://example.org/1920/11/30", NULL},
    {"https://2020-11-30.example.org/title", NULL},
    {"https://example.org/a#2020-11-30", NULL},
    {"https://example.org/2020-11", NULL},
    {"https://example.org/p2020/11/30", NULL},
    {"", NULL},
};

static const struct {
    const char *language, *value, *expected;
} lines[] = {
#include "find/dates/dates_lines.inc"
};

static const struct date_vocabulary *vocabulary(struct arena *arena)
{
    return date_words_create(arena, support_knowledge()->lexicon);
}

START_TEST(reads_fields)
{
    struct arena *arena = arena_create();
    struct date_grammar grammar = date_grammar_make(arena, vocabulary(arena));
    struct date_style style = {.language = date_words_language(grammar.lexicon, SLICE("en")), .lenient = true};
    struct date_mention mention;
    bool found = date_machine_read(&grammar, slice_from_cstr(fields[_i].value), style, &mention);
    ck_assert_msg(found == (fields[_i].expected != NULL), "%s", fields[_i].value);
    if (found)
        ck_assert_slice_eq(edtf_write(arena, &mention.value), fields[_i].expected);
    arena_destroy(arena);
}
END_TEST

START_TEST(reads_lines_of_many_languages)
{
    struct arena *arena = arena_create();
    struct date_grammar grammar = date_grammar_make(arena, vocabulary(arena));
    struct slice language = slice_from_cstr(lines[_i].language);
    struct date_style style = {.language = date_words_language(grammar.lexicon, language), .lenient = true};
    struct date_mention mention;
    bool found = date_machine_read(&grammar, slice_from_cstr(lines[_i].value), style, &mention);
    struct slice value = found ? edtf_write(arena, &mention.value) : SLICE("(none)");
    ck_assert_msg(slice_equals(value, slice_from_cstr(lines[_i].expected)), "%s %s: %.*s", lines[_i].language,
                  lines[_i].value, SLICE_ARG(value));
    arena_destroy(arena);
}
END_TEST

START_TEST(reads_urls)
{
    struct arena *arena = arena_create();
    struct edtf value;
    bool found = date_url_read(vocabulary(arena), slice_from_cstr(urls[_i].url), &value);
    ck_assert_msg(found == (urls[_i].expected != NULL), "%s", urls[_i].url);
    if (found)
        ck_assert_slice_eq(edtf_write(arena, &value), urls[_i].expected);
    arena_destroy(arena);
}
END_TEST

Suite *date_machine_suite(void)
{
    Suite *suite = suite_create("date_machine");
    TCase *tcase = tcase_create("date_machine");
    tcase_add_loop_test(tcase, reads_fields, 0, sizeof fields / sizeof fields[0]);
    tcase_add_loop_test(tcase, reads_lines_of_many_languages, 0, sizeof lines / sizeof lines[0]);
    tcase_add_loop_test(tcase, reads_urls, 0, sizeof urls / sizeof urls[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
