/* cores: how many processors this process may keep busy: fewer than the machine has where taskset, a cpuset or a
 * container's quota of time says so. A thread more than that would only wait, and make the others wait. */
#ifndef NEWSMETA_BASE_CORES_H
#define NEWSMETA_BASE_CORES_H

#include <stddef.h>

/* Those that the scheduler may put it on (sched_getaffinity), at most as many as cores_of_quota; 1 at least. Reads
 * /proc and /sys: to be asked for before the sandbox is entered. */
size_t cores_usable(void);

/* The time that its control groups grant it, in whole cores, rounded up: cpu.max (cgroup v2) or cpu.cfs_quota_us and
 * cpu.cfs_period_us (v1) of its own group and of all above it, the least of them. `root` is put before /proc and
 * /sys/fs/cgroup: "", or a directory of a test. SIZE_MAX: no limit, or none that can be seen. */
size_t cores_of_quota(const char *root);

#endif
