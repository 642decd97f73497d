#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "service/address.h"
#include "service/server.h"

#define TIMEOUT_S 2

/* "Any address" is where a service listens, not where it is asked: loopback then. */
static socklen_t read_target(const struct settings *settings, struct sockaddr_storage *address)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)address;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)address;
    socklen_t len = address_read(settings, address);
    if (address->ss_family == AF_INET && v4->sin_addr.s_addr == htonl(INADDR_ANY))
        v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (address->ss_family == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED(&v6->sin6_addr))
        v6->sin6_addr = in6addr_loopback;
    return len;
}

static bool ask(int connected, char *answer, size_t room)
{
    static const char request[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    if (send(connected, request, sizeof request - 1, MSG_NOSIGNAL) != (ssize_t)sizeof request - 1)
        return false;
    size_t len = 0;
    while (len < room - 1 && !memchr(answer, '\n', len)) { /* the status line is enough */
        ssize_t got = recv(connected, answer + len, room - 1 - len, 0);
        if (got <= 0)
            return false;
        len += (size_t)got;
    }
    return true;
}

int service_check(const struct settings *settings)
{
    struct sockaddr_storage address;
    struct timeval timeout = {TIMEOUT_S, 0};
    char answer[512] = "";
    socklen_t len = read_target(settings, &address);
    int connected = len ? socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0) : -1;
    bool answered = false;
    if (connected >= 0) {
        setsockopt(connected, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
        setsockopt(connected, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
        answered = connect(connected, (struct sockaddr *)&address, len) == 0 && ask(connected, answer, sizeof answer);
        if (!answered)
            fprintf(stderr, "newsmeta: no answer from %s port %d: %s\n", settings->listen, settings->port,
                    errno ? strerror(errno) : "closed");
        close(connected);
    }
    if (answered && strncmp(answer, "HTTP/1.1 200 ", 13) == 0)
        return 0;
    if (answered)
        fprintf(stderr, "newsmeta: not healthy: %.*s\n", (int)strcspn(answer, "\r\n"), answer);
    return 1;
}
