#include "page/blocks.h"

#include "base/utf8.h"
#include "open_elements_internal.h"
#include "sections_internal.h"
#include "visible_text_internal.h"

#define LOWEST_HEADING_OF_PIECES 2 /* h1 and h2 carry headlines */
#define LEAST_FIELD 2u             /* bytes: single letters in elements of their own are set so for show */
#define WRAPS 4 /* labelled inline elements around one block that become sections: deeper ones say the same */

/* Two fields that touch in the source, <span class=author>Eva Lund</span><span class=date>5 May</span>, are parted by a
 * margin on the screen. Where nothing but their touching tells so, letters have to look like an end and a beginning. */
enum field_joint { JOINT_NONE, JOINT_OF_CASE, JOINT_OF_FIELDS };

struct block_builder {
    struct job *job;
    struct section_list sections;
    struct visible_text text;
    struct block *blocks;
    size_t count, capacity;
    struct block block; /* the one being written, while its text is not empty */
    uint32_t bold_bytes;
    struct piece *pieces;
    size_t piece_count, piece_capacity;
    unsigned breaks;   /* br in a row */
    bool link_counted; /* the open link is counted in this block */
    bool in_head;
    size_t muted;                     /* index of the element that mutes its text, 0: none */
    struct open_element wraps[WRAPS]; /* labelled inline elements that hold all of the block so far, inner first */
    size_t wrap_count, wrap_end;      /* they ended at this offset of the text */
    size_t field_end;                 /* where a span, link or time last ended; 0: nowhere */
    bool field_labelled;
    enum field_joint joint; /* another one began right there */
    struct open_elements open;
};

struct block_builder *blocks_create(struct job *job)
{
    struct block_builder *builder = arena_alloc(job->arena, sizeof *builder);
    memset(builder, 0, offsetof(struct block_builder, open)); /* the elements are many, and made when they open */
    builder->job = job;
    builder->in_head = true;
    builder->text.arena = job->arena;
    open_elements_init(&builder->open);
    sections_init(&builder->sections, job->arena);
    return builder;
}

uint32_t blocks_depth(const struct block_builder *builder)
{
    return (uint32_t)builder->open.count;
}

bool blocks_in_foreign(const struct block_builder *builder)
{
    return builder->open.nearest[TAG_SVG] || builder->open.nearest[TAG_MATH];
}

/* ------------------------------------------------------------------ blocks */

static void begin_block(struct block_builder *builder)
{
    const struct open_element *top = open_elements_top(&builder->open);
    builder->block = (struct block){
        .span = {(uint32_t)builder->text.start, 0},
        .tag = (enum block_tag)top->kind,
        .level = top->level,
        .flags = top->flags,
        .section = top->section,
    };
    builder->bold_bytes = 0;
    builder->link_counted = false;
    builder->wrap_count = 0;
}

/* Labelled inline elements that hold the whole block become sections around it, the outer ones first. */
static void wrap_block(struct block_builder *builder)
{
    if (builder->wrap_end != builder->text.len)
        return;
    while (builder->wrap_count > 0) {
        const struct open_element *wrap = &builder->wraps[--builder->wrap_count];
        uint32_t section = sections_add(&builder->sections, builder->block.section, wrap, (uint32_t)builder->count);
        if (section != builder->block.section)
            builder->sections.items[section].end_block = (uint32_t)builder->count + 1;
        builder->block.section = section;
    }
}

static void end_block(struct block_builder *builder)
{
    builder->breaks = 0;
    builder->text.blank = false;
    if (!visible_text_is_open(&builder->text))
        return;
    wrap_block(builder);
    builder->block.span.end = (uint32_t)builder->text.len;
    if (builder->bold_bytes == builder->block.span.end - builder->block.span.start)
        builder->block.flags |= BLOCK_BOLD;
    visible_text_end_block(&builder->text);
    builder->blocks =
        arena_grow(builder->job->arena, builder->blocks, builder->count, &builder->capacity, sizeof *builder->blocks);
    builder->blocks[builder->count++] = builder->block;
}

static bool parts_fields(const struct block_builder *builder, struct slice next)
{
    size_t taken;
    uint32_t before = utf8_decode_before(slice_of(builder->text.ptr, builder->text.len), builder->text.len, &taken);
    uint32_t behind = utf8_decode(next, 0, &taken);
    if (builder->joint == JOINT_OF_FIELDS)
        return utf8_is_word(behind);
    return (utf8_is_lower(before) && (utf8_is_upper(behind) || utf8_is_digit(behind))) ||
           (utf8_is_digit(before) && utf8_is_upper(behind));
}

