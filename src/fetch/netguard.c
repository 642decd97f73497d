#include "fetch/netguard.h"

#include <arpa/inet.h>
#include <netinet/in.h>

struct range {
    unsigned char address[16];
    unsigned prefix;
};

/* IPv4: what is not globally reachable, and multicast, reserved, and the 6to4 relays. */
static const struct range refused_v4[] = {
    {{0}, 8},              /* this network: RFC 791 */
    {{10}, 8},             /* private: RFC 1918 */
    {{100, 64}, 10},       /* shared by carriers: RFC 6598 */
    {{127}, 8},            /* loopback */
    {{169, 254}, 16},      /* link-local, where clouds keep their metadata: RFC 3927 */
    {{172, 16}, 12},       /* private */
    {{192, 0, 0}, 24},     /* protocol assignments: RFC 6890 */
    {{192, 0, 2}, 24},     /* documentation: RFC 5737 */
    {{192, 31, 196}, 24},  /* AS112: RFC 7535 */
    {{192, 52, 193}, 24},  /* AMT: RFC 7450 */
    {{192, 88, 99}, 24},   /* 6to4 relays: RFC 7526 */
    {{192, 168}, 16},      /* private */
    {{192, 175, 48}, 24},  /* AS112: RFC 7534 */
    {{198, 18}, 15},       /* benchmarks: RFC 2544 */
    {{198, 51, 100}, 24},  /* documentation */
    {{203, 0, 113}, 24},   /* documentation */
    {{224}, 4},            /* multicast */
    {{240}, 4},            /* reserved, broadcast */
};

/* IPv6: what inside of 2000::/3 is not for the public. */
static const struct range refused_v6[] = {
    {{0x20, 0x01, 0x00}, 23},                         /* protocol assignments, Teredo, ORCHID: RFC 2928 */
    {{0x20, 0x01, 0x0d, 0xb8}, 32},                   /* documentation: RFC 3849 */
    {{0x26, 0x20, 0x00, 0x4f, 0x80, 0x00}, 48},       /* AS112 */
    {{0x3f, 0xfe}, 16},                               /* 6bone, returned: RFC 3701 */
    {{0x3f, 0xff, 0x00}, 20},                         /* documentation: RFC 9637 */
};

static bool agrees(const unsigned char *a, const unsigned char *b, unsigned prefix)
{
    unsigned bytes = prefix / 8, bits = prefix % 8;
    if (memcmp(a, b, bytes) != 0)
        return false;
    return bits == 0 || ((a[bytes] ^ b[bytes]) >> (8 - bits)) == 0;
}

static bool is_in(const unsigned char *address, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (agrees(address, ranges[i].address, ranges[i].prefix))
            return true;
    return false;
}

static bool is_public_v4(const unsigned char *address)
{
    return !is_in(address, refused_v4, sizeof refused_v4 / sizeof refused_v4[0]);
}

static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};    /* ::ffff:0:0/96 */
static const unsigned char nat64[12] = {0x00, 0x64, 0xff, 0x9b};      /* 64:ff9b::/96 */

static bool is_public_v6(const unsigned char *address)
{
    if (agrees(address, mapped, 96) || agrees(address, nat64, 96))
        return is_public_v4(address + 12);
    if ((address[0] & 0xe0) != 0x20) /* 2000::/3: all that has been given out */
        return false;
    if (address[0] == 0x20 && address[1] == 0x02 && !is_public_v4(address + 2)) /* 6to4 */
        return false;
    bool isatap = (address[8] & 0xfd) == 0 && address[9] == 0 && address[10] == 0x5e && address[11] == 0xfe;
    if (isatap && !is_public_v4(address + 12))
        return false;
    return !is_in(address, refused_v6, sizeof refused_v6 / sizeof refused_v6[0]);
}

bool netguard_allows_port(unsigned port)
{
    return port == 80 || port == 443 || (port >= 1024 && port <= 65535);
}

static bool matches(const struct netguard_rule *rule, int family, const unsigned char *address, unsigned port)
{
    return rule->family == family && (rule->port == 0 || rule->port == port) &&
           agrees(address, rule->address, rule->prefix);
}

bool netguard_allows(const struct sockaddr *address, const struct netguard_rule *rules, size_t count)
{
    const unsigned char *bytes;
    unsigned port;
    int family = address->sa_family;
    if (family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)address;
        bytes = (const unsigned char *)&v4->sin_addr;
        port = ntohs(v4->sin_port);
    } else if (family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const void *)address;
        bytes = v6->sin6_addr.s6_addr;
        port = ntohs(v6->sin6_port);
    } else {
        return false;
    }
    for (size_t i = 0; i < count; i++)
        if (matches(&rules[i], family, bytes, port))
            return true;
    return netguard_allows_port(port) && (family == AF_INET ? is_public_v4(bytes) : is_public_v6(bytes));
}

/* -------------------------------------------------------------------- rules */

static bool read_address(struct slice text, struct netguard_rule *rule)
{
    char cstr[INET6_ADDRSTRLEN];
    if (text.len >= sizeof cstr || memchr(text.ptr, 0, text.len))
        return false;
    memcpy(cstr, text.ptr, text.len);
    cstr[text.len] = '\0';
    rule->family = memchr(cstr, ':', text.len) ? AF_INET6 : AF_INET;
    return inet_pton(rule->family, cstr, rule->address) == 1;
}

bool netguard_read_rule(struct slice text, struct netguard_rule *rule)
{
    *rule = (struct netguard_rule){0};
    text = slice_trim(text);
    size_t at = slice_find_byte(text, '@', 0);
    if (at == SLICE_NOT_FOUND || at == 0)
        return false;
    struct slice network = slice_sub(text, 0, at), port = slice_sub(text, at + 1, text.len);
    size_t slash = slice_find_byte(network, '/', 0);
    if (!read_address(slice_sub(network, 0, slash), rule))
        return false;
    uint64_t most = rule->family == AF_INET ? 32 : 128, prefix = most, number = 0;
    if (slash != SLICE_NOT_FOUND && !slice_to_u64(slice_sub(network, slash + 1, network.len), most, &prefix))
        return false;
    if (!slice_equals(port, SLICE("*")) && (!slice_to_u64(port, 65535, &number) || number == 0))
        return false;
    rule->prefix = (unsigned)prefix;
    rule->port = (unsigned)number;
    return true;
}
