/* charset: bytes -> UTF-8, as browsers do (WHATWG Encoding; HTML 13.2.3 "the input byte stream").
 *
 * For a page: byte order mark, then the charset of the HTTP header, then the prescan of the first 1024
 * bytes for a meta element, then windows-1252. For text: byte order mark, the caller's charset, UTF-8
 * where the bytes are valid, else windows-1252. Labels are those of the Encoding standard; the decoding
 * itself is iconv's, errors become U+FFFD. */
#ifndef NEWSMETA_DECODE_CHARSET_H
#define NEWSMETA_DECODE_CHARSET_H

#include "article/job.h"

/* The canonical lower-case name of the encoding that a label means ("latin1" -> "windows-1252"), or NULL
 * for a label that the standard does not know. White space around and case do not count. */
const char *charset_from_label(struct slice label);
/* The encoding that the prescan of a page's first 1024 bytes finds, or NULL. */
const char *charset_prescan(struct slice bytes);
/* What a browser would settle on for these bytes: BOM, header (the charset parameter of content_type,
 * may be null), prescan, a meta element that comes later in the head, windows-1252. Never NULL. */
const char *charset_of_page(struct slice bytes, struct slice content_type);
/* bytes in `encoding` (a canonical name) as UTF-8, its byte order mark removed. Valid UTF-8 input is
 * borrowed, not copied. SLICE_NULL if the encoding is not known to iconv. */
struct slice charset_decode(struct arena *arena, struct slice bytes, const char *encoding);

enum err decode_run(struct job *job);

#endif
