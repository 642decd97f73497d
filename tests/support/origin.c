/* origin: a web server with bad manners, a process of its own, a thread for each connection. The path says
 * which answer is given; a path below /robots/ how /robots.txt is answered from then on. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "support/process.h"

/* 64 MiB of zeros as brotli packs them. */
#define BROTLI_ZEROS                                                                                                   \
    "\xcf\xff\xff\x7f\xf8\x27\x00\xe2\xb1\x40\x20\xf7\xfe\x9f\xff\xff\xff\xf0\x4f\x00\xc4\x61\x01\x80\xee\xfd"       \
    "\x3f\xff\xff\xff\xe1\x9f\x00\x88\xc3\x22\x00\xdd\xfb\x7f\xfe\xff\xff\xc3\x3f\x01\x10\x87\x05\x00\xba\xf7\xff" \
    "\x03"
#define HTML "Content-Type: text/html; charset=utf-8\r\n"
#define PAGE "<!doctype html><title>Harbour bridge opens - The Example</title><h1>Harbour bridge opens</h1>" \
             "<p>The new bridge over the harbour opened to traffic on Monday, the town council said.</p>"

static _Thread_local const char *request_head; /* of the request that is being answered */

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

static void answer_brotli_bomb(int fd)
{
    static const char packed[] = BROTLI_ZEROS;
    answer(fd, "200 OK", HTML "Content-Encoding: br\r\n", packed, sizeof packed - 1);
}

/* Packed twice: the inner one is small when it arrives and when it is unpacked once. */
static void answer_nested_bomb(int fd)
{
    size_t room = 1 << 20;
    unsigned char *once = malloc(room), *twice = malloc(room);
    uLongf len = compress_zeros(16u << 20, once, room);
    z_stream stream = {.next_in = once, .avail_in = (uInt)len, .next_out = twice, .avail_out = (uInt)room};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    deflate(&stream, Z_FINISH);
    answer(fd, "200 OK", HTML "Content-Encoding: gzip, gzip\r\n", (char *)twice, stream.total_out);
    deflateEnd(&stream);
    free(once);
    free(twice);
}

/* ------------------------------------------------------------------ what is kept */

static atomic_uint serial; /* of pages that were really sent */

static void answer_numbered(int fd, const char *headers)
{
    char fields[300], page[200];
    snprintf(fields, sizeof fields, HTML "%s", headers);
    int len = snprintf(page, sizeof page, "<title>Page number %u</title><p>It was sent as number %u.</p>", atomic_load(&serial) + 1,
                       atomic_load(&serial) + 1);
    atomic_fetch_add(&serial, 1);
    answer(fd, "200 OK", fields, page, (size_t)len);
}

static void answer_conditional(int fd, const char *field, const char *headers)
{
    if (strstr(request_head, field))
        answer(fd, "304 Not Modified", headers, "", 0);
    else
        answer_numbered(fd, headers);
}

static void run_fresh(int fd) { answer_numbered(fd, "Cache-Control: max-age=60\r\n"); }
static void run_expires(int fd) { answer_numbered(fd, "Date: Tue, 03 Mar 2026 10:00:00 GMT\r\nExpires: Tue, 03 Mar 2026 10:05:00 GMT\r\n"); }
static void run_aged(int fd) { answer_numbered(fd, "Cache-Control: max-age=60\r\nAge: 60\r\n"); }
static void run_no_store(int fd) { answer_numbered(fd, "Cache-Control: no-store, max-age=60\r\nETag: \"a\"\r\n"); }
static void run_private(int fd) { answer_numbered(fd, "Cache-Control: private, max-age=60\r\n"); }
static void run_varying(int fd) { answer_numbered(fd, "Cache-Control: max-age=60\r\nVary: *\r\n"); }
static void run_plain(int fd) { answer_numbered(fd, ""); }
static void run_etag(int fd) { answer_conditional(fd, "If-None-Match: \"a\"", "ETag: \"a\"\r\n"); }
static void run_modified(int fd)
{
    answer_conditional(fd, "If-Modified-Since: Tue, 03 Mar 2026 10:00:00 GMT", "Last-Modified: Tue, 03 Mar 2026 10:00:00 GMT\r\n");
}
static void run_renewed(int fd) { answer_conditional(fd, "If-None-Match: \"a\"", "ETag: \"a\"\r\nCache-Control: max-age=1\r\n"); }
static void run_to_fresh(int fd) { answer(fd, "302 Found", "Location: /fresh\r\n", "gone", 4); }
static void run_to_visitor(int fd) { answer(fd, "302 Found", "Location: /visitor\r\nSet-Cookie: who=you\r\n", "", 0); }
static void run_visitor(int fd) { answer_numbered(fd, strstr(request_head, "Cookie: who=you") ? "Cache-Control: max-age=60\r\n" : "X: no cookie came\r\n"); }

static void run_trace(int fd)
{
    const char *field = strstr(request_head, "traceparent: ");
    answer(fd, "200 OK", "Content-Type: text/plain\r\n", field ? field + 13 : "none", field ? strcspn(field + 13, "\r") : 4);
}

