/* blocks: the text of a page as a browser would show it, cut at block boundaries, and the containers
 * (sections) that the blocks stand in. Fed token by token; no tree is built.
 *
 * White space is squashed, soft hyphens and zero-width spaces are dropped, no-break spaces become blanks. Two
 * line breaks in a row end a block, a single one is a blank. Text that is not shown as text (script, style,
 * svg, select, iframe, ...) is left out; text in noscript, template and hidden containers is kept and marked
 * BLOCK_HIDDEN, because pages hide an article until a script shows it; hidden inline elements are left out.
 *
 * Sections are the container elements (div, section, article, ul, td, ...), p, headings, pre and button when
 * they carry a label (class, id, ...), and labelled inline elements that hold blocks, or a whole block:
 * <div><span class="byline">By A</span></div> gives a block in a section "byline" in the div's section.
 *
 * Pieces are what a block's text no longer shows: single line breaks, and the inline elements of h1 and h2. */
#ifndef NEWSMETA_PAGE_BLOCKS_H
#define NEWSMETA_PAGE_BLOCKS_H

#include "article/job.h"
#include "page/tokenizer.h"

struct tag_attributes;
struct block_builder;

/* Where a start tag stands. */
struct page_place {
    uint32_t block;    /* number that the block with the text at this place will have */
    uint32_t section;
    uint32_t depth;    /* index of the new element on the stack; 0: none was opened */
    bool shown;        /* not in a template, svg, ... */
};

struct block_builder *blocks_create(struct job *job);
/* A start tag; tells where it stands. `attributes` must live until the next call only. */
struct page_place blocks_start(struct block_builder *builder, const struct html_token *token,
                               const struct tag_attributes *attributes);
void blocks_end(struct block_builder *builder, const struct html_token *token);
void blocks_text(struct block_builder *builder, struct slice text);
/* Number of open elements: those with this index or a higher one have ended. */
uint32_t blocks_depth(const struct block_builder *builder);
/* Inside of svg or math. */
bool blocks_in_foreign(const struct block_builder *builder);
/* Closes what is open; more may follow. */
void blocks_close(struct block_builder *builder);
/* Of the text so far. */
size_t blocks_bytes(const struct block_builder *builder);
/* Closes everything; fills text, blocks and sections of the article. */
void blocks_finish(struct block_builder *builder);

#endif
