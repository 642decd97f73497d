/* headline_internal: what the files of find/headline share. */
#ifndef NEWSMETA_FIND_HEADLINE_HEADLINE_INTERNAL_H
#define NEWSMETA_FIND_HEADLINE_HEADLINE_INTERNAL_H

#include "base/map.h"
#include "find/compare.h"
#include "find/headline/headline.h"
#include "find/labels.h"
#include "find/site.h"
#include "model/ranker.h"

struct headline_lexicon {
    const struct lexicon_table *defaults;
    const struct ranker *ranker;
};

/* Where a wording occurs; a candidate is one wording with all its places. */
enum headline_place {
    PLACE_H1 = 1 << 0,
    PLACE_H2 = 1 << 1,
    PLACE_LOW_HEADING = 1 << 2,
    PLACE_LOOSE = 1 << 3,
    PLACE_JSON_LD = 1 << 4,
    PLACE_JSON_LD_OTHER = 1 << 5,
    PLACE_SOCIAL = 1 << 6, /* og:title, twitter:title */
    PLACE_MICRODATA = 1 << 7,
    PLACE_TITLE = 1 << 8,
    PLACE_TITLE_HEAD = 1 << 9,  /* title without its end */
    PLACE_TITLE_TAIL = 1 << 10, /* title without its beginning */
    PLACE_SOCIAL_PART = 1 << 11,
    PLACE_HEADING_PART = 1 << 12,
    PLACE_PIECE = 1 << 13 /* what markup sets apart in a heading, or leaves of it */
};

#define PLACE_VISIBLE (PLACE_H1 | PLACE_H2 | PLACE_LOW_HEADING | PLACE_LOOSE | PLACE_HEADING_PART | PLACE_PIECE)
#define PLACE_CUT (PLACE_TITLE_HEAD | PLACE_TITLE_TAIL | PLACE_SOCIAL_PART | PLACE_HEADING_PART)

struct headline_candidate {
    struct slice text;     /* to show */
    struct slice cut_from; /* the longer wording that ends or begins with it, if it was found by cutting */
    struct wording wording;
    unsigned places; /* enum headline_place bits */
    enum source source;
    uint32_t block;   /* the block that shows it best, NO_BLOCK */
    uint32_t blocks;  /* how many headings show it */
    bool cut_site;    /* what was cut off is the site's name or a section */
    bool cut_unknown; /* ... is not known to be */
    bool cut_kicker;  /* what was cut off is labelled as a kicker or the like */
    bool is_labelled; /* the element in the heading that holds it is labelled as the headline */
    bool has_kicker;  /* a heading that still has its kicker or the like */
};

#define HEADLINE_MAX_CANDIDATES 96

struct headline_page {
    struct job *job;
    const struct headline_lexicon *lexicon;
    const struct site *site;
    struct labels labels;
    struct wording title, social, json_ld, url; /* the claims that others are compared with; may be empty */
    uint32_t h1_count, first_h1, first_h2;      /* distinct visible h1; block numbers or NO_BLOCK */
    uint32_t body_start, body_end;              /* blocks of prose, or NO_BLOCK and 0 */
    struct headline_candidate candidates[HEADLINE_MAX_CANDIDATES];
    size_t count;
    struct map by_key;
};

/* Collects the candidates. */
void headline_page_read(struct job *job, struct headline_page *page);
/* The features of one of them. */
void headline_features(struct headline_page *page, const struct headline_candidate *candidate, float *features);

#endif
