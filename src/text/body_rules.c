#include "body_scan_internal.h"

/* ------------------------------------------------------------ another story */

#define STORY 250 /* bytes of prose; after less than that, the headline of the page itself may be said again */
#define BRIEF 120 /* bytes of prose; with less it is the teaser of a story, not one */
#define MARKER 80 /* bytes; longer text heads nothing */
#define CERTAIN_CUE 3.0f /* weight of a phrase */
#define HEAD 4    /* blocks; a story's date and byline stand as near as that to its headline */

static bool has_byline(const struct body_scan *scan, uint32_t heading)
{
    for (uint32_t i = heading; i < scan->article->block_count && i <= heading + HEAD; i++)
        if (scan->matches[i].times || scan->matches[i].authors)
            return true;
    return false;
}

/* The container that the prose before ends in: of a paragraph with a container of its own, the one around it. */
static uint32_t container_of(const struct article *article, uint32_t block)
{
    uint32_t section = article->blocks[block].section;
    return article->sections[section].end_block - article->sections[section].first_block > 1
               ? section
               : article->sections[section].parent;
}

uint32_t body_rules_next_story(const struct body_scan *scan)
{
    const struct article *article = scan->article;
    if (scan->headline == NO_BLOCK || article->blocks[scan->headline].level != 1)
        return NO_BLOCK;
    float prose = 0;
    uint32_t end = 0; /* of the container that the last prose stands in */
    for (uint32_t i = scan->headline + 1; i < article->block_count; i++) {
        const struct block *block = &article->blocks[i];
        bool headline = block->tag == BLOCK_HEADING && block->level == 1 && !(block->flags & BLOCK_HIDDEN);
        if (headline && prose >= STORY && i >= end && scan->first_alike[i] != scan->headline && has_byline(scan, i))
            return i;
        prose += scan->blocks[i].prose;
        if (scan->blocks[i].prose > 0)
            end = article->sections[container_of(article, i)].end_block;
    }
    return NO_BLOCK;
}

/* Whether the section begins with a heading of the headline's level that links somewhere: to its own story. */
static bool is_headed_alike(const struct body_scan *scan, uint32_t section)
{
    const struct article *article = scan->article;
    const struct section *place = &article->sections[section];
    for (uint32_t i = place->first_block; i < place->end_block && i <= place->first_block + HEAD; i++)
        if (article->blocks[i].tag == BLOCK_HEADING)
            return article->blocks[i].level == article->blocks[scan->headline].level &&
                   scan->blocks[i].link_density > 0.5f;
    return false;
}

static bool is_sibling_story(const struct body_scan *scan, uint32_t section)
{
    const struct group *group = scan->groups[section];
    return scan->headline != NO_BLOCK && group && group->headline && group->headline != section &&
           scan->sections[group->headline].total >= BRIEF && is_headed_alike(scan, section);
}

/* ------------------------------------------------------ what a line announces */

#define ANNOUNCES 4.5f /* weight of a phrase that heads what follows; "Reply" and the like weigh less */

/* The outermost container around the block that begins behind the prose so far, and not long before the block; 0 if
 * there is none. */
static uint32_t container_behind(const struct article *article, uint32_t block, uint32_t last_prose)
{
    uint32_t section = article->blocks[block].section, found = 0;
    for (; section != 0; section = article->sections[section].parent) {
        uint32_t first = article->sections[section].first_block;
        if (first <= last_prose || first + HEAD < block)
            break;
        found = section;
    }
    return found;
}

/* "12 comments"; "More stories", as a heading. */
static bool heads_comments(const struct body_scan *scan, uint32_t block)
{
    return scan->blocks[block].length <= MARKER && scan->blocks[block].cues[CUE_OF_COMMENT] >= ANNOUNCES;
}

static bool heads_teasers(const struct body_scan *scan, uint32_t block)
{
    return scan->article->blocks[block].tag == BLOCK_HEADING && scan->blocks[block].length <= MARKER &&
           scan->blocks[block].cues[CUE_OF_TEASER] >= ANNOUNCES;
}

/* Such a line speaks for all that its container holds, if that begins behind the story's prose; of other stories there
 * is less to read there than of the page's own. */
