/* Replays the inputs of the fuzz targets: the seeds, and what fuzzing has found to be different (tests/fuzz/corpus). The
 * targets are linked in under names of their own. */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/support.h"

#define TARGETS(X) X(batch) X(charset) X(dates) X(jsonld) X(page) X(request) X(robots) X(tagger) X(text) X(tokenizer) X(warc)

#define X(name) int fuzz_##name(const uint8_t *data, size_t size);
TARGETS(X)
#undef X

static const struct {
    const char *name;
    int (*run)(const uint8_t *data, size_t size);
} targets[] = {
#define X(name) {#name, fuzz_##name},
    TARGETS(X)
#undef X
};

static size_t replay(const char *folder, int (*run)(const uint8_t *data, size_t size))
{
    size_t count = 0;
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        char path[600];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        struct arena *arena = arena_create();
        struct slice bytes = support_file(arena, path);
        /* Of its own size, so that a read behind the end is seen. */
        uint8_t *copy = malloc(bytes.len ? bytes.len : 1);
        memcpy(copy, bytes.ptr, bytes.len);
        run(copy, bytes.len);
        free(copy);
        arena_destroy(arena);
        count++;
    }
    if (directory)
        closedir(directory);
    return count;
}

START_TEST(replays)
{
    char folder[100];
    snprintf(folder, sizeof folder, "tests/fuzz/seeds/%s", targets[_i].name);
    size_t seeds = replay(folder, targets[_i].run);
    snprintf(folder, sizeof folder, "tests/fuzz/corpus/%s", targets[_i].name);
    ck_assert_msg(seeds > 0, "%s has no seeds", targets[_i].name);
    replay(folder, targets[_i].run);
}
END_TEST

Suite *corpus_suite(void)
{
    Suite *suite = suite_create("corpus");
    TCase *tcase = tcase_create("corpus");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, replays, 0, (int)(sizeof targets / sizeof targets[0]));
    suite_add_tcase(suite, tcase);
    return suite;
}
