#include "service/backlog.h"

#include <assert.h>

#define MEAN_OVER 32 /* units, rounds */
/* Half of a round is work. With a greater part, three times what can be borne would already lengthen the queue. */
#define ROUND_PER_OVERHEAD 2

/* What a unit that came now would take: the rest of one that is being worked on, those that wait, itself. */
static int64_t time_until_done_ns(const struct backlog *backlog)
{
    return backlog->mean_ns * (int64_t)(1 + backlog->waiting + backlog->servers) / (int64_t)backlog->servers;
}

int64_t backlog_round_ns(const struct backlog *backlog)
{
    int64_t round_ns = backlog->overhead_ns * ROUND_PER_OVERHEAD;
    return round_ns < BACKLOG_ROUND_NS ? round_ns : BACKLOG_ROUND_NS;
}

/* Some always may wait, so that nobody who works runs dry before newcomers are looked at again. */
static bool is_enough(const struct backlog *backlog)
{
    return backlog->waiting >= backlog->servers &&
           (int64_t)backlog->waiting * backlog->mean_ns >= backlog_round_ns(backlog);
}

static bool is_overdue(struct backlog *backlog, int64_t now_ns)
{
    bool stands = backlog->waiting > 0 && now_ns - backlog->standing_since_ns > BACKLOG_BURST_NS;
    if (backlog->target_ns <= 0 || !(stands || now_ns < backlog->strained_until_ns) || !is_enough(backlog) ||
        time_until_done_ns(backlog) <= backlog->target_ns)
        return false;
    backlog->strained_until_ns = now_ns + BACKLOG_STRAIN_NS;
    return true;
}

bool backlog_admits(struct backlog *backlog, int64_t now_ns)
{
    return backlog->waiting < backlog->capacity && !is_overdue(backlog, now_ns);
}

void backlog_enter(struct backlog *backlog, int64_t now_ns)
{
    if (backlog->waiting++ == 0)
        backlog->standing_since_ns = now_ns;
}

void backlog_leave(struct backlog *backlog)
{
    assert(backlog->waiting > 0);
    backlog->waiting--;
}

void backlog_note_time(struct backlog *backlog, int64_t spent_ns)
{
    backlog->mean_ns += (spent_ns - backlog->mean_ns) / MEAN_OVER;
}

void backlog_note_overhead(struct backlog *backlog, int64_t spent_ns)
{
    backlog->overhead_ns += (spent_ns - backlog->overhead_ns) / MEAN_OVER;
}