/* The traceparent with which a page was last asked for here. */
static char traced[60] = "none";
static pthread_mutex_t traced_lock = PTHREAD_MUTEX_INITIALIZER;

static void run_traced(int fd)
{
    const char *field = strstr(request_head, "traceparent: ");
    pthread_mutex_lock(&traced_lock);
    snprintf(traced, sizeof traced, "%.*s", field ? (int)strcspn(field + 13, "\r") : 4, field ? field + 13 : "none");
    pthread_mutex_unlock(&traced_lock);
    answer_page(fd);
}

static void run_trace_seen(int fd)
{
    pthread_mutex_lock(&traced_lock);
    answer(fd, "200 OK", "Content-Type: text/plain\r\n", traced, strlen(traced));
    pthread_mutex_unlock(&traced_lock);
}

/* How many of these run at once, at most so far. */
static void run_crowd(int fd)
{
    static atomic_int now, most;
    int here = atomic_fetch_add(&now, 1) + 1, seen = atomic_load(&most);
    while (here > seen && !atomic_compare_exchange_weak(&most, &seen, here))
        ;
    pause_ms(50);
    char text[20];
    int len = snprintf(text, sizeof text, "%d", atomic_load(&most));
    atomic_fetch_sub(&now, 1);
    answer(fd, "200 OK", "Content-Type: text/plain\r\n", text, (size_t)len);
}

/* --------------------------------------------------------------------- robots.txt */

static atomic_int robots_way;
static atomic_uint robots_asked;

static void run_robots_rules(int fd)
{
    const char *text = "User-agent: *\nDisallow: /\n\nUser-agent: newsmeta-test\nDisallow: /denied\n";
    answer(fd, "200 OK", "Content-Type: text/plain\r\n", text, strlen(text));
}

static void run_robots_404(int fd) { answer(fd, "404 Not Found", "", "", 0); }
static void run_robots_503(int fd) { answer(fd, "503 Later", "", "", 0); }
static void run_robots_loop(int fd) { answer(fd, "302 Found", "Location: /robots.txt\r\n", "", 0); }
static void run_robots_moved(int fd) { answer(fd, "302 Found", "Location: /rules\r\n", "", 0); }

/* A rule that forbids, then more than is read, then one that would forbid everything. */
static void run_robots_large(int fd)
{
    static const char first[] = "User-agent: *\nDisallow: /denied\n", filler[] = "# filler, filler, filler, filler, filler\n";
    say(fd, "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n");
    say(fd, first);
    for (size_t sent = 0; sent < 600u << 10; sent += strlen(filler))
        say(fd, filler);
    say(fd, "Disallow: /\n");
}

static void run_robots(int fd)
{
    static void (*const ways[])(int) = {run_robots_404,  run_robots_rules, run_robots_503,
                                        run_robots_loop, run_robots_moved, run_robots_large};
    atomic_fetch_add(&robots_asked, 1);
    ways[atomic_load(&robots_way)](fd);
}

static void run_robots_asked(int fd)
{
    char text[20];
    int len = snprintf(text, sizeof text, "%u", atomic_load(&robots_asked));
    answer(fd, "200 OK", "Content-Type: text/plain\r\n", text, (size_t)len);
}

static void set_robots(int fd)
{
    atomic_store(&robots_way, strstr(request_head, "/robots/")[strlen("/robots/")] - '0');
    answer(fd, "204 No Content", "", "", 0);
}

static void run_to_denied(int fd) { answer(fd, "302 Found", "Location: /denied\r\n", "", 0); }

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
static void run_bomb(int fd) { answer_compressed(fd, 16u << 20, 8); }
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
    {"/bomb-br", answer_brotli_bomb}, {"/bomb-nested", answer_nested_bomb},
    {"/fresh", run_fresh}, {"/expires", run_expires}, {"/aged", run_aged}, {"/no-store", run_no_store},
    {"/private", run_private}, {"/varying", run_varying}, {"/plain", run_plain}, {"/etag", run_etag},
    {"/modified", run_modified}, {"/renewed", run_renewed}, {"/to-fresh", run_to_fresh}, {"/to-visitor", run_to_visitor},
    {"/visitor", run_visitor}, {"/trace", run_trace},
    {"/traced", run_traced}, {"/trace-seen", run_trace_seen}, {"/crowd", run_crowd}, {"/robots.txt", run_robots},
    {"/rules", run_robots_rules}, {"/robots-asked", run_robots_asked}, {"/denied", answer_page}, {"/to-denied", run_to_denied},
    {"/robots/0", set_robots}, {"/robots/1", set_robots}, {"/robots/2", set_robots}, {"/robots/3", set_robots},
    {"/robots/4", set_robots}, {"/robots/5", set_robots},
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
    const char *path = strchr(request, ' ');
    size_t path_len = path ? strcspn(++path, " ?") : 0;
    void (*run)(int) = path ? run_404 : run_garbage;
    for (size_t i = 0; path && i < sizeof manners / sizeof manners[0]; i++)
        if (strncmp(path, manners[i].path, path_len) == 0 && !manners[i].path[path_len])
            run = manners[i].run;
    request_head = request;
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
