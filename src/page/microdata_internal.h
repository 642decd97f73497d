/* microdata: the stack of items (HTML standard, microdata) and what their properties claim. Only for the files of
 * page/. */
#ifndef NEWSMETA_PAGE_MICRODATA_INTERNAL_H
#define NEWSMETA_PAGE_MICRODATA_INTERNAL_H

#include "attributes_internal.h"

#define MOST_ITEMS 24 /* nested; deeper ones are not told apart */

/* An item that is the value of a property speaks for the item around it: author > name. */
enum item_role { ITEM_OWN, ITEM_AUTHOR, ITEM_PUBLISHER, ITEM_IMAGE, ITEM_IGNORED };

struct microdata_item {
    uint32_t depth;
    uint32_t number;          /* for fallbacks: counts all items */
    uint32_t entity;
    enum item_role role;
    enum schema_class class;
    struct slice type;
    bool article;
    bool named;               /* its name has been claimed */
};

struct microdata {
    const struct page_lexicon *lexicon;
    struct microdata_item items[MOST_ITEMS];
    size_t count;
    uint32_t numbers;
    uint32_t *entities;       /* counter shared with others who number items of the page */
};

void microdata_init(struct microdata *microdata, const struct page_lexicon *lexicon, uint32_t *entities);
/* Opens the item of an itemscope element; NULL if it cannot be told apart. */
const struct microdata_item *microdata_open(struct microdata *microdata, const struct tag_attributes *attributes,
                                            uint32_t depth);
/* Items of elements with this index or a higher one have ended. */
void microdata_close(struct microdata *microdata, uint32_t depth);
/* The claim that a property makes in the innermost item: fills kind, source, article, entity, type, name.
 * False if it makes none. */
bool microdata_claim(struct microdata *microdata, struct slice property, struct claim *claim);
/* Has an item of this number, open now or just closed, been named? */
bool microdata_is_named(const struct microdata *microdata, uint32_t number);

#endif