static void mark_announced(const struct body_scan *scan, enum block_role *strange)
{
    float prose = 0;
    uint32_t last = 0;
    for (uint32_t i = scan->headline == NO_BLOCK ? 0 : scan->headline; i < scan->article->block_count; i++) {
        bool comments = prose >= STORY && heads_comments(scan, i);
        if (comments || (prose >= STORY && heads_teasers(scan, i))) {
            uint32_t section = container_behind(scan->article, i, last);
            if (comments || scan->sections[section].total <= prose)
                strange[section] = comments ? ROLE_COMMENT : ROLE_TEASER;
        }
        prose += scan->blocks[i].prose;
        last = scan->blocks[i].prose > 0 ? i : last;
    }
    strange[0] = ROLE_UNKNOWN;
}

/* "35 Comments" may stand alone in a box of its own: what is labelled as comments behind it is no less announced. */
static void mark_labelled_comments(const struct body_scan *scan, enum block_role *strange)
{
    const struct article *article = scan->article;
    float prose = 0;
    uint32_t at = scan->headline == NO_BLOCK ? 0 : scan->headline;
    for (; at < article->block_count && !(prose >= STORY && heads_comments(scan, at)); at++)
        prose += scan->blocks[at].prose;
    for (uint32_t s = 1; at < article->block_count && s < article->section_count; s++)
        if (article->sections[s].first_block > at &&
            scan->distances[(size_t)s * SECTION_CLASS_COUNT + SECTION_COMMENT] == 0)
            strange[s] = ROLE_COMMENT;
}

/* ------------------------------------------------------------ boxes of other stories */

#define SENTENCE 60 /* bytes of prose */
#define LEAD 2 /* blocks: a standfirst may stand above the headline */

uint32_t body_rules_home(const struct body_scan *scan)
{
    const struct section *sections = scan->article->sections;
    uint32_t home = scan->headline == NO_BLOCK ? 0 : scan->article->blocks[scan->headline].section;
    while (home != 0 && scan->sections[home].total < SENTENCE)
        home = sections[home].parent;
    return home;
}

bool body_rules_is_before_home(const struct body_scan *scan, uint32_t index)
{
    float total = scan->sections[scan->home].total;
    uint32_t first = scan->article->sections[scan->home].first_block;
    if (total < STORY || index >= first)
        return false;
    return scan->article->blocks[index].tag == BLOCK_LIST_ITEM || (total * 2 >= scan->prose && index + LEAD < first);
}

/* Where the story's home holds all prose so far, a heading of teasers that has a container of its own heads whatever
 * stands beside that: its block, by the section around; 0 if there is none. */
static uint32_t *find_heads(const struct body_scan *scan)
{
    const struct article *article = scan->article;
    uint32_t *heads = arena_calloc(scan->job->arena, article->section_count, sizeof *heads);
    float away = 0; /* prose behind the home */
    if (scan->home == 0 || scan->sections[scan->home].total < STORY)
        return heads;
    for (uint32_t i = article->sections[scan->home].end_block; i < article->block_count && away < BRIEF; i++) {
        const struct section *place = &article->sections[article->blocks[i].section];
        if (heads_teasers(scan, i) && place->end_block - place->first_block == 1 && heads[place->parent] == 0)
            heads[place->parent] = i;
        away += scan->blocks[i].prose;
    }
    return heads;
}

static bool is_headed_from_beside(const struct body_scan *scan, const uint32_t *heads, uint32_t section)
{
    const struct section *place = &scan->article->sections[section];
    uint32_t head = heads[place->parent];
    return head && place->first_block > head;
}

/* ---------------------------------------------------------------- the page's foot */

/* Behind the headline and the section that holds most of the story, not like it, and with less to read. */
static bool may_be_foot(const struct body_scan *scan, uint32_t section)
{
    const struct section *place = &scan->article->sections[section];
    uint32_t best = scan->best_section;
    return place->first_block > scan->headline && place->first_block >= scan->article->sections[best].end_block &&
           (!scan->groups[section] || scan->groups[section] != scan->groups[best]) &&
           scan->sections[section].total * 2 < scan->prose;
}

/* The outermost such container around the page's last line of copyright, behind which no prose stands; 0 if there is
 * none. On labelled pages one block in a hundred of these is prose. */
