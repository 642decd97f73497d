#include "open_elements_internal.h"

/* Elements with a name of their own are told apart by name; of those that are open only the innermost few are
 * compared, so that a flood of unknown names stays linear. */
#define CUSTOM_REACH 16

#define BLOCK (TRAIT_BOUNDARY | TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_ITEM_SCOPE)
#define CONTAINER (BLOCK | TRAIT_SECTION)
#define CELL (TRAIT_BOUNDARY | TRAIT_SECTION | TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_ITEM_SCOPE)
#define ROW (TRAIT_BOUNDARY | TRAIT_SPECIAL | TRAIT_ITEM_SCOPE)
#define ITEM (TRAIT_BOUNDARY | TRAIT_CLOSES_P | TRAIT_SPECIAL | TRAIT_SECTION)
#define HEADING (BLOCK | TRAIT_LABELLED | TRAIT_KEEPS_KIND)
#define INLINE_LOOSE 0, 0, BLOCK_LOOSE, 0

static const struct tag_traits traits_table[TAG_COUNT] = {
    [TAG_OTHER] = {INLINE_LOOSE},
    [TAG_A] = {TRAIT_FORMATTING, 0, 0, 0},
    [TAG_B] = {TRAIT_FORMATTING, 0, 0, 0},
    [TAG_CODE] = {TRAIT_FORMATTING, 0, 0, 0},
    [TAG_EM] = {TRAIT_FORMATTING, 0, 0, 0},
    [TAG_FONT] = {TRAIT_FORMATTING, 0, 0, 0},
    [TAG_I] = {TRAIT_FORMATTING, 0, 0, 0},
    [TAG_S] = {TRAIT_FORMATTING, 0, 0, 0},
    [TAG_SMALL] = {TRAIT_FORMATTING, 0, 0, 0},
    [TAG_STRIKE] = {TRAIT_FORMATTING, 0, 0, 0},
    [TAG_STRONG] = {TRAIT_FORMATTING, 0, 0, 0},
    [TAG_TT] = {TRAIT_FORMATTING, 0, 0, 0},
    [TAG_U] = {TRAIT_FORMATTING, 0, 0, 0},

    [TAG_BASE] = {TRAIT_VOID | TRAIT_HEAD, 0, 0, 0},
    [TAG_BR] = {TRAIT_VOID, 0, 0, 0},
    [TAG_COL] = {TRAIT_VOID, 0, 0, 0},
    [TAG_EMBED] = {TRAIT_VOID, 0, 0, 0},
    [TAG_FRAME] = {TRAIT_VOID, 0, 0, 0},
    [TAG_HR] = {TRAIT_VOID | TRAIT_BOUNDARY | TRAIT_CLOSES_P, 0, 0, 0},
    [TAG_IMG] = {TRAIT_VOID, 0, 0, 0},
    [TAG_INPUT] = {TRAIT_VOID, 0, 0, 0},
    [TAG_LINK] = {TRAIT_VOID | TRAIT_HEAD, 0, 0, 0},
    [TAG_META] = {TRAIT_VOID | TRAIT_HEAD, 0, 0, 0},
    [TAG_PARAM] = {TRAIT_VOID, 0, 0, 0},
    [TAG_SOURCE] = {TRAIT_VOID, 0, 0, 0},
    [TAG_TRACK] = {TRAIT_VOID, 0, 0, 0},
    [TAG_WBR] = {TRAIT_VOID, 0, 0, 0},

    [TAG_ADDRESS] = {BLOCK | TRAIT_SECTION, 0, BLOCK_LOOSE, 0},
    [TAG_ARTICLE] = {CONTAINER, BLOCK_IN_ARTICLE, BLOCK_LOOSE, 0},
    [TAG_ASIDE] = {CONTAINER, BLOCK_IN_ASIDE, BLOCK_LOOSE, 0},
    [TAG_BLOCKQUOTE] = {CONTAINER, BLOCK_IN_QUOTE, BLOCK_QUOTE, 0},
    [TAG_CENTER] = {CONTAINER, 0, BLOCK_LOOSE, 0},
    [TAG_DETAILS] = {CONTAINER, 0, BLOCK_LOOSE, 0},
    [TAG_DIALOG] = {CONTAINER, 0, BLOCK_LOOSE, 0},
    [TAG_DIV] = {CONTAINER & ~TRAIT_ITEM_SCOPE, 0, BLOCK_LOOSE, 0},
    [TAG_FIELDSET] = {CONTAINER, 0, BLOCK_LOOSE, 0},
    [TAG_FIGURE] = {CONTAINER, BLOCK_IN_FIGURE, BLOCK_LOOSE, 0},
    [TAG_FOOTER] = {CONTAINER, BLOCK_IN_FOOTER, BLOCK_LOOSE, 0},
    [TAG_FORM] = {CONTAINER, BLOCK_IN_FORM, BLOCK_LOOSE, 0},
    [TAG_HEADER] = {CONTAINER, BLOCK_IN_HEADER, BLOCK_LOOSE, 0},
    [TAG_HGROUP] = {CONTAINER, 0, BLOCK_LOOSE, 0},
    [TAG_MAIN] = {CONTAINER, BLOCK_IN_MAIN, BLOCK_LOOSE, 0},
    [TAG_NAV] = {CONTAINER, BLOCK_IN_NAV, BLOCK_LOOSE, 0},
    [TAG_SEARCH] = {CONTAINER, BLOCK_IN_FORM, BLOCK_LOOSE, 0},
    [TAG_SECTION] = {CONTAINER, 0, BLOCK_LOOSE, 0},
    [TAG_DL] = {CONTAINER, BLOCK_IN_LIST, BLOCK_LOOSE, 0},
    [TAG_MENU] = {CONTAINER, BLOCK_IN_LIST, BLOCK_LOOSE, 0},
    [TAG_OL] = {CONTAINER, BLOCK_IN_LIST, BLOCK_LOOSE, 0},
    [TAG_UL] = {CONTAINER, BLOCK_IN_LIST, BLOCK_LOOSE, 0},
    [TAG_LI] = {ITEM, BLOCK_IN_LIST, BLOCK_LIST_ITEM, 0},
    [TAG_DD] = {ITEM, BLOCK_IN_LIST, BLOCK_CELL, 0},
    [TAG_DT] = {ITEM, BLOCK_IN_LIST, BLOCK_CELL, 0},

    [TAG_P] = {(BLOCK & ~TRAIT_ITEM_SCOPE) | TRAIT_LABELLED, 0, BLOCK_PARAGRAPH, 0},
    [TAG_PRE] = {BLOCK | TRAIT_LABELLED, 0, BLOCK_PREFORMATTED, 0},
    [TAG_FIGCAPTION] = {BLOCK | TRAIT_SECTION | TRAIT_KEEPS_KIND, BLOCK_IN_FIGURE, BLOCK_CAPTION, 0},
    [TAG_LEGEND] = {BLOCK | TRAIT_LABELLED, 0, BLOCK_LOOSE, 0},
    [TAG_SUMMARY] = {BLOCK | TRAIT_LABELLED, 0, BLOCK_LOOSE, 0},
    [TAG_H1] = {HEADING, 0, BLOCK_HEADING, 1},
    [TAG_H2] = {HEADING, 0, BLOCK_HEADING, 2},
    [TAG_H3] = {HEADING, 0, BLOCK_HEADING, 3},
    [TAG_H4] = {HEADING, 0, BLOCK_HEADING, 4},
    [TAG_H5] = {HEADING, 0, BLOCK_HEADING, 5},
    [TAG_H6] = {HEADING, 0, BLOCK_HEADING, 6},
    [TAG_BUTTON] = {TRAIT_BOUNDARY | TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_ITEM_SCOPE | TRAIT_LABELLED, BLOCK_IN_BUTTON,
                    BLOCK_LOOSE, 0},

    [TAG_TABLE] = {CELL | TRAIT_CLOSES_P, BLOCK_IN_TABLE, BLOCK_LOOSE, 0},
    [TAG_TD] = {CELL, BLOCK_IN_TABLE, BLOCK_CELL, 0},
    [TAG_TH] = {CELL, BLOCK_IN_TABLE, BLOCK_CELL, 0},
    [TAG_CAPTION] = {CELL | TRAIT_KEEPS_KIND, BLOCK_IN_TABLE, BLOCK_CAPTION, 0},
    [TAG_COLGROUP] = {ROW, BLOCK_IN_TABLE, BLOCK_LOOSE, 0},
    [TAG_TBODY] = {ROW, BLOCK_IN_TABLE, BLOCK_LOOSE, 0},
    [TAG_TFOOT] = {ROW, BLOCK_IN_TABLE, BLOCK_LOOSE, 0},
    [TAG_THEAD] = {ROW, BLOCK_IN_TABLE, BLOCK_LOOSE, 0},
    [TAG_TR] = {ROW, BLOCK_IN_TABLE, BLOCK_LOOSE, 0},

    [TAG_AUDIO] = {TRAIT_MUTED, 0, 0, 0},
    [TAG_CANVAS] = {TRAIT_MUTED, 0, 0, 0},
    [TAG_IFRAME] = {TRAIT_MUTED, 0, 0, 0},
    [TAG_MATH] = {TRAIT_MUTED | TRAIT_FOREIGN | TRAIT_SPECIAL, 0, 0, 0},
    [TAG_NOEMBED] = {TRAIT_MUTED, 0, 0, 0},
    [TAG_NOFRAMES] = {TRAIT_MUTED | TRAIT_HEAD, 0, 0, 0},
    [TAG_NOSCRIPT] = {TRAIT_HIDDEN | TRAIT_HEAD | TRAIT_BOUNDARY | TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_ITEM_SCOPE,
                      BLOCK_HIDDEN, BLOCK_LOOSE, 0},
    [TAG_OBJECT] = {TRAIT_MUTED | TRAIT_SPECIAL, 0, 0, 0},
    [TAG_OPTGROUP] = {TRAIT_MUTED, 0, 0, 0},
    [TAG_OPTION] = {TRAIT_MUTED, 0, 0, 0},
    [TAG_PROGRESS] = {TRAIT_MUTED, 0, 0, 0},
    [TAG_SCRIPT] = {TRAIT_MUTED | TRAIT_HEAD, 0, 0, 0},
    [TAG_SELECT] = {TRAIT_MUTED, 0, 0, 0},
    [TAG_STYLE] = {TRAIT_MUTED | TRAIT_HEAD, 0, 0, 0},
    [TAG_SVG] = {TRAIT_MUTED | TRAIT_FOREIGN | TRAIT_SPECIAL, 0, 0, 0},
    [TAG_TEMPLATE] = {TRAIT_HIDDEN | TRAIT_HEAD | TRAIT_BOUNDARY | TRAIT_SPECIAL | TRAIT_SCOPE | TRAIT_ITEM_SCOPE,
                      BLOCK_HIDDEN, BLOCK_LOOSE, 0},
    [TAG_TEXTAREA] = {TRAIT_MUTED, 0, 0, 0},
    [TAG_TITLE] = {TRAIT_MUTED | TRAIT_HEAD, 0, 0, 0},
    [TAG_VIDEO] = {TRAIT_MUTED, 0, 0, 0},
};

