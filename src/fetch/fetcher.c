#include "fetch/fetcher.h"

#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "fetch/netguard.h"

#define URL_MAX_BYTES 8192u
#define HEADERS_MAX_BYTES ((size_t)256 << 10) /* of one answer with its redirects */
#define DETAIL_MAX_BYTES 300
#define ACCEPT "Accept: text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1"
#define POLL_MS 1000          /* without anything to do; a new fetch wakes the thread */
#define POLL_WAITING_MS 50    /* while some wait for their turn: their deadlines are looked at */

/* One fetch; lives on the stack of the caller that waits for it. */
struct fetch {
    struct fetch *next;
    struct fetcher *fetcher;
    const char *url;
    int64_t deadline_ns;

    CURL *easy;
    struct buffer body;
    size_t header_bytes;
    bool checked_head;
    bool refused_address;
    enum err stopped;         /* why our own callbacks ended it; ERR_NONE: they did not */
    char error_text[CURL_ERROR_SIZE];

    /* the result; guarded by the fetcher's lock */
    bool done;
    pthread_cond_t is_done;
    enum err err;
    long status, redirects;
    char detail[DETAIL_MAX_BYTES];
    char *final_url, *content_type; /* malloc'd; NULL: none */
};

struct fetcher {
    atomic_size_t holders;
    struct fetch_settings settings;
    struct arena *arena;      /* of the settings' strings */
    struct netguard_rule *rules;
    size_t rule_count;
    CURLM *multi;
    struct curl_slist *headers; /* of every request */
    pthread_t thread;
    pthread_mutex_t lock;     /* for the queue and the results */
    struct fetch *first, **last; /* waiting for their turn */
    bool ending;

    struct fetch *active;     /* the thread's own */
    int active_count;
};

/* ------------------------------------------------------------ URLs, in advance */

static bool has_odd_bytes(struct slice url)
{
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] <= ' ' || url.ptr[i] == 0x7F || url.ptr[i] == '\\')
            return true;
    return false;
}

static enum err check_parts(CURLU *parts, const char **why)
{
    char *scheme = NULL, *user = NULL, *password = NULL, *port = NULL;
    enum err err = ERR_NONE;
    uint64_t number = 0;
    curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0);
    curl_url_get(parts, CURLUPART_USER, &user, 0);
    curl_url_get(parts, CURLUPART_PASSWORD, &password, 0);
    curl_url_get(parts, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT);
    if (!scheme || (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0)) {
        *why = "only http and https URLs can be fetched";
        err = ERR_BAD_URL;
    } else if (user || password) {
        *why = "a URL with a user name or password is not fetched";
        err = ERR_BAD_URL;
    } else if (!slice_to_u64(slice_from_cstr(port), 65535, &number) || !netguard_allows_port((unsigned)number)) {
        *why = "ports below 1024 other than 80 and 443 are not fetched from";
        err = ERR_ADDRESS_NOT_ALLOWED;
    }
    curl_free(scheme);
    curl_free(user);
    curl_free(password);
    curl_free(port);
    return err;
}

enum err fetcher_check_url(struct slice url, const char **why)
{
    char cstr[URL_MAX_BYTES + 1];
    *why = "the URL is empty, too long, or has blanks, backslashes or control characters in it";
    if (url.len == 0 || url.len > URL_MAX_BYTES || has_odd_bytes(url))
        return ERR_BAD_URL;
    memcpy(cstr, url.ptr, url.len);
    cstr[url.len] = '\0';
    CURLU *parts = curl_url();
    if (!parts)
        return ERR_INTERNAL;
    *why = "the text is not an absolute URL";
    CURLUcode code = curl_url_set(parts, CURLUPART_URL, cstr, CURLU_NON_SUPPORT_SCHEME);
    enum err err = code == CURLUE_OK ? check_parts(parts, why) : ERR_BAD_URL;
    curl_url_cleanup(parts);
    if (err == ERR_NONE)
        *why = NULL;
    return err;
}

/* --------------------------------------------------- libcurl's callbacks (thread) */

