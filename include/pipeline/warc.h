/* warc: reads web archives (ISO 28500:2017, WARC 1.1, and its forerunners), one record after the other, from a
 * stream that may be gzipped record by record. A record that cannot be read is told, and the reader goes on at
 * the next one that begins with a version line.
 *
 * Records that hold a page or a text are given: responses over HTTP, and resources and conversions of type
 * text/html, application/xhtml+xml or text/plain. The others are passed over and counted. */
#ifndef NEWSMETA_PIPELINE_WARC_H
#define NEWSMETA_PIPELINE_WARC_H

#include "base/error.h"
#include "pipeline/byte_stream.h"

#define WARC_MAX_HEADER ((size_t)64 << 10)

enum warc_status { WARC_RECORD, WARC_BROKEN, WARC_END };

struct warc_record {
    struct slice type;         /* "response" */
    struct slice id;           /* WARC-Record-ID as it is written; null where there is none */
    struct slice target_uri;   /* without angle brackets; may be null */
    struct slice content_type;
    uint64_t content_length;
    struct slice block;        /* the content */
    enum err err;              /* of WARC_BROKEN: ERR_UNDECODABLE, ERR_BODY_TOO_LARGE */
    const char *why;           /* of WARC_BROKEN, static */
};

struct warc_reader {
    struct byte_stream *stream;
    struct buffer line;
    size_t max_block;
    uint64_t skipped;          /* records that were passed over */
    uint64_t taken, put_back;  /* bytes of blocks */
    bool lost;                 /* what comes need not begin with a version line */
};

/* Bytes that begin an archive. */
bool warc_is_start(struct slice bytes);
/* Borrows the stream. */
void warc_open(struct warc_reader *reader, struct byte_stream *stream, size_t max_block);
void warc_close(struct warc_reader *reader);
/* The next record into `bytes` (cleared first), which the record's slices borrow. */
enum warc_status warc_next(struct warc_reader *reader, struct buffer *bytes, struct warc_record *record);
/* The record that warc_next put into a buffer, once more. False: the header is not one; record->why says so. */
bool warc_parse(struct slice bytes, struct warc_record *record);

#endif