static uint32_t find_foot(const struct body_scan *scan)
{
    const struct article *article = scan->article;
    uint32_t at = article->block_count, found = 0;
    float behind = 0;
    while (at > 0 && !body_lines_is_copyright(&scan->blocks[at - 1]) && behind < BRIEF)
        behind += scan->blocks[--at].prose;
    if (at == 0 || behind >= BRIEF || scan->headline == NO_BLOCK)
        return 0;
    for (uint32_t s = article->blocks[at - 1].section; s != 0; s = article->sections[s].parent)
        found = may_be_foot(scan, s) ? s : found;
    return found;
}

enum block_role *body_rules_strange_sections(const struct body_scan *scan)
{
    const struct article *article = scan->article;
    enum block_role *strange = arena_calloc(scan->job->arena, article->section_count, sizeof *strange);
    mark_announced(scan, strange);
    mark_labelled_comments(scan, strange);
    const uint32_t *heads = find_heads(scan);
    uint32_t foot = find_foot(scan);
    if (foot && strange[foot] == ROLE_UNKNOWN)
        strange[foot] = ROLE_FOOTER;
    for (uint32_t s = 1; s < article->section_count; s++) {
        if (strange[s] == ROLE_UNKNOWN)
            strange[s] = strange[article->sections[s].parent];
        if (strange[s] == ROLE_UNKNOWN && (is_sibling_story(scan, s) || is_headed_from_beside(scan, heads, s)))
            strange[s] = ROLE_TEASER;
    }
    return strange;
}

/* -------------------------------------------------------- the end of the story */

#define CLOSING 60 /* bytes; a longer line that begins alike is a sentence */

static bool closes_story(const struct body_scan *scan, uint32_t index)
{
    const struct block *block = &scan->article->blocks[index];
    const struct block_facts *facts = &scan->blocks[index];
    return facts->closes && !facts->copyright && facts->length <= CLOSING && facts->link_density <= 0.5f &&
           block->tag != BLOCK_LIST_ITEM && !(block->flags & (BLOCK_IN_TABLE | BLOCK_HIDDEN));
}

static float prose_between(const struct body_scan *scan, uint32_t from, uint32_t to)
{
    float prose = 0;
    for (uint32_t i = from; i < to; i++)
        prose += scan->blocks[i].prose;
    return prose;
}

void body_rules_close(const struct body_scan *scan, int8_t *verdicts)
{
    const struct article *article = scan->article;
    uint32_t at = scan->headline == NO_BLOCK ? 0 : scan->headline + 1;
    float prose = 0;
    for (; at < article->block_count && !(prose >= STORY && closes_story(scan, at)); at++)
        prose += scan->blocks[at].prose;
    if (at == article->block_count)
        return;
    uint32_t end = article->sections[container_of(article, at)].end_block;
    float behind = prose_between(scan, end, article->block_count),
          at_home = prose_between(scan, end, article->sections[scan->home].end_block);
    bool last = prose_between(scan, at, end) * 2 < prose && at_home < BRIEF && behind < prose;
    for (uint32_t i = at; i < end && last; i++)
        verdicts[i] = -1;
}

/* ----------------------------------------------------------------- a sentence */

#define SHORTEST 30    /* bytes */
#define FEW_LINKS 0.34f /* share of its bytes */

bool body_rules_is_sentence(const struct body_scan *scan, uint32_t index)
{
    const struct block *block = &scan->article->blocks[index];
    const struct block_facts *facts = &scan->blocks[index];
    if ((block->tag != BLOCK_PARAGRAPH && block->tag != BLOCK_LOOSE) || block->flags & BLOCK_HIDDEN ||
        facts->ending != 2 || facts->length < SHORTEST || facts->link_density > FEW_LINKS)
        return false;
    for (size_t i = 0; i < BODY_CUES; i++)
        if (facts->cues[i] >= CERTAIN_CUE)
            return false;
    return true;
}

/* -------------------------------------------------------------- articleBody */

#define PARAGRAPH 60  /* bytes; fewer words stand anywhere */
#define CLAIMED 0.9f  /* share of word triples; the claim may be cut or cleaned */

bool body_rules_is_claimed(const struct body_scan *scan, uint32_t index)
{
    const struct block_facts *facts = &scan->blocks[index];
    return scan->matches[index].body >= CLAIMED && facts->length >= PARAGRAPH && facts->link_density < 0.5f;
}
