/* The tokenizer beside gumbo, a full HTML5 parser, on real pages: both must read the same title, h1
 * headings, og:title, JSON-LD scripts and datetimes, and the same attributes at every element that gumbo
 * makes from a tag. Every tenth page, or all with GUMBO_PAGES=all (scripts/diff-gumbo). */
#include <dirent.h>
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/buffer.h"
#include "decode/charset.h"
#include "page/tokenizer.h"
#include "support/support.h"

#define FOLDER "../shared/eval/html"
#define LARGEST_PAGE ((size_t)64 << 20)
#define SAMPLE 10

/* A start tag as the tokenizer read it. */
struct start_tag {
    size_t offset;
    struct html_attribute *attributes;
    size_t count;
};

enum kind { TITLE, HEADING, OPEN_GRAPH_TITLE, JSON_LD, DATETIME, ATTRIBUTES, KIND_COUNT, NOTHING = KIND_COUNT };

static const char *const kind_names[] = {"title", "h1", "og:title", "json-ld", "datetime", "attributes"};

/* A page's facts, those of each kind in the order of the document. */
struct facts {
    struct buffer texts[KIND_COUNT];
    bool has_title;
    struct start_tag *tags; /* the tokenizer's, in order */
    size_t tag_count, tag_capacity;
};

static struct facts make_facts(void)
{
    struct facts facts = {.has_title = false};
    for (size_t i = 0; i < KIND_COUNT; i++)
        facts.texts[i] = buffer_make(LARGEST_PAGE);
    return facts;
}

static void free_facts(struct facts *facts)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        buffer_free(&facts->texts[i]);
}

static void add_fact(struct facts *facts, enum kind kind, struct slice text)
{
    buffer_printf(&facts->texts[kind], "[%zu] ", text.len);
    buffer_append(&facts->texts[kind], text);
    buffer_append_byte(&facts->texts[kind], '\n');
}

/* -------------------------------------------------------------- by the tokenizer */

struct reader {
    struct tokenizer *tokenizer;
    struct facts *facts;
    struct buffer text;    /* of the element being gathered */
    enum kind gathering;   /* NOTHING: none */
    enum html_tag foreign; /* svg or math that we are in, and how many of it */
    size_t foreign_depth;
};

static bool is_heading(enum html_tag tag)
{
    return tag >= TAG_H1 && tag <= TAG_H6;
}

static void finish_gathering(struct reader *reader)
{
    if (reader->gathering != NOTHING)
        add_fact(reader->facts, reader->gathering, buffer_slice(&reader->text));
    reader->gathering = NOTHING;
    buffer_clear(&reader->text);
}

static void start_gathering(struct reader *reader, enum kind kind)
{
    finish_gathering(reader);
    reader->gathering = kind;
}

/* Start tags that end svg and math wherever they come (13.2.6.5), as far as they have a number. */
static bool breaks_out(enum html_tag tag)
{
    static const enum html_tag tags[] = {
        TAG_B,  TAG_BLOCKQUOTE, TAG_BODY, TAG_BR,  TAG_CENTER, TAG_CODE, TAG_DD,   TAG_DIV,    TAG_DL,     TAG_DT,  TAG_EM,
        TAG_HEAD, TAG_HR,       TAG_I,    TAG_IMG, TAG_LI,     TAG_MENU, TAG_META, TAG_OL,     TAG_P,      TAG_PRE, TAG_S,
        TAG_SMALL, TAG_SPAN,    TAG_STRIKE, TAG_STRONG, TAG_SUB, TAG_SUP, TAG_TABLE, TAG_TT,   TAG_U,      TAG_UL,  TAG_VAR,
    };
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (tags[i] == tag)
            return true;
    return is_heading(tag);
}

static void track_foreign(struct reader *reader, const struct html_token *token)
{
    bool is_start = token->kind == HTML_START_TAG;
    if (reader->foreign_depth == 0 && is_start && (token->tag == TAG_SVG || token->tag == TAG_MATH))
        reader->foreign = token->tag;
    if (token->tag == reader->foreign && token->tag != TAG_OTHER && !token->self_closing) {
        if (is_start)
            reader->foreign_depth++;
        else if (reader->foreign_depth)
            reader->foreign_depth--;
    }
    if (is_start && breaks_out(token->tag))
        reader->foreign_depth = 0;
    tokenizer_set_foreign(reader->tokenizer, reader->foreign_depth > 0);
}

