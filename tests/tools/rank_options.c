/* rank_options: the candidates of find/headline and find/authors with their features, for scripts/train-rankers.
 *
 * Reads pages on stdin (page_stream.h); writes one line a candidate: field ("headline" or "authors"), id, the text or the names
 * (joined by U+001F), "name:value" of every feature that is not 0, separated by tabs. The headline that authors are seen from is
 * the one that the present model chooses. */
#include "base/utf8.h"
#include "decode/charset.h"
#include "find/authors/authors.h"
#include "find/headline/headline.h"
#include "page/page.h"
#include "page_stream.h"
#include "pipeline/knowledge.h"
#include "text/body.h"

static void print_text(struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        putchar(text.ptr[i] == '\t' || text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
}

static void print_features(const float *features, size_t count, const char *(*name)(size_t))
{
    for (size_t i = 0; i < count; i++)
        if (features[i] != 0)
            printf("\t%s:%.4f", name(i), (double)features[i]);
    putchar('\n');
}

static void print_headlines(struct job *job)
{
    size_t count = 0;
    struct headline_option *options = headline_options(job, &count);
    for (size_t i = 0; i < count; i++) {
        printf("headline\t%.*s\t", SLICE_ARG(job->id));
        print_text(options[i].text);
        print_features(options[i].features, HEADLINE_FEATURE_COUNT, headline_feature_name);
    }
}

static void print_authors(struct job *job)
{
    size_t count = 0;
    struct author_option *options = author_options(job, &count);
    for (size_t i = 0; i < count; i++) {
        printf("authors\t%.*s\t", SLICE_ARG(job->id));
        for (size_t n = 0; n < options[i].name_count; n++) {
            printf("%s", n ? "\x1f" : "");
            print_text(options[i].names[n]);
        }
        print_features(options[i].features, AUTHOR_FEATURE_COUNT, author_feature_name);
    }
}

static void run(struct job *job)
{
    if (decode_run(job) != ERR_NONE || page_run(job) != ERR_NONE || body_run(job) != ERR_NONE)
        return;
    print_headlines(job);
    if (headline_run(job) == ERR_NONE)
        print_authors(job);
}

int main(void)
{
    struct arena *process = arena_create(), *arena = arena_create();
    const struct knowledge *knowledge = knowledge_create(process);
    for (;;) {
        struct job job = {.arena = arena, .knowledge = knowledge, .kind = INPUT_HTML, .fields = FIELD_ALL};
        if (!page_stream_next(arena, &job))
            break;
        run(&job);
        arena_reset(arena, 1u << 20);
    }
    arena_destroy(arena);
    arena_destroy(process);
    return 0;
}
