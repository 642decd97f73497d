/* load_case: the requests of load, and the answers that they must get. */
#ifndef NEWSMETA_BENCH_LOAD_CASE_H
#define NEWSMETA_BENCH_LOAD_CASE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"

#define LOAD_ID_LENGTH 16

/* One different request. The id's place is filled in when it is sent. */
struct load_case {
    struct buffer bytes;
    size_t id_at;
    bool is_bad;
    int status;      /* learnt from the first answer; 0: none yet */
    uint64_t digest; /* of its body */
};

struct load_plan {
    const char *kinds; /* of "text", "page", "url", "batch", "health", those that are in it */
    bool with_bad;
    int origin_port;   /* of load_origin, for URLs */
};

struct load_cases {
    struct load_case *list;
    size_t good, count; /* the bad ones follow the good */
};

/* From articles (.txt, .html); what cannot be read is passed over. The cases live as long as the process, the articles as the
 * arena. */
struct load_cases load_cases_make(const struct load_plan *plan, struct arena *arena, int count, char **paths);

#endif
