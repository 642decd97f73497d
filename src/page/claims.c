#include "page/claims.h"

#include "article/limits.h"
#include "link_address_internal.h"
#include "base/url.h"
#include "captures_internal.h"
#include "claim_list_internal.h"
#include "microdata_internal.h"
#include "page/jsonld.h"
#include "script_dates_internal.h"

/* JSON-LD comes last and must find room. */
#define LIMIT_MARKUP_CLAIMS (LIMIT_CLAIMS * 3 / 4)
#define LONGEST_BYLINE 200   /* bytes: three names with their offices */
#define LONGEST_DATELINE 120
#define MOST_SCRIPTS 200     /* JSON-LD scripts of one page */
#define DULL_CLASSES 64

struct claim_collector {
    struct job *job;
    const struct page_lexicon *lexicon;
    struct microdata microdata;
    struct captures captures;
    uint32_t entities;
    struct slice base;            /* of the base element, where it changes what relative addresses mean */
    bool in_title, had_title;     /* the first title outside of svg */
    bool in_script;               /* of JSON-LD */
    bool in_program;              /* any other script */
    struct script_dates script_dates;
    struct slice dull[DULL_CLASSES]; /* class attributes that claim nothing, met lately */
    struct slice *scripts;
    size_t script_count, script_capacity;
};

struct claim_collector *claims_create(struct job *job)
{
    struct claim_collector *collector = arena_calloc(job->arena, 1, sizeof *collector);
    collector->job = job;
    collector->lexicon = job->knowledge->page;
    microdata_init(&collector->microdata, collector->lexicon, &collector->entities);
    return collector;
}

static struct claim claim_at(const struct page_place *place, enum claim_kind kind, enum source source,
                             struct slice name)
{
    return (struct claim){
        .kind = kind, .source = source, .name = name, .block = place->block, .section = place->section};
}

/* An address is claimed as written, unless a base element says that it is relative to another place. */
static void add_claim(struct claim_collector *collector, struct claim *claim)
{
    bool address = claim->kind == CLAIM_IMAGE || claim->kind == CLAIM_CANONICAL_URL;
    struct slice absolute = SLICE_NULL;
    if (address && collector->base.len)
        absolute = url_resolve(collector->job->arena, collector->base, claim->value);
    if (absolute.len)
        claim->value = absolute;
    claims_add(collector->job, claim, LIMIT_MARKUP_CLAIMS);
}

static void add(struct claim_collector *collector, const struct page_place *place, enum claim_kind kind,
                enum source source, struct slice name, struct slice value)
{
    struct claim claim = claim_at(place, kind, source, name);
    claim.value = value;
    add_claim(collector, &claim);
}

/* ------------------------------------------------------- head: meta, link */

static enum source source_of_property(struct slice name)
{
    bool open_graph = slice_starts_nocase(name, SLICE("og:")) || slice_starts_nocase(name, SLICE("article:"));
    return open_graph ? SOURCE_OPEN_GRAPH : SOURCE_META;
}

/* "vendor:publishdate": a name that no list knows may still say what it is. */
static bool is_published_name(struct slice name, struct slice content)
{
    bool day = slice_contains_nocase(name, SLICE("date")) || slice_contains_nocase(name, SLICE("time"));
    return day && content.len && ascii_is_digit(content.ptr[0]) && script_dates_is_published(name);
}

static void read_meta(struct claim_collector *collector, const struct tag_attributes *attributes,
                      const struct page_place *place)
{
    const struct slice names[] = {attributes->property, attributes->name, attributes->http_equiv};
    struct slice words, name;
    enum claim_kind kind;
    for (size_t i = 0; i < 3; i++) {
        words = names[i];
        while (attribute_next_word(&words, &name)) /* RDFa allows several in one property */
            if (page_lexicon_property(collector->lexicon, name, &kind)) {
                add(collector, place, kind, source_of_property(name), name, attributes->content);
                return;
            }
    }
    name = attributes->property.len ? attributes->property : attributes->name;
    if (is_published_name(name, attributes->content))
        add(collector, place, CLAIM_PUBLISHED, SOURCE_META, name, attributes->content);
}