/* Every address of every hop comes by here. A proxy's address is the operator's own choice, and the only
 * one that is seen where one is set. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct fetch *fetch = context;
    struct fetcher *fetcher = fetch->fetcher;
    bool allowed = purpose == CURLSOCKTYPE_IPCXN &&
                   (fetcher->settings.proxy[0] || netguard_allows(&address->addr, fetcher->rules, fetcher->rule_count));
    if (!allowed) {
        fetch->refused_address = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t stop(struct fetch *fetch, enum err err)
{
    fetch->stopped = err;
    return 0; /* not what was handed over: libcurl ends the transfer */
}

static size_t take_header(char *bytes, size_t size, size_t count, void *context)
{
    struct fetch *fetch = context;
    (void)bytes;
    fetch->header_bytes += size * count;
    return fetch->header_bytes > HEADERS_MAX_BYTES ? stop(fetch, ERR_UPSTREAM_TOO_LARGE) : size * count;
}

/* HTML, XHTML and plain text can be read; where nothing is said, the bytes will tell. */
static bool can_be_read(const char *content_type)
{
    static const char *const types[] = {"text/html", "application/xhtml+xml", "text/plain", ""};
    struct slice text = slice_from_cstr(content_type);
    struct slice type = slice_trim(slice_sub(text, 0, slice_find_byte(text, ';', 0)));
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (slice_equals_nocase(type, slice_from_cstr(types[i])))
            return true;
    return false;
}

/* Bytes come decompressed: what a small answer unpacks to is counted here, and ends here. */
static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
    struct fetch *fetch = context;
    if (!fetch->checked_head) {
        char *content_type = NULL;
        curl_easy_getinfo(fetch->easy, CURLINFO_CONTENT_TYPE, &content_type);
        if (!can_be_read(content_type))
            return stop(fetch, ERR_UNSUPPORTED_MEDIA);
        fetch->checked_head = true;
    }
    if (!buffer_append(&fetch->body, slice_of(bytes, size * count)))
        return stop(fetch, ERR_UPSTREAM_TOO_LARGE);
    return size * count;
}

/* ------------------------------------------------------------------- one fetch */

static long time_left_ms(const struct fetch *fetch)
{
    int64_t left = fetch->fetcher->settings.timeout_ms;
    if (fetch->deadline_ns) {
        int64_t until = (fetch->deadline_ns - clock_now_ns()) / CLOCK_NS_PER_MS;
        left = until < left ? until : left;
    }
    return (long)left;
}

static void set_limits(CURL *easy, const struct fetch_settings *settings, long time_ms)
{
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, time_ms);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)settings->connect_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, (long)settings->max_redirects);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
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
    curl_easy_setopt(easy, CURLOPT_COOKIEFILE, ""); /* cookies of this fetch only: some sites redirect until they come back */
}

static bool set_up(struct fetch *fetch)
{
    CURL *easy = curl_easy_init();
    if (!easy)
        return false;
    fetch->easy = easy;
    set_limits(easy, &fetch->fetcher->settings, time_left_ms(fetch));
    set_request(easy, &fetch->fetcher->settings);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fetch->fetcher->headers);
    curl_easy_setopt(easy, CURLOPT_URL, fetch->url);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, fetch);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, fetch->error_text);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, fetch);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, fetch);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, fetch);
    return curl_multi_add_handle(fetch->fetcher->multi, easy) == CURLM_OK;
}

