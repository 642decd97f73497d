/* Going on with a batch: whatever an earlier run left, the file ends up as that of a run that nothing disturbed. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/answer_file.h"
#include "pipeline/batch.h"
#include "support/support.h"

static const struct batch_default short_answer[] = {{{"fields", 6}, {"headline", 8}}};

#define LINES                                                                                         \
    "{\"id\":1,\"text\":\"Ferry runs again\\n\\nThe ferry runs again from Monday, the office said.\"}\n" \
    "\n"                                                                                              \
    "garbage\n"                                                                                       \
    "{\"id\":\"b,\\\"\",\"text\":\"Bus runs again\\n\\nThe bus runs again from Monday, the office said.\"}\n"

#define RESPONSE(id, head, body)                                                                       \
    "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:" id ">\r\n"                         \
    "Content-Type: application/http\r\nContent-Length: 103\r\n\r\n" head body "\r\n\r\n"
#define PAGE_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
#define PAGE "<html><title>Tram</title><p>The tram runs again.</p></html>"
#define IMAGE_HEAD "HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\n\r\n"
_Static_assert(sizeof PAGE_HEAD PAGE - 1 == 103 && sizeof IMAGE_HEAD == sizeof PAGE_HEAD, "Content-Length above");

struct room {
    char folder[64], lines[96], archive[96], out[96];
};

static void write_file(const char *path, struct slice bytes)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    fclose(file);
}

static struct room make_room(void)
{
    struct room room = {.folder = "/tmp/newsmeta-resume-XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(room.folder));
    snprintf(room.lines, sizeof room.lines, "%s/lines", room.folder);
    snprintf(room.archive, sizeof room.archive, "%s/archive", room.folder);
    snprintf(room.out, sizeof room.out, "%s/out", room.folder);
    write_file(room.lines, SLICE(LINES));
    /* what has no answer stands before, between and behind what has */
    write_file(room.archive, SLICE(RESPONSE("1", IMAGE_HEAD, PAGE) RESPONSE("2", PAGE_HEAD, PAGE)
                                       RESPONSE("3", IMAGE_HEAD, PAGE) RESPONSE("4", PAGE_HEAD, PAGE) "WARC/1.1\r\nbroken"));
    return room;
}

static void remove_room(struct room *room)
{
    unlink(room->lines);
    unlink(room->archive);
    unlink(room->out);
    rmdir(room->folder);
}

#define READ_MAX ((size_t)1 << 16)

/* With NULs behind what was read. */
static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *bytes = calloc(1, READ_MAX);
    ck_assert_ptr_nonnull(file);
    *len = fread(bytes, 1, READ_MAX, file);
    fclose(file);
    return bytes;
}

static struct batch_result resume(const struct room *room, const char *const *paths, size_t count)
{
    struct answer_file file;
    const char *why = NULL;
    ck_assert_msg(answer_file_open(room->out, &file, &why), "%s", why);
    struct batch_options options = {.knowledge = support_knowledge(), .defaults = short_answer, .default_count = 1, .jobs = 2};
    options.done = (struct batch_done){file.answers, buffer_slice(&file.last)};
    struct batch_input input = {.fd = -1, .stop_fd = -1, .paths = paths, .path_count = count};
    FILE *out = answer_file_continue(&file);
    ck_assert_ptr_nonnull(out);
    struct batch_result result = batch_run(&options, &input, out);
    fclose(out);
    answer_file_free(&file);
    return result;
}

/* A run can be ended after any byte that it wrote. */
START_TEST(ended_after_any_byte)
{
    struct room room = make_room();
    const char *const paths[] = {room.lines, "/no/such/file", room.archive};
    size_t whole_len, len;
    struct batch_result first = resume(&room, paths, 3);
    char *whole = read_file(room.out, &whole_len);
    ck_assert_uint_eq(first.progress.answers, 3 + 1 + 3);
    ck_assert_uint_eq(first.progress.problems, 3);
    ck_assert_uint_eq(first.passed_over, 2);
    for (size_t cut = 0; cut <= whole_len + 100; cut++) { /* beyond the end: a torn line that nothing writes over */
        write_file(room.out, slice_of(whole, cut));
        struct batch_result result = resume(&room, paths, 3);
        char *text = read_file(room.out, &len);
        ck_assert_msg(!result.other_input && result.written, "cut at %zu", cut);
        ck_assert_msg(len == whole_len && memcmp(text, whole, len) == 0, "cut at %zu:\n%s", cut, text);
        ck_assert_uint_eq(result.progress.answers, first.progress.answers);
        ck_assert_uint_eq(result.passed_over, 2);
        free(text);
    }
    free(whole);
    remove_room(&room);
}
END_TEST

