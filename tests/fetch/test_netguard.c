#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>

#include "fetch/netguard.h"

static struct sockaddr_storage address_of(const char *text, unsigned port)
{
    struct sockaddr_storage storage = {0};
    struct sockaddr_in *v4 = (struct sockaddr_in *)&storage;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&storage;
    if (inet_pton(AF_INET, text, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)port);
    } else {
        ck_assert_msg(inet_pton(AF_INET6, text, &v6->sin6_addr) == 1, "%s is no address", text);
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons((uint16_t)port);
    }
    return storage;
}

static bool allows(const char *text, unsigned port, const struct netguard_rule *rules, size_t count)
{
    struct sockaddr_storage address = address_of(text, port);
    return netguard_allows((struct sockaddr *)&address, rules, count);
}

/* First, last and one in the middle of every range that is not for the public. */
static const char *const refused[] = {
    "0.0.0.0", "0.1.2.3", "0.255.255.255", "10.0.0.0", "10.1.2.3", "10.255.255.255", "100.64.0.0", "100.100.100.200",
    "100.127.255.255", "127.0.0.1", "127.1.1.1", "127.255.255.255", "169.254.0.0", "169.254.169.254",
    "169.254.255.255", "172.16.0.0", "172.20.10.1", "172.31.255.255", "192.0.0.0", "192.0.0.192", "192.0.2.1",
    "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.0", "192.168.1.1", "192.168.255.255", "192.175.48.1",
    "198.18.0.0", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255",
    "::", "::1", "::2", "::127.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "::ffff:0:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "64:ff9b:1::808:808", "100::1",
    "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1", "2001:1ff:ffff::1",
    "2001:db8::1", "2001:db8:ffff::1", "2002:7f00:1::1", "2002:a00:1::", "2002:c0a8:101::1", "2002:a9fe:a9fe::1",
    "2620:4f:8000::1", "3ffe::1", "3fff::1", "3fff:fff::1", "2a00:1450::5efe:7f00:1", "2a00:1450::200:5efe:a00:1",
    "4000::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
    "1fff::1",
};

START_TEST(refuses_addresses)
{
    ck_assert_msg(!allows(refused[_i], 80, NULL, 0), "%s is allowed", refused[_i]);
}
END_TEST

static const char *const allowed[] = {
    "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "93.184.216.34", "100.63.255.255", "100.128.0.0",
    "126.255.255.255", "128.0.0.1", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255",
    "192.0.1.1", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "203.0.114.0",
    "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e", "2001:4860:4860::8888", "2001:200::1",
    "2003::1", "2620:fe::fe", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "3ffd::1",
};

START_TEST(allows_public_addresses)
{
    ck_assert_msg(allows(allowed[_i], 443, NULL, 0), "%s is refused", allowed[_i]);
}
END_TEST

START_TEST(allows_only_ports_of_the_web)
{
    static const unsigned good[] = {80, 443, 1024, 8080, 8443, 65535}, bad[] = {0, 1, 22, 25, 53, 79, 81, 444, 445, 1023};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        ck_assert(netguard_allows_port(good[i]) && allows("8.8.8.8", good[i], NULL, 0));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert(!netguard_allows_port(bad[i]) && !allows("8.8.8.8", bad[i], NULL, 0));
    ck_assert(!netguard_allows_port(65536));
}
END_TEST

static struct netguard_rule rule_of(const char *text)
{
    struct netguard_rule rule;
    ck_assert_msg(netguard_read_rule(slice_from_cstr(text), &rule), "%s cannot be read", text);
    return rule;
}

START_TEST(follows_rules)
{
    struct netguard_rule rules[] = {rule_of("127.0.0.1@8081"), rule_of("10.0.0.0/9@*"), rule_of("::1/128@25")};
    ck_assert(allows("127.0.0.1", 8081, rules, 3));
    ck_assert(!allows("127.0.0.1", 8082, rules, 3));
    ck_assert(!allows("127.0.0.2", 8081, rules, 3));
    ck_assert(!allows("::ffff:127.0.0.1", 8081, rules, 3));
    ck_assert(allows("10.127.255.255", 1, rules, 3));
    ck_assert(!allows("10.128.0.0", 80, rules, 3));
    ck_assert(allows("::1", 25, rules, 3));
    ck_assert(!allows("::1", 80, rules, 3));
    struct netguard_rule all = rule_of("0.0.0.0/0@*");
    ck_assert(allows("255.255.255.255", 9, &all, 1));
    ck_assert(!allows("::1", 9, &all, 1));
}
END_TEST

static const char *const bad_rules[] = {
    "", "@", "@80", "127.0.0.1", "127.0.0.1@", "127.0.0.1@0", "127.0.0.1@65536", "127.0.0.1@x", "127.0.0.1/33@80",
    "::1/129@80", "127.1@80", "127.0.0.1/@80", "localhost@80", "127.0.0.1@80@81", "127.0.0.1/-1@80",
    "1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa@80",
};

START_TEST(refuses_bad_rules)
{
    struct netguard_rule rule;
    ck_assert_msg(!netguard_read_rule(slice_from_cstr(bad_rules[_i]), &rule), "'%s' was read", bad_rules[_i]);
}
END_TEST

START_TEST(refuses_other_families)
{
    struct sockaddr address = {.sa_family = AF_UNIX};
    ck_assert(!netguard_allows(&address, NULL, 0));
}
END_TEST

#define COUNT(array) (int)(sizeof(array) / sizeof(array)[0])

Suite *netguard_suite(void)
{
    Suite *suite = suite_create("netguard");
    TCase *tcase = tcase_create("netguard");
    tcase_add_loop_test(tcase, refuses_addresses, 0, COUNT(refused));
    tcase_add_loop_test(tcase, allows_public_addresses, 0, COUNT(allowed));
    tcase_add_test(tcase, allows_only_ports_of_the_web);
    tcase_add_test(tcase, follows_rules);
    tcase_add_loop_test(tcase, refuses_bad_rules, 0, COUNT(bad_rules));
    tcase_add_test(tcase, refuses_other_families);
    suite_add_tcase(suite, tcase);
    return suite;
}
