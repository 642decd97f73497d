#include "transfer.h"

#include <errno.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/media_type.h"

#define HEAD_MAX_BYTES ((size_t)256 << 10)    /* of one fetch with its redirects */
#define REDIRECT_MAX_BYTES ((size_t)64 << 10) /* of a redirect's body, read so that the connection can be used again */
#define ACCEPT "Accept: text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1"

/* -------------------------------------------------------------- libcurl's callbacks */

/* Every address of every hop comes by here. A proxy's address is the operator's own choice, and the only
 * one that is seen where one is set. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct transfer *transfer = context;
    const struct transfer_rules *rules = transfer->rules;
    bool allowed = purpose == CURLSOCKTYPE_IPCXN &&
                   (rules->settings.proxy[0] || netguard_allows(&address->addr, rules->networks, rules->network_count));
    if (!allowed) {
        transfer->refused_address = true;
        return CURL_SOCKET_BAD;
    }
    int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS))
        transfer->stopped = ERR_EXHAUSTED;
    return fd;
}

static size_t stop(struct transfer *transfer, enum err err)
{
    transfer->stopped = err;
    return 0; /* not what was handed over: libcurl ends the transfer */
}

/* Of several answers (100 Continue, a proxy's) the last one's lines are kept. */
static size_t take_header(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    struct slice line = slice_of(bytes, size * count);
    transfer->head_bytes += line.len;
    if (slice_starts(line, SLICE("HTTP/")))
        buffer_clear(&transfer->head);
    bool room = transfer->head_bytes <= HEAD_MAX_BYTES && buffer_append(&transfer->head, line);
    return room ? line.len : stop(transfer, ERR_UPSTREAM_TOO_LARGE);
}

/* HTML, XHTML and plain text can be read; where nothing is said, the bytes will tell. */
static bool can_be_read(const char *content_type)
{
    static const char *const types[] = {"text/html", "application/xhtml+xml", "text/plain", "", NULL};
    return media_type_is_among(slice_from_cstr(content_type), types);
}

static bool is_redirect(long status)
{
    return status >= 300 && status < 400 && status != 304;
}

static size_t pass_over(struct transfer *transfer, size_t len)
{
    transfer->passed_over += len;
    return transfer->passed_over <= REDIRECT_MAX_BYTES ? len : stop(transfer, ERR_UPSTREAM_TOO_LARGE);
}

/* Bytes come decompressed: what a small answer unpacks to is counted here, and ends here. */
static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    struct slice part = slice_of(bytes, size * count);
    if (!transfer->checked_head) {
        char *content_type = NULL;
        curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &transfer->status);
        curl_easy_getinfo(transfer->easy, CURLINFO_CONTENT_TYPE, &content_type);
        if (!is_redirect(transfer->status) && !transfer->question.any_type && !can_be_read(content_type))
            return stop(transfer, ERR_UNSUPPORTED_MEDIA);
        transfer->checked_head = true;
    }
    if (is_redirect(transfer->status))
        return pass_over(transfer, part.len);
    if (transfer->question.may_cut)
        part = slice_sub(part, 0, transfer->body.max - transfer->body.len);
    if (part.len > transfer->body.max - transfer->body.len)
        return stop(transfer, ERR_UPSTREAM_TOO_LARGE);
    if (!buffer_append(&transfer->body, part))
        return stop(transfer, ERR_EXHAUSTED);
    return part.len == size * count ? part.len : stop(transfer, ERR_NONE);
}

/* ----------------------------------------------------------------------- set-up */

static void set_limits(CURL *easy, const struct fetch_settings *settings)
{
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)settings->connect_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L); /* the fetcher follows, and looks at each hop first */
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(easy, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* a name server that is silent must not hold up the others */
}

