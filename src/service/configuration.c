#include "service/configuration.h"

#include <stdlib.h>

#include "base/log.h"

/* Who gets in. */
static bool make_gate(struct configuration *configuration, const struct configuration *previous, struct arena *arena,
                      struct slice *problem)
{
    const char *why;
    configuration->gate = gate_create(&configuration->settings, previous ? previous->gate : NULL, &why);
    if (!configuration->gate)
        *problem = arena_copy(arena, slice_from_cstr(why));
    return configuration->gate != NULL;
}

static bool make_fetcher(struct configuration *configuration, const struct configuration *previous, struct arena *arena,
                         struct slice *problem)
{
    if (!configuration->settings.fetch_enabled)
        return true;
    if (previous && previous->fetcher && settings_fetch_alike(&previous->settings, &configuration->settings)) {
        configuration->fetcher = fetcher_hold(previous->fetcher);
        return true;
    }
    struct fetch_settings settings = settings_for_fetcher(&configuration->settings);
    const char *bad;
    configuration->fetcher = fetcher_create(&settings, &bad);
    if (!configuration->fetcher)
        *problem = bad ? arena_printf(arena, "fetch_allow: %s is not CIDR@port", bad)
                       : SLICE("the fetcher cannot be started");
    return configuration->fetcher != NULL;
}

static void keep_fixed(struct configuration *configuration, const struct settings *previous)
{
    configuration->waiting = settings_list_changes(previous, &configuration->settings, true, configuration->arena);
    settings_keep_fixed(previous, &configuration->settings, configuration->arena);
}

struct configuration *configuration_create(const struct settings_source *source, const struct configuration *previous,
                                           struct arena *arena, struct slice *problem)
{
    struct configuration *configuration = calloc(1, sizeof *configuration);
    *problem = SLICE("memory is short");
    if (!configuration)
        return NULL;
    atomic_init(&configuration->holders, 1);
    configuration->arena = arena_create();
    struct slice why = SLICE_NULL;
    bool read = settings_read(source, &configuration->settings, configuration->arena, &why);
    if (!read)
        *problem = arena_copy(arena, why);
    else if (previous)
        keep_fixed(configuration, &previous->settings);
    if (read && make_gate(configuration, previous, arena, problem) &&
        make_fetcher(configuration, previous, arena, problem))
        return configuration;
    configuration_release(configuration);
    return NULL;
}

void configuration_release(struct configuration *configuration)
{
    if (!configuration || atomic_fetch_sub(&configuration->holders, 1) > 1)
        return;
    gate_destroy(configuration->gate);
    fetcher_destroy(configuration->fetcher);
    arena_destroy(configuration->arena);
    free(configuration);
}

struct configuration *configuration_hold(struct configuration *configuration)
{
    atomic_fetch_add(&configuration->holders, 1);
    return configuration;
}

struct configuration *configuration_take(struct configuration_place *place)
{
    pthread_mutex_lock(&place->lock);
    struct configuration *configuration = configuration_hold(place->current);
    pthread_mutex_unlock(&place->lock);
    return configuration;
}

/* ---------------------------------------------------------------- reading again */

static void log_text_event(enum log_level level, const char *event, const char *name, struct slice text)
{
    struct log_field field = log_text(name, text);
    log_event(level, event, &field, 1);
}

static void apply_log_level(const struct settings *settings)
{
    enum log_level level;
    if (log_level_from_name(settings->log_level, &level))
        log_set_level(level);
}

static void log_changes(const struct configuration *before, const struct configuration *after, struct arena *arena)
{
    struct slice changed = settings_list_changes(&before->settings, &after->settings, false, arena);
    log_text_event(LOG_INFO, "settings_reloaded", "changed", changed);
    if (after->waiting.len)
        log_text_event(LOG_WARNING, "settings_need_restart", "keys", after->waiting);
}

void configuration_reload(struct configuration_place *place, const struct settings_source *source)
{
    struct arena *arena = arena_create();
    struct configuration *before = configuration_take(place);
    struct slice problem;
    struct configuration *after = configuration_create(source, before, arena, &problem);
    if (after) {
        pthread_mutex_lock(&place->lock);
        place->current = after;
        pthread_mutex_unlock(&place->lock);
        configuration_release(before); /* the place's own */
        apply_log_level(&after->settings);
        log_changes(before, after, arena);
    } else {
        log_text_event(LOG_ERROR, "settings_refused", "message", problem);
    }
    configuration_release(before);
    arena_destroy(arena);
}
