/* support: what several suites need. */
#ifndef NEWSMETA_TESTS_SUPPORT_H
#define NEWSMETA_TESTS_SUPPORT_H

#include <check.h>

#include "article/job.h"

/* The knowledge of the program, made once for the test process. */
const struct knowledge *support_knowledge(void);
/* A job with an arena of its own that asks for everything; support_job_free gives all back. */
struct job *support_job(enum input_kind kind, struct slice input);
void support_job_free(struct job *job);
/* A job that the whole pipeline has run over; fails the test if that fails. */
struct job *support_run(enum input_kind kind, struct slice input);
/* Has it given a warning with this code? */
bool support_has_warning(const struct job *job, const char *code);
/* The bytes of a file, in the arena; fails the test if it cannot be read. */
struct slice support_file(struct arena *arena, const char *path);

/* A bound on time, as it is to be held here: NEWSMETA_TEST_SLOWNESS times as long (valgrind's 40, say). */
int64_t support_at_most(int64_t limit);

/* ck_assert for a slice against a C string. */
#define ck_assert_slice_eq(slice_value, cstr)                                                                          \
    do {                                                                                                               \
        struct slice ck_s = (slice_value);                                                                             \
        const char *ck_c = (cstr);                                                                                     \
        ck_assert_msg(slice_equals(ck_s, slice_from_cstr(ck_c)), "%s is '%.*s', not '%s'", #slice_value,               \
                      SLICE_ARG(ck_s), ck_c);                                                                          \
    } while (0)

#endif
