/* claims: what a page says about itself: title, meta and link elements, microdata, time elements, rel=author,
 * classes that name a byline or a date, html lang; JSON-LD by way of page/jsonld. Nothing is judged here.
 *
 * Fed token by token, beside page/blocks, which says where a tag stands. Values that are an element's text are
 * gathered until the element ends.
 *
 * How finders can tell claims apart: `name` is the property as the page spells it; for SOURCE_BYLINE and
 * SOURCE_DATELINE the class name ("post-author"); for SOURCE_TIME_ELEMENT "datetime" or "text" (which of
 * them the value is), followed by " pubdate" where the element has that attribute. Dates in data attributes
 * and title attributes have SOURCE_META, the attribute's name and a block. SOURCE_SCRIPT is a key of a program. */
#ifndef NEWSMETA_PAGE_CLAIMS_H
#define NEWSMETA_PAGE_CLAIMS_H

#include "page/blocks.h"

struct claim_collector;

struct claim_collector *claims_create(struct job *job);
/* A start tag at its place. */
void claims_start(struct claim_collector *collector, const struct html_token *token,
                  const struct tag_attributes *attributes, const struct page_place *place);
/* Text, of script and title elements too. */
void claims_text(struct claim_collector *collector, const struct html_token *token);
/* Elements with this index on the stack or a higher one have ended. */
void claims_close(struct claim_collector *collector, uint32_t depth);
/* Ends everything and reads the JSON-LD scripts. */
void claims_finish(struct claim_collector *collector);

#endif
