/* load_samples: how long requests have taken. */
#ifndef NEWSMETA_BENCH_LOAD_SAMPLES_H
#define NEWSMETA_BENCH_LOAD_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

struct load_samples {
    uint32_t *us;
    size_t count, room;
};

void load_samples_add(struct load_samples *samples, int64_t ns);
/* As a member of a JSON object, with the comma before it: count, percentiles, the longest. Sorts them. */
void load_samples_print(const char *name, struct load_samples *samples);

#endif
