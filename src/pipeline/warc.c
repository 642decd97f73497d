#include "pipeline/warc.h"

#include "base/media_type.h"

/* ------------------------------------------------------------------- headers */

static bool is_version(struct slice line)
{
    return line.len >= 8 && slice_starts(line, SLICE("WARC/")) && ascii_is_digit(line.ptr[5]) && line.ptr[6] == '.' &&
           ascii_is_digit(line.ptr[7]) && slice_trim(slice_sub(line, 8, line.len)).len < 2;
}

bool warc_is_start(struct slice bytes)
{
    return is_version(slice_sub(bytes, 0, 8));
}

static struct slice without_brackets(struct slice s)
{
    bool both = s.len >= 2 && s.ptr[0] == '<' && s.ptr[s.len - 1] == '>';
    return both ? slice_sub(s, 1, s.len - 1) : s;
}

static bool keep_field(struct warc_record *record, struct slice name, struct slice value, bool *has_length)
{
    if (slice_equals_nocase(name, SLICE("WARC-Type")))
        record->type = value;
    else if (slice_equals_nocase(name, SLICE("WARC-Record-ID")))
        record->id = value;
    else if (slice_equals_nocase(name, SLICE("WARC-Target-URI")))
        record->target_uri = without_brackets(value);
    else if (slice_equals_nocase(name, SLICE("Content-Type")))
        record->content_type = value;
    else if (slice_equals_nocase(name, SLICE("Content-Length"))) {
        if (*has_length || !slice_to_u64(value, INT64_MAX, &record->content_length))
            return false;
        *has_length = true;
    }
    return true;
}

/* The reader has made line ends plain and joined lines that go on. */
bool warc_parse(struct slice bytes, struct warc_record *record)
{
    struct slice line, name;
    bool has_length = false, good = slice_split(&bytes, '\n', &line) && is_version(line);
    *record = (struct warc_record){.err = ERR_UNDECODABLE, .why = "the record's header cannot be read"};
    while (slice_split(&bytes, '\n', &line) && line.len) {
        bool field = slice_split(&line, ':', &name) && !slice_is_null(line);
        good = field && keep_field(record, slice_trim(name), slice_trim(line), &has_length) && good;
    }
    if (good && !has_length)
        record->why = "the record has no Content-Length";
    record->block = slice_is_null(bytes) ? SLICE("") : bytes;
    return good && has_length;
}

/* ------------------------------------------------------------------- reading */

void warc_open(struct warc_reader *reader, struct byte_stream *stream, size_t max_block)
{
    *reader = (struct warc_reader){.stream = stream, .line = buffer_make(WARC_MAX_HEADER), .max_block = max_block};
}

void warc_close(struct warc_reader *reader)
{
    buffer_free(&reader->line);
}

static bool read_line(struct warc_reader *reader, struct slice *line)
{
    buffer_clear(&reader->line);
    bool any = byte_stream_read_line(reader->stream, &reader->line);
    *line = buffer_slice(&reader->line);
    if (line->len && line->ptr[line->len - 1] == '\r')
        line->len--;
    return any;
}

static enum warc_status broken(struct warc_record *record, enum err err, const char *why)
{
    record->err = err;
    record->why = why;
    return WARC_BROKEN;
}

/* Damage is told once, whatever it broke; after it the reader goes on at the next member, which may begin within
 * a record. */
static enum warc_status lose(struct warc_reader *reader, struct warc_record *record, const char *why)
{
    bool ended = byte_stream_peek(reader->stream, 1).len == 0;
    reader->lost = true;
    if (ended && byte_stream_status(reader->stream) == STREAM_DAMAGED) {
        byte_stream_resume(reader->stream);
        why = "the gzip data are damaged or cut off";
    }
    return broken(record, ERR_UNDECODABLE, why);
}

/* On to the version line, into `bytes`. What stands there instead is told once. */
static enum warc_status find_version(struct warc_reader *reader, struct buffer *bytes, struct warc_record *record)
{
    struct slice line;
    while (read_line(reader, &line)) {
        if (is_version(line) && !reader->line.overflow) {
            reader->lost = false;
            buffer_append(bytes, line);
            buffer_append_byte(bytes, '\n');
            return WARC_RECORD;
        }
        if (line.len && !reader->lost)
            return lose(reader, record, "no record begins here");
    }
    return byte_stream_status(reader->stream) == STREAM_DAMAGED ? lose(reader, record, NULL) : WARC_END;
}

