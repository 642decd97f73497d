/* What is left in the sandbox, and what is not. Check's own processes need more than it leaves, so each test begins another
 * one, which says by its exit code how it went. */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "service/sandbox.h"

#define REQUIRE(holds)                                                                                                 \
    do {                                                                                                               \
        if (!(holds)) {                                                                                                \
            fprintf(stderr, "%s:%d: %s, errno %d\n", __FILE__, __LINE__, #holds, errno);                               \
            _exit(1);                                                                                                  \
        }                                                                                                              \
    } while (0)

/* Where not both are to be had, the test is passed over, and says so. */
static void run_inside(const char *settings_path, void (*run)(void))
{
    int status;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct settings settings = settings_default();
        struct sandbox sandbox = sandbox_enter(&settings, settings_path);
        if (sandbox.seccomp && sandbox.landlock)
            run();
        else
            fprintf(stderr, "sandbox: passed over, landlock %d, seccomp %d\n", sandbox.landlock, sandbox.seccomp);
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %x", (unsigned)status);
}

static void *nothing(void *context)
{
    return context;
}

static void write_nowhere(void)
{
    static const char *const paths[] = {"/tmp/newsmeta-sandbox-test", "build/newsmeta-sandbox-test", "/dev/shm/newsmeta-sandbox-test"};
    static const int flags[] = {O_WRONLY | O_CREAT, O_RDWR, O_WRONLY | O_TRUNC, O_WRONLY | O_APPEND, O_RDONLY | O_CREAT};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        for (size_t k = 0; k < sizeof flags / sizeof flags[0]; k++)
            REQUIRE(open(paths[i], flags[k], 0600) < 0);
        REQUIRE(mkdir(paths[i], 0700) != 0);
        REQUIRE(rename("build/newsmeta", paths[i]) != 0);
        REQUIRE(symlink("x", paths[i]) != 0);
    }
    REQUIRE(unlink("build/newsmeta") != 0);
    REQUIRE(chmod("build/newsmeta", 0777) != 0);
    REQUIRE(truncate("build/newsmeta", 0) != 0);
    REQUIRE(open("/dev/null", O_WRONLY) < 0);
}

START_TEST(writes_nowhere)
{
    run_inside(NULL, write_nowhere);
}
END_TEST

static void start_and_watch_nobody(void)
{
    char *const argv[] = {(char[]){"true"}, NULL};
    REQUIRE(execv("/bin/true", argv) != 0 && errno == EPERM);
    REQUIRE(fork() < 0);
    REQUIRE(ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0);
    REQUIRE(kill(getppid(), 0) != 0);
    REQUIRE(memfd_create("x", 0) < 0);
    REQUIRE(socket(AF_UNIX, SOCK_STREAM, 0) < 0);
    REQUIRE(socket(AF_PACKET, SOCK_RAW, 0) < 0);
    REQUIRE(setuid(0) != 0);
    REQUIRE(chroot("/") != 0);
}

START_TEST(starts_and_watches_nobody)
{
    run_inside(NULL, start_and_watch_nobody);
}
END_TEST

static char own_path[60];

static void read_what_it_needs_only(void)
{
    REQUIRE(open(own_path, O_RDONLY | O_CLOEXEC) >= 0);
    REQUIRE(open("/etc/hosts", O_RDONLY | O_CLOEXEC) >= 0);
    REQUIRE(open("/proc/self/status", O_RDONLY | O_CLOEXEC) >= 0);
    REQUIRE(open("build/newsmeta", O_RDONLY | O_CLOEXEC) < 0);
    REQUIRE(open("/proc/1/environ", O_RDONLY | O_CLOEXEC) < 0);
    REQUIRE(open("/root", O_RDONLY | O_DIRECTORY | O_CLOEXEC) < 0);
    REQUIRE(open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC) < 0);
}

START_TEST(reads_what_it_needs_only)
{
    char folder[] = "build/test-sandbox-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(own_path, sizeof own_path, "%s/settings.json", folder);
    int fd = open(own_path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_ge(fd, 0);
    close(fd);
    run_inside(own_path, read_what_it_needs_only);
    unlink(own_path);
    rmdir(folder);
}
END_TEST

/* Threads, names, encodings that are loaded when they are needed, what is open already. */
static void use_what_a_service_needs(void)
{
    pthread_t thread;
    struct addrinfo *found = NULL;
    REQUIRE(pthread_create(&thread, NULL, nothing, NULL) == 0);
    REQUIRE(pthread_join(thread, NULL) == 0);
    REQUIRE(getaddrinfo("localhost", "80", NULL, &found) == 0);
    freeaddrinfo(found);
    iconv_t converter = iconv_open("UTF-8", "SHIFT_JIS");
    REQUIRE(converter != (iconv_t)-1);
    iconv_close(converter);
    REQUIRE(socket(AF_INET, SOCK_STREAM, 0) >= 0);
    REQUIRE(socket(AF_INET6, SOCK_STREAM, 0) >= 0);
    REQUIRE(write(STDERR_FILENO, "", 0) == 0);
    void *memory = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(memory != MAP_FAILED && munmap(memory, 1 << 20) == 0);
}

START_TEST(leaves_what_a_service_needs)
{
    run_inside(NULL, use_what_a_service_needs);
}
END_TEST

START_TEST(can_be_turned_off)
{
    struct settings settings = settings_default();
    settings.sandbox = "off";
    struct sandbox sandbox = sandbox_enter(&settings, NULL);
    ck_assert(!sandbox.landlock && !sandbox.seccomp);
    int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
    ck_assert_int_ge(fd, 0);
    close(fd);
}
END_TEST

Suite *sandbox_suite(void)
{
    Suite *suite = suite_create("sandbox");
    TCase *tcase = tcase_create("sandbox");
    tcase_add_test(tcase, writes_nowhere);
    tcase_add_test(tcase, starts_and_watches_nobody);
    tcase_add_test(tcase, reads_what_it_needs_only);
    tcase_add_test(tcase, leaves_what_a_service_needs);
    tcase_add_test(tcase, can_be_turned_off);
    suite_add_tcase(suite, tcase);
    return suite;
}
