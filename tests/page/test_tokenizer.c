/* The tokenizer: what each piece of HTML becomes, what it borrows, and that it stays linear. */
#include "page/tokenizer.h"

#include <time.h>

#include "article/limits.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "support/support.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])
/* A literal that may hold NUL bytes. */
#define BYTES(literal) {literal, sizeof(literal) - 1}
#define FFFD "\xEF\xBF\xBD"

/* ------------------------------------------------------------- tokens as a line */

static void write_tag(struct buffer *out, const struct html_token *token)
{
    buffer_printf(out, "(%s%.*s", token->kind == HTML_END_TAG ? "/" : "", SLICE_ARG(token->name));
    for (size_t i = 0; i < token->attribute_count; i++)
        buffer_printf(out, " %.*s=%.*s", SLICE_ARG(token->attributes[i].name), SLICE_ARG(token->attributes[i].value));
    buffer_append_cstr(out, token->self_closing ? " /)" : ")");
}

static void write_doctype(struct buffer *out, const struct html_token *token)
{
    const struct slice parts[] = {token->name, token->public_id, token->system_id};
    buffer_append_cstr(out, token->force_quirks ? "(!quirks" : "(!");
    for (size_t i = 0; i < COUNT(parts); i++)
        if (slice_is_null(parts[i]))
            buffer_append_cstr(out, " -");
        else
            buffer_printf(out, " %.*s", SLICE_ARG(parts[i]));
    buffer_append_cstr(out, ")");
}

static void write_token(struct buffer *out, const struct html_token *token)
{
    switch (token->kind) {
    case HTML_TEXT: buffer_append(out, token->text); break;
    case HTML_COMMENT: buffer_printf(out, "(#%.*s)", SLICE_ARG(token->text)); break;
    case HTML_DOCTYPE: write_doctype(out, token); break;
    case HTML_START_TAG:
    case HTML_END_TAG: write_tag(out, token); break;
    case HTML_END: break;
    }
}

static void write_all(struct arena *arena, struct slice html, bool foreign, struct buffer *out)
{
    struct tokenizer *tokenizer = tokenizer_create(arena, html);
    tokenizer_set_foreign(tokenizer, foreign);
    struct html_token token;
    while (tokenizer_next(tokenizer, &token))
        write_token(out, &token);
    ck_assert(token.kind == HTML_END && !tokenizer_next(tokenizer, &token));
}

struct reading {
    const char *html, *tokens;
};

static void check_readings(const struct reading *readings, size_t count, bool foreign)
{
    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_create();
        struct buffer out = buffer_make(1u << 16);
        write_all(arena, slice_from_cstr(readings[i].html), foreign, &out);
        ck_assert_msg(slice_equals(buffer_slice(&out), slice_from_cstr(readings[i].tokens)), "%s\n  gives    %.*s\n  not      %s",
                      readings[i].html, SLICE_ARG(buffer_slice(&out)), readings[i].tokens);
        buffer_free(&out);
        arena_destroy(arena);
    }
}

/* ---------------------------------------------------------------------- reading */

START_TEST(reads_tags)
{
    static const struct reading readings[] = {
        {"<p>a</p>", "(p)a(/p)"},
        {"<P CLASS=Big ID='x y' hidden>", "(p class=Big id=x y hidden=)"},
        {"<a href=/x/y/>z", "(a href=/x/y/)z"},
        {"<br/><br / ><br /x>", "(br /)(br)(br x=)"},
        {"<a\tb\n=\f'c'\rd>", "(a b=c d=)"},
        {"<a b=1 B=2 b>", "(a b=1)"},
        {"<a b='1'c=\"2\"d=3>", "(a b=1 c=2 d=3)"},
        {"<a =x b= >", "(a =x= b=)"},
        {"<a b=c\"d'e=f<g>h", "(a b=c\"d'e=f<g)h"},
        {"<a \"b' c>", "(a \"b'= c=)"},
        {"</p class=x>", "(/p)"},
        {"</ p></>x<//>", "(# p)x(#/)"},
        {"a < b <3 c<", "a < b <3 c<"},
        {"x</", "x</"},
        {"x<p title='y", "x"},
        {"x<p title=y", "x"},
        {"x<p", "x"},
        {"<x-y:z>", "(x-y:z)"},
        {"<p<b>", "(p<b)"},
    };
    check_readings(readings, COUNT(readings), false);
}
END_TEST

