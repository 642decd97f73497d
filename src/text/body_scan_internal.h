/* body_scan: what text/body counts on a page before it writes feature rows. One file each fills
 *   body_facts       each block's own text: lengths, marks, cues                  (blocks)
 *   body_containers  sums over sections, what their labels say, repeated siblings (sections)
 *   body_claims      what the page says about its article, found among the blocks (matches)
 * Everything is linear in the page. */
#ifndef NEWSMETA_TEXT_BODY_SCAN_INTERNAL_H
#define NEWSMETA_TEXT_BODY_SCAN_INTERNAL_H

#include "article/job.h"
#include "section_words.h"

#define MAX_DISTANCE 12 /* containers further out say nothing about a block */

/* Roles whose phrases (data/lexicon/line_cues.tsv) are looked for in a block. */
#define BODY_CUE_TABLE(X)                                                                                              \
    X(BYLINE) X(DATELINE) X(TEASER) X(NAVIGATION) X(CONSENT) X(ADVERTISEMENT) X(CAPTION) X(SHARE) X(NEWSLETTER)        \
    X(COMMENT) X(AUTHOR_BIO) X(FOOTER)

enum body_cue {
#define X(role) CUE_OF_##role,
    BODY_CUE_TABLE(X)
#undef X
        BODY_CUES
};

struct block_facts {
    float length, log_length, words, link_density, stops, commas, upper, digits, capitalised, quotes;
    float prose;       /* bytes that read like prose */
    float dated;       /* 0, or 1 and the share of its words that a date needs; only short blocks are looked at */
    float running;     /* share of words in small letters, as in a sentence; the same */
    float cues[BODY_CUES];
    float channels;    /* places to follow a site that it names, by weight */
    uint32_t heading;  /* the heading above, NO_BLOCK if none */
    uint8_t ending;    /* 0 none, 1 colon or dots, 2 full stop */
    uint8_t start;     /* 0 other, 1 upper, 2 lower, 3 digit or sign */
    uint16_t repeated; /* how often the same text stands on the page */
    bool copyright, bar, at_sign;
    bool wide, sign; /* has letters that words are written together in; is a sign in them (wide_lines) */
    bool closes; /* a phrase behind which nothing of the story stands: "Kind regards", "Press contact" */
};

/* Siblings of the same label. */
struct group {
    uint32_t members, numbered;
    float bytes, link_bytes;
    uint32_t headline; /* the member that holds the headline, 0 if none does */
};

struct section_facts {
    float direct, total, score; /* prose in the section itself; with nested ones; with what lies just below */
    float bytes, link_bytes;    /* of all text in it, nested ones included */
    float log_bytes, log_member_bytes;
    uint32_t article;           /* outermost article element around it, 0 if none */
    uint32_t members;           /* of the group of siblings with its label that it lies in, at least 3; 0 if none */
    float member_bytes, member_links; /* of that group: bytes a member, share of linked bytes */
    uint16_t blocks, all_blocks;
    uint8_t group_distance, articles; /* levels up to the group; article elements around it */
    uint8_t member;                   /* its number in the group, from 1, at most 20 */
    uint8_t headline_up,
        headline_down;                /* levels to the nearest section that holds the headline too; from there to it */
    float headline_prose;             /* prose in that section */
    uint8_t headline_member;          /* of siblings of one label, one of which holds the headline: 1 in that one, 2 in
                                         another; 0: in none */
};

struct block_matches {
    float description; /* 0 no, 1 begins like the description, 2 is the description */
    float body;        /* share of its word triples that stand in the claimed articleBody; -1: none claimed */
    uint8_t times, authors; /* claims of a date, of an author that stand at it */
};

struct body_scan {
    const struct job *job;
    const struct article *article;
    struct block_facts *blocks;
    uint32_t *first_alike; /* [block] first block of the same text */
    struct section_facts *sections;
    struct block_matches *matches;
    const struct lexicon_table *signs;
    uint8_t *distances; /* [section][class] */
    uint32_t *classes;
    uint64_t *labels; /* [section] hashes, numbers left aside */
    struct group **groups; /* [section] of siblings with its label; null for a section without text or label */
    uint32_t headline, best_section, first_article, home; /* home: body_rules_home */
    float prose, hidden_prose;
    float comments; /* prose in sections whose labels speak of comments */
    float captions; /* prose below pictures */
    float log_prose, log_story; /* of all prose; of that without comments */
    bool typed; /* the page says that it is an article */
};

void body_facts_scan(struct body_scan *scan);
void body_containers_scan(struct body_scan *scan, const struct section_words *words);
void body_claims_scan(struct body_scan *scan);
/* How far each section is from the headline; after the claims. */
void body_containers_relate(struct body_scan *scan);

/* body_lines: what one line says of itself.
 * Both a container's label and the words say that the block is a plea to subscribe, a consent notice, ...; or the words
 * alone, the look of the line or its place leave no doubt: a date, a byline, a credit, a caption, a count, an address,
 * an invitation. */
bool body_lines_is_box(const struct body_scan *scan, uint32_t index);
/* A short line of copyright. */
bool body_lines_is_copyright(const struct block_facts *facts);

/* body_rules: what is certain whatever the forest says.
 * The block at which another story begins: a heading of the first level, as the headline's, with a date or an
 * author beside it, behind the container of the first story's prose; NO_BLOCK if there is none. Pages append stories
 * while one scrolls. */
uint32_t body_rules_next_story(const struct body_scan *scan);
/* The narrowest container that holds the headline and some prose: however short the story is, it stands there. 0, the
 * whole page, where there is no headline. */
uint32_t body_rules_home(const struct body_scan *scan);
/* What stands before that home is not the story's if most of the page's prose is at home, a standfirst aside; items of
 * a list are in no case. */
bool body_rules_is_before_home(const struct body_scan *scan, uint32_t index);
/* [section] ROLE_TEASER if it holds other stories than the page's: it is one of several containers of the same label,
 * each of which begins with a linked heading, and the headline stands in another of them; or a heading announces them,
 * and it begins behind the prose or stands beside that heading's own box. ROLE_COMMENT if a line announces readers'
 * comments in the same way, or stands before a container that is labelled so. ROLE_FOOTER if it ends the page with a
 * line of copyright. Else ROLE_UNKNOWN. In the job's arena. Asks for scan->home. */
enum block_role *body_rules_strange_sections(const struct body_scan *scan);
/* What stands behind the line that closes a story, "Press contact:", "Original publication", in its container is not
 * the story's, if it has less to read than half of that, and the story does not go on behind the container: sets the
 * verdicts of these blocks to -1. Asks for scan->home. */
void body_rules_close(const struct body_scan *scan, int8_t *verdicts);
/* A visible paragraph, or text in a container of its own, that ends as a sentence does, has few links and no phrase of
 * a notice. */
bool body_rules_is_sentence(const struct body_scan *scan, uint32_t index);
/* A paragraph whose words stand in the articleBody that the page claims. */
bool body_rules_is_claimed(const struct body_scan *scan, uint32_t index);

#endif
