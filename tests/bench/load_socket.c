#include "load_socket.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

int load_socket_connect(int port)
{
    const int one = 1, stamps = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        return -1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPING, &stamps, sizeof stamps);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

static int64_t ns_of(const struct timespec *time)
{
    return time->tv_sec * 1000 * CLOCK_NS_PER_MS + time->tv_nsec;
}

/* The kernel stamps with the clock of the day: what counts is how long ago that was. */
static int64_t time_of_stamp(struct msghdr *message)
{
    struct timespec stamps[3] = {{0}}, today;
    int64_t now_ns = clock_now_ns();
    struct cmsghdr *part = CMSG_FIRSTHDR(message);
    for (; part && part->cmsg_type != SCM_TIMESTAMPING; part = CMSG_NXTHDR(message, part))
        ;
    if (!part)
        return now_ns;
    memcpy(stamps, CMSG_DATA(part), sizeof stamps);
    clock_gettime(CLOCK_REALTIME, &today);
    int64_t ago_ns = ns_of(&today) - ns_of(&stamps[0]);
    return stamps[0].tv_sec && ago_ns > 0 ? now_ns - ago_ns : now_ns;
}

ssize_t load_socket_receive(int fd, char *to, size_t room, int64_t *came_ns)
{
    union {
        struct cmsghdr aligned;
        char bytes[256];
    } control;
    struct iovec bytes = {to, room};
    struct msghdr message = {
        .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t len = recvmsg(fd, &message, 0);
    *came_ns = len > 0 ? time_of_stamp(&message) : clock_now_ns();
    return len;
}
