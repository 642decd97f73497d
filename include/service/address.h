/* address: where the service listens, as the socket calls want it. */
#ifndef NEWSMETA_SERVICE_ADDRESS_H
#define NEWSMETA_SERVICE_ADDRESS_H

#include <sys/socket.h>

#include "pipeline/settings.h"

/* The listen address (an IPv4 or IPv6 literal) and port of the settings; returns the length of the
 * address, 0 when the literal is neither. */
socklen_t address_read(const struct settings *settings, struct sockaddr_storage *address);

#endif
