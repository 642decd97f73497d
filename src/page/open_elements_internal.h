/* open_elements: the stack of open elements, as far as one can tell without a tree (after the HTML
 * standard's tree construction, 13.2.6, cut down to what moves text from one block to another).
 *
 * Every question costs O(1): each element remembers the nearest open element of its own tag below it and
 * the nearest barriers of every kind, so no search walks the stack. Only for the files of page/. */
#ifndef NEWSMETA_PAGE_OPEN_ELEMENTS_INTERNAL_H
#define NEWSMETA_PAGE_OPEN_ELEMENTS_INTERNAL_H

#include "article/limits.h"
#include "attributes_internal.h"

enum tag_trait {
    TRAIT_VOID = 1 << 0,      /* has no content, is never open */
    TRAIT_BOUNDARY = 1 << 1,  /* a block begins and ends with it */
    TRAIT_SECTION = 1 << 2,   /* a container: always a section */
    TRAIT_LABELLED = 1 << 3,  /* a section if it has a label */
    TRAIT_CLOSES_P = 1 << 4,  /* its start tag ends a paragraph */
    TRAIT_SPECIAL = 1 << 5,   /* end tags of inline elements do not reach across it */
    TRAIT_SCOPE = 1 << 6,     /* end tags of blocks do not reach across it */
    TRAIT_ITEM_SCOPE = 1 << 7, /* a new li, dt or dd does not end one across it */
    TRAIT_MUTED = 1 << 8,     /* its text is not shown as text */
    TRAIT_HIDDEN = 1 << 9,    /* its text is not shown, but may be worth a look */
    TRAIT_HEAD = 1 << 10,     /* may stand in the head */
    TRAIT_FORMATTING = 1 << 11, /* its end tag ends it even across block boundaries */
    TRAIT_KEEPS_KIND = 1 << 12, /* all blocks in it are of its kind: headings, captions */
    TRAIT_FOREIGN = 1 << 13   /* svg, math */
};

struct tag_traits {
    uint16_t traits;
    uint16_t flags;    /* enum block_flag that its content gets */
    uint8_t kind;      /* enum block_tag of text directly in it */
    uint8_t level;
};

const struct tag_traits *tag_traits(enum html_tag tag);

struct open_element {
    uint16_t tag;
    uint16_t below;      /* index of the nearest open element of the same tag, 0: none */
    uint16_t scope, table_scope, item_scope, special; /* index of the nearest such barrier, itself included */
    uint16_t flags;      /* enum block_flag of text in it */
    uint8_t kind, level; /* enum block_tag of text in it */
    bool detached;       /* ended across a block: a formatting element that no longer counts */
    bool keeps_kind;
    uint32_t section;    /* of text in it */
    bool owns_section;   /* that section is its own */
    bool labelled;       /* inline, with a label that may become a section's */
    uint32_t text_start; /* where in the page's text it began */
    bool began_block;    /* inline: no text of the open block stands before it */
    struct slice name;   /* of TAG_OTHER */
    struct slice class_name, id, role, itemprop, component; /* the label's parts */
};

struct open_elements {
    size_t count;
    uint16_t nearest[TAG_COUNT]; /* index of the innermost open element of a tag, 0: none */
    uint32_t deeper[TAG_COUNT];  /* start tags beyond the cap, which the last element stands for */
    uint32_t deeper_total;
    struct open_element items[LIMIT_OPEN_ELEMENTS]; /* [count]; [0] stands for body and is never popped */
};

void open_elements_init(struct open_elements *open);
static inline struct open_element *open_elements_top(struct open_elements *open)
{
    return &open->items[open->count - 1];
}

/* Pushes an element that inherits what text in it gets; NULL when the stack is full. */
struct open_element *open_elements_push(struct open_elements *open, enum html_tag tag, struct slice name);
/* Takes the top off (never element 0). */
void open_elements_pop(struct open_elements *open);
/* Index of the outermost element that a start tag of this kind ends; 0: none. */
size_t open_elements_ended_by_start(struct open_elements *open, enum html_tag tag);
/* Index of the element that an end tag of this kind ends; 0: none, the end tag is to be ignored. An end tag of a
 * formatting element that has blocks open in it detaches it at once, and answers 0. */
size_t open_elements_ended_by_end(struct open_elements *open, enum html_tag tag, struct slice name);

#endif