START_TEST(reads_references)
{
    static const struct reading readings[] = {
        {"&amp;&lt;&quot;&nbsp;&apos;", "&<\"\u00A0'"},
        {"&ampx &copy2 &notit; &notin;", "&x \u00A92 \u00ACit; \u2209"},
        {"&nosuch; &; & &", "&nosuch; &; & &"},
        {"&#65;&#x42;&#X43&#68.", "ABCD."},
        {"&#; &#x; &#xg", "&#; &#x; &#xg"},
        {"&#0;&#xD800;&#x110000;&#99999999999999999999;", FFFD FFFD FFFD FFFD},
        {"&#128;&#x9f;&#150;", "\u20AC\u0178\u2013"},
        {"&NotEqualTilde;&nGt;&ThickSpace;", "\u2242\u0338\u226B\u20D2\u205F\u200A"},
        {"&CounterClockwiseContourIntegral;", "\u2233"},
        {"&CounterClockwiseContourIntegralX;", "&CounterClockwiseContourIntegralX;"},
        {"<a t='&amp;&copy;&copy=1&copyx&copy'>", "(a t=&\u00A9&copy=1&copyx\u00A9)"},
        {"<a t=?a&lt=1&amp;b&gt>", "(a t=?a&lt=1&b>)"},
        {"<title>a&amp;b</title>", "(title)a&b(/title)"},
        {"<style>a&amp;b</style>", "(style)a&amp;b(/style)"},
        {"<!--&amp;-->", "(#&amp;)"},
    };
    check_readings(readings, COUNT(readings), false);
}
END_TEST

START_TEST(reads_raw_text)
{
    static const struct reading readings[] = {
        {"<title>a<b></b></titl></title >x", "(title)a<b></b></titl>(/title)x"},
        {"<TEXTAREA>&lt;</b></TextArea x=1>y", "(textarea)<</b>(/textarea)y"},
        {"<style>a>b{}</style/><p>", "(style)a>b{}(/style /)(p)"},
        {"<script>if(a<b)'</scr'+'ipt>'</script>z", "(script)if(a<b)'</scr'+'ipt>'(/script)z"},
        {"<script></script>z", "(script)(/script)z"},
        {"<script/>a</script>z", "(script /)a(/script)z"},
        {"<script>a</scripts></script", "(script)a</scripts></script"},
        {"<script>a</script x", "(script)a"},
        {"<script><!-- a </script>z", "(script)<!-- a (/script)z"},
        {"<script><!-- <script> </script> --> b</script>z", "(script)<!-- <script> </script> --> b(/script)z"},
        {"<script><!-- <script> --></script>z", "(script)<!-- <script> -->(/script)z"},
        {"<script><!--> <script> </script>z", "(script)<!--> <script> (/script)z"},
        {"<script><!-- <scripty> </script>z", "(script)<!-- <scripty> (/script)z"},
        {"<script><!-- <SCRIPT/ </Script </script>z", "(script)<!-- <SCRIPT/ </Script (/script)z"},
        {"<script><!-- <script> </script>z", "(script)<!-- <script> </script>z"},
        {"<xmp><p></xmp><iframe><p></iframe><noframes><p></noframes>", "(xmp)<p>(/xmp)(iframe)<p>(/iframe)(noframes)<p>(/noframes)"},
        {"<noscript><p>x</noscript>", "(noscript)(p)x(/noscript)"},
        {"<plaintext></plaintext>&amp;", "(plaintext)</plaintext>&amp;"},
    };
    check_readings(readings, COUNT(readings), false);
}
END_TEST

