#include "json_story_internal.h"

#include "article/limits.h"
#include "base/buffer.h"
#include "base/json_reading.h"
#include "claim_list_internal.h"

#define LEAST_STORY 300u      /* bytes; less is a description */
#define LEAST_LIST 200u       /* the same of a list of paragraphs */
#define LEAST_PARAGRAPH 40u   /* bytes; less counts for no story, though it is part of one */
#define LONGEST_STORY (256u << 10)
#define MOST_VALUES 50000u    /* of a page's state that are looked at */
#define ASSIGNMENT 200u       /* bytes of a program before the state that it assigns */
/* Levels from an element of a list to its text: list, item, paragraph, link, each with an array between. */
#define DEPTH 8
#define MOST_WAITING 64       /* values of one element */
#define MOST_PARAGRAPHS 2000
#define MOST_AUTHORS 12

/* A list of paragraphs, or one string of them. */
struct story {
    json_t *value, *owner; /* owner: the object that has it, with the authors beside it; NULL if none does */
    size_t bytes, paragraphs;
};

struct walk {
    struct arena *arena;
    json_t **queue; /* breadth first: no recursion on foreign depth */
    size_t count, capacity;
    struct story best;
};

static bool is_one_of(const char *key, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(key, *words) == 0)
            return true;
    return false;
}

/* What holds the text of a paragraph. */
static bool is_text_key(const char *key)
{
    static const char *const keys[] = {"text", "value", "content", "html", "body", "paragraph", "data", NULL};
    return is_one_of(key, keys);
}

/* What holds all of a story in one string. */
static bool is_story_key(const char *key)
{
    static const char *const keys[] = {"articleBody", "article_body", "body",      "content",  "html",
                                       "text",        "bodyHtml",     "body_html", "bodyHTML", "bodyText",
                                       "contentHtml", "contentHTML",  "rendered",  NULL};
    return is_one_of(key, keys);
}

/* ------------------------------------------------------------- one paragraph */

struct waiting {
    json_t *value;
    int depth;
};

struct stack {
    struct waiting items[MOST_WAITING];
    size_t count;
};

static void wait_for(struct stack *stack, json_t *value, int depth)
{
    if (stack->count < MOST_WAITING && depth <= DEPTH &&
        (json_is_object(value) || json_is_array(value) || json_is_string(value)))
        stack->items[stack->count++] = (struct waiting){value, depth};
}

/* What was put on the stack from `from` on is to be taken off in its own order. */
static void turn(struct stack *stack, size_t from)
{
    for (size_t i = from, j = stack->count; i + 1 < j; i++) {
        struct waiting item = stack->items[i];
        stack->items[i] = stack->items[--j];
        stack->items[j] = item;
    }
}

static void open_value(struct stack *stack, const struct waiting *item)
{
    size_t from = stack->count;
    for (size_t i = 0; i < json_array_size(item->value) && i < MOST_WAITING; i++)
        wait_for(stack, json_array_get(item->value, i), item->depth + 1);
    const char *key;
    json_t *child;
    if (json_is_object(item->value))
        json_object_foreach(item->value, key, child)
            if (!json_is_string(child) || is_text_key(key))
                wait_for(stack, child, item->depth + 1);
    turn(stack, from);
}

/* What an element of a list is by the names of its type: "paragraph", "heading-two", "image". */
static struct slice type_of(const json_t *element)
{
    static const char *const keys[] = {"type", "_type", "nodeType", "style", "kind", "__typename", "tag", NULL};
    for (const char *const *key = keys; *key; key++) {
        const json_t *type = json_object_get(element, *key);
        if (json_is_string(type))
            return slice_from_cstr(json_string_value(type));
    }
    return SLICE("");
}

/* A teaser has an address or a title of its own; pictures and advertisements are named by their type. */
static bool is_other(const json_t *element)
{
    static const char *const own[] = {"url", "href", "slug", "link", "title", "headline", "src", NULL};
    static const struct slice types[] = {{"image", 5},       {"photo", 5},   {"video", 5}, {"embed", 5},
                                         {"related", 7},     {"gallery", 7}, {"promo", 5}, {"advert", 6},
                                         {"newsletter", 10}, {"caption", 7}};
    for (const char *const *key = own; *key; key++)
        if (json_is_string(json_object_get(element, *key)))
            return true;
    struct slice type = type_of(element);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (slice_contains_nocase(type, types[i]))
            return true;
    return false;
}

/* The text of an element, appended to `out`: strings below it, side by side. */
static void append_text(json_t *element, struct buffer *out)
{
    struct stack stack = {.count = 0};
    if (is_other(element))
        return;
    wait_for(&stack, element, 0);
    while (stack.count) {
        struct waiting item = stack.items[--stack.count];
        if (json_is_string(item.value))
            buffer_append(out, slice_of(json_string_value(item.value), json_string_length(item.value)));
        else
            open_value(&stack, &item);
    }
}

