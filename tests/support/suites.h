/* suites: the list of Check suites that scripts/list-suites writes. */
#ifndef NEWSMETA_TESTS_SUITES_H
#define NEWSMETA_TESTS_SUITES_H

#include <check.h>
#include <stddef.h>

typedef Suite *(*suite_maker)(void);
extern const suite_maker suite_makers[];
extern const size_t suite_count;

#endif
