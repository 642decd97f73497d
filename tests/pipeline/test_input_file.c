/* Local files: as they are, gunzipped, or refused with a reason. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "article/limits.h"
#include "pipeline/byte_stream.h"
#include "pipeline/input_file.h"
#include "pipeline/request.h"
#include "support/support.h"

static struct job job;
static char path[] = "/tmp/newsmeta-input-XXXXXX";

static void set_up(void)
{
    close(mkstemp(path));
    request_init(&job, arena_create(), NULL, NULL);
}

static void tear_down(void)
{
    unlink(path);
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    arena_destroy(job.arena);
}

static void write_plain(struct slice bytes)
{
    FILE *file = fopen(path, "ab");
    fwrite(bytes.ptr, 1, bytes.len, file);
    fclose(file);
}

static void write_gzip(struct slice bytes)
{
    gzFile file = gzopen(path, "ab");
    gzwrite(file, bytes.ptr, (unsigned)bytes.len);
    gzclose(file);
}

START_TEST(plain_bytes)
{
    static const struct slice contents[] = {{"", 0}, {"a", 1}, {"\x1f", 1}, {"a\0b", 3}, {"<p>x</p>\r\n", 10}};
    write_plain(contents[_i]);
    ck_assert_int_eq(input_file_read(&job, path), ERR_NONE);
    ck_assert(slice_equals(job.input, contents[_i]));
    ck_assert(!slice_is_null(job.input));
    ck_assert_int_eq(job.kind, INPUT_SNIFF);
}
END_TEST

START_TEST(gzip_members)
{
    write_gzip(SLICE("one "));
    write_gzip(SLICE(""));
    write_gzip(SLICE("two"));
    ck_assert_int_eq(input_file_read(&job, path), ERR_NONE);
    ck_assert_slice_eq(job.input, "one two");
}
END_TEST

START_TEST(damaged_gzip)
{
    write_gzip(SLICE("some words that are long enough to be cut"));
    if (_i == 0)
        ck_assert_int_eq(truncate(path, 30), 0);
    else if (_i == 1)
        write_plain(SLICE("rubbish behind"));
    else
        ck_assert_int_eq(truncate(path, 2), 0);
    ck_assert_int_eq(input_file_read(&job, path), ERR_UNDECODABLE);
    ck_assert(slice_find(job.detail, slice_from_cstr(path), 0) == 0);
}
END_TEST

START_TEST(files_that_cannot_be_read)
{
    ck_assert_int_eq(input_file_read(&job, _i ? "/" : "/no/such/file"), ERR_BAD_PARAMETER);
    ck_assert_slice_eq(job.detail, _i ? "/: Is a directory" : "/no/such/file: No such file or directory");
}
END_TEST

/* The cap itself fits; one byte more does not, gzipped or not. */
START_TEST(too_large)
{
    size_t size = LIMIT_INPUT_BYTES + (size_t)(_i & 1);
    if (_i < 2) {
        ck_assert_int_eq(truncate(path, (off_t)size), 0);
    } else {
        char *zeros = calloc(size, 1);
        write_gzip(slice_of(zeros, size));
        free(zeros);
    }
    ck_assert_int_eq(input_file_read(&job, path), _i & 1 ? ERR_BODY_TOO_LARGE : ERR_NONE);
    ck_assert_uint_eq(job.input.len, _i & 1 ? 0 : LIMIT_INPUT_BYTES);
}
END_TEST

/* ------------------------------------------------------------- the byte stream */

START_TEST(lines_of_a_stream)
{
    struct byte_stream *stream = byte_stream_open_memory(SLICE("one\n\nthree long\rline\nlast"));
    static const char *const expected[] = {"one", "", "three lo", "last"};
    for (size_t i = 0; i < 4; i++) {
        struct buffer line = buffer_make(8);
        ck_assert(byte_stream_read_line(stream, &line));
        ck_assert_int_eq(line.overflow, i == 2);
        if (i != 2)
            ck_assert_slice_eq(buffer_slice(&line), expected[i]);
        buffer_free(&line);
    }
    struct buffer none = buffer_make(8);
    ck_assert(!byte_stream_read_line(stream, &none));
    ck_assert_int_eq(byte_stream_status(stream), STREAM_END);
    byte_stream_close(stream);
}
END_TEST

START_TEST(bytes_put_back_come_first)
{
    struct byte_stream *stream = byte_stream_open_memory(SLICE("abcdef"));
    ck_assert_slice_eq(slice_sub(byte_stream_peek(stream, 3), 0, 3), "abc");
    byte_stream_take(stream, 3);
    byte_stream_push_back(stream, SLICE("xy"));
    byte_stream_push_back(stream, SLICE("vw"));
    struct buffer all = buffer_make(100);
    ck_assert_uint_eq(byte_stream_read(stream, 100, &all), 7);
    ck_assert_slice_eq(buffer_slice(&all), "vwxydef");
    byte_stream_push_back(stream, SLICE("z")); /* behind the end as well */
    ck_assert_slice_eq(byte_stream_peek(stream, 1), "z");
    buffer_free(&all);
    byte_stream_close(stream);
}
END_TEST

/* Larger than the window, through a pipe that gives little at a time. */
START_TEST(a_stream_through_a_pipe)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    size_t size = 3 * BYTE_STREAM_WINDOW + 5;
    if (fork() == 0) {
        for (size_t i = 0; i < size; i += 97) {
            char piece[97];
            memset(piece, (int)('a' + i / 97 % 26), sizeof piece);
            if (write(ends[1], piece, size - i < 97 ? size - i : 97) < 0)
                _exit(1);
        }
        _exit(0);
    }
    close(ends[1]);
    struct byte_stream *stream = byte_stream_open(ends[0], -1);
    struct buffer all = buffer_make((size_t)1 << 20);
    ck_assert_uint_eq(byte_stream_read(stream, UINT64_MAX, &all), size);
    for (size_t i = 0; i < size; i++)
        ck_assert_int_eq(all.ptr[i], (char)('a' + i / 97 % 26));
    buffer_free(&all);
    byte_stream_close(stream);
    close(ends[0]);
}
END_TEST

Suite *input_file_suite(void)
{
    Suite *suite = suite_create("input_file");
    TCase *tcase = tcase_create("input_file");
    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, plain_bytes, 0, 5);
    tcase_add_test(tcase, gzip_members);
    tcase_add_loop_test(tcase, damaged_gzip, 0, 3);
    tcase_add_loop_test(tcase, files_that_cannot_be_read, 0, 2);
    tcase_add_loop_test(tcase, too_large, 0, 4);
    tcase_add_test(tcase, lines_of_a_stream);
    tcase_add_test(tcase, bytes_put_back_come_first);
    tcase_add_test(tcase, a_stream_through_a_pipe);
    suite_add_tcase(suite, tcase);
    return suite;
}
