#include "page/jsonld.h"

#include "article/limits.h"
#include "base/json_reading.h"
#include "base/map.h"
#include "claim_list_internal.h"
#include "jsonld_mend_internal.h"
#include "page/page_lexicon.h"
#include "page/tokenizer.h"

#define MOST_ROOTS 200
#define MOST_VALUES 300        /* of one property, that wait at a time */
#define MOST_STEPS 1000        /* a node may name itself as its own name */
#define LONGEST_VALUE 4000     /* bytes; a description may be long */
#define LONGEST_BODY 60000     /* bytes of an articleBody; its beginning is as good a sample as all of it */

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

/* Values still to be looked at, the next one last: no recursion, and authors stay in their order. */
struct value_stack {
    json_t *items[MOST_VALUES];
    struct slice types[MOST_VALUES];
    size_t count;
};

struct jsonld_reader {
    struct job *job;
    const struct page_lexicon *lexicon;
    struct json_graph graph;
    struct value_stack values; /* of the property being read */
    uint32_t entity;           /* number of the item being read */
    bool has_body;             /* an articleBody was read */
};

/* ------------------------------------------------------------------- graph */

/* The characters of a JSON string; null if it is none. */
static struct slice json_slice(const json_t *string)
{
    return json_is_string(string) ? slice_of(json_string_value(string), json_string_length(string)) : SLICE_NULL;
}

static void json_graph_init(struct json_graph *graph, struct arena *arena, const struct page_lexicon *lexicon)
{
    *graph = (struct json_graph){.arena = arena, .lexicon = lexicon, .by_id = map_make(arena, 64)};
}

static json_t *member(const json_t *node, const char *plain, const char *keyword)
{
    json_t *value = json_object_get(node, keyword);
    return value ? value : json_object_get(node, plain);
}

/* The type of a node that has a meaning to us, else its first; null if it has none. */
static struct slice json_node_type(const struct page_lexicon *lexicon, const json_t *node)
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

/* Walks one script. The nodes must live as long as the graph. */
static void json_graph_add(struct json_graph *graph, json_t *root)
{
    graph->queue_count = 0;
    push(graph, root, true);
    for (size_t i = 0; i < graph->queue_count; i++)
        walk(graph, graph->queue[i], graph->queue_items[i]);
}

/* The node that an object means: itself, or the fuller node of its @id. */
static json_t *json_graph_resolve(const struct json_graph *graph, json_t *object)
{
    struct slice id = json_slice(member(object, "id", "@id"));
    json_t *known = id.len ? map_get(&graph->by_id, id) : NULL;
    return known && json_object_size(known) > json_object_size(object) ? known : object;
}

/* ----------------------------------------------------------------- scripts */

static json_t *parse(struct arena *arena, struct slice text)
{
    json_error_t error;
    return json_read(arena, text, JSON_ALLOW_NUL, &error);
}

/* NULL: not JSON, even after mending. The value lives as long as the job. */
static json_t *load_script(struct job *job, struct slice script)
{
    if (script.len > LIMIT_JSON_LD_BYTES)
        return NULL;
    struct slice bare = jsonld_unwrap(script);
    if (!bare.len)
        return parse(job->arena, SLICE("[]"));
    json_t *root = parse(job->arena, bare);
    if (root)
        return root;
    struct slice mended = jsonld_mend(job->arena, bare);
    return mended.ptr ? parse(job->arena, mended) : NULL;
}

static size_t load_all(struct job *job, const struct slice *scripts, size_t count, json_t **roots)
{
    size_t loaded = 0, bytes = 0;
    for (size_t i = 0; i < count && loaded < MOST_ROOTS; i++) {
        bytes += scripts[i].len;
        roots[loaded] = bytes <= LIMIT_JSON_LD_BYTES ? load_script(job, scripts[i]) : NULL;
        if (roots[loaded])
            loaded++;
        else
            job_warn(job, "json_ld_unreadable", NULL, "a JSON-LD script of the page is not valid JSON, or too large");
    }
    return loaded;
}

/* ------------------------------------------------------------------ values */

static struct slice clean(struct arena *arena, struct slice s, size_t longest)
{
    return html_decode_references(arena, arena_copy(arena, slice_sub(s, 0, longest)));
}

static void add_value(struct jsonld_reader *reader, const struct claim *like, struct slice value)
{
    struct claim claim = *like;
    claim.value = clean(reader->job->arena, value, like->kind == CLAIM_BODY ? LONGEST_BODY : LONGEST_VALUE);
    claims_add(reader->job, &claim, LIMIT_CLAIMS);
}

static void add_scalar(struct jsonld_reader *reader, const struct claim *like, const json_t *value)
{
    if (json_is_string(value))
        add_value(reader, like, json_slice(value));
    else if (json_is_integer(value))
        add_value(reader, like, arena_printf(reader->job->arena, "%lld", (long long)json_integer_value(value)));
    else if (json_is_boolean(value))
        add_value(reader, like, json_is_true(value) ? SLICE("true") : SLICE("false"));
}

