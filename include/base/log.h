/* log: JSON lines on stderr, one event a line, written with one write(2) so that lines of different
 * threads never mix. The only reader of the wall clock.
 *
 *     log_event(LOG_INFO, "listening", &(struct log_field){...}, 2);
 *     {"ts":"2026-11-23T21:09:00.123Z","level":"info","event":"listening","address":"127.0.0.1","port":8080}
 *
 * Never logged: bodies, query strings, credentials; callers pass paths only. */
#ifndef NEWSMETA_BASE_LOG_H
#define NEWSMETA_BASE_LOG_H

#include "base/slice.h"

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

enum log_type { LOG_TEXT, LOG_NUMBER, LOG_DECIMAL /* thousandths, printed with three places */ };

struct log_field {
    const char *name;
    enum log_type type;
    struct slice text;  /* LOG_TEXT; cut after 300 bytes, escaped */
    int64_t number;     /* LOG_NUMBER, LOG_DECIMAL */
};

/* The level of a name as settings spell it (error, warning, info, debug); false for another word. */
bool log_level_from_name(const char *name, enum log_level *level);
/* Lines above this level are dropped. Set once at start, before threads. The first level is LOG_INFO. */
void log_set_level(enum log_level level);
bool log_is_on(enum log_level level);
void log_event(enum log_level level, const char *event, const struct log_field *fields, size_t count);

static inline struct log_field log_text(const char *name, struct slice text)
{
    return (struct log_field){.name = name, .type = LOG_TEXT, .text = text};
}

static inline struct log_field log_number(const char *name, int64_t number)
{
    return (struct log_field){.name = name, .type = LOG_NUMBER, .number = number};
}

static inline struct log_field log_decimal(const char *name, int64_t thousandths)
{
    return (struct log_field){.name = name, .type = LOG_DECIMAL, .number = thousandths};
}

#endif
