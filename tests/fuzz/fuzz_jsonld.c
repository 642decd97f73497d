/* Fuzzes JSON-LD: scripts, apart at bytes of zero, that may refer to each other, and be broken. Claims have a name and a
 * value that is UTF-8 where the scripts are. */
#include "base/utf8.h"
#include "fuzz_support.h"
#include "page/jsonld.h"

#define SCRIPTS 8

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice scripts[SCRIPTS], rest = slice_of((const char *)data, size);
    struct arena *arena = arena_create();
    struct job job;
    size_t count = 0;
    bool valid = utf8_is_valid(rest);
    request_init(&job, arena, fuzz_knowledge(), NULL);
    while (count < SCRIPTS && slice_split(&rest, '\0', &scripts[count]))
        count++;
    jsonld_read(&job, scripts, count);
    for (size_t i = 0; i < job.article.claim_count; i++) {
        const struct claim *claim = &job.article.claims[i];
        require(claim->name.len > 0);
        require(!valid || utf8_is_valid(claim->value));
    }
    arena_destroy(arena);
    return 0;
}
