#include "body_scan_internal.h"

#include <math.h>

#include "base/map.h"

static void add_blocks(struct body_scan *scan)
{
    const struct article *article = scan->article;
    for (uint32_t i = 0; i < article->block_count; i++) {
        const struct block *block = &article->blocks[i];
        struct section_facts *facts = &scan->sections[block->section];
        facts->direct += scan->blocks[i].prose;
        facts->bytes += scan->blocks[i].length;
        facts->link_bytes += (float)block->link_bytes;
        facts->blocks = (uint16_t)(facts->blocks < UINT16_MAX ? facts->blocks + 1 : facts->blocks);
        facts->all_blocks = facts->blocks;
    }
}

static void add_nested(struct body_scan *scan)
{
    const struct article *article = scan->article;
    for (uint32_t s = article->section_count; s-- > 0;) { /* children stand behind their parents */
        struct section_facts *facts = &scan->sections[s];
        facts->total += facts->direct;
        facts->score += facts->direct;
        if (s == 0)
            break;
        struct section_facts *parent = &scan->sections[article->sections[s].parent];
        parent->total += facts->total;
        parent->bytes += facts->bytes;
        parent->link_bytes += facts->link_bytes;
        uint32_t blocks = (uint32_t)parent->all_blocks + facts->all_blocks;
        parent->all_blocks = (uint16_t)(blocks < UINT16_MAX ? blocks : UINT16_MAX);
        parent->score += 0.5f * facts->direct; /* a paragraph may have a container of its own */
    }
}

static void take_logs(struct body_scan *scan)
{
    for (uint32_t s = 0; s < scan->article->section_count; s++)
        scan->sections[s].log_bytes = log1pf(scan->sections[s].bytes);
}

static void choose_best(struct body_scan *scan)
{
    for (uint32_t s = 1; s < scan->article->section_count; s++)
        if (scan->sections[s].score > scan->sections[scan->best_section].score)
            scan->best_section = s;
}

static void measure_distances(struct body_scan *scan)
{
    for (uint32_t s = 0; s < scan->article->section_count; s++) {
        uint8_t *own = scan->distances + (size_t)s * SECTION_CLASS_COUNT;
        const uint8_t *parent = scan->distances + (size_t)scan->article->sections[s].parent * SECTION_CLASS_COUNT;
        for (unsigned c = 0; c < SECTION_CLASS_COUNT; c++) {
            uint8_t outer = s == 0 ? MAX_DISTANCE : parent[c];
            own[c] = scan->classes[s] & 1u << c ? 0 : outer < MAX_DISTANCE ? (uint8_t)(outer + 1) : MAX_DISTANCE;
        }
    }
}

/* ------------------------------------------------------------- article elements */

#define FIRST_ARTICLE 250 /* bytes of prose; less is the teaser of another story */

static void find_articles(struct body_scan *scan)
{
    for (uint32_t s = 1; s < scan->article->section_count; s++) {
        const struct section *section = &scan->article->sections[s];
        struct section_facts *facts = &scan->sections[s];
        const struct section_facts *parent = &scan->sections[section->parent];
        bool element = section->is_article;
        facts->article = parent->article ? parent->article : element ? s : 0;
        facts->articles = (uint8_t)(parent->articles + (element && parent->articles < 9));
        if (scan->first_article == 0 && element && facts->total >= FIRST_ARTICLE)
            scan->first_article = facts->article;
    }
}

/* ------------------------------------------------- siblings that look the same */

#define LEAST_GROUP 3
#define MOST_NUMBERED 20
#define LABEL_HASHED 64 /* bytes of a label that tell cards of one list from other boxes */

struct group_key {
    uint32_t parent, tag;
    uint64_t label;
};

/* Numbers in labels ("post-1234") tell members apart, not groups. FNV-1a. */
static uint64_t hash_label(struct slice label)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < label.len && i < LABEL_HASHED; i++)
        if (!ascii_is_digit(label.ptr[i]))
            hash = (hash ^ (unsigned char)label.ptr[i]) * 0x100000001b3u;
    return hash;
}

