#include "fetch/fetcher.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/clock.h"
#include "fetch/cache.h"
#include "fetch/freshness.h"
#include "fetch/robots.h"
#include "transfers.h"
#include "web_url.h"

#define NS_PER_S INT64_C(1000000000)
#define PAGES_MAX 4096u                   /* kept at most, and of as many sites the robots.txt */
#define ROBOTS_CACHE_BYTES (8u << 20)
#define ROBOTS_REDIRECTS 5                /* RFC 9309, 2.3.1.2 */
#define ROBOTS_LEAST_S 60
#define ROBOTS_USUAL_S 3600
#define ROBOTS_MOST_S 86400               /* 2.4 */

struct fetcher {
    atomic_size_t holders;
    struct arena *arena;      /* of the settings' strings and the rules */
    struct transfer_rules rules;
    struct transfers *transfers;
    struct cache *pages;      /* NULL: none are kept */
    struct cache *robots;     /* rules by origin; NULL: nobody asks for them */
    struct slice product;     /* what a robots.txt calls us */
};

/* One URL with all its hops. */
struct fetch {
    struct fetcher *fetcher;
    struct arena *arena;
    const struct fetch_request *request;
    struct fetch_response *response;
    struct transfer transfer;
    enum err err;
    const char *redirect; /* where the last hop leads; NULL: it was the last */
};

static enum err fail(struct fetch *fetch, enum err err, const char *detail)
{
    if (detail && detail[0])
        fetch->response->detail = slice_from_cstr(arena_cstr(fetch->arena, slice_from_cstr(detail)));
    return err;
}

static struct slice copy_cstr(struct arena *arena, const char *text)
{
    return text ? arena_copy(arena, slice_from_cstr(text)) : SLICE_NULL;
}

/* ----------------------------------------------------------------------- robots */

/* Kept in the place of rules where the file could not be had for a fault of the site: all is forbidden then (2.3.1.4).
 */
#define ROBOTS_UNREACHABLE SLICE("unreachable")

/* The file, by way of redirects; too many of them count as no file (2.3.1.2). */
static enum err follow_to_robots(struct fetcher *fetcher, struct arena *arena, struct transfer *transfer,
                                 struct slice url)
{
    for (int hop = 0;; hop++) {
        struct web_url parts;
        const char *why;
        enum err err = fetcher_check_url(url, &why);
        if (err == ERR_NONE && !web_url_read(arena, url, &parts))
            err = ERR_BAD_URL;
        if (err != ERR_NONE)
            return err;
        transfer->redirected = hop > 0;
        transfer_ask(transfer, &(struct transfer_question){.url = parts.whole.ptr, .host = parts.host, .any_type = true,
                                                           .may_cut = true});
        err = transfers_run(fetcher->transfers, transfer);
        if (err != ERR_NONE || !transfer->redirect)
            return err;
        if (hop == ROBOTS_REDIRECTS)
            return ERR_UPSTREAM_REDIRECT;
        url = copy_cstr(arena, transfer->redirect);
    }
}

static int64_t robots_lifetime_s(const struct transfer *transfer, bool unreachable)
{
    struct freshness freshness = freshness_read(buffer_slice(&transfer->head));
    int64_t lifetime = freshness.lifetime_s ? freshness.lifetime_s : ROBOTS_USUAL_S;
    if (unreachable || lifetime < ROBOTS_LEAST_S)
        return ROBOTS_LEAST_S;
    return lifetime < ROBOTS_MOST_S ? lifetime : ROBOTS_MOST_S;
}

/* What an answer means (2.3.1); false: there was none, and the page will not be had either. */
static bool read_robots(struct fetcher *fetcher, struct arena *arena, const struct transfer *transfer, enum err err,
                        struct slice *rules)
{
    struct buffer read = buffer_make(3 * ROBOTS_MAX_BYTES);
    *rules = SLICE("");
    if (err == ERR_NONE) {
        robots_read(buffer_slice(&transfer->body), fetcher->product, &read);
        *rules = arena_copy(arena, buffer_slice(&read));
    } else if (err == ERR_UPSTREAM_STATUS && transfer->status >= 500) {
        *rules = ROBOTS_UNREACHABLE;
    }
    buffer_free(&read);
    return err == ERR_NONE || err == ERR_UPSTREAM_STATUS || err == ERR_UPSTREAM_REDIRECT;
}

