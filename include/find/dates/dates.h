/* dates: every date of the article (article.dates), and which of them is the article's own (article.date,
 * article.modified). Values are EDTF (ISO 8601-2). No part of a date is ever made up.
 *
 * On a page every day that a claim, the URL or a visible line gives is a candidate with features (who says so,
 * what agrees, where it stands); data/models/dates.tsv weighs them against saying nothing. In raw text the
 * dateline decides, then the first day that the lede names. */
#ifndef NEWSMETA_FIND_DATES_DATES_H
#define NEWSMETA_FIND_DATES_DATES_H

#include "article/job.h"
#include "model/lexicon.h"

/* What the model weighs; 0 or 1, shares between. */
#define DATE_FEATURES(X)                                                                                               \
    X(DF_BIAS, "bias")                                                                                                 \
    X(DF_JSON_PUBLISHED, "json_published")                                                                             \
    X(DF_JSON_NEWS, "json_news")                                                                                       \
    X(DF_JSON_PAGE, "json_page")                                                                                       \
    X(DF_JSON_OTHER, "json_other")                                                                                     \
    X(DF_JSON_MODIFIED, "json_modified")                                                                               \
    X(DF_META_PUBLISHED, "meta_published")                                                                             \
    X(DF_OG_PUBLISHED, "og_published")                                                                                 \
    X(DF_META_TIME, "meta_time")                                                                                       \
    X(DF_META_MODIFIED, "meta_modified")                                                                               \
    X(DF_MICRO_PUBLISHED, "micro_published")                                                                           \
    X(DF_MICRO_MODIFIED, "micro_modified")                                                                             \
    X(DF_TIME_PUBDATE, "time_pubdate")                                                                                 \
    X(DF_TIME_FIRST, "time_first")                                                                                     \
    X(DF_TIME, "time")                                                                                                 \
    X(DF_CLASS_PUBLISHED, "class_published")                                                                           \
    X(DF_CLASS_MODIFIED, "class_modified")                                                                             \
    X(DF_CLASS_TIME, "class_time")                                                                                     \
    X(DF_URL, "url")                                                                                                   \
    X(DF_URL_OTHER, "url_other")                                                                                       \
    X(DF_URL_MONTH, "url_month")                                                                                       \
    X(DF_URL_MONTH_OTHER, "url_month_other")                                                                           \
    X(DF_TEXT, "text")                                                                                                 \
    X(DF_TEXT_ALONE, "text_alone")                                                                                     \
    X(DF_TEXT_INLINE, "text_inline")                                                                                   \
    X(DF_TEXT_HEADLINE, "text_headline")                                                                               \
    X(DF_TEXT_TITLE, "text_title")                                                                                     \
    X(DF_TEXT_TOLD, "text_told")                                                                                       \
    X(DF_TEXT_BELOW, "text_below")                                                                                     \
    X(DF_DATELINE, "dateline")                                                                                         \
    X(DF_HOME_NEWEST, "home_newest")                                                                                   \
    X(DF_CUE_PUBLISHED, "cue_published")                                                                               \
    X(DF_CUE_MODIFIED, "cue_modified")                                                                                 \
    X(DF_CUE_FOREIGN, "cue_foreign")                                                                                   \
    X(DF_NEAR_HEADLINE, "near_headline")                                                                               \
    X(DF_JUST_ABOVE, "just_above")                                                                                     \
    X(DF_BEFORE_BODY, "before_body")                                                                                   \
    X(DF_BELOW_BODY, "below_body")                                                                                     \
    X(DF_CLOSE, "close")                                                                                               \
    X(DF_FIRST_VISIBLE, "first_visible")                                                                               \
    X(DF_FIRST_BELOW, "first_below")                                                                                   \
    X(DF_IN_ARTICLE, "in_article")                                                                                     \
    X(DF_IN_META, "in_meta")                                                                                           \
    X(DF_ONLY_ASIDE, "only_aside")                                                                                     \
    X(DF_ONLY_FOOTER, "only_footer")                                                                                   \
    X(DF_ONLY_NAV, "only_nav")                                                                                         \
    X(DF_ONLY_LIST, "only_list")                                                                                       \
    X(DF_ONLY_COMMENT, "only_comment")                                                                                 \
    X(DF_ONLY_RELATED, "only_related")                                                                                 \
    X(DF_ONLY_LINKED, "only_linked")                                                                                   \
    X(DF_ONLY_FAR, "only_far")                                                                                         \
    X(DF_ONLY_INLINE, "only_inline")                                                                                   \
    X(DF_SCRIPT_FIRST, "script_first")                                                                                 \
    X(DF_IMAGE_MONTH, "image_month")                                                                                   \
    X(DF_CONTRADICTED, "contradicted")                                                                                 \
    X(DF_UNSEEN_NEWS, "unseen_news")                                                                                   \
    X(DF_ONLY_MODIFIED, "only_modified")                                                                               \
    X(DF_FAMILIES_2, "families_2")                                                                                     \
    X(DF_FAMILIES_3, "families_3")                                                                                     \
    X(DF_NEXT_TO_CLAIM, "next_to_claim")                                                                               \
    X(DF_NEXT_TO_VISIBLE, "next_to_visible")                                                                           \
    X(DF_OTHER_CLAIMED, "other_claimed")                                                                               \
    X(DF_NOTHING_CLAIMED, "nothing_claimed")                                                                           \
    X(DF_OLDEST, "oldest")                                                                                             \
    X(DF_NEWEST, "newest")                                                                                             \
    X(DF_SINGLE, "single")                                                                                             \
    X(DF_MANY, "many")                                                                                                 \
    X(DF_TIMED, "timed")                                                                                               \
    X(DF_REPEATED, "repeated")                                                                                         \
    X(DF_UNSEEN, "unseen")                                                                                             \
    X(DF_UNSEEN_PAGE, "unseen_page")                                                                                   \
    X(DF_SEEN_CLAIMED, "seen_claimed")                                                                                 \
    X(DF_NEAR_CUED, "near_cued")                                                                                       \
    X(DF_NEAR_ALONE, "near_alone")                                                                                     \
    X(DF_NEAR_CLASSED, "near_classed")                                                                                 \
    X(DF_NEAR_UNCLAIMED, "near_unclaimed")                                                                             \
    X(DF_ARTICLE_PAGE, "article_page")                                                                                 \
    X(DF_PAGE_TYPE_NEWS, "page_type_news")                                                                             \
    X(DF_PAGE_TYPE_OTHER, "page_type_other")                                                                           \
    X(DF_PAGE_OG_WEBSITE, "page_og_website")                                                                           \
    X(DF_PAGE_OG_ARTICLE, "page_og_article")                                                                           \
    X(DF_PAGE_HOME, "page_home")                                                                                       \
    X(DF_PAGE_SLUG, "page_slug")                                                                                       \
    X(DF_PAGE_AUTHORED, "page_authored")                                                                               \
    X(DF_PAGE_NO_VISIBLE, "page_no_visible")                                                                           \
    X(DF_PAGE_NO_NEAR, "page_no_near")                                                                                 \
    X(DF_PAGE_HAS_COMMENTS, "page_has_comments")                                                                       \
    X(DF_PAGE_LONG_PROSE, "page_long_prose")                                                                           \
    X(DF_PAGE_SHORT_PROSE, "page_short_prose")                                                                         \
    X(DF_CHANGE_OF_CLAIMED, "change_of_claimed")                                                                       \
    X(DF_STAMP_OF_WALL, "stamp_of_wall")                                                                               \
    X(DF_WALL_OF_STAMP, "wall_of_stamp")                                                                               \
    X(DF_SERIES, "series")                                                                                             \
    X(DF_ABOVE_RIVAL, "above_rival")                                                                                   \
    X(DF_UNPLACED, "unplaced")                                                                                         \
    X(DF_BLEMISHED, "blemished")                                                                                       \
    X(DF_ONLY_CAPTION, "only_caption")                                                                                 \
    X(DF_ONLY_HEADER, "only_header")                                                                                   \
    X(DF_JANUARY_FIRST, "january_first")

enum date_feature {
#define X(enumerator, name) enumerator,
    DATE_FEATURES(X)
#undef X
        DATE_FEATURE_COUNT
};

struct date_option {
    struct slice text; /* EDTF */
    float features[DATE_FEATURE_COUNT];
};

const struct date_lexicon *date_lexicon_create(struct arena *arena, const struct lexicon *lexicon);

enum err dates_run(struct job *job);

/* The candidates of a page, after find/headline has run, for the trainer; `*count` may be 0. */
struct date_option *date_options(struct job *job, size_t *count);
const char *date_feature_name(size_t index);

#endif