static void read_link(struct claim_collector *collector, const struct tag_attributes *attributes,
                      const struct page_place *place)
{
    struct slice rel = attributes->rel;
    if (attribute_has_word(rel, SLICE("canonical")))
        add(collector, place, CLAIM_CANONICAL_URL, SOURCE_LINK, rel, attributes->href);
    else if (attribute_has_word(rel, SLICE("author")))
        add(collector, place, CLAIM_AUTHOR, SOURCE_REL_AUTHOR, rel, attributes->href);
    else if (attribute_has_word(rel, SLICE("image_src")))
        add(collector, place, CLAIM_IMAGE, SOURCE_LINK, rel, attributes->href);
}

/* The first base element counts; it may itself be relative to the page. */
static void read_base(struct claim_collector *collector, const struct tag_attributes *attributes)
{
    if (!collector->base.len && attributes->href.len)
        collector->base = url_resolve(collector->job->arena, job_page_url(collector->job), attributes->href);
}

static void read_anchor(struct claim_collector *collector, const struct tag_attributes *attributes,
                        const struct page_place *place)
{
    struct slice rel = attributes->rel, folder;
    struct claim claim;
    if (attribute_has_word(rel, SLICE("author"))) {
        claim = claim_at(place, CLAIM_AUTHOR, SOURCE_REL_AUTHOR, rel);
    } else if (attribute_has_word(rel, SLICE("tag"))) {
        claim = claim_at(place, CLAIM_KEYWORD, SOURCE_LINK, rel);
    } else if (link_address_is_front_page(job_page_url(collector->job), attributes->href)) {
        claim = claim_at(place, CLAIM_HOME_LINK, SOURCE_LINK, SLICE("home"));
    } else {
        folder = link_address_author_folder(collector->lexicon, job_page_url(collector->job), attributes->href);
        if (!folder.ptr)
            return;
        claim = claim_at(place, CLAIM_AUTHOR_LINK, SOURCE_LINK, folder);
    }
    captures_begin(&collector->captures, &claim, place->depth, NEEDS_TEXT, LONGEST_BYLINE);
}

/* ------------------------------------------------------------------- body */

static void read_time(struct claim_collector *collector, const struct tag_attributes *attributes,
                      const struct page_place *place)
{
    bool pubdate = attributes->pubdate;
    struct slice value = slice_trim(attributes->datetime);
    if (value.len) {
        add(collector, place, CLAIM_TIME, SOURCE_TIME_ELEMENT, pubdate ? SLICE("datetime pubdate") : SLICE("datetime"),
            value);
        return;
    }
    struct claim claim =
        claim_at(place, CLAIM_TIME, SOURCE_TIME_ELEMENT, pubdate ? SLICE("text pubdate") : SLICE("text"));
    captures_begin(&collector->captures, &claim, place->depth, NEEDS_DIGIT, LONGEST_DATELINE);
}

static enum claim_kind date_kind(unsigned words)
{
    return words & CLASS_PUBLISHED ? CLAIM_PUBLISHED : words & CLASS_MODIFIED ? CLAIM_MODIFIED : CLAIM_TIME;
}

static bool has_digits(struct slice s, size_t wanted)
{
    for (size_t i = 0; i < s.len && wanted; i++)
        wanted -= ascii_is_digit(s.ptr[i]);
    return wanted == 0;
}

/* Cheap rather than good: of the length and the end, in which class names differ most. */
static struct slice *dull_slot(struct claim_collector *collector, struct slice classes)
{
    uint64_t last = 0;
    size_t most = classes.len < sizeof last ? classes.len : sizeof last;
    memcpy(&last, classes.ptr + classes.len - most, most);
    return &collector->dull[((last + classes.len) * UINT64_C(0x9E3779B97F4A7C15) >> 32) % DULL_CLASSES];
}