/* An empty proxy (not: none) keeps libcurl from reading the environment's, which would bypass the guard. */
static void set_request(CURL *easy, const struct fetch_settings *settings)
{
    curl_easy_setopt(easy, CURLOPT_PROXY, settings->proxy);
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    if (settings->ca_bundle[0])
        curl_easy_setopt(easy, CURLOPT_CAINFO, settings->ca_bundle);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, settings->user_agent);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_COOKIEFILE,
                     ""); /* cookies of this fetch only: some sites redirect until they come back */
}

static void set_callbacks(CURL *easy, struct transfer *transfer)
{
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->error_text);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
}

bool transfer_open(struct transfer *transfer, const struct transfer_rules *rules, size_t max_bytes, int64_t deadline_ns)
{
    *transfer = (struct transfer){.rules = rules, .deadline_ns = deadline_ns};
    transfer->body = buffer_make(max_bytes);
    transfer->head = buffer_make(HEAD_MAX_BYTES);
    transfer->easy = curl_easy_init();
    pthread_cond_init(&transfer->is_done, NULL);
    if (!transfer->easy)
        return false;
    set_limits(transfer->easy, &rules->settings);
    set_request(transfer->easy, &rules->settings);
    set_callbacks(transfer->easy, transfer);
    return true;
}

void transfer_close(struct transfer *transfer)
{
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->fields);
    buffer_free(&transfer->head);
    buffer_free(&transfer->body);
    pthread_cond_destroy(&transfer->is_done);
}

static bool add_field(struct curl_slist **fields, const char *name, struct slice value)
{
    char line[1100];
    if (slice_is_null(value) || value.len > 1000)
        return true;
    snprintf(line, sizeof line, "%s%.*s", name, SLICE_ARG(value));
    struct curl_slist *longer = curl_slist_append(*fields, line);
    *fields = longer ? longer : *fields;
    return longer != NULL;
}

static bool make_fields(struct transfer *transfer)
{
    const struct transfer_question *question = &transfer->question;
    curl_slist_free_all(transfer->fields);
    transfer->fields = NULL;
    return add_field(&transfer->fields, "", SLICE(ACCEPT)) &&
           add_field(&transfer->fields, "If-None-Match: ", question->etag) &&
           add_field(&transfer->fields, "If-Modified-Since: ", question->last_modified) &&
           add_field(&transfer->fields, "traceparent: ", question->traceparent);
}

void transfer_ask(struct transfer *transfer, const struct transfer_question *question)
{
    transfer->question = *question;
    transfer->error_text[0] = transfer->detail[0] = '\0';
    transfer->checked_head = transfer->refused_address = transfer->done = false;
    transfer->passed_over = 0;
    transfer->stopped = transfer->err = ERR_NONE;
    transfer->status = 0;
    transfer->redirect = transfer->final_url = transfer->content_type = NULL;
    buffer_clear(&transfer->head);
    buffer_clear(&transfer->body);
}

static int64_t time_left_ms(const struct transfer *transfer)
{
    return (transfer->deadline_ns - clock_now_ns()) / CLOCK_NS_PER_MS;
}

bool transfer_has_cookies(const struct transfer *transfer)
{
    struct curl_slist *cookies = NULL;
    curl_easy_getinfo(transfer->easy, CURLINFO_COOKIELIST, &cookies);
    bool some = cookies != NULL;
    curl_slist_free_all(cookies);
    return some;
}

bool transfer_begin(struct transfer *transfer, CURLM *multi)
{
    if (!make_fields(transfer))
        return false;
    curl_easy_setopt(transfer->easy, CURLOPT_URL, transfer->question.url);
    curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->fields);
    curl_easy_setopt(transfer->easy, CURLOPT_TIMEOUT_MS, (long)time_left_ms(transfer));
    return curl_multi_add_handle(multi, transfer->easy) == CURLM_OK;
}

/* ------------------------------------------------------------------- the answer */

