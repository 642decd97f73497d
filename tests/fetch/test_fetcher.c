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

/* What is to come of it: no URL that is fetched at all; an address or a port that is not; a name that most resolvers do
 * not know, and that is no better where one does. */
enum verdict { BAD, PRIVATE, UNKNOWN };

static const struct {
    enum verdict verdict;
    const char *url;
} forbidden[] = {
    /* loopback, as numbers */
    {PRIVATE, "http://127.0.0.1:PORT/"},
    {PRIVATE, "http://127.1:PORT/"},
    {PRIVATE, "http://127.0.1:PORT/"},
    {PRIVATE, "http://2130706433:PORT/"},
    {PRIVATE, "http://0x7f000001:PORT/"},
    {PRIVATE, "http://0x7f.0.0.1:PORT/"},
    {PRIVATE, "http://0x7f.1:PORT/"},
    {PRIVATE, "http://0177.0.0.1:PORT/"},
    {PRIVATE, "http://017700000001:PORT/"},
    {PRIVATE, "http://0177.0.0.01:PORT/"},
    {PRIVATE, "http://00000177.1:PORT/"},
    {PRIVATE, "http://127.127.127.127:PORT/"},
    {PRIVATE, "http://0:PORT/"},
    {PRIVATE, "http://0.0.0.0:PORT/"},
    {PRIVATE, "http://0x0:PORT/"},
    {UNKNOWN, "http://127.0.0.1.:PORT/"},
    {UNKNOWN, "http://127.0.0.1%2e:PORT/"},
    {PRIVATE, "http://%31%32%37.0.0.1:PORT/"},
    {PRIVATE, "http://127%2E0%2E0%2E1:PORT/"},
    {PRIVATE, "HTTP://127.0.0.1:PORT/"},
    {PRIVATE, "http://127.0.0.1:PORT?"},
    {PRIVATE, "http://127.0.0.1:PORT#"},
    {PRIVATE, "http://127.0.0.1:0PORT/"},
    /* loopback, by name */
    {PRIVATE, "http://localhost:PORT/"},
    {PRIVATE, "http://LOCALHOST:PORT/"},
    {UNKNOWN, "http://localhost.:PORT/"},
    {PRIVATE, "http://LocalHost:PORT/a?b#c"},
    {UNKNOWN, "http://ip6-localhost:PORT/"},
    {PRIVATE, "http://%6cocalhost:PORT/"},
    /* IPv6 and what it carries */
    {PRIVATE, "http://[::1]:PORT/"},
    {PRIVATE, "http://[::]:PORT/"},
    {PRIVATE, "http://[0:0:0:0:0:0:0:1]:PORT/"},
    {PRIVATE, "http://[0000::0001]:PORT/"},
    {PRIVATE, "http://[::ffff:127.0.0.1]:PORT/"},
    {PRIVATE, "http://[::ffff:7f00:1]:PORT/"},
    {PRIVATE, "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/"},
    {PRIVATE, "http://[::127.0.0.1]:PORT/"},
    {PRIVATE, "http://[::ffff:0:127.0.0.1]:PORT/"},
    {PRIVATE, "http://[64:ff9b::127.0.0.1]:PORT/"},
    {PRIVATE, "http://[64:ff9b:1::7f00:1]:PORT/"},
    {PRIVATE, "http://[2002:7f00:1::]:PORT/"},
    {PRIVATE, "http://[2001:0:7f00:1::]:PORT/"},
    {PRIVATE, "http://[fe80::1]:PORT/"},
    {PRIVATE, "http://[fe80::1%251]:PORT/"},
    {PRIVATE, "http://[fc00::1]:PORT/"},
    {PRIVATE, "http://[fd00:ec2::254]/"},
    {PRIVATE, "http://[ff02::1]:PORT/"},
    {PRIVATE, "http://[2001:db8::1]:PORT/"},
    {PRIVATE, "http://[::1%25lo]:PORT/"},
    /* full-width and circled digits and dots */
    {BAD, "http://\xef\xbc\x91\xef\xbc\x92\xef\xbc\x97.0.0.1:PORT/"},
    {BAD, "http://127\xe3\x80\x82" "0\xe3\x80\x82" "0\xe3\x80\x82" "1:PORT/"},
    {BAD, "http://\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.\xe2\x93\xaa.\xe2\x93\xaa.\xe2\x91\xa0:PORT/"},
    /* private networks and metadata */
    {PRIVATE, "http://10.0.0.1/"},
    {PRIVATE, "http://172.16.0.1/"},
    {PRIVATE, "http://192.168.0.1/"},
    {PRIVATE, "http://169.254.169.254/latest/meta-data/"},
    {PRIVATE, "http://2852039166/"},
    {PRIVATE, "http://0xa9fea9fe/"},
    {PRIVATE, "http://0251.0376.0251.0376/"},
    {PRIVATE, "http://[::ffff:169.254.169.254]/"},
    {PRIVATE, "http://100.64.0.1/"},
    {PRIVATE, "http://198.18.0.1/"},
    {PRIVATE, "http://224.0.0.1/"},
    {PRIVATE, "http://255.255.255.255/"},
    {PRIVATE, "http://192.0.0.192/"},
    /* who one says one is */
    {BAD, "http://user@127.0.0.1:PORT/"},
    {BAD, "http://example.org@127.0.0.1:PORT/"},
    {BAD, "http://user:password@example.org/"},
    {BAD, "http://:@example.org/"},
    {BAD, "http://127.0.0.1:PORT@example.org/"},
    /* what is no web address */
    {BAD, "file:///etc/passwd"},
    {BAD, "ftp://127.0.0.1:PORT/"},
    {BAD, "gopher://127.0.0.1:PORT/_x"},
    {BAD, "dict://127.0.0.1:PORT/"},
    {BAD, "ldap://127.0.0.1/"},
    {BAD, "javascript:alert(1)"},
    {BAD, "data:text/html,x"},
    {BAD, "//127.0.0.1:PORT/"},
    {BAD, "127.0.0.1:PORT"},
    {BAD, "http:127.0.0.1:PORT"},
    {UNKNOWN, "http:///x"},
    {BAD, "http://"},
    {BAD, "http://127.0.0.1:PORT\\@example.org/"},
    {BAD, "http://example.org\\@127.0.0.1:PORT/"},
    {BAD, "http://127.0.0.1:PORT/a b"},
    {BAD, "http://127.0.0.1:PORT/\r\nHost: x"},
    {BAD, " http://127.0.0.1:PORT/"},
    {BAD, "http://[127.0.0.1]:PORT/"},
    {PRIVATE, "https://127.0.0.1:PORT/"},
    {BAD, "unix:/var/run/docker.sock"},
    {BAD, "smb://127.0.0.1/share"},
    /* ports of other protocols */
    {PRIVATE, "http://example.org:22/"},
    {PRIVATE, "http://example.org:25/"},
    {PRIVATE, "http://example.org:0/"},
    {BAD, "http://example.org:65536/"},
    {PRIVATE, "https://example.org:445/"},
    {BAD, "http://example.org:99999999999/"},
    /* more of the same: other forms that carry an address */
    {PRIVATE, "http://[::ffff:a9fe:a9fe]/latest/meta-data/"}, {PRIVATE, "http://[64:ff9b::a9fe:a9fe]/"},
    {PRIVATE, "http://[2002:a9fe:a9fe::1]/"}, {PRIVATE, "http://[2a00:1450::5efe:7f00:1]:PORT/"}, {PRIVATE, "http://[::2]:PORT/"},
    {PRIVATE, "http://[100::1]/"}, {PRIVATE, "http://[4000::1]/"}, {PRIVATE, "http://172.31.255.255:8080/"},
    {PRIVATE, "http://0x7F.0x0.0x0.0x1:PORT/"}, {PRIVATE, "http://127.0x1:PORT/"}, {BAD, "http://a%40b@127.0.0.1:PORT/"},
    {BAD, "http://[::1:PORT/"}, {BAD, "http://::1:PORT/"}, {BAD, "http://127.0.0.1:-1/"}, {BAD, "http://127.0.0.1:PORT\t/"},
    {BAD, "view-source:http://127.0.0.1:PORT/"}, {BAD, "ws://127.0.0.1:PORT/"}, {BAD, ""}, {BAD, "/"}, {BAD, "?"},
};