/* Class names: the text is a byline, a date. The name of the claim is the first class that says so. */
static void read_classes(struct claim_collector *collector, const struct html_token *token,
                         const struct tag_attributes *attributes, const struct page_place *place)
{
    struct slice rest = attributes->class_name, name, author = SLICE_NULL, date = SLICE_NULL;
    unsigned dates = 0;
    struct slice *dull = dull_slot(collector, rest);
    if (slice_equals(*dull, rest))
        return;
    while (attribute_next_word(&rest, &name)) {
        unsigned words = page_lexicon_class_words(collector->lexicon, name);
        if ((words & CLASS_AUTHOR) && !author.ptr)
            author = name;
        if ((words & CLASS_ANY_DATE) && !date.ptr)
            date = name;
        dates |= words & CLASS_ANY_DATE;
    }
    if (!author.ptr && !date.ptr)
        *dull = attributes->class_name;
    if (author.ptr) {
        struct claim claim = claim_at(place, CLAIM_AUTHOR, SOURCE_BYLINE, author);
        captures_begin(&collector->captures, &claim, place->depth, NEEDS_TEXT, LONGEST_BYLINE);
    }
    if (date.ptr) {
        if (has_digits(attributes->title, 4))
            add(collector, place, date_kind(dates), SOURCE_META, SLICE("title"), attributes->title);
        else if (token->tag != TAG_TIME && attributes->datetime.len)
            add(collector, place, date_kind(dates), SOURCE_META, SLICE("datetime"), attributes->datetime);
        struct claim claim = claim_at(place, date_kind(dates), SOURCE_DATELINE, date);
        captures_begin(&collector->captures, &claim, place->depth, NEEDS_DIGIT, LONGEST_DATELINE);
    }
}

/* The value of a property as the standard has it, but for links: the page means their text when it names an
 * author, and their address when it names an image or itself. Null: the element's text. */
static struct slice property_value(const struct html_token *token, const struct tag_attributes *attributes,
                                   enum claim_kind kind)
{
    bool address = kind == CLAIM_IMAGE || kind == CLAIM_CANONICAL_URL;
    if (token->tag == TAG_META || attributes->content.len)
        return attributes->content;
    if (attributes->datetime.len)
        return attributes->datetime;
    if (address)
        return attributes->src.len ? attributes->src : attributes->href;
    return SLICE_NULL;
}

static size_t longest_value(enum claim_kind kind)
{
    switch (kind) {
    case CLAIM_PUBLISHED:
    case CLAIM_MODIFIED:
    case CLAIM_TIME: return LONGEST_DATELINE;
    case CLAIM_AUTHOR: return LONGEST_BYLINE;
    default: return LONGEST_CAPTURE;
    }
}

static void read_property(struct claim_collector *collector, const struct html_token *token,
                          const struct tag_attributes *attributes, const struct page_place *place)
{
    struct slice rest = attributes->itemprop, property;
    struct claim claim;
    while (attribute_next_word(&rest, &property)) {
        if (!microdata_claim(&collector->microdata, property, &claim))
            continue;
        claim.block = place->block;
        claim.section = place->section;
        claim.value = property_value(token, attributes, claim.kind);
        if (claim.value.ptr) {
            add_claim(collector, &claim);
        } else {
            size_t longest = longest_value(claim.kind);
            captures_begin(&collector->captures, &claim, place->depth,
                           longest == LONGEST_DATELINE ? NEEDS_DIGIT : NEEDS_TEXT, longest);
        }
    }
}

/* An author's item that names nobody by a property of its own: its text is the name. */
static void read_item(struct claim_collector *collector, const struct tag_attributes *attributes,
                      const struct page_place *place)
{
    const struct microdata_item *item = microdata_open(&collector->microdata, attributes, place->depth);
    if (!item || item->role != ITEM_AUTHOR)
        return;
    struct claim claim = claim_at(place, CLAIM_AUTHOR, SOURCE_MICRODATA, attributes->itemprop);
    claim.article = item->article;
    claim.entity = item->entity;
    claim.type = item->type;
    struct capture *capture =
        captures_begin(&collector->captures, &claim, place->depth, NEEDS_TEXT, LONGEST_BYLINE);
    if (capture)
        capture->item = item->number;
}

static void start_script(struct claim_collector *collector, const struct tag_attributes *attributes)
{
    struct slice type = slice_trim(attributes->type);
    collector->in_script = slice_starts_nocase(type, SLICE("application/ld+json"));
    collector->in_program = !collector->in_script;
    if (!collector->in_script)
        return;
    if (collector->script_count == MOST_SCRIPTS) {
        collector->in_script = false;
        return;
    }
    collector->scripts = arena_grow(collector->job->arena, collector->scripts, collector->script_count,
                                    &collector->script_capacity, sizeof *collector->scripts);
    collector->scripts[collector->script_count++] = SLICE_NULL;
}

