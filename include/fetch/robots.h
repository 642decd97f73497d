/* robots: what a site's robots.txt (RFC 9309) says about a page. Pure functions on text; fetching and keeping the file
 * is the fetcher's. Sitemaps, crawl delays and other records that are not part of the standard are passed over. */
#ifndef NEWSMETA_FETCH_ROBOTS_H
#define NEWSMETA_FETCH_ROBOTS_H

#include "base/arena.h"
#include "base/buffer.h"

/* The least that a crawler must be able to read (2.5); what comes behind is not read. */
#define ROBOTS_MAX_BYTES ((size_t)500 << 10)

/* "newsmeta" of "newsmeta/1.2 (+https://...)": what the groups of a file call a crawler (2.2.1). */
struct slice robots_product(struct slice user_agent);
/* The rules of all groups for this product, or where there is none of those for everybody, appended one a line: '+'
 * (allow) or '-', then the pattern in one spelling. Linear in the file. */
void robots_read(struct slice file, struct slice product, struct buffer *rules);
/* May a URL with this target (path and query, as it is sent) be fetched? The longest pattern that matches decides, of
 * equally long ones the one that allows (2.2.2). `rules` as robots_read writes them. */
bool robots_allow(struct arena *arena, struct slice rules, struct slice target);

#endif
