/* The public conformance tests of the HTML standard's tokenizer (html5lib-tests) over our tokenizer. */
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "page/tokenizer.h"
#include "support/support.h"

#define FOLDER "../shared/eval/html5lib/tokenizer"

/* Cases whose input is no Unicode text: it holds half a surrogate pair, which only a script's
 * document.write can bring into a browser. Decoding (decode/charset) never lets one through. */
static const char *const not_applicable[] = {
    "Invalid Unicode character U+DFFF",
    "Invalid Unicode character U+D800",
    "Invalid Unicode character U+DFFF with valid preceding character",
    "Invalid Unicode character U+D800 with valid following character",
};

struct outcome {
    size_t passed, failed, passed_over;
};

/* ------------------------------------------------------------ reading the cases */

static uint32_t read_hex(const char *at)
{
    char digits[5] = {at[0], at[1], at[2], at[3], '\0'};
    return (uint32_t)strtoul(digits, NULL, 16);
}

/* Strings of "doubleEscaped" cases spell characters as \uXXXX once more. */
static struct slice unescape(struct arena *arena, struct slice s)
{
    char *out = arena_alloc(arena, s.len + UTF8_MAX_BYTES);
    size_t len = 0;
    for (size_t at = 0; at < s.len;) {
        if (s.len - at < 6 || s.ptr[at] != '\\' || s.ptr[at + 1] != 'u') {
            out[len++] = s.ptr[at++];
            continue;
        }
        uint32_t c = read_hex(s.ptr + at + 2);
        at += 6;
        if (c >= 0xD800 && c <= 0xDBFF && s.len - at >= 6 && s.ptr[at] == '\\' && read_hex(s.ptr + at + 2) >= 0xDC00) {
            c = 0x10000 + ((c - 0xD800) << 10) + (read_hex(s.ptr + at + 2) - 0xDC00);
            at += 6;
        }
        len += utf8_encode(c, out + len);
    }
    return slice_of(out, len);
}

static struct slice string_of(struct arena *arena, const json_t *value, bool escaped)
{
    if (!json_is_string(value))
        return SLICE_NULL;
    struct slice s = slice_of(json_string_value(value), json_string_length(value));
    return escaped ? unescape(arena, s) : s;
}

