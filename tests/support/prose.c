#include "support/prose.h"

#include "find/actors/actors.h"
#include "find/actors/confidence.h"
#include "find/countries/countries.h"
#include "find/names/names.h"
#include "find/roles/roles.h"
#include "find/salience/salience.h"
#include "text/tokens.h"

#define MOST_LINES 64

struct job *prose_run(const char *text)
{
    struct job *job = support_job(INPUT_TEXT, slice_from_cstr(text));
    struct article *article = &job->article;
    struct slice rest = job->input, line;
    article->text = job->input;
    article->language.value = SLICE("en");
    article->blocks = arena_calloc(job->arena, MOST_LINES, sizeof *article->blocks);
    for (bool first = true; slice_split(&rest, '\n', &line); first = false) {
        uint32_t start = (uint32_t)(line.ptr - article->text.ptr);
        if (line.len)
            article->blocks[article->block_count++] = (struct block){
                .span = {start, start + (uint32_t)line.len}, .role = first ? ROLE_HEADLINE : ROLE_BODY};
    }
    ck_assert_int_eq(tokens_run(job), ERR_NONE);
    ck_assert_int_eq(names_run(job), ERR_NONE);
    ck_assert_int_eq(actors_run(job), ERR_NONE);
    ck_assert_int_eq(roles_run(job), ERR_NONE);
    ck_assert_int_eq(countries_run(job), ERR_NONE);
    ck_assert_int_eq(confidence_run(job), ERR_NONE);
    ck_assert_int_eq(salience_run(job), ERR_NONE);
    return job;
}

const struct actor *prose_actor(const struct job *job, const char *name)
{
    for (uint32_t i = 0; i < job->article.actor_count; i++)
        if (slice_equals(job->article.actors[i].name, slice_from_cstr(name)))
            return &job->article.actors[i];
    return NULL;
}

const char *prose_actors(struct job *job)
{
    static const char *const types[] = {"person", "organization", "place", "other"};
    struct article *article = &job->article;
    bool *seen = arena_calloc(job->arena, article->actor_count + 1, sizeof *seen);
    struct slice all = SLICE("");
    for (uint32_t m = 0; m < article->mention_count; m++) {
        uint32_t a = article->mentions[m].actor;
        if (a == UINT32_MAX || seen[a])
            continue;
        seen[a] = true;
        const struct actor *actor = &article->actors[a];
        all = arena_printf(job->arena, "%.*s%s%.*s/%s/%s", SLICE_ARG(all), all.len ? "; " : "", SLICE_ARG(actor->name),
                           types[actor->type], actor->country[0] ? actor->country : "-");
    }
    return arena_cstr(job->arena, all);
}
