/* attributes: what page/ wants of a start tag's attributes, read in one go. Only for the files of page/. */
#ifndef NEWSMETA_PAGE_ATTRIBUTES_INTERNAL_H
#define NEWSMETA_PAGE_ATTRIBUTES_INTERNAL_H

#include "page/page_lexicon.h"
#include "page/tokenizer.h"

/* Values as written (references decoded); null where the tag has no such attribute. */
struct tag_attributes {
    struct slice class_name, id, role, component; /* component: a data attribute that names the part of the page */
    struct slice itemprop, itemtype;
    struct slice name, property, http_equiv, content;
    struct slice rel, href, src, type, lang, title, datetime;
    struct slice stamp_name,
        stamp; /* a data attribute whose name speaks of dates and whose value begins with a digit */
    bool itemscope, hidden, aria_hidden, pubdate, open;
};

void attributes_read(const struct page_lexicon *lexicon, const struct html_token *token, struct tag_attributes *out);

/* Is `word` one of the words of a list separated by white space (rel, class, itemprop)? ASCII case is ignored. */
bool attribute_has_word(struct slice list, struct slice word);
/* Takes the next such word off the front of *list. */
bool attribute_next_word(struct slice *list, struct slice *word);

#endif
