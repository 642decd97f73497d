/* separators: what stands between the parts of a title: headline, section, site. */
#ifndef NEWSMETA_FIND_SEPARATORS_H
#define NEWSMETA_FIND_SEPARATORS_H

#include "base/slice.h"

/* Length of a separator at `at` (blanks included), 0 if there is none. A pipe needs no blanks. */
size_t title_separator(struct slice text, size_t at);

#endif
