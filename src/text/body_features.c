#include "body_features.h"

#include <assert.h>
#include <math.h>

#include "body_scan_internal.h"

struct row {
    float *values;
    size_t count;
};

static void put(struct row *row, float value)
{
    row->values[row->count++] = value;
}

static float share_of(const struct body_scan *scan, float prose)
{
    return scan->prose > 0 ? prose / scan->prose : 0;
}

static void put_own(struct row *row, const struct block_facts *facts, const struct block *block)
{
    put(row, facts->log_length);
    put(row, facts->words);
    put(row, facts->link_density);
    put(row, (float)block->links);
    put(row, facts->stops);
    put(row, facts->commas);
    put(row, facts->upper);
    put(row, facts->digits);
    put(row, (float)facts->ending);
    put(row, (float)facts->start);
    put(row, (float)facts->repeated);
    put(row, (float)(facts->copyright + 2 * facts->bar + 4 * facts->at_sign));
    put(row, (float)block->tag);
    put(row, (float)block->level);
    for (unsigned bit = 0; bit <= 12; bit++) /* BLOCK_IN_ARTICLE to BLOCK_IN_BUTTON */
        put(row, (float)(block->flags >> bit & 1));
    put(row, (float)(block->flags / BLOCK_BOLD & 1));
    put(row, facts->capitalised);
    put(row, facts->quotes);
    put(row, facts->length / facts->words);
    put(row, facts->dated);
    put(row, facts->running);
}

static float other_cues(const struct block_facts *facts)
{
    static const enum body_cue others[] = {CUE_OF_NAVIGATION, CUE_OF_CONSENT,    CUE_OF_ADVERTISEMENT, CUE_OF_SHARE,
                                           CUE_OF_NEWSLETTER, CUE_OF_AUTHOR_BIO, CUE_OF_FOOTER};
    float most = 0;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        most = fmaxf(most, facts->cues[others[i]]);
    return most;
}

#define FAR 60 /* blocks; a heading further up heads something else */

static void put_cues(struct row *row, const struct body_scan *scan, uint32_t index)
{
    const struct block_facts *facts = &scan->blocks[index];
    for (size_t i = 0; i < BODY_CUES; i++)
        put(row, facts->cues[i]);
    const struct block_facts *heading = facts->heading == NO_BLOCK ? NULL : &scan->blocks[facts->heading];
    put(row, heading ? heading->cues[CUE_OF_TEASER] : 0);
    put(row, heading ? heading->cues[CUE_OF_COMMENT] : 0);
    put(row, heading ? other_cues(heading) : 0);
    put(row, heading ? fminf(FAR, (float)(index - facts->heading)) : FAR);
    put(row, heading ? (float)scan->article->blocks[facts->heading].level : -1);
}

static void put_section_text(struct row *row, const struct section_facts *facts)
{
    put(row, facts->log_bytes);
    put(row, facts->link_bytes / (facts->bytes + 1));
    put(row, facts->total / (facts->bytes + 1));
}

static void put_containers(struct row *row, const struct body_scan *scan, uint32_t section)
{
    const struct section *sections = scan->article->sections;
    const struct section_facts *facts = &scan->sections[section];
    const uint8_t *distances = scan->distances + (size_t)section * SECTION_CLASS_COUNT;
    for (unsigned c = 0; c < SECTION_CLASS_COUNT; c++)
        put(row, (float)distances[c]);
    put(row, share_of(scan, facts->direct));
    put(row, (float)facts->blocks);
    uint32_t outer = section;
    for (int level = 0; level < 4; level++) {
        put(row, share_of(scan, scan->sections[outer].total));
        if (level < 3)
            put_section_text(row, &scan->sections[outer]);
        outer = sections[outer].parent;
    }
    put(row, (float)sections[section].is_article);
    put(row, (float)facts->members);
    put(row, facts->log_member_bytes);
    put(row, facts->member_links);
    put(row, (float)facts->group_distance);
    put(row, (float)facts->member);
    put(row, (float)facts->headline_up);
    put(row, (float)facts->headline_down);
    put(row, share_of(scan, facts->headline_prose));
    put(row, (float)facts->headline_member);
}

