/* What may not be fetched, in all the spellings that have been used to get past guards. A listener on
 * loopback sees whether any of them reached it. */
#include <arpa/inet.h>
#include <check.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "fetch/fetcher.h"
#include "fetch/fetch.h"
#include "support/support.h"

static struct fetch_settings settings_of(const char *const *allow)
{
    return (struct fetch_settings){
        .user_agent = "newsmeta-test", .allow = allow, .proxy = "", .ca_bundle = "", .max_bytes = 1 << 20,
        .timeout_ms = 2000, .connect_timeout_ms = 1000, .max_redirects = 3, .max_concurrent = 4, .max_per_host = 4,
    };
}

static struct fetcher *make_fetcher(const char *const *allow)
{
    struct fetch_settings settings = settings_of(allow);
    const char *bad = NULL;
    struct fetcher *fetcher = fetcher_create(&settings, &bad);
    ck_assert_msg(fetcher != NULL, "no fetcher: %s", bad ? bad : "?");
    return fetcher;
}

/* A socket that listens on both kinds of loopback where IPv6 is there; *port is filled in. */
static int listen_on_loopback(unsigned *port)
{
    int both = 0, fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    if (fd >= 0 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &both, sizeof both) == 0 &&
        bind(fd, (struct sockaddr *)&v6, sizeof v6) == 0) {
        socklen_t len = sizeof v6;
        getsockname(fd, (struct sockaddr *)&v6, &len);
        *port = ntohs(v6.sin6_port);
    } else {
        if (fd >= 0)
            close(fd);
        fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        socklen_t len = sizeof v4;
        ck_assert_int_eq(bind(fd, (struct sockaddr *)&v4, sizeof v4), 0);
        getsockname(fd, (struct sockaddr *)&v4, &len);
        *port = ntohs(v4.sin_port);
    }
    ck_assert_int_eq(listen(fd, 64), 0);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

static void fill_port(const char *pattern, unsigned port, char *url, size_t room)
{
    const char *place = strstr(pattern, "PORT");
    if (place)
        snprintf(url, room, "%.*s%u%s", (int)(place - pattern), pattern, port, place + 4);
    else
        snprintf(url, room, "%s", pattern);
}

static const char *const forbidden[] = {
    /* loopback, as numbers */
    "http://127.0.0.1:PORT/", "http://127.1:PORT/", "http://127.0.1:PORT/", "http://2130706433:PORT/",
    "http://0x7f000001:PORT/", "http://0x7f.0.0.1:PORT/", "http://0x7f.1:PORT/", "http://0177.0.0.1:PORT/",
    "http://017700000001:PORT/", "http://0177.0.0.01:PORT/", "http://00000177.1:PORT/", "http://127.127.127.127:PORT/",
    "http://0:PORT/", "http://0.0.0.0:PORT/", "http://0x0:PORT/", "http://127.0.0.1.:PORT/", "http://127.0.0.1%2e:PORT/",
    "http://%31%32%37.0.0.1:PORT/", "http://127%2E0%2E0%2E1:PORT/", "HTTP://127.0.0.1:PORT/",
    "http://127.0.0.1:PORT?", "http://127.0.0.1:PORT#", "http://127.0.0.1:0PORT/",
    /* loopback, by name */
    "http://localhost:PORT/", "http://LOCALHOST:PORT/", "http://localhost.:PORT/", "http://LocalHost:PORT/a?b#c",
    "http://ip6-localhost:PORT/", "http://%6cocalhost:PORT/",
    /* IPv6 and what it carries */
    "http://[::1]:PORT/", "http://[::]:PORT/", "http://[0:0:0:0:0:0:0:1]:PORT/", "http://[0000::0001]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:7f00:1]:PORT/", "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
    "http://[::127.0.0.1]:PORT/", "http://[::ffff:0:127.0.0.1]:PORT/", "http://[64:ff9b::127.0.0.1]:PORT/",
    "http://[64:ff9b:1::7f00:1]:PORT/", "http://[2002:7f00:1::]:PORT/", "http://[2001:0:7f00:1::]:PORT/",
    "http://[fe80::1]:PORT/", "http://[fe80::1%251]:PORT/", "http://[fc00::1]:PORT/", "http://[fd00:ec2::254]/",
    "http://[ff02::1]:PORT/", "http://[2001:db8::1]:PORT/", "http://[::1%25lo]:PORT/",
    /* full-width and circled digits and dots */
    "http://\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1:PORT/", "http://127\xe3\x80\x82" "0\xe3\x80\x82" "0\xe3\x80\x82" "1:PORT/",
    "http://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.\xe2\x93\xaa.\xe2\x93\xaa.\xe2\x91\xa0:PORT/",
    /* private networks and metadata */
    "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.0.1/", "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/", "http://[::ffff:169.254.169.254]/",
    "http://100.64.0.1/", "http://198.18.0.1/", "http://224.0.0.1/", "http://255.255.255.255/", "http://192.0.0.192/",
    /* who one says one is */
    "http://user@127.0.0.1:PORT/", "http://example.org@127.0.0.1:PORT/", "http://user:password@example.org/",
    "http://:@example.org/", "http://127.0.0.1:PORT@example.org/",
    /* what is no web address */
    "file:///etc/passwd", "ftp://127.0.0.1:PORT/", "gopher://127.0.0.1:PORT/_x", "dict://127.0.0.1:PORT/", "ldap://127.0.0.1/",
    "javascript:alert(1)", "data:text/html,x", "//127.0.0.1:PORT/", "127.0.0.1:PORT", "http:127.0.0.1:PORT", "http:///x",
    "http://", "http://127.0.0.1:PORT\\@example.org/", "http://example.org\\@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT/a b", "http://127.0.0.1:PORT/\r\nHost: x", " http://127.0.0.1:PORT/", "http://[127.0.0.1]:PORT/",
    "https://127.0.0.1:PORT/", "unix:/var/run/docker.sock", "smb://127.0.0.1/share",
    /* ports of other protocols */
    "http://example.org:22/", "http://example.org:25/", "http://example.org:0/", "http://example.org:65536/",
    "https://example.org:445/", "http://example.org:99999999999/",
};

