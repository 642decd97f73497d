/* offsets: byte offsets -> the unit that the caller asked for, over one text. */
#ifndef NEWSMETA_OUTPUT_OFFSETS_H
#define NEWSMETA_OUTPUT_OFFSETS_H

#include "article/job.h"

struct offsets {
    struct slice text;
    enum offset_unit unit;
    uint32_t *counts; /* units before byte i * OFFSETS_STRIDE; NULL: one unit a byte */
};

#define OFFSETS_STRIDE 256

/* Linear in the text, once; memory from `arena`. */
struct offsets offsets_make(struct arena *arena, struct slice text, enum offset_unit unit);
/* Units before byte `at` (at most the text's length). Constant time. */
size_t offsets_convert(const struct offsets *offsets, size_t at);

#endif
