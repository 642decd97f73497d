/* The description and the program say the same: paths, methods, error codes and their statuses, fields. */
#include <check.h>
#include <jansson.h>
#include <stdio.h>

#include "article/job.h"
#include "base/embedded.h"
#include "base/error.h"
#include "service/router.h"

static json_t *description(void)
{
    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].name, "openapi.json") == 0) {
            json_error_t error;
            json_t *json = json_loadb(embedded_files[i].start, (size_t)(embedded_files[i].end - embedded_files[i].start),
                                      JSON_REJECT_DUPLICATES, &error);
            ck_assert_msg(json != NULL, "line %d: %s", error.line, error.text);
            return json;
        }
    ck_abort_msg("openapi.json is not embedded");
    return NULL;
}

/* Follows "a/b/c" through objects. */
static json_t *at(json_t *json, const char *path)
{
    struct slice rest = slice_from_cstr(path), part;
    while (slice_split(&rest, '/', &part))
        json = json_object_getn(json, part.ptr, part.len);
    return json;
}

static bool lists(const json_t *array, const char *text)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (strcmp(json_string_value(json_array_get(array, i)), text) == 0)
            return true;
    return false;
}

START_TEST(has_every_error_and_no_other)
{
    json_t *json = description();
    const json_t *codes = at(json, "components/schemas/Problem/properties/code/enum");
    for (int err = ERR_NONE + 1; err < ERR_COUNT; err++)
        ck_assert_msg(lists(codes, error_info((enum err)err)->code), "no %s", error_info((enum err)err)->code);
    ck_assert_uint_eq(json_array_size(codes), ERR_COUNT - 1);
    json_decref(json);
}
END_TEST

/* Each response of components names its codes in its description: those of the table with its status. */
START_TEST(groups_errors_by_status)
{
    json_t *json = description(), *responses = at(json, "components/responses"), *operations, *operation, *reference;
    const char *path, *method, *status;
    json_object_foreach(at(json, "paths"), path, operations)
    json_object_foreach(operations, method, operation)
    json_object_foreach(json_object_get(operation, "responses"), status, reference)
    {
        const char *name = json_string_value(json_object_get(reference, "$ref"));
        if (!name)
            continue;
        const char *text = json_string_value(at(json_object_get(responses, strrchr(name, '/') + 1), "description"));
        ck_assert_msg(text != NULL, "%s is missing", name);
        for (int err = ERR_NONE + 1; err < ERR_COUNT; err++) {
            const struct error_info *info = error_info((enum err)err);
            char number[8];
            snprintf(number, sizeof number, "%d", info->status);
            if (strcmp(number, status) == 0)
                ck_assert_msg(strstr(text, info->code) != NULL, "%s does not name %s", name, info->code);
        }
    }
    json_decref(json);
}
END_TEST

START_TEST(has_every_path_and_no_other)
{
    json_t *json = description();
    size_t count;
    const struct route *routes = router_table(&count);
    for (size_t i = 1; i < count; i++) {
        const json_t *operations = json_object_get(json_object_get(json, "paths"), routes[i].path);
        ck_assert_msg(operations != NULL, "no %s", routes[i].path);
        ck_assert_int_eq((routes[i].methods & METHOD_GET) != 0, json_object_get(operations, "get") != NULL);
        ck_assert_int_eq((routes[i].methods & METHOD_POST) != 0, json_object_get(operations, "post") != NULL);
    }
    ck_assert_uint_eq(json_object_size(json_object_get(json, "paths")), count - 1);
    json_decref(json);
}
END_TEST

START_TEST(has_every_field)
{
    static const char *const fields[] = {
#define X(enumerator, name) name,
        FIELD_TABLE(X)
#undef X
    };
    json_t *json = description();
    const json_t *names = at(json, "components/parameters/fields/schema/items/enum");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        ck_assert_msg(lists(names, fields[i]), "no %s", fields[i]);
    ck_assert_str_eq(json_string_value(at(json, "info/version")), NEWSMETA_VERSION);
    json_decref(json);
}
END_TEST

Suite *openapi_suite(void)
{
    Suite *suite = suite_create("openapi");
    TCase *tcase = tcase_create("openapi");
    tcase_add_test(tcase, has_every_error_and_no_other);
    tcase_add_test(tcase, groups_errors_by_status);
    tcase_add_test(tcase, has_every_path_and_no_other);
    tcase_add_test(tcase, has_every_field);
    suite_add_tcase(suite, tcase);
    return suite;
}