/* What libcurl's result means to the caller. */
static enum err error_of(const struct fetch *fetch, CURLcode code)
{
    if (fetch->stopped != ERR_NONE)
        return fetch->stopped;
    switch (code) {
    case CURLE_OK: return fetch->status >= 200 && fetch->status < 300 ? ERR_NONE : ERR_UPSTREAM_STATUS;
    case CURLE_HTTP_RETURNED_ERROR: return ERR_UPSTREAM_STATUS;
    case CURLE_TOO_MANY_REDIRECTS: return ERR_UPSTREAM_REDIRECT;
    case CURLE_LOGIN_DENIED: return fetch->redirects ? ERR_UPSTREAM_REDIRECT : ERR_BAD_URL;
    case CURLE_UNSUPPORTED_PROTOCOL: /* of a redirect; or an answer that is no HTTP */
        return fetch->redirects ? ERR_UPSTREAM_REDIRECT : ERR_UPSTREAM_BROKEN;
    case CURLE_URL_MALFORMAT: return fetch->redirects ? ERR_UPSTREAM_REDIRECT : ERR_BAD_URL;
    case CURLE_COULDNT_RESOLVE_HOST: return ERR_UPSTREAM_DNS;
    case CURLE_COULDNT_RESOLVE_PROXY: return ERR_UPSTREAM_CONNECT;
    case CURLE_COULDNT_CONNECT: return fetch->refused_address ? ERR_ADDRESS_NOT_ALLOWED : ERR_UPSTREAM_CONNECT;
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
    case CURLE_FAILED_INIT: return ERR_INTERNAL;
    default: return ERR_UPSTREAM_BROKEN; /* cut off, badly compressed, badly framed, no HTTP at all */
    }
}

static void write_detail(struct fetch *fetch, enum err err, CURLcode code)
{
    char *content_type = NULL;
    curl_easy_getinfo(fetch->easy, CURLINFO_CONTENT_TYPE, &content_type);
    switch (err) {
    case ERR_NONE: break;
    case ERR_UPSTREAM_STATUS:
        snprintf(fetch->detail, sizeof fetch->detail, "the origin answered with status %ld", fetch->status);
        break;
    case ERR_UNSUPPORTED_MEDIA:
        snprintf(fetch->detail, sizeof fetch->detail, "the URL gives %.100s, which is neither HTML nor plain text",
                 content_type ? content_type : "nothing");
        break;
    case ERR_UPSTREAM_TOO_LARGE:
        snprintf(fetch->detail, sizeof fetch->detail, "more than %llu bytes, or too many headers",
                 (unsigned long long)fetch->fetcher->settings.max_bytes);
        break;
    case ERR_ADDRESS_NOT_ALLOWED: /* no address in the detail: it would map the inside of a network */
        snprintf(fetch->detail, sizeof fetch->detail, "the host resolves to an address that is not public%s",
                 fetch->redirects ? ", after a redirect" : "");
        break;
    default:
        snprintf(fetch->detail, sizeof fetch->detail, "%.200s",
                 fetch->error_text[0] ? fetch->error_text : curl_easy_strerror(code));
    }
}

static char *copy_info(CURL *easy, CURLINFO which)
{
    char *text = NULL;
    return curl_easy_getinfo(easy, which, &text) == CURLE_OK && text ? strdup(text) : NULL;
}

static void signal_done(struct fetch *fetch, enum err err)
{
    struct fetcher *fetcher = fetch->fetcher;
    pthread_mutex_lock(&fetcher->lock);
    fetch->err = err;
    fetch->done = true;
    pthread_cond_signal(&fetch->is_done); /* under the lock: the caller's stack may go as soon as it is released */
    pthread_mutex_unlock(&fetcher->lock);
}

static void tear_down(struct fetch *fetch)
{
    if (!fetch->easy)
        return;
    curl_multi_remove_handle(fetch->fetcher->multi, fetch->easy);
    curl_easy_cleanup(fetch->easy);
    fetch->easy = NULL;
}

/* ------------------------------------------------------------------ the thread */

static void forget(struct fetcher *fetcher, struct fetch *fetch)
{
    struct fetch **link = &fetcher->active;
    while (*link != fetch)
        link = &(*link)->next;
    *link = fetch->next;
    fetcher->active_count--;
}

static void finish(struct fetch *fetch, CURLcode code)
{
    curl_easy_getinfo(fetch->easy, CURLINFO_RESPONSE_CODE, &fetch->status);
    curl_easy_getinfo(fetch->easy, CURLINFO_REDIRECT_COUNT, &fetch->redirects);
    enum err err = error_of(fetch, code);
    write_detail(fetch, err, code);
    fetch->final_url = copy_info(fetch->easy, CURLINFO_EFFECTIVE_URL);
    fetch->content_type = copy_info(fetch->easy, CURLINFO_CONTENT_TYPE);
    forget(fetch->fetcher, fetch);
    tear_down(fetch);
    signal_done(fetch, err);
}

