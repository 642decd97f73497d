/* salience_options: the actors of texts and pages with what shows their salience, for scripts/train-salience.
 *
 * Reads them on stdin, each as "id TAB bytes TAB text|html LF" and that many bytes; writes one line an actor: id, name,
 * "feature:value" of every feature of salience, "?feature:value" of every feature of confidence, separated by tabs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "find/actors/confidence.h"
#include "find/salience/salience.h"
#include "pipeline/knowledge.h"
#include "pipeline/pipeline.h"

#define MAX_TEXT (16u << 20)

static void print_actors(const char *id, struct job *job)
{
    float(*features)[SALIENCE_FEATURES] = salience_features(job);
    float(*doubts)[CONFIDENCE_FEATURES] = confidence_features(job);
    for (uint32_t i = 0; i < job->article.actor_count; i++) {
        printf("%s\t%.*s", id, SLICE_ARG(job->article.actors[i].name));
        for (size_t f = 0; f < SALIENCE_FEATURES; f++)
            printf("\t%s:%.4f", salience_feature_names[f], (double)features[i][f]);
        for (size_t f = 0; f < CONFIDENCE_FEATURES; f++)
            printf("\t?%s:%.4f", confidence_feature_names[f], (double)doubts[i][f]);
        putchar('\n');
    }
}

static bool run_one(const struct knowledge *knowledge)
{
    char id[256], kind[8];
    size_t bytes;
    if (scanf("%255[^\t]\t%zu\t%7s", id, &bytes, kind) != 3 || bytes > MAX_TEXT || getchar() != '\n')
        return false;
    struct arena *arena = arena_create();
    struct job *job = arena_calloc(arena, 1, sizeof *job);
    char *text = arena_alloc(arena, bytes);
    *job = (struct job){.arena = arena, .knowledge = knowledge, .kind = strcmp(kind, "html") == 0 ? INPUT_HTML : INPUT_TEXT, .fields = FIELD_ALL};
    job->input = slice_of(text, fread(text, 1, bytes, stdin));
    if (pipeline_run(job) == ERR_NONE)
        print_actors(id, job);
    arena_destroy(arena);
    return true;
}

int main(void)
{
    struct arena *arena = arena_create();
    const struct knowledge *knowledge = knowledge_create(arena);
    while (run_one(knowledge))
        continue;
    arena_destroy(arena);
    return 0;
}