START_TEST(reads_comments)
{
    static const struct reading readings[] = {
        {"<!--a-->b", "(#a)b"},
        {"<!---->b<!-->c<!--->d", "(#)b(#)c(#)d"},
        {"<!--a--!>b<!----!>c", "(#a)b(#)c"},
        {"<!---!>b-->", "(#-!>b)"},
        {"<!--!>b-->", "(#!>b)"},
        {"<!--a--b- ->c--->d", "(#a--b- ->c-)d"},
        {"<!--a<!--b-->c", "(#a<!--b)c"},
        {"<!--a", "(#a)"},
        {"<!--a-", "(#a)"},
        {"<!--a--", "(#a)"},
        {"<!--a--!", "(#a)"},
        {"<!--", "(#)"},
        {"<!-a>b<!>c<?php d?>e", "(#-a)b(#)c(#?php d?)e"},
        {"<![CDATA[x<y]]>z", "(#[CDATA[x<y]])z"},
        {"<!--[if lt IE 9]><p><![endif]-->", "(#[if lt IE 9]><p><![endif])"},
    };
    check_readings(readings, COUNT(readings), false);
}
END_TEST

START_TEST(reads_doctypes)
{
    static const struct reading readings[] = {
        {"<!DOCTYPE html>", "(! html - -)"},
        {"<!doctypeHTML >x", "(! html - -)x"},
        {"<!DOCTYPE>", "(!quirks - - -)"},
        {"<!DOCTYPE", "(!quirks - - -)"},
        {"<!DOCTYPE a", "(!quirks a - -)"},
        {"<!DOCTYPE html PUBLIC \"-//W3C//DTD\" 'http://x'>", "(! html -//W3C//DTD http://x)"},
        {"<!DOCTYPE html PUBLIC \"\">", "(! html  -)"},
        {"<!DOCTYPE html system 'about:legacy-compat' y>x", "(! html - about:legacy-compat)x"},
        {"<!DOCTYPE html PUBLIC>x", "(!quirks html - -)x"},
        {"<!DOCTYPE html PUBLIC 'a>x", "(!quirks html a -)x"},
        {"<!DOCTYPE html PUBLIC 'a' b>x", "(!quirks html a -)x"},
        {"<!DOCTYPE html SYSTEM b>x", "(!quirks html - -)x"},
        {"<!DOCTYPE html other>x", "(!quirks html - -)x"},
    };
    check_readings(readings, COUNT(readings), false);
}
END_TEST

START_TEST(reads_foreign_content)
{
    static const struct reading readings[] = {
        {"<![CDATA[a<b>&amp;]]]>c&amp;", "a<b>&amp;]c&"},
        {"<![CDATA[]]>x<![CDATA[y", "xy"},
        {"<title/>a<b><script>c<d></script>", "(title /)a(b)(script)c(d)(/script)"},
    };
    check_readings(readings, COUNT(readings), true);
}
END_TEST

START_TEST(normalises_newlines_and_nuls)
{
    static const struct {
        struct slice html;
        struct slice tokens;
    } cases[] = {
        {BYTES("a\r\nb\rc\n\rd"), BYTES("a\nb\nc\n\nd")},
        {BYTES("<script>\r\n</script>"), BYTES("(script)\n(/script)")},
        {BYTES("<!--\r-->"), BYTES("(#\n)")},
        {BYTES("<a b='\r\n' \r\n c=\r\nd>"), BYTES("(a b=\n c=d)")},
        {BYTES("a\0b"), BYTES("a\0b")},
        {BYTES("<a\0b c\0='\0'>"), BYTES("(a" FFFD "b c" FFFD "=" FFFD ")")},
        {BYTES("<title>\0</title>"), BYTES("(title)" FFFD "(/title)")},
        {BYTES("<script>\0</script>"), BYTES("(script)" FFFD "(/script)")},
        {BYTES("<!--\0-->"), BYTES("(#" FFFD ")")},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena *arena = arena_create();
        struct buffer out = buffer_make(1u << 16);
        write_all(arena, cases[i].html, false, &out);
        ck_assert_msg(slice_equals(buffer_slice(&out), cases[i].tokens), "case %zu: %.*s", i, SLICE_ARG(buffer_slice(&out)));
        buffer_free(&out);
        arena_destroy(arena);
    }
}
END_TEST

/* ---------------------------------------------------------------------- promises */

