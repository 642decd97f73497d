/* prometheus: reads metrics as Prometheus does (text format 0.0.4), strictly: HELP and TYPE once and before the samples of
 * a family, which stand together; names and labels well-formed, no sample twice; counters end in _total and are not
 * negative; buckets of a histogram grow and end with +Inf, which is the count. */
#ifndef NEWSMETA_TESTS_PROMETHEUS_H
#define NEWSMETA_TESTS_PROMETHEUS_H

#include "base/arena.h"

/* What is wrong with the text (in the arena), or null. */
struct slice prometheus_find_fault(struct arena *arena, struct slice text);
/* The value of the sample that is written like this, labels included; -1 when there is none. */
double prometheus_value(struct slice text, const char *sample);

#endif
