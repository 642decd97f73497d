/* headline: article.headline, chosen among the candidates of page and text; marks the block that shows it
 * with ROLE_HEADLINE. headline_recase runs later, when names are known: a headline in all lower or all
 * upper case gets the capitals that its words have in the story; `raw` keeps the words as found.
 *
 * On a page every wording that may be the headline is a candidate with features (where it stands, which other
 * wordings agree with it, what it is cut from); data/models/headline.tsv weighs them. */
#ifndef NEWSMETA_FIND_HEADLINE_HEADLINE_H
#define NEWSMETA_FIND_HEADLINE_HEADLINE_H

#include "article/job.h"
#include "model/lexicon.h"

/* What the model weighs. Shares and similarities lie between 0 and 1, the others are 0 or 1. */
#define HEADLINE_FEATURES(X)                                                                                           \
    X(HF_H1, "h1")                                                                                                     \
    X(HF_FIRST_H1, "first_h1")                                                                                         \
    X(HF_ONLY_H1, "only_h1")                                                                                           \
    X(HF_H2, "h2")                                                                                                     \
    X(HF_FIRST_H2, "first_h2")                                                                                         \
    X(HF_H2_NO_H1, "h2_no_h1")                                                                                         \
    X(HF_LOW_HEADING, "low_heading")                                                                                   \
    X(HF_LOOSE, "loose")                                                                                               \
    X(HF_INVISIBLE, "invisible")                                                                                       \
    X(HF_JSON_LD, "json_ld")                                                                                           \
    X(HF_JSON_LD_OTHER, "json_ld_other")                                                                               \
    X(HF_OPEN_GRAPH, "open_graph")                                                                                     \
    X(HF_MICRODATA, "microdata")                                                                                       \
    X(HF_TITLE_WHOLE, "title_whole")                                                                                   \
    X(HF_TITLE_HEAD, "title_head")                                                                                     \
    X(HF_TITLE_TAIL, "title_tail")                                                                                     \
    X(HF_SOCIAL_PART, "social_part")                                                                                   \
    X(HF_HEADING_PART, "heading_part")                                                                                 \
    X(HF_PIECE, "piece")                                                                                               \
    X(HF_PIECE_LABELLED, "piece_labelled")                                                                             \
    X(HF_CUT_KICKER, "cut_kicker")                                                                                     \
    X(HF_HAS_KICKER, "has_kicker")                                                                                     \
    X(HF_CUT_SITE, "cut_site")                                                                                         \
    X(HF_CUT_UNKNOWN, "cut_unknown")                                                                                   \
    X(HF_KEEPS_SITE, "keeps_site")                                                                                     \
    X(HF_KEEPS_TAIL, "keeps_tail")                                                                                     \
    X(HF_IS_SITE, "is_site")                                                                                           \
    X(HF_IS_SITE_OF_H1S, "is_site_of_h1s")                                                                             \
    X(HF_IS_SECTION, "is_section")                                                                                     \
    X(HF_IS_DEFAULT, "is_default")                                                                                     \
    X(HF_TITLE_F1, "title_f1")                                                                                         \
    X(HF_TITLE_STARTS, "title_starts")                                                                                 \
    X(HF_TITLE_ENDS, "title_ends")                                                                                     \
    X(HF_SOCIAL_F1, "social_f1")                                                                                       \
    X(HF_SOCIAL_CONTAINS, "social_contains")                                                                           \
    X(HF_CONTAINS_SOCIAL, "contains_social")                                                                           \
    X(HF_ENDS_WITH_SOCIAL, "ends_with_social")                                                                         \
    X(HF_JSON_LD_F1, "json_ld_f1")                                                                                     \
    X(HF_URL_COVER, "url_cover")                                                                                       \
    X(HF_HEADING_F1, "heading_f1")                                                                                     \
    X(HF_SUFFIX_OF_HEADING, "suffix_of_heading")                                                                       \
    X(HF_PREFIX_OF_HEADING, "prefix_of_heading")                                                                       \
    X(HF_ENDS_WITH_CLAIM, "ends_with_claim")                                                                           \
    X(HF_STARTS_WITH_CLAIM, "starts_with_claim")                                                                       \
    X(HF_BEFORE_BODY, "before_body")                                                                                   \
    X(HF_NEAR_BODY, "near_body")                                                                                       \
    X(HF_AFTER_BODY, "after_body")                                                                                     \
    X(HF_NEAR_BYLINE, "near_byline")                                                                                   \
    X(HF_IN_ARTICLE, "in_article")                                                                                     \
    X(HF_IN_MAIN, "in_main")                                                                                           \
    X(HF_IN_HEADER, "in_header")                                                                                       \
    X(HF_IN_ARTICLE_HEADER, "in_article_header")                                                                       \
    X(HF_IN_NAV, "in_nav")                                                                                             \
    X(HF_IN_ASIDE, "in_aside")                                                                                         \
    X(HF_IN_FOOTER, "in_footer")                                                                                       \
    X(HF_IN_LIST, "in_list")                                                                                           \
    X(HF_HIDDEN, "hidden")                                                                                             \
    X(HF_LINKED, "linked")                                                                                             \
    X(HF_LABEL_HEADLINE, "label_headline")                                                                             \
    X(HF_LABEL_COMMENT, "label_comment")                                                                               \
    X(HF_LABEL_RELATED, "label_related")                                                                               \
    X(HF_LABEL_SITE, "label_site")                                                                                     \
    X(HF_LABEL_MENU, "label_menu")                                                                                     \
    X(HF_LABEL_ASIDE, "label_aside")                                                                                   \
    X(HF_LABEL_NOTICE, "label_notice")                                                                                 \
    X(HF_ONE_WORD, "one_word")                                                                                         \
    X(HF_TWO_WORDS, "two_words")                                                                                       \
    X(HF_FEW_WORDS, "few_words")                                                                                       \
    X(HF_MANY_WORDS, "many_words")                                                                                     \
    X(HF_REPEATED, "repeated")                                                                                         \
    X(HF_RANK, "rank")

enum headline_feature {
#define X(enumerator, name) enumerator,
    HEADLINE_FEATURES(X)
#undef X
        HEADLINE_FEATURE_COUNT
};

struct headline_option {
    struct slice text;
    float features[HEADLINE_FEATURE_COUNT];
};

const struct headline_lexicon *headline_lexicon_create(struct arena *arena, const struct lexicon *lexicon);
/* The headline stands in all lower or all upper case, so that headline_recase_run wants the mentions. */
bool headline_lacks_case(const struct job *job);
enum err headline_recase_run(struct job *job);

enum err headline_run(struct job *job);

/* The candidates of a page, after text/body has run, for the trainer; `*count` may be 0. */
struct headline_option *headline_options(struct job *job, size_t *count);
const char *headline_feature_name(size_t index);

#endif
