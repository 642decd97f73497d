#include "body_context.h"

#include <assert.h>
#include <math.h>

#include "base/map.h"
#include "model/forest.h"

#define SUREST 6.0f  /* log-odds beyond which more says no more */
#define CERTAIN 5.0f /* log-odds that stand for a verdict */
#define NOBODY (-7.0f) /* stands for the score of a neighbour that is not there */
#define FAR 60       /* blocks; whatever is further off is far */

/* A group of blocks. */
struct sums {
    float prose_bytes, bytes; /* expected bytes of prose; bytes */
    float prose, blocks;      /* expected blocks of prose; blocks */
};

struct look {
    const struct article *article;
    uint32_t count;
    float *scores, *chances; /* [block] log-odds within SUREST, and as a chance */
    struct sums *before;     /* [block + 1] of all blocks before */
    uint32_t run_first, run_last; /* the longest stretch of what is surely prose */
    float run_bytes;
};

static float length_of(const struct look *look, uint32_t block)
{
    return (float)(look->article->blocks[block].span.end - look->article->blocks[block].span.start);
}

static void add_block(const struct look *look, uint32_t block, struct sums *sums)
{
    sums->prose_bytes += look->chances[block] * length_of(look, block);
    sums->bytes += length_of(look, block);
    sums->prose += look->chances[block];
    sums->blocks += 1;
}

static void read_scores(struct arena *arena, struct look *look, const int8_t *verdicts, const float *scores)
{
    look->scores = arena_alloc(arena, look->count * sizeof *look->scores);
    look->chances = arena_alloc(arena, look->count * sizeof *look->chances);
    look->before = arena_calloc(arena, look->count + 1, sizeof *look->before);
    for (uint32_t i = 0; i < look->count; i++) {
        float score = verdicts[i] ? CERTAIN * (float)verdicts[i] : scores[i];
        look->scores[i] = fmaxf(-SUREST, fminf(SUREST, score));
        look->chances[i] = verdicts[i] ? (float)(verdicts[i] > 0) : forest_probability(look->scores[i]);
        look->before[i + 1] = look->before[i];
        add_block(look, i, &look->before[i + 1]);
    }
}

/* ---------------------------------------------------------------- stretches */

#define SURE 0.7f  /* chance of prose */
#define SUBSTANCE 60 /* bytes; less is no paragraph */
#define GAP 6      /* blocks that may lie between two paragraphs of a stretch */

static bool is_sure(const struct look *look, uint32_t block)
{
    return look->chances[block] > SURE && length_of(look, block) > SUBSTANCE;
}

static void find_run(struct look *look)
{
    uint32_t first = 0, last = 0;
    float bytes = 0;
    for (uint32_t i = 0; i < look->count; i++) {
        if (!is_sure(look, i))
            continue;
        if (bytes <= 0 || i - last > GAP) {
            first = i;
            bytes = 0;
        }
        last = i;
        bytes += look->chances[i] * length_of(look, i);
        if (bytes > look->run_bytes) {
            look->run_bytes = bytes;
            look->run_first = first;
            look->run_last = last;
        }
    }
}

/* Blocks from the stretch: below 0 before it, above 0 behind it. */
static float from_run(const struct look *look, uint32_t block)
{
    float off = block < look->run_first  ? -(float)(look->run_first - block)
                : block > look->run_last ? (float)(block - look->run_last)
                                         : 0;
    return fmaxf(-FAR, fminf(FAR, off));
}

/* ------------------------------------------------------------------- groups */

/* A paragraph may have a container or three of its own: what counts is the first one that holds more. */
static uint32_t shared_section(const struct article *article, uint32_t block)
{
    uint32_t section = article->blocks[block].section;
    while (section != 0 && article->sections[section].end_block - article->sections[section].first_block <= 1)
        section = article->sections[section].parent;
    return section;
}

/* Sums over the blocks of each shared container, of its parent, and of all containers of the same label. */
struct groups {
    uint32_t *section;        /* [block] shared container */
    struct sums *own, *outer; /* [section] */
    struct sums **kin;        /* [block] */
};

