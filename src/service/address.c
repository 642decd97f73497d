#include "service/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

socklen_t address_read(const struct settings *settings, struct sockaddr_storage *address)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)address;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)address;
    memset(address, 0, sizeof *address);
    if (inet_pton(AF_INET, settings->listen, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)settings->port);
        return sizeof *v4;
    }
    if (inet_pton(AF_INET6, settings->listen, &v6->sin6_addr) != 1)
        return 0;
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons((uint16_t)settings->port);
    return sizeof *v6;
}
