/* load_socket: the sockets of load, and when the kernel had what is read from them. */
#ifndef NEWSMETA_BENCH_LOAD_SOCKET_H
#define NEWSMETA_BENCH_LOAD_SOCKET_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A connection to a port of this machine that does not block and notes when the kernel takes in what comes. -1: errno
 * says why. */
int load_socket_connect(int port);
/* As recv. *came_ns: when the last of what was read had come, on the clock of clock_now_ns; now, where the kernel does
 * not say. */
ssize_t load_socket_receive(int fd, char *to, size_t room, int64_t *came_ns);

#endif
