/* Requests to the letter: what two readers could understand differently is refused and ends the connection; what HTTP/1.1
 * allows is taken, however odd it looks (RFC 9112). */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/http.h"
#include "support/process.h"
#include "support/support.h"

static struct process service;

static void start(void)
{
    service = process_start_service((const char *const[]){NULL});
}

static void stop(void)
{
    process_stop_well(&service);
}

#define NEXT "GET /version HTTP/1.1\r\nHost: a\r\n\r\n"
#define POST "POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
#define GET "GET /healthz HTTP/1.1\r\nHost: a\r\n"
#define CHUNKED POST "Transfer-Encoding: chunked\r\n\r\n"
#define RAW(literal) {(literal), sizeof(literal) - 1}

/* Each is followed by another request, which must not be answered. */
static const struct slice ambiguous[] = {
    /* how long is the body? */
    RAW(POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    RAW(POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
    RAW("POST /v1/extract HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    RAW(POST "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
    RAW(POST "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
    RAW(POST "Content-Length: 5,5\r\n\r\nhello"),
    RAW(POST "Content-Length: 5 5\r\n\r\nhello"),
    RAW(POST "Content-Length: +5\r\n\r\nhello"),
    RAW(POST "Content-Length: -1\r\n\r\n"),
    RAW(POST "Content-Length: 0x5\r\n\r\nhello"),
    RAW(POST "Content-Length: 5.0\r\n\r\nhello"),
    RAW(POST "Content-Length: \x0b" "5\r\n\r\nhello"),
    RAW(POST "Content-Length: 5\xA0\r\n\r\nhello"),
    RAW(POST "Content-Length:\r\n\r\nhello"),
    RAW(POST "Content-Length:\r\n 5\r\n\r\nhello"),
    RAW("GET /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"),
    RAW("GET /v1/extract HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    /* in which coding does it come? */
    RAW(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"),
    RAW(POST "Transfer-Encoding: identity\r\n\r\n"),
    RAW(POST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    RAW(POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    RAW(POST "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
    RAW(POST "Transfer-Encoding: \x0b" "chunked\r\n\r\n0\r\n\r\n"),
    RAW(POST "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
    RAW(POST "Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n"),
    RAW(POST "Transfer-Encoding:\r\n\r\n0\r\n\r\n"),
    RAW("POST /v1/extract HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    RAW(CHUNKED "0xc\r\nBridge opens\r\n0\r\n\r\n"),
    RAW(CHUNKED "-1\r\nBridge opens\r\n0\r\n\r\n"),
    RAW(CHUNKED "+c\r\nBridge opens\r\n0\r\n\r\n"),
    RAW(CHUNKED " c\r\nBridge opens\r\n0\r\n\r\n"),
    RAW(CHUNKED "c \r\nBridge opens\r\n0\r\n\r\n"),
    RAW(CHUNKED "\r\nBridge opens\r\n0\r\n\r\n"),
    RAW(CHUNKED "c\r\nBridge opens0\r\n\r\n"),
    RAW(CHUNKED "1000000000000000c\r\nBridge opens\r\n0\r\n\r\n"), /* 413: 2^64 wraps round to 12 */
    /* where does a field end? */
    RAW(POST "Content-Length : 5\r\n\r\nhello"),
    RAW(POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
    RAW(GET "X Y: z\r\n\r\n"),
    RAW(GET "X(y): z\r\n\r\n"),
    RAW(GET "X\xC3\xA9: z\r\n\r\n"),
    RAW(GET "X\0: z\r\n\r\n"),
    RAW(GET ": z\r\n\r\n"),
    RAW(GET "Z\r\n\r\n"),
    RAW("GET /healthz HTTP/1.1\r\n Host: a\r\n\r\n"),
    RAW(GET "X: y\rContent-Length: 5\r\n\r\n"),
    RAW("GET /healthz HTTP/1.1\r\nHost: a\rX: y\r\n\r\n"),
    RAW(GET "X: y\nContent-Length: 5\r\n\r\n"),
    RAW("GET /healthz HTTP/1.1\nHost: a\n\n"),
    RAW(GET "X: y\n\r\n"),
    RAW(GET "X: y\r\n\n"),
    RAW(GET "X: y\r\n z\r\n\r\n"),
    RAW(GET "X: y\r\n\tz\r\n\r\n"),
    RAW(GET "X: y\0Content-Length: 5\r\nY: z\r\n\r\n"),
    RAW(GET "X: y\0z\r\n\r\n"),
    RAW(GET "X: y\x01z\r\n\r\n"),
    /* for whom is it, and what is asked? */
    RAW("GET /healthz HTTP/1.1\r\n\r\n"),
    RAW("GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    RAW("GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n"),
    RAW("GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n"),
    RAW("GET /healthz HTTP/1.1\r\nHost: user@a\r\n\r\n"),
    RAW("GET /healthz HTTP/1.1\r\nHost: a,b\r\n\r\n"),
    RAW("GET /health z HTTP/1.1\r\nHost: a\r\n\r\n"),
    RAW("GET  /healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
    RAW("GET /healthz  HTTP/1.1\r\nHost: a\r\n\r\n"),
    RAW("GET /healthz HTTP/1.1 \r\nHost: a\r\n\r\n"),
    RAW("GET /healthz\0x HTTP/1.1\r\nHost: a\r\n\r\n"),
    RAW("GET /healthz HTTP/1.1 x\r\nHost: a\r\n\r\n"),
    RAW("GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n"), /* 505 */
    RAW("GET /healthz http/1.1\r\nHost: a\r\n\r\n"),
    RAW("GET /healthz\r\n\r\n"),
};

#define COUNT(table) ((int)(sizeof(table) / sizeof(table)[0]))

START_TEST(refuses_what_is_ambiguous)
{
    struct buffer with_next = buffer_make(4096);
    buffer_append(&with_next, ambiguous[_i]);
    buffer_append(&with_next, SLICE(NEXT));
    struct buffer raw = http_raw(service.port, buffer_slice(&with_next), 1000);
    struct slice got = buffer_slice(&raw);
    ck_assert_msg(slice_starts(got, SLICE("HTTP/1.1 400 ")) || slice_starts(got, SLICE("HTTP/1.1 413 ")) ||
                      slice_starts(got, SLICE("HTTP/1.1 505 ")), "%s: %s", ambiguous[_i].ptr, raw.ptr);
    ck_assert_msg(strstr(raw.ptr, "\r\nConnection: close\r\n") != NULL, "%s: %s", ambiguous[_i].ptr, raw.ptr);
    ck_assert_msg(strstr(raw.ptr, "\"version\"") == NULL, "the second request was answered: %s", raw.ptr);
    buffer_free(&raw);
    buffer_free(&with_next);
}
END_TEST

/* Odd, but plain. The request behind it is answered too. */
static const struct slice plain[] = {
    RAW(CHUNKED "c\r\nBridge opens\r\n0\r\n\r\n"),
    RAW(CHUNKED "00C;name=value\r\nBridge opens\r\n0;last\r\n\r\n"),
    RAW(CHUNKED "c\r\nBridge opens\r\n0\r\nContent-Length: 5\r\n\r\n"), /* a trailer is no header */
    RAW(POST "transfer-encoding:CHUNKED\r\n\r\nc\r\nBridge opens\r\n0\r\n\r\n"),
    RAW(POST "Content-Length: 0000000000000000012\r\n\r\nBridge opens"),
    RAW(POST "CONTENT-LENGTH:12\r\n\r\nBridge opens"),
    RAW(POST "Content-Length: \t 12\r\n\r\nBridge opens"),
    RAW("\r\n" GET "\r\n"),
    RAW(GET "X:\r\nY: \r\n\r\n"),
    RAW(GET "X: a\tb c \r\nY: \xC3\xA9\r\n\r\n"),
    RAW(GET "X!#$%&'*+-.^_`|~9: y\r\n\r\n"),
    RAW("GET http://other.example:80/healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
    RAW("GET /healthz?a=b%20c HTTP/1.1\r\nHost: [2001:db8::1]:8080\r\n\r\n"),
    RAW("GET /healthz HTTP/1.2\r\nHost: a\r\n\r\n"),
    RAW(GET "Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n"),
};

START_TEST(takes_what_is_plain)
{
    struct buffer with_next = buffer_make(4096);
    buffer_append(&with_next, plain[_i]);
    buffer_append(&with_next, SLICE("GET /version HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    struct buffer raw = http_raw(service.port, buffer_slice(&with_next), 3000);
    ck_assert_msg(slice_starts(buffer_slice(&raw), SLICE("HTTP/1.1 200 ")), "%s: %s", plain[_i].ptr, raw.ptr);
    ck_assert_msg(strstr(raw.ptr, "\"version\"") != NULL, "%s: %s", plain[_i].ptr, raw.ptr);
    buffer_free(&raw);
    buffer_free(&with_next);
}
END_TEST

/* nginx lets by lines of 8 kB by default: a cookie of that length, beside the fields that a browser sends. */
START_TEST(takes_a_line_as_long_as_proxies_let_by)
{
    struct buffer request = buffer_make(1 << 16);
    buffer_printf(&request, POST "Cookie: %08182d\r\n", 0);
    for (int i = 0; i < 10; i++)
        buffer_printf(&request, "X-Field-%d: %0100d\r\n", i, i);
    buffer_append_cstr(&request, "Connection: close\r\nContent-Length: 12\r\n\r\nBridge opens");
    struct buffer raw = http_raw(service.port, buffer_slice(&request), 3000);
    ck_assert_msg(slice_starts(buffer_slice(&raw), SLICE("HTTP/1.1 200 ")), "%s", raw.ptr);
    buffer_free(&raw);
    buffer_free(&request);
}
END_TEST

/* A head of some 10 kB that comes in pieces, twice on one connection: the library's buffer grows meanwhile. */
START_TEST(takes_a_long_head_in_pieces)
{
    struct buffer head = buffer_make(1 << 16), answer = buffer_make(1 << 16);
    char room[4096];
    buffer_append_cstr(&head, GET);
    for (int i = 0; i < 48; i++)
        buffer_printf(&head, "X-Field-%d: %0200d\r\n", i, i);
    buffer_append_cstr(&head, "\r\n");
    int fd = http_connect(service.port);
    for (int turn = 0; turn < 2; turn++) {
        for (size_t at = 0; at < head.len; at += 1500) {
            size_t len = head.len - at < 1500 ? head.len - at : 1500;
            ck_assert_int_eq(send(fd, head.ptr + at, len, MSG_NOSIGNAL), (ssize_t)len);
            usleep(3000);
        }
        ssize_t got = recv(fd, room, sizeof room, 0);
        ck_assert_int_gt(got, 0);
        buffer_clear(&answer);
        buffer_append(&answer, slice_of(room, (size_t)got));
        ck_assert_msg(slice_starts(buffer_slice(&answer), SLICE("HTTP/1.1 200 ")), "turn %d: %.*s", turn, (int)got, room);
    }
    close(fd);
    buffer_free(&head);
    buffer_free(&answer);
}
END_TEST

/* A request of `len` bytes: a target, parameters, a cookie, long or short fields that are as long or as many as it takes. */
static void write_long_request(struct buffer *request, int kind, size_t len)
{
    buffer_append_cstr(request, kind < 2 ? "GET /healthz?a=b" : GET);
    if (kind == 2)
        buffer_append_cstr(request, "Cookie: ");
    for (int i = 0; request->len < len; i++)
        if (kind == 1)
            buffer_printf(request, "&a%d=b", i);
        else if (kind == 3)
            buffer_printf(request, "X-%d: %0500d\r\n", i, 0);
        else if (kind == 4)
            buffer_printf(request, "X-%d: %d\r\n", i, i);
        else
            buffer_append_byte(request, 'x');
    buffer_append_cstr(request, kind < 2 ? " HTTP/1.1\r\nHost: a\r\n" : kind == 2 ? "\r\n" : "");
    buffer_append_cstr(request, "Connection: close\r\n\r\n");
}

/* Around the limits of what the library can read, and answer, there is no length at which nobody answers. */
START_TEST(answers_heads_of_any_length)
{
    static const struct {
        size_t from, to, step;
    } rows[] = {{7800, 21000, 150}, {500, 6000, 130}, {9800, 21000, 20}, {18000, 21000, 30}, {1500, 6000, 25}};
    for (size_t len = rows[_i].from; len < rows[_i].to; len += rows[_i].step) {
        struct buffer request = buffer_make(1 << 16);
        write_long_request(&request, _i, len);
        struct buffer raw = http_raw(service.port, buffer_slice(&request), 2000);
        ck_assert_msg(slice_starts(buffer_slice(&raw), SLICE("HTTP/1.1 ")), "%d: %zu bytes: '%s'", _i, len, raw.ptr);
        buffer_free(&raw);
        buffer_free(&request);
    }
}
END_TEST

/* What is packed is no text: it would be read as one of strange words. */
START_TEST(takes_bodies_as_they_are)
{
    static const struct {
        const char *coding, *status;
    } rows[] = {{"gzip", "415"}, {"br", "415"}, {"x-unknown", "415"}, {"gzip, identity", "415"}, {"identity", "200"}, {"", "200"}};
    struct buffer request = buffer_make(4096);
    buffer_printf(&request, POST "Connection: close\r\nContent-Encoding: %s\r\nContent-Length: 12\r\n\r\nBridge opens", rows[_i].coding);
    struct buffer raw = http_raw(service.port, buffer_slice(&request), 3000);
    ck_assert_msg(strncmp(raw.ptr, "HTTP/1.1 ", 9) == 0 && strncmp(raw.ptr + 9, rows[_i].status, 3) == 0, "%s: %s", rows[_i].coding, raw.ptr);
    ck_assert_int_eq(strstr(raw.ptr, "\r\nAccept-Encoding: identity\r\n") != NULL, rows[_i].status[0] == '4');
    buffer_free(&raw);
    buffer_free(&request);
}
END_TEST

static double cpu_seconds(pid_t pid)
{
    char path[64], line[1024] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    (void)!fgets(line, sizeof line, file);
    fclose(file);
    unsigned long user = 0, system = 0;
    ck_assert_int_eq(sscanf(strrchr(line, ')'), ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system), 2);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

/* The first line of a chunk has no end: the connection can neither go on nor be read from. */
START_TEST(does_not_turn_idly_over_a_chunk_without_an_end)
{
    struct buffer request = buffer_make(1 << 16);
    buffer_printf(&request, CHUNKED "5;%030000d", 0);
    int fd = http_connect(service.port);
    ck_assert_int_gt(send(fd, request.ptr, request.len, MSG_NOSIGNAL), 0);
    usleep(300000);
    double before = cpu_seconds(service.pid);
    usleep(1000000);
    double spent = cpu_seconds(service.pid) - before;
    ck_assert_msg(spent * 1000 < (double)support_at_most(70), "%.2f s of one", spent);
    struct http_answer got = http_get(service.port, "/healthz");
    ck_assert_int_eq(got.status, 200);
    http_free(&got);
    char answer[64] = "";
    ck_assert_int_gt(recv(fd, answer, sizeof answer - 1, 0), 0); /* it does not wait for the rest of the body's time */
    ck_assert_msg(strncmp(answer, "HTTP/1.1 408 ", 13) == 0, "%s", answer);
    close(fd);
    buffer_free(&request);
}
END_TEST

Suite *e2e_strict_suite(void)
{
    Suite *suite = suite_create("e2e_strict");
    TCase *tcase = tcase_create("strict");
    tcase_set_timeout(tcase, 30);
    tcase_add_unchecked_fixture(tcase, start, stop);
    tcase_add_loop_test(tcase, refuses_what_is_ambiguous, 0, COUNT(ambiguous));
    tcase_add_loop_test(tcase, takes_what_is_plain, 0, COUNT(plain));
    tcase_add_test(tcase, takes_a_line_as_long_as_proxies_let_by);
    tcase_add_test(tcase, takes_a_long_head_in_pieces);
    tcase_add_loop_test(tcase, answers_heads_of_any_length, 0, 5);
    tcase_add_loop_test(tcase, takes_bodies_as_they_are, 0, 6);
    tcase_add_test(tcase, does_not_turn_idly_over_a_chunk_without_an_end);
    suite_add_tcase(suite, tcase);
    return suite;
}
