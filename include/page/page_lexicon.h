/* page_lexicon: how pages name what they claim: properties of meta elements, schema.org properties and
 * types, words of class names. Compiled from data/lexicon at start, constant after. */
#ifndef NEWSMETA_PAGE_PAGE_LEXICON_H
#define NEWSMETA_PAGE_PAGE_LEXICON_H

#include "article/article.h"
#include "base/arena.h"
#include "model/lexicon.h"

/* Tables: page_properties, schema_properties, schema_types, class_words. */
const struct page_lexicon *page_lexicon_create(struct arena *arena, const struct lexicon *lexicon);

/* The claim that a meta element of this name (any case) makes; false if it makes none. */
bool page_lexicon_property(const struct page_lexicon *lexicon, struct slice name, enum claim_kind *kind);

struct schema_property {
    enum claim_kind kind;
    bool item_only; /* says something only in an item that is an article or a page */
};

/* A schema.org property, or NULL. */
const struct schema_property *page_lexicon_schema_property(const struct page_lexicon *lexicon, struct slice name);

enum schema_class { SCHEMA_UNKNOWN, SCHEMA_ARTICLE, SCHEMA_PAGE, SCHEMA_SITE, SCHEMA_WORK, SCHEMA_TRAIL, SCHEMA_ASIDE };

/* What a schema.org type is to us; `type` may be a URL or have a prefix ("schema:NewsArticle"). */
enum schema_class page_lexicon_schema_class(const struct page_lexicon *lexicon, struct slice type);
/* "NewsArticle" of "https://schema.org/NewsArticle". */
struct slice schema_type_name(struct slice type);

enum class_word {
    CLASS_AUTHOR = 1 << 0,
    CLASS_DATE = 1 << 1,
    CLASS_PUBLISHED = 1 << 2,
    CLASS_MODIFIED = 1 << 3,
    CLASS_COMPONENT = 1 << 4,
    CLASS_PROFILE = 1 << 5
};

#define CLASS_ANY_DATE (CLASS_DATE | CLASS_PUBLISHED | CLASS_MODIFIED)

/* The enum class_word bits of one whole word, in any case. */
unsigned page_lexicon_word(const struct page_lexicon *lexicon, struct slice word);
/* The enum class_word bits of all words in one name ("post-author__name", "datePublished"). */
unsigned page_lexicon_class_words(const struct page_lexicon *lexicon, struct slice name);

#endif