static enum err ask_for_robots(struct fetch *fetch, struct slice origin, struct slice *rules)
{
    struct fetcher *fetcher = fetch->fetcher;
    struct transfer transfer;
    struct slice url = arena_printf(fetch->arena, "%.*s/robots.txt", SLICE_ARG(origin));
    enum err err = ERR_EXHAUSTED;
    if (transfer_open(&transfer, &fetcher->rules, ROBOTS_MAX_BYTES, fetch->transfer.deadline_ns))
        err = follow_to_robots(fetcher, fetch->arena, &transfer, url);
    if (read_robots(fetcher, fetch->arena, &transfer, err, rules)) {
        bool unreachable = slice_equals(*rules, ROBOTS_UNREACHABLE);
        struct cached kept = {.body = *rules};
        kept.fresh_until_ns = clock_now_ns() + robots_lifetime_s(&transfer, unreachable) * NS_PER_S;
        cache_store(fetcher->robots, origin, &kept);
        err = ERR_NONE;
    } else {
        fail(fetch, err, transfer.detail);
    }
    transfer_close(&transfer);
    return err;
}

static enum err obey_robots(struct fetch *fetch, const struct web_url *parts)
{
    struct cached kept;
    if (!fetch->fetcher->robots || slice_equals(parts->target, SLICE("/robots.txt")))
        return ERR_NONE;
    bool has = cache_find(fetch->fetcher->robots, parts->origin, fetch->arena, &kept);
    if (!has || kept.fresh_until_ns <= clock_now_ns()) {
        enum err err = ask_for_robots(fetch, parts->origin, &kept.body);
        if (err != ERR_NONE)
            return err;
    }
    if (slice_equals(kept.body, ROBOTS_UNREACHABLE))
        return fail(fetch, ERR_ROBOTS_DENIED, "the site's robots.txt cannot be had at the moment");
    if (robots_allow(fetch->arena, kept.body, parts->target))
        return ERR_NONE;
    return fail(fetch, ERR_ROBOTS_DENIED, NULL);
}

/* ------------------------------------------------------------------------ pages */

static void give_kept(struct fetch *fetch, const struct web_url *parts, const struct cached *kept)
{
    fetch->response->status = 200;
    fetch->response->body = kept->body;
    fetch->response->content_type = kept->content_type;
    fetch->response->final_url = parts->whole;
}

/* The body stays where it is and is freed with the arena. */
static void give_answer(struct fetch *fetch)
{
    struct transfer *transfer = &fetch->transfer;
    struct fetch_response *response = fetch->response;
    response->status = (int)transfer->status;
    response->content_type = copy_cstr(fetch->arena, transfer->content_type);
    response->final_url = copy_cstr(fetch->arena, transfer->final_url);
    if (transfer->err != ERR_NONE || !transfer->body.ptr)
        return;
    response->body = buffer_slice(&transfer->body);
    arena_on_release(fetch->arena, free, transfer->body.ptr);
    transfer->body = buffer_make(0);
}

/* An answer that came is kept in the place of what was; one that says of a kept one that it still holds makes that good
 * again. */
static void keep(struct fetch *fetch, struct slice key, struct cached *kept)
{
    struct freshness freshness = freshness_read(buffer_slice(&fetch->transfer.head));
    bool confirmed = fetch->transfer.status == 304;
    if (!freshness.may_keep ||
        (freshness.lifetime_s == 0 && !freshness.etag.ptr && !freshness.last_modified.ptr && !confirmed))
        return;
    if (!confirmed)
        *kept = (struct cached){.body = fetch->response->body, .content_type = fetch->response->content_type,
                                .etag = freshness.etag, .last_modified = freshness.last_modified};
    kept->fresh_until_ns = clock_now_ns() + freshness.lifetime_s * NS_PER_S;
    cache_store(fetch->fetcher->pages, key, kept);
}

static enum err ask_origin(struct fetch *fetch, const struct web_url *parts, const struct cached *kept)
{
    struct transfer *transfer = &fetch->transfer;
    transfer_ask(transfer, &(struct transfer_question){.url = parts->whole.ptr, .host = parts->host, .etag = kept->etag,
                                                       .last_modified = kept->last_modified,
                                                       .traceparent = fetch->request->traceparent});
    enum err err = transfers_run(fetch->fetcher->transfers, transfer);
    fetch->redirect = transfer->redirect;
    return fail(fetch, err, transfer->detail);
}

/* Cookies of an earlier hop make an answer this visitor's own: it is neither kept nor looked for. */
static enum err fetch_page(struct fetch *fetch, const struct web_url *parts)
{
    struct cache *pages = transfer_has_cookies(&fetch->transfer) ? NULL : fetch->fetcher->pages;
    struct cached kept = {0};
    bool has = pages && cache_find(pages, parts->whole, fetch->arena, &kept);
    fetch->redirect = NULL;
    if (has && kept.fresh_until_ns > clock_now_ns()) {
        fetch->response->fetched = FETCHED_KEPT;
        give_kept(fetch, parts, &kept);
        return ERR_NONE;
    }
    enum err err = ask_origin(fetch, parts, &kept);
    bool confirmed = err == ERR_NONE && fetch->transfer.status == 304;
    fetch->response->fetched = confirmed ? FETCHED_CONFIRMED : FETCHED_ANEW;
    if (confirmed)
        give_kept(fetch, parts, &kept);
    else
        give_answer(fetch);
    if (pages && err == ERR_NONE && (confirmed || fetch->transfer.status == 200) &&
        !transfer_has_cookies(&fetch->transfer))
        keep(fetch, parts->whole, &kept);
    return err;
}

