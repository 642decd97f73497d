#include <check.h>

#include "service/head.h"
#include "service/router.h"

#define COUNT(array) (int)(sizeof(array) / sizeof(array)[0])

static const struct {
    const char *method, *path;
    enum err err;
    enum endpoint endpoint;
} requests[] = {
    {"GET", "/", ERR_NONE, ENDPOINT_PAGE},
    {"GET", "/docs", ERR_NONE, ENDPOINT_DOCS},
    {"GET", "/style.css", ERR_NONE, ENDPOINT_STYLE},
    {"GET", "/script.js", ERR_NONE, ENDPOINT_SCRIPT},
    {"HEAD", "/version", ERR_NONE, ENDPOINT_VERSION},
    {"POST", "/v1/extract", ERR_NONE, ENDPOINT_EXTRACT},
    {"GET", "/v1/extract", ERR_NONE, ENDPOINT_EXTRACT},
    {"POST", "/v1/extract/batch", ERR_NONE, ENDPOINT_BATCH},
    {"GET", "/v1/extract/batch", ERR_METHOD_NOT_ALLOWED, ENDPOINT_BATCH},
    {"POST", "/healthz", ERR_METHOD_NOT_ALLOWED, ENDPOINT_HEALTH},
    {"post", "/v1/extract", ERR_METHOD_NOT_ALLOWED, ENDPOINT_EXTRACT},
    {"OPTIONS", "/v1/extract", ERR_NONE, ENDPOINT_EXTRACT},
    {"OPTIONS", "*", ERR_NONE, ENDPOINT_NONE},
    {"GET", "*", ERR_NOT_FOUND, ENDPOINT_NONE},
    {"GET", "", ERR_NOT_FOUND, ENDPOINT_NONE},
    {"GET", "other", ERR_NOT_FOUND, ENDPOINT_NONE},
    {"GET", "/healthz/", ERR_NOT_FOUND, ENDPOINT_NONE},
    {"GET", "/Healthz", ERR_NOT_FOUND, ENDPOINT_NONE},
    {"GET", "http://a/healthz", ERR_NOT_FOUND, ENDPOINT_NONE},
};

START_TEST(finds_routes)
{
    const struct route *route;
    enum method method = router_method(slice_from_cstr(requests[_i].method));
    ck_assert_int_eq(router_find(method, slice_from_cstr(requests[_i].path), &route), requests[_i].err);
    ck_assert_int_eq(route->endpoint, requests[_i].endpoint);
}
END_TEST

START_TEST(allows_what_it_lists)
{
    size_t count;
    const struct route *routes = router_table(&count);
    static const char *const names[] = {"GET", "HEAD", "POST", "OPTIONS"};
    for (size_t i = 1; i < count; i++)
        for (size_t k = 0; k < 4; k++) {
            bool listed = slice_find(slice_from_cstr(routes[i].allow), slice_from_cstr(names[k]), 0) != SLICE_NOT_FOUND;
            ck_assert_int_eq(listed, (routes[i].methods & router_method(slice_from_cstr(names[k]))) != 0);
        }
}
END_TEST

static const struct {
    const char *accept;
    bool json;
} accepts[] = {
    {NULL, true}, {"", true}, {"  ", true}, {"*/*", true}, {"application/*", true}, {"application/json", true},
    {"Application/JSON", true}, {"application/json; charset=utf-8", true}, {"text/html, application/json;q=0.1", true},
    {"text/html,*/*;q=0.8", true}, {"text/html", false}, {"text/*", false}, {"application/jsonp", false},
    {"application/json;q=0", false}, {"application/json;q=0.000, */*", false}, {"*/*;q=0", false},
    {"application/json;q=0.0001", true}, {"application/*;q=0, application/json", true}, {",,,", false},
    {"application/json ; q=0", false}, {"*", false},
};

START_TEST(reads_accept)
{
    ck_assert_msg(router_accepts(slice_from_cstr(accepts[_i].accept), "application/json") == accepts[_i].json, "%s",
                  accepts[_i].accept);
}
END_TEST

