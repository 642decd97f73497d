/* date_candidates: the days that a page gives, each with all the places that name it. */
#ifndef NEWSMETA_FIND_DATES_DATE_CANDIDATES_H
#define NEWSMETA_FIND_DATES_DATE_CANDIDATES_H

#include "dates_internal.h"
#include "find/dates/dates.h"
#include "find/labels.h"

#define DATE_MAX_CANDIDATES 64 /* days of one page; those of lists and archives come late and do not matter */

/* Where a day stands: OR over its places. */
enum date_place {
    DATE_IN_JSON = 1u << 0,
    DATE_IN_JSON_OTHER = 1u << 1,
    DATE_IN_JSON_MODIFIED = 1u << 2,
    DATE_IN_META = 1u << 3,
    DATE_IN_OPEN_GRAPH = 1u << 4,
    DATE_IN_META_TIME = 1u << 5,
    DATE_IN_META_MODIFIED = 1u << 6,
    DATE_IN_MICRO = 1u << 7,
    DATE_IN_MICRO_MODIFIED = 1u << 8,
    DATE_IN_JSON_NEWS = 1u << 9,
    DATE_IN_PUBDATE = 1u << 10,
    DATE_IN_FIRST_TIME = 1u << 11,
    DATE_IN_TIME = 1u << 12,
    DATE_IN_CLASS = 1u << 13,
    DATE_IN_CLASS_MODIFIED = 1u << 14,
    DATE_IN_CLASS_TIME = 1u << 15,
    DATE_IN_URL = 1u << 16,
    DATE_IN_TEXT = 1u << 17,
    DATE_IN_TEXT_ALONE = 1u << 18,
    DATE_IN_TEXT_INLINE = 1u << 19,
    DATE_CUED_PUBLISHED = 1u << 20,
    DATE_CUED_MODIFIED = 1u << 21,
    DATE_IN_TITLE = 1u << 22, /* beside the headline in the page's <title>, a part of its own */
    DATE_NEAR_HEADLINE = 1u << 23,
    DATE_JUST_ABOVE = 1u << 24,
    DATE_BEFORE_BODY = 1u << 25,
    DATE_BELOW_BODY = 1u << 26,
    DATE_IN_ARTICLE = 1u << 27,
    DATE_IN_META_LINE = 1u << 28,
    DATE_IN_JSON_PAGE = 1u << 29,
    DATE_IN_HEADLINE = 1u << 30
};

/* Where else a day stands: too weak to stand against other days, enough to bear one out. */
enum date_trace {
    DATE_IN_FIRST_SCRIPT = 1u << 0, /* the first that the scripts name: that of the page before those of its teasers */
    DATE_OF_ITEM = 1u << 1,         /* of a review, an event, a person: an item with a day of its own */
    DATE_IN_IMAGE = 1u << 2,        /* in the address of the picture that the page names as its own */
    DATE_OPENS_PROSE = 1u << 3 /* "KYIV, Nov 12 -", "(12. November 2020)" at the head of the story's first paragraph */
};

#define DATE_CLAIMED (DATE_IN_JSON | DATE_IN_JSON_PAGE | DATE_IN_META | DATE_IN_OPEN_GRAPH | DATE_IN_MICRO)
/* Said of the page as a whole, whatever else shows the day. */
#define DATE_OF_PAGE (DATE_IN_JSON | DATE_IN_JSON_PAGE | DATE_IN_META | DATE_IN_OPEN_GRAPH | DATE_IN_URL)
#define DATE_MODIFIED_ONLY                                                                                             \
    (DATE_IN_JSON_MODIFIED | DATE_IN_META_MODIFIED | DATE_IN_MICRO_MODIFIED | DATE_IN_CLASS_MODIFIED |                 \
     DATE_CUED_MODIFIED)

/* What speaks against a place: AND over the visible places. */
enum date_blemish {
    DATE_ASIDE = 1 << 0,
    DATE_FOOTER = 1 << 1,
    DATE_NAV = 1 << 2,
    DATE_LIST = 1 << 3,
    DATE_COMMENT = 1 << 4,
    DATE_RELATED = 1 << 5,
    DATE_LINKED = 1 << 6,
    DATE_FAR = 1 << 7,
    DATE_INLINE = 1 << 8,
    DATE_CAPTION = 1 << 9,
    DATE_HEADER = 1 << 11, /* of the site: its name, its menu, often today's date */
    DATE_FOREIGN = 1 << 10 /* the words beside it give it to something else: "Born", "Release", "says" */
};