static bool is_json_ld(struct slice type)
{
    return slice_equals_nocase(slice_trim(type), SLICE("application/ld+json"));
}

static void read_start_tag(struct reader *reader, const struct html_token *token)
{
    struct slice datetime = html_token_attribute(token, SLICE("datetime"));
    if (token->tag == TAG_TIME && !slice_is_null(datetime))
        add_fact(reader->facts, DATETIME, datetime);
    if (token->tag == TAG_META && slice_equals(html_token_attribute(token, SLICE("property")), SLICE("og:title")))
        add_fact(reader->facts, OPEN_GRAPH_TITLE, html_token_attribute(token, SLICE("content")));
    if (token->tag == TAG_SCRIPT && is_json_ld(html_token_attribute(token, SLICE("type"))))
        start_gathering(reader, JSON_LD);
    if (token->tag == TAG_TITLE && !reader->facts->has_title) {
        reader->facts->has_title = true;
        start_gathering(reader, TITLE);
    }
    if (is_heading(token->tag))
        finish_gathering(reader);
    if (token->tag == TAG_H1)
        start_gathering(reader, HEADING);
}

static bool ends_gathering(const struct reader *reader, enum html_tag tag)
{
    switch (reader->gathering) {
    case HEADING: return is_heading(tag);
    case TITLE: return tag == TAG_TITLE;
    case JSON_LD: return tag == TAG_SCRIPT;
    default: return false;
    }
}

static void read_token(struct reader *reader, const struct html_token *token)
{
    if (token->kind == HTML_START_TAG || token->kind == HTML_END_TAG)
        track_foreign(reader, token);
    if (token->kind == HTML_TEXT && reader->gathering != NOTHING && token->raw == (reader->gathering == JSON_LD))
        buffer_append(&reader->text, token->text);
    if (token->kind == HTML_END_TAG && ends_gathering(reader, token->tag))
        finish_gathering(reader);
    if (token->kind == HTML_START_TAG && reader->foreign_depth == 0)
        read_start_tag(reader, token);
}

static void keep_tag(struct arena *arena, struct facts *facts, const struct html_token *token)
{
    size_t size = token->attribute_count * sizeof *token->attributes;
    facts->tags = arena_grow(arena, facts->tags, facts->tag_count, &facts->tag_capacity, sizeof *facts->tags);
    struct start_tag *tag = &facts->tags[facts->tag_count++];
    *tag = (struct start_tag){token->offset, arena_alloc(arena, size), token->attribute_count};
    if (size)
        memcpy(tag->attributes, token->attributes, size);
}

static void read_with_tokenizer(struct arena *arena, struct slice html, struct facts *facts)
{
    struct reader reader = {.tokenizer = tokenizer_create(arena, html), .facts = facts, .text = buffer_make(LARGEST_PAGE),
                            .gathering = NOTHING};
    struct html_token token;
    while (tokenizer_next(reader.tokenizer, &token)) {
        read_token(&reader, &token);
        if (token.kind == HTML_START_TAG)
            keep_tag(arena, facts, &token);
    }
    finish_gathering(&reader);
    buffer_free(&reader.text);
}

/* -------------------------------------------------------------------- by gumbo */

struct place {
    const GumboNode *node;
    unsigned next;
};

/* Walks a tree in the order of the document without recursion. */
struct walk {
    struct arena *arena;
    struct place *places;
    size_t count, capacity;
};

static const GumboVector *children_of(const GumboNode *node)
{
    if (node->type == GUMBO_NODE_DOCUMENT)
        return &node->v.document.children;
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE ? &node->v.element.children : NULL;
}

static void enter(struct walk *walk, const GumboNode *node)
{
    walk->places = arena_grow(walk->arena, walk->places, walk->count, &walk->capacity, sizeof *walk->places);
    walk->places[walk->count++] = (struct place){node, 0};
}

static const GumboNode *next_node(struct walk *walk)
{
    while (walk->count) {
        struct place *place = &walk->places[walk->count - 1];
        const GumboVector *children = children_of(place->node);
        if (children && place->next < children->length) {
            const GumboNode *child = children->data[place->next++];
            enter(walk, child);
            return child;
        }
        walk->count--;
    }
    return NULL;
}

static bool is_element(const GumboNode *node, GumboTag tag)
{
    return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag &&
           node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML;
}

static struct slice attribute_of(const GumboNode *node, const char *name)
{
    const GumboAttribute *attribute = gumbo_get_attribute(&node->v.element.attributes, name);
    return attribute ? slice_from_cstr(attribute->value) : SLICE_NULL;
}

