/* edtf_reading: EDTF back from its text. The program only writes it; tests and fuzzing hold what it writes against what it meant. */
#ifndef NEWSMETA_TESTS_EDTF_READING_H
#define NEWSMETA_TESTS_EDTF_READING_H

#include "find/dates/edtf.h"

/* Reads what edtf_write writes; false for anything else. */
bool edtf_read(struct slice text, struct edtf *out);

#endif