static struct groups sum_groups(struct arena *arena, const struct look *look, const uint64_t *labels)
{
    const struct article *article = look->article;
    struct groups groups = {
        .section = arena_alloc(arena, look->count * sizeof *groups.section),
        .own = arena_calloc(arena, article->section_count, sizeof *groups.own),
        .outer = arena_calloc(arena, article->section_count, sizeof *groups.outer),
        .kin = arena_alloc(arena, look->count * sizeof *groups.kin),
    };
    uint64_t *keys = arena_alloc(arena, look->count * sizeof *keys);
    struct map kin = map_make(arena, look->count);
    for (uint32_t i = 0; i < look->count; i++) {
        uint32_t section = groups.section[i] = shared_section(article, i);
        keys[i] = labels[article->blocks[i].section] + article->blocks[i].tag;
        void **known = map_at(&kin, slice_of((const char *)&keys[i], sizeof keys[i]));
        if (!*known)
            *known = arena_calloc(arena, 1, sizeof(struct sums));
        groups.kin[i] = *known;
        add_block(look, i, groups.kin[i]);
        add_block(look, i, &groups.own[section]);
        add_block(look, i, &groups.outer[article->sections[section].parent]);
    }
    return groups;
}

/* --------------------------------------------------------------------- rows */

struct row {
    float *values;
    size_t count;
};

static void put(struct row *row, float value)
{
    row->values[row->count++] = value;
}

#define FEW_BYTES 20.0f /* keeps the share of a small group small */

/* Of a group without the block itself: the share of prose by bytes and by blocks. */
static void put_shares(struct row *row, const struct look *look, uint32_t block, const struct sums *group)
{
    float length = length_of(look, block), chance = look->chances[block];
    put(row, (group->prose_bytes - chance * length) / (group->bytes - length + FEW_BYTES));
    put(row, (group->prose - chance) / (group->blocks - 0.5f));
}

static void put_group(struct row *row, const struct look *look, uint32_t block, const struct sums *group, float page)
{
    put_shares(row, look, block, group);
    put(row, group->prose_bytes / page);
    put(row, group->blocks);
}

static void put_around(struct row *row, const struct look *look, uint32_t block)
{
    static const uint32_t reaches[] = {2, 5, 12};
    for (size_t k = 0; k < sizeof reaches / sizeof reaches[0]; k++) {
        uint32_t reach = reaches[k], first = block > reach ? block - reach : 0;
        uint32_t end = block + reach + 1 < look->count ? block + reach + 1 : look->count;
        const struct sums *from = &look->before[first], *to = &look->before[end];
        struct sums around = {to->prose_bytes - from->prose_bytes, to->bytes - from->bytes, to->prose - from->prose,
                              (float)(end - first)};
        put_shares(row, look, block, &around);
    }
}

static void put_neighbours(struct row *row, const struct look *look, uint32_t block)
{
    for (int64_t at = (int64_t)block - 3; at <= (int64_t)block + 3; at++)
        put(row, at >= 0 && at < look->count ? look->scores[at] : NOBODY);
}

static void put_steps(struct row *row, uint32_t from, uint32_t to)
{
    put(row, from == NO_BLOCK || to == NO_BLOCK ? FAR : fminf(FAR, (float)(to - from)));
}

/* The next block from each on that is surely prose. */
static uint32_t *find_next(struct arena *arena, const struct look *look)
{
    uint32_t *next = arena_alloc(arena, look->count * sizeof *next), sure = NO_BLOCK;
    for (uint32_t i = look->count; i-- > 0;) {
        next[i] = sure;
        if (is_sure(look, i))
            sure = i;
    }
    return next;
}

void body_context_add(const struct job *job, struct body_features *features, const float *scores)
{
    struct look look = {.article = &job->article, .count = job->article.block_count};
    read_scores(job->arena, &look, features->verdicts, scores);
    find_run(&look);
    struct groups groups = sum_groups(job->arena, &look, features->labels);
    const uint32_t *next = find_next(job->arena, &look);
    float page = look.before[look.count].prose_bytes + 1;
    uint32_t last = NO_BLOCK;
    for (uint32_t i = 0; i < look.count; i++) {
        struct row row = {features->values + (size_t)i * BODY_ROW + BODY_FEATURES, 0};
        uint32_t section = groups.section[i];
        put_neighbours(&row, &look, i);
        put_around(&row, &look, i);
        put_group(&row, &look, i, &groups.own[section], page);
        put_group(&row, &look, i, &groups.outer[look.article->sections[section].parent], page);
        put_group(&row, &look, i, groups.kin[i], page);
        put(&row, look.before[i].prose_bytes / page);
        put(&row, log1pf(page));
        put_steps(&row, last, i);
        put_steps(&row, i, next[i]);
        put(&row, from_run(&look, i));
        put(&row, look.run_bytes / page);
        assert(row.count == BODY_CONTEXT);
        if (is_sure(&look, i))
            last = i;
    }
}