/* The fields with the empty line behind them, line ends made plain; a line that begins with a blank goes on
 * with the one before. */
static bool read_fields(struct warc_reader *reader, struct buffer *bytes)
{
    struct slice line;
    bool fits = true;
    while (read_line(reader, &line)) {
        if (line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t'))
            bytes->ptr[bytes->len - 1] = ' ';
        fits = fits && !reader->line.overflow && bytes->len + line.len < WARC_MAX_HEADER;
        if (fits || !line.len) {
            buffer_append(bytes, line);
            buffer_append_byte(bytes, '\n');
        }
        if (!line.len)
            return fits;
    }
    return false;
}

static bool is_document(struct slice content_type)
{
    static const char *const types[] = {"text/html", "application/xhtml+xml", "text/plain", NULL};
    return media_type_is_among(content_type, types);
}

static bool is_wanted(const struct warc_record *record)
{
    if (slice_equals_nocase(record->type, SLICE("response")))
        return slice_starts_nocase(record->content_type, SLICE("application/http"));
    bool kept = slice_equals_nocase(record->type, SLICE("resource")) ||
                slice_equals_nocase(record->type, SLICE("conversion"));
    return kept && is_document(record->content_type);
}

/* Two line ends stand behind a block; archives that are cut or joined by hand have fewer. */
static bool at_record_end(struct warc_reader *reader)
{
    struct slice next = byte_stream_peek(reader->stream, 1);
    return next.len == 0 || next.ptr[0] == '\r' || next.ptr[0] == '\n';
}

/* The length was wrong: what was taken as the block may hold the next record. Back to it, but not so often that
 * a hostile archive is read more than twice. */
static void rewind_to_record(struct warc_reader *reader, struct slice block)
{
    uint64_t first_read = reader->taken - reader->put_back;
    for (size_t at = 0; (at = slice_find(block, SLICE("\nWARC/"), at)) != SLICE_NOT_FOUND; at++) {
        struct slice rest = slice_sub(block, at + 1, block.len);
        if (!warc_is_start(rest))
            continue;
        if (reader->put_back + rest.len > first_read)
            return;
        reader->put_back += rest.len;
        byte_stream_push_back(reader->stream, rest);
        return;
    }
}

static enum warc_status read_block(struct warc_reader *reader, struct buffer *bytes, struct warc_record *record)
{
    size_t header = bytes->len;
    uint64_t wanted = record->content_length;
    bool fits = wanted <= reader->max_block;
    uint64_t got = byte_stream_read(reader->stream, wanted, fits ? bytes : NULL);
    reader->taken += got;
    warc_parse(buffer_slice(bytes), record); /* the buffer may have moved */
    if (!fits)
        return broken(record, ERR_BODY_TOO_LARGE, "the record is too large");
    bool whole = got == wanted;
    if (whole && at_record_end(reader))
        return WARC_RECORD;
    rewind_to_record(reader, slice_sub(buffer_slice(bytes), header, bytes->len));
    return lose(reader, record, whole ? "the record's Content-Length is wrong" : "the record is cut off");
}

enum warc_status warc_next(struct warc_reader *reader, struct buffer *bytes, struct warc_record *record)
{
    for (;;) {
        buffer_clear(bytes);
        *record = (struct warc_record){0};
        enum warc_status status = find_version(reader, bytes, record);
        if (status != WARC_RECORD)
            return status;
        bool whole = read_fields(reader, bytes);
        bool good = warc_parse(buffer_slice(bytes), record);
        if (!whole || !good) /* the block cannot be told from what follows */
            return lose(reader, record, whole ? record->why : "the record's header is cut off or too long");
        if (is_wanted(record))
            return read_block(reader, bytes, record);
        reader->skipped++;
        if (byte_stream_read(reader->stream, record->content_length, NULL) < record->content_length)
            return lose(reader, record, "the record is cut off");
    }
}