static void part_fields(struct block_builder *builder, struct slice next)
{
    if (builder->field_end == builder->text.len && next.len && parts_fields(builder, next))
        builder->text.blank = true;
    builder->joint = JOINT_NONE;
}

static bool is_bold(const struct block_builder *builder)
{
    return builder->open.nearest[TAG_STRONG] || builder->open.nearest[TAG_B];
}

/* <b>Why it fell</b><br>The bridge ...: a line that is bold to its end heads what follows, and is a block of its own.
 */
static bool behind_bold_line(const struct block_builder *builder, struct slice text)
{
    return builder->breaks == 1 && visible_text_is_open(&builder->text) && !is_bold(builder) &&
           builder->bold_bytes == builder->text.len - builder->text.start && !slice_is_empty(slice_trim(text));
}

static void add_text(struct block_builder *builder, struct slice text)
{
    if (behind_bold_line(builder, text))
        end_block(builder);
    bool fresh = !visible_text_is_open(&builder->text);
    if (builder->joint && !fresh)
        part_fields(builder, text);
    size_t grown = visible_text_append(&builder->text, text);
    if (!grown)
        return;
    if (fresh)
        begin_block(builder);
    const uint16_t *nearest = builder->open.nearest;
    builder->breaks = 0;
    if (nearest[TAG_A]) {
        builder->block.link_bytes += (uint32_t)grown;
        if (!builder->link_counted && builder->block.links < UINT16_MAX)
            builder->block.links++;
        builder->link_counted = true;
    }
    if (is_bold(builder))
        builder->bold_bytes += (uint32_t)grown;
}

/* In pre, an empty line ends a block: old pages set whole articles in it. */
static void add_preformatted(struct block_builder *builder, struct slice text)
{
    struct slice line;
    bool first = true, ends_line = slice_ends(text, SLICE("\n"));
    while (builder->count < LIMIT_BLOCKS && slice_split(&text, '\n', &line)) {
        bool empty = slice_is_empty(slice_trim(line));
        if (!first && empty && text.len)
            end_block(builder);
        if (!first)
            builder->text.blank = true;
        add_text(builder, line);
        first = false;
    }
    builder->text.blank |= ends_line;
}

void blocks_text(struct block_builder *builder, struct slice text)
{
    if (builder->muted || builder->count >= LIMIT_BLOCKS)
        return;
    if (builder->in_head) {
        if (slice_is_empty(slice_trim(text)))
            return;
        builder->in_head = false;
    }
    if (open_elements_top(&builder->open)->kind == BLOCK_PREFORMATTED)
        add_preformatted(builder, text);
    else
        add_text(builder, text);
}

/* ------------------------------------------------------------------ pieces */

static void add_piece(struct block_builder *builder, size_t start, const struct open_element *element)
{
    if (builder->piece_count == LIMIT_PIECES)
        return;
    if (start < builder->text.start)
        start = builder->text.start;
    builder->pieces = arena_grow(builder->job->arena, builder->pieces, builder->piece_count, &builder->piece_capacity,
                                 sizeof *builder->pieces);
    builder->pieces[builder->piece_count++] = (struct piece){
        .span = {(uint32_t)start, (uint32_t)builder->text.len},
        .kind = !element                                                ? PIECE_BREAK
                : element->tag == TAG_SMALL || element->tag == TAG_TIME ? PIECE_ASIDE
                                                                        : PIECE_ELEMENT,
        .label = element ? sections_label(builder->job->arena, element) : SLICE(""),
    };
}

/* An inline element of a heading sets a kicker, a subtitle, a date apart from the headline proper. */
static void remember_piece(struct block_builder *builder, const struct open_element *element)
{
    bool heading = element->kind == BLOCK_HEADING && element->level <= LOWEST_HEADING_OF_PIECES;
    if (heading && visible_text_is_open(&builder->text) && builder->text.len > element->text_start)
        add_piece(builder, element->text_start, element);
}

/* ---------------------------------------------------------------- elements */

static void remember_wrap(struct block_builder *builder, const struct open_element *element)
{
    if (!visible_text_is_open(&builder->text) || !element->began_block)
        return;
    if (builder->wrap_end != builder->text.len)
        builder->wrap_count = 0;
    builder->wrap_end = builder->text.len;
    if (builder->wrap_count < WRAPS)
        builder->wraps[builder->wrap_count++] = *element;
}

static bool is_field(unsigned tag)
{
    return tag == TAG_SPAN || tag == TAG_A || tag == TAG_TIME;
}

