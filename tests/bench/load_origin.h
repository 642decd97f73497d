/* load_origin: a plain web server for the URLs of load: /N answers the page that was added as N. */
#ifndef NEWSMETA_BENCH_LOAD_ORIGIN_H
#define NEWSMETA_BENCH_LOAD_ORIGIN_H

#include <stdbool.h>

#include "base/slice.h"

/* Borrows the bytes. */
void load_origin_add(int number, struct slice page);
/* On loopback, in a thread of its own, until the process ends. */
bool load_origin_start(int port);

#endif