START_TEST(tells_tags_raw_text_and_places)
{
    struct arena *arena = arena_create();
    struct slice html = SLICE("ab<H1>c</h1><nope><script>d</script>");
    static const struct {
        enum html_token_kind kind;
        enum html_tag tag;
        size_t offset;
        bool raw;
    } expected[] = {
        {HTML_TEXT, TAG_OTHER, 0, false},     {HTML_START_TAG, TAG_H1, 2, false},     {HTML_TEXT, TAG_OTHER, 6, false},
        {HTML_END_TAG, TAG_H1, 7, false},     {HTML_START_TAG, TAG_OTHER, 12, false}, {HTML_START_TAG, TAG_SCRIPT, 18, false},
        {HTML_TEXT, TAG_OTHER, 26, true},     {HTML_END_TAG, TAG_SCRIPT, 27, false},
    };
    struct tokenizer *tokenizer = tokenizer_create(arena, html);
    struct html_token token;
    for (size_t i = 0; i < COUNT(expected); i++) {
        ck_assert(tokenizer_next(tokenizer, &token));
        ck_assert_msg(token.kind == expected[i].kind && token.tag == expected[i].tag && token.raw == expected[i].raw &&
                          token.offset == expected[i].offset,
                      "token %zu: kind %d, tag %d, offset %zu", i, token.kind, token.tag, token.offset);
    }
    ck_assert(!tokenizer_next(tokenizer, &token));
    ck_assert_uint_eq(token.offset, html.len);
    arena_destroy(arena);
}
END_TEST

static bool lies_within(struct slice inner, struct slice outer)
{
    return inner.ptr >= outer.ptr && inner.ptr + inner.len <= outer.ptr + outer.len;
}

START_TEST(borrows_what_does_not_change)
{
    struct arena *arena = arena_create();
    struct slice html = SLICE("text <p class=\"a b\" id=c>more\n<!--x--><script>y&amp;</script>");
    struct tokenizer *tokenizer = tokenizer_create(arena, html);
    struct html_token token;
    while (tokenizer_next(tokenizer, &token)) {
        ck_assert(slice_is_null(token.text) || lies_within(token.text, html));
        ck_assert(slice_is_null(token.name) || lies_within(token.name, html));
        for (size_t i = 0; i < token.attribute_count; i++)
            ck_assert(lies_within(token.attributes[i].name, html) && lies_within(token.attributes[i].value, html));
    }
    arena_destroy(arena);
}
END_TEST

START_TEST(finds_attributes)
{
    struct arena *arena = arena_create();
    struct tokenizer *tokenizer = tokenizer_create(arena, SLICE("<meta Content='x' itemprop>"));
    struct html_token token;
    ck_assert(tokenizer_next(tokenizer, &token));
    ck_assert_slice_eq(html_token_attribute(&token, SLICE("content")), "x");
    ck_assert(!slice_is_null(html_token_attribute(&token, SLICE("itemprop"))));
    ck_assert(slice_is_null(html_token_attribute(&token, SLICE("name"))));
    struct slice plain = SLICE("nothing to decode");
    ck_assert_ptr_eq(html_decode_references(arena, plain).ptr, plain.ptr);
    ck_assert_slice_eq(html_decode_references(arena, SLICE("a &amp;amp; &quot;b&quot")), "a &amp; \"b\"");
    arena_destroy(arena);
}
END_TEST

START_TEST(knows_all_tag_names)
{
    for (int tag = TAG_OTHER + 1; tag < TAG_COUNT; tag++)
        ck_assert_int_eq(html_tag_from_name(html_tag_name((enum html_tag)tag)), tag);
    static const char *const others[] = {"", "a1", "h7", "x", "zz", "blockquotes", "captio", "spa", "other", "-", "\xC3\xA4"};
    for (size_t i = 0; i < COUNT(others); i++)
        ck_assert_int_eq(html_tag_from_name(slice_from_cstr(others[i])), TAG_OTHER);
}
END_TEST

START_TEST(caps_attributes)
{
    struct buffer html = buffer_make(1u << 24);
    buffer_append_cstr(&html, "<p");
    for (int i = 0; i < 30000; i++)
        buffer_printf(&html, " a%d=%d a%d=again", i % 20000, i, i % 1000);
    buffer_append_cstr(&html, ">x");
    struct arena *arena = arena_create();
    struct tokenizer *tokenizer = tokenizer_create(arena, buffer_slice(&html));
    struct html_token token;
    ck_assert(tokenizer_next(tokenizer, &token));
    ck_assert_uint_eq(token.attribute_count, LIMIT_ATTRIBUTES);
    ck_assert_slice_eq(html_token_attribute(&token, SLICE("a0")), "0");
    ck_assert_slice_eq(html_token_attribute(&token, SLICE("a255")), "255");
    ck_assert(tokenizer_next(tokenizer, &token));
    ck_assert_slice_eq(token.text, "x");
    arena_destroy(arena);
    buffer_free(&html);
}
END_TEST

