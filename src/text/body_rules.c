#include "body_scan_internal.h"

/* ------------------------------------------------------------ another story */

#define STORY 250 /* bytes of prose; after less than that, the headline of the page itself may be said again */
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

/* ------------------------------------------------------ what label and words agree on */

#define NEAR 2          /* levels up to the label */
#define CERTAIN_CUE 3.0f /* weight of the phrase */

static bool is_near(const struct body_scan *scan, uint32_t section, enum section_class class)
{
    const uint8_t *own = scan->distances + (size_t)section * SECTION_CLASS_COUNT;
    const uint8_t *best = scan->distances + (size_t)scan->best_section * SECTION_CLASS_COUNT;
    return own[class] <= NEAR && own[class] < best[class] && best[class] > NEAR;
}

bool body_rules_is_box(const struct body_scan *scan, uint32_t index)
{
    static const struct {
        enum section_class class;
        enum body_cue cue;
    } boxes[] = {
        {SECTION_NEWSLETTER, CUE_OF_NEWSLETTER}, {SECTION_CONSENT, CUE_OF_CONSENT}, {SECTION_SHARE, CUE_OF_SHARE},
        {SECTION_ADVERTISEMENT, CUE_OF_ADVERTISEMENT}, {SECTION_RELATED, CUE_OF_TEASER},
    };
    for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++)
        if (scan->blocks[index].cues[boxes[i].cue] >= CERTAIN_CUE &&
            is_near(scan, scan->article->blocks[index].section, boxes[i].class))
            return true;
    return false;
}

/* -------------------------------------------------------------- articleBody */

#define PARAGRAPH 60  /* bytes; fewer words stand anywhere */
#define CLAIMED 0.9f  /* share of word triples; the claim may be cut or cleaned */

bool body_rules_is_claimed(const struct body_scan *scan, uint32_t index)
{
    const struct block_facts *facts = &scan->blocks[index];
    return scan->matches[index].body >= CLAIMED && facts->length >= PARAGRAPH && facts->link_density < 0.5f;
}