static void finish_ready(struct fetcher *fetcher)
{
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(fetcher->multi, &left))) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        struct fetch *fetch = NULL;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&fetch);
        finish(fetch, code);
    }
}

static void begin(struct fetcher *fetcher, struct fetch *fetch)
{
    fetch->next = fetcher->active;
    fetcher->active = fetch;
    fetcher->active_count++;
    if (set_up(fetch))
        return;
    forget(fetcher, fetch);
    tear_down(fetch);
    signal_done(fetch, ERR_INTERNAL);
}

static struct fetch *take_waiting(struct fetcher *fetcher, bool *ending, bool *waiting)
{
    pthread_mutex_lock(&fetcher->lock);
    struct fetch *fetch = fetcher->first;
    if (fetch) {
        fetcher->first = fetch->next;
        if (!fetcher->first)
            fetcher->last = &fetcher->first;
    }
    *ending = fetcher->ending;
    *waiting = fetcher->first != NULL;
    pthread_mutex_unlock(&fetcher->lock);
    return fetch;
}

static void put_back(struct fetcher *fetcher, struct fetch *fetch)
{
    pthread_mutex_lock(&fetcher->lock);
    fetch->next = fetcher->first;
    if (!fetcher->first)
        fetcher->last = &fetch->next;
    fetcher->first = fetch;
    pthread_mutex_unlock(&fetcher->lock);
}

/* Begins what there is room for. One whose time ran out while it waited is told so; only the head of the
 * queue is looked at, as those behind it came later. True when some still wait. */
static bool begin_waiting(struct fetcher *fetcher, bool *ending)
{
    bool waiting;
    struct fetch *fetch;
    while ((fetch = take_waiting(fetcher, ending, &waiting))) {
        if (*ending)
            signal_done(fetch, ERR_DRAINING);
        else if (time_left_ms(fetch) <= 0)
            signal_done(fetch, ERR_UPSTREAM_TIMEOUT);
        else if (fetcher->active_count < fetcher->settings.max_concurrent)
            begin(fetcher, fetch);
        else {
            put_back(fetcher, fetch);
            return true;
        }
    }
    return false;
}

static void end_active(struct fetcher *fetcher)
{
    while (fetcher->active) {
        struct fetch *fetch = fetcher->active;
        forget(fetcher, fetch);
        tear_down(fetch);
        signal_done(fetch, ERR_DRAINING);
    }
}

static void *run_until_ended(void *context)
{
    struct fetcher *fetcher = context;
    bool ending = false;
    for (;;) {
        bool waiting = begin_waiting(fetcher, &ending);
        if (ending)
            break;
        int running;
        curl_multi_perform(fetcher->multi, &running);
        finish_ready(fetcher);
        bool room = fetcher->active_count < fetcher->settings.max_concurrent;
        if (!(waiting && room))
            curl_multi_poll(fetcher->multi, NULL, 0, waiting ? POLL_WAITING_MS : POLL_MS, NULL);
    }
    end_active(fetcher);
    return NULL;
}

/* --------------------------------------------------------------- for the callers */

static bool read_rules(struct fetcher *fetcher, const char *const *allow, const char **bad)
{
    size_t count = 0;
    while (allow && allow[count])
        count++;
    fetcher->rules = arena_calloc(fetcher->arena, count + 1, sizeof *fetcher->rules);
    for (size_t i = 0; i < count; i++)
        if (!netguard_read_rule(slice_from_cstr(allow[i]), &fetcher->rules[i])) {
            if (bad)
                *bad = allow[i];
            return false;
        }
    fetcher->rule_count = count;
    return true;
}

/* Signals are for the main thread, so this one is started with all of them blocked. */
static bool start_thread(struct fetcher *fetcher)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&fetcher->thread, NULL, run_until_ended, fetcher);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed == 0;
}

static const char *keep_text(struct arena *arena, const char *text)
{
    return arena_cstr(arena, slice_from_cstr(text ? text : ""));
}

