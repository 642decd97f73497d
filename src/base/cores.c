#include "base/cores.h"

#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/slice.h"

#define LINE_ROOM (PATH_MAX + 256)

static size_t lesser(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* ----------------------------------------------------------------- one group */

/* The first line of a file of a group; false where there is none. */
static bool read_line(const char *directory, const char *name, char line[static LINE_ROOM])
{
    char path[LINE_ROOM];
    if (snprintf(path, sizeof path, "%s/%s", directory, name) >= (int)sizeof path)
        return false;
    FILE *file = fopen(path, "re");
    bool good = file && fgets(line, LINE_ROOM, file);
    if (file)
        fclose(file);
    return good;
}

/* Microseconds of work in each period. */
static size_t cores_of(long long quota, long long period)
{
    return quota > 0 && period > 0 ? (size_t)((quota - 1) / period + 1) : SIZE_MAX;
}

/* "200000 100000"; "max 100000" is no limit. */
static size_t read_v2(const char *directory)
{
    char line[LINE_ROOM], *end;
    if (!read_line(directory, "cpu.max", line))
        return SIZE_MAX;
    long long quota = strtoll(line, &end, 10);
    return end == line ? SIZE_MAX : cores_of(quota, strtoll(end, NULL, 10));
}

/* A quota of -1 is no limit. */
static size_t read_v1(const char *directory)
{
    char quota[LINE_ROOM], period[LINE_ROOM];
    if (!read_line(directory, "cpu.cfs_quota_us", quota) || !read_line(directory, "cpu.cfs_period_us", period))
        return SIZE_MAX;
    return cores_of(strtoll(quota, NULL, 10), strtoll(period, NULL, 10));
}

/* ----------------------------------------------------------- the groups above */

/* A limit holds for all below it. In a container the path may be the host's, of which nothing is to be seen; then its
 * own group is mounted at the top. `path` begins with a slash, and is shortened away. */
static size_t least_upwards(const char *mount, char *path, size_t (*read)(const char *directory))
{
    size_t least = SIZE_MAX;
    char directory[LINE_ROOM];
    for (char *slash = path + strlen(path); slash; slash = strrchr(path, '/')) {
        *slash = '\0';
        bool fits = snprintf(directory, sizeof directory, "%s%s", mount, path) < (int)sizeof directory;
        least = lesser(least, fits ? read(directory) : SIZE_MAX);
    }
    return least;
}

/* Is "cpu" among "cpuset,cpu,cpuacct"? */
static bool has_cpu(struct slice controllers)
{
    struct slice name;
    while (slice_split(&controllers, ',', &name))
        if (slice_equals(name, SLICE("cpu")))
            return true;
    return false;
}

/* A line of /proc/self/cgroup, "ID:CONTROLLERS:PATH": v2 is the one without controllers. */
static size_t quota_of_line(const char *root, char *line)
{
    char mount[LINE_ROOM];
    line[strcspn(line, "\n")] = '\0';
    char *controllers = strchr(line, ':');
    char *path = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!path || path[1] != '/')
        return SIZE_MAX;
    *path++ = '\0';
    bool v2 = controllers[1] == '\0';
    if (!v2 && !has_cpu(slice_from_cstr(controllers + 1)))
        return SIZE_MAX;
    if (snprintf(mount, sizeof mount, "%s/sys/fs/cgroup%s", root, v2 ? "" : "/cpu") >= (int)sizeof mount)
        return SIZE_MAX;
    return least_upwards(mount, path, v2 ? read_v2 : read_v1);
}

size_t cores_of_quota(const char *root)
{
    char name[LINE_ROOM], line[LINE_ROOM];
    size_t least = SIZE_MAX;
    FILE *file = snprintf(name, sizeof name, "%s/proc/self/cgroup", root) < (int)sizeof name ? fopen(name, "re") : NULL;
    while (file && fgets(line, sizeof line, file))
        least = lesser(least, quota_of_line(root, line));
    if (file)
        fclose(file);
    return least;
}

/* ------------------------------------------------------------------- all of it */

/* More processors than a cpu_set_t holds: their number is all that can be had. */
static size_t count_schedulable(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return (size_t)CPU_COUNT(&set);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (size_t)online : 1;
}

size_t cores_usable(void)
{
    return lesser(count_schedulable(), cores_of_quota(""));
}