START_TEST(never_reaches_what_is_forbidden)
{
    unsigned port;
    int listener = listen_on_loopback(&port);
    struct fetcher *fetcher = make_fetcher(NULL);
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        char url[300];
        const char *why;
        fill_port(forbidden[i], port, url, sizeof url);
        struct fetch_request request = {.url = slice_from_cstr(url), .deadline_ns = 0};
        struct fetch_response response;
        enum err err = fetcher_check_url(request.url, &why);
        if (err != ERR_NONE)
            ck_assert_msg(err == ERR_BAD_URL || err == ERR_ADDRESS_NOT_ALLOWED, "%s: %s", url, error_info(err)->code);
        err = fetcher_get(fetcher, arena, &request, &response); /* also when the first look has refused it */
        ck_assert_msg(err == ERR_BAD_URL || err == ERR_ADDRESS_NOT_ALLOWED || err == ERR_UPSTREAM_DNS ||
                          err == ERR_UPSTREAM_BROKEN,
                      "%s: %s", url, error_info(err)->code);
        ck_assert_msg(accept(listener, NULL, NULL) < 0, "%s was connected to", url);
    }
    ck_assert_uint_ge(sizeof forbidden / sizeof forbidden[0], 60);
    arena_destroy(arena);
    fetcher_destroy(fetcher);
    close(listener);
}
END_TEST

START_TEST(ignores_proxies_of_the_environment)
{
    unsigned port;
    int listener = listen_on_loopback(&port);
    char proxy[64];
    snprintf(proxy, sizeof proxy, "http://127.0.0.1:%u", port);
    setenv("http_proxy", proxy, 1);
    setenv("all_proxy", proxy, 1);
    setenv("https_proxy", proxy, 1);
    struct fetcher *fetcher = make_fetcher(NULL);
    struct arena *arena = arena_create();
    struct fetch_request request = {.url = SLICE("http://127.0.0.1:1024/")};
    struct fetch_response response;
    ck_assert_int_eq(fetcher_get(fetcher, arena, &request, &response), ERR_ADDRESS_NOT_ALLOWED);
    ck_assert_int_lt(accept(listener, NULL, NULL), 0);
    arena_destroy(arena);
    fetcher_destroy(fetcher);
    close(listener);
}
END_TEST

static const char *const good_urls[] = {
    "http://example.org", "https://example.org/", "http://example.org:80/", "https://example.org:8443/a?b=c&d=%20#e",
    "HTTPS://EXAMPLE.ORG/", "http://xn--bcher-kva.example/", "http://b\xc3\xbc" "cher.example/\xc3\xbc", "http://1.2.3.4/",
};

START_TEST(passes_web_addresses)
{
    const char *why;
    ck_assert_int_eq(fetcher_check_url(slice_from_cstr(good_urls[_i]), &why), ERR_NONE);
    ck_assert_ptr_null(why);
}
END_TEST

START_TEST(names_a_bad_rule)
{
    const char *const allow[] = {"127.0.0.1@80", "nonsense", NULL};
    struct fetch_settings settings = settings_of(allow);
    const char *bad = NULL;
    ck_assert_ptr_null(fetcher_create(&settings, &bad));
    ck_assert_str_eq(bad, "nonsense");
}
END_TEST

/* A listener that accepts (by its backlog) and never answers. */
START_TEST(keeps_the_deadline_of_the_job)
{
    unsigned port;
    int listener = listen_on_loopback(&port);
    char rule[40], url[60];
    snprintf(rule, sizeof rule, "127.0.0.1@%u", port);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", port);
    const char *const allow[] = {rule, NULL};
    struct fetcher *fetcher = make_fetcher(allow);
    struct arena *arena = arena_create();
    int64_t start = clock_now_ns();
    struct fetch_request request = {.url = slice_from_cstr(url), .deadline_ns = start + 200 * CLOCK_NS_PER_MS};
    struct fetch_response response;
    ck_assert_int_eq(fetcher_get(fetcher, arena, &request, &response), ERR_UPSTREAM_TIMEOUT);
    ck_assert_int_lt(clock_now_ns() - start, 1500 * CLOCK_NS_PER_MS);
    arena_destroy(arena);
    fetcher_destroy(fetcher);
    close(listener);
}
END_TEST

START_TEST(says_that_fetching_is_off)
{
    struct job *job = support_job(INPUT_URL, SLICE_NULL);
    job->url = SLICE("http://example.org/");
    ck_assert_int_eq(fetch_run(job), ERR_ADDRESS_NOT_ALLOWED);
    ck_assert_slice_eq(job->detail, "fetching URLs is turned off here");
    support_job_free(job);
}
END_TEST

Suite *fetcher_suite(void)
{
    Suite *suite = suite_create("fetcher");
    TCase *tcase = tcase_create("fetcher");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, never_reaches_what_is_forbidden);
    tcase_add_test(tcase, ignores_proxies_of_the_environment);
    tcase_add_loop_test(tcase, passes_web_addresses, 0, (int)(sizeof good_urls / sizeof good_urls[0]));
    tcase_add_test(tcase, names_a_bad_rule);
    tcase_add_test(tcase, keeps_the_deadline_of_the_job);
    tcase_add_test(tcase, says_that_fetching_is_off);
    suite_add_tcase(suite, tcase);
    return suite;
}
