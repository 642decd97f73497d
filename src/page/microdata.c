#include "microdata_internal.h"

void microdata_init(struct microdata *microdata, const struct page_lexicon *lexicon, uint32_t *entities)
{
    microdata->lexicon = lexicon;
    microdata->count = 0;
    microdata->numbers = 0;
    microdata->entities = entities;
}

static enum item_role role_of_property(const struct page_lexicon *lexicon, struct slice itemprop)
{
    struct slice property;
    while (attribute_next_word(&itemprop, &property)) {
        const struct schema_property *known = page_lexicon_schema_property(lexicon, property);
        if (!known)
            continue;
        switch (known->kind) {
        case CLAIM_AUTHOR: return ITEM_AUTHOR;
        case CLAIM_SITE_NAME: return ITEM_PUBLISHER;
        case CLAIM_IMAGE: return ITEM_IMAGE;
        default: break;
        }
    }
    return ITEM_OWN;
}

const struct microdata_item *microdata_open(struct microdata *microdata, const struct tag_attributes *attributes,
                                            uint32_t depth)
{
    if (depth == 0 || microdata->count == MOST_ITEMS)
        return NULL;
    const struct microdata_item *around = microdata->count ? &microdata->items[microdata->count - 1] : NULL;
    struct microdata_item *item = &microdata->items[microdata->count++];
    struct slice types = attributes->itemtype, type;
    if (!attribute_next_word(&types, &type))
        type = SLICE_NULL;
    *item = (struct microdata_item){.depth = depth, .number = ++microdata->numbers, .type = schema_type_name(type)};
    item->class = page_lexicon_schema_class(microdata->lexicon, type);
    item->article = item->class == SCHEMA_ARTICLE;
    if (!slice_is_null(attributes->itemprop))
        item->role = role_of_property(microdata->lexicon, attributes->itemprop);
    bool nested = around && item->role != ITEM_OWN;
    if (nested && around->role != ITEM_OWN)
        item->role = ITEM_IGNORED; /* the logo of the publisher, the image of the author */
    item->entity = nested ? around->entity : ++*microdata->entities;
    if (nested)
        item->article = around->article;
    return item;
}

void microdata_close(struct microdata *microdata, uint32_t depth)
{
    while (microdata->count && microdata->items[microdata->count - 1].depth >= depth)
        microdata->count--;
}

bool microdata_is_named(const struct microdata *microdata, uint32_t number)
{
    /* A closed item keeps its place in the array until another one opens there. */
    for (size_t i = 0; i < MOST_ITEMS && number <= microdata->numbers; i++)
        if (microdata->items[i].number == number)
            return microdata->items[i].named;
    return false;
}

/* What a property of a nested item says of the item around it: its name, the address of an image. */
static bool claim_of_role(struct microdata_item *item, struct slice property, struct claim *claim)
{
    bool name = slice_equals(property, SLICE("name"));
    bool address = slice_equals(property, SLICE("url")) || slice_equals(property, SLICE("contentUrl"));
    if (item->role == ITEM_AUTHOR && name)
        claim->kind = CLAIM_AUTHOR;
    else if (item->role == ITEM_PUBLISHER && name)
        claim->kind = CLAIM_SITE_NAME;
    else if (item->role == ITEM_IMAGE && address)
        claim->kind = CLAIM_IMAGE;
    else
        return false;
    item->named = true;
    return true;
}

bool microdata_claim(struct microdata *microdata, struct slice property, struct claim *claim)
{
    struct microdata_item *item = microdata->count ? &microdata->items[microdata->count - 1] : NULL;
    *claim = (struct claim){.source = SOURCE_MICRODATA, .name = property};
    if (item) {
        claim->article = item->article;
        claim->entity = item->entity;
        claim->type = item->type;
        if (item->role != ITEM_OWN)
            return claim_of_role(item, property, claim);
    }
    const struct schema_property *known = page_lexicon_schema_property(microdata->lexicon, property);
    if (!known)
        return false;
    bool about_page = item && (item->class == SCHEMA_ARTICLE || item->class == SCHEMA_PAGE);
    if (known->item_only && !about_page)
        return false;
    claim->kind = known->kind;
    return true;
}
