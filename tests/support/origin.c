/* origin: a web server with bad manners, a process of its own, a thread for each connection. The path says
 * which answer is given. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "support/process.h"

#define HTML "Content-Type: text/html; charset=utf-8\r\n"
#define PAGE "<!doctype html><title>Harbour bridge opens - The Example</title><h1>Harbour bridge opens</h1>" \
             "<p>The new bridge over the harbour opened to traffic on Monday, the town council said.</p>"

static void put(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes += sent;
        len -= (size_t)sent;
    }
}

static void say(int fd, const char *text)
{
    put(fd, text, strlen(text));
}

static void pause_ms(long ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static void answer(int fd, const char *status, const char *headers, const char *body, size_t len)
{
    char head[1000];
    int size = snprintf(head, sizeof head, "HTTP/1.1 %s\r\n%sContent-Length: %zu\r\nConnection: close\r\n\r\n", status,
                        headers, len);
    put(fd, head, (size_t)size);
    put(fd, body, len);
}

static void answer_page(int fd)
{
    answer(fd, "200 OK", HTML, PAGE, strlen(PAGE));
}

/* Until the peer has had enough. */
static void repeat(int fd, const char *bytes, size_t len, long interval_ms)
{
    while (send(fd, bytes, len, MSG_NOSIGNAL) > 0)
        if (interval_ms)
            pause_ms(interval_ms);
}

static size_t compress_zeros(size_t size, unsigned char *out, size_t room)
{
    static const unsigned char zeros[1 << 16];
    z_stream stream = {0};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    for (size_t done = 0; done < size; done += sizeof zeros) {
        stream.next_in = (unsigned char *)(size_t)zeros;
        stream.avail_in = sizeof zeros;
        deflate(&stream, done + sizeof zeros >= size ? Z_FINISH : Z_NO_FLUSH);
    }
    size_t len = stream.total_out;
    deflateEnd(&stream);
    return len;
}

static void answer_compressed(int fd, size_t unpacked, size_t keep_of_8)
{
    size_t room = 1 << 20;
    unsigned char *packed = malloc(room);
    size_t len = compress_zeros(unpacked, packed, room);
    char head[200];
    int size = snprintf(head, sizeof head,
                        "HTTP/1.1 200 OK\r\n" HTML "Content-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n", len);
    put(fd, head, (size_t)size);
    put(fd, (char *)packed, len * keep_of_8 / 8);
    free(packed);
}

struct manner {
    const char *path;
    void (*run)(int fd);
};

static void run_silent(int fd) { pause_ms(20000); (void)fd; }
static void run_wait(int fd) { pause_ms(500); answer_page(fd); }
static void run_drip(int fd) { say(fd, "HTTP/1.1 200 OK\r\n" HTML "Content-Length: 100000\r\n\r\n" PAGE); repeat(fd, "x", 1, 50); }
static void run_drip_head(int fd) { say(fd, "HTTP/1.1 200 OK\r\nX: "); repeat(fd, "x", 1, 50); }
static void run_endless(int fd) { say(fd, "HTTP/1.1 200 OK\r\n" HTML "\r\n" PAGE); repeat(fd, PAGE, strlen(PAGE), 0); }
static void run_endless_head(int fd) { say(fd, "HTTP/1.1 200 OK\r\n"); repeat(fd, "X-Filler: filler filler\r\n", 25, 0); }
static void run_continues(int fd) { repeat(fd, "HTTP/1.1 100 Continue\r\n\r\n", 25, 0); }
static void run_loop(int fd) { answer(fd, "302 Found", "Location: /loop\r\n", "", 0); }
static void run_redirect(int fd) { answer(fd, "301 Moved", "Location: /article\r\n", "", 0); }
static void run_to_file(int fd) { answer(fd, "302 Found", "Location: file:///etc/passwd\r\n", "", 0); }
static void run_to_ftp(int fd) { answer(fd, "302 Found", "Location: ftp://127.0.0.1/x\r\n", "", 0); }
static void run_to_private(int fd) { answer(fd, "302 Found", "Location: http://127.0.0.2:1024/\r\n", "", 0); }
static void run_to_metadata(int fd) { answer(fd, "302 Found", "Location: http://169.254.169.254/latest\r\n", "", 0); }
static void run_to_user(int fd) { answer(fd, "302 Found", "Location: http://a:b@127.0.0.1/\r\n", "", 0); }
static void run_to_nowhere(int fd) { answer(fd, "302 Found", "", "", 0); }
static void run_403(int fd) { answer(fd, "403 Forbidden", HTML, PAGE, strlen(PAGE)); }
static void run_404(int fd) { answer(fd, "404 Not Found", HTML, PAGE, strlen(PAGE)); }
static void run_500(int fd) { answer(fd, "500 Oh", HTML, PAGE, strlen(PAGE)); }
static void run_cut(int fd) { say(fd, "HTTP/1.1 200 OK\r\n" HTML "Content-Length: 5000\r\n\r\n" PAGE); }
static void run_cut_chunked(int fd) { say(fd, "HTTP/1.1 200 OK\r\n" HTML "Transfer-Encoding: chunked\r\n\r\n400\r\n" PAGE); }
static void run_bad_chunk(int fd) { say(fd, "HTTP/1.1 200 OK\r\n" HTML "Transfer-Encoding: chunked\r\n\r\nzz\r\n" PAGE); }
static void run_cut_gzip(int fd) { answer_compressed(fd, 1 << 20, 4); }
static void run_bomb(int fd) { answer_compressed(fd, 64u << 20, 8); }
static void run_bad_gzip(int fd) { answer(fd, "200 OK", HTML "Content-Encoding: gzip\r\n", PAGE, strlen(PAGE)); }
static void run_big(int fd) { say(fd, "HTTP/1.1 200 OK\r\n" HTML "Content-Length: 10000000000\r\n\r\n"); repeat(fd, PAGE, strlen(PAGE), 0); }
static void run_image(int fd) { answer(fd, "200 OK", "Content-Type: image/png\r\n", "\x89PNG", 4); }
static void run_text(int fd) { answer(fd, "200 OK", "Content-Type: text/plain\r\n", "Plain words\n\nOf a plain text.", 28); }
static void run_no_type(int fd) { answer(fd, "200 OK", "", PAGE, strlen(PAGE)); }
static void run_latin(int fd) { answer(fd, "200 OK", "Content-Type: text/html; charset=iso-8859-1\r\n", "<title>Caf\xe9 opens</title><p>Caf\xe9 opens", 39); }
static void run_wrong(int fd) { answer(fd, "200 OK", HTML, "<title>Caf\xe9 opens</title><p>Caf\xe9 opens", 39); }
static void run_garbage(int fd) { say(fd, "this is no HTTP at all\r\n\r\n"); }
static void run_close(int fd) { (void)fd; }

