#include "sections_internal.h"

#define LONGEST_LABEL 240 /* bytes; the words that tell a container's purpose come first, utility classes follow */

void sections_init(struct section_list *list, struct arena *arena)
{
    *list = (struct section_list){.arena = arena};
    list->items = arena_grow(arena, NULL, 0, &list->capacity, sizeof *list->items);
    list->items[list->count++] = (struct section){.tag = TAG_BODY, .label = SLICE("")};
}

static size_t add_part(char *label, size_t len, struct slice part)
{
    struct slice word;
    while (attribute_next_word(&part, &word) && len + word.len + 1 <= LONGEST_LABEL) {
        if (len)
            label[len++] = ' ';
        for (size_t i = 0; i < word.len; i++)
            label[len++] = ascii_to_lower(word.ptr[i]);
    }
    return len;
}

static struct slice make_label(struct arena *arena, const struct open_element *element)
{
    char label[LONGEST_LABEL];
    size_t len = add_part(label, 0, element->class_name);
    len = add_part(label, len, element->id);
    len = add_part(label, len, element->role);
    len = add_part(label, len, element->itemprop);
    len = add_part(label, len, element->component);
    return len ? arena_copy(arena, slice_of(label, len)) : SLICE("");
}

uint32_t sections_add(struct section_list *list, uint32_t parent, const struct open_element *element,
                      uint32_t first_block)
{
    if (list->count == LIMIT_SECTIONS)
        return parent;
    list->items = arena_grow(list->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    uint16_t depth = list->items[parent].depth;
    list->items[list->count] = (struct section){
        .parent = parent,
        .depth = (uint16_t)(depth + 1),
        .tag = element->tag,
        .label = make_label(list->arena, element),
        .first_block = first_block,
        .end_block = first_block,
    };
    return (uint32_t)list->count++;
}
