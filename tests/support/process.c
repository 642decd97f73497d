#include "support/process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what)
{
    perror(what);
    abort(); /* a test that cannot be set up must not pass */
}

unsigned process_free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(fd, (struct sockaddr *)&address, len) != 0 || getsockname(fd, (struct sockaddr *)&address, &len) != 0)
        die("free port");
    close(fd);
    return ntohs(address.sin_port);
}

/* The port in the log line that says so, 0 while there is none: the service takes a free port itself, so
 * that suites of several checkouts may run side by side. */
static unsigned logged_port(const struct process *process)
{
    static const char before[] = "\"event\":\"listening\"";
    char text[4096];
    ssize_t got = pread(process->log, text, sizeof text - 1, 0);
    text[got > 0 ? got : 0] = '\0';
    const char *line = strstr(text, before), *port = line ? strstr(line, "\"port\":") : NULL;
    return port && strchr(port, '\n') ? (unsigned)strtoul(port + strlen("\"port\":"), NULL, 10) : 0;
}

static const char *program(void)
{
    const char *path = getenv("NEWSMETA");
    return path && path[0] ? path : "build/newsmeta";
}

static void set_environment(const char *const *settings)
{
    for (; settings && *settings; settings++)
        putenv((char *)(size_t)*settings);
}

static pid_t spawn_service(const char *const *settings, unsigned port, int log)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        char text[16];
        snprintf(text, sizeof text, "%u", port);
        set_environment(settings);
        setenv("NEWSMETA_LISTEN", "127.0.0.1", 1);
        setenv("NEWSMETA_PORT", text, 1);
        dup2(log, STDERR_FILENO);
        execl(program(), program(), "serve", (char *)NULL);
        _exit(127);
    }
    return pid;
}

static bool answers(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool connected = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
    close(fd);
    return connected;
}

struct process process_start_service_with_log(const char *const *settings, const char *log_path)
{
    struct process process = {.log = open(log_path, O_WRONLY | O_CLOEXEC), .port = process_free_port()};
    process.pid = spawn_service(settings, process.port, process.log);
    for (int i = 0; i < 3000; i++) {
        if (answers(process.port))
            return process;
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    die("the service did not start");
    return process;
}

struct process process_start_service(const char *const *settings)
{
    struct process process = {.log = memfd_create("log", MFD_CLOEXEC)};
    process.pid = spawn_service(settings, 0, process.log);
    for (int i = 0; i < 3000 && !(process.port = logged_port(&process)); i++)
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    if (!process.port)
        die("the service did not start");
    return process;
}

static int wait_for(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) != pid)
        ;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void print_log(const struct process *process)
{
    char room[8192];
    off_t end = lseek(process->log, 0, SEEK_END), from = end > (off_t)sizeof room ? end - (off_t)sizeof room : 0;
    ssize_t got = pread(process->log, room, sizeof room, from);
    fprintf(stderr, "%.*s\n", (int)(got > 0 ? got : 0), room);
}

int process_stop(struct process *process)
{
    kill(process->pid, SIGTERM);
    int code = wait_for(process->pid);
    if (code != 0)
        print_log(process);
    close(process->log);
    return code;
}

void process_stop_well(struct process *process)
{
    if (process_stop(process) != 0)
        die("the service did not end with 0");
}

int process_run(const char *argument, const char *const *settings)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        set_environment(settings);
        close(STDERR_FILENO);
        open("/dev/null", O_WRONLY);
        execl(program(), program(), argument, (char *)NULL);
        _exit(127);
    }
    return wait_for(pid);
}

size_t process_log_count(const struct process *process, const char *words)
{
    off_t end = lseek(process->log, 0, SEEK_END);
    char *text = calloc(1, (size_t)end + 1);
    ssize_t got = pread(process->log, text, (size_t)end, 0);
    size_t count = 0;
    for (const char *at = got > 0 ? text : NULL; at && (at = strstr(at, words)); at++)
        count++;
    free(text);
    return count;
}

bool process_log_has(const struct process *process, const char *words)
{
    return process_log_count(process, words) > 0;
}

void process_kill(struct process *process)
{
    kill(process->pid, SIGKILL);
    wait_for(process->pid);
}

const char *origin_allowed(const struct process *origin)
{
    static char setting[64];
    snprintf(setting, sizeof setting, "NEWSMETA_FETCH_ALLOW=127.0.0.1@%u", origin->port);
    return setting;
}

const char *origin_target(const struct process *origin, const char *path)
{
    static char target[300];
    snprintf(target, sizeof target, "/v1/extract?url=http://127.0.0.1:%u%s", origin->port, path);
    return target;
}