static void release(struct fetcher *fetcher)
{
    if (fetcher->multi)
        curl_multi_cleanup(fetcher->multi);
    curl_slist_free_all(fetcher->headers);
    pthread_mutex_destroy(&fetcher->lock);
    arena_destroy(fetcher->arena);
    free(fetcher);
}

struct fetcher *fetcher_create(const struct fetch_settings *settings, const char **bad)
{
    if (bad)
        *bad = NULL;
    struct fetcher *fetcher = calloc(1, sizeof *fetcher);
    if (!fetcher)
        return NULL;
    atomic_init(&fetcher->holders, 1);
    fetcher->arena = arena_create();
    fetcher->settings = *settings;
    fetcher->settings.allow = NULL;
    fetcher->settings.user_agent = keep_text(fetcher->arena, settings->user_agent);
    fetcher->settings.proxy = keep_text(fetcher->arena, settings->proxy);
    fetcher->settings.ca_bundle = keep_text(fetcher->arena, settings->ca_bundle);
    fetcher->last = &fetcher->first;
    pthread_mutex_init(&fetcher->lock, NULL);
    bool good = read_rules(fetcher, settings->allow, bad) && curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK &&
                (fetcher->multi = curl_multi_init()) != NULL &&
                (fetcher->headers = curl_slist_append(NULL, ACCEPT)) != NULL && start_thread(fetcher);
    if (good)
        return fetcher;
    release(fetcher);
    return NULL;
}

struct fetcher *fetcher_hold(struct fetcher *fetcher)
{
    atomic_fetch_add(&fetcher->holders, 1);
    return fetcher;
}

void fetcher_destroy(struct fetcher *fetcher)
{
    if (!fetcher || atomic_fetch_sub(&fetcher->holders, 1) > 1)
        return;
    pthread_mutex_lock(&fetcher->lock);
    fetcher->ending = true;
    pthread_mutex_unlock(&fetcher->lock);
    curl_multi_wakeup(fetcher->multi);
    pthread_join(fetcher->thread, NULL);
    release(fetcher);
}

static void wait_for(struct fetcher *fetcher, struct fetch *fetch)
{
    pthread_mutex_lock(&fetcher->lock);
    bool ending = fetcher->ending;
    if (!ending) {
        *fetcher->last = fetch;
        fetcher->last = &fetch->next;
        curl_multi_wakeup(fetcher->multi);
    }
    while (!ending && !fetch->done)
        pthread_cond_wait(&fetch->is_done, &fetcher->lock);
    if (ending)
        fetch->err = ERR_DRAINING;
    pthread_mutex_unlock(&fetcher->lock);
}

/* The strings move into the arena; the body stays where it is and is freed with the arena. */
static void give_result(struct fetch *fetch, struct arena *arena, struct fetch_response *response)
{
    *response = (struct fetch_response){.status = (int)fetch->status};
    if (fetch->detail[0])
        response->detail = slice_from_cstr(arena_cstr(arena, slice_from_cstr(fetch->detail)));
    if (fetch->content_type)
        response->content_type = arena_copy(arena, slice_from_cstr(fetch->content_type));
    if (fetch->final_url)
        response->final_url = arena_copy(arena, slice_from_cstr(fetch->final_url));
    if (fetch->err == ERR_NONE && fetch->body.ptr) {
        response->body = buffer_slice(&fetch->body);
        arena_on_release(arena, free, fetch->body.ptr);
    } else {
        response->body = SLICE("");
        buffer_free(&fetch->body);
    }
    free(fetch->content_type);
    free(fetch->final_url);
}

enum err fetcher_get(struct fetcher *fetcher, struct arena *arena, const struct fetch_request *request,
                     struct fetch_response *response)
{
    struct fetch fetch = {
        .fetcher = fetcher,
        .url = arena_cstr(arena, request->url),
        .deadline_ns = request->deadline_ns,
        .body = buffer_make((size_t)fetcher->settings.max_bytes),
    };
    pthread_cond_init(&fetch.is_done, NULL);
    wait_for(fetcher, &fetch);
    pthread_cond_destroy(&fetch.is_done);
    give_result(&fetch, arena, response);
    return fetch.err;
}
