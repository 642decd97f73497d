/* configuration: the settings and what is made of them (who gets in, how is fetched), as one value that is replaced as
 * a whole when the settings are read again. Whoever works under one holds it until the work is done, so that a
 * request ends under the settings with which it began. The models are not part of it: they stand in the program. */
#ifndef NEWSMETA_SERVICE_CONFIGURATION_H
#define NEWSMETA_SERVICE_CONFIGURATION_H

#include <pthread.h>
#include <stdatomic.h>

#include "pipeline/settings.h"
#include "service/gate.h"

struct configuration {
    struct settings settings;
    struct gate *gate;
    struct fetcher *fetcher; /* NULL: URLs are not fetched */
    struct slice waiting;    /* keys of the source that only a restart takes up, comma-separated; "" for none */
    struct arena *arena;     /* of all strings */
    atomic_size_t holders;
};

/* Where the current one is. */
struct configuration_place {
    pthread_mutex_t lock;
    struct configuration *current;
};

/* Reads the source; the caller holds the result. NULL when a setting cannot be used: *problem (in `arena`) names it.
 * With a `previous` one, what only a restart takes up stays as it was there, and the rates that clients have used
 * up and the fetcher are passed on where their settings are the same. */
struct configuration *configuration_create(const struct settings_source *source, const struct configuration *previous,
                                           struct arena *arena, struct slice *problem);
void configuration_release(struct configuration *configuration);

/* The current one, held for the caller. Thread-safe. */
struct configuration *configuration_take(struct configuration_place *place);
/* One more holder of what is held. */
struct configuration *configuration_hold(struct configuration *configuration);

/* Reads the settings again. What changed, what a restart would take up, or why nothing was changed is logged; settings
 * that cannot be read leave the current ones in force. */
void configuration_reload(struct configuration_place *place, const struct settings_source *source);

#endif
