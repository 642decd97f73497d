/* Fuzzes what the tagger is given: the first byte chooses the language, the rest is a text of tokens. Names lie inside of the
 * text, in order, and none reaches into another. */
#include "fuzz_support.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = {"en", "de", "fr", "es", "it", "nl", "pl", "ru"};
    if (size < 2)
        return 0;
    struct arena *arena = arena_create();
    struct job job;
    request_init(&job, arena, fuzz_knowledge(), NULL);
    job.kind = INPUT_TEXT;
    job.input = slice_of((const char *)data + 1, size - 1);
    job.language = slice_from_cstr(languages[data[0] % 8]);
    job.fields = FIELD_ACTORS;
    job.include = INCLUDE_MENTIONS;
    require(pipeline_run(&job) == job.err);
    size_t before = 0;
    for (size_t i = 0; job.err == ERR_NONE && i < job.article.mention_count; i++) {
        struct span span = job.article.mentions[i].span;
        require(span.start >= before && span.start < span.end && span.end <= job.article.text.len);
        before = span.end;
    }
    arena_destroy(arena);
    return 0;
}