const struct tag_traits *tag_traits(enum html_tag tag)
{
    return &traits_table[tag];
}

void open_elements_init(struct open_elements *open)
{
    open->items[0] = (struct open_element){.tag = TAG_BODY, .kind = BLOCK_LOOSE};
    open->count = 1;
    memset(open->nearest, 0, sizeof open->nearest);
    memset(open->deeper, 0, sizeof open->deeper);
    open->deeper_total = 0;
}

static bool is_table_scope(enum html_tag tag)
{
    return tag == TAG_TABLE || tag == TAG_TEMPLATE;
}

static void inherit_kind(struct open_element *element, const struct tag_traits *traits)
{
    element->flags |= traits->flags;
    if (!(traits->traits & TRAIT_BOUNDARY) || element->keeps_kind)
        return;
    element->kind = traits->kind;
    element->level = traits->level;
    element->keeps_kind = (traits->traits & TRAIT_KEEPS_KIND) != 0;
}

struct open_element *open_elements_push(struct open_elements *open, enum html_tag tag, struct slice name)
{
    if (open->count == LIMIT_OPEN_ELEMENTS) {
        open->deeper[tag]++;
        open->deeper_total++;
        return NULL;
    }
    const struct tag_traits *traits = tag_traits(tag);
    const struct open_element *parent = open_elements_top(open);
    uint16_t index = (uint16_t)open->count;
    struct open_element *element = &open->items[open->count++];
    *element = (struct open_element){
        .tag = (uint16_t)tag,
        .below = open->nearest[tag],
        .scope = traits->traits & TRAIT_SCOPE ? index : parent->scope,
        .table_scope = is_table_scope(tag) ? index : parent->table_scope,
        .item_scope = traits->traits & TRAIT_ITEM_SCOPE ? index : parent->item_scope,
        .special = traits->traits & TRAIT_SPECIAL ? index : parent->special,
        .flags = parent->flags,
        .kind = parent->kind,
        .level = parent->level,
        .keeps_kind = parent->keeps_kind,
        .section = parent->section,
    };
    if (tag == TAG_OTHER)
        element->name = name;
    inherit_kind(element, traits);
    open->nearest[tag] = index;
    return element;
}

