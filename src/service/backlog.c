#include "service/backlog.h"

#include <assert.h>

#define MEAN_OVER 32 /* units, rounds */

/* What a unit that came now would take: the rest of one that is being worked on, those that wait, itself. */
static int64_t time_until_done_ns(const struct backlog *backlog)
{
    return backlog->mean_ns * (int64_t)(1 + backlog->waiting + backlog->servers) / (int64_t)backlog->servers;
}

/* Two thirds of a round are work. With less, reading and refusing take more than a tenth of what can be borne where
 * three times that is asked for; with three quarters the accepted wait twice as long and no more are answered. */
size_t backlog_round_units(const struct backlog *backlog)
{
    int64_t share_ns = backlog->overhead_ns * 2;
    int64_t work_ns = share_ns < BACKLOG_WORK_NS ? share_ns : BACKLOG_WORK_NS;
    return backlog->unit_ns ? (size_t)((work_ns + backlog->unit_ns - 1) / backlog->unit_ns) : 0;
}

/* Some always may wait, so that nobody who works runs dry before newcomers are looked at again. */
static bool is_enough(const struct backlog *backlog)
{
    return backlog->waiting >= backlog->servers && backlog->waiting >= backlog_round_units(backlog);
}

/* Something comes, to be taken in or refused. */
static void add_demand(struct backlog *backlog, int64_t now_ns)
{
    int64_t passed_ns = now_ns - backlog->demand_at_ns;
    int64_t left_ns = passed_ns < backlog->demand_ns ? backlog->demand_ns - (passed_ns > 0 ? passed_ns : 0) : 0;
    int64_t demand_ns = left_ns + backlog->mean_ns / (int64_t)backlog->servers;
    backlog->demand_ns = demand_ns < BACKLOG_DEMAND_NS ? demand_ns : BACKLOG_DEMAND_NS;
    if (passed_ns > 0)
        backlog->demand_at_ns = now_ns;
}

/* What units take grows as soon as others want the processor: a few clients would be taken for too many then. Whether
 * their queue stands is asked as well. */
static int64_t burst_ns(const struct backlog *backlog)
{
    int64_t few_ns = backlog->mean_ns * BACKLOG_FEW / (int64_t)backlog->servers;
    return few_ns > BACKLOG_BURST_NS ? few_ns : BACKLOG_BURST_NS;
}

static bool is_strained(const struct backlog *backlog, int64_t now_ns)
{
    bool stands = backlog->waiting > 0 && now_ns - backlog->standing_since_ns > BACKLOG_STANDING_NS;
    return stands || backlog->demand_ns - (now_ns - backlog->demand_at_ns) > burst_ns(backlog);
}

static bool is_overdue(const struct backlog *backlog, int64_t now_ns)
{
    return backlog->target_ns > 0 && is_strained(backlog, now_ns) && is_enough(backlog) &&
           time_until_done_ns(backlog) > backlog->target_ns;
}

bool backlog_admits(struct backlog *backlog, int64_t now_ns)
{
    if (backlog->waiting < backlog->capacity && !is_overdue(backlog, now_ns))
        return true;
    add_demand(backlog, now_ns);
    return false;
}

void backlog_enter(struct backlog *backlog, int64_t now_ns)
{
    add_demand(backlog, now_ns);
    if (backlog->waiting++ == 0)
        backlog->standing_since_ns = now_ns;
}

void backlog_leave(struct backlog *backlog)
{
    assert(backlog->waiting > 0);
    backlog->waiting--;
}

static void note(int64_t *mean_ns, int64_t ns)
{
    *mean_ns = *mean_ns ? *mean_ns + (ns - *mean_ns) / MEAN_OVER : ns;
}

void backlog_note_unit(struct backlog *backlog, int64_t spent_ns)
{
    note(&backlog->mean_ns, spent_ns);
}

void backlog_note_round(struct backlog *backlog, size_t units, int64_t worked_ns, int64_t spent_ns)
{
    note(&backlog->unit_ns, worked_ns / (int64_t)units);
    note(&backlog->overhead_ns, spent_ns - worked_ns);
}