static const struct manner manners[] = {
    {"/article", answer_page}, {"/silent", run_silent}, {"/wait", run_wait}, {"/drip", run_drip},
    {"/drip-head", run_drip_head}, {"/endless", run_endless}, {"/endless-head", run_endless_head},
    {"/continues", run_continues}, {"/loop", run_loop}, {"/redirect", run_redirect}, {"/to-file", run_to_file},
    {"/to-ftp", run_to_ftp}, {"/to-private", run_to_private}, {"/to-metadata", run_to_metadata},
    {"/to-user", run_to_user}, {"/to-nowhere", run_to_nowhere}, {"/403", run_403}, {"/404", run_404},
    {"/500", run_500}, {"/cut", run_cut}, {"/cut-chunked", run_cut_chunked}, {"/bad-chunk", run_bad_chunk},
    {"/cut-gzip", run_cut_gzip}, {"/bomb", run_bomb}, {"/bad-gzip", run_bad_gzip}, {"/big", run_big},
    {"/image", run_image}, {"/text", run_text}, {"/no-type", run_no_type}, {"/latin", run_latin},
    {"/wrong", run_wrong}, {"/garbage", run_garbage}, {"/close", run_close},
};

static void *serve(void *context)
{
    int fd = (int)(size_t)context;
    char request[4096] = "";
    size_t len = 0;
    while (len < sizeof request - 1 && !strstr(request, "\r\n\r\n") && request[0] != 0x16 /* TLS */) {
        ssize_t got = recv(fd, request + len, sizeof request - 1 - len, 0);
        if (got <= 0)
            break;
        len += (size_t)got;
        request[len] = '\0';
    }
    char *path = strchr(request, ' ');
    if (path)
        path[1 + strcspn(path + 1, " ?")] = '\0';
    void (*run)(int) = path ? run_404 : run_garbage;
    for (size_t i = 0; path && i < sizeof manners / sizeof manners[0]; i++)
        if (strcmp(path + 1, manners[i].path) == 0)
            run = manners[i].run;
    run(fd);
    shutdown(fd, SHUT_WR);
    close(fd);
    return NULL;
}

static void serve_for_ever(int listener)
{
    signal(SIGPIPE, SIG_IGN);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        pthread_t thread;
        if (fd >= 0 && pthread_create(&thread, NULL, serve, (void *)(size_t)fd) == 0)
            pthread_detach(thread);
    }
}

struct process origin_start(void)
{
    struct process process = {.log = -1};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&address, len) != 0 || listen(listener, 128) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &len) != 0)
        abort();
    process.port = ntohs(address.sin_port);
    fflush(NULL);
    process.pid = fork();
    if (process.pid == 0)
        serve_for_ever(listener);
    close(listener);
    return process;
}
