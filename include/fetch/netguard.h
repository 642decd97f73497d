/* netguard: which addresses may be connected to. Pure functions on socket addresses: what a name resolves
 * to is judged when the socket is opened, so that redirects and names that change are judged as well.
 *
 * Allowed are the addresses that are globally reachable. Refused: every range of the special-purpose
 * registries (RFC 6890 and IANA's lists as of 2024) that is not; in IPv6 everything but 2000::/3 and, where
 * a form carries an IPv4 address (mapped RFC 4291, NAT64 RFC 6052, 6to4 RFC 3056, ISATAP RFC 5214), whatever that
 * address is refused for. Compatible (::a.b.c.d) and Teredo (RFC 4380) forms are refused altogether. Ports below
 * 1024 are refused but for 80 and 443: behind them are other protocols. */
#ifndef NEWSMETA_FETCH_NETGUARD_H
#define NEWSMETA_FETCH_NETGUARD_H

#include <sys/socket.h>

#include "base/slice.h"

/* An exception: addresses of a network, at one port or all. */
struct netguard_rule {
    int family;             /* AF_INET or AF_INET6 */
    unsigned char address[16];
    unsigned prefix;        /* bits that must agree */
    unsigned port;          /* 0: any */
};

/* "127.0.0.0/8@8081", "::1/128@8081", "10.1.2.3@*"; the prefix may be left out (one address), the port may
 * not. False when it cannot be read. */
bool netguard_read_rule(struct slice text, struct netguard_rule *rule);
/* May this address be connected to? Anything but IPv4 and IPv6 may not. */
bool netguard_allows(const struct sockaddr *address, const struct netguard_rule *rules, size_t count);
/* May a URL name this port? */
bool netguard_allows_port(unsigned port);

#endif
