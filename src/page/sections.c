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
    const char *at = part.ptr, *end = part.ptr + part.len;
    while (at < end) {
        if (ascii_is_space(*at)) {
            at++;
            continue;
        }
        size_t before = len, most = before ? LONGEST_LABEL : LONGEST_LABEL - 1;
        if (len == LONGEST_LABEL)
            return before;
        if (len)
            label[len++] = ' ';
        for (; at < end && !ascii_is_space(*at) && len < most; at++)
            label[len++] = ascii_to_lower(*at);
        if (at < end && !ascii_is_space(*at))
            return before; /* a word that does not fit whole is left out, and with it those behind */
    }
    return len;
}

static size_t build_label(const struct open_element *element, char *label)
{
    size_t len = add_part(label, 0, element->class_name);
    len = add_part(label, len, element->id);
    len = add_part(label, len, element->role);
    len = add_part(label, len, element->itemprop);
    len = add_part(label, len, element->component);
    return len;
}

struct slice sections_label(struct arena *arena, const struct open_element *element)
{
    char label[LONGEST_LABEL];
    size_t len = build_label(element, label);
    return len ? arena_copy(arena, slice_of(label, len)) : SLICE("");
}

/* Cheap rather than good: of the length and both ends. */
static size_t recent_slot(struct slice label)
{
    uint64_t first = 0, last = 0;
    size_t most = label.len < sizeof first ? label.len : sizeof first;
    memcpy(&first, label.ptr, most);
    memcpy(&last, label.ptr + label.len - most, most);
    return (size_t)(((first ^ last << 1) + label.len) * UINT64_C(0x9E3779B97F4A7C15) >> 32) % RECENT_LABELS;
}

/* A label that was met lately is shared with the section it was met at. */
static void set_label(struct section_list *list, uint32_t section, const struct open_element *element)
{
    char room[LONGEST_LABEL];
    struct section *own = &list->items[section];
    struct slice label = slice_of(room, build_label(element, room));
    uint32_t *recent = &list->recent[recent_slot(label)];
    const struct section *known = &list->items[*recent];
    own->alike = section;
    if (slice_equals(known->label, label)) {
        own->alike = known->alike;
        own->label = known->label;
        return;
    }
    own->label = arena_copy(list->arena, label);
    *recent = section;
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
        .is_article = element->tag == TAG_ARTICLE,
        .first_block = first_block,
        .end_block = first_block,
    };
    set_label(list, (uint32_t)list->count, element);
    return (uint32_t)list->count++;
}
