/* Fuzzes what reads bulk input: the byte stream with its gzip members, archives and their records, HTTP in
 * them. The reader ends; what it gives lies within what it was given; and no more records come than bytes. */
#include "fuzz_support.h"
#include "pipeline/http_message.h"
#include "pipeline/warc.h"

#define BLOCK_MAX 512

static bool lies_within(struct slice part, const struct buffer *whole)
{
    return slice_is_null(part) || part.len == 0 || (part.ptr >= whole->ptr && part.ptr + part.len <= whole->ptr + whole->len);
}

static void read_http(struct slice block)
{
    struct arena *arena = arena_create();
    struct http_message message;
    const char *why;
    if (http_message_parse(block, &message)) {
        enum err err = http_message_decode(&message, arena, 4 * BLOCK_MAX, &why);
        require((err == ERR_NONE) == (why == NULL));
        size_t most = block.len > 4 * BLOCK_MAX ? block.len : 4 * BLOCK_MAX; /* what has no coding stays as it is */
        require(err != ERR_NONE || message.body.len <= most);
    }
    arena_destroy(arena);
}

static void check_record(const struct buffer *bytes, const struct warc_record *record, enum warc_status status)
{
    require(lies_within(record->id, bytes) && lies_within(record->block, bytes));
    require(status == WARC_RECORD || record->why != NULL);
    if (status != WARC_RECORD)
        return;
    struct warc_record again;
    require(record->block.len == record->content_length && record->block.len <= BLOCK_MAX);
    require(warc_parse(buffer_slice(bytes), &again) && slice_equals(again.block, record->block));
    read_http(record->block);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct byte_stream *stream = byte_stream_open_memory(slice_of((const char *)data, size));
    struct buffer bytes = buffer_make(WARC_MAX_HEADER + BLOCK_MAX);
    struct warc_reader reader;
    struct warc_record record;
    size_t most = 2 * size + 2;
    warc_open(&reader, stream, BLOCK_MAX);
    for (enum warc_status status; (status = warc_next(&reader, &bytes, &record)) != WARC_END;) {
        bool gzip = size >= 2 && data[0] == 0x1F && data[1] == 0x8B; /* may hold more records than bytes */
        require(gzip || most-- > 0);
        check_record(&bytes, &record, status);
    }
    warc_close(&reader);
    byte_stream_close(stream);
    read_http(slice_of((const char *)data, size));
    buffer_free(&bytes);
    return 0;
}