static bool is_as_expected(enum verdict verdict, enum err err)
{
    if (verdict == UNKNOWN)
        return err == ERR_UPSTREAM_DNS || err == ERR_ADDRESS_NOT_ALLOWED;
    return err == (verdict == BAD ? ERR_BAD_URL : ERR_ADDRESS_NOT_ALLOWED);
}

START_TEST(never_reaches_what_is_forbidden)
{
    unsigned port;
    int listener = listen_on_loopback(&port);
    struct fetcher *fetcher = make_fetcher(NULL);
    struct arena *arena = arena_create();
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        char url[300];
        const char *why;
        fill_port(forbidden[i].url, port, url, sizeof url);
        struct fetch_request request = {.url = slice_from_cstr(url)};
        struct fetch_response response;
        enum err first = fetcher_check_url(request.url, &why), err = fetcher_get(fetcher, arena, &request, &response);
        ck_assert_msg(is_as_expected(forbidden[i].verdict, err), "%s: %s", url, error_info(err)->code);
        ck_assert_msg(first == ERR_NONE || first == err, "%s: %s at first", url, error_info(first)->code);
        ck_assert_msg(accept(listener, NULL, NULL) < 0, "%s was connected to", url);
    }
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
    ck_assert_int_lt(clock_now_ns() - start, support_at_most(1500 * CLOCK_NS_PER_MS));
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
