/* jsonld_graph: the nodes of all JSON-LD scripts of a page, by @id, and those among them that are items of the
 * page itself (not a value of some item's property). Only for the files of page/. */
#ifndef NEWSMETA_PAGE_JSONLD_GRAPH_INTERNAL_H
#define NEWSMETA_PAGE_JSONLD_GRAPH_INTERNAL_H

#include <jansson.h>

#include "base/map.h"
#include "page/page_lexicon.h"

#define MOST_JSON_ITEMS 200 /* items of one page that are looked at */

struct json_item {
    json_t *node;
    struct slice type;        /* the type that decided its class */
    enum schema_class class;
    int rank;                 /* how likely it is what the page is about */
};

struct json_graph {
    struct arena *arena;
    const struct page_lexicon *lexicon;
    struct map by_id;         /* @id -> json_t *, the fullest node of that name */
    struct json_item items[MOST_JSON_ITEMS];
    size_t item_count;
    json_t **queue;           /* values still to be walked, breadth first: no recursion on foreign depth */
    bool *queue_items;
    size_t queue_count, queue_capacity, flag_capacity;
};

void json_graph_init(struct json_graph *graph, struct arena *arena, const struct page_lexicon *lexicon);
/* Walks one script. The nodes must live as long as the graph. */
void json_graph_add(struct json_graph *graph, json_t *root);
/* The node that an object means: itself, or the fuller node of its @id. */
json_t *json_graph_resolve(const struct json_graph *graph, json_t *object);

/* The characters of a JSON string; null if it is none. */
struct slice json_slice(const json_t *string);
/* The type of a node that has a meaning to us, else its first; null if it has none. */
struct slice json_node_type(const struct page_lexicon *lexicon, const json_t *node);

#endif
