/* load_answer: an answer as it comes, and whether it is the right one. */
#ifndef NEWSMETA_BENCH_LOAD_ANSWER_H
#define NEWSMETA_BENCH_LOAD_ANSWER_H

#include "load_case.h"

struct load_answer {
    struct buffer bytes;       /* as far as they have come */
    size_t head_len, body_len; /* 0 until the head is whole; body_len SIZE_MAX: chunked */
    int status;
    bool closes;               /* the connection ends with it */
};

void load_answer_clear(struct load_answer *answer);
/* Whether all of it is there; sets what the head says. */
bool load_answer_is_whole(struct load_answer *answer);
/* What is wrong with a whole answer (static), or NULL: it must carry the request's id; 503 must say when to try again; any other must
 * be, but for the id, what the same request was answered first, from which the case learns. */
const char *load_answer_judge(const struct load_answer *answer, const char *id, struct load_case *what);

#endif
