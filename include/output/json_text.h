/* json_text: writes JSON strings and numbers (RFC 8259) straight into a buffer.
 *
 * Answers are written forward, once, and never read back; so no tree of values is made for them. */
#ifndef NEWSMETA_OUTPUT_JSON_TEXT_H
#define NEWSMETA_OUTPUT_JSON_TEXT_H

#include "base/buffer.h"

/* s as a JSON string with its quotes; control characters, quote and backslash escaped, ill-formed UTF-8
 * as U+FFFD. A null slice is written as null. */
bool json_text_write(struct slice s, struct buffer *out);
/* A number from 0 to 1 with at most three decimals, without trailing zeros. */
bool json_text_write_share(double share, struct buffer *out);

#endif