static void collect_groups(struct body_scan *scan)
{
    struct arena *arena = scan->job->arena;
    uint32_t count = scan->article->section_count;
    struct map groups = map_make(arena, count);
    struct group_key *keys = arena_calloc(arena, count, sizeof *keys);
    scan->labels = arena_calloc(arena, count, sizeof *scan->labels);
    scan->groups = arena_calloc(arena, count, sizeof(struct group *));
    for (uint32_t s = 1; s < count; s++) {
        const struct section *section = &scan->article->sections[s];
        scan->labels[s] =
            section->alike && section->alike < s ? scan->labels[section->alike] : hash_label(section->label);
        if (scan->sections[s].bytes <= 0 || section->label.len == 0)
            continue;
        keys[s] = (struct group_key){section->parent, section->tag, scan->labels[s]};
        void **known = map_at(&groups, slice_of((const char *)&keys[s], sizeof keys[s]));
        if (!*known)
            *known = arena_calloc(arena, 1, sizeof(struct group));
        struct group *group = scan->groups[s] = *known;
        group->members++;
        group->bytes += scan->sections[s].bytes;
        group->link_bytes += scan->sections[s].link_bytes;
    }
}

/* A section in a group of three and more tells its members and their size; others take over their parent's. */
static void measure_groups(struct body_scan *scan)
{
    collect_groups(scan);
    scan->sections[0].group_distance = MAX_DISTANCE;
    for (uint32_t s = 1; s < scan->article->section_count; s++) {
        struct section_facts *facts = &scan->sections[s];
        const struct section_facts *parent = &scan->sections[scan->article->sections[s].parent];
        struct group *group = scan->groups[s];
        if (group && group->members >= LEAST_GROUP) {
            facts->members = group->members;
            facts->member_bytes = group->bytes / (float)group->members;
            facts->log_member_bytes = log1pf(facts->member_bytes);
            facts->member_links = group->link_bytes / group->bytes;
            facts->group_distance = 0;
            facts->member = (uint8_t)(group->numbered < MOST_NUMBERED ? ++group->numbered : MOST_NUMBERED);
        } else {
            facts->members = parent->members;
            facts->member_bytes = parent->member_bytes;
            facts->member_links = parent->member_links;
            facts->log_member_bytes = parent->log_member_bytes;
            facts->member = parent->member;
            facts->group_distance = (uint8_t)(parent->group_distance + (parent->group_distance < MAX_DISTANCE));
        }
    }
}

void body_containers_scan(struct body_scan *scan, const struct section_words *words)
{
    const struct article *article = scan->article;
    struct arena *arena = scan->job->arena;
    scan->sections = arena_calloc(arena, article->section_count, sizeof *scan->sections);
    scan->distances = arena_alloc(arena, (size_t)article->section_count * SECTION_CLASS_COUNT);
    scan->classes = section_words_classify(words, arena, article->sections, article->section_count);
    add_blocks(scan);
    add_nested(scan);
    take_logs(scan);
    choose_best(scan);
    measure_distances(scan);
    find_articles(scan);
    measure_groups(scan);
}

static bool holds(const struct section *section, uint32_t block)
{
    return section->first_block <= block && block < section->end_block;
}

/* Each group that the headline lies in is told by which member. */
static void place_headline(struct body_scan *scan, uint32_t headline)
{
    for (uint32_t s = scan->article->blocks[headline].section; s != 0; s = scan->article->sections[s].parent)
        if (scan->groups[s])
            scan->groups[s]->headline = s;
}

static uint8_t headline_member(const struct group *group, uint32_t section, uint8_t outer)
{
    if (outer == 2 || !group || group->members < 2 || !group->headline)
        return outer;
    return group->headline == section ? 1 : 2;
}

void body_containers_relate(struct body_scan *scan)
{
    const struct article *article = scan->article;
    uint32_t headline = scan->headline == NO_BLOCK ? 0 : scan->headline;
    uint16_t depth = article->sections[article->blocks[headline].section].depth;
    place_headline(scan, headline);
    for (uint32_t s = 0; s < article->section_count; s++) {
        const struct section *section = &article->sections[s];
        struct section_facts *facts = &scan->sections[s];
        const struct section_facts *parent = &scan->sections[section->parent];
        facts->headline_member = headline_member(scan->groups[s], s, parent->headline_member);
        if (s == 0 || holds(section, headline)) {
            unsigned down = depth > section->depth ? (unsigned)(depth - section->depth) : 0;
            facts->headline_up = 0;
            facts->headline_down = (uint8_t)(down < MAX_DISTANCE ? down : MAX_DISTANCE);
            facts->headline_prose = facts->total;
        } else {
            facts->headline_up = (uint8_t)(parent->headline_up + (parent->headline_up < MAX_DISTANCE));
            facts->headline_down = parent->headline_down;
            facts->headline_prose = parent->headline_prose;
        }
        if (scan->distances[(size_t)s * SECTION_CLASS_COUNT + SECTION_COMMENT] < MAX_DISTANCE)
            scan->comments += facts->direct;
    }
}