/* 0: none on the page, 1: the same, 2: outside of any, 3: another one. */
static float article_relation(uint32_t own, uint32_t wanted)
{
    return wanted == 0 ? 0 : own == wanted ? 1 : own == 0 ? 2 : 3;
}

static void put_best(struct row *row, const struct body_scan *scan, uint32_t section)
{
    const struct section *sections = scan->article->sections;
    uint32_t best = scan->best_section, steps = 0, outer = section;
    put(row, (float)sections[section].depth - (float)sections[best].depth);
    for (; outer != best && outer != 0 && steps < MAX_DISTANCE; steps++)
        outer = sections[outer].parent;
    put(row, outer == best ? (float)steps : MAX_DISTANCE + 1);
    put(row, share_of(scan, scan->sections[best].total));
    put(row, article_relation(scan->sections[section].article, scan->sections[best].article));
    put(row, article_relation(scan->sections[section].article, scan->first_article));
    put(row, (float)scan->sections[section].articles);
}

/* The narrowest container that holds headline and prose: whether the block lies in it, how much of the page's prose
 * does. */
static void put_home(struct row *row, const struct body_scan *scan, uint32_t index)
{
    const struct section *home = &scan->article->sections[scan->home];
    put(row, scan->home == 0 ? -1 : index < home->first_block ? 1 : index >= home->end_block ? 2 : 0);
    put(row, scan->home == 0 ? -1 : share_of(scan, scan->sections[scan->home].total));
}

static void put_neighbours(struct row *row, const struct body_scan *scan, uint32_t index)
{
    static const int steps[] = {-2, -1, 1, 2};
    float around = 0;
    for (size_t i = 0; i < 4; i++) {
        int64_t at = (int64_t)index + steps[i];
        bool there = at >= 0 && at < scan->article->block_count;
        const struct block_facts *facts = there ? &scan->blocks[at] : NULL;
        put(row, there ? facts->log_length : -1);
        put(row, there ? facts->link_density : -1);
        put(row, there ? (float)(scan->article->blocks[at].section == scan->article->blocks[index].section) : -1);
    }
    for (int64_t at = (int64_t)index - 4; at <= (int64_t)index + 4; at++)
        if (at >= 0 && at < scan->article->block_count && at != index)
            around += scan->blocks[at].prose;
    put(row, log1pf(around));
}

static void put_claims(struct row *row, const struct body_scan *scan, uint32_t index)
{
    float times = 0, authors = 0;
    for (int64_t at = (int64_t)index - 2; at <= (int64_t)index + 2; at++)
        if (at >= 0 && at < scan->article->block_count) {
            times += (float)scan->matches[at].times;
            authors += (float)scan->matches[at].authors;
        }
    put(row, scan->matches[index].description);
    put(row, scan->matches[index].body);
    put(row, times);
    put(row, authors);
}

/* A short line that says what follows: "12 comments", "Read more". */
struct marker {
    uint32_t block; /* NO_BLOCK if there was none */
    float prose;    /* before it */
};

/* What has gone by before a block. */
struct passed {
    float prose;
    uint32_t headings; /* of the first level, behind the headline */
    uint32_t since;    /* blocks since the last prose */
    struct marker comments, teasers;
};

#define LONG_AGO 200 /* blocks; so far down a line says nothing any more */

static void put_marker(struct row *row, const struct body_scan *scan, uint32_t index, const struct marker *marker,
                       float prose)
{
    bool seen = marker->block != NO_BLOCK;
    put(row, seen ? fminf(LONG_AGO, (float)(index - marker->block)) : LONG_AGO);
    put(row, seen ? share_of(scan, prose - marker->prose) : -1);
}

static void put_position(struct row *row, const struct body_scan *scan, uint32_t index, const struct passed *passed)
{
    put(row, (float)index / (float)scan->article->block_count);
    put(row, share_of(scan, passed->prose));
    put(row, scan->headline == NO_BLOCK ? -1000 : (float)index - (float)scan->headline);
    put(row, (float)scan->article->block_count);
    put(row, scan->log_prose);
    put(row, (float)passed->headings);
    put(row, (float)passed->since);
    put(row, scan->hidden_prose / (scan->hidden_prose + scan->prose + 1));
    put(row, (float)scan->typed);
    put(row, scan->log_story);
    put_marker(row, scan, index, &passed->comments, passed->prose);
    put_marker(row, scan, index, &passed->teasers, passed->prose);
}

