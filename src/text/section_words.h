/* section_words: what the classes and ids of a page's containers say about the text in them. */
#ifndef NEWSMETA_TEXT_SECTION_WORDS_H
#define NEWSMETA_TEXT_SECTION_WORDS_H

#include "article/article.h"
#include "model/lexicon.h"

#define SECTION_CLASS_TABLE(X)                                                                                         \
    X(SECTION_STORY, "story")                                                                                          \
    X(SECTION_CONTENT, "content")                                                                                      \
    X(SECTION_COMMENT, "comment")                                                                                      \
    X(SECTION_RELATED, "related")                                                                                      \
    X(SECTION_LIST, "list")                                                                                            \
    X(SECTION_SHARE, "share")                                                                                          \
    X(SECTION_NEWSLETTER, "newsletter")                                                                                \
    X(SECTION_CONSENT, "consent")                                                                                      \
    X(SECTION_NAVIGATION, "navigation")                                                                                \
    X(SECTION_FOOTER, "footer")                                                                                        \
    X(SECTION_ASIDE, "aside")                                                                                          \
    X(SECTION_CAPTION, "caption")                                                                                      \
    X(SECTION_AUTHOR, "author")                                                                                        \
    X(SECTION_META, "meta")                                                                                            \
    X(SECTION_HEADLINE, "headline")                                                                                    \
    X(SECTION_ADVERTISEMENT, "advertisement")                                                                          \
    X(SECTION_HIDDEN, "hidden")                                                                                        \
    X(SECTION_FORM, "form")                                                                                            \
    X(SECTION_SHOP, "shop")                                                                                            \
    X(SECTION_LEAD, "lead")

enum section_class {
#define X(enumerator, name) enumerator,
    SECTION_CLASS_TABLE(X)
#undef X
        SECTION_CLASS_COUNT
};

struct section_words;

/* Reads data/lexicon/section_words.tsv; asserts that every class in it is one of the above. */
const struct section_words *section_words_create(struct arena *arena, const struct lexicon *lexicon);
/* A bit (1 << class) for every class that the label's words speak of, for each of the sections; in
 * `arena`. Linear in the labels. */
uint32_t *section_words_classify(const struct section_words *words, struct arena *arena,
                                 const struct section *sections, uint32_t count);

#endif
