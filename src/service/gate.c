#include "service/gate.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"

struct gate {
    struct keys *keys;
    struct rates *rates; /* NULL: no limit */
    struct proxies *proxies;
    const char *const *origins;
    bool reads_forwarded;
};

static struct rates *make_rates(const struct settings *settings, const struct gate *previous)
{
    struct rates *same = previous ? rates_hold(previous->rates, settings->rate_per_minute, settings->rate_burst) : NULL;
    return same ? same : rates_create(settings->rate_per_minute, settings->rate_burst);
}

struct gate *gate_create(const struct settings *settings, const struct gate *previous, const char **problem)
{
    struct gate *gate = calloc(1, sizeof *gate);
    *problem = "memory is short";
    if (!gate)
        return NULL;
    gate->origins = settings->cors_origins;
    gate->reads_forwarded = strcmp(settings->trusted_proxy_header, "forwarded") == 0;
    gate->keys = keys_create(settings->api_keys);
    gate->proxies = proxies_create(settings->trusted_proxies);
    if (settings->rate_per_minute > 0)
        gate->rates = make_rates(settings, previous);
    if (!gate->keys)
        *problem = "api_keys: each must be NAME:DIGEST, the digest 64 hex digits (SHA-256 of the key)";
    else if (!gate->proxies)
        *problem = "trusted_proxies: each must be an address or a network in CIDR notation";
    else if (gate->rates || settings->rate_per_minute == 0)
        return gate;
    gate_destroy(gate);
    return NULL;
}

void gate_destroy(struct gate *gate)
{
    if (!gate)
        return;
    keys_destroy(gate->keys);
    rates_destroy(gate->rates);
    proxies_destroy(gate->proxies);
    free(gate);
}

/* -------------------------------------------------------------------- origins */

/* An origin is compared as it is serialised (RFC 6454, 6.1): byte by byte. */
void gate_mark_origin(const struct gate *gate, const struct head *head, struct reply *reply)
{
    reply->cors_origin = NULL;
    reply->varies_by_origin = false;
    for (size_t i = 0; gate->origins[i]; i++) {
        bool any = strcmp(gate->origins[i], "*") == 0;
        reply->varies_by_origin |= !any;
        if (head->origin.ptr && (any || slice_equals(head->origin, slice_from_cstr(gate->origins[i]))))
            reply->cors_origin = gate->origins[i];
    }
    reply->is_preflight = reply->cors_origin && head->requested_method.ptr;
}

/* ----------------------------------------------------------------- admittance */

static struct client_id client_of_key(const struct key *key)
{
    struct client_id client = {{'k'}};
    memcpy(client.bytes + 1, key->digest, CLIENT_ID_BYTES - 1);
    return client;
}

/* Of IPv6 the network of 64 bits: a single subscriber has all of its addresses (RFC 6177). */
static struct client_id client_of_address(const struct client_address *address)
{
    struct client_id client = {{address->is_v4 ? '4' : '6'}};
    memcpy(client.bytes + 1, address->bytes, address->is_v4 ? 4 : 8);
    return client;
}

/* draft-ietf-httpapi-ratelimit-headers-10 */
static void write_rate(const struct rates *rates, const struct rate *rate, struct reply *reply)
{
    int64_t burst, window_s;
    rates_describe(rates, &burst, &window_s);
    snprintf(reply->rate_policy, sizeof reply->rate_policy, "\"default\";q=%lld;w=%lld", (long long)burst,
             (long long)window_s);
    snprintf(reply->rate, sizeof reply->rate, "\"default\";r=%lld;t=%lld", (long long)rate->remaining,
             (long long)rate->full_s);
    reply->retry_after_s = rate->wait_s;
}

/* A wrong key costs its address a token, so that keys cannot be tried at will. */
enum err gate_admit(struct gate *gate, const struct head *head, const struct client_address *peer, struct call *call,
                    struct reply *reply)
{
    bool needs_key = keys_are_needed(gate->keys);
    if (needs_key) {
        struct slice presented = keys_read_bearer(head->authorization);
        call->key = keys_find(gate->keys, presented.ptr ? presented : head->api_key);
    }
    if (gate->rates && call->key) {
        call->client = client_of_key(call->key);
    } else if (gate->rates) {
        const struct field_lines *list = gate->reads_forwarded ? &head->forwarded : &head->forwarded_for;
        struct client_address address = proxies_find_client(gate->proxies, *peer, list, gate->reads_forwarded);
        call->client = client_of_address(&address);
    }
    if (gate->rates) {
        struct rate rate = rates_take(gate->rates, &call->client, clock_now_ns());
        write_rate(gate->rates, &rate, reply);
        if (!rate.admitted)
            return ERR_RATE_LIMITED;
    }
    return needs_key && !call->key ? ERR_UNAUTHORIZED : ERR_NONE;
}

void gate_charge(struct gate *gate, const struct call *call, struct slice lines)
{
    uint64_t count = 0;
    for (size_t at = 0; at < lines.len && gate->rates; count++) {
        size_t end = slice_find_byte(lines, '\n', at);
        at = end == SLICE_NOT_FOUND ? lines.len : end + 1;
    }
    if (count > 1)
        rates_charge(gate->rates, &call->client, count - 1, clock_now_ns());
}
