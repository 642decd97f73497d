#include "service/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/netlink.h>
#include <linux/prctl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED true
#else
#define SANITIZED false
#endif

/* -------------------------------------------------------------------- landlock */

/* Directories rather than files where these are replaced while the service runs. What is not there is passed over. */
static const char *const readable[] = {
    "/etc",                    /* resolv.conf, hosts, nsswitch.conf, gai.conf, ssl, ld.so.cache */
    "/run/systemd/resolve",    /* what resolv.conf may be a link to */
    "/run/resolvconf",
    "/run/NetworkManager",
    "/usr/share/ca-certificates",
    "/usr/local/share/ca-certificates",
    "/usr/share/pki",
    "/usr/share/zoneinfo",
    "/usr/lib",                /* modules of the resolver and of iconv, loaded when they are needed */
    "/usr/lib64",
    "/usr/local/lib",
    "/lib",
    "/lib64",
    "/proc/self",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system/cpu",
    "/dev/null",
    "/dev/urandom",
};

#define READ_FILE LANDLOCK_ACCESS_FS_READ_FILE
#define READ_BELOW (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)

/* The kernel's struct landlock_ruleset_attr as of its sixth version; older kernels take the front of it. */
struct ruleset {
    uint64_t files, network, scoped;
};

/* Every right over files that this version of the kernel can take away: the first 13, and what came later. */
static uint64_t rights_of(int version)
{
    uint64_t rights = (UINT64_C(1) << 13) - 1;
    rights |= version >= 2 ? UINT64_C(1) << 13 : 0; /* move between directories */
    rights |= version >= 3 ? UINT64_C(1) << 14 : 0; /* truncate */
    rights |= version >= 5 ? UINT64_C(1) << 15 : 0; /* control devices */
    return rights;
}

static int create_ruleset(void)
{
    int version = (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return -1;
    struct ruleset ruleset = {.files = rights_of(version)};
    ruleset.scoped = version >= 6 ? 3 : 0; /* no abstract socket, and no signal, to whoever is outside */
    size_t size = version >= 6 ? sizeof ruleset : version >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
    return (int)syscall(SYS_landlock_create_ruleset, &ruleset, size, 0);
}

static void allow_reading(int ruleset, const char *path)
{
    struct stat status;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    bool is_folder = fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
    struct landlock_path_beneath_attr rule = {.allowed_access = is_folder ? READ_BELOW : READ_FILE, .parent_fd = fd};
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
}

/* The folder of a file: the one that is named and, where that is a link, the one that it leads to. */
static void allow_reading_beside(int ruleset, const char *path)
{
    if (!path || !path[0])
        return;
    char *real = realpath(path, NULL);
    const char *const paths[] = {path, real};
    for (size_t i = 0; i < 2 && paths[i]; i++) {
        const char *slash = strrchr(paths[i], '/');
        char *folder = slash ? strndup(paths[i], (size_t)(slash - paths[i]) + 1) : strdup(".");
        if (folder)
            allow_reading(ruleset, folder);
        free(folder);
    }
    free(real);
}

static bool restrict_files(const struct settings *settings, const char *settings_path)
{
    int ruleset = create_ruleset();
    if (ruleset < 0)
        return false;
    for (size_t i = 0; i < sizeof readable / sizeof readable[0]; i++)
        allow_reading(ruleset, readable[i]);
    allow_reading_beside(ruleset, settings_path);
    allow_reading_beside(ruleset, settings->fetch_ca_bundle);
    bool good = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return good;
}

/* --------------------------------------------------------------------- seccomp */

static const char *const allowed[] = {
    /* bytes in and out of what is open */
    "read", "write", "readv", "writev", "pread64", "pwrite64", "lseek", "close", "dup", "dup2", "dup3", "fcntl",
    "ioctl", "pipe", "pipe2", "sendfile",
    /* looking at files; opening them for reading is below */
    "stat", "lstat", "fstat", "newfstatat", "statx", "statfs", "fstatfs", "access", "faccessat", "faccessat2",
    "readlink", "readlinkat", "getdents64", "getcwd",
    /* memory */
    "mmap", "munmap", "mprotect", "mremap", "madvise", "brk", "membarrier",
    /* threads; making them is below */
    "futex", "set_robust_list", "get_robust_list", "rseq", "sched_yield", "sched_getaffinity", "set_tid_address",
    "gettid", "exit", "exit_group", "arch_prctl",
    /* signals */
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "rt_sigpending", "sigaltstack", "tgkill",
    "restart_syscall",
    /* time and waiting */
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "epoll_create",
    "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2", "poll", "ppoll", "select", "pselect6",
    "eventfd2", "timerfd_create", "timerfd_settime",
    /* the network; sockets are below */
    "socketpair", "connect", "bind", "listen", "accept", "accept4", "getsockname", "getpeername", "setsockopt",
    "getsockopt", "sendto", "recvfrom", "sendmsg", "recvmsg", "sendmmsg", "recvmmsg", "shutdown",
    /* about itself */
    "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getrandom", "getrusage", "getrlimit", "sysinfo",
    "uname", "times",
};

#define PR_SET_VMA_NAME 0x53564d41 /* PR_SET_VMA, of linux/prctl.h since 5.17: the C library names its mappings */

static bool add(scmp_filter_ctx filter, const char *name, unsigned count, const struct scmp_arg_cmp *arguments)
{
    int number = seccomp_syscall_resolve_name(name);
    if (number < 0) /* of another architecture */
        return true;
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, count, arguments) == 0;
}

