/* access_log: one line a request: what was asked, what was answered, how long it took. No bodies, no
 * queries (which hold URLs and perhaps secrets). Probes that succeed are logged at level debug only. */
#ifndef NEWSMETA_SERVICE_ACCESS_LOG_H
#define NEWSMETA_SERVICE_ACCESS_LOG_H

#include "service/call.h"

struct access {
    const struct call *call;
    const struct reply *reply;
    struct slice method, path; /* as sent; the path without its query */
    int status;                /* 0: the connection ended before the answer */
    int64_t ns;
    uint64_t sent_bytes;
};

void access_log_write(const struct access *access);

#endif