#define MARKER_LENGTH 80 /* bytes; longer text marks nothing */
#define MARKER_CUE 2.0f  /* weight of the phrase */

static void pass_marker(struct marker *marker, float cue, uint32_t index, float prose)
{
    if (cue >= MARKER_CUE)
        *marker = (struct marker){index, prose};
}

static void pass(struct passed *passed, const struct body_scan *scan, uint32_t index)
{
    const struct block *block = &scan->article->blocks[index];
    passed->prose += scan->blocks[index].prose;
    passed->since = scan->blocks[index].prose > 0 ? 0 : passed->since + 1;
    if (block->tag == BLOCK_HEADING && block->level == 1 && scan->headline != NO_BLOCK && index > scan->headline)
        passed->headings++;
    if (scan->blocks[index].length > MARKER_LENGTH)
        return;
    pass_marker(&passed->comments, scan->blocks[index].cues[CUE_OF_COMMENT], index, passed->prose);
    pass_marker(&passed->teasers, scan->blocks[index].cues[CUE_OF_TEASER], index, passed->prose);
}

static int8_t *find_verdicts(const struct body_scan *scan, const enum block_role *strange)
{
    int8_t *verdicts = arena_calloc(scan->job->arena, scan->article->block_count, sizeof *verdicts);
    uint32_t next_story = body_rules_next_story(scan);
    for (uint32_t i = 0; i < scan->article->block_count; i++)
        if (i == scan->headline || i >= next_story || strange[scan->article->blocks[i].section] != ROLE_UNKNOWN ||
            body_lines_is_box(scan, i) || body_rules_is_before_home(scan, i))
            verdicts[i] = -1;
        else if (body_rules_is_claimed(scan, i))
            verdicts[i] = 1;
    body_rules_close(scan, verdicts);
    return verdicts;
}

static bool *find_sentences(const struct body_scan *scan)
{
    bool *sentences = arena_calloc(scan->job->arena, scan->article->block_count, sizeof *sentences);
    for (uint32_t i = 0; i < scan->article->block_count; i++)
        sentences[i] = body_rules_is_sentence(scan, i);
    return sentences;
}

struct body_features body_features_make(const struct job *job, const struct section_words *words)
{
    const struct article *article = &job->article;
    struct arena *arena = job->arena;
    struct body_scan scan = {.job = job, .article = article};
    body_facts_scan(&scan);
    body_containers_scan(&scan, words);
    body_claims_scan(&scan);
    body_containers_relate(&scan);
    scan.log_prose = log1pf(scan.prose);
    scan.log_story = log1pf(scan.prose - scan.comments);
    scan.home = body_rules_home(&scan);
    struct passed passed = {.comments = {NO_BLOCK, 0}, .teasers = {NO_BLOCK, 0}};
    float *values = arena_alloc(arena, (size_t)article->block_count * BODY_ROW * sizeof *values);
    for (uint32_t i = 0; i < article->block_count; i++) {
        struct row row = {values + (size_t)i * BODY_ROW, 0};
        put_own(&row, &scan.blocks[i], &article->blocks[i]);
        put_cues(&row, &scan, i);
        put_containers(&row, &scan, article->blocks[i].section);
        put_best(&row, &scan, article->blocks[i].section);
        put_home(&row, &scan, i);
        put_neighbours(&row, &scan, i);
        put_claims(&row, &scan, i);
        put_position(&row, &scan, i, &passed);
        pass(&passed, &scan, i);
        assert(row.count == BODY_FEATURES);
    }
    enum block_role *strange = body_rules_strange_sections(&scan);
    return (struct body_features){
        .values = values,
        .labels = scan.labels,
        .classes = scan.classes,
        .headline = scan.headline,
        .first_alike = scan.first_alike,
        .sentences = find_sentences(&scan),
        .verdicts = find_verdicts(&scan, strange),
        .roles = strange,
    };
}