static enum tokenizer_state state_named(const char *name)
{
    static const char *const names[] = {
        [TOKENIZER_DATA] = "Data state",
        [TOKENIZER_RCDATA] = "RCDATA state",
        [TOKENIZER_RAWTEXT] = "RAWTEXT state",
        [TOKENIZER_SCRIPT_DATA] = "Script data state",
        [TOKENIZER_PLAINTEXT] = "PLAINTEXT state",
        [TOKENIZER_CDATA] = "CDATA section state",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return (enum tokenizer_state)i;
    ck_abort_msg("unknown state %s", name);
}

/* -------------------------------------------------- both sides as lines of text */

static void write_field(struct buffer *out, struct slice s)
{
    if (slice_is_null(s))
        buffer_append_cstr(out, " -");
    else
        buffer_printf(out, " [%zu:", s.len), buffer_append(out, s), buffer_append_cstr(out, "]");
}

/* Text is gathered until something else comes: a run may be given in pieces. */
static void flush_text(struct buffer *out, struct buffer *text)
{
    if (text->len == 0)
        return;
    buffer_append_cstr(out, "Character");
    write_field(out, buffer_slice(text));
    buffer_append_cstr(out, "\n");
    buffer_clear(text);
}

static int by_name(const void *a, const void *b)
{
    const struct html_attribute *x = a, *y = b;
    return slice_compare(x->name, y->name);
}

static void write_start_tag(struct buffer *out, struct slice name, struct html_attribute *attributes, size_t count,
                            bool self_closing)
{
    if (count > 1)
        qsort(attributes, count, sizeof *attributes, by_name);
    buffer_append_cstr(out, "StartTag");
    write_field(out, name);
    for (size_t i = 0; i < count; i++) {
        write_field(out, attributes[i].name);
        write_field(out, attributes[i].value);
    }
    buffer_append_cstr(out, self_closing ? " /\n" : "\n");
}

static void write_expected_start_tag(struct arena *arena, struct buffer *out, const json_t *item, bool escaped)
{
    struct html_attribute attributes[64];
    size_t count = 0;
    const char *key;
    json_t *value;
    json_object_foreach(json_array_get(item, 2), key, value) {
        ck_assert_uint_lt(count, 64);
        struct slice name = slice_from_cstr(key);
        attributes[count++] = (struct html_attribute){escaped ? unescape(arena, name) : name,
                                                      string_of(arena, value, escaped)};
    }
    write_start_tag(out, string_of(arena, json_array_get(item, 1), escaped), attributes, count,
                    json_is_true(json_array_get(item, 3)));
}

static void write_expected_item(struct arena *arena, struct buffer *out, struct buffer *text, const json_t *item,
                                bool escaped)
{
    const char *kind = json_string_value(json_array_get(item, 0));
    struct slice first = string_of(arena, json_array_get(item, 1), escaped);
    if (strcmp(kind, "Character") == 0) {
        buffer_append(text, first);
        return;
    }
    flush_text(out, text);
    if (strcmp(kind, "StartTag") == 0) {
        write_expected_start_tag(arena, out, item, escaped);
        return;
    }
    buffer_append_cstr(out, kind);
    write_field(out, first);
    if (strcmp(kind, "DOCTYPE") == 0) {
        write_field(out, string_of(arena, json_array_get(item, 2), escaped));
        write_field(out, string_of(arena, json_array_get(item, 3), escaped));
        buffer_append_cstr(out, json_is_true(json_array_get(item, 4)) ? " correct" : " quirks");
    }
    buffer_append_cstr(out, "\n");
}

static void write_expected(struct arena *arena, struct buffer *out, const json_t *test, bool escaped)
{
    struct buffer text = buffer_make(1u << 20);
    size_t index;
    json_t *item;
    json_array_foreach(json_object_get(test, "output"), index, item)
        write_expected_item(arena, out, &text, item, escaped);
    flush_text(out, &text);
    buffer_free(&text);
}

static void write_token(struct buffer *out, struct buffer *text, struct html_token *token)
{
    if (token->kind == HTML_TEXT) {
        buffer_append(text, token->text);
        return;
    }
    flush_text(out, text);
    if (token->kind == HTML_START_TAG) {
        write_start_tag(out, token->name, token->attributes, token->attribute_count, token->self_closing);
        return;
    }
    buffer_append_cstr(out, token->kind == HTML_END_TAG ? "EndTag" : token->kind == HTML_COMMENT ? "Comment" : "DOCTYPE");
    write_field(out, token->kind == HTML_COMMENT ? token->text : token->name);
    if (token->kind == HTML_DOCTYPE) {
        write_field(out, token->public_id);
        write_field(out, token->system_id);
        buffer_append_cstr(out, token->force_quirks ? " quirks" : " correct");
    }
    buffer_append_cstr(out, "\n");
}

static void write_actual(struct arena *arena, struct buffer *out, struct slice input, enum tokenizer_state state,
                         struct slice last_start_tag)
{
    struct buffer text = buffer_make(1u << 20);
    struct tokenizer *tokenizer = tokenizer_create(arena, input);
    tokenizer_set_state(tokenizer, state, last_start_tag);
    struct html_token token;
    while (tokenizer_next(tokenizer, &token))
        write_token(out, &text, &token);
    flush_text(out, &text);
    buffer_free(&text);
}

/* -------------------------------------------------------------------- running */

static bool is_applicable(struct slice description)
{
    for (size_t i = 0; i < sizeof not_applicable / sizeof not_applicable[0]; i++)
        if (slice_equals(description, slice_from_cstr(not_applicable[i])))
            return false;
    return true;
}

static void run_in_state(const json_t *test, const char *state, struct outcome *outcome)
{
    struct arena *arena = arena_create();
    struct buffer expected = buffer_make(1u << 20), actual = buffer_make(1u << 20);
    bool escaped = json_is_true(json_object_get(test, "doubleEscaped"));
    write_expected(arena, &expected, test, escaped);
    write_actual(arena, &actual, string_of(arena, json_object_get(test, "input"), escaped), state_named(state),
                 string_of(arena, json_object_get(test, "lastStartTag"), false));
    if (slice_equals(buffer_slice(&expected), buffer_slice(&actual))) {
        outcome->passed++;
    } else {
        outcome->failed++;
        printf("html5lib: %s (%s)\n  expected %.*s  actual   %.*s", json_string_value(json_object_get(test, "description")),
               state, SLICE_ARG(buffer_slice(&expected)), SLICE_ARG(buffer_slice(&actual)));
    }
    buffer_free(&expected);
    buffer_free(&actual);
    arena_destroy(arena);
}

static void run_case(const json_t *test, struct outcome *outcome)
{
    if (!is_applicable(slice_from_cstr(json_string_value(json_object_get(test, "description"))))) {
        outcome->passed_over++;
        return;
    }
    json_t *states = json_object_get(test, "initialStates"), *state;
    size_t index;
    if (!states)
        run_in_state(test, "Data state", outcome);
    json_array_foreach(states, index, state)
        run_in_state(test, json_string_value(state), outcome);
}

static void run_file(const char *name, struct outcome *outcome)
{
    char path[512];
    snprintf(path, sizeof path, FOLDER "/%s", name);
    json_error_t error;
    json_t *root = json_load_file(path, JSON_ALLOW_NUL, &error), *test;
    ck_assert_msg(root != NULL, "%s: %s", path, error.text);
    size_t index;
    json_array_foreach(json_object_get(root, "tests"), index, test)
        run_case(test, outcome);
    json_decref(root);
}

START_TEST(agrees_with_the_conformance_tests)
{
    struct outcome outcome = {0};
    DIR *folder = opendir(FOLDER);
    if (!folder) {
        printf("skipped: " FOLDER " is not here\n");
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
        if (slice_ends(slice_from_cstr(entry->d_name), SLICE(".test")))
            run_file(entry->d_name, &outcome);
    closedir(folder);
    printf("html5lib tokenizer: %zu passed, %zu failed, %zu not applicable\n", outcome.passed, outcome.failed,
           outcome.passed_over);
    ck_assert_uint_eq(outcome.failed, 0);
    ck_assert_uint_gt(outcome.passed, 0);
}
END_TEST

Suite *html5lib_suite(void)
{
    Suite *suite = suite_create("html5lib");
    TCase *tcase = tcase_create("tokenizer");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, agrees_with_the_conformance_tests);
    suite_add_tcase(suite, tcase);
    return suite;
}
