#include "transfers.h"

#include <signal.h>
#include <stdlib.h>

#include "base/clock.h"
#include "hosts.h"

#define POLL_MS 1000          /* without anything to do; a new transfer wakes the thread */
#define POLL_WAITING_MS 50    /* while some wait for their turn: their deadlines are looked at */

struct transfers {
    CURLM *multi;
    pthread_t thread;
    pthread_mutex_t lock;            /* for the queue and the results */
    struct transfer *first, **last;  /* waiting for their turn */
    bool ending;

    /* the thread's own */
    int max_concurrent;
    struct hosts *hosts;
    struct transfer *active;
    int active_count;
};

/* ------------------------------------------------------------------- under way */

static void signal_done(struct transfers *transfers, struct transfer *transfer)
{
    pthread_mutex_lock(&transfers->lock);
    transfer->done = true;
    pthread_cond_signal(&transfer->is_done); /* under the lock: the caller's stack may go as soon as it is released */
    pthread_mutex_unlock(&transfers->lock);
}

static void forget(struct transfers *transfers, struct transfer *transfer)
{
    struct transfer **link = &transfers->active;
    while (*link != transfer)
        link = &(*link)->next;
    *link = transfer->next;
    transfers->active_count--;
    hosts_end(transfers->hosts, transfer->question.host, clock_now_ns());
}

static void finish_ready(struct transfers *transfers)
{
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(transfers->multi, &left))) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        struct transfer *transfer = NULL;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
        forget(transfers, transfer);
        transfer_finish(transfer, transfers->multi, code);
        signal_done(transfers, transfer);
    }
}

static void begin(struct transfers *transfers, struct transfer *transfer)
{
    transfer->next = transfers->active;
    transfers->active = transfer;
    transfers->active_count++;
    if (transfer_begin(transfer, transfers->multi))
        return;
    forget(transfers, transfer);
    transfer->err = ERR_EXHAUSTED;
    signal_done(transfers, transfer);
}

static void end_active(struct transfers *transfers)
{
    while (transfers->active) {
        struct transfer *transfer = transfers->active;
        forget(transfers, transfer);
        transfer_abandon(transfer, transfers->multi, ERR_DRAINING);
        signal_done(transfers, transfer);
    }
}

/* --------------------------------------------------------------------- the queue */

static struct transfer *unlink_waiting(struct transfers *transfers, struct transfer **link)
{
    struct transfer *transfer = *link;
    *link = transfer->next;
    if (!*link)
        transfers->last = link;
    return transfer;
}

/* The first that has something coming to it: its turn (then transfer->err is ERR_NONE), or the news that its time ran
 * out or that all ends. NULL: all must wait, the nearest one *wait_ms. */
static struct transfer *take_waiting(struct transfers *transfers, int *wait_ms)
{
    int64_t now_ns = clock_now_ns(), least_ns = POLL_WAITING_MS * CLOCK_NS_PER_MS;
    bool room = transfers->active_count < transfers->max_concurrent;
    for (struct transfer **link = &transfers->first; *link; link = &(*link)->next) {
        struct transfer *transfer = *link;
        if (transfers->ending || transfer->deadline_ns <= now_ns + CLOCK_NS_PER_MS) {
            transfer->err = transfers->ending ? ERR_DRAINING : ERR_UPSTREAM_TIMEOUT;
            return unlink_waiting(transfers, link);
        }
        int64_t wait_ns = room ? hosts_begin(transfers->hosts, transfer->question.host, now_ns) : INT64_MAX;
        if (wait_ns == 0)
            return unlink_waiting(transfers, link);
        if (wait_ns < least_ns)
            least_ns = wait_ns;
    }
    *wait_ms = transfers->first ? (int)((least_ns + CLOCK_NS_PER_MS - 1) / CLOCK_NS_PER_MS) : POLL_MS;
    return NULL;
}

/* True until all is to end. *wait_ms: for how long nothing need be looked at. */
static bool begin_waiting(struct transfers *transfers, int *wait_ms)
{
    for (;;) {
        pthread_mutex_lock(&transfers->lock);
        struct transfer *transfer = take_waiting(transfers, wait_ms);
        bool ending = transfers->ending;
        pthread_mutex_unlock(&transfers->lock);
        if (!transfer)
            return !ending;
        if (transfer->err != ERR_NONE)
            signal_done(transfers, transfer);
        else
            begin(transfers, transfer);
    }
}

static void *run_until_ended(void *context)
{
    struct transfers *transfers = context;
    int wait_ms, running;
    while (begin_waiting(transfers, &wait_ms)) {
        int active = transfers->active_count;
        curl_multi_perform(transfers->multi, &running);
        finish_ready(transfers);
        if (transfers->active_count == active) /* else there is room for those that wait */
            curl_multi_poll(transfers->multi, NULL, 0, wait_ms, NULL);
    }
    end_active(transfers);
    return NULL;
}

/* --------------------------------------------------------------- for the callers */

/* Signals are for the main thread, so this one is started with all of them blocked. */
static bool start_thread(struct transfers *transfers)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&transfers->thread, NULL, run_until_ended, transfers);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed == 0;
}

static void release(struct transfers *transfers)
{
    if (transfers->multi)
        curl_multi_cleanup(transfers->multi);
    hosts_destroy(transfers->hosts);
    pthread_mutex_destroy(&transfers->lock);
    free(transfers);
}

struct transfers *transfers_create(const struct fetch_settings *settings)
{
    struct transfers *transfers = calloc(1, sizeof *transfers);
    if (!transfers)
        return NULL;
    transfers->last = &transfers->first;
    transfers->max_concurrent = settings->max_concurrent;
    pthread_mutex_init(&transfers->lock, NULL);
    bool good = (transfers->hosts = hosts_create(settings->max_per_host, settings->delay_ms)) != NULL &&
                curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK && (transfers->multi = curl_multi_init()) != NULL &&
                start_thread(transfers);
    if (good)
        return transfers;
    release(transfers);
    return NULL;
}

void transfers_destroy(struct transfers *transfers)
{
    if (!transfers)
        return;
    pthread_mutex_lock(&transfers->lock);
    transfers->ending = true;
    pthread_mutex_unlock(&transfers->lock);
    curl_multi_wakeup(transfers->multi);
    pthread_join(transfers->thread, NULL);
    release(transfers);
}

enum err transfers_run(struct transfers *transfers, struct transfer *transfer)
{
    transfer->next = NULL;
    pthread_mutex_lock(&transfers->lock);
    bool ending = transfers->ending;
    if (!ending) {
        *transfers->last = transfer;
        transfers->last = &transfer->next;
        curl_multi_wakeup(transfers->multi);
    }
    while (!ending && !transfer->done)
        pthread_cond_wait(&transfer->is_done, &transfers->lock);
    if (ending)
        transfer->err = ERR_DRAINING;
    pthread_mutex_unlock(&transfers->lock);
    return transfer->err;
}