static void remember_field(struct block_builder *builder, const struct open_element *element)
{
    if (!is_field(element->tag) || builder->text.len < element->text_start + LEAST_FIELD)
        return;
    bool again = builder->field_end == builder->text.len && builder->field_labelled;
    builder->field_end = builder->text.len;
    builder->field_labelled = element->labelled || again;
    builder->joint = JOINT_NONE;
}

/* In a paragraph or heading labels are marks of an editor as well, <span class=s1>mis</span><span class=s2>fit</span>.
 */
static void join_field(struct block_builder *builder, const struct open_element *element)
{
    if (!is_field(element->tag) || builder->field_end != builder->text.len || !visible_text_is_open(&builder->text))
        return;
    bool labelled = element->labelled && builder->field_labelled, loose = element->kind == BLOCK_LOOSE;
    if (loose || labelled)
        builder->joint = loose && labelled ? JOINT_OF_FIELDS : builder->joint ? builder->joint : JOINT_OF_CASE;
}

static void close_top(struct block_builder *builder)
{
    struct open_element *top = open_elements_top(&builder->open);
    if (top->owns_section || (tag_traits((enum html_tag)top->tag)->traits & TRAIT_BOUNDARY))
        end_block(builder);
    else {
        remember_piece(builder, top);
        remember_field(builder, top);
        if (top->labelled)
            remember_wrap(builder, top);
    }
    if (top->owns_section)
        builder->sections.items[top->section].end_block = (uint32_t)builder->count;
    open_elements_pop(&builder->open);
    if (builder->muted >= builder->open.count)
        builder->muted = 0;
}

static void close_from(struct block_builder *builder, size_t index)
{
    while (index && builder->open.count > index)
        close_top(builder);
}

static void add_break(struct block_builder *builder)
{
    if (!visible_text_is_open(&builder->text))
        return;
    add_piece(builder, builder->text.len, NULL);
    builder->text.blank = true;
    if (++builder->breaks >= 2)
        end_block(builder);
}

static uint16_t role_flags(struct slice role)
{
    static const struct {
        struct slice role;
        uint16_t flags;
    } roles[] = {
        {{"main", 4}, BLOCK_IN_MAIN},
        {{"navigation", 10}, BLOCK_IN_NAV},
        {{"complementary", 13}, BLOCK_IN_ASIDE},
        {{"banner", 6}, BLOCK_IN_HEADER},
        {{"contentinfo", 11}, BLOCK_IN_FOOTER},
        {{"button", 6}, BLOCK_IN_BUTTON},
        {{"article", 7}, BLOCK_IN_ARTICLE},
        {{"search", 6}, BLOCK_IN_FORM},
        {{"form", 4}, BLOCK_IN_FORM},
        {{"menu", 4}, BLOCK_IN_NAV},
        {{"menubar", 7}, BLOCK_IN_NAV},
    };
    for (size_t i = 0; role.len && i < sizeof roles / sizeof roles[0]; i++)
        if (slice_equals_nocase(role, roles[i].role))
            return roles[i].flags;
    return 0;
}

static bool has_label(const struct tag_attributes *attributes)
{
    return attributes->class_name.len || attributes->id.len || attributes->itemprop.len || attributes->component.len;
}

static void set_label(struct open_element *element, const struct tag_attributes *attributes)
{
    element->class_name = attributes->class_name;
    element->id = attributes->id;
    element->role = attributes->role;
    element->itemprop = attributes->itemprop;
    element->component = attributes->component;
}

static void open_section(struct block_builder *builder, struct open_element *element)
{
    uint32_t section = sections_add(&builder->sections, element->section, element, (uint32_t)builder->count);
    element->owns_section = section != element->section;
    element->section = section;
}

/* Hidden containers are marked, since a script may show them; hidden words within a line are left out, since they
 * would stand in the middle of a sentence. aria-hidden says nothing of words in a line: they are seen. */
static void apply_hiding(struct block_builder *builder, struct open_element *element, uint16_t traits,
                         const struct tag_attributes *attributes)
{
    bool boundary = traits & TRAIT_BOUNDARY;
    bool hidden = attributes->hidden || (element->tag == TAG_DIALOG && !attributes->open);
    if (boundary && (hidden || attributes->aria_hidden))
        element->flags |= BLOCK_HIDDEN;
    if (!builder->muted && ((traits & TRAIT_MUTED) || (hidden && !boundary)))
        builder->muted = builder->open.count - 1;
}