/* What libcurl's result means to the caller. */
static enum err error_of(const struct transfer *transfer, CURLcode code)
{
    bool conditional = transfer->question.etag.ptr || transfer->question.last_modified.ptr;
    if (transfer->redirect)
        return ERR_NONE; /* whatever its body did */
    if (transfer->stopped != ERR_NONE)
        return transfer->stopped;
    if (code == CURLE_WRITE_ERROR && transfer->question.may_cut && transfer->body.len == transfer->body.max)
        return ERR_NONE;
    switch (code) {
    case CURLE_OK:
        if (transfer->status == 304 && conditional)
            return ERR_NONE;
        return transfer->status >= 200 && transfer->status < 300 ? ERR_NONE : ERR_UPSTREAM_STATUS;
    case CURLE_HTTP_RETURNED_ERROR: return ERR_UPSTREAM_STATUS;
    case CURLE_LOGIN_DENIED:
    case CURLE_URL_MALFORMAT: return transfer->redirected ? ERR_UPSTREAM_REDIRECT : ERR_BAD_URL;
    case CURLE_UNSUPPORTED_PROTOCOL: /* an answer that is no HTTP */
        return ERR_UPSTREAM_BROKEN;
    case CURLE_COULDNT_RESOLVE_HOST: return ERR_UPSTREAM_DNS;
    case CURLE_COULDNT_RESOLVE_PROXY: return ERR_UPSTREAM_CONNECT;
    case CURLE_COULDNT_CONNECT: return transfer->refused_address ? ERR_ADDRESS_NOT_ALLOWED : ERR_UPSTREAM_CONNECT;
    case CURLE_OPERATION_TIMEDOUT: return ERR_UPSTREAM_TIMEOUT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS: return ERR_UPSTREAM_TLS;
    case CURLE_OUT_OF_MEMORY:
    case CURLE_FAILED_INIT: return ERR_EXHAUSTED;
    default: return ERR_UPSTREAM_BROKEN; /* cut off, badly compressed, badly framed, no HTTP at all */
    }
}

static void write_detail(struct transfer *transfer, CURLcode code)
{
    char *detail = transfer->detail;
    switch (transfer->err) {
    case ERR_NONE: break;
    case ERR_UPSTREAM_STATUS:
        snprintf(detail, TRANSFER_DETAIL_BYTES, "the origin answered with status %ld", transfer->status);
        break;
    case ERR_UNSUPPORTED_MEDIA:
        snprintf(detail, TRANSFER_DETAIL_BYTES, "the URL gives %.100s, which is neither HTML nor plain text",
                 transfer->content_type ? transfer->content_type : "nothing");
        break;
    case ERR_UPSTREAM_TOO_LARGE:
        snprintf(detail, TRANSFER_DETAIL_BYTES, "more than %llu bytes, or too many headers",
                 (unsigned long long)transfer->body.max);
        break;
    case ERR_ADDRESS_NOT_ALLOWED: /* no address in the detail: it would map the inside of a network */
        snprintf(detail, TRANSFER_DETAIL_BYTES, "the host resolves to an address that is not public%s",
                 transfer->redirected ? ", after a redirect" : "");
        break;
    default:
        snprintf(detail, TRANSFER_DETAIL_BYTES, "%.200s",
                 transfer->error_text[0] ? transfer->error_text : curl_easy_strerror(code));
    }
}

static const char *info_of(CURL *easy, CURLINFO which)
{
    char *text = NULL;
    return curl_easy_getinfo(easy, which, &text) == CURLE_OK ? text : NULL;
}

void transfer_finish(struct transfer *transfer, CURLM *multi, CURLcode code)
{
    CURL *easy = transfer->easy;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &transfer->status);
    transfer->final_url = info_of(easy, CURLINFO_EFFECTIVE_URL);
    transfer->content_type = info_of(easy, CURLINFO_CONTENT_TYPE);
    transfer->redirect = is_redirect(transfer->status) ? info_of(easy, CURLINFO_REDIRECT_URL) : NULL;
    transfer->err = error_of(transfer, code);
    write_detail(transfer, code);
    curl_multi_remove_handle(multi, easy);
}

void transfer_abandon(struct transfer *transfer, CURLM *multi, enum err err)
{
    curl_multi_remove_handle(multi, transfer->easy);
    transfer->err = err;
}