static void read_element(struct claim_collector *collector, const struct html_token *token,
                         const struct tag_attributes *attributes, const struct page_place *place)
{
    switch (token->tag) {
    case TAG_META: read_meta(collector, attributes, place); break;
    case TAG_LINK: read_link(collector, attributes, place); break;
    case TAG_BASE: read_base(collector, attributes); break;
    case TAG_A: read_anchor(collector, attributes, place); break;
    case TAG_TIME: read_time(collector, attributes, place); break;
    case TAG_HTML:
        if (attributes->lang.len)
            add(collector, place, CLAIM_LANGUAGE, SOURCE_HTML_LANG, SLICE("lang"), attributes->lang);
        break;
    case TAG_SCRIPT: start_script(collector, attributes); break;
    case TAG_TITLE:
        collector->in_title = !collector->had_title;
        if (collector->in_title) {
            struct claim claim = claim_at(place, CLAIM_HEADLINE, SOURCE_TITLE, SLICE("title"));
            captures_begin(&collector->captures, &claim, place->depth, NEEDS_TEXT, LONGEST_CAPTURE);
            collector->had_title = true;
        }
        break;
    default: break;
    }
}

void claims_start(struct claim_collector *collector, const struct html_token *token,
                  const struct tag_attributes *attributes, const struct page_place *place)
{
    claims_close(collector, place->depth ? place->depth : UINT32_MAX);
    if (collector->captures.count)
        captures_text(&collector->captures, token->tag == TAG_SPAN ? SLICE("") : SLICE(" "));
    if (!place->shown)
        return;
    read_element(collector, token, attributes, place);
    if (attributes->itemscope)
        read_item(collector, attributes, place);
    else if (attributes->itemprop.len)
        read_property(collector, token, attributes, place);
    if (attributes->class_name.len)
        read_classes(collector, token, attributes, place);
    if (attributes->stamp.len)
        add(collector, place, date_kind(page_lexicon_class_words(collector->lexicon, attributes->stamp_name)),
            SOURCE_META, attributes->stamp_name, attributes->stamp);
}

/* A script's text may come in several tokens. */
static void add_script(struct claim_collector *collector, struct slice text)
{
    struct slice *script = &collector->scripts[collector->script_count - 1];
    if (!script->ptr) {
        *script = text;
    } else if (script->len + text.len <= LIMIT_JSON_LD_BYTES) {
        char *joined = arena_alloc(collector->job->arena, script->len + text.len);
        memcpy(joined, script->ptr, script->len);
        memcpy(joined + script->len, text.ptr, text.len);
        *script = slice_of(joined, script->len + text.len);
    }
}

void claims_text(struct claim_collector *collector, const struct html_token *token)
{
    if (!token->raw)
        captures_text(&collector->captures, token->text);
    else if (collector->in_script)
        add_script(collector, token->text);
    else if (collector->in_program)
        script_dates_read(&collector->script_dates, collector->job, token->text, LIMIT_MARKUP_CLAIMS);
}

static void finish_capture(struct claim_collector *collector, struct capture *capture)
{
    if (capture->item && microdata_is_named(&collector->microdata, capture->item))
        return;
    capture->claim.value = capture_value(capture);
    if (capture->claim.value.len)
        capture->claim.value = arena_copy(collector->job->arena, capture->claim.value);
    claims_add(collector->job, &capture->claim, LIMIT_MARKUP_CLAIMS);
}

void claims_close(struct claim_collector *collector, uint32_t depth)
{
    struct captures *captures = &collector->captures;
    size_t first = captures->count;
    while (first > 0 && captures->items[first - 1].depth >= depth)
        first--;
    for (size_t i = first; i < captures->count; i++) /* in the order in which they began */
        finish_capture(collector, &captures->items[i]);
    captures->count = first;
    microdata_close(&collector->microdata, depth);
    collector->in_script = collector->in_program = false;
}

void claims_finish(struct claim_collector *collector)
{
    claims_close(collector, 1);
    jsonld_read(collector->job, collector->scripts, collector->script_count);
}
