/* Runs every directory of tests/cases; tests/cases/README.md says what it may hold. */
#include <dirent.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "output/answer.h"
#include "pipeline/pipeline.h"
#include "pipeline/request.h"
#include "support/support.h"

#define MAX_CASES 2000

static char *case_names[MAX_CASES];
static int case_count;

static int is_case(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "README.md") != 0;
}

static void list_cases(void)
{
    struct dirent **entries;
    int count = scandir("tests/cases", &entries, is_case, alphasort);
    for (int i = 0; i < count && case_count < MAX_CASES; i++) {
        case_names[case_count++] = strdup(entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

/* --------------------------------------------------------------- matching */

static bool matches(const json_t *want, const json_t *got);

static bool object_matches(const json_t *want, const json_t *got)
{
    const char *key;
    json_t *value;
    if (!json_is_object(got))
        return false;
    json_object_foreach((json_t *)(uintptr_t)want, key, value)
    {
        const json_t *there = json_object_get(got, key);
        if (!there || !matches(value, there))
            return false;
    }
    return true;
}

static bool any_matches(const json_t *want, const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (matches(want, json_array_get(array, i)))
            return true;
    return false;
}

static bool array_matches(const json_t *want, const json_t *got)
{
    if (!json_is_array(got))
        return false;
    if (json_array_size(want) == 0)
        return json_array_size(got) == 0;
    for (size_t i = 0; i < json_array_size(want); i++)
        if (!any_matches(json_array_get(want, i), got))
            return false;
    return true;
}

static bool matches(const json_t *want, const json_t *got)
{
    if (json_is_object(want))
        return object_matches(want, got);
    if (json_is_array(want))
        return array_matches(want, got);
    if (json_is_number(want) && json_is_number(got))
        return fabs(json_number_value(want) - json_number_value(got)) < 0.0005;
    return json_equal(want, got);
}

/* ---------------------------------------------------------- special keys */

static const char *body_text_of(const json_t *answer)
{
    const char *text = json_string_value(json_object_get(json_object_get(answer, "body"), "text"));
    return text ? text : "";
}

static void check_key(const char *name, const char *key, const json_t *want, const json_t *answer)
{
    const json_t *got = json_object_get(answer, key);
    if (got && matches(want, got))
        return;
    char *want_text = json_dumps(want, JSON_ENCODE_ANY | JSON_COMPACT);
    char *got_text = got ? json_dumps(got, JSON_ENCODE_ANY | JSON_COMPACT) : strdup("(nothing)");
    ck_abort_msg("%s: %s: expected %.1500s, got %.1500s", name, key, want_text, got_text); /* Check ends the run at a longer message */
}

static void check_absent(const char *name, const json_t *absent, const json_t *answer)
{
    const char *key;
    json_t *list;
    json_object_foreach((json_t *)(uintptr_t)absent, key, list)
    {
        for (size_t i = 0; i < json_array_size(list); i++) {
            char *text = json_dumps(json_array_get(list, i), JSON_ENCODE_ANY | JSON_COMPACT);
            ck_assert_msg(!any_matches(json_array_get(list, i), json_object_get(answer, key)), "%s: %s has %s", name,
                          key, text);
            free(text);
        }
    }
}

static void check_lengths(const char *name, const json_t *keys, const json_t *expected, const json_t *answer)
{
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const char *key = json_string_value(json_array_get(keys, i));
        char *got = json_dumps(json_object_get(answer, key), JSON_ENCODE_ANY | JSON_COMPACT);
        ck_assert_msg(json_array_size(json_object_get(answer, key)) == json_array_size(json_object_get(expected, key)),
                      "%s: %s has another number of elements: %s", name, key, got);
        free(got);
    }
}

static void check_body(const char *name, const json_t *pieces, bool there, const json_t *answer)
{
    for (size_t i = 0; i < json_array_size(pieces); i++) {
        const char *piece = json_string_value(json_array_get(pieces, i));
        ck_assert_msg((strstr(body_text_of(answer), piece) != NULL) == there, "%s: body %s '%s'", name,
                      there ? "lacks" : "has", piece);
    }
}

static void check_first_topics(const char *name, const json_t *codes, const json_t *answer)
{
    const json_t *topics = json_object_get(answer, "topics");
    const char *first[3] = {NULL, NULL, NULL};
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(topics) && count < 3; i++) {
        const char *top = json_string_value(json_array_get(json_object_get(json_array_get(topics, i), "path"), 0));
        bool known = false;
        for (size_t k = 0; k < count; k++)
            known |= strcmp(first[k], top) == 0;
        if (!known)
            first[count++] = top;
    }
    for (size_t i = 0; i < json_array_size(codes); i++) {
        const char *code = json_string_value(json_array_get(codes, i));
        bool found = false;
        for (size_t k = 0; k < count; k++)
            found |= strstr(first[k], code) != NULL;
        ck_assert_msg(found, "%s: topic %s is not among the first three", name, code);
    }
}

static void check_nowhere(const char *name, const json_t *words, const json_t *answer)
{
    static const char *const keys[] = {"actors", "authors", "keyphrases"};
    for (size_t k = 0; k < 3; k++) {
        json_t *list = json_deep_copy(json_object_get(answer, keys[k]));
        for (size_t i = 0; i < json_array_size(list); i++)
            json_object_del(json_array_get(list, i), "mentions");
        char *text = json_dumps(list, JSON_ENCODE_ANY | JSON_COMPACT);
        for (size_t i = 0; i < json_array_size(words); i++)
            ck_assert_msg(strstr(text, json_string_value(json_array_get(words, i))) == NULL, "%s: %s name %s: %s", name,
                          keys[k], json_string_value(json_array_get(words, i)), text);
        free(text);
        json_decref(list);
    }
}

static void check_member(const char *name, const char *key, const json_t *want, const json_t *expected,
                         const json_t *answer)
{
    if (strcmp(key, "absent") == 0)
        check_absent(name, want, answer);
    else if (strcmp(key, "same_length") == 0)
        check_lengths(name, want, expected, answer);
    else if (strcmp(key, "body_contains") == 0)
        check_body(name, want, true, answer);
    else if (strcmp(key, "body_lacks") == 0)
        check_body(name, want, false, answer);
    else if (strcmp(key, "first_topics") == 0)
        check_first_topics(name, want, answer);
    else if (strcmp(key, "nowhere") == 0)
        check_nowhere(name, want, answer);
    else
        check_key(name, key, want, answer);
}

/* ------------------------------------------------------------ running one */

static const char *case_path(char path[512], const char *name, const char *file)
{
    snprintf(path, 512, "tests/cases/%s/%s", name, file);
    return path;
}

static bool file_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

static json_t *read_json(const char *path)
{
    json_error_t error;
    json_t *value = json_load_file(path, 0, &error);
    ck_assert_msg(value != NULL, "%s:%d: %s", path, error.line, error.text);
    return value;
}

/* The answer to the request {options..., "text" | "html": input}. */
static json_t *run_case(const char *name, struct arena *arena)
{
    char path[512];
    json_t *request = file_exists(case_path(path, name, "job.json")) ? read_json(path) : json_object();
    bool page = file_exists(case_path(path, name, "input.html"));
    struct slice input = support_file(arena, case_path(path, name, page ? "input.html" : "input.txt"));
    json_object_set_new(request, page ? "html" : "text", json_stringn(input.ptr, input.len));
    if (!json_object_get(request, "include"))
        json_object_set_new(request, "include", json_pack("[s,s]", "body", "mentions"));
    char *text = json_dumps(request, 0);
    ck_assert_msg(text != NULL, "%s: input is not UTF-8", name);
    struct job job;
    request_init(&job, arena, support_knowledge(), NULL);
    if (request_from_json(&job, slice_from_cstr(text), NULL) == ERR_NONE)
        pipeline_run(&job);
    struct buffer out = buffer_make(64 << 20);
    answer_write_line(&job, &out);
    json_error_t error;
    json_t *answer = json_loadb(out.ptr, out.len, 0, &error);
    ck_assert_msg(answer != NULL, "%s: the answer is not JSON: %s", name, error.text);
    buffer_free(&out);
    free(text);
    json_decref(request);
    return answer;
}

static void check_answer(const char *name, json_t *expected, const json_t *answer)
{
    const json_t *problem = json_object_get(answer, "problem");
    const json_t *wanted = json_object_get(expected, "problem");
    const char *code = problem ? json_string_value(json_object_get(problem, "code")) : "none";
    if (wanted || problem) {
        ck_assert_msg(wanted && strcmp(code, json_string_value(wanted)) == 0, "%s: problem %s", name, code);
        return;
    }
    const char *key;
    json_t *want;
    json_object_foreach(expected, key, want) check_member(name, key, want, expected, answer);
}

START_TEST(case_is_answered_as_expected)
{
    const char *name = case_names[_i];
    char path[512];
    struct arena *arena = arena_create();
    json_t *expected = read_json(case_path(path, name, "expected.json"));
    ck_assert_msg(json_object_size(expected) > 0, "%s: expects nothing", name);
    json_t *answer = run_case(name, arena);
    check_answer(name, expected, answer);
    json_decref(answer);
    json_decref(expected);
    arena_destroy(arena);
}
END_TEST

Suite *cases_suite(void)
{
    Suite *suite = suite_create("cases");
    TCase *tcase = tcase_create("cases");
    list_cases();
    tcase_add_loop_test(tcase, case_is_answered_as_expected, 0, case_count);
    suite_add_tcase(suite, tcase);
    return suite;
}