/* ---------------------------------------------------------------------- linearity */

/* Each is repeated to some megabytes; none may cost more than a small multiple of the bytes. */
static const char *const hostile[] = {
    "<", "<a", "<a ", "</", "<!", "<!-", "<!--", "<!---", "<!-->", "<?", "&", "&#", "&#x", "&#1", "&a", "&amp", "&notit;",
    "&CounterClockwiseContourIntegra", "<p a=&", "<p a='", "<a b=c ", "<a/", "<script>", "<script><!--", "<script><!--<script ",
    "<!--<script></script>", "<title>", "</title>", "<style></style", "<textarea></text", "<plaintext>", "<![CDATA[", "]]>",
    "\r", "\r\n", "--", "-->", "<!doctype ", "<!doctype a public '", "<svg><title/>", "<b><i></b>", "=", "\"", "<x A=1 ", "A",
};

static const char *const openings[] = {"", "<script>", "<script><!--", "<title>", "<!--", "<p ", "<p a='", "<!doctype html public \""};

/* CPU time, which other work on the machine lengthens less than it does the clock's. */
static int64_t cpu_time_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t time_to_read(struct slice html)
{
    struct arena *arena = arena_create();
    struct tokenizer *tokenizer = tokenizer_create(arena, html);
    struct html_token token;
    int64_t start = cpu_time_ns();
    while (tokenizer_next(tokenizer, &token))
        continue;
    int64_t taken = cpu_time_ns() - start;
    arena_destroy(arena);
    return taken;
}

static struct slice repeat(struct buffer *out, const char *opening, const char *piece, size_t len)
{
    buffer_clear(out);
    buffer_append_cstr(out, opening);
    while (out->len < len)
        buffer_append_cstr(out, piece);
    return buffer_slice(out);
}

#define SMALL ((size_t)64 << 10)
#define TIMES 16
/* Per byte, a large input may cost five times a small one (caches, a busy machine); with a quadratic step
 * it costs sixteen times. What takes less than two milliseconds is not told apart from noise. */
#define LARGEST_RATIO (5 * TIMES)
#define NOISE_NS (2 * CLOCK_NS_PER_MS)
#define ATTEMPTS 5

/* A disturbance may make one attempt look bad; a quadratic step makes all of them. */
static bool is_linear(struct buffer *html, const char *opening, const char *piece)
{
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        int64_t small = time_to_read(repeat(html, opening, piece, SMALL));
        int64_t large = time_to_read(repeat(html, opening, piece, TIMES * SMALL));
        if (large < NOISE_NS || large < small * LARGEST_RATIO)
            return true;
    }
    return false;
}

START_TEST(stays_linear)
{
    struct buffer html = buffer_make(4 * TIMES * SMALL);
    for (size_t i = 0; i < COUNT(hostile); i++)
        ck_assert_msg(is_linear(&html, openings[_i], hostile[i]), "'%s' repeated after '%s'", hostile[i], openings[_i]);
    buffer_free(&html);
}
END_TEST

Suite *tokenizer_suite(void)
{
    Suite *suite = suite_create("tokenizer");
    TCase *tcase = tcase_create("tokenizer");
    tcase_add_test(tcase, reads_tags);
    tcase_add_test(tcase, reads_references);
    tcase_add_test(tcase, reads_raw_text);
    tcase_add_test(tcase, reads_comments);
    tcase_add_test(tcase, reads_doctypes);
    tcase_add_test(tcase, reads_foreign_content);
    tcase_add_test(tcase, normalises_newlines_and_nuls);
    tcase_add_test(tcase, tells_tags_raw_text_and_places);
    tcase_add_test(tcase, borrows_what_does_not_change);
    tcase_add_test(tcase, finds_attributes);
    tcase_add_test(tcase, knows_all_tag_names);
    tcase_add_test(tcase, caps_attributes);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, stays_linear, 0, (int)COUNT(openings));
    suite_add_tcase(suite, tcase);
    return suite;
}