/* Words with blanks between them, or letters that need none; no address, no number, no program. */
static bool reads_like_prose(struct slice text)
{
    size_t blanks = 0, wide = 0, braces = 0;
    for (size_t i = 0; i < text.len; i++) {
        blanks += text.ptr[i] == ' ';
        wide += (unsigned char)text.ptr[i] >= 0xE0;
        braces += text.ptr[i] == '{' || text.ptr[i] == '}' || text.ptr[i] == ';';
    }
    return (blanks * 15 >= text.len || wide * 6 >= text.len) && braces * 50 <= text.len;
}

/* ---------------------------------------------------------------- the story */

static struct story measure_list(json_t *list, json_t *owner)
{
    struct story story = {.value = list, .owner = owner};
    struct buffer text = buffer_make(LONGEST_STORY);
    for (size_t i = 0; i < json_array_size(list) && i < MOST_PARAGRAPHS; i++) {
        buffer_clear(&text);
        append_text(json_array_get(list, i), &text);
        if (text.len < LEAST_PARAGRAPH || !reads_like_prose(buffer_slice(&text)))
            continue;
        story.bytes += text.len;
        story.paragraphs++;
    }
    buffer_free(&text);
    story.bytes = story.paragraphs > 1 && story.bytes >= LEAST_LIST ? story.bytes : 0;
    return story;
}

static struct story measure_string(json_t *string, json_t *owner)
{
    struct slice text = slice_of(json_string_value(string), json_string_length(string));
    struct story story = {.value = string, .owner = owner, .paragraphs = 1};
    for (size_t at = slice_find(text, SLICE("</p>"), 0); at != SLICE_NOT_FOUND;
         at = slice_find(text, SLICE("</p>"), at + 1))
        story.paragraphs++;
    story.bytes = text.len >= LEAST_STORY && reads_like_prose(text) ? text.len : 0;
    return story;
}

/* The longest; a list within it that has nearly as much in more paragraphs tells them apart. */
static void consider(struct walk *walk, struct story story)
{
    const struct story *best = &walk->best;
    bool finer = story.paragraphs > best->paragraphs && story.bytes * 10 >= best->bytes * 7;
    if (story.bytes && (story.bytes > best->bytes || finer))
        walk->best = story;
}

static void push(struct walk *walk, json_t *value, json_t *owner)
{
    if ((!json_is_object(value) && !json_is_array(value)) || walk->count == MOST_VALUES)
        return;
    if (json_is_array(value))
        consider(walk, measure_list(value, owner));
    walk->queue = arena_grow(walk->arena, walk->queue, walk->count, &walk->capacity, sizeof *walk->queue);
    walk->queue[walk->count++] = value;
}

static void visit(struct walk *walk, json_t *value)
{
    for (size_t i = 0; i < json_array_size(value); i++)
        push(walk, json_array_get(value, i), NULL);
    const char *key;
    json_t *child;
    if (json_is_object(value))
        json_object_foreach(value, key, child)
        {
            if (json_is_string(child) && is_story_key(key))
                consider(walk, measure_string(child, value));
            push(walk, child, value);
        }
}

static void read_state(struct walk *walk, struct slice text)
{
    json_error_t error;
    json_t *root = json_read(walk->arena, text, JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, &error);
    size_t from = walk->count;
    push(walk, root, NULL);
    for (size_t i = from; i < walk->count; i++)
        visit(walk, walk->queue[i]);
}

/* ------------------------------------------------------------------ scripts */

/* The JSON that a script is, or that it assigns first: "window.__STATE__ = {...}"; null if it does neither. */
static struct slice state_of(struct slice script)
{
    script = slice_trim(script);
    size_t at = 0, sign = slice_find_byte(slice_sub(script, 0, ASSIGNMENT), '=', 0);
    if (script.len && script.ptr[0] != '{' && script.ptr[0] != '[') {
        if (sign == SLICE_NOT_FOUND)
            return SLICE_NULL;
        for (at = sign + 1; at < script.len && ascii_is_space(script.ptr[at]);)
            at++;
    }
    struct slice state = slice_sub(script, at, script.len);
    return state.len >= LEAST_STORY && (state.ptr[0] == '{' || state.ptr[0] == '[') ? state : SLICE_NULL;
}

/* Of a script's start tag, from behind its name to the ">". */
static bool may_be_state(struct slice attributes)
{
    return slice_find(attributes, SLICE("type="), 0) == SLICE_NOT_FOUND ||
           slice_contains_nocase(attributes, SLICE("application/json")) ||
           slice_contains_nocase(attributes, SLICE("javascript"));
}

