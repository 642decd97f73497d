/* Whose word about an address is taken, and how far. */
#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>

#include "service/proxies.h"

#define LINES 3

static const struct {
    const char *peer, *name, *lines[LINES], *client;
} heads[] = {
    {"10.0.0.1", "X-Forwarded-For", {NULL}, "10.0.0.1"},
    {"192.0.2.7", "X-Forwarded-For", {"198.51.100.1"}, "192.0.2.7"}, /* of somebody who is not trusted */
    {"10.0.0.1", "X-Forwarded-For", {"198.51.100.1"}, "198.51.100.1"},
    {"10.0.0.1", "X-Forwarded-For", {"203.0.113.9, 198.51.100.1"}, "198.51.100.1"},
    {"10.0.0.1", "X-Forwarded-For", {"198.51.100.1, 10.0.0.2,10.0.0.3"}, "198.51.100.1"},
    {"10.0.0.1", "X-Forwarded-For", {"198.51.100.1", "10.0.0.2"}, "198.51.100.1"},
    {"10.0.0.1", "X-Forwarded-For", {"203.0.113.9", "198.51.100.1", "10.0.0.2"}, "198.51.100.1"},
    {"10.0.0.1", "X-Forwarded-For", {"198.51.100.1", ""}, "198.51.100.1"},
    {"10.0.0.1", "X-Forwarded-For", {"198.51.100.1, unknown"}, "10.0.0.1"},
    {"10.0.0.1", "X-Forwarded-For", {"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
    {"::ffff:10.0.0.1", "X-Forwarded-For", {"::ffff:198.51.100.1"}, "198.51.100.1"},
    {"10.0.0.1", "X-Forwarded-For", {"[2001:db8::1]:80"}, "2001:db8::1"},
    {"10.0.0.1", "Forwarded", {"for=198.51.100.1;proto=https, for=10.0.0.2"}, "198.51.100.1"},
    {"10.0.0.1", "Forwarded", {"proto=https;For=\"[2001:db8::1]:4711\""}, "2001:db8::1"},
    {"10.0.0.1", "Forwarded", {"for=198.51.100.1", "for=10.0.0.2;by=10.0.0.1"}, "198.51.100.1"},
    {"10.0.0.1", "Forwarded", {"for=_hidden"}, "10.0.0.1"},
    {"10.0.0.1", "Forwarded", {"for=198.51.100.1, proto=http"}, "10.0.0.1"},
};

static struct client_address address_of(const char *text)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    struct client_address address;
    bool is_v4 = inet_pton(AF_INET, text, &v4.sin_addr) == 1;
    ck_assert(is_v4 || inet_pton(AF_INET6, text, &v6.sin6_addr) == 1);
    ck_assert(client_address_from_socket(is_v4 ? (struct sockaddr *)&v4 : (struct sockaddr *)&v6, &address));
    return address;
}

START_TEST(finds_the_client)
{
    static const char *const trusted[] = {"10.0.0.0/8", NULL};
    struct proxies *proxies = proxies_create(trusted);
    struct head head = {0};
    bool is_forwarded = strcmp(heads[_i].name, "Forwarded") == 0;
    for (size_t i = 0; i < LINES && heads[_i].lines[i]; i++)
        head_take_field(&head, slice_from_cstr(heads[_i].name), slice_from_cstr(heads[_i].lines[i]));
    struct client_address found = proxies_find_client(proxies, address_of(heads[_i].peer),
                                                      is_forwarded ? &head.forwarded : &head.forwarded_for, is_forwarded);
    struct client_address expected = address_of(heads[_i].client);
    ck_assert_msg(client_address_equals(&found, &expected), "%d: not %s", _i, heads[_i].client);
    proxies_destroy(proxies);
}
END_TEST

START_TEST(keeps_the_last_lines)
{
    struct head head = {0};
    static const char digits[] = "0123456789";
    for (size_t i = 0; i < 10; i++)
        head_take_field(&head, SLICE("x-forwarded-for"), slice_of(digits + i, 1));
    ck_assert_uint_eq(head.forwarded_for.count, FIELD_LINES);
    ck_assert(slice_equals(head.forwarded_for.lines[0], SLICE("2")));
    ck_assert(slice_equals(head.forwarded_for.lines[FIELD_LINES - 1], SLICE("9")));
}
END_TEST

Suite *proxies_suite(void)
{
    Suite *suite = suite_create("proxies");
    TCase *tcase = tcase_create("proxies");
    tcase_add_loop_test(tcase, finds_the_client, 0, (int)(sizeof heads / sizeof heads[0]));
    tcase_add_test(tcase, keeps_the_last_lines);
    suite_add_tcase(suite, tcase);
    return suite;
}
