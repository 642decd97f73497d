/* Batches: every task gives its line, in order, whatever stands before it. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "pipeline/batch.h"
#include "support/support.h"

static const struct batch_default short_answer[] = {{{"fields", 6}, {"headline", 8}}};

struct outcome {
    struct batch_result result;
    char *text;
    size_t len, lines;
};

static int file_of(struct slice bytes)
{
    FILE *file = tmpfile();
    ck_assert_uint_eq(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    fflush(file);
    int fd = dup(fileno(file));
    fclose(file);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static struct outcome run_input(const struct batch_input *input, int jobs, bool unordered)
{
    struct outcome outcome = {0};
    struct batch_options options = {.knowledge = support_knowledge(),
                                    .defaults = short_answer,
                                    .default_count = 1,
                                    .jobs = jobs,
                                    .allow_file = true,
                                    .unordered = unordered};
    FILE *out = open_memstream(&outcome.text, &outcome.len);
    outcome.result = batch_run(&options, input, out);
    fclose(out);
    for (size_t i = 0; i < outcome.len; i++)
        outcome.lines += outcome.text[i] == '\n';
    return outcome;
}

static struct outcome run_bytes(struct slice bytes, int jobs)
{
    struct batch_input input = {.fd = file_of(bytes), .stop_fd = -1};
    struct outcome outcome = run_input(&input, jobs, false);
    close(input.fd);
    ck_assert(outcome.result.written);
    return outcome;
}

static struct slice line_at(const struct outcome *outcome, size_t number)
{
    struct slice rest = slice_of(outcome->text, outcome->len), line;
    while (slice_split(&rest, '\n', &line) && number--)
        ;
    return line;
}

static bool line_has(const struct outcome *outcome, size_t number, const char *what)
{
    return slice_find(line_at(outcome, number), slice_from_cstr(what), 0) != SLICE_NOT_FOUND;
}

#define GOOD_TEXT "Ferry runs again\\n\\nThe ferry across the sound runs again from Monday, the harbour office said."
#define GOOD(id) "{\"id\":" #id ",\"text\":\"" GOOD_TEXT "\"}"

/* What comes between two good lines, and the code of its answer; NULL: it is a blank line and has none. */
static const struct {
    const char *name, *line;
    size_t len;
    const char *code;
} bad_lines[] = {
    {"not JSON", "garbage", 0, "bad_json"},
    {"cut off", "{\"id\":2,\"text\":\"The fe", 0, "bad_json"},
    {"not an object", "[1,2]", 0, "bad_json"},
    {"a NUL byte", "{\"id\":2,\0\"text\":\"x\"}", 20, "bad_json"},
    {"nothing but a NUL byte", "\0", 1, "bad_json"},
    {"invalid UTF-8", "{\"id\":2,\"text\":\"caf\xE9 \xFF\"}", 0, "bad_json"},
    {"no source", "{\"id\":2}", 0, "exactly_one_source"},
    {"two sources", "{\"id\":2,\"text\":\"a\",\"html\":\"b\"}", 0, "exactly_one_source"},
    {"unknown member", "{\"id\":2,\"txet\":\"a\",\"text\":\"a\"}", 0, "bad_parameter"},
    {"the same key twice", "{\"id\":2,\"text\":\"a\",\"text\":\"b\"}", 0, "bad_json"},
    {"a file that is not there", "{\"id\":2,\"file\":\"no/such/file\"}", 0, "bad_parameter"},
    {"a URL, but no fetcher", "{\"id\":2,\"url\":\"ftp://example.org/\"}", 0, "bad_url"},
    {"deep nesting", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", 0, "bad_json"},
    {"empty", "", 0, NULL},
    {"blanks", " \t ", 0, NULL},
    {"CR alone", "\r", 0, NULL},
};

START_TEST(a_bad_line_is_one_line)
{
    static const char *const ends[] = {"\n", "\r\n"};
    const char *end = ends[_i % 2];
    size_t at = (size_t)_i / 2;
    size_t len = bad_lines[at].len ? bad_lines[at].len : strlen(bad_lines[at].line);
    struct buffer bytes = buffer_make(1 << 16);
    buffer_printf(&bytes, "%s%s", GOOD(1), end);
    buffer_append(&bytes, slice_of(bad_lines[at].line, len));
    buffer_printf(&bytes, "%s%s", end, GOOD(3)); /* and no line end at the end */
    for (int jobs = 1; jobs <= 3; jobs++) {
        struct outcome outcome = run_bytes(buffer_slice(&bytes), jobs);
        size_t last = bad_lines[at].code ? 2 : 1;
        ck_assert_msg(outcome.lines == last + 1, "%s: %zu lines", bad_lines[at].name, outcome.lines);
        ck_assert(line_has(&outcome, 0, "{\"id\":1,") && line_has(&outcome, 0, "Ferry runs again"));
        ck_assert(line_has(&outcome, last, "{\"id\":3,") && line_has(&outcome, last, "Ferry runs again"));
        if (bad_lines[at].code)
            ck_assert_msg(line_has(&outcome, 1, bad_lines[at].code), "%s: %.*s", bad_lines[at].name,
                          SLICE_ARG(line_at(&outcome, 1)));
        free(outcome.text);
    }
    buffer_free(&bytes);
}
END_TEST

START_TEST(no_jobs_no_lines)
{
    static const char *const inputs[] = {"", "\n", "\r\n\r\n", "  ", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n"};
    struct outcome outcome = run_bytes(slice_from_cstr(inputs[_i]), 2);
    ck_assert_uint_eq(outcome.len, 0);
    free(outcome.text);
}
END_TEST

START_TEST(a_byte_order_mark_is_no_part_of_the_first_line)
{
    struct outcome outcome = run_bytes(SLICE("\xEF\xBB\xBF" GOOD(1) "\n"), 1);
    ck_assert_uint_eq(outcome.lines, 1);
    ck_assert(line_has(&outcome, 0, "Ferry runs again"));
    free(outcome.text);
}
END_TEST

/* Longer than any line may be: a hole in a file, with a job before and behind it. */
START_TEST(a_line_that_is_too_long_is_one_line)
{
    struct batch_input input = {.fd = file_of(SLICE(GOOD(1) "\n")), .stop_fd = -1};
    off_t behind = (off_t)(sizeof GOOD(1) + BATCH_MAX_LINE + 10);
    ck_assert_int_gt(pwrite(input.fd, "\n" GOOD(3) "\n", sizeof GOOD(3) + 1, behind), 0);
    struct outcome outcome = run_input(&input, 2, false);
    close(input.fd);
    ck_assert_uint_eq(outcome.lines, 3);
    ck_assert(line_has(&outcome, 0, "{\"id\":1,"));
    ck_assert(line_has(&outcome, 1, "body_too_large") && line_has(&outcome, 1, "{\"id\":null,"));
    ck_assert(line_has(&outcome, 2, "{\"id\":3,"));
    free(outcome.text);
}
END_TEST

/* Long and short texts, so that threads overtake each other. */
static struct buffer many_lines(int count)
{
    struct buffer bytes = buffer_make((size_t)8 << 20);
    for (int i = 0; i < count; i++) {
        buffer_printf(&bytes, "{\"id\":%d,\"text\":\"Report %d is out\\n\\n", i, i);
        for (int k = 0; k < (i % 7 == 0 ? 60 : 1); k++)
            buffer_append_cstr(&bytes, "The office said on Monday that the report was read by 12 members. ");
        buffer_append_cstr(&bytes, i % 11 == 5 ? "\n" : "\"}\n");
    }
    return bytes;
}

START_TEST(threads_change_nothing)
{
    struct buffer bytes = many_lines(100);
    struct outcome one = run_bytes(buffer_slice(&bytes), 1), two = run_bytes(buffer_slice(&bytes), 2);
    ck_assert_uint_eq(one.lines, 100);
    ck_assert_uint_eq(one.len, two.len);
    ck_assert_mem_eq(one.text, two.text, one.len);
    free(one.text);
    free(two.text);
    buffer_free(&bytes);
}
END_TEST

START_TEST(unordered_gives_the_same_lines)
{
    struct buffer bytes = many_lines(40);
    struct batch_input input = {.fd = file_of(buffer_slice(&bytes)), .stop_fd = -1};
    struct outcome ordered = run_bytes(buffer_slice(&bytes), 1), any = run_input(&input, 3, true);
    close(input.fd);
    ck_assert_uint_eq(any.lines, 40);
    ck_assert_uint_eq(any.len, ordered.len);
    for (size_t i = 0; i < 40; i++) {
        size_t found = 0;
        for (size_t k = 0; k < 40; k++)
            found += slice_equals(line_at(&ordered, i), line_at(&any, k));
        ck_assert_msg(found >= 1, "line %zu is missing", i);
    }
    free(ordered.text);
    free(any.text);
    buffer_free(&bytes);
}
END_TEST

START_TEST(gzipped_lines)
{
    static const char text[] = GOOD(1) "\n" GOOD(2) "\n";
    char path[] = "/tmp/newsmeta-batch-XXXXXX";
    int fd = mkstemp(path);
    gzFile file = gzdopen(dup(fd), "wb");
    ck_assert_int_eq(gzwrite(file, text, sizeof text - 1), sizeof text - 1);
    gzclose(file);
    for (int cut = 0; cut < 2; cut++) {
        lseek(fd, 0, SEEK_SET);
        struct batch_input input = {.fd = fd, .stop_fd = -1};
        struct outcome outcome = run_input(&input, 1, false);
        ck_assert(line_has(&outcome, 0, "{\"id\":1,\"headline\":\"Ferry"));
        if (cut)
            ck_assert(line_has(&outcome, outcome.lines - 1, "damaged or cut off"));
        else
            ck_assert_uint_eq(outcome.lines, 2);
        free(outcome.text);
        ck_assert_int_eq(ftruncate(fd, lseek(fd, 0, SEEK_END) - 6), 0); /* its trailer */
    }
    close(fd);
    unlink(path);
}
END_TEST

/* ------------------------------------------------------------------- files */

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

START_TEST(files_and_lists_of_files)
{
    char folder[] = "/tmp/newsmeta-files-XXXXXX", one[64], two[64], list[256];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(one, sizeof one, "%s/one.ndjson", folder);
    snprintf(two, sizeof two, "%s/two.ndjson", folder);
    write_file(one, GOOD(1) "\nbad\n");
    write_file(two, GOOD(2));
    const char *const paths[] = {one, "/no/such/file", folder, two};
    struct batch_input named = {.fd = -1, .stop_fd = -1, .paths = paths, .path_count = 4};
    snprintf(list, sizeof list, "%s\n/no/such/file\r\n\n%s\n%s", one, folder, two);
    struct batch_input listed = {.fd = file_of(slice_from_cstr(list)), .stop_fd = -1, .fd_lists_paths = true};
    for (int i = 0; i < 2; i++) {
        struct outcome outcome = run_input(i ? &listed : &named, 2, false);
        ck_assert_uint_eq(outcome.lines, 5);
        ck_assert(line_has(&outcome, 0, "{\"id\":1,\"headline\""));
        ck_assert(line_has(&outcome, 1, "bad_json"));
        ck_assert(line_has(&outcome, 2, "{\"id\":\"/no/such/file\",\"problem\""));
        ck_assert(line_has(&outcome, 3, folder) && line_has(&outcome, 3, "Is a directory"));
        ck_assert(line_has(&outcome, 4, "{\"id\":2,\"headline\""));
        free(outcome.text);
    }
    close(listed.fd);
    unlink(one);
    unlink(two);
    rmdir(folder);
}
END_TEST

/* -------------------------------------------------------------------- ends */

START_TEST(a_stop_ends_the_reading)
{
    int stop[2], jobs[2];
    ck_assert_int_eq(pipe(stop), 0);
    ck_assert_int_eq(pipe(jobs), 0); /* stays open: without the stop it would wait for ever */
    ck_assert_int_gt(write(jobs[1], GOOD(1) "\n{\"id\":2,\"te", sizeof GOOD(1) + 11), 0);
    struct batch_input input = {.fd = jobs[0], .stop_fd = stop[0]};
    if (fork() == 0) {
        usleep(200000);
        _exit(write(stop[1], "x", 1) == 1 ? 0 : 1);
    }
    struct outcome outcome = run_input(&input, 2, false);
    ck_assert(outcome.result.stopped && outcome.result.written);
    ck_assert_uint_eq(outcome.lines, 1); /* the half line is not begun */
    ck_assert(line_has(&outcome, 0, "{\"id\":1,\"headline\""));
    free(outcome.text);
}
END_TEST

START_TEST(an_output_that_is_full_ends_it)
{
    struct buffer bytes = many_lines(200);
    struct batch_options options = {.knowledge = support_knowledge(), .jobs = 2};
    struct batch_input input = {.fd = file_of(buffer_slice(&bytes)), .stop_fd = -1};
    FILE *full = fopen("/dev/full", "w");
    ck_assert_ptr_nonnull(full);
    struct batch_result result = batch_run(&options, &input, full);
    ck_assert(!result.written);
    ck_assert_int_ne(result.error, 0);
    fclose(full);
    close(input.fd);
    buffer_free(&bytes);
}
END_TEST

/* ------------------------------------------------------------- the program */

static int run_program(const char *command)
{
    const char *program = getenv("NEWSMETA");
    char line[512];
    snprintf(line, sizeof line, "NEWSMETA='%s'; %s", program ? program : "build/newsmeta", command);
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(exit_codes)
{
    static const struct {
        const char *command;
        int code;
    } runs[] = {
        {"printf '{\"text\":\"a\"}\\nbad\\n' | \"$NEWSMETA\" batch > /dev/null", 0},
        {"\"$NEWSMETA\" batch < /dev/null", 0},
        {"\"$NEWSMETA\" batch --jobs=0 < /dev/null 2> /dev/null", 2},
        {"\"$NEWSMETA\" batch --fields=headlines < /dev/null 2> /dev/null", 2},
        {"\"$NEWSMETA\" batch --paths-from-stdin file < /dev/null 2> /dev/null", 2},
        {"\"$NEWSMETA\" batch --no-such-flag < /dev/null 2> /dev/null", 2},
        {"printf '{}\\n{}\\n' | \"$NEWSMETA\" batch 2> /dev/null > /dev/full", 3},
        /* a reader that has gone: one message */
        {"e=$( { (sleep 0.3; yes '{}' | head -2000) | { \"$NEWSMETA\" batch; echo code $? >&2; } | true; } 2>&1 ); "
         "[ \"$(printf '%s\\n' \"$e\" | grep -c 'cannot be written')\" = 1 ] && case $e in *'code 3') ;; *) exit 1 ;; esac",
         0},
        {"(printf '{}\\n'; sleep 2) | "
         "{ \"$NEWSMETA\" batch <&3 > /dev/null & p=$!; sleep 0.5; kill -TERM $p; wait $p; } 3<&0", 130},
    };
    ck_assert_int_eq(run_program(runs[_i].command), runs[_i].code);
}
END_TEST

Suite *batch_suite(void)
{
    Suite *suite = suite_create("batch");
    TCase *tcase = tcase_create("batch");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, a_bad_line_is_one_line, 0, 2 * sizeof bad_lines / sizeof bad_lines[0]);
    tcase_add_loop_test(tcase, no_jobs_no_lines, 0, 6);
    tcase_add_test(tcase, a_byte_order_mark_is_no_part_of_the_first_line);
    tcase_add_test(tcase, a_line_that_is_too_long_is_one_line);
    tcase_add_test(tcase, threads_change_nothing);
    tcase_add_test(tcase, unordered_gives_the_same_lines);
    tcase_add_test(tcase, gzipped_lines);
    tcase_add_test(tcase, files_and_lists_of_files);
    tcase_add_test(tcase, a_stop_ends_the_reading);
    tcase_add_test(tcase, an_output_that_is_full_ends_it);
    tcase_add_loop_test(tcase, exit_codes, 0, 9);
    suite_add_tcase(suite, tcase);
    return suite;
}
