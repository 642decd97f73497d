#include "support/http.h"

#include <arpa/inet.h>
#include <check.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static size_t append(char *bytes, size_t size, size_t count, void *context)
{
    return buffer_append(context, slice_of(bytes, size * count)) ? size * count : 0;
}

static size_t give(char *to, size_t size, size_t count, void *context)
{
    struct slice *rest = context;
    size_t len = rest->len < size * count ? rest->len : size * count;
    if (len)
        memcpy(to, rest->ptr, len);
    *rest = slice_sub(*rest, len, rest->len);
    return len;
}

static void set_body(CURL *easy, const struct http_request *request, struct slice *rest)
{
    if (!request->body.ptr)
        return;
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    if (request->chunked) {
        *rest = request->body;
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, give);
        curl_easy_setopt(easy, CURLOPT_READDATA, rest);
    } else {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body.ptr);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)request->body.len);
    }
}

struct http_answer http_ask(const struct http_request *request)
{
    struct http_answer answer = {.headers = buffer_make(1 << 20), .body = buffer_make(256u << 20)};
    struct slice rest;
    char url[8300];
    CURL *easy = curl_easy_init();
    struct curl_slist *headers = request->chunked ? curl_slist_append(NULL, "Transfer-Encoding: chunked") : NULL;
    for (const char *const *h = request->headers; h && *h; h++)
        headers = curl_slist_append(headers, *h);
    snprintf(url, sizeof url, "http://127.0.0.1:%u%s", request->port, request->path);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 20000L);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &answer.body);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, append);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &answer.headers);
    set_body(easy, request, &rest);
    if (request->method && strcmp(request->method, "HEAD") == 0)
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    else if (request->method)
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    answer.code = (int)curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME, &answer.seconds);
    curl_slist_free_all(headers);
    curl_easy_cleanup(easy);
    return answer;
}

struct http_answer http_get(unsigned port, const char *path)
{
    return http_ask(&(struct http_request){.port = port, .path = path});
}

struct http_answer http_post(unsigned port, const char *path, const char *content_type, struct slice body)
{
    char header[200];
    snprintf(header, sizeof header, "Content-Type: %s", content_type);
    const char *const headers[] = {header, NULL};
    return http_ask(&(struct http_request){.port = port, .path = path, .headers = headers, .body = body});
}

void http_free(struct http_answer *answer)
{
    buffer_free(&answer->headers);
    buffer_free(&answer->body);
}

struct slice http_header(const struct http_answer *answer, const char *name)
{
    struct slice rest = buffer_slice(&answer->headers), line, value = SLICE_NULL;
    size_t len = strlen(name);
    while (slice_split(&rest, '\n', &line))
        if (line.len > len && line.ptr[len] == ':' && slice_starts_nocase(line, slice_from_cstr(name)))
            value = slice_trim(slice_sub(line, len + 1, line.len));
    return value;
}

json_t *http_json(const struct http_answer *answer)
{
    json_error_t error;
    json_t *json = json_loadb(answer->body.ptr ? answer->body.ptr : "", answer->body.len, 0, &error);
    ck_assert_msg(json != NULL, "not JSON (%s): %.*s", error.text, SLICE_ARG(buffer_slice(&answer->body)));
    return json;
}

void http_expect_problem(struct http_answer *answer, long status, const char *code)
{
    ck_assert_msg(answer->code == 0, "no answer: %s", curl_easy_strerror((CURLcode)answer->code));
    ck_assert_msg(answer->status == status, "status %ld, not %ld %s: %.*s", answer->status, status, code,
                  SLICE_ARG(buffer_slice(&answer->body)));
    ck_assert(slice_equals(http_header(answer, "Content-Type"), SLICE("application/problem+json")));
    json_t *problem = http_json(answer);
    ck_assert_str_eq(json_string_value(json_object_get(problem, "code")), code);
    ck_assert_int_eq(json_integer_value(json_object_get(problem, "status")), status);
    struct slice id = http_header(answer, "X-Request-Id");
    ck_assert(slice_equals(id, slice_from_cstr(json_string_value(json_object_get(problem, "request_id")))));
    json_decref(problem);
    http_free(answer);
}

int http_connect(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

struct buffer http_raw(unsigned port, struct slice bytes, int patience_ms)
{
    struct buffer answer = buffer_make(1 << 20);
    int fd = http_connect(port);
    ck_assert_int_eq(send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL), (ssize_t)bytes.len);
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    while (poll(&ready, 1, patience_ms) == 1) {
        char room[4096];
        ssize_t got = recv(fd, room, sizeof room, 0);
        if (got <= 0)
            break;
        buffer_append(&answer, slice_of(room, (size_t)got));
    }
    close(fd);
    buffer_append_byte(&answer, '\0');
    return answer;
}
