/* sandbox: what the service gives up before it starts its first thread, so that whoever takes it over gets nothing:
 *
 *     landlock (Linux 5.13)  files: reads what a fetch needs (certificates, the resolver's files, libraries, /proc of
 * its own) and where its settings lie; writes, makes and executes nothing, anywhere seccomp                system
 * calls: those that it needs; no other program, no process, no tracing, no sockets but of the internet, no file opened
 * for writing. Another call fails with EPERM.
 *
 * What is open already (standard error) stays open. A kernel that lacks one of them is no reason not to serve: it is
 * logged. */
#ifndef NEWSMETA_SERVICE_SANDBOX_H
#define NEWSMETA_SERVICE_SANDBOX_H

#include "pipeline/settings.h"

struct sandbox {
    bool landlock, seccomp; /* in force */
};

/* To be called by the only thread. `settings_path` may be NULL. Does nothing where the settings turn it off, or where a
 * sanitizer is built in, which needs more than it leaves. */
struct sandbox sandbox_enter(const struct settings *settings, const char *settings_path);

#endif
