/* proxies: whose word about a client's address is taken. Only a proxy that the settings trust is believed, and of
 * its list only the part that trusted proxies have written: it is read from the right (nearest) to the left until an
 * address comes that is not trusted. What stands further left, anybody may have made up. */
#ifndef NEWSMETA_SERVICE_PROXIES_H
#define NEWSMETA_SERVICE_PROXIES_H

#include <stdbool.h>
#include <sys/socket.h>

#include "service/head.h"

struct client_address {
    bool is_v4;              /* IPv4-mapped IPv6 is IPv4 */
    unsigned char bytes[16]; /* of IPv4 the first four */
};

struct proxies;

/* From CIDR networks or single addresses; NULL when one is neither. */
struct proxies *proxies_create(const char *const *list);
void proxies_destroy(struct proxies *proxies);

bool client_address_equals(const struct client_address *a, const struct client_address *b);
/* False for anything but IPv4 and IPv6. */
bool client_address_from_socket(const struct sockaddr *socket, struct client_address *address);
/* The client behind `peer`. `list` holds the lines of X-Forwarded-For, or with `is_forwarded` those of Forwarded
 * (RFC 7239). */
struct client_address proxies_find_client(const struct proxies *proxies, struct client_address peer,
                                          const struct field_lines *list, bool is_forwarded);

#endif
