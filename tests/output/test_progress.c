/* The line that says how far a batch has come. */
#include "output/progress.h"
#include "support/support.h"

#define SECOND INT64_C(1000000000)

static const struct {
    struct progress progress;
    unsigned columns;
    const char *line, *end;
} rows[] = {
    {{.answers = 500, .bytes = 250, .bytes_total = 1000, .elapsed_ns = 10 * SECOND},
     80,
     "█████░░░░░░░░░░░░░░░  25%  500 of about 2,000  50/s  0:30 left",
     "500 answers in 0:10, 50/s, 0 problems"},
    /* what an earlier run did counts as done, not as speed */
    {{.answers = 1500, .answers_before = 1000, .bytes = 750, .bytes_before = 500, .bytes_total = 1000, .problems = 1, .elapsed_ns = 10 * SECOND},
     90,
     "███████████████░░░░░  75%  1,500 of about 2,000  50/s  0:10 left  1 problem",
     "1,500 answers (1,000 from before) in 0:10, 50/s, 1 problem"},
    {{.answers = 1234567, .bytes = 9, .problems = 12, .elapsed_ns = 3723 * SECOND},
     80,
     "1,234,567 answers  332/s  1:02:03  12 problems",
     "1,234,567 answers in 1:02:03, 332/s, 12 problems"},
    {{.answers = 1, .bytes = 7, .elapsed_ns = 2 * SECOND}, 80, "1 answer  0.5/s  0:02", "1 answer in 0:02, 0.5/s, 0 problems"},
    {{.bytes_total = 1000}, 80, "░░░░░░░░░░░░░░░░░░░░   0%  0 answers  0.0/s  0:00", "0 answers in 0:00, 0.0/s, 0 problems"},
    /* a file that has grown since */
    {{.answers = 10, .bytes = 1200, .bytes_total = 1000, .elapsed_ns = SECOND},
     80,
     "████████████████████ 100%  10 answers  10/s  0:01",
     "10 answers in 0:01, 10/s, 0 problems"},
    {{.answers = 500, .bytes = 250, .bytes_total = 1000, .elapsed_ns = 10 * SECOND},
     50,
     "█████░░░░░░░░░░░░░░░  25%  500 of about 2,000",
     "500 answers in 0:10, 50/s, 0 problems"},
    {{.answers = 500, .bytes = 250, .bytes_total = 1000}, 10, "", "500 answers in 0:00, 0.0/s, 0 problems"},
};

START_TEST(a_line)
{
    struct buffer line = buffer_make(1024), end = buffer_make(1024);
    ck_assert(progress_write(&rows[_i].progress, rows[_i].columns, &line));
    ck_assert(progress_write_end(&rows[_i].progress, &end));
    buffer_append_byte(&line, '\0');
    buffer_append_byte(&end, '\0');
    ck_assert_str_eq(line.ptr, rows[_i].line);
    ck_assert_str_eq(end.ptr, rows[_i].end);
    buffer_free(&line);
    buffer_free(&end);
}
END_TEST

Suite *progress_suite(void)
{
    Suite *suite = suite_create("progress");
    TCase *tcase = tcase_create("progress");
    tcase_add_loop_test(tcase, a_line, 0, sizeof rows / sizeof rows[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
