/* sections: the containers of a page and their labels. Only for the files of page/. */
#ifndef NEWSMETA_PAGE_SECTIONS_INTERNAL_H
#define NEWSMETA_PAGE_SECTIONS_INTERNAL_H

#include "article/job.h"
#include "open_elements_internal.h"

#define RECENT_LABELS 128

struct section_list {
    struct arena *arena;
    uint32_t
        recent[RECENT_LABELS]; /* the last section with a label of this hash; cards of a list repeat each other's */
    struct section *items;
    size_t count, capacity;
};

/* Begins with section 0, the whole page. */
void sections_init(struct section_list *list, struct arena *arena);
/* Adds a section within `parent`, labelled as the element is; returns its number, or `parent` when there are too
 * many. */
uint32_t sections_add(struct section_list *list, uint32_t parent, const struct open_element *element,
                      uint32_t first_block);

/* The element's class, id, role, itemprop and component, lower-cased, joined by blanks; empty without any. */
struct slice sections_label(struct arena *arena, const struct open_element *element);

#endif
