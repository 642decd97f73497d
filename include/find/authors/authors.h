/* authors: article.authors, from structured claims and bylines, people as written.
 *
 * On a page every place that names authors (a JSON-LD item, a meta element, a link to an author's page, a byline) gives
 * a set of names; the sets are candidates with features, weighed by data/models/authors.tsv against "nobody is named".
 * In raw text the blocks that text/lines calls bylines are read. */
#ifndef NEWSMETA_FIND_AUTHORS_AUTHORS_H
#define NEWSMETA_FIND_AUTHORS_AUTHORS_H

#include "article/job.h"
#include "model/lexicon.h"

/* What the model weighs: 0 or 1 each. */
#define AUTHOR_FEATURES(X)                                                                                             \
    X(AF_BIAS, "bias")                                                                                                 \
    X(AF_JSON_LD, "json_ld")                                                                                           \
    X(AF_JSON_LD_OTHER, "json_ld_other")                                                                               \
    X(AF_META, "meta")                                                                                                 \
    X(AF_META_OTHER, "meta_other")                                                                                     \
    X(AF_MICRODATA, "microdata")                                                                                       \
    X(AF_REL_AUTHOR, "rel_author")                                                                                     \
    X(AF_ADDRESS, "address")                                                                                           \
    X(AF_CLASS, "class")                                                                                               \
    X(AF_CUE, "cue")                                                                                                   \
    X(AF_STRONG_CUE, "strong_cue")                                                                                     \
    X(AF_LABEL_ONLY, "label_only")                                                                                     \
    X(AF_PLAIN, "plain")                                                                                               \
    X(AF_PLAIN_DATED, "plain_dated")                                                                                   \
    X(AF_PLAIN_BESIDE_DATE, "plain_beside_date")                                                                       \
    X(AF_PLAIN_END, "plain_end")                                                                                       \
    X(AF_SIGNED, "signed")                                                                                             \
    X(AF_BYLINE_ROLE, "byline_role")                                                                                   \
    X(AF_AGREES, "agrees")                                                                                             \
    X(AF_AGREES_TWICE, "agrees_twice")                                                                                 \
    X(AF_PART_OF_OTHER, "part_of_other")                                                                               \
    X(AF_PART_OF_STATED, "part_of_stated")                                                                             \
    X(AF_HOLDS_OTHER, "holds_other")                                                                                   \
    X(AF_OVERLAPS, "overlaps")                                                                                         \
    X(AF_CONTRADICTED, "contradicted")                                                                                 \
    X(AF_TWO_NAMES, "two_names")                                                                                       \
    X(AF_MANY_NAMES, "many_names")                                                                                     \
    X(AF_PERSON, "person")                                                                                             \
    X(AF_PHRASE, "phrase")                                                                                             \
    X(AF_GIVEN, "given")                                                                                               \
    X(AF_COMMON, "common")                                                                                             \
    X(AF_PLACE, "place")                                                                                               \
    X(AF_ORGANIZATION_WORD, "organization_word")                                                                       \
    X(AF_ONE_WORD, "one_word")                                                                                         \
    X(AF_LOWER, "lower")                                                                                               \
    X(AF_DIGIT, "digit")                                                                                               \
    X(AF_ALL_UPPER, "all_upper")                                                                                       \
    X(AF_SHORT, "short")                                                                                               \
    X(AF_SITE, "site")                                                                                                 \
    X(AF_SITE_PERSON, "site_person")                                                                                   \
    X(AF_SECTION, "section")                                                                                           \
    X(AF_ORGANIZATION, "organization")                                                                                 \
    X(AF_TYPE_PERSON, "type_person")                                                                                   \
    X(AF_NEAR_HEADLINE, "near_headline")                                                                               \
    X(AF_BEFORE_HEADLINE, "before_headline")                                                                           \
    X(AF_BEFORE_BODY, "before_body")                                                                                   \
    X(AF_IN_BODY, "in_body")                                                                                           \
    X(AF_END_OF_BODY, "end_of_body")                                                                                   \
    X(AF_FAR_AFTER, "far_after")                                                                                       \
    X(AF_VISIBLE, "visible")                                                                                           \
    X(AF_FIRST_VISIBLE, "first_visible")                                                                               \
    X(AF_NEAR_DATE, "near_date")                                                                                       \
    X(AF_IN_HEADING, "in_heading")                                                                                     \
    X(AF_TWINS, "twins")                                                                                               \
    X(AF_OWN_BYLINE, "own_byline")                                                                                     \
    X(AF_LABEL_BYLINE, "label_byline")                                                                                 \
    X(AF_LABEL_META, "label_meta")                                                                                     \
    X(AF_LABEL_COMMENT, "label_comment")                                                                               \
    X(AF_LABEL_RELATED, "label_related")                                                                               \
    X(AF_LABEL_ASIDE, "label_aside")                                                                                   \
    X(AF_LABEL_MENU, "label_menu")                                                                                     \
    X(AF_LABEL_NOTICE, "label_notice")                                                                                 \
    X(AF_LABEL_CAPTION, "label_caption")                                                                               \
    X(AF_IN_ARTICLE, "in_article")                                                                                     \
    X(AF_IN_ASIDE, "in_aside")                                                                                         \
    X(AF_IN_FOOTER, "in_footer")                                                                                       \
    X(AF_IN_HEADER, "in_header")                                                                                       \
    X(AF_IN_LIST, "in_list")                                                                                           \
    X(AF_IN_FIGURE, "in_figure")                                                                                       \
    X(AF_IN_QUOTE, "in_quote")                                                                                         \
    X(AF_IN_NAV, "in_nav")                                                                                             \
    X(AF_LONG_BLOCK, "long_block")                                                                                     \
    X(AF_LINKED, "linked")                                                                                             \
    X(AF_FIRST_ADDRESS, "first_address")                                                                               \
    X(AF_MANY_ADDRESSES, "many_addresses")                                                                             \
    X(AF_MANY_REL_AUTHORS, "many_rel_authors")                                                                         \
    X(AF_NAMED_IN_BODY, "named_in_body")                                                                               \
    X(AF_JOB_BESIDE, "job_beside")                                                                                     \
    X(AF_NEWSROOM_BESIDE, "newsroom_beside")                                                                           \
    X(AF_NO_ARTICLE, "no_article")                                                                                     \
    X(AF_PASSED, "passed")

enum author_feature {
#define X(enumerator, name) enumerator,
    AUTHOR_FEATURES(X)
#undef X
        AUTHOR_FEATURE_COUNT
};

struct author_option {
    struct slice *names;
    size_t name_count;
    float features[AUTHOR_FEATURE_COUNT];
};

const struct author_lexicon *author_lexicon_create(struct arena *arena, const struct lexicon *lexicon);

enum err authors_run(struct job *job);

/* The candidates of a page, after find/headline has run, for the trainer; `*count` may be 0. */
struct author_option *author_options(struct job *job, size_t *count);
const char *author_feature_name(size_t index);

#endif
