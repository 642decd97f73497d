#include "answer_internal.h"

/* Long enough to recognise what was left out of a page, short enough not to be an answer of its own. */
#define EXCERPT_BYTES 120

static struct slice excerpt(struct slice text)
{
    size_t end = text.len < EXCERPT_BYTES ? text.len : EXCERPT_BYTES;
    while (end < text.len && end > 0 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
        end--;
    return slice_sub(text, 0, end);
}

/* For text the span of what was left out; for a page the place in body.text where it stood, and how it
 * begins. */
static void write_excluded_block(struct writer *w, uint32_t index)
{
    const struct block *block = &w->article->blocks[index];
    answer_raw(w, "{\"span\":");
    if (w->page)
        answer_offsets(w, w->body.starts[index], w->body.starts[index]);
    else
        answer_offsets(w, block->span.start, block->span.end);
    answer_raw(w, ",\"reason\":\"");
    answer_raw(w, role_name(block->role));
    answer_raw(w, "\"");
    if (w->page) {
        answer_raw(w, ",\"text\":");
        answer_string(w, excerpt(block_text(w->article, block)));
    }
    answer_raw(w, "}");
}

/* Headline, byline and the like are parts of the article that have keys of their own. */
static bool is_left_out(enum block_role role)
{
    return role >= ROLE_TEASER;
}

static void write_excluded(struct writer *w)
{
    bool first = true;
    answer_raw(w, ",\"excluded\":[");
    for (uint32_t i = 0; i < w->article->block_count; i++) {
        if (!is_left_out(w->article->blocks[i].role) || (w->article->blocks[i].flags & BLOCK_HIDDEN))
            continue;
        answer_raw(w, first ? "" : ",");
        first = false;
        write_excluded_block(w, i);
    }
    answer_raw(w, "]");
}

static void write_body_span(struct writer *w)
{
    uint32_t first = NO_BLOCK, last = 0;
    for (uint32_t i = 0; i < w->article->block_count; i++)
        if (role_is_prose(w->article->blocks[i].role)) {
            first = first == NO_BLOCK ? i : first;
            last = i;
        }
    if (first == NO_BLOCK)
        answer_raw(w, "null");
    else if (w->page)
        answer_offsets(w, 0, w->body.text.len);
    else
        answer_offsets(w, w->article->blocks[first].span.start, w->article->blocks[last].span.end);
}

void answer_body(struct writer *w)
{
    answer_raw(w, "{\"span\":");
    write_body_span(w);
    buffer_printf(w->out, ",\"words\":%u,\"paragraphs\":%u", w->body.words, w->body.paragraphs);
    write_excluded(w);
    if (w->job->include & INCLUDE_BODY) {
        answer_raw(w, ",\"text\":");
        answer_string(w, w->body.text);
    }
    answer_raw(w, "}");
}
