/* Tags: 13.2.5.6 to 13.2.5.8 (tag open, end tag open, tag name) and 13.2.5.32 to 13.2.5.40 (attributes). */
#include "tokenizer_internal.h"

#include "article/limits.h"

/* ---------------------------------------------------------- the list of a tag */

static uint16_t *find_slot(struct attribute_list *list, struct slice name)
{
    size_t at = slice_hash(name) % ATTRIBUTE_SLOTS;
    while (list->slots[at] && !slice_equals(list->items[list->slots[at] - 1].name, name))
        at = (at + 1) % ATTRIBUTE_SLOTS;
    return &list->slots[at];
}

static void index_attributes(struct tokenizer *t)
{
    struct attribute_list *list = &t->attributes;
    size_t size = ATTRIBUTE_SLOTS * sizeof *list->slots;
    if (!list->slots)
        list->slots = arena_alloc(t->arena, size);
    memset(list->slots, 0, size);
    for (size_t i = 0; i < list->count; i++)
        *find_slot(list, list->items[i].name) = (uint16_t)(i + 1);
}

static bool has_attribute(struct attribute_list *list, struct slice name)
{
    if (list->count >= ATTRIBUTES_BEFORE_INDEX)
        return *find_slot(list, name) != 0;
    for (size_t i = 0; i < list->count; i++)
        if (slice_equals(list->items[i].name, name))
            return true;
    return false;
}

/* The place for an attribute, NULL if the tag has it already or is full. */
static struct html_attribute *add_attribute(struct tokenizer *t, struct slice name)
{
    struct attribute_list *list = &t->attributes;
    if (list->count == LIMIT_ATTRIBUTES || has_attribute(list, name))
        return NULL;
    list->items = arena_grow(t->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    struct html_attribute *attribute = &list->items[list->count++];
    *attribute = (struct html_attribute){name, slice_of(name.ptr + name.len, 0)};
    if (list->count == ATTRIBUTES_BEFORE_INDEX)
        index_attributes(t);
    else if (list->count > ATTRIBUTES_BEFORE_INDEX)
        *find_slot(list, name) = (uint16_t)list->count;
    return attribute;
}

/* -------------------------------------------------------------------- reading */

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && (tokenizer_class(*at) & CLASS_SPACE))
        at++;
    return at;
}

/* Reads a name up to a character of class `stop`. */
static const char *read_name(struct tokenizer *t, const char *from, const char *at, unsigned stop, struct slice *name)
{
    unsigned seen = at > from ? tokenizer_class(*from) : 0;
    for (; at < t->end; at++) {
        unsigned class = tokenizer_class(*at);
        if (class & stop)
            break;
        seen |= class;
    }
    if (seen & CLASS_CHANGES)
        *name = tokenizer_changed_name(t, from, at);
    else
        *name = slice_of(from, (size_t)(at - from));
    return at;
}

/* Reads the value after '=' and its white space; `attribute` is NULL for one that is dropped. Returns
 * NULL where the input ends within it. */
static const char *read_value(struct tokenizer *t, const char *at, struct html_attribute *attribute)
{
    const char *end = t->end, *from = at, *next;
    if (at == end)
        return NULL;
    if (*at == '"' || *at == '\'') {
        from = at + 1;
        at = memchr(from, *at, (size_t)(end - from));
        if (!at)
            return NULL;
        next = at + 1;
    } else {
        while (at < end && !(tokenizer_class(*at) & CLASS_VALUE_END))
            at++;
        next = at;
    }
    if (attribute)
        attribute->value = tokenizer_text(t, from, at, TEXT_REFERENCES | TEXT_ATTRIBUTE | TEXT_REPLACE_NUL);
    return next;
}

/* Reads one attribute. */
static const char *read_attribute(struct tokenizer *t, const char *at, bool keep)
{
    struct slice name;
    at = read_name(t, at, at + 1, CLASS_ATTRIBUTE_END, &name); /* a '=' at the start belongs to the name */
    struct html_attribute *attribute = keep ? add_attribute(t, name) : NULL;
    const char *after = skip_space(at, t->end);
    if (after == t->end || *after != '=')
        return after;
    return read_value(t, skip_space(after + 1, t->end), attribute);
}

/* Reads the attributes of a tag up to and with its '>'; NULL where the input ends first. */
static const char *read_attributes(struct tokenizer *t, const char *at, bool keep, bool *self_closing)
{
    const char *end = t->end;
    while ((at = skip_space(at, end)) < end) {
        if (*at == '>')
            return at + 1;
        if (*at == '/') {
            at++;
            if (at < end && *at == '>') {
                *self_closing = true;
                return at + 1;
            }
            continue;
        }
        at = read_attribute(t, at, keep);
        if (!at)
            return NULL;
    }
    return NULL;
}

/* ---------------------------------------------------------------------- tags */

/* The state that the tree builder would switch to (13.2.6.4: "generic raw text element parsing
 * algorithm" and its like), scripting off. */
static enum tokenizer_state state_after(enum html_tag tag)
{
    switch (tag) {
    case TAG_TITLE:
    case TAG_TEXTAREA: return TOKENIZER_RCDATA;
    case TAG_STYLE:
    case TAG_XMP:
    case TAG_IFRAME:
    case TAG_NOEMBED:
    case TAG_NOFRAMES: return TOKENIZER_RAWTEXT;
    case TAG_SCRIPT: return TOKENIZER_SCRIPT_DATA;
    case TAG_PLAINTEXT: return TOKENIZER_PLAINTEXT;
    default: return TOKENIZER_DATA;
    }
}

static void finish_tag(struct tokenizer *t, struct html_token *token, bool is_start)
{
    token->kind = is_start ? HTML_START_TAG : HTML_END_TAG;
    token->tag = html_tag_from_name(token->name);
    t->state = TOKENIZER_DATA;
    if (!is_start)
        return;
    token->attributes = t->attributes.items;
    token->attribute_count = t->attributes.count;
    t->last_start_tag = token->name;
    if (!t->foreign && !t->manual)
        t->state = state_after(token->tag);
}

bool tokenizer_read_tag(struct tokenizer *t, struct html_token *token)
{
    bool is_start = t->at[1] != '/';
    const char *at = t->at + (is_start ? 1 : 2);
    t->attributes.count = 0;
    at = read_name(t, at, at, CLASS_NAME_END, &token->name);
    at = read_attributes(t, at, is_start, &token->self_closing);
    if (!at) { /* the input ends within the tag: there was no tag */
        t->at = t->end;
        return false;
    }
    t->at = at;
    finish_tag(t, token, is_start);
    return true;
}

struct slice html_token_attribute(const struct html_token *token, struct slice name)
{
    for (size_t i = 0; i < token->attribute_count; i++)
        if (slice_equals(token->attributes[i].name, name))
            return token->attributes[i].value;
    return SLICE_NULL;
}
