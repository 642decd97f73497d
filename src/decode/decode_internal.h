/* decode: what its files share. charset.c knows the encodings' labels and what stands outside of the text, prescan.c
 * what a page's first bytes name, convert.c turns bytes into UTF-8, sniff.c tells what kind of input the bytes are,
 * decode.c is the stage. */
#ifndef NEWSMETA_DECODE_INTERNAL_H
#define NEWSMETA_DECODE_INTERNAL_H

#include "decode/charset.h"

struct encoding_label {
    char label[24];    /* lower case */
    char encoding[16]; /* its canonical name, lower case */
};

/* Sorted by label. Written by scripts/compile-labels from data/html at build time. */
extern const struct encoding_label encoding_labels[];
extern const size_t encoding_label_count;

/* The encoding that a byte order mark names (UTF-8, UTF-16), or NULL. */
const char *charset_from_bom(struct slice bytes);
/* The encoding that `charset` names in a Content-Type or in a meta element's content ("algorithm for extracting a
 * character encoding from a meta element"), or NULL. */
const char *charset_from_content_type(struct slice content_type);

/* What a page says itself, by prescan or late meta; NULL if nothing. */
const char *charset_named_by_page(struct slice bytes);
/* What stands above that: BOM, then header. */
const char *charset_named_outside(struct slice bytes, struct slice content_type);

/* The length of the longest start of s that is ASCII. */
size_t convert_ascii_prefix(struct slice s);
/* The length of the longest start of s that is valid UTF-8, and how many letters beyond ASCII it holds. */
size_t convert_valid_prefix(struct slice s, size_t *sequences);

/* What bytes are that no text begins with ("a PDF document"), or NULL. */
const char *sniff_binary(struct slice bytes);
/* Do the (decoded) bytes begin as a page does? (WHATWG MIME Sniffing, 7.1) */
bool sniff_is_page(struct slice text);

#endif
