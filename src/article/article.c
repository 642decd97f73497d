#include "article/article.h"

#include <assert.h>

static const char *const source_names[SOURCE_COUNT] = {
#define X(enumerator, name) [enumerator] = name,
    SOURCE_TABLE(X)
#undef X
};

static const char *const role_names[ROLE_COUNT] = {
#define X(enumerator, name) [enumerator] = name,
    ROLE_TABLE(X)
#undef X
};

const char *source_name(enum source source)
{
    assert((unsigned)source < SOURCE_COUNT);
    return source_names[source];
}

const char *role_name(enum block_role role)
{
    assert((unsigned)role < ROLE_COUNT);
    return role_names[role];
}

const struct claim *article_claim(const struct article *article, enum claim_kind kind, enum source source,
                                  uint32_t from)
{
    for (uint32_t i = from; i < article->claim_count; i++)
        if (article->claims[i].kind == kind && article->claims[i].source == source)
            return &article->claims[i];
    return NULL;
}

const struct claim *article_own_claim(const struct article *article)
{
    for (uint32_t i = 0; i < article->claim_count; i++)
        if (article->claims[i].source == SOURCE_JSON_LD && article->claims[i].article)
            return &article->claims[i];
    return NULL;
}

const struct piece *article_pieces(const struct article *article, const struct block *block, uint32_t *count)
{
    uint32_t low = 0, high = article->piece_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (article->pieces[middle].span.end < block->span.start)
            low = middle + 1;
        else
            high = middle;
    }
    for (high = low; high < article->piece_count && article->pieces[high].span.end <= block->span.end; high++)
        continue;
    *count = high - low;
    return article->pieces + low;
}

struct span mention_core(const struct article *article, const struct mention *mention)
{
    struct span core = {mention->first, mention->end};
    if (core.end - core.start > 1 && slice_equals(article->tokens[core.start].lower, SLICE("the")))
        core.start++;
    return core;
}