/* The text of an element without scripts and styles that lie in it. */
static void add_text_fact(struct arena *arena, struct facts *facts, enum kind kind, const GumboNode *element)
{
    struct buffer text = buffer_make(LARGEST_PAGE);
    struct walk walk = {.arena = arena};
    enter(&walk, element);
    for (const GumboNode *node; (node = next_node(&walk)) != NULL;) {
        bool is_raw = is_element(node, GUMBO_TAG_SCRIPT) || is_element(node, GUMBO_TAG_STYLE) ||
                      is_element(node, GUMBO_TAG_IFRAME) || is_element(node, GUMBO_TAG_NOFRAMES);
        if (is_raw)
            walk.count--;
        if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA)
            buffer_append_cstr(&text, node->v.text.text);
    }
    add_fact(facts, kind, buffer_slice(&text));
    buffer_free(&text);
}

static void read_element(struct arena *arena, struct facts *facts, const GumboNode *node)
{
    if (is_element(node, GUMBO_TAG_TIME) && !slice_is_null(attribute_of(node, "datetime")))
        add_fact(facts, DATETIME, attribute_of(node, "datetime"));
    if (is_element(node, GUMBO_TAG_META) && slice_equals(attribute_of(node, "property"), SLICE("og:title")))
        add_fact(facts, OPEN_GRAPH_TITLE, attribute_of(node, "content"));
    if (is_element(node, GUMBO_TAG_SCRIPT) && is_json_ld(attribute_of(node, "type")))
        add_text_fact(arena, facts, JSON_LD, node);
    if (is_element(node, GUMBO_TAG_H1))
        add_text_fact(arena, facts, HEADING, node);
    if (is_element(node, GUMBO_TAG_TITLE) && !facts->has_title) {
        facts->has_title = true;
        add_text_fact(arena, facts, TITLE, node);
    }
}

static int by_offset(const void *key, const void *element)
{
    size_t offset = *(const size_t *)key, other = ((const struct start_tag *)element)->offset;
    return (offset > other) - (offset < other);
}

static bool has_attribute(const struct start_tag *tag, const GumboAttribute *attribute)
{
    for (size_t i = 0; i < tag->count; i++)
        if (slice_equals(tag->attributes[i].name, slice_from_cstr(attribute->name)))
            return slice_equals(tag->attributes[i].value, slice_from_cstr(attribute->value));
    return false;
}

/* gumbo replaces DEL and C1 controls, which the standard leaves as they are. */
static bool holds_late_control(struct slice source)
{
    for (size_t i = 0; i < source.len; i++)
        if (source.ptr[i] == 0x7F || (i > 0 && source.ptr[i - 1] == (char)0xC2 && (unsigned char)source.ptr[i] < 0xA0))
            return true;
    return false;
}

/* Did the tokenizer read the tag of this element with the same attributes? Not asked where the tree
 * builder made the element up, merges attributes of later tags (html, body) or renames them (svg). */
static bool same_attributes(const struct facts *ours, struct slice html, const GumboElement *element)
{
    if (element->original_tag.length == 0 || element->tag_namespace != GUMBO_NAMESPACE_HTML ||
        element->tag == GUMBO_TAG_HTML || element->tag == GUMBO_TAG_BODY ||
        holds_late_control(slice_of(element->original_tag.data, element->original_tag.length)))
        return true;
    size_t offset = (size_t)(element->original_tag.data - html.ptr);
    const struct start_tag *tag = bsearch(&offset, ours->tags, ours->tag_count, sizeof *tag, by_offset);
    if (!tag || tag->count != element->attributes.length)
        return false;
    for (unsigned i = 0; i < element->attributes.length; i++)
        if (!has_attribute(tag, element->attributes.data[i]))
            return false;
    return true;
}

static void compare_element(const struct facts *ours, struct slice html, const GumboNode *node, struct facts *facts)
{
    if (same_attributes(ours, html, &node->v.element))
        return;
    const GumboStringPiece *tag = &node->v.element.original_tag;
    add_fact(facts, ATTRIBUTES, slice_of(tag->data, tag->length));
}

