#include "service/proxies.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

struct network {
    struct client_address address;
    unsigned prefix;
};

struct proxies {
    size_t count;
    struct network list[];
};

/* ------------------------------------------------------------------ addresses */

static void take_v6(const unsigned char *bytes, struct client_address *address)
{
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    *address = (struct client_address){.is_v4 = memcmp(bytes, mapped, sizeof mapped) == 0};
    if (address->is_v4)
        memcpy(address->bytes, bytes + 12, 4);
    else
        memcpy(address->bytes, bytes, 16);
}

bool client_address_equals(const struct client_address *a, const struct client_address *b)
{
    return a->is_v4 == b->is_v4 && memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bool client_address_from_socket(const struct sockaddr *socket, struct client_address *address)
{
    *address = (struct client_address){0};
    if (socket->sa_family == AF_INET) {
        address->is_v4 = true;
        memcpy(address->bytes, &((const struct sockaddr_in *)(const void *)socket)->sin_addr, 4);
    } else if (socket->sa_family == AF_INET6) {
        take_v6(((const struct sockaddr_in6 *)(const void *)socket)->sin6_addr.s6_addr, address);
    }
    return socket->sa_family == AF_INET || socket->sa_family == AF_INET6;
}

static bool read_address(struct slice text, struct client_address *address)
{
    char cstr[INET6_ADDRSTRLEN];
    unsigned char bytes[16];
    if (text.len == 0 || text.len >= sizeof cstr)
        return false;
    memcpy(cstr, text.ptr, text.len);
    cstr[text.len] = '\0';
    *address = (struct client_address){.is_v4 = true};
    if (inet_pton(AF_INET, cstr, address->bytes) == 1)
        return true;
    if (inet_pton(AF_INET6, cstr, bytes) != 1)
        return false;
    take_v6(bytes, address);
    return true;
}

/* "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80" */
static bool read_node(struct slice text, struct client_address *address)
{
    size_t colon = slice_find_byte(text, ':', 0);
    if (text.len && text.ptr[0] == '[')
        text = slice_sub(text, 1, slice_find_byte(text, ']', 0));
    else if (colon != SLICE_NOT_FOUND && slice_find_byte(text, ':', colon + 1) == SLICE_NOT_FOUND)
        text = slice_sub(text, 0, colon);
    return read_address(text, address);
}

/* ------------------------------------------------------------------- networks */

static bool read_network(struct slice text, struct network *network)
{
    size_t slash = slice_find_byte(text, '/', 0);
    if (!read_address(slice_sub(text, 0, slash), &network->address))
        return false;
    uint64_t most = network->address.is_v4 ? 32 : 128, prefix = most;
    if (slash != SLICE_NOT_FOUND && !slice_to_u64(slice_sub(text, slash + 1, text.len), most, &prefix))
        return false;
    network->prefix = (unsigned)prefix;
    return true;
}

struct proxies *proxies_create(const char *const *list)
{
    size_t count = 0;
    while (list[count])
        count++;
    struct proxies *proxies = calloc(1, sizeof *proxies + count * sizeof proxies->list[0]);
    for (size_t i = 0; proxies && i < count; i++) {
        if (!read_network(slice_from_cstr(list[i]), &proxies->list[i])) {
            free(proxies);
            return NULL;
        }
        proxies->count++;
    }
    return proxies;
}

void proxies_destroy(struct proxies *proxies)
{
    free(proxies);
}

static bool contains(const struct network *network, const struct client_address *address)
{
    unsigned bytes = network->prefix / 8, bits = network->prefix % 8;
    const unsigned char *a = network->address.bytes, *b = address->bytes;
    if (network->address.is_v4 != address->is_v4 || memcmp(a, b, bytes) != 0)
        return false;
    return bits == 0 || ((a[bytes] ^ b[bytes]) >> (8 - bits)) == 0;
}

static bool is_trusted(const struct proxies *proxies, const struct client_address *address)
{
    for (size_t i = 0; i < proxies->count; i++)
        if (contains(&proxies->list[i], address))
            return true;
    return false;
}

/* ----------------------------------------------------------------- the client */

/* What is left of a list, read from its end. */
struct backwards {
    const struct field_lines *list;
    size_t lines_left;
    struct slice line; /* what is left of the line being read */
};

/* Takes the last element off. */
static bool take_last(struct backwards *rest, struct slice *element)
{
    while (rest->line.len == 0) {
        if (rest->lines_left == 0)
            return false;
        rest->line = rest->list->lines[--rest->lines_left];
    }
    size_t comma = rest->line.len;
    while (comma > 0 && rest->line.ptr[comma - 1] != ',')
        comma--;
    *element = slice_trim(slice_sub(rest->line, comma, rest->line.len));
    rest->line = slice_sub(rest->line, 0, comma ? comma - 1 : 0);
    return true;
}

/* The value of for= in an element of Forwarded, without its quotes; null: there is none. */
static struct slice read_for(struct slice element)
{
    struct slice pair;
    while (slice_split(&element, ';', &pair)) {
        pair = slice_trim(pair);
        if (!slice_starts_nocase(pair, SLICE("for=")))
            continue;
        pair = slice_sub(pair, 4, pair.len);
        bool quoted = pair.len > 1 && pair.ptr[0] == '"' && pair.ptr[pair.len - 1] == '"';
        return quoted ? slice_sub(pair, 1, pair.len - 1) : pair;
    }
    return SLICE_NULL;
}

struct client_address proxies_find_client(const struct proxies *proxies, struct client_address peer,
                                          const struct field_lines *list, bool is_forwarded)
{
    struct client_address client = peer, next;
    struct backwards rest = {list, list->count, SLICE("")};
    struct slice element;
    while (is_trusted(proxies, &client) && take_last(&rest, &element)) {
        if (!read_node(is_forwarded ? read_for(element) : element, &next))
            break; /* "unknown", or not an address: the nearest that is known stands for it */
        client = next;
    }
    return client;
}
