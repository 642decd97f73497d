/* Charsets: labels, sniffing, decoding, the stage. */
#include <dirent.h>
#include <stdio.h>

#include "article/limits.h"
#include "decode/charset.h"
#include "support/support.h"

#define FOLDER "../shared/eval/html5lib/encoding"
#define FFFD "\xEF\xBF\xBD"
#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* A literal that may hold NUL bytes. */
#define BYTES(literal) {literal, sizeof(literal) - 1}

static void assert_name(const char *actual, const char *expected, const char *what)
{
    ck_assert_msg(expected ? actual && strcmp(actual, expected) == 0 : actual == NULL, "%s gives %s, not %s", what,
                  actual ? actual : "nothing", expected ? expected : "nothing");
}

/* --------------------------------------------------------------------- labels */

START_TEST(knows_labels)
{
    static const struct {
        const char *label, *encoding;
    } cases[] = {
        {"utf-8", "utf-8"},
        {"UTF8", "utf-8"},
        {" \tLatin1\n", "windows-1252"},
        {"us-ascii", "windows-1252"},
        {"iso-8859-9", "windows-1254"},
        {"GB2312", "gbk"},
        {"x-sjis", "shift_jis"},
        {"ks_c_5601-1987", "euc-kr"},
        {"big5-hkscs", "big5"},
        {"cp1251", "windows-1251"},
        {"866", "ibm866"},
        {"x-x-big5", "big5"},
        {"unicode", "utf-16le"},
        {"hz-gb-2312", "replacement"},
        {"utf-7", NULL},
        {"utf-32", NULL},
        {"", NULL},
        {"utf 8", NULL},
        {"a label that is longer than any of them", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_name(charset_from_label(slice_from_cstr(cases[i].label)), cases[i].encoding, cases[i].label);
}
END_TEST

/* ------------------------------------------------------------------- sniffing */

START_TEST(sniffs_pages_as_browsers_do)
{
    static const struct {
        const char *page, *content_type, *encoding;
    } cases[] = {
        {"<p>plain", NULL, "windows-1252"},
        {"<p>plain", "text/html", "windows-1252"},
        {"<p>plain", "text/html; charset=utf-8", "utf-8"},
        {"<p>plain", "text/html;charset=\"ISO-8859-2\"", "iso-8859-2"},
        {"<p>plain", "text/html; charset = koi8-r ; x=y", "koi8-r"},
        {"<p>plain", "text/html; charset=\"utf-8", "windows-1252"},
        {"<p>plain", "text/html; charset=unheard-of", "windows-1252"},
        {"\xEF\xBB\xBF<meta charset=koi8-r>", "text/html; charset=gbk", "utf-8"},
        {"<meta charset=koi8-r>", "text/html; charset=gbk", "gbk"},
        {"<meta charset=koi8-r>", "text/html; charset=unheard-of", "koi8-r"},
        {"<META CHARSET = 'Shift_JIS' >", NULL, "shift_jis"},
        {"<meta/charset=euc-kr>", NULL, "euc-kr"},
        {"<meta name=x charset=euc-kr charset=utf-8>", NULL, "euc-kr"},
        {"<meta http-equiv=Content-Type content='text/html; charset=big5'>", NULL, "big5"},
        {"<meta content='text/html; charset=big5' http-equiv=content-type>", NULL, "big5"},
        {"<meta content='text/html; charset=big5'>", NULL, "windows-1252"},
        {"<meta http-equiv=refresh content='charset=big5'>", NULL, "windows-1252"},
        {"<meta charset=utf-16>", NULL, "utf-8"},
        {"<meta charset=x-user-defined>", NULL, "windows-1252"},
        {"<meta charset=nonsense><meta charset=gbk>", NULL, "gbk"},
        {"<!-- <meta charset=gbk> --><meta charset=koi8-u>", NULL, "koi8-u"},
        {"<!--><meta charset=gbk>-->", NULL, "gbk"},
        {"<a title='<meta charset=gbk>'><meta charset=koi8-u>", NULL, "koi8-u"},
        {"</div <meta charset=gbk>", NULL, "windows-1252"},
        {"<?php <meta charset=gbk> ?>", NULL, "windows-1252"},
        {"<metadata charset=gbk>", NULL, "windows-1252"},
        {"<meta charset=gbk", NULL, "windows-1252"},
        {"<?xml version='1.0' encoding='iso-8859-15'?><html>", NULL, "iso-8859-15"},
        {"<?xml version='1.0' encoding='iso-8859-15'?><meta charset=gbk>", NULL, "gbk"},
        {"", NULL, "windows-1252"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_name(charset_of_page(slice_from_cstr(cases[i].page), slice_from_cstr(cases[i].content_type)),
                    cases[i].encoding, cases[i].page);
}
END_TEST

START_TEST(looks_no_further_than_1024_bytes)
{
    static const struct slice meta = BYTES("<meta charset=koi8-r>");
    char page[2048];
    memset(page, ' ', sizeof page);
    memcpy(page + 1024 - meta.len, meta.ptr, meta.len);
    assert_name(charset_prescan(slice_of(page, sizeof page)), "koi8-r", "meta that ends at 1024");
    memset(page, ' ', sizeof page);
    memcpy(page + 1025 - meta.len, meta.ptr, meta.len);
    assert_name(charset_prescan(slice_of(page, sizeof page)), NULL, "meta that ends at 1025");
}
END_TEST

static size_t run_dat_file(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, FOLDER "/%s", name);
    struct arena *arena = arena_create();
    struct slice file = support_file(arena, path);
    size_t at = 0, count = 0, data, mark;
    while ((data = slice_find(file, SLICE("#data\n"), at)) != SLICE_NOT_FOUND &&
           (mark = slice_find(file, SLICE("\n#encoding\n"), data)) != SLICE_NOT_FOUND) {
        struct slice bytes = slice_sub(file, data + 6, mark), wanted = slice_sub(file, mark + 11, file.len);
        size_t end = slice_find_byte(wanted, '\n', 0);
        wanted = slice_sub(wanted, 0, end);
        const char *found = charset_of_page(bytes, SLICE_NULL), *expected = charset_from_label(wanted);
        ck_assert_msg(expected && strcmp(found, expected) == 0, "%s: %s, not %.*s, for %.*s", name, found,
                      SLICE_ARG(wanted), SLICE_ARG(bytes));
        at = mark + 11;
        count++;
    }
    arena_destroy(arena);
    return count;
}

START_TEST(agrees_with_the_conformance_tests)
{
    DIR *folder = opendir(FOLDER);
    if (!folder) {
        printf("skipped: " FOLDER " is not here\n");
        return;
    }
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (slice_ends(slice_from_cstr(entry->d_name), SLICE(".dat")))
            count += run_dat_file(entry->d_name);
    closedir(folder);
    printf("html5lib encoding: %zu passed\n", count);
    ck_assert_uint_gt(count, 0);
}
END_TEST

/* ------------------------------------------------------------------- decoding */

START_TEST(decodes)
{
    static const struct {
        struct slice bytes;
        const char *encoding, *text;
    } cases[] = {
        {BYTES("caf\xE9 \x93q\x94 \x80\x81"), "windows-1252", "caf\u00E9 \u201Cq\u201D \u20AC\xC2\x81"},
        {BYTES("\xE9\x98"), "windows-1251", "\u0439\xC2\x98"},
        {BYTES("\xB9\xE6"), "iso-8859-2", "\u0161\u0107"},
        {BYTES("\xD0\xD2"), "koi8-r", "\u043F\u0440"},
        {BYTES("\xD6\xD0\xB9\xFA\x80"), "gbk", "\u4E2D\u56FD\u20AC"},
        {BYTES("\xA4\xA4\xB0\xEA"), "big5", "\u4E2D\u570B"},
        {BYTES("\x93\xFA\x96\x7B\x5C\x7E\x81\x60"), "shift_jis", "\u65E5\u672C\\~\uFF5E"},
        {BYTES("\xC6\xFC\xCB\xDC"), "euc-jp", "\u65E5\u672C"},
        {BYTES("\x1B$BF|K\\\x1B(B!"), "iso-2022-jp", "\u65E5\u672C!"},
        {BYTES("\xC7\xD1\xB1\xB9"), "euc-kr", "\uD55C\uAD6D"},
        {BYTES("\x81\x41"), "euc-kr", "\uAC02"}, /* beyond KS X 1001: UHC */
        {BYTES("\xFF\xFEH\0i\0"), "utf-16le", "Hi"},
        {BYTES("\xFE\xFF\0H\xD8\x3D\xDE\x00"), "utf-16be", "H\U0001F600"},
        {BYTES("\xD8\x00\0H"), "utf-16be", FFFD "H"},
        {BYTES("H\0i"), "utf-16le", "H" FFFD},
        {BYTES("\xEF\xBB\xBFx"), "utf-8", "x"},
        {BYTES("a\xE2\x82z\xF0\x9F\x98"), "utf-8", "a" FFFD "z" FFFD},
        {BYTES("\xC0\x80\xED\xA0\x80\xF5"), "utf-8", FFFD FFFD FFFD FFFD FFFD FFFD},
        {BYTES("\x93\x20z"), "shift_jis", FFFD " z"},
        {BYTES("\xD6"), "gbk", FFFD},
        {BYTES("whatever"), "replacement", FFFD},
        {BYTES("a\xFF"), "x-user-defined", "a\uF7FF"},
    };
    struct arena *arena = arena_create();
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct slice text = charset_decode(arena, cases[i].bytes, cases[i].encoding);
        ck_assert_msg(slice_equals(text, slice_from_cstr(cases[i].text)), "%s, case %zu: '%.*s', not '%s'",
                      cases[i].encoding, i, SLICE_ARG(text), cases[i].text);
    }
    arena_destroy(arena);
}
END_TEST

START_TEST(every_label_can_be_decoded)
{
    static const char *const labels[] = {
        "866", "l2", "l3", "l4", "cyrillic", "arabic", "greek", "hebrew", "logical", "l6", "iso-8859-13", "iso-8859-14",
        "l9", "iso-8859-16", "koi8", "koi8-ru", "mac", "tis-620", "cp1250", "cp1251", "l1", "cp1253", "l5", "cp1255",
        "cp1256", "cp1257", "cp1258", "x-mac-ukrainian", "chinese", "gb18030", "big5", "euc-jp", "iso-2022-jp", "sjis",
        "korean", "utf-16be", "utf-16", "x-user-defined", "utf-8",
    };
    struct arena *arena = arena_create();
    for (size_t i = 0; i < COUNT(labels); i++) {
        const char *encoding = charset_from_label(slice_from_cstr(labels[i]));
        ck_assert_msg(encoding != NULL, "%s", labels[i]);
        ck_assert_msg(!slice_is_null(charset_decode(arena, SLICE("a\0"), encoding)), "%s (%s)", labels[i], encoding);
    }
    arena_destroy(arena);
}
END_TEST

START_TEST(borrows_valid_utf8)
{
    struct arena *arena = arena_create();
    struct slice text = SLICE("Ein l\u00E4ngerer Satz, der \u00FCber sechzehn Bytes weit reicht.");
    ck_assert_ptr_eq(charset_decode(arena, text, "utf-8").ptr, text.ptr);
    ck_assert_uint_eq(arena_footprint(arena), 0);
    arena_destroy(arena);
}
END_TEST

/* ------------------------------------------------------------------- the stage */

START_TEST(settles_kind_and_charset)
{
    static const struct {
        struct slice input;
        const char *content_type;
        enum input_kind kind, settled;
        const char *charset, *text;
    } cases[] = {
        {BYTES("Gr\xFC\xDF" "e"), NULL, INPUT_TEXT, INPUT_TEXT, "windows-1252", "Gr\u00FC\u00DFe"},
        {BYTES("Gr\u00FC\u00DFe"), NULL, INPUT_TEXT, INPUT_TEXT, "utf-8", "Gr\u00FC\u00DFe"},
        {BYTES("\xEF\xBB\xBFGr\u00FC\u00DFe"), NULL, INPUT_TEXT, INPUT_TEXT, "utf-8", "Gr\u00FC\u00DFe"},
        {BYTES("\xCF\xF0"), "text/plain; charset=cp1251", INPUT_TEXT, INPUT_TEXT, "windows-1251", "\u041F\u0440"},
        {BYTES("<meta charset=gbk>"), NULL, INPUT_TEXT, INPUT_TEXT, "utf-8", "<meta charset=gbk>"},
        {BYTES("<p>Gr\xFC\xDF" "e"), NULL, INPUT_HTML, INPUT_HTML, "windows-1252", "<p>Gr\u00FC\u00DFe"},
        {BYTES("<p>Gr\u00FC\u00DFe"), NULL, INPUT_HTML, INPUT_HTML, "utf-8", "<p>Gr\u00FC\u00DFe"},
        {BYTES("<p>a\0b"), NULL, INPUT_HTML, INPUT_HTML, "windows-1252", "<p>ab"},
        {BYTES("<meta charset=cp1251>\xCF"), NULL, INPUT_HTML, INPUT_HTML, "windows-1251", "<meta charset=cp1251>\u041F"},
        {BYTES("<meta charset=latin1>\u00E4\u00F6\u00FC"), NULL, INPUT_HTML, INPUT_HTML, "windows-1252",
         "<meta charset=latin1>\u00C3\u00A4\u00C3\u00B6\u00C3\u00BC"},
        {BYTES("<meta charset=latin1>\u041F\u0440\u0438\u0432\u0435\u0442 \u0432\u0441\u0435\u043C"), NULL, INPUT_HTML,
         INPUT_HTML, "utf-8", "<meta charset=latin1>\u041F\u0440\u0438\u0432\u0435\u0442 \u0432\u0441\u0435\u043C"},
        {BYTES("<p>\u00E4\u00E4\u00E4\u00E4\u00E4\u00E4\u00E4\u00E4"), "text/html; charset=latin2", INPUT_HTML, INPUT_HTML,
         "iso-8859-2",
         "<p>\u0102\u00A4\u0102\u00A4\u0102\u00A4\u0102\u00A4\u0102\u00A4\u0102\u00A4\u0102\u00A4\u0102\u00A4"},
        {BYTES("<meta charset=utf-8>Gr\xFC\xDF" "e"), NULL, INPUT_HTML, INPUT_HTML, "windows-1252",
         "<meta charset=utf-8>Gr\u00FC\u00DFe"},
        {BYTES("<meta charset=utf-8>Gr\xFC\xDF" "e \u00E4"), NULL, INPUT_HTML, INPUT_HTML, "utf-8",
         "<meta charset=utf-8>Gr\uFFFD\uFFFDe \u00E4"},
        {BYTES("\xFF\xFE<\0p\0>\0"), NULL, INPUT_SNIFF, INPUT_HTML, "utf-16le", "<p>"},
        {BYTES(" \n<!DOCTYPE HTML><p>a"), NULL, INPUT_SNIFF, INPUT_HTML, "windows-1252", " \n<!DOCTYPE HTML><p>a"},
        {BYTES("<!-- x --><html>"), NULL, INPUT_SNIFF, INPUT_HTML, "windows-1252", "<!-- x --><html>"},
        {BYTES("<?xml version='1.0'?>\n<html lang=de>"), NULL, INPUT_SNIFF, INPUT_HTML, "windows-1252",
         "<?xml version='1.0'?>\n<html lang=de>"},
        {BYTES("<bold claims>"), NULL, INPUT_SNIFF, INPUT_TEXT, "utf-8", "<bold claims>"},
        {BYTES("MOSCOW, Jan 5 <p>"), NULL, INPUT_SNIFF, INPUT_TEXT, "utf-8", "MOSCOW, Jan 5 <p>"},
        {BYTES("Moscow"), "text/html", INPUT_SNIFF, INPUT_HTML, "windows-1252", "Moscow"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct job *job = support_job(cases[i].kind, cases[i].input);
        job->content_type = slice_from_cstr(cases[i].content_type);
        ck_assert_msg(decode_run(job) == ERR_NONE, "case %zu: %s", i, error_info(job->err)->code);
        ck_assert_msg(job->kind == cases[i].settled, "case %zu: kind %d", i, job->kind);
        ck_assert_str_eq(job->article.charset, cases[i].charset);
        ck_assert_slice_eq(job_is_page(job) ? job->input : job->article.text, cases[i].text);
        ck_assert_uint_eq(job->input_bytes, cases[i].input.len);
        support_job_free(job);
    }
}
END_TEST

START_TEST(refuses_what_is_no_text)
{
    static const struct {
        struct slice input;
        enum err err;
        const char *detail; /* holds this */
    } cases[] = {
        {BYTES("%PDF-1.7\nxyz"), ERR_UNDECODABLE, "PDF"},
        {BYTES("\x89PNG\r\n\x1A\n"), ERR_UNDECODABLE, "PNG"},
        {BYTES("\x1F\x8B\x08\0\0"), ERR_UNDECODABLE, "gzip"},
        {BYTES("RIFF\1\2\3\4WEBPVP8"), ERR_UNDECODABLE, "image"},
        {BYTES("\0\1\2\3\4\5\6\7 abc"), ERR_UNDECODABLE, "binary"},
        {BYTES(""), ERR_NO_TEXT, "empty"},
        {BYTES(" \n\t "), ERR_NO_TEXT, "empty"},
        {BYTES("\xEF\xBB\xBF"), ERR_NO_TEXT, "empty"},
        {BYTES("\xEF\xBB\xBF \n"), ERR_NO_TEXT, "empty"},
    };
    static const enum input_kind kinds[] = {INPUT_HTML, INPUT_TEXT, INPUT_SNIFF};
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t k = 0; k < COUNT(kinds); k++) {
            struct job *job = support_job(kinds[k], cases[i].input);
            ck_assert_msg(decode_run(job) == cases[i].err, "case %zu: %s", i, error_info(job->err)->code);
            ck_assert_msg(slice_contains_nocase(job->detail, slice_from_cstr(cases[i].detail)), "case %zu: %.*s", i,
                          SLICE_ARG(job->detail));
            support_job_free(job);
        }
}
END_TEST

START_TEST(refuses_a_page_of_nuls)
{
    struct job *job = support_job(INPUT_HTML, slice_of(" \0\0\n", 4));
    ck_assert_int_eq(decode_run(job), ERR_NO_TEXT);
    support_job_free(job);
}
END_TEST

START_TEST(refuses_what_is_too_large)
{
    size_t len = (size_t)LIMIT_INPUT_BYTES + 1;
    struct arena *arena = arena_create();
    char *bytes = arena_alloc(arena, len);
    memset(bytes, 'a', len);
    struct job *job = support_job(INPUT_TEXT, slice_of(bytes, len));
    ck_assert_int_eq(decode_run(job), ERR_BODY_TOO_LARGE);
    support_job_free(job);
    arena_destroy(arena);
}
END_TEST

Suite *charset_suite(void)
{
    Suite *suite = suite_create("charset");
    TCase *tcase = tcase_create("charset");
    tcase_add_test(tcase, knows_labels);
    tcase_add_test(tcase, sniffs_pages_as_browsers_do);
    tcase_add_test(tcase, looks_no_further_than_1024_bytes);
    tcase_add_test(tcase, agrees_with_the_conformance_tests);
    tcase_add_test(tcase, decodes);
    tcase_add_test(tcase, every_label_can_be_decoded);
    tcase_add_test(tcase, borrows_valid_utf8);
    tcase_add_test(tcase, settles_kind_and_charset);
    tcase_add_test(tcase, refuses_what_is_no_text);
    tcase_add_test(tcase, refuses_a_page_of_nuls);
    tcase_add_test(tcase, refuses_what_is_too_large);
    suite_add_tcase(suite, tcase);
    return suite;
}