static void read_with_gumbo(struct arena *arena, struct slice html, const struct facts *ours, struct facts *facts)
{
    /* With max_errors = 0, gumbo 0.10 glues the name of an attribute that is there twice to the next one. */
    GumboOptions options = kGumboDefaultOptions;
    GumboOutput *output = gumbo_parse_with_options(&options, html.ptr, html.len);
    struct walk walk = {.arena = arena};
    enter(&walk, output->document);
    for (const GumboNode *node; (node = next_node(&walk)) != NULL;)
        if (node->type == GUMBO_NODE_ELEMENT) {
            read_element(arena, facts, node);
            compare_element(ours, html, node, facts);
        }
    gumbo_destroy_output(&options, output);
}

/* ---------------------------------------------------------------------- comparing */

static struct slice unzip(struct arena *arena, const char *path)
{
    struct buffer bytes = buffer_make(LARGEST_PAGE);
    gzFile file = gzopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    char piece[65536];
    for (int len; (len = gzread(file, piece, sizeof piece)) > 0;)
        buffer_append(&bytes, slice_of(piece, (size_t)len));
    gzclose(file);
    struct slice copy = arena_copy(arena, buffer_slice(&bytes));
    buffer_free(&bytes);
    return copy;
}

/* Both sides from a little before the first byte that differs. */
static void show_difference(const char *page, enum kind kind, struct slice ours, struct slice theirs)
{
    size_t at = 0;
    while (at < ours.len && at < theirs.len && ours.ptr[at] == theirs.ptr[at])
        at++;
    size_t from = at > 60 ? at - 60 : 0;
    printf("gumbo: %s, %s\n  tokenizer: %.*s\n  gumbo:     %.*s\n", page, kind_names[kind],
           SLICE_ARG(slice_sub(ours, from, at + 60)), SLICE_ARG(slice_sub(theirs, from, at + 60)));
}

static bool compare_facts(const char *page, const struct facts *ours, const struct facts *theirs)
{
    bool same = true;
    for (enum kind kind = 0; kind < KIND_COUNT; kind++) {
        struct slice our_text = buffer_slice(&ours->texts[kind]), their_text = buffer_slice(&theirs->texts[kind]);
        if (slice_equals(our_text, their_text))
            continue;
        same = false;
        show_difference(page, kind, our_text, their_text);
    }
    return same;
}

static bool agree_on_page(const char *path, const char *page)
{
    struct arena *arena = arena_create();
    struct job *job = support_job(INPUT_HTML, unzip(arena, path));
    ck_assert_int_eq(decode_run(job), ERR_NONE);
    struct facts ours = make_facts(), theirs = make_facts();
    read_with_tokenizer(arena, job->input, &ours);
    read_with_gumbo(arena, job->input, &ours, &theirs);
    bool agree = compare_facts(page, &ours, &theirs);
    free_facts(&ours);
    free_facts(&theirs);
    support_job_free(job);
    arena_destroy(arena);
    return agree;
}

static int is_page(const struct dirent *entry)
{
    return slice_ends(slice_from_cstr(entry->d_name), SLICE(".html.gz"));
}

/* Returns how many pages of the set disagree; adds those read to *read. */
static size_t compare_set(const char *set, int step, size_t *read)
{
    char folder[256], path[1024];
    snprintf(folder, sizeof folder, FOLDER "/%s/docs", set);
    struct dirent **pages;
    int count = scandir(folder, &pages, is_page, alphasort);
    size_t differing = 0;
    for (int i = 0; i < count; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, pages[i]->d_name);
        if (i % step == 0) {
            differing += !agree_on_page(path, pages[i]->d_name);
            ++*read;
        }
        free(pages[i]);
    }
    if (count >= 0)
        free(pages);
    return differing;
}

START_TEST(agrees_with_gumbo)
{
    static const char *const sets[] = {"trafilatura", "htmldate", "aeb"};
    const char *pages = getenv("GUMBO_PAGES");
    int step = pages && strcmp(pages, "all") == 0 ? 1 : SAMPLE;
    size_t read = 0, differing = 0;
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++)
        differing += compare_set(sets[i], step, &read);
    if (read == 0)
        printf("skipped: " FOLDER " is not here\n");
    else
        printf("gumbo: %zu pages read, %zu differ\n", read, differing);
    fflush(stdout);
    ck_assert_uint_eq(differing, 0);
}
END_TEST

Suite *gumbo_suite(void)
{
    Suite *suite = suite_create("gumbo");
    TCase *tcase = tcase_create("gumbo");
    tcase_set_timeout(tcase, 300);
    tcase_add_test(tcase, agrees_with_gumbo);
    suite_add_tcase(suite, tcase);
    return suite;
}