struct date_candidate {
    struct civil day;
    unsigned places;        /* enum date_place bits */
    unsigned traces;        /* enum date_trace bits */
    unsigned blemishes;     /* enum date_blemish bits that all visible places share */
    uint32_t count;         /* places */
    uint32_t first_block;   /* the first visible one, NO_BLOCK */
    uint32_t distance;      /* blocks below the headline, the least; UINT32_MAX */
    uint32_t looks;         /* of its first visible place: equal for the entries of a list */
    struct edtf_date stamp; /* the first instant that a claim gives, with time and offset; else year 0 */
    struct edtf_date wall;  /* the first time of day that stands with it without offset, or with one east or west */
    struct edtf value;      /* the fullest and best-sourced form */
    int value_rank;
    bool ambiguous;
    struct edtf alternative;
    enum source source;
    struct slice raw;
    struct span span;
    bool has_span;
    uint32_t block;
};

/* How many lines look alike. */
struct date_looks {
    uint32_t looks, count;
};

struct date_page {
    struct job *job;
    struct date_grammar grammar;
    struct date_style style;
    uint64_t cue_languages; /* in which the words beside a date are read; 0: any */
    struct labels labels;
    uint32_t headline;                /* block, NO_BLOCK */
    uint32_t body_start, body_end;    /* blocks of prose, or NO_BLOCK and 0 */
    float traits[DATE_FEATURE_COUNT]; /* features of the page, the same for every candidate */
    struct edtf url, image;           /* of their addresses; year 0: none; day 0: a month only */
    bool has_script_day;              /* a script has named one */
    bool live;                        /* JSON-LD calls it a live blog: its entries are dated later */
    uint32_t json_article;            /* entity of the page's own article in JSON-LD; 0 none */
    struct date_looks looks[DATE_MAX_CANDIDATES];
    size_t looks_count;
    struct date_candidate candidates[DATE_MAX_CANDIDATES];
    size_t count;
    struct date_mention modified; /* the best-sourced change date; rank 0: none */
    int modified_rank;
    enum source modified_source;
    struct slice modified_raw;
    struct edtf_date
        change; /* the time alone of a change, on the day of publication as far as the page says; else no time */
    struct slice change_raw;
};

/* What is only said to be the day of a change. */
static inline bool date_is_change(const struct date_candidate *candidate)
{
    return (candidate->places & DATE_MODIFIED_ONLY) &&
           !(candidate->places & (DATE_CLAIMED | DATE_IN_URL | DATE_CUED_PUBLISHED | DATE_IN_PUBDATE | DATE_IN_CLASS));
}

/* Is it the day of an event that the page's markup describes, and said by nobody to be that of publication? */
bool date_is_event(const struct date_page *page, const struct date_candidate *candidate);

/* Collects the candidates of the job's page. */
void date_page_read(struct job *job, struct date_page *page);

/* What date_claims.c and date_lines.c read into a page, one day and place after the other. */
#define NEAR_BLOCKS 8u /* between headline and dateline: standfirst, byline, picture, share bar */

void date_page_read_claims(struct date_page *page);
void date_page_read_lines(struct date_page *page);
/* The candidate of this day, made where it is new; NULL when the page has too many. */
struct date_candidate *date_page_candidate(struct date_page *page, struct civil day);
/* 03/04/2024: the reading that another claim of the page bears out is the right one. */
void date_page_settle(struct date_page *page, struct date_mention *mention);
/* DATE_NEAR_HEADLINE, DATE_JUST_ABOVE, DATE_BEFORE_BODY, DATE_BELOW_BODY: where a block stands. */
unsigned date_page_position(const struct date_page *page, uint32_t block);
/* One line more with a date that looks like this block. */
void date_page_count_looks(struct date_page *page, const struct block *block);
/* A place in the visible page: where it stands, and what speaks against it; `said`: blemishes by its words. */
void date_candidate_add_place(struct date_page *page, struct date_candidate *candidate, uint32_t block,
                              uint32_t section, unsigned said);
/* The value, if it is fuller or better-sourced than what the candidate has. */
void date_candidate_take_value(struct date_candidate *candidate, const struct date_mention *mention, unsigned places,
                               enum source source, struct slice raw);
/* The instants by which a stamp in UTC is told to be that of a time on the wall. */
void date_candidate_take_instant(struct date_candidate *candidate, const struct edtf_date *date, bool claimed);

/* Works out traits, once the candidates are there. */
void date_page_read_traits(struct date_page *page);
/* The features of one of them. */
void date_page_features(const struct date_page *page, const struct date_candidate *candidate, float *features);
/* Order of day and month where figures leave it open: language, region of the language, top-level domain. */
enum date_order date_order_of(struct job *job, uint64_t language);

#endif
