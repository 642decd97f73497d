#include "load_samples.h"

#include <stdio.h>
#include <stdlib.h>

void load_samples_add(struct load_samples *samples, int64_t ns)
{
    if (samples->count == samples->room) {
        samples->room = samples->room ? samples->room * 2 : 4096;
        samples->us = realloc(samples->us, samples->room * sizeof samples->us[0]);
        if (!samples->us)
            abort();
    }
    samples->us[samples->count++] = (uint32_t)(ns / 1000);
}

static int compare(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

/* The one above which lies one of `of`; 0: the longest. */
static uint32_t at_share(const struct load_samples *samples, size_t of)
{
    size_t n = samples->count;
    return n ? samples->us[n - 1 - (of ? n / of : 0)] : 0;
}

void load_samples_print(const char *name, struct load_samples *samples)
{
    if (samples->count)
        qsort(samples->us, samples->count, sizeof samples->us[0], compare);
    printf(", \"%s\": {\"count\": %zu, \"p50\": %u, \"p90\": %u, \"p99\": %u, \"p999\": %u, \"max\": %u}", name, samples->count,
           at_share(samples, 2), at_share(samples, 10), at_share(samples, 100), at_share(samples, 1000), at_share(samples, 0));
}
