#include "base/cores.h"

#include <check.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_FILES 8

struct file {
    const char *path, *text;
};

/* A machine as a directory; the first file says in which groups the process is. */
static const struct {
    const char *what;
    struct file files[MOST_FILES];
    size_t cores;
} machines[] = {
    {"no groups at all", {{0}}, SIZE_MAX},
    {"v2: two cores", {{"proc/self/cgroup", "0::/\n"}, {"sys/fs/cgroup/cpu.max", "200000 100000\n"}}, 2},
    {"v2: one and a half", {{"proc/self/cgroup", "0::/\n"}, {"sys/fs/cgroup/cpu.max", "150000 100000\n"}}, 2},
    {"v2: a tenth", {{"proc/self/cgroup", "0::/\n"}, {"sys/fs/cgroup/cpu.max", "5000 50000\n"}}, 1},
    {"v2: no limit", {{"proc/self/cgroup", "0::/\n"}, {"sys/fs/cgroup/cpu.max", "max 100000\n"}}, SIZE_MAX},
    {"v2: the least of the groups above",
     {{"proc/self/cgroup", "0::/a.slice/b.service\n"},
      {"sys/fs/cgroup/a.slice/cpu.max", "300000 100000\n"},
      {"sys/fs/cgroup/a.slice/b.service/cpu.max", "max 100000\n"}},
     3},
    {"v2: another's limit beside it",
     {{"proc/self/cgroup", "0::/a/b\n"},
      {"sys/fs/cgroup/a/b/cpu.max", "800000 100000\n"},
      {"sys/fs/cgroup/a/c/cpu.max", "100000 100000\n"}},
     8},
    {"v2: the path is the host's, of which nothing is to be seen",
     {{"proc/self/cgroup", "0::/docker/0123\n"}, {"sys/fs/cgroup/cpu.max", "400000 100000\n"}},
     4},
    {"v1: two and a half cores, in a list of controllers",
     {{"proc/self/cgroup", "9:name=systemd:/x\n4:cpuacct,cpu:/x\n0::/\n"},
      {"sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "250000\n"},
      {"sys/fs/cgroup/cpu/x/cpu.cfs_period_us", "100000\n"}},
     3},
    {"v1: no limit",
     {{"proc/self/cgroup", "4:cpu:/\n"},
      {"sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n"},
      {"sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n"}},
     SIZE_MAX},
    {"v1: a group of another controller",
     {{"proc/self/cgroup", "4:cpuset:/x\n"},
      {"sys/fs/cgroup/cpu/x/cpu.cfs_quota_us", "100000\n"},
      {"sys/fs/cgroup/cpu/x/cpu.cfs_period_us", "100000\n"}},
     SIZE_MAX},
    {"what cannot be read",
     {{"proc/self/cgroup", "nothing\n0:\n0::\n\n0::/\n"}, {"sys/fs/cgroup/cpu.max", "many\n"}},
     SIZE_MAX},
    {"a period of nothing", {{"proc/self/cgroup", "0::/\n"}, {"sys/fs/cgroup/cpu.max", "100000 0\n"}}, SIZE_MAX},
};

static void write_file(const char *root, const struct file *file)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", root, file->path);
    for (char *slash = strchr(path + strlen(root) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *out = fopen(path, "w");
    ck_assert_msg(out && fputs(file->text, out) >= 0 && fclose(out) == 0, "%s", path);
}

/* The file, and those of its directories that are empty then. */
static void remove_file(const char *root, const struct file *file)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", root, file->path);
    unlink(path);
    for (char *slash = strrchr(path, '/'); slash > path + strlen(root); slash = strrchr(path, '/')) {
        *slash = '\0';
        rmdir(path);
    }
}

START_TEST(reads_the_quota_of_a_machine)
{
    char root[] = "/tmp/newsmeta-cores-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(root));
    for (size_t i = 0; i < MOST_FILES && machines[_i].files[i].path; i++)
        write_file(root, &machines[_i].files[i]);
    size_t cores = cores_of_quota(root);
    for (size_t i = 0; i < MOST_FILES && machines[_i].files[i].path; i++)
        remove_file(root, &machines[_i].files[i]);
    ck_assert_int_eq(rmdir(root), 0);
    ck_assert_msg(cores == machines[_i].cores, "%s: %zu", machines[_i].what, cores);
}
END_TEST

START_TEST(counts_no_core_that_it_is_kept_from)
{
    cpu_set_t before, one;
    ck_assert_int_eq(sched_getaffinity(0, sizeof before, &before), 0);
    size_t cores = cores_usable();
    ck_assert_uint_ge(cores, 1);
    ck_assert_uint_le(cores, (size_t)CPU_COUNT(&before));
    CPU_ZERO(&one);
    for (size_t i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; i++)
        if (CPU_ISSET(i, &before))
            CPU_SET(i, &one);
    ck_assert_int_eq(sched_setaffinity(0, sizeof one, &one), 0);
    cores = cores_usable();
    sched_setaffinity(0, sizeof before, &before);
    ck_assert_uint_eq(cores, 1);
}
END_TEST

Suite *cores_suite(void)
{
    Suite *suite = suite_create("cores");
    TCase *tcase = tcase_create("cores");
    tcase_add_loop_test(tcase, reads_the_quota_of_a_machine, 0, (int)(sizeof machines / sizeof machines[0]));
    tcase_add_test(tcase, counts_no_core_that_it_is_kept_from);
    suite_add_tcase(suite, tcase);
    return suite;
}