void open_elements_pop(struct open_elements *open)
{
    const struct open_element *element = open_elements_top(open);
    if (!element->detached)
        open->nearest[element->tag] = element->below;
    open->count--;
    if (open->deeper_total) { /* what was deeper lay in the element that is gone */
        memset(open->deeper, 0, sizeof open->deeper);
        open->deeper_total = 0;
    }
}

static size_t beyond(size_t index, size_t barrier)
{
    return index > barrier ? index : 0;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* The outermost of two that are there. */
static size_t outer(size_t a, size_t b)
{
    return a && (a < b || !b) ? a : b;
}

static bool is_heading(enum html_tag tag)
{
    return tag >= TAG_H1 && tag <= TAG_H6;
}

static size_t ended_in_table(const struct open_elements *open, enum html_tag tag)
{
    const uint16_t *nearest = open->nearest;
    size_t table = open->items[open->count - 1].table_scope;
    size_t cell = larger(larger(nearest[TAG_TD], nearest[TAG_TH]), nearest[TAG_CAPTION]);
    size_t ended = beyond(cell, table);
    if (tag == TAG_TD || tag == TAG_TH)
        return ended;
    ended = outer(beyond(nearest[TAG_TR], table), ended);
    if (tag == TAG_TR)
        return ended;
    size_t group = larger(larger(nearest[TAG_TBODY], nearest[TAG_THEAD]), nearest[TAG_TFOOT]);
    return outer(beyond(group, table), ended);
}

/* "</b>" after "<b><p>": what follows is no longer bold, but the paragraph stays open. */
static void detach(struct open_elements *open, size_t index)
{
    struct open_element *element = &open->items[index];
    element->detached = true;
    open->nearest[element->tag] = element->below;
}

/* A link in a link: the outer one ends here, though blocks in it may stay open. */
static size_t ended_by_link(struct open_elements *open)
{
    const struct open_element *top = open_elements_top(open);
    size_t index = open->nearest[TAG_A];
    if (index > top->scope && index <= top->special)
        detach(open, index);
    return beyond(index, top->special);
}

size_t open_elements_ended_by_start(struct open_elements *open, enum html_tag tag)
{
    const struct open_element *top = open_elements_top(open);
    const uint16_t *nearest = open->nearest;
    size_t ended = 0;
    switch (tag) {
    case TAG_LI: ended = beyond(nearest[TAG_LI], top->item_scope); break;
    case TAG_DD:
    case TAG_DT: ended = beyond(larger(nearest[TAG_DD], nearest[TAG_DT]), top->item_scope); break;
    case TAG_TD:
    case TAG_TH:
    case TAG_TR:
    case TAG_TBODY:
    case TAG_THEAD:
    case TAG_TFOOT: return top->table_scope ? ended_in_table(open, tag) : 0;
    case TAG_A: return ended_by_link(open);
    case TAG_BUTTON: return beyond(nearest[TAG_BUTTON], top->table_scope);
    case TAG_OPTION: return top->tag == TAG_OPTION ? open->count - 1 : 0;
    case TAG_OPTGROUP: return outer(beyond(nearest[TAG_OPTGROUP], nearest[TAG_SELECT]),
                                    beyond(nearest[TAG_OPTION], nearest[TAG_SELECT]));
    default:
        if (is_heading(tag) && is_heading((enum html_tag)top->tag))
            ended = open->count - 1;
    }
    if (traits_table[tag].traits & TRAIT_CLOSES_P)
        ended = outer(beyond(nearest[TAG_P], top->scope), ended);
    return ended;
}

static size_t nearest_heading(const struct open_elements *open)
{
    size_t nearest = 0;
    for (int tag = TAG_H1; tag <= TAG_H6; tag++)
        nearest = larger(nearest, open->nearest[tag]);
    return nearest;
}

static size_t nearest_named(const struct open_elements *open, struct slice name)
{
    size_t index = open->nearest[TAG_OTHER];
    for (int reach = 0; index && reach < CUSTOM_REACH; reach++, index = open->items[index].below)
        if (slice_equals(open->items[index].name, name))
            return index;
    return 0;
}

size_t open_elements_ended_by_end(struct open_elements *open, enum html_tag tag, struct slice name)
{
    const struct open_element *top = open_elements_top(open);
    if (open->deeper[tag]) {
        open->deeper[tag]--;
        return 0;
    }
    uint16_t traits = traits_table[tag].traits;
    size_t index = open->nearest[tag];
    switch (tag) {
    case TAG_OTHER: return beyond(nearest_named(open, name), top->special);
    case TAG_LI:
    case TAG_DD:
    case TAG_DT: return beyond(index, top->item_scope);
    case TAG_TABLE: return index;
    case TAG_TD:
    case TAG_TH:
    case TAG_CAPTION:
    case TAG_TR:
    case TAG_TBODY:
    case TAG_THEAD:
    case TAG_TFOOT: return beyond(index, top->table_scope);
    case TAG_SVG:
    case TAG_MATH:
    case TAG_TEMPLATE:
    case TAG_NOSCRIPT: /* with scripting, its content cannot leave an element open */
    case TAG_OBJECT:
    case TAG_SELECT:
    case TAG_AUDIO:
    case TAG_VIDEO:
    case TAG_CANVAS:
    case TAG_BUTTON: return index;
    default: break;
    }
    if (is_heading(tag))
        return beyond(nearest_heading(open), top->scope);
    if (traits & TRAIT_SPECIAL)
        return beyond(index, top->scope);
    if ((traits & TRAIT_FORMATTING) && index > top->scope && index <= top->special)
        detach(open, index);
    return beyond(index, top->special);
}
