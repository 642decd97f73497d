/* Web archives: what is given, what is passed over, and how the reader finds its way back. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "pipeline/batch.h"
#include "pipeline/http_message.h"
#include "pipeline/warc.h"
#include "support/support.h"

#define BLOCK_MAX 4096

/* ------------------------------------------------------------ making archives */

#define PAGE "<!DOCTYPE html><html><body>lighthouse</body></html>"
#define HTTP "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"

static void add_record(struct buffer *out, const char *type, const char *id, const char *content_type,
                       struct slice block, size_t length)
{
    buffer_printf(out,
                  "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%s>\r\nWARC-Target-URI: https://port.example/%s\r\n"
                  "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
                  type, id, id, content_type, length);
    buffer_append(out, block);
    buffer_append_cstr(out, "\r\n\r\n");
}

static void add_page(struct buffer *out, const char *id)
{
    struct slice block = SLICE(HTTP PAGE);
    add_record(out, "response", id, "application/http; msgtype=response", block, block.len);
}

/* What the reader says of an archive: "1 2 !wrong length... 3", ids of records and reasons of broken ones. */
static struct slice read_all(struct arena *arena, struct slice archive, uint64_t *skipped)
{
    struct byte_stream *stream = byte_stream_open_memory(archive);
    struct buffer bytes = buffer_make(WARC_MAX_HEADER + BLOCK_MAX), said = buffer_make(1 << 16);
    struct warc_reader reader;
    struct warc_record record;
    warc_open(&reader, stream, BLOCK_MAX);
    for (enum warc_status status; (status = warc_next(&reader, &bytes, &record)) != WARC_END;) {
        struct slice id = slice_is_null(record.id) ? SLICE("-") : slice_sub(record.id, 7, record.id.len - 1);
        buffer_printf(&said, "%s%.*s", said.len ? " " : "", SLICE_ARG(id));
        if (status == WARC_BROKEN)
            buffer_printf(&said, "(%s)", record.why);
    }
    if (skipped)
        *skipped = reader.skipped;
    struct slice copy = arena_copy(arena, buffer_slice(&said));
    buffer_free(&said);
    buffer_free(&bytes);
    warc_close(&reader);
    byte_stream_close(stream);
    return copy;
}

static struct arena *arena;
static struct buffer made;

static void set_up(void)
{
    arena = arena_create();
    made = buffer_make((size_t)16 << 20);
}

static void tear_down(void)
{
    buffer_free(&made);
    arena_destroy(arena);
}

/* ------------------------------------------------------------------- records */

START_TEST(kinds_of_records)
{
    static const struct {
        const char *type, *content_type;
        bool given;
    } kinds[] = {
        {"response", "application/http; msgtype=response", true},
        {"response", "application/http", true},
        {"Response", "Application/HTTP;msgtype=response", true},
        {"response", "text/dns", false},
        {"request", "application/http; msgtype=request", false},
        {"warcinfo", "application/warc-fields", false},
        {"metadata", "application/warc-fields", false},
        {"revisit", "application/http; msgtype=response", false},
        {"resource", "text/html", true},
        {"resource", "text/html; charset=iso-8859-1", true},
        {"resource", "application/xhtml+xml", true},
        {"resource", "image/png", false},
        {"conversion", "text/plain", true},
        {"conversion", "application/json", false},
        {"something-new", "text/html", false},
    };
    uint64_t skipped;
    add_record(&made, kinds[_i].type, "a", kinds[_i].content_type, SLICE("four"), 4);
    add_page(&made, "b");
    ck_assert_slice_eq(read_all(arena, buffer_slice(&made), &skipped), kinds[_i].given ? "a b" : "b");
    ck_assert_uint_eq(skipped, !kinds[_i].given);
}
END_TEST

