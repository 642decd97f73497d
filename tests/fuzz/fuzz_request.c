/* Fuzzes what reads a caller's words: JSON jobs, options of the query, raw bodies, URLs, header fields. The
 * first byte chooses. A job is read or refused with a reason; a problem about it can always be written. */
#include "fetch/fetcher.h"
#include "fuzz_support.h"
#include "output/problem.h"
#include "pipeline/request.h"
#include "service/head.h"
#include "service/reply.h"
#include "service/router.h"

static void require_written(const struct job *job, enum err err)
{
    require(err == job->err);
    struct buffer out = buffer_make(1 << 20);
    if (err != ERR_NONE) {
        require(job->detail.len > 0);
        require(problem_write(err, slice_sub(job->detail, 0, 1000), SLICE("id"), 0, &out));
        require(out.len > 0 && out.ptr[out.len - 1] == '}');
    }
    buffer_free(&out);
}

/* "name=value&name=value", then a body after an empty line. */
static enum err read_options(struct job *job, struct slice text)
{
    struct slice options, pair, name;
    if (!slice_split(&text, '\n', &options))
        return ERR_NONE;
    while (slice_split(&options, '&', &pair)) {
        enum err err = slice_split(&pair, '=', &name) ? request_set_option(job, name, pair, 30000) : ERR_NONE;
        if (err != ERR_NONE)
            return err;
    }
    struct slice content_type;
    return slice_split(&text, '\n', &content_type) ? request_set_body(job, text, content_type) : ERR_NONE;
}

static void read_fields(struct slice text)
{
    struct head head = {0};
    struct slice line, name;
    while (slice_split(&text, '\n', &line)) {
        if (slice_split(&line, ':', &name))
            head_take_field(&head, name, slice_trim(line));
        router_accepts(line, "application/json");
        request_id_is_sane(line);
    }
    bool good = head_find_smuggling(&head, SLICE("HTTP/1.1")) == NULL;
    require(!good || (head.hosts == 1 && !(head.content_lengths && head.transfer_encodings)));
}

static void read_if_none_match(struct slice text)
{
    struct reply reply = reply_make();
    reply_set_constant(&reply, 200, "text/plain", SLICE("text"));
    reply_set_etag(&reply);
    reply_apply_if_none_match(&reply, text);
    require(reply.status == 200 || reply.status == 304);
    reply_free(&reply);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct slice text = slice_of((const char *)data + 1, size - 1), file;
    struct arena *arena = arena_create();
    struct job job;
    const char *why;
    request_init(&job, arena, NULL, NULL);
    switch (data[0] % 5) {
    case 0: require_written(&job, request_from_json(&job, text, NULL)); break;
    case 1: require_written(&job, request_from_json(&job, text, &file)); break;
    case 2: require_written(&job, read_options(&job, text)); break;
    case 3:
        require_written(&job, request_set_url(&job, text));
        require((fetcher_check_url(text, &why) == ERR_NONE) == (why == NULL));
        break;
    default:
        read_fields(text);
        read_if_none_match(text);
    }
    arena_destroy(arena);
    return 0;
}