#define ADD(filter, name, ...)                                                                                         \
    add(filter, name, sizeof((struct scmp_arg_cmp[]){__VA_ARGS__}) / sizeof(struct scmp_arg_cmp),                      \
        (struct scmp_arg_cmp[]){__VA_ARGS__})

/* Calls of which only some uses are needed. */
static bool add_uses(scmp_filter_ctx filter)
{
    const scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
    return ADD(filter, "openat", SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY)) &&
           ADD(filter, "open", SCMP_A1(SCMP_CMP_MASKED_EQ, writing, O_RDONLY)) &&
           ADD(filter, "clone", SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) &&
           ADD(filter, "socket", SCMP_A0(SCMP_CMP_EQ, AF_INET)) &&
           ADD(filter, "socket", SCMP_A0(SCMP_CMP_EQ, AF_INET6)) &&
           ADD(filter, "socket", SCMP_A0(SCMP_CMP_EQ, AF_NETLINK), SCMP_A2(SCMP_CMP_EQ, NETLINK_ROUTE)) &&
           ADD(filter, "prctl", SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)) &&
           ADD(filter, "prctl", SCMP_A0(SCMP_CMP_EQ, PR_SET_VMA_NAME)) &&
           ADD(filter, "prlimit64", SCMP_A2(SCMP_CMP_EQ, 0)); /* asks, and sets nothing */
}

/* A call with its arguments in memory cannot be looked into: where it is said not to exist, the C library makes the
 * thread by clone instead. */
static bool add_missing(scmp_filter_ctx filter)
{
    int number = seccomp_syscall_resolve_name("clone3");
    return number < 0 || seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), number, 0) == 0;
}

static bool restrict_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return false;
    bool good = add_uses(filter) && add_missing(filter);
    for (size_t i = 0; good && i < sizeof allowed / sizeof allowed[0]; i++)
        good = add(filter, allowed[i], 0, NULL);
    good = good && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}

/* ------------------------------------------------------------------------ both */

static void log_missing(const char *what)
{
    struct log_field field = log_text("missing", slice_from_cstr(what));
    log_event(LOG_WARNING, "sandbox_incomplete", &field, 1);
}

struct sandbox sandbox_enter(const struct settings *settings, const char *settings_path)
{
    struct sandbox sandbox = {false, false};
    if (SANITIZED || strcmp(settings->sandbox, "on") != 0)
        return sandbox;
    sandbox.landlock = restrict_files(settings, settings_path);
    sandbox.seccomp = restrict_calls();
    if (!sandbox.landlock)
        log_missing("landlock");
    if (!sandbox.seccomp)
        log_missing("seccomp");
    return sandbox;
}
