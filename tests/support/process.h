/* process: the real program, started by a test and stopped again; and an origin with bad manners. */
#ifndef NEWSMETA_TESTS_PROCESS_H
#define NEWSMETA_TESTS_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

struct process {
    pid_t pid;
    unsigned port;
    int log; /* a file without a name that takes the process's stderr */
};

/* A port of 127.0.0.1 that nobody listens on at the moment. */
unsigned process_free_port(void);
/* The program that NEWSMETA names (build/newsmeta where it does not), `serve` on a free port; `settings` are
 * "NEWSMETA_KEY=value", NULL-terminated. Returns when /healthz answers; aborts when it does not. */
struct process process_start_service(const char *const *settings);
/* The same with another standard error, on a port that is free now: such a service cannot say its own. */
struct process process_start_service_with_log(const char *const *settings, const char *log_path);
/* SIGTERM, then waits: the exit code, or -1 when a signal ended it. */
int process_stop(struct process *process);
/* The same; aborts unless the exit code is 0. */
void process_stop_well(struct process *process);
/* The program with one argument, until it ends: its exit code. */
int process_run(const char *argument, const char *const *settings);
/* True when its log so far has these words. */
bool process_log_has(const struct process *process, const char *words);
/* How often it has them. */
size_t process_log_count(const struct process *process, const char *words);

/* Serves bad answers (support/origin.c) on 127.0.0.1; ended by process_kill. */
struct process origin_start(void);
/* The setting that lets a service fetch from it; good until the next call. */
const char *origin_allowed(const struct process *origin);
/* The target by which a service is asked for one of its pages; good until the next call. */
const char *origin_target(const struct process *origin, const char *path);
void process_kill(struct process *process);

#endif
