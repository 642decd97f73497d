#include "jsonld_graph_internal.h"

struct slice json_slice(const json_t *string)
{
    return json_is_string(string) ? slice_of(json_string_value(string), json_string_length(string)) : SLICE_NULL;
}

void json_graph_init(struct json_graph *graph, struct arena *arena, const struct page_lexicon *lexicon)
{
    *graph = (struct json_graph){.arena = arena, .lexicon = lexicon, .by_id = map_make(arena, 64)};
}

static json_t *member(const json_t *node, const char *plain, const char *keyword)
{
    json_t *value = json_object_get(node, keyword);
    return value ? value : json_object_get(node, plain);
}

struct slice json_node_type(const struct page_lexicon *lexicon, const json_t *node)
{
    json_t *types = member(node, "type", "@type");
    if (!json_is_array(types))
        return schema_type_name(json_slice(types));
    struct slice first = SLICE_NULL;
    for (size_t i = 0; i < json_array_size(types) && i < 16; i++) {
        struct slice type = schema_type_name(json_slice(json_array_get(types, i)));
        if (page_lexicon_schema_class(lexicon, type) == SCHEMA_ARTICLE)
            return type;
        if (!first.ptr)
            first = type;
    }
    return first;
}

static void push(struct json_graph *graph, json_t *value, bool item)
{
    if (!json_is_object(value) && !json_is_array(value))
        return;
    graph->queue =
        arena_grow(graph->arena, graph->queue, graph->queue_count, &graph->queue_capacity, sizeof *graph->queue);
    graph->queue_items = arena_grow(graph->arena, graph->queue_items, graph->queue_count, &graph->flag_capacity,
                                    sizeof *graph->queue_items);
    graph->queue[graph->queue_count] = value;
    graph->queue_items[graph->queue_count++] = item;
}

static void remember_id(struct json_graph *graph, json_t *node)
{
    struct slice id = json_slice(member(node, "id", "@id"));
    if (!id.len)
        return;
    void **known = map_at(&graph->by_id, id);
    if (!*known || json_object_size(*known) < json_object_size(node))
        *known = node;
}

static bool says_something(const json_t *node)
{
    return json_object_get(node, "headline") || json_object_get(node, "datePublished");
}

static void remember_item(struct json_graph *graph, json_t *node)
{
    struct slice type = json_node_type(graph->lexicon, node);
    if (!type.len || graph->item_count == MOST_JSON_ITEMS)
        return;
    enum schema_class class = page_lexicon_schema_class(graph->lexicon, type);
    if (class == SCHEMA_UNKNOWN && says_something(node))
        class = SCHEMA_WORK;
    if (class == SCHEMA_UNKNOWN || class == SCHEMA_ASIDE)
        return;
    graph->items[graph->item_count++] = (struct json_item){.node = node, .type = type, .class = class};
}

/* Values of these keys are items of the page just as what stands around them. */
static bool leads_to_items(const char *key)
{
    return strcmp(key, "@graph") == 0 || strcmp(key, "mainEntity") == 0 || strcmp(key, "mainEntityOfPage") == 0;
}

static void walk(struct json_graph *graph, json_t *value, bool item)
{
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            push(graph, json_array_get(value, i), item);
        return;
    }
    remember_id(graph, value);
    if (item)
        remember_item(graph, value);
    const char *key;
    json_t *child;
    json_object_foreach(value, key, child) push(graph, child, item && leads_to_items(key));
}

void json_graph_add(struct json_graph *graph, json_t *root)
{
    graph->queue_count = 0;
    push(graph, root, true);
    for (size_t i = 0; i < graph->queue_count; i++)
        walk(graph, graph->queue[i], graph->queue_items[i]);
}

json_t *json_graph_resolve(const struct json_graph *graph, json_t *object)
{
    struct slice id = json_slice(member(object, "id", "@id"));
    json_t *known = id.len ? map_get(&graph->by_id, id) : NULL;
    return known && json_object_size(known) > json_object_size(object) ? known : object;
}
