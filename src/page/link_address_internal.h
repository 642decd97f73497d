/* link_address: what the address of a link says. An author's page stands in a folder: "/author/ada-quill",
 * "/redakteur/12/ada-quill". Only for the files of page/. */
#ifndef NEWSMETA_PAGE_LINK_ADDRESS_INTERNAL_H
#define NEWSMETA_PAGE_LINK_ADDRESS_INTERNAL_H

#include "page/page_lexicon.h"

/* The folder that says so ("author"), a slice of `href`; null when none does. `page` is the address of the page that
 * links, null when nobody knows it. People's pages of other sites are none: share links, a channel, a profile. */
struct slice link_address_author_folder(const struct page_lexicon *lexicon, struct slice page, struct slice href);

/* Does it lead to the front page of the site that `page` is of ("/", "https://blatt.example", "index.php")? */
bool link_address_is_front_page(struct slice page, struct slice href);

#endif
