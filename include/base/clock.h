/* clock: monotonic time, for deadlines and timings; a thread's own. The wall clock is read by the log only; nothing
 * in an answer depends on it. */
#ifndef NEWSMETA_BASE_CLOCK_H
#define NEWSMETA_BASE_CLOCK_H

#include <stdint.h>

/* Nanoseconds since some fixed point; never goes back. */
int64_t clock_now_ns(void);

/* Nanoseconds that this thread has had of a processor: what something costs, whoever else is at work. */
int64_t clock_thread_ns(void);

#define CLOCK_NS_PER_MS INT64_C(1000000)

#endif
