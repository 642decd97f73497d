/* settings_internal: the table of settings, for what reads them (settings.c) and what writes and compares them
 * (settings_table.c). */
#ifndef NEWSMETA_PIPELINE_SETTINGS_INTERNAL_H
#define NEWSMETA_PIPELINE_SETTINGS_INTERNAL_H

#include "pipeline/settings.h"

enum setting_type { SETTING_INT, SETTING_BYTES, SETTING_STRING, SETTING_LIST, SETTING_BOOL };

struct setting {
    const char *key;
    enum setting_type type;
    size_t offset;
    uint64_t min, max;
    bool at_start;       /* a change is taken up by a restart only */
    const char *choices; /* of a string: blank-separated, or NULL for any */
    const char *help;
};

extern const struct setting settings_table[];
extern const size_t settings_count;

/* Where the setting's value lies; its type is the row's. */
static inline void *settings_field(const struct settings *settings, const struct setting *row)
{
    return (char *)(uintptr_t)settings + row->offset;
}

#endif
