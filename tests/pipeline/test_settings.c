#include "pipeline/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/support.h"

static struct arena *arena;

static void setup(void)
{
    arena = arena_create();
}

static void teardown(void)
{
    arena_destroy(arena);
}

static const char *write_file(const char *text)
{
    static char path[] = "build/test-settings.json";
    FILE *file = fopen(path, "w");
    ck_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
    return path;
}

START_TEST(file_environment_and_flags_override_in_this_order)
{
    struct settings settings = settings_default();
    struct slice problem;
    const char *path = write_file("{\"port\": 1000, \"queue\": 7, \"workers\": 3, \"fetch_allow\": [\"127.0.0.0/8@9\"]}");
    ck_assert(settings_read_file(&settings, arena, path, &problem));
    ck_assert_int_eq(settings.port, 1000);
    setenv("NEWSMETA_PORT", "2000", 1);
    setenv("NEWSMETA_QUEUE", "8", 1);
    ck_assert(settings_read_environment(&settings, arena, &problem));
    char *argv[] = {"newsmeta", "serve", "--port=3000", "--log-level", "debug", "--other", NULL};
    int argc = 6;
    ck_assert(settings_read_flags(&settings, arena, &argc, argv, &problem));
    ck_assert_int_eq(settings.port, 3000);
    ck_assert_int_eq(settings.queue, 8);
    ck_assert_int_eq(settings.workers, 3);
    ck_assert_str_eq(settings.log_level, "debug");
    ck_assert_str_eq(settings.fetch_allow[0], "127.0.0.0/8@9");
    ck_assert_ptr_null(settings.fetch_allow[1]);
    ck_assert_int_eq(argc, 3);
    ck_assert_str_eq(argv[2], "--other");
}
END_TEST

static const struct {
    const char *json, *named;
} bad_files[] = {
    {"{\"port\": 65536}", "port"},          {"{\"port\": \"80\"}", "port"},         {"{\"prot\": 80}", "prot"},
    {"{\"log_level\": \"loud\"}", "log_level"}, {"{\"fetch_enabled\": 1}", "fetch_enabled"}, {"{\"queue\": 0}", "queue"},
    {"{\"fetch_allow\": \"x\"}", "fetch_allow"}, {"{\"port\": -1}", "port"}, {"{\"queue\": 1.5}", "queue"},
    {"[]", "object"}, {"{\"port\": 1,}", "line 1"},
};

START_TEST(a_bad_file_is_refused_with_the_name_of_the_key)
{
    struct settings settings = settings_default();
    struct slice problem;
    ck_assert(!settings_read_file(&settings, arena, write_file(bad_files[_i].json), &problem));
    ck_assert_msg(slice_find(problem, slice_from_cstr(bad_files[_i].named), 0) != SLICE_NOT_FOUND, "%.*s",
                  SLICE_ARG(problem));
}
END_TEST

START_TEST(a_bad_variable_is_refused_with_its_name)
{
    struct settings settings = settings_default();
    struct slice problem;
    setenv("NEWSMETA_WORKERS", "many", 1);
    ck_assert(!settings_read_environment(&settings, arena, &problem));
    unsetenv("NEWSMETA_WORKERS");
    ck_assert(slice_find(problem, SLICE("NEWSMETA_WORKERS"), 0) != SLICE_NOT_FOUND);
}
END_TEST

START_TEST(the_port_of_a_service_link_is_not_the_operators)
{
    struct settings settings = settings_default();
    struct slice problem;
    setenv("NEWSMETA_PORT", "tcp://10.0.0.1:80", 1);
    ck_assert(settings_read_environment(&settings, arena, &problem));
    ck_assert_int_eq(settings.port, 8080);
}
END_TEST

START_TEST(the_file_in_config_holds_the_defaults)
{
    struct buffer text = buffer_make(1 << 16);
    ck_assert(settings_write_defaults(&text));
    struct slice file = support_file(arena, "config/newsmeta.json");
    ck_assert_msg(slice_equals(file, buffer_slice(&text)), "make it again: newsmeta settings > config/newsmeta.json");
    struct settings settings = settings_default();
    struct slice problem;
    ck_assert(settings_read_file(&settings, arena, "config/newsmeta.json", &problem));
    ck_assert_int_eq(settings.port, settings_default().port);
    buffer_free(&text);
}
END_TEST

Suite *settings_suite(void)
{
    Suite *suite = suite_create("settings");
    TCase *tcase = tcase_create("settings");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, file_environment_and_flags_override_in_this_order);
    tcase_add_loop_test(tcase, a_bad_file_is_refused_with_the_name_of_the_key, 0, sizeof bad_files / sizeof bad_files[0]);
    tcase_add_test(tcase, a_bad_variable_is_refused_with_its_name);
    tcase_add_test(tcase, the_port_of_a_service_link_is_not_the_operators);
    tcase_add_test(tcase, the_file_in_config_holds_the_defaults);
    suite_add_tcase(suite, tcase);
    return suite;
}