/* The first record of each archive is odd; a good one follows. */
static const struct {
    const char *name, *head, *said;
} odd[] = {
    {"LF alone", "WARC/1.0\nWARC-Type: resource\nWARC-Record-ID: <urn:x:a>\nContent-Type: text/html\nContent-Length: 2\n\nab\n\n", "a b"},
    {"one line end behind", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nab\r\n", "a b"},
    {"line ends before", "\r\n\r\n\n", "b"},
    {"a field that goes on", "WARC/1.0\r\nWARC-Type:\r\n resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Type: text/html;\r\n\tcharset=utf-8\r\nContent-Length: 2\r\n\r\nab\r\n\r\n", "a b"},
    {"names in any case", "WARC/1.0\r\nwarc-type: resource\r\nWARC-RECORD-ID: <urn:x:a>\r\ncontent-type: text/html\r\nCONTENT-LENGTH: 2\r\n\r\nab\r\n\r\n", "a b"},
    {"an empty block", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "a b"},
    {"no id", "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nab\r\n\r\n", "- b"},
    {"no length", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Type: text/html\r\n\r\nab\r\n\r\n", "a(the record has no Content-Length) b"},
    {"a length that is no number", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Length: 2x\r\n\r\nab\r\n\r\n", "a(the record's header cannot be read) b"},
    {"a negative length", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Length: -2\r\n\r\nab\r\n\r\n", "a(the record's header cannot be read) b"},
    {"a length past all numbers", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Length: 99999999999999999999999\r\n\r\nab\r\n\r\n", "a(the record's header cannot be read) b"},
    {"two lengths", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab\r\n\r\n", "a(the record's header cannot be read) b"},
    {"a line without a colon", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nwhat is this\r\nContent-Length: 2\r\n\r\nab\r\n\r\n", "a(the record's header cannot be read) b"},
    {"a length that is too short", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nabcdef\r\nghi\r\n\r\n", "a(the record's Content-Length is wrong) b"},
    {"a length that is too long", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Type: text/html\r\nContent-Length: 30\r\n\r\nab\r\n\r\n", "a(the record's Content-Length is wrong) b"},
    {"a length past the end", "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Type: text/html\r\nContent-Length: 4000\r\n\r\nab\r\n\r\n", "a(the record is cut off) b"},
    {"rubbish between", "rubbish\r\nmore of it\r\n\r\n", "-(no record begins here) b"},
    {"another version", "WARC/2.7\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nab\r\n\r\n", "a b"},
    {"a version without digits", "WARC/x.y\r\nWARC-Type: resource\r\n\r\n", "-(no record begins here) b"},
};

START_TEST(odd_records)
{
    buffer_append_cstr(&made, odd[_i].head);
    add_page(&made, "b");
    struct slice said = read_all(arena, buffer_slice(&made), NULL);
    ck_assert_msg(slice_equals(said, slice_from_cstr(odd[_i].said)), "%s: %.*s", odd[_i].name, SLICE_ARG(said));
}
END_TEST

START_TEST(a_record_above_the_cap_is_passed_over)
{
    char *large = arena_calloc(arena, BLOCK_MAX + 1, 1);
    memset(large, 'x', BLOCK_MAX + 1);
    add_record(&made, "resource", "a", "text/html", slice_of(large, BLOCK_MAX + 1), BLOCK_MAX + 1);
    add_record(&made, "resource", "b", "text/html", slice_of(large, BLOCK_MAX), BLOCK_MAX);
    add_record(&made, "warcinfo", "c", "text/html", slice_of(large, BLOCK_MAX + 1), BLOCK_MAX + 1);
    add_page(&made, "d");
    ck_assert_slice_eq(read_all(arena, buffer_slice(&made), NULL), "a(the record is too large) b d");
}
END_TEST

START_TEST(a_header_above_the_cap_is_broken)
{
    buffer_append_cstr(&made, "WARC/1.0\r\nWARC-Record-ID: <urn:x:a>\r\nX: ");
    for (size_t i = 0; i < WARC_MAX_HEADER + 10; i++)
        buffer_append_byte(&made, 'x');
    buffer_append_cstr(&made, "\r\nContent-Length: 2\r\n\r\nab\r\n\r\n");
    add_page(&made, "b");
    ck_assert_slice_eq(read_all(arena, buffer_slice(&made), NULL), "a(the record's header is cut off or too long) b");
}
END_TEST

/* Every cut of an archive ends, with at most the last record broken. */
START_TEST(any_cut_is_told)
{
    add_page(&made, "a");
    add_page(&made, "b");
    struct slice all = buffer_slice(&made);
    size_t first = all.len / 2;
    for (size_t cut = 0; cut <= all.len; cut++) {
        struct slice said = read_all(arena, slice_sub(all, 0, cut), NULL);
        bool a_is_whole = cut + 4 >= first;
        if (cut == 0)
            ck_assert_uint_eq(said.len, 0);
        else if (cut == all.len)
            ck_assert_slice_eq(said, "a b");
        else
            ck_assert_msg(!a_is_whole || slice_starts(said, SLICE("a")), "cut at %zu: %.*s", cut, SLICE_ARG(said));
    }
}
END_TEST

/* Records that all claim to reach to the end: each is told, and the archive is not read again for each. */
START_TEST(claims_of_length_do_not_multiply_the_work)
{
    for (int i = 0; i < 20000; i++)
        buffer_append_cstr(&made, "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 4096\r\n\r\nx\r\n\r\n");
    struct slice said = read_all(arena, buffer_slice(&made), NULL);
    ck_assert(slice_starts(said, SLICE("-(the record's Content-Length is wrong)")));
}
END_TEST

START_TEST(fields_of_a_record)
{
    struct buffer bytes = buffer_make(1 << 16);
    struct warc_reader reader;
    struct warc_record record;
    buffer_append_cstr(&made, "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:x:a>\r\n"
                              "WARC-Target-URI: <https://port.example/a>\r\nContent-Type: text/html; charset=koi8-r\r\n"
                              "Content-Length: 5\r\n\r\nab\ncd\r\n\r\n");
    struct byte_stream *stream = byte_stream_open_memory(buffer_slice(&made));
    warc_open(&reader, stream, BLOCK_MAX);
    ck_assert_int_eq(warc_next(&reader, &bytes, &record), WARC_RECORD);
    ck_assert_slice_eq(record.type, "resource");
    ck_assert_slice_eq(record.id, "<urn:x:a>");
    ck_assert_slice_eq(record.target_uri, "https://port.example/a");
    ck_assert_slice_eq(record.content_type, "text/html; charset=koi8-r");
    ck_assert_slice_eq(record.block, "ab\ncd");
    struct warc_record again;
    ck_assert(warc_parse(buffer_slice(&bytes), &again));
    ck_assert(slice_equals(again.block, record.block) && slice_equals(again.id, record.id));
    ck_assert_int_eq(warc_next(&reader, &bytes, &record), WARC_END);
    warc_close(&reader);
    byte_stream_close(stream);
    buffer_free(&bytes);
}
END_TEST

/* ------------------------------------------------------------------- gzipped */

static struct slice gzip(struct slice bytes, int bits)
{
    z_stream stream = {0};
    size_t room = bytes.len + 200;
    char *out = arena_alloc(arena, room);
    ck_assert_int_eq(deflateInit2(&stream, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = (Bytef *)(uintptr_t)bytes.ptr;
    stream.avail_in = (uInt)bytes.len;
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)room;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return slice_of(out, room - stream.avail_out);
}

static void add_gzipped_page(const char *id, bool damaged)
{
    struct buffer plain = buffer_make(1 << 16);
    add_page(&plain, id);
    struct slice member = gzip(buffer_slice(&plain), 15 + 16);
    size_t at = made.len;
    buffer_append(&made, member);
    if (damaged)
        memset(made.ptr + at + member.len / 2, 0xFF, 8);
    buffer_free(&plain);
}

START_TEST(members_of_gzip)
{
    add_gzipped_page("a", false);
    add_gzipped_page("b", false);
    ck_assert_slice_eq(read_all(arena, buffer_slice(&made), NULL), "a b");
}
END_TEST

START_TEST(a_damaged_member_is_told_once)
{
    add_gzipped_page("a", false);
    add_gzipped_page("b", true);
    add_gzipped_page("c", false);
    struct slice said = read_all(arena, buffer_slice(&made), NULL);
    ck_assert(slice_starts(said, SLICE("a ")) && slice_ends(said, SLICE("(the gzip data are damaged or cut off) c")));
    ck_assert_uint_eq(slice_find(said, SLICE("damaged"), slice_find(said, SLICE("damaged"), 0) + 1), SLICE_NOT_FOUND);
}
END_TEST

START_TEST(a_cut_member_is_told)
{
    add_gzipped_page("a", false);
    add_gzipped_page("b", false);
    struct slice said = read_all(arena, slice_sub(buffer_slice(&made), 0, made.len - 30), NULL);
    ck_assert(slice_starts(said, SLICE("a ")) && slice_ends(said, SLICE("(the gzip data are damaged or cut off)")));
}
END_TEST

/* ----------------------------------------------------------- HTTP in a record */

START_TEST(http_heads)
{
    static const struct {
        const char *bytes, *content_type, *body;
        int status; /* 0: no response */
    } heads[] = {
        {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nbody", "text/html", "body", 200},
        {"HTTP/1.0 200\nCONTENT-TYPE:text/html \n\nbody", "text/html", "body", 200},
        {"HTTP/2 404 Not Found\r\n\r\n", NULL, "", 404},
        {"HTTP/1.1 200 OK\r\nbroken line\r\nContent-Type: a\r\n\r\n\r\nbody", "a", "\r\nbody", 200},
        {"HTTP/1.1 200 OK\r\nContent-Type: a", "a", "", 200},
        {"HTTP/1.1 20 OK\r\n\r\nbody", NULL, NULL, 0},
        {"HTTP/1.1 abc OK\r\n\r\nbody", NULL, NULL, 0},
        {"HTTP/1.1\r\n\r\nbody", NULL, NULL, 0},
        {"<html>", NULL, NULL, 0},
        {"", NULL, NULL, 0},
    };
    struct http_message message;
    ck_assert_int_eq(http_message_parse(slice_from_cstr(heads[_i].bytes), &message), heads[_i].status != 0);
    if (!heads[_i].status)
        return;
    ck_assert_int_eq(message.status, heads[_i].status);
    ck_assert_slice_eq(message.body, heads[_i].body);
    ck_assert(slice_equals(message.content_type, slice_from_cstr(heads[_i].content_type)));
}
END_TEST

START_TEST(http_chunks)
{
    static const char *const bodies[][2] = {
        {"4\r\nligh\r\n6\r\nthouse\r\n0\r\n\r\n", "lighthouse"},
        {"4\nligh\n6\nthouse\n0\n\n", "lighthouse"},
        {"A;name=value\r\nlighthouse\r\n0\r\nTrailer: x\r\n\r\n", "lighthouse"},
        {"a \r\nlighthouse\r\n0\r\n\r\n", "lighthouse"},
        {"4\r\nligh\r\nff\r\nthouse", "lighthouse"},     /* breaks off */
        {"4\r\nligh\r\nzz\r\nthouse", "ligh"},           /* goes wrong */
        {"<p>lighthouse</p>", "<p>lighthouse</p>"},      /* the archive took it off */
        {"fffffffffffffff\r\nx", "x"},
        {"0\r\n\r\n", ""},
        {"", ""},
    };
    const char *why;
    struct http_message message = {.transfer_encoding = SLICE("chunked"), .body = slice_from_cstr(bodies[_i][0])};
    ck_assert_int_eq(http_message_decode(&message, arena, 1000, &why), ERR_NONE);
    ck_assert_slice_eq(message.body, bodies[_i][1]);
}
END_TEST

START_TEST(http_content_codings)
{
    static const struct {
        const char *coding;
        int bits;      /* zlib's: how the body is coded; 0: not at all */
        size_t cut, max;
        enum err err;
    } codings[] = {
        {"gzip", 15 + 16, 0, 1000, ERR_NONE},   {"x-gzip", 15 + 16, 0, 1000, ERR_NONE},
        {"deflate", 15, 0, 1000, ERR_NONE},     {"deflate", -15, 0, 1000, ERR_NONE},
        {"identity", 0, 0, 1000, ERR_NONE},     {"", 0, 0, 1000, ERR_NONE},
        {"gzip", 0, 0, 1000, ERR_NONE},         {"br", 0, 0, 1000, ERR_NONE}, /* taken off by the archive */
        {"GZIP", 15 + 16, 8, 1000, ERR_NONE},   /* without its trailer */
        {"gzip", 15 + 16, 54, 1000, ERR_UNDECODABLE}, /* little more than its header */
        {"br", 15 + 16, 0, 1000, ERR_UNDECODABLE},
        {"gzip", 15 + 16, 0, 20, ERR_BODY_TOO_LARGE},
    };
    const char *why;
    struct slice body = codings[_i].bits ? gzip(SLICE(PAGE), codings[_i].bits) : SLICE(PAGE);
    struct http_message message = {.content_encoding = slice_from_cstr(codings[_i].coding),
                                   .body = slice_sub(body, 0, body.len - codings[_i].cut)};
    ck_assert_int_eq(http_message_decode(&message, arena, codings[_i].max, &why), codings[_i].err);
    ck_assert_int_eq(why == NULL, codings[_i].err == ERR_NONE);
    if (codings[_i].err == ERR_NONE)
        ck_assert_slice_eq(message.body, PAGE);
}
END_TEST

/* ------------------------------------------------------------------ as a batch */

static void add_response(const char *id, const char *fields, const char *body)
{
    struct buffer block = buffer_make(1 << 16);
    buffer_printf(&block, "HTTP/1.1 %s\r\n\r\n%s", fields, body);
    add_record(&made, "response", id, "application/http; msgtype=response", buffer_slice(&block), block.len);
    buffer_free(&block);
}

START_TEST(answers_of_an_archive)
{
    static const char page[] = "<html><head><title>F\xE4hre f\xE4hrt</title></head><body><h1>F\xE4hre f\xE4hrt</h1>"
                               "<p>Die F\xE4hre f\xE4hrt am Montag wieder, sagte das Hafenamt in der Stadt.</p></body></html>";
    add_response("1", "200 OK\r\nContent-Type: text/html; charset=iso-8859-1", page);
    add_response("2", "404 Not Found\r\nContent-Type: text/html", page);
    add_response("3", "200 OK\r\nContent-Type: image/png", "\x89PNG");
    add_response("4", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br", "\x1b\x03");
    add_response("5", "200 OK", "{\"no\": \"page\"}");
    add_response("6", "200 OK", page);
    add_record(&made, "response", "7", "application/http", SLICE("not HTTP"), 8);
    add_record(&made, "conversion", "8", "text/plain", SLICE("The ferry runs again, the harbour office said on Monday."), 56);
    FILE *file = tmpfile();
    fwrite(made.ptr, 1, made.len, file);
    rewind(file);
    static const struct batch_default fields[] = {{{"fields", 6}, {"headline,page", 13}}};
    struct batch_options options = {.knowledge = support_knowledge(), .jobs = 2, .defaults = fields, .default_count = 1};
    struct batch_input input = {.fd = fileno(file), .stop_fd = -1};
    char *text;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    struct batch_result result = batch_run(&options, &input, out);
    fclose(out);
    fclose(file);
    static const char *const expected[][2] = {
        {"{\"id\":\"<urn:x:1>\"", "\"headline\":\"F\xC3\xA4hre f\xC3\xA4hrt\""},
        {"{\"id\":\"<urn:x:4>\"", "\"code\":\"undecodable\""},
        {"{\"id\":\"<urn:x:6>\"", "\"url\":\"https://port.example/6\""},
        {"{\"id\":\"<urn:x:7>\"", "\"detail\":\"the record holds no HTTP response\""},
        {"{\"id\":\"<urn:x:8>\"", "\"url\":\"https://port.example/8\""},
    };
    struct slice rest = slice_of(text, len), line;
    for (size_t i = 0; i < 5; i++) {
        ck_assert(slice_split(&rest, '\n', &line));
        for (size_t k = 0; k < 2; k++)
            ck_assert_msg(slice_find(line, slice_from_cstr(expected[i][k]), 0) != SLICE_NOT_FOUND, "%s is not in %.*s",
                          expected[i][k], SLICE_ARG(line));
    }
    ck_assert_uint_eq(rest.len, 0);
    ck_assert_uint_eq(result.passed_over, 3);
    free(text);
}
END_TEST

Suite *warc_suite(void)
{
    Suite *suite = suite_create("warc");
    TCase *tcase = tcase_create("warc");
    tcase_set_timeout(tcase, 30);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, kinds_of_records, 0, 15);
    tcase_add_loop_test(tcase, odd_records, 0, sizeof odd / sizeof odd[0]);
    tcase_add_test(tcase, a_record_above_the_cap_is_passed_over);
    tcase_add_test(tcase, a_header_above_the_cap_is_broken);
    tcase_add_test(tcase, any_cut_is_told);
    tcase_add_test(tcase, claims_of_length_do_not_multiply_the_work);
    tcase_add_test(tcase, fields_of_a_record);
    tcase_add_test(tcase, members_of_gzip);
    tcase_add_test(tcase, a_damaged_member_is_told_once);
    tcase_add_test(tcase, a_cut_member_is_told);
    tcase_add_loop_test(tcase, http_heads, 0, 10);
    tcase_add_loop_test(tcase, http_chunks, 0, 10);
    tcase_add_loop_test(tcase, http_content_codings, 0, 12);
    tcase_add_test(tcase, answers_of_an_archive);
    suite_add_tcase(suite, tcase);
    return suite;
}