START_TEST(answers_of_another_input)
{
    static const char *const outs[] = {
        "{\"id\":2,\"headline\":\"x\"}\n",                                    /* another id */
        "{\"id\":10,\"headline\":\"x\"}\n",                                   /* an id that only begins alike */
        "{\"id\":null,\"headline\":\"x\"}\n",
        "{\"id\":1,\"headline\":\"x\"}\n{\"id\":1,\"headline\":\"x\"}\n",     /* the second is that of a line without one */
        "{\"id\":1,\"headline\":\"x\"}\n{\"id\":1,\"headline\":\"x\"}\n{\"id\":1,\"headline\":\"x\"}\n"
        "{\"id\":\"b,\\\"\",\"headline\":\"x\"}\n",                           /* more of them than the input has */
    };
    struct room room = make_room();
    const char *const paths[] = {room.lines};
    write_file(room.out, slice_from_cstr(outs[_i]));
    struct batch_result result = resume(&room, paths, 1);
    ck_assert(result.other_input);
    size_t len;
    char *text = read_file(room.out, &len);
    ck_assert_str_eq(text, outs[_i]); /* and nothing was written */
    free(text);
    remove_room(&room);
}
END_TEST

START_TEST(files_that_hold_something_else)
{
    static const struct {
        const char *name, *text;
        bool good;
    } files[] = {
        {"empty", "", true},
        {"torn within the first bytes", "{\"i", true},
        {"torn", "{\"id\":1,\"headl", true},
        {"an answer", "{\"id\":1,\"headline\":null}\n", true},
        {"a problem, and a torn line", "{\"id\":1,\"problem\":{}}\n{\"id", true},
        {"jobs", "{\"id\":1,\"text\":\"x\"}\n", false},
        {"text", "Dear diary,\n", false},
        {"text without a line end", "Dear diary,", false},
        {"answers without ids", "{\"headline\":null}\n", false},
    };
    struct room room = make_room();
    struct answer_file file;
    const char *why = NULL;
    struct stat status;
    write_file(room.out, slice_from_cstr(files[_i].text));
    bool opened = answer_file_open(room.out, &file, &why);
    ck_assert_msg(opened == files[_i].good, "%s", files[_i].name);
    ck_assert((why == NULL) == opened);
    ck_assert_int_eq(stat(room.out, &status), 0);
    ck_assert_uint_eq((size_t)status.st_size, strlen(files[_i].text)); /* opening changes nothing */
    if (opened) {
        close(file.fd);
        answer_file_free(&file);
    }
    remove_room(&room);
}
END_TEST

START_TEST(one_run_at_a_time)
{
    struct room room = make_room();
    struct answer_file one, two;
    const char *why = NULL;
    ck_assert(answer_file_open(room.out, &one, &why));
    ck_assert(!answer_file_open(room.out, &two, &why));
    ck_assert_str_eq(why, "another run writes to it");
    ck_assert(answer_file_is(&one, -1, room.out) && !answer_file_is(&one, -1, room.lines));
    close(one.fd);
    answer_file_free(&one);
    ck_assert(!answer_file_open(room.folder, &two, &why)); /* a folder */
    ck_assert(!answer_file_open("/dev/null", &two, &why)); /* no file */
    remove_room(&room);
}
END_TEST

Suite *resume_suite(void)
{
    Suite *suite = suite_create("resume");
    TCase *tcase = tcase_create("resume");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, ended_after_any_byte);
    tcase_add_loop_test(tcase, answers_of_another_input, 0, 5);
    tcase_add_loop_test(tcase, files_that_hold_something_else, 0, 9);
    tcase_add_test(tcase, one_run_at_a_time);
    suite_add_tcase(suite, tcase);
    return suite;
}