/* A labelled inline element (a card's link, a custom element) that turns out to hold blocks is a container. */
static void promote_parent(struct block_builder *builder)
{
    struct open_element *parent = open_elements_top(&builder->open);
    if (parent->labelled && !parent->owns_section)
        open_section(builder, parent);
}

static uint32_t push_element(struct block_builder *builder, const struct html_token *token,
                             const struct tag_attributes *attributes)
{
    uint16_t traits = tag_traits(token->tag)->traits;
    if (traits & TRAIT_BOUNDARY)
        promote_parent(builder);
    struct open_element *element = open_elements_push(&builder->open, token->tag, token->name);
    if (!element)
        return 0;
    element->flags |= role_flags(attributes->role);
    element->text_start = (uint32_t)builder->text.len;
    bool labelled = has_label(attributes);
    if (labelled || attributes->role.len)
        set_label(element, attributes);
    if ((traits & TRAIT_SECTION) || (labelled && (traits & TRAIT_LABELLED)))
        open_section(builder, element);
    else if (labelled && !(traits & TRAIT_BOUNDARY)) {
        element->labelled = true;
        element->began_block = !visible_text_is_open(&builder->text);
    }
    join_field(builder, element);
    apply_hiding(builder, element, traits, attributes);
    if (token->tag == TAG_A)
        builder->link_counted = false;
    return (uint32_t)builder->open.count - 1;
}

/* In svg and math: an HTML block or heading breaks out of it, as the standard has it. */
static void leave_foreign(struct block_builder *builder, uint16_t traits)
{
    size_t svg = builder->open.nearest[TAG_SVG], math = builder->open.nearest[TAG_MATH];
    if ((svg || math) && (traits & TRAIT_SPECIAL) && !(traits & TRAIT_FOREIGN))
        close_from(builder, svg && (svg < math || !math) ? svg : math);
}

struct page_place blocks_start(struct block_builder *builder, const struct html_token *token,
                               const struct tag_attributes *attributes)
{
    uint16_t traits = tag_traits(token->tag)->traits;
    bool structure = token->tag == TAG_HTML || token->tag == TAG_HEAD || token->tag == TAG_BODY;
    leave_foreign(builder, traits);
    if (!(traits & TRAIT_HEAD) && token->tag != TAG_HTML && token->tag != TAG_HEAD)
        builder->in_head = false;
    close_from(builder, open_elements_ended_by_start(&builder->open, token->tag));
    if (traits & TRAIT_BOUNDARY)
        end_block(builder);
    if (token->tag == TAG_BR)
        add_break(builder);
    uint32_t depth = 0;
    bool foreign_empty = token->self_closing && (blocks_in_foreign(builder) || (traits & TRAIT_FOREIGN));
    if (!(traits & TRAIT_VOID) && !structure && !foreign_empty)
        depth = push_element(builder, token, attributes);
    const uint16_t *nearest = builder->open.nearest;
    return (struct page_place){
        .block = builder->in_head ? NO_BLOCK : (uint32_t)builder->count,
        .section = open_elements_top(&builder->open)->section,
        .depth = depth,
        .shown = !nearest[TAG_TEMPLATE] && !nearest[TAG_SVG] && !nearest[TAG_MATH],
    };
}

void blocks_end(struct block_builder *builder, const struct html_token *token)
{
    if (token->tag == TAG_HEAD)
        builder->in_head = false;
    else if (token->tag == TAG_BR)
        add_break(builder);
    else if (token->tag == TAG_P && builder->open.nearest[TAG_P] <= open_elements_top(&builder->open)->scope)
        end_block(builder); /* "</p>" without a paragraph makes an empty one */
    else
        close_from(builder, open_elements_ended_by_end(&builder->open, token->tag, token->name));
}

void blocks_close(struct block_builder *builder)
{
    close_from(builder, 1);
    end_block(builder);
}

size_t blocks_bytes(const struct block_builder *builder)
{
    return builder->text.len;
}

void blocks_finish(struct block_builder *builder)
{
    struct article *article = &builder->job->article;
    blocks_close(builder);
    if (builder->count >= LIMIT_BLOCKS)
        job_warn(builder->job, "page_cut", "body", "the page has more blocks of text than are read");
    builder->sections.items[0].end_block = (uint32_t)builder->count;
    article->text = slice_of(builder->text.ptr, builder->text.len);
    article->blocks = builder->blocks;
    article->block_count = (uint32_t)builder->count;
    article->pieces = builder->pieces;
    article->piece_count = (uint32_t)builder->piece_count;
    article->sections = builder->sections.items;
    article->section_count = (uint32_t)builder->sections.count;
}
