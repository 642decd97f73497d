/* authors_internal: what the files of find/authors share. */
#ifndef NEWSMETA_FIND_AUTHORS_AUTHORS_INTERNAL_H
#define NEWSMETA_FIND_AUTHORS_AUTHORS_INTERNAL_H

#include "byline_internal.h"
#include "find/authors/authors.h"
#include "find/compare.h"
#include "find/labels.h"
#include "find/site.h"
#include "model/ranker.h"

/* Kinds of places that name authors. */
enum author_place {
    AUTHOR_JSON_LD = 1 << 0,
    AUTHOR_JSON_LD_OTHER = 1 << 1, /* of an item that is no article */
    AUTHOR_META = 1 << 2,
    AUTHOR_META_OTHER = 1 << 3, /* article:author, Dublin Core, Twitter, ... */
    AUTHOR_MICRODATA = 1 << 4,
    AUTHOR_REL = 1 << 5,
    AUTHOR_CLASS = 1 << 6,   /* an element whose class says author or byline */
    AUTHOR_CUE = 1 << 7,     /* "By ..." in the text */
    AUTHOR_LABEL = 1 << 8,   /* text in a container labelled as byline, without a cue */
    AUTHOR_PLAIN = 1 << 9,   /* a short block with a person's name and at most a date */
    AUTHOR_ADDRESS = 1 << 10 /* a link whose address is that of an author's page */
};

#define AUTHOR_STATED (AUTHOR_JSON_LD | AUTHOR_META | AUTHOR_MICRODATA)

struct author_candidate {
    struct slice names[BYLINE_MAX_NAMES];
    struct wording wordings[BYLINE_MAX_NAMES];
    size_t name_count;
    unsigned places; /* enum author_place bits */
    unsigned groups; /* how many places name exactly these */
    enum source source;
    uint32_t block; /* where they are shown, NO_BLOCK in markup only */
    uint32_t section;
    struct slice raw;
    unsigned passed; /* words before the first name, as in struct byline */
    bool strong_cue, newsroom, job, type_person, type_organization;
};

#define AUTHORS_MAX_CANDIDATES 64

struct author_page {
    struct job *job;
    const struct author_lexicon *lexicon;
    const struct site *site;
    struct labels labels;
    uint32_t headline, body_start, body_end; /* block numbers; NO_BLOCK, NO_BLOCK, 0 when unknown */
    uint32_t rel_groups;
    uint32_t json_article; /* entity of the page's own article in JSON-LD; 0 none */
    uint32_t first_visible; /* block of the first visible candidate */
    bool article;           /* some claim says that the page is one */
    struct author_candidate candidates[AUTHORS_MAX_CANDIDATES];
    size_t count;
};

/* Whom block `index`, the first paragraph of the prose (NO_BLOCK: there is none), names as its reporter, in the scripts
 * of East Asia (authors_opening.c); false if nobody. */
bool author_read_opening(const struct job *job, uint32_t index, struct author_candidate *candidate);
void author_page_read(struct job *job, struct author_page *page);
/* The markup of the article says that a person wrote it, and nothing makes that person look like a firm. */
bool author_is_stated(const float *features);
void author_features(struct author_page *page, const struct author_candidate *candidate, float *features);

/* "Ada Quill, New York": a city or country, unless people are called so, too ("Florence", "Lincoln"). */
bool author_is_place(const struct job *job, struct slice name);

/* A word of three letters or more, all capitals. */
bool author_is_shouted(struct slice word);
/* Adds the name, unless it is there; all else as in `like`. */
void author_add(struct job *job, struct slice name, const struct finding *like);
/* The authors of raw text. */
void authors_read_text(struct job *job);

#endif
