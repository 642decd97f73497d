/* backlog: how much waits for those who extract, and whether more may. Counts and judges, holds nothing; not
 * thread-safe.
 *
 * A burst may wait, for BACKLOG_BURST_NS at most (BACKLOG_FEW at once may always), as the mean time of a unit tells. A
 * queue that never empties only adds to everybody's time: once one has stood for BACKLOG_STANDING_NS, or more is asked
 * for than can be done, whatever would take longer than `target_ns` until it is done is not let in (after Maurer, 'Fail
 * at Scale', ACM Queue 13(8), 2015, and Nichols and Jacobson, 'Controlling Queue Delay', ACM Queue 10(5), 2012).
 *
 * Whether more is asked for than can be done shows in the work that would be waiting if nobody had been refused, as of
 * a second queue that takes in everything and is worked off as time goes by (after Kunniyur and Srikant, 'An Adaptive
 * Virtual Queue Algorithm', SIGCOMM 2001). Refusals themselves are no sign of it: where they were, a queue held that
 * short would refuse a few of those who come by chance together, and on their account go on refusing at half the load
 * it can bear.
 *
 * Refusing costs time as well: some 14 us each. A thread that both works and refuses would come to do little else where
 * many ask again as soon as they are refused. So it looks at newcomers only after as many units as cost twice as much
 * as looking at them does (but after BACKLOG_WORK_NS of them), and that many may wait. What both cost is the thread's
 * own time, and the units are counted: by the clock on the wall, who has the processor taken away in the middle of a
 * unit would have done enough. */
#ifndef NEWSMETA_SERVICE_BACKLOG_H
#define NEWSMETA_SERVICE_BACKLOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BACKLOG_BURST_NS 25000000
#define BACKLOG_FEW 16
#define BACKLOG_STANDING_NS 100000000
#define BACKLOG_DEMAND_NS 250000000 /* no more is remembered of what was asked for */
#define BACKLOG_WORK_NS 2000000

struct backlog {
    size_t servers;      /* units that are worked on at a time */
    size_t capacity;     /* units that wait at most */
    int64_t target_ns;   /* from entering to the end of its work; 0: a queue may stand */

    size_t waiting;
    int64_t mean_ns; /* that a unit takes, its share of a round included; of all means the last ones count most */
    int64_t unit_ns;           /* that a unit costs, */
    int64_t overhead_ns;       /* and a round beside its units */
    int64_t demand_ns;         /* work that would be waiting if nobody had been refused, */
    int64_t demand_at_ns;      /* as of then */
    int64_t standing_since_ns; /* since then something has waited all the time */
};

/* May one more wait? Whoever may not is counted as refused. */
bool backlog_admits(struct backlog *backlog, int64_t now_ns);
/* One more waits; one no longer does. */
void backlog_enter(struct backlog *backlog, int64_t now_ns);
void backlog_leave(struct backlog *backlog);
/* A unit has taken this long, from the end of one to the end of the next. */
void backlog_note_unit(struct backlog *backlog, int64_t spent_ns);
/* Where one thread works and looks at newcomers by turns: a round of both, with `units` (at least one) that cost
 * `worked_ns` in sum, has cost `spent_ns`. */
void backlog_note_round(struct backlog *backlog, size_t units, int64_t worked_ns, int64_t spent_ns);
/* How many units a round should have at least. */
size_t backlog_round_units(const struct backlog *backlog);

#endif