/* ----------------------------------------------------------------------- heads */

static struct head head_of(const char *fields) /* "Name: value|Name: value" */
{
    struct head head = {0};
    struct slice rest = slice_from_cstr(fields), field;
    while (slice_split(&rest, '|', &field)) {
        if (field.len == 0)
            continue;
        size_t colon = slice_find_byte(field, ':', 0);
        head_take_field(&head, slice_sub(field, 0, colon), slice_trim(slice_sub(field, colon + 1, field.len)));
    }
    return head;
}

static const struct {
    const char *fields, *version;
    bool good;
} heads[] = {
    {"Host: a", "HTTP/1.1", true},
    {"host: a|content-length: 5", "HTTP/1.1", true},
    {"Host: a|Transfer-Encoding: chunked", "HTTP/1.1", true},
    {"", "HTTP/1.0", true},
    {"", "HTTP/1.1", false},
    {"Host: a|HOST: a", "HTTP/1.1", false},
    {"Host: a|Content-Length: 5|content-length: 5", "HTTP/1.1", false},
    {"Host: a|Content-Length: 5|Transfer-Encoding: chunked", "HTTP/1.1", false},
    {"Host: a|Transfer-Encoding: chunked|Transfer-Encoding: chunked", "HTTP/1.1", false},
    {"Host: a|Content-Length : 5", "HTTP/1.1", false},
    {"Host: a|Content\tLength: 5", "HTTP/1.1", false},
    {"Host: a|Content-Length: 5a", "HTTP/1.1", false},
    {"Host: a|Content-Length:", "HTTP/1.1", false},
    {"Host: a|Content-Length: 99999999999999999999999", "HTTP/1.1", false},
    {"Host: a|Transfer-Encoding: Chunked", "HTTP/1.1", true},
    {"Host: a|Transfer-Encoding: chunked", "HTTP/1.0", false},
    {"Host: a|Transfer-Encoding: gzip, chunked", "HTTP/1.1", false},
    {"Host: a|Transfer-Encoding: identity", "HTTP/1.1", false},
    {"Host: a|X(y): z", "HTTP/1.1", false},
    {"Host: a|X: y\rz", "HTTP/1.1", false},
    {"Host: a|X: y\x7f", "HTTP/1.1", false},
    {"Host: a|X: y\tz \xC3\xA9", "HTTP/1.1", true},
    {"Host: [::1]:8080", "HTTP/1.1", true},
    {"Host: a/b", "HTTP/1.1", false},
    {"Host: a b", "HTTP/1.1", false},
    {"Host: u@a", "HTTP/1.1", false},
};

START_TEST(finds_smuggling)
{
    struct head head = head_of(heads[_i].fields);
    const char *why = head_find_smuggling(&head, slice_from_cstr(heads[_i].version));
    ck_assert_msg((why == NULL) == heads[_i].good, "%s: %s", heads[_i].fields, why ? why : "passed");
}
END_TEST

START_TEST(knows_whether_a_body_comes)
{
    struct head none = head_of("Host: a"), zero = head_of("Content-Length: 0"), five = head_of("Content-Length: 5"),
                chunked = head_of("Transfer-Encoding: chunked");
    ck_assert(!head_announces_body(&none) && !head_announces_body(&zero));
    ck_assert(head_announces_body(&five) && head_announces_body(&chunked));
    ck_assert(head_has_body_within(&five, 5) && !head_has_body_within(&five, 4) && !head_has_body_within(&chunked, 5));
}
END_TEST

Suite *router_suite(void)
{
    Suite *suite = suite_create("router");
    TCase *tcase = tcase_create("router");
    tcase_add_loop_test(tcase, finds_routes, 0, COUNT(requests));
    tcase_add_test(tcase, allows_what_it_lists);
    tcase_add_loop_test(tcase, reads_accept, 0, COUNT(accepts));
    tcase_add_loop_test(tcase, finds_smuggling, 0, COUNT(heads));
    tcase_add_test(tcase, knows_whether_a_body_comes);
    suite_add_tcase(suite, tcase);
    return suite;
}