/* The keys of a node that hold what a property of this kind is after, best first. */
static const char *const *keys_of_kind(enum claim_kind kind)
{
    static const char *const named[] = {"name", "@value", "legalName", "givenName", "url", NULL};
    static const char *const addressed[] = {"url", "contentUrl", "@id", NULL};
    static const char *const page[] = {"@id", "url", NULL};
    static const char *const other[] = {"@value", "name", NULL};
    switch (kind) {
    case CLAIM_AUTHOR:
    case CLAIM_SITE_NAME: return named;
    case CLAIM_IMAGE: return addressed;
    case CLAIM_CANONICAL_URL: return page;
    default: return other;
    }
}

static void push_value(struct value_stack *stack, json_t *value, struct slice type)
{
    if (!value || stack->count == MOST_VALUES)
        return;
    stack->items[stack->count] = value;
    stack->types[stack->count++] = type;
}

/* A node as a value: what it is called. "givenName" alone gets its "familyName". */
static void push_node(struct jsonld_reader *reader, struct value_stack *stack, enum claim_kind kind, json_t *node)
{
    json_t *list = json_object_get(node, "@list");
    if (!list)
        list = json_object_get(node, "@set");
    if (list) {
        push_value(stack, list, SLICE_NULL);
        return;
    }
    node = json_graph_resolve(&reader->graph, node);
    struct slice type = json_node_type(reader->lexicon, node);
    for (const char *const *key = keys_of_kind(kind); *key; key++) {
        json_t *value = json_object_get(node, *key);
        if (json_is_object(value))
            value = json_object_get(value, "@value");
        if (!value || (json_is_string(value) && json_string_length(value) == 0))
            continue;
        struct slice given = json_slice(value), family = json_slice(json_object_get(node, "familyName"));
        if (strcmp(*key, "givenName") == 0 && given.len && family.len) {
            struct claim claim = {.kind = kind, .source = SOURCE_JSON_LD, .entity = reader->entity, .block = NO_BLOCK};
            claim.name = SLICE("givenName");
            add_value(reader, &claim,
                      arena_printf(reader->job->arena, "%.*s %.*s", SLICE_ARG(given), SLICE_ARG(family)));
            return;
        }
        push_value(stack, value, type);
        return;
    }
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void read_property(struct jsonld_reader *reader, const struct claim *like, json_t *value)
{
    struct value_stack *stack = &reader->values;
    stack->count = 0;
    push_value(stack, value, SLICE_NULL);
    for (int steps = 0; stack->count && steps < MOST_STEPS; steps++) {
        json_t *item = stack->items[--stack->count];
        struct slice type = stack->types[stack->count];
        struct claim claim = *like;
        if (type.ptr)
            claim.type = arena_copy(reader->job->arena, type);
        else if (like->kind == CLAIM_AUTHOR || like->kind == CLAIM_SITE_NAME)
            claim.type = SLICE_NULL;
        if (json_is_array(item))
            for (size_t k = smaller(json_array_size(item), MOST_VALUES); k-- > 0;)
                push_value(stack, json_array_get(item, k), type);
        else if (json_is_object(item))
            push_node(reader, stack, like->kind, item);
        else
            add_scalar(reader, &claim, item);
    }
}

/* ------------------------------------------------------------------- items */

static struct slice comparable_url(struct slice url)
{
    size_t scheme = slice_find(url, SLICE("://"), 0);
    if (scheme != SLICE_NOT_FOUND)
        url = slice_sub(url, scheme + 3, url.len);
    size_t cut = slice_find_byte(url, '#', 0);
    url = slice_sub(url, 0, cut == SLICE_NOT_FOUND ? url.len : cut);
    if (slice_ends(url, SLICE("/")))
        url.len--;
    return url;
}

static bool is_this_page(const struct job *job, struct slice url)
{
    const struct claim *canonical = article_claim(&job->article, CLAIM_CANONICAL_URL, SOURCE_LINK, 0);
    struct slice own = comparable_url(job_page_url(job));
    url = comparable_url(url);
    if (!url.len)
        return false;
    return slice_equals(url, own) || (canonical && slice_equals(url, comparable_url(canonical->value)));
}

static struct slice url_of(const json_t *value)
{
    if (json_is_object(value))
        value = json_object_get(value, "@id");
    return json_slice(value);
}

static bool is_title(const struct job *job, struct slice headline)
{
    static const enum source sources[] = {SOURCE_TITLE, SOURCE_OPEN_GRAPH};
    for (size_t i = 0; headline.len && i < sizeof sources / sizeof sources[0]; i++) {
        const struct claim *title = article_claim(&job->article, CLAIM_HEADLINE, sources[i], 0);
        if (title && slice_contains_nocase(title->value, headline))
            return true;
    }
    return false;
}

/* The page's own article first: by its headline, which the title repeats, or by its address; lists of related
 * articles have neither. */
static void rank_items(struct jsonld_reader *reader)
{
    struct json_graph *graph = &reader->graph;
    for (size_t i = 0; i < graph->item_count; i++) {
        struct json_item *item = &graph->items[i];
        struct slice headline = json_slice(json_object_get(item->node, "headline"));
        bool here = is_this_page(reader->job, url_of(json_object_get(item->node, "mainEntityOfPage"))) ||
                    is_this_page(reader->job, url_of(json_object_get(item->node, "url"))) ||
                    is_this_page(reader->job, url_of(json_object_get(item->node, "@id")));
        item->rank = (item->class == SCHEMA_ARTICLE) * 4 + here * 2 +
                     (headline.len && is_title(reader->job, clean(reader->job->arena, headline, LONGEST_VALUE)));
    }
    for (size_t i = 1; i < graph->item_count; i++) { /* stable, and the items are few */
        struct json_item item = graph->items[i];
        size_t at = i;
        for (; at > 0 && graph->items[at - 1].rank < item.rank; at--)
            graph->items[at] = graph->items[at - 1];
        graph->items[at] = item;
    }
}

/* The section is the last but one of the breadcrumbs, when they end at the page itself. */
static void read_trail(struct jsonld_reader *reader, const struct claim *like, const json_t *node)
{
    json_t *list = json_object_get(node, "itemListElement");
    size_t count = json_array_size(list);
    if (count < 2)
        return;
    json_t *element = json_array_get(list, count - 2);
    json_t *name = json_object_get(element, "name");
    if (!name)
        name = json_object_get(json_object_get(element, "item"), "name");
    struct claim claim = *like;
    claim.kind = CLAIM_SECTION;
    claim.name = SLICE("itemListElement");
    add_scalar(reader, &claim, name);
}

/* The text that the page's own article claims to have: that of the first item that has one, as the items are
 * ranked. Microdata's articleBody is an element of the page, which text/body sees itself. */
static void read_body(struct jsonld_reader *reader, const struct claim *like, const json_t *node)
{
    struct claim claim = *like;
    json_t *body = json_object_get(node, "articleBody");
    if (!like->article || !json_is_string(body) || reader->has_body)
        return;
    claim.kind = CLAIM_BODY;
    claim.name = SLICE("articleBody");
    reader->has_body = true;
    add_scalar(reader, &claim, body);
}

static void read_item(struct jsonld_reader *reader, const struct json_item *item)
{
    struct arena *arena = reader->job->arena;
    struct claim claim = {
        .source = SOURCE_JSON_LD,
        .article = item->class == SCHEMA_ARTICLE,
        .entity = ++reader->entity,
        .block = NO_BLOCK,
        .type = arena_copy(arena, item->type),
    };
    if (item->class == SCHEMA_TRAIL) {
        read_trail(reader, &claim, item->node);
        return;
    }
    if (claim.article) {
        claim.kind = CLAIM_TYPE;
        claim.name = SLICE("@type");
        add_value(reader, &claim, claim.type);
    }
    read_body(reader, &claim, item->node);
    const char *key;
    json_t *value;
    json_object_foreach(item->node, key, value) {
        struct slice name = schema_type_name(slice_from_cstr(key));
        const struct schema_property *property = page_lexicon_schema_property(reader->lexicon, name);
        if (!property)
            continue;
        claim.kind = property->kind;
        if (item->class == SCHEMA_SITE) {
            if (!slice_equals(name, SLICE("name")))
                continue;
            claim.kind = CLAIM_SITE_NAME;
        }
        claim.name = arena_copy(arena, name);
        read_property(reader, &claim, value);
    }
}

static uint32_t last_entity(const struct article *article)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < article->claim_count; i++)
        if (article->claims[i].entity > last)
            last = article->claims[i].entity;
    return last;
}

void jsonld_read(struct job *job, const struct slice *scripts, size_t count)
{
    if (count == 0)
        return;
    json_t *roots[MOST_ROOTS];
    size_t loaded = load_all(job, scripts, count, roots);
    struct jsonld_reader *reader = arena_alloc(job->arena, sizeof *reader);
    reader->job = job;
    reader->lexicon = job->knowledge->page;
    reader->has_body = false;
    reader->entity = last_entity(&job->article);
    json_graph_init(&reader->graph, job->arena, reader->lexicon);
    for (size_t i = 0; i < loaded; i++)
        json_graph_add(&reader->graph, roots[i]);
    rank_items(reader);
    for (size_t i = 0; i < reader->graph.item_count; i++)
        read_item(reader, &reader->graph.items[i]);
}
