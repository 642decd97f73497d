/* Names whose answers change: a name server of the test's own, asked by the real resolver. That needs a mount and a
 * network of the test's own (a port 53 and a resolv.conf), which takes the right to make them; where the system does not
 * grant it, the test says so and is passed over. */
#include <arpa/inet.h>
#include <check.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fetch/fetcher.h"

#define PUBLIC "93.184.216.34" /* not to be reached from here: there is no way out of the network of the test */

/* The answers to A questions, in turn; the last one stays. */
static const char *const *answers;
static atomic_size_t answered;

/* A response with every address of a blank-separated list, none for other types. */
static size_t respond(unsigned char *packet, size_t len, const char *addresses, bool is_a)
{
    unsigned count = 0;
    packet[2] = 0x84; /* an answer, by who knows */
    packet[3] = 0;
    packet[10] = packet[11] = 0; /* no further records of the question's */
    for (struct slice rest = slice_from_cstr(addresses), one; is_a && slice_split(&rest, ' ', &one); count++) {
        static const unsigned char record[] = {0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4};
        char text[16];
        snprintf(text, sizeof text, "%.*s", SLICE_ARG(one));
        memcpy(packet + len, record, sizeof record);
        ck_assert_int_eq(inet_pton(AF_INET, text, packet + len + sizeof record), 1);
        len += sizeof record + 4;
    }
    packet[6] = 0;
    packet[7] = (unsigned char)count;
    return len;
}

static void *serve_names(void *context)
{
    int fd = *(int *)context;
    unsigned char packet[1500];
    struct sockaddr_in from;
    for (;;) {
        socklen_t from_len = sizeof from;
        ssize_t got = recvfrom(fd, packet, 512, 0, (struct sockaddr *)&from, &from_len);
        if (got < 17)
            continue;
        size_t end = 12; /* behind the header: the name's labels, a zero, type and class */
        while (end < (size_t)got && packet[end])
            end += packet[end] + 1u;
        bool is_a = packet[end + 1] == 0 && packet[end + 2] == 1;
        size_t turn = atomic_load(&answered);
        size_t len = respond(packet, end + 5, answers[turn], is_a);
        if (is_a && answers[turn + 1])
            atomic_store(&answered, turn + 1);
        sendto(fd, packet, len, 0, (struct sockaddr *)&from, from_len);
    }
    return NULL;
}

/* ----------------------------------------------------------- a network of its own */

static bool write_to(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool good = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
    if (fd >= 0)
        close(fd);
    return good;
}

/* As root, or as anybody where users may have a namespace. */
static bool leave_the_network(void)
{
    char map[40];
    unsigned uid = getuid();
    if (uid == 0 && unshare(CLONE_NEWNS | CLONE_NEWNET) == 0)
        return true;
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) != 0)
        return false;
    snprintf(map, sizeof map, "0 %u 1", uid);
    return write_to("/proc/self/uid_map", map);
}

static bool raise_loopback(void)
{
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool up = fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &request) == 0;
    if (fd >= 0)
        close(fd);
    return up;
}

static bool use_own_resolver(void)
{
    char path[] = "/tmp/newsmeta-resolv-XXXXXX";
    int fd = mkstemp(path);
    bool good = fd >= 0 && dprintf(fd, "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n") > 0 &&
                mount(NULL, "/", "none", MS_REC | MS_PRIVATE, NULL) == 0 &&
                mount(path, "/etc/resolv.conf", "none", MS_BIND, NULL) == 0;
    if (fd >= 0)
        close(fd);
    unlink(path);
    return good;
}

static bool bind_names(int *names)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(53), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    *names = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return bind(*names, (struct sockaddr *)&address, sizeof address) == 0;
}

/* A name server that gives these answers and a listener on loopback; false: the system does not let us. */
static bool set_up(const char *const *list, int *listener, unsigned *port)
{
    static int names;
    static pthread_t thread;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    if (!leave_the_network() || !raise_loopback() || !use_own_resolver() || !bind_names(&names)) {
        fprintf(stderr, "rebinding: passed over, a network of the test's own cannot be made here\n");
        return false;
    }
    answers = list;
    *listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    ck_assert(bind(*listener, (struct sockaddr *)&address, len) == 0 && listen(*listener, 8) == 0 &&
              getsockname(*listener, (struct sockaddr *)&address, &len) == 0);
    *port = ntohs(address.sin_port);
    ck_assert_int_eq(pthread_create(&thread, NULL, serve_names, &names), 0);
    return true;
}

/* A fetcher of its own each time: libcurl remembers what names resolve to. */
static enum err get(unsigned port, const char *const *allow)
{
    struct fetch_settings settings = {
        .user_agent = "newsmeta-test", .allow = allow, .proxy = "", .ca_bundle = "", .max_bytes = 1 << 20,
        .timeout_ms = 1000, .connect_timeout_ms = 500, .max_redirects = 3, .max_concurrent = 4, .max_per_host = 4,
    };
    struct arena *arena = arena_create();
    struct fetcher *fetcher = fetcher_create(&settings, NULL);
    struct fetch_request request = {.url = arena_printf(arena, "http://news.rebind.test:%u/", port)};
    struct fetch_response response;
    enum err err = fetcher_get(fetcher, arena, &request, &response);
    fetcher_destroy(fetcher);
    arena_destroy(arena);
    return err;
}

/* First a public address, then loopback: what was good a moment ago counts for nothing. */
START_TEST(judges_every_answer)
{
    static const char *const list[] = {PUBLIC, "127.0.0.1", NULL};
    int listener;
    unsigned port;
    if (!set_up(list, &listener, &port))
        return;
    ck_assert_int_eq(get(port, NULL), ERR_UPSTREAM_CONNECT);
    ck_assert_uint_eq(atomic_load(&answered), 1);
    ck_assert_int_eq(get(port, NULL), ERR_ADDRESS_NOT_ALLOWED);
    ck_assert_int_lt(accept(listener, NULL, NULL), 0);
}
END_TEST

/* Both in one answer: the second is tried when the first does not answer, and is judged as well. */
START_TEST(judges_every_address_of_an_answer)
{
    static const char *const list[] = {PUBLIC " 127.0.0.1", NULL};
    int listener;
    unsigned port;
    if (!set_up(list, &listener, &port))
        return;
    ck_assert_int_eq(get(port, NULL), ERR_ADDRESS_NOT_ALLOWED);
    ck_assert_int_lt(accept(listener, NULL, NULL), 0);
}
END_TEST

/* That the name does lead to the listener, where it may. */
START_TEST(reaches_what_is_allowed)
{
    static const char *const list[] = {"127.0.0.1", NULL}, *const allow[] = {"127.0.0.1@*", NULL};
    int listener;
    unsigned port;
    if (!set_up(list, &listener, &port))
        return;
    ck_assert_int_eq(get(port, allow), ERR_UPSTREAM_TIMEOUT);
    ck_assert_int_ge(accept(listener, NULL, NULL), 0);
}
END_TEST

Suite *rebinding_suite(void)
{
    Suite *suite = suite_create("rebinding");
    TCase *tcase = tcase_create("rebinding");
    tcase_set_timeout(tcase, 30);
    tcase_add_test(tcase, judges_every_answer);
    tcase_add_test(tcase, judges_every_address_of_an_answer);
    tcase_add_test(tcase, reaches_what_is_allowed);
    suite_add_tcase(suite, tcase);
    return suite;
}
