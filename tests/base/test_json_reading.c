#include "base/json_reading.h"

#include "base/buffer.h"
#include "support/support.h"

/* Objects that are read as jansson reads them by itself: what it gives, or what it says is wrong and where. "~" stands for a
 * string that is long enough to be lifted out, "%" for the byte 0xFF. */
static const char *const texts[] = {
    "{\"html\": \"~\"}",
    "{\"id\": 1, \"html\":\n\t\"~\\\"q\\\" \\\\ \\/ \\b\\f\\n\\r\\t ~\", \"url\": \"a\", \"text\" : \"~\"}",
    "{\"html\": \"~\\u00e9\\u20AC\\ud83d\\ude00 \xC3\xA9\xF0\x9F\x98\x80~\"}",
    "{\"html\": \"~\\u0000~\", \"id\": \"x\"}",
    "{\"id\": \"\\u0000\\u00010\", \"html\": \"~\"}",
    "{\"id\": \"\\u0000\", \"html\": \"~\"}",
    "{\"a\": \"~1\", \"b\": \"~2\", \"c\": \"~3\", \"d\": \"~4\", \"e\": \"~5\", \"f\": \"~6\", \"g\": \"~7\", \"h\": \"~8\", \"i\": \"~9\", \"j\": \"~10\"}",
    "{\"~\": \"~\"}",
    "{\"options\": {\"deep\": \"~\"}, \"list\": [\"~\", {\"x\": \"~\"}], \"html\": \"~\"}",
    "{\"html\": \"~\\\\\\\\\", \"id\": \"\\\\\"}",
    "[\"~\", \"~\"]",
    "\"~\"",
    "{\"html\": \"~\", \"html\": \"~\"}",
    "{\"html\": \"~\"} x",
    "{\"html\": \"~\"}}",
    "}{\"html\": \"~\"",
    "{\"html\": \"~",
    "{\"html\": \"~\\\"}",
    "{\"html\": \"~\\x~\"}",
    "{\"html\": \"~\\u12g4~\"}",
    "{\"html\": \"~\\u12",
    "{\"html\": \"~\\u12\"}",
    "{\"html\": \"~\\ud83d~\"}",
    "{\"html\": \"~\\ud83d\\u0041~\"}",
    "{\"html\": \"~\\ude00~\"}",
    "{\"html\": \"~\\ud83d\"}",
    "{\"html\": \"~\n~\"}",
    "{\"html\": \"~\x1F\"}",
    "{\"html\": \"~%~\"}",
    "{\"html\": \"~\xED\xA0\x80~\"}",
    "{\"html\": \"~\xC0\xAF~\"}",
    "{\"html\":\f\"~\"}",
    "{\"html\" \"~\"}",
    "{\"a\\u0000b\": \"~\"}",
    "{\"html\": \"~\", \"n\": 1e999}",
    "{}",
    "",
};

static struct slice expand(struct arena *arena, const char *text)
{
    struct buffer out = buffer_make(4096);
    for (; *text; text++) {
        if (*text == '%')
            buffer_append_byte(&out, '\xFF');
        for (int i = 0; *text == '~' && i < 100; i++)
            buffer_append_cstr(&out, "the mill ");
        if (*text != '~' && *text != '%')
            buffer_append_byte(&out, *text);
    }
    struct slice result = arena_copy(arena, buffer_slice(&out));
    buffer_free(&out);
    return result;
}

START_TEST(reads_as_jansson_does)
{
    struct arena *arena = arena_create();
    struct slice text = expand(arena, texts[_i]);
    const size_t flags = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL;
    json_error_t expected, error;
    json_t *plain = json_loadb(text.ptr, text.len, flags, &expected), *read = json_read(arena, text, flags, &error);
    ck_assert_msg((plain != NULL) == (read != NULL), "%s", texts[_i]);
    if (plain)
        ck_assert_msg(json_equal(plain, read), "%s", texts[_i]);
    else {
        ck_assert_str_eq(error.text, expected.text);
        ck_assert_int_eq(error.line, expected.line);
        ck_assert_int_eq(error.column, expected.column);
        ck_assert_int_eq(json_error_code(&error), json_error_code(&expected));
    }
    json_decref(plain);
    arena_destroy(arena);
}
END_TEST

Suite *json_reading_suite(void);
Suite *json_reading_suite(void)
{
    Suite *suite = suite_create("json_reading");
    TCase *tcase = tcase_create("json_reading");
    tcase_add_loop_test(tcase, reads_as_jansson_does, 0, sizeof texts / sizeof texts[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
