/* author_address: does a link lead to the page that its site keeps about an author? Such an address names people
 * in a folder: "/author/ada-quill", "/redakteur/12/ada-quill". Only for the files of page/. */
#ifndef NEWSMETA_PAGE_AUTHOR_ADDRESS_INTERNAL_H
#define NEWSMETA_PAGE_AUTHOR_ADDRESS_INTERNAL_H

#include "page/page_lexicon.h"

/* The folder that says so ("author"), a slice of `href`; null when none does. `page` is the address of the page that
 * links, null when nobody knows it. People's pages of other sites are none: share links, a channel, a profile. */
struct slice author_address_folder(const struct page_lexicon *lexicon, struct slice page, struct slice href);

#endif
