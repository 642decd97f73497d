/* backlog: how much waits for those who extract, and whether more may. Counts and judges, holds nothing; not
 * thread-safe.
 *
 * A queue that never empties only adds to everybody's time. Once something has waited for BACKLOG_BURST_NS without a
 * break, whatever would take longer than `target_ns` until it is done, as the mean time of a unit tells, is not let in,
 * and so on until nothing has had to be refused for BACKLOG_STRAIN_NS. Bursts shorter than that may fill the whole
 * capacity (after Maurer, 'Fail at Scale', ACM Queue 13(8), 2015, and Nichols and Jacobson, 'Controlling Queue Delay',
 * ACM Queue 10(5), 2012).
 *
 * Refusing costs time as well: some 14 us each. A thread that both works and refuses would come to do little else where
 * many ask again as soon as they are refused. So it looks at newcomers only after as much work as looking at them takes
 * (but after BACKLOG_ROUND_NS of it), and that much may wait. */
#ifndef NEWSMETA_SERVICE_BACKLOG_H
#define NEWSMETA_SERVICE_BACKLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BACKLOG_BURST_NS 50000000
#define BACKLOG_STRAIN_NS 100000000
#define BACKLOG_ROUND_NS 3000000

struct backlog {
    size_t servers;      /* units that are worked on at a time */
    size_t capacity;     /* units that wait at most */
    int64_t target_ns;   /* from entering to the end of its work; 0: a queue may stand */

    size_t waiting;
    int64_t mean_ns;           /* of the units' time, the last ones counting most */
    int64_t overhead_ns;       /* the same of the rounds, beside their units */
    int64_t strained_until_ns;
    int64_t standing_since_ns; /* since then something has waited all the time */
};

/* May one more wait? A refusal is remembered as strain. */
bool backlog_admits(struct backlog *backlog, int64_t now_ns);
/* One more waits; one no longer does. */
void backlog_enter(struct backlog *backlog, int64_t now_ns);
void backlog_leave(struct backlog *backlog);
/* A unit has taken this long, its share of the round included. */
void backlog_note_time(struct backlog *backlog, int64_t spent_ns);
/* Where one thread works and looks at newcomers by turns: a round of both has taken this long beside its units. */
void backlog_note_overhead(struct backlog *backlog, int64_t spent_ns);
/* How long a round should take. */
int64_t backlog_round_ns(const struct backlog *backlog);

#endif
