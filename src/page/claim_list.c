#include "claim_list_internal.h"

#include "article/limits.h"
#include "base/utf8.h"

#define MOST_KEYWORDS 60 /* of one list: more is stuffing, not tagging */

static void add_one(struct job *job, const struct claim *claim, struct slice value, uint32_t limit)
{
    struct article *article = &job->article;
    value = utf8_squash(job->arena, value);
    if (slice_is_empty(value) || article->claim_count >= limit)
        return;
    article->claims = arena_grow(job->arena, article->claims, article->claim_count, &article->claim_capacity,
                                 sizeof *article->claims);
    struct claim *added = &article->claims[article->claim_count];
    *added = *claim;
    added->value = value;
    added->order = article->claim_count++;
}

void claims_add(struct job *job, const struct claim *claim, uint32_t limit)
{
    struct slice rest = claim->value, part;
    if (claim->kind != CLAIM_KEYWORD) {
        add_one(job, claim, claim->value, limit);
        return;
    }
    char separator = slice_find_byte(rest, ',', 0) == SLICE_NOT_FOUND ? ';' : ',';
    for (int i = 0; i < MOST_KEYWORDS && slice_split(&rest, separator, &part); i++)
        add_one(job, claim, part, limit);
}