static void read_scripts(struct walk *walk, struct slice page)
{
    size_t bytes = 0, at = slice_find(page, SLICE("<script"), 0);
    while (at != SLICE_NOT_FOUND && bytes <= LIMIT_JSON_LD_BYTES) {
        size_t open = slice_find_byte(page, '>', at),
               end = open == SLICE_NOT_FOUND ? open : slice_find(page, SLICE("</script"), open);
        if (end == SLICE_NOT_FOUND)
            return;
        struct slice text =
            may_be_state(slice_sub(page, at, open)) ? state_of(slice_sub(page, open + 1, end)) : SLICE_NULL;
        bytes += text.len;
        if (text.len && bytes <= LIMIT_JSON_LD_BYTES)
            read_state(walk, text);
        at = slice_find(page, SLICE("<script"), end);
    }
}

/* ------------------------------------------------------------------ authors */

static void claim_author(struct job *job, const json_t *value)
{
    const json_t *name = json_is_object(value) ? json_object_get(value, "name") : value;
    if (!json_is_string(name))
        return;
    struct claim claim = {.kind = CLAIM_AUTHOR, .source = SOURCE_SCRIPT, .name = SLICE("author"), .block = NO_BLOCK};
    claim.value = arena_copy(job->arena, slice_of(json_string_value(name), json_string_length(name)));
    claims_add(job, &claim, LIMIT_CLAIMS);
}

/* What the object that has the story says of who wrote it. */
static void claim_authors(struct job *job, const json_t *owner)
{
    static const char *const keys[] = {"authors", "author", "byline", "bylines", NULL};
    for (const char *const *key = keys; *key; key++) {
        json_t *value = json_object_get(owner, *key);
        for (size_t i = 0; i < json_array_size(value) && i < MOST_AUTHORS; i++)
            claim_author(job, json_array_get(value, i));
        if (value && !json_is_array(value))
            claim_author(job, value);
        if (value)
            return;
    }
}

/* --------------------------------------------------------------------- HTML */

static void append_escaped(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '<')
            buffer_append_cstr(out, "&lt;");
        else if (text.ptr[i] == '&')
            buffer_append_cstr(out, "&amp;");
        else
            buffer_append_byte(out, text.ptr[i]);
}

static bool is_markup(struct slice text)
{
    size_t open = slice_find_byte(text, '<', 0);
    return open != SLICE_NOT_FOUND && slice_find_byte(text, '>', open) != SLICE_NOT_FOUND;
}

static void append_paragraph(struct buffer *out, const char *tag, struct slice text)
{
    if (text.len == 0)
        return;
    buffer_printf(out, "<%s>", tag);
    if (is_markup(text))
        buffer_append(out, text);
    else
        append_escaped(out, text);
    buffer_printf(out, "</%s>", tag);
}

static bool is_heading(const json_t *element)
{
    struct slice type = type_of(element);
    bool level = type.len == 2 && (type.ptr[0] | 0x20) == 'h' && ascii_is_digit(type.ptr[1]);
    return level || slice_contains_nocase(type, SLICE("heading")) || slice_contains_nocase(type, SLICE("subhead"));
}

static void append_list(struct buffer *out, json_t *list)
{
    struct buffer text = buffer_make(LONGEST_STORY);
    for (size_t i = 0; i < json_array_size(list) && i < MOST_PARAGRAPHS; i++) {
        json_t *element = json_array_get(list, i);
        buffer_clear(&text);
        append_text(element, &text);
        if (is_heading(element) || (text.len && reads_like_prose(buffer_slice(&text))))
            append_paragraph(out, is_heading(element) ? "h2" : "p", buffer_slice(&text));
    }
    buffer_free(&text);
}

static struct slice claimed_body(const struct article *article)
{
    struct slice longest = SLICE_NULL;
    for (uint32_t i = 0; i < article->claim_count; i++)
        if (article->claims[i].kind == CLAIM_BODY && article->claims[i].value.len > longest.len)
            longest = article->claims[i].value;
    return longest;
}

struct slice json_story_find(struct job *job)
{
    struct walk walk = {.arena = job->arena};
    struct buffer out = buffer_make(LONGEST_STORY);
    struct slice claimed = claimed_body(&job->article);
    buffer_append_cstr(&out, "<article>");
    if (claimed.len >= LEAST_STORY)
        append_paragraph(&out, "p", claimed);
    else
        read_scripts(&walk, job->input);
    if (json_is_array(walk.best.value))
        append_list(&out, walk.best.value);
    else if (walk.best.value)
        append_paragraph(&out, "div",
                         slice_of(json_string_value(walk.best.value), json_string_length(walk.best.value)));
    buffer_append_cstr(&out, "</article>");
    if (walk.best.owner)
        claim_authors(job, walk.best.owner);
    bool found = claimed.len >= LEAST_STORY || walk.best.value;
    struct slice html = found ? arena_copy(job->arena, buffer_slice(&out)) : SLICE_NULL;
    buffer_free(&out);
    return html;
}
