/* transfers: the thread that runs all transfers by libcurl's multi interface, and the queue in front of it: so many at
 * once, so many of one host (hosts.h); each waits its turn, until its deadline. */
#ifndef NEWSMETA_FETCH_TRANSFERS_H
#define NEWSMETA_FETCH_TRANSFERS_H

#include "transfer.h"

struct transfers;

/* Starts the thread; NULL when libcurl or the thread cannot be started. */
struct transfers *transfers_create(const struct fetch_settings *settings);
/* Ends what is under way (ERR_DRAINING) and the thread. NULL is allowed. */
void transfers_destroy(struct transfers *transfers);
/* Carries out what was asked, and waits for it. Thread-safe. */
enum err transfers_run(struct transfers *transfers, struct transfer *transfer);

#endif