/* Each hop is looked at as if it were the first. */
static enum err fetch_hop(struct fetch *fetch, struct slice url, bool redirected)
{
    struct web_url parts;
    const char *why;
    enum err err = fetcher_check_url(url, &why);
    if (err == ERR_NONE && !web_url_read(fetch->arena, url, &parts)) {
        err = ERR_BAD_URL;
        why = "the URL names no host";
    }
    if (err != ERR_NONE)
        return fail(fetch, redirected && err == ERR_BAD_URL ? ERR_UPSTREAM_REDIRECT : err, why);
    fetch->transfer.redirected = redirected;
    err = obey_robots(fetch, &parts);
    return err == ERR_NONE ? fetch_page(fetch, &parts) : err;
}

static void follow(void *context)
{
    struct fetch *fetch = context;
    struct slice url = fetch->request->url;
    for (int hop = 0;; hop++) {
        fetch->err = fetch_hop(fetch, url, hop > 0);
        if (fetch->err != ERR_NONE || !fetch->redirect)
            return;
        if (hop >= fetch->fetcher->rules.settings.max_redirects) {
            fetch->err = fail(fetch, ERR_UPSTREAM_REDIRECT, "more redirects than are followed");
            return;
        }
        url = copy_cstr(fetch->arena, fetch->redirect);
    }
}

enum err fetcher_get(struct fetcher *fetcher, struct arena *arena, const struct fetch_request *request,
                     struct fetch_response *response)
{
    struct fetch fetch = {.fetcher = fetcher, .arena = arena, .request = request, .response = response};
    int64_t deadline_ns = clock_now_ns() + fetcher->rules.settings.timeout_ms * CLOCK_NS_PER_MS;
    if (request->deadline_ns && request->deadline_ns < deadline_ns)
        deadline_ns = request->deadline_ns;
    *response = (struct fetch_response){.body = SLICE("")};
    bool open = transfer_open(&fetch.transfer, &fetcher->rules, (size_t)fetcher->rules.settings.max_bytes, deadline_ns);
    if (!open || !arena_try(arena, follow, &fetch))
        fetch.err = ERR_EXHAUSTED;
    transfer_close(&fetch.transfer);
    return fetch.err;
}

/* --------------------------------------------------------------------- lifetime */

static bool read_networks(struct fetcher *fetcher, const char *const *allow, const char **bad)
{
    struct transfer_rules *rules = &fetcher->rules;
    size_t count = 0;
    while (allow && allow[count])
        count++;
    rules->networks = arena_calloc(fetcher->arena, count + 1, sizeof *rules->networks);
    for (size_t i = 0; i < count; i++)
        if (!netguard_read_rule(slice_from_cstr(allow[i]), &rules->networks[i])) {
            if (bad)
                *bad = allow[i];
            return false;
        }
    rules->network_count = count;
    return true;
}

static const char *keep_text(struct arena *arena, const char *text)
{
    return arena_cstr(arena, slice_from_cstr(text ? text : ""));
}

static void keep_settings(struct fetcher *fetcher, const struct fetch_settings *from)
{
    struct fetch_settings *settings = &fetcher->rules.settings;
    *settings = *from;
    settings->allow = NULL;
    settings->user_agent = keep_text(fetcher->arena, from->user_agent);
    settings->proxy = keep_text(fetcher->arena, from->proxy);
    settings->ca_bundle = keep_text(fetcher->arena, from->ca_bundle);
    fetcher->product = robots_product(slice_from_cstr(settings->user_agent));
}

static bool make_caches(struct fetcher *fetcher)
{
    const struct fetch_settings *settings = &fetcher->rules.settings;
    if (settings->cache_bytes)
        fetcher->pages = cache_create(settings->cache_bytes, PAGES_MAX);
    if (settings->robots)
        fetcher->robots = cache_create(ROBOTS_CACHE_BYTES, PAGES_MAX);
    return (fetcher->pages || !settings->cache_bytes) && (fetcher->robots || !settings->robots);
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
    keep_settings(fetcher, settings);
    if (read_networks(fetcher, settings->allow, bad) && make_caches(fetcher) &&
        (fetcher->transfers = transfers_create(&fetcher->rules.settings)) != NULL)
        return fetcher;
    fetcher_destroy(fetcher);
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
    transfers_destroy(fetcher->transfers);
    cache_destroy(fetcher->pages);
    cache_destroy(fetcher->robots);
    arena_destroy(fetcher->arena);
    free(fetcher);
}
