/* Replays the inputs of the fuzz targets: the seeds, and the fewest of what fuzzing has found that still reach
 * everything (scripts/minimise-corpus). The
 * targets are linked in under names of their own. */
#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/support.h"

#define TARGETS(X) X(batch) X(charset) X(dates) X(json) X(jsonld) X(page) X(request) X(robots) X(tagger) X(text) X(tokenizer) X(warc)

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

/* In memory of its own size, so that a read behind the end is seen. */
static void run_copy(int (*run)(const uint8_t *data, size_t size), struct slice input)
{
    uint8_t *copy = malloc(input.len ? input.len : 1);
    memcpy(copy, input.ptr, input.len);
    run(copy, input.len);
    free(copy);
}

static size_t replay_folder(const char *folder, int (*run)(const uint8_t *data, size_t size))
{
    size_t count = 0;
    DIR *directory = opendir(folder);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        char path[600];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        struct arena *arena = arena_create();
        run_copy(run, support_file(arena, path));
        arena_destroy(arena);
        count++;
    }
    if (directory)
        closedir(directory);
    return count;
}

/* Of canonical base64 (RFC 4648): four digits are three bytes, '=' none. */
static struct slice decode_base64(struct arena *arena, struct slice line)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *bytes = arena_alloc(arena, line.len + 1);
    size_t len = 0;
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < line.len && line.ptr[i] != '='; i++) {
        const char *digit = memchr(digits, line.ptr[i], sizeof digits - 1);
        ck_assert_msg(digit != NULL, "no base64: %.*s", SLICE_ARG(line));
        bits = bits << 6 | (uint32_t)(digit - digits);
        count += 6;
        if (count >= 8)
            bytes[len++] = (char)(bits >> (count -= 8));
    }
    return slice_of(bytes, len);
}

static size_t replay_lines(const char *path, int (*run)(const uint8_t *data, size_t size))
{
    struct arena *arena = arena_create();
    struct slice lines = support_file(arena, path), line;
    size_t count = 0;
    for (; slice_split(&lines, '\n', &line) && line.len; count++)
        run_copy(run, decode_base64(arena, line));
    arena_destroy(arena);
    return count;
}

START_TEST(replays)
{
    char path[100];
    snprintf(path, sizeof path, "tests/fuzz/seeds/%s", targets[_i].name);
    ck_assert_msg(replay_folder(path, targets[_i].run) > 0, "%s has no seeds", targets[_i].name);
    snprintf(path, sizeof path, "tests/fuzz/corpus/%s.base64", targets[_i].name);
    if (access(path, F_OK) == 0)
        ck_assert_msg(replay_lines(path, targets[_i].run) > 0, "%s is empty", path);
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
