/* article: what has been found so far. Plain data; every stage reads what earlier ones wrote and adds
 * its own part. All memory is the job's arena. Positions are byte offsets into article.text and are
 * turned into the caller's unit once, in output/.
 *
 * `text`  For raw text: the whole input, decoded to UTF-8, unchanged otherwise; blocks are its lines or
 *         paragraphs. For a page: the texts of its blocks in document order, each followed by one LF,
 *         white space squashed as a browser shows it. So block.span is valid in both, and finders need
 *         not know which it was. */
#ifndef NEWSMETA_ARTICLE_ARTICLE_H
#define NEWSMETA_ARTICLE_ARTICLE_H

#include "base/calendar.h"
#include "base/slice.h"

struct span {
    uint32_t start, end; /* bytes [start, end) of article.text */
};

#define NO_BLOCK UINT32_MAX

/* Where a value was found; the names are what `evidence` prints. */
#define SOURCE_TABLE(X)                                                                                                \
    X(SOURCE_NONE, "none")                                                                                             \
    X(SOURCE_JSON_LD, "json_ld")                                                                                       \
    X(SOURCE_OPEN_GRAPH, "open_graph")                                                                                 \
    X(SOURCE_META, "meta")                                                                                             \
    X(SOURCE_MICRODATA, "microdata")                                                                                   \
    X(SOURCE_TIME_ELEMENT, "time_element")                                                                             \
    X(SOURCE_TITLE, "title")                                                                                           \
    X(SOURCE_HEADING, "heading")                                                                                       \
    X(SOURCE_REL_AUTHOR, "rel_author")                                                                                 \
    X(SOURCE_LINK, "link")                                                                                             \
    X(SOURCE_HTML_LANG, "html_lang")                                                                                   \
    X(SOURCE_HTTP_HEADER, "http_header")                                                                               \
    X(SOURCE_SCRIPT, "script")                                                                                         \
    X(SOURCE_URL, "url")                                                                                               \
    X(SOURCE_BYLINE, "byline")                                                                                         \
    X(SOURCE_DATELINE, "dateline")                                                                                     \
    X(SOURCE_FIRST_LINE, "first_line")                                                                                 \
    X(SOURCE_BODY, "body")                                                                                             \
    X(SOURCE_REQUEST, "request")

enum source {
#define X(enumerator, name) enumerator,
    SOURCE_TABLE(X)
#undef X
        SOURCE_COUNT
};

const char *source_name(enum source source);

/* ------------------------------------------------------------------ the page */

/* What a page says about itself, before anyone judges it. */
enum claim_kind {
    CLAIM_HEADLINE,      /* JSON-LD headline (name), og:title, twitter:title, itemprop headline, <title> */
    CLAIM_PUBLISHED,     /* datePublished, article:published_time, pubdate, ... */
    CLAIM_MODIFIED,      /* dateModified, article:modified_time, ... */
    CLAIM_TIME,          /* a time element, or an unlabelled date: published or not is not said */
    CLAIM_AUTHOR,        /* one name, URL or handle each */
    CLAIM_SITE_NAME,     /* og:site_name, publisher of the article, WebSite name */
    CLAIM_DESCRIPTION,
    CLAIM_IMAGE,         /* absolute or as written */
    CLAIM_CANONICAL_URL, /* link rel=canonical, og:url, mainEntityOfPage */
    CLAIM_LANGUAGE,      /* html lang, og:locale, inLanguage, content-language */
    CLAIM_SECTION,
    CLAIM_KEYWORD,
    CLAIM_TYPE,          /* og:type, JSON-LD @type of the main item */
    CLAIM_ACCESS,        /* isAccessibleForFree */
    CLAIM_AUTHOR_LINK,   /* the text of a link to a page about an author */
    CLAIM_BODY,          /* articleBody of JSON-LD: the text, or its beginning; for finding it among the blocks */
    CLAIM_HOME_LINK,     /* the text of a link to the site's front page: its name, "Home", ... */
    CLAIM_EVENT,         /* startDate of an event: the day of what the page is about, not its own */
    CLAIM_KIND_COUNT
};

struct claim {
    enum claim_kind kind;
    enum source source;
    bool article;            /* it belongs to an item that is an article (JSON-LD, microdata type) */
    uint32_t entity;         /* number of that item in the page, from 1; 0 = the page itself */
    uint32_t block;          /* block at which it stands (the next one to come); NO_BLOCK in the head */
    uint32_t section;        /* container it stands in, 0 outside */
    uint32_t order;          /* position among all claims of the page */
    struct slice name;       /* the property as the page spells it: "article:published_time" */
    struct slice type;       /* type of the item: "NewsArticle", "Person"; may be null */
    struct slice value;      /* decoded, squashed, never empty */
};

/* A container element (div, section, article, ul, ...): not a tree, a list of places that blocks name,
 * each with the number of the one around it. Entry 0 stands for the whole page. */
struct section {
    uint32_t parent;
    uint16_t depth;
    uint16_t tag;            /* enum html_tag of page/tags.h */
    bool is_article;         /* an article element */
    uint16_t hints;          /* what find/labels reads from the label; 0: not read yet */
    uint32_t alike;          /* a section before it with the same label, or itself */
    struct slice label;      /* class, id, role, itemprop, data-component..., lower-cased, joined by blanks */
    uint32_t first_block, end_block; /* blocks [first, end) that lie inside, nested ones included */
};

/* What markup sets apart within a block: an inline element of a heading, or a line break anywhere, whose span is
 * empty. In the order of their ends, so that those of one block stand together. */
enum piece_kind { PIECE_BREAK, PIECE_ELEMENT, PIECE_ASIDE /* small, time: said beside the rest */ };

struct piece {
    struct span span;
    enum piece_kind kind;
    struct slice label;      /* as a section's; may be empty */
};

enum block_tag {
    BLOCK_LINE,              /* raw text */
    BLOCK_PARAGRAPH,         /* p */
    BLOCK_HEADING,           /* h1 to h6: level */
    BLOCK_LIST_ITEM,
    BLOCK_QUOTE,
    BLOCK_CAPTION,           /* figcaption, caption */
    BLOCK_PREFORMATTED,
    BLOCK_CELL,              /* td, th, dt, dd */
    BLOCK_LOOSE              /* text directly in a div, section, body, ... */
};

enum block_flag {            /* lies inside of ... */
    BLOCK_IN_ARTICLE = 1 << 0,
    BLOCK_IN_MAIN = 1 << 1,
    BLOCK_IN_NAV = 1 << 2,
    BLOCK_IN_ASIDE = 1 << 3,
    BLOCK_IN_HEADER = 1 << 4,
    BLOCK_IN_FOOTER = 1 << 5,
    BLOCK_IN_FORM = 1 << 6,
    BLOCK_IN_FIGURE = 1 << 7,
    BLOCK_IN_LIST = 1 << 8,
    BLOCK_IN_QUOTE = 1 << 9,
    BLOCK_IN_TABLE = 1 << 10,
    BLOCK_HIDDEN = 1 << 11,  /* hidden, aria-hidden, display:none; never shown */
    BLOCK_IN_BUTTON = 1 << 12,
    BLOCK_BEFORE_GAP = 1 << 13, /* raw text: an empty line follows */
    BLOCK_AFTER_GAP = 1 << 14,  /* raw text: an empty line stands before */
    BLOCK_BOLD = 1 << 15        /* wholly strong or b */
};

/* What a block is. The names are the reasons that body.excluded prints. */
#define ROLE_TABLE(X)                                                                                                  \
    X(ROLE_UNKNOWN, "unknown")                                                                                         \
    X(ROLE_HEADLINE, "headline")                                                                                       \
    X(ROLE_KICKER, "kicker")                                                                                           \
    X(ROLE_STANDFIRST, "standfirst")                                                                                   \
    X(ROLE_BYLINE, "byline")                                                                                           \
    X(ROLE_DATELINE, "dateline")                                                                                       \
    X(ROLE_BODY, "body")                                                                                               \
    X(ROLE_SUBHEADING, "subheading")                                                                                   \
    X(ROLE_TEASER, "teaser")                                                                                           \
    X(ROLE_NAVIGATION, "navigation")                                                                                   \
    X(ROLE_CONSENT, "consent_notice")                                                                                  \
    X(ROLE_ADVERTISEMENT, "advertisement")                                                                             \
    X(ROLE_CAPTION, "caption")                                                                                         \
    X(ROLE_SHARE, "share")                                                                                             \
    X(ROLE_NEWSLETTER, "newsletter")                                                                                   \
    X(ROLE_COMMENT, "comment")                                                                                         \
    X(ROLE_AUTHOR_BIO, "author_bio")                                                                                   \
    X(ROLE_FOOTER, "footer")

enum block_role {
#define X(enumerator, name) enumerator,
    ROLE_TABLE(X)
#undef X
        ROLE_COUNT
};

const char *role_name(enum block_role role);

/* A stretch of text that stands alone: a line or paragraph of raw text, the text between two block
 * boundaries of a page. Its text is article.text[span], trimmed, never empty. */
struct block {
    struct span span;
    enum block_tag tag;
    enum block_role role;
    uint8_t level;           /* of a heading, 1 to 6; else 0 */
    uint16_t flags;          /* enum block_flag */
    uint16_t links;          /* number of links in it */
    uint32_t link_bytes;     /* bytes of its text inside of links */
    uint32_t section;        /* index into sections; 0 for raw text */
    float score;             /* how sure the role is, 0 to 1 */
};

static inline bool role_is_prose(enum block_role role) /* belongs to body.text */
{
    return role == ROLE_BODY || role == ROLE_SUBHEADING;
}

/* ----------------------------------------------------------------- the prose */

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_PUNCTUATION, TOKEN_SYMBOL };

enum token_flag {
    TOKEN_SPACE_BEFORE = 1 << 0,
    TOKEN_SENTENCE_START = 1 << 1,
    TOKEN_CAPITALISED = 1 << 2, /* first letter upper, rest not all upper */
    TOKEN_ALL_UPPER = 1 << 3,   /* two letters or more, no lower-case one */
    TOKEN_HAS_DIGIT = 1 << 4,
    TOKEN_LOWER = 1 << 5,       /* letters, none upper */
    TOKEN_ABBREVIATION = 1 << 6 /* ends with its own full stop: "Mr.", "U.S." */
};

/* Tokens cover the blocks with role headline, standfirst, body and subheading, in order. */
struct token {
    struct span span;
    uint8_t kind;
    uint8_t flags;
    uint16_t small;          /* enum small_word bits: what a small word of the language does */
    uint32_t known;          /* what the gazetteer has of it, set by the tagger; 0: nothing */
    struct slice lower;      /* lower-cased form, quotes made plain */
};

struct sentence {
    uint32_t first, end;     /* tokens [first, end) */
    uint32_t block;
};

/* -------------------------------------------------------------- the findings */

/* A single value with its evidence; value.ptr == NULL: looked for, not there. */
struct finding {
    struct slice value;
    enum source source;
    float confidence;        /* 0 to 1 */
    struct slice raw;        /* as found, where that differs */
    struct span span;
    bool has_span;           /* span is where it stands in article.text */
    uint32_t block;          /* the block it was taken from, NO_BLOCK otherwise */
};

enum date_kind { DATE_PUBLISHED, DATE_MODIFIED, DATE_EVENT, DATE_MENTIONED };

enum date_part { DATE_YEAR = 1, DATE_MONTH = 2, DATE_DAY = 4 };

struct date_finding {
    struct slice edtf;       /* ISO 8601-2; null: a date is meant but no part of it is known ("Thursday") */
    struct slice alternative; /* second reading of an ambiguous numeric date, or null */
    enum date_kind kind;
    enum source source;
    struct slice text;       /* as written */
    struct span span;
    bool has_span;           /* false where it stands in markup only */
    unsigned missing;        /* enum date_part bits that the input does not give */
    struct slice resolved_by; /* "reference_date", "weekday", "publication_date", ... or null */
    float confidence;
};

enum actor_type { ACTOR_PERSON, ACTOR_ORGANIZATION, ACTOR_PLACE, ACTOR_OTHER };
enum place_kind { PLACE_NONE, PLACE_COUNTRY, PLACE_REGION, PLACE_CITY, PLACE_OTHER };

struct mention {
    struct span span;
    uint32_t first, end;     /* tokens [first, end) */
    uint32_t sentence;
    enum actor_type type;
    float confidence;
    uint32_t actor;          /* index into actors, or UINT32_MAX */
};

struct actor_role {
    struct slice title;      /* "President", as stated */
    struct slice of;         /* "Russia"; may be null */
    bool away;               /* the holder's country is not that of `of` but ... */
    struct slice from;       /* ... of this: "Chinese" ambassador to Britain, Nokia's head in "Athens"; may be null */
};

struct actor {
    struct slice name;       /* the fullest form in the text */
    enum actor_type type;
    enum place_kind place_kind;
    struct slice organization_type; /* "government", "company", ...; null when not certain */
    char country[3];         /* ISO 3166-1 alpha-2, "" unknown */
    float salience, confidence;
    uint32_t count;          /* mentions */
    struct actor_role *roles;
    uint32_t role_count;
    struct slice *aliases;   /* other forms in the text, in order of appearance */
    uint32_t alias_count;
};

struct topic {
    struct slice code;       /* "medtop:11000000" */
    struct slice label;
    struct slice *path;      /* codes from the top level to this one */
    struct slice *path_labels; /* their labels */
    uint32_t path_count;
    float score;             /* calibrated probability */
    struct slice *words;     /* the words that decided */
    uint32_t word_count;
};

struct keyphrase {
    struct slice text;
    float score;
};

struct warning {
    const char *code;        /* "date_year_missing" */
    const char *field;       /* "date"; may be NULL */
    struct slice message;
};

struct article {
    const char *charset;     /* label of the Encoding standard, lower case: "utf-8" */
    struct slice text;

    struct claim *claims;
    uint32_t claim_count;
    size_t claim_capacity;
    struct section *sections;
    uint32_t section_count;
    struct block *blocks;
    uint32_t block_count;
    struct piece *pieces;
    uint32_t piece_count;

    struct token *tokens;
    uint32_t token_count;
    struct sentence *sentences;
    uint32_t sentence_count;

    struct finding headline, language, site_name, description, image, canonical_url, section_name;
    struct slice *tags;      /* keywords as the page claims them */
    uint32_t tag_count;
    struct finding *authors;
    uint32_t author_count;
    struct finding date;     /* value = EDTF */
    enum date_kind date_kind;
    struct finding modified; /* value = EDTF */
    struct date_finding *dates;
    uint32_t date_count;
    struct mention *mentions;
    uint32_t mention_count;
    struct actor *actors;
    uint32_t actor_count;
    struct topic *topics;
    uint32_t topic_count;
    struct keyphrase *keyphrases;
    uint32_t keyphrase_count;

    struct warning *warnings;
    size_t warning_count, warning_capacity;
};

/* The text of a span / of a block. */
static inline struct slice article_text(const struct article *article, struct span span)
{
    return slice_sub(article->text, span.start, span.end);
}

static inline struct slice block_text(const struct article *article, const struct block *block)
{
    return article_text(article, block->span);
}

/* The tokens of the mention without a leading article. */
struct span mention_core(const struct article *article, const struct mention *mention);

/* The pieces that end within the block, `*count` of them, in the order of their ends. */
const struct piece *article_pieces(const struct article *article, const struct block *block, uint32_t *count);

/* The first claim of JSON-LD that belongs to an article, which is the page's own (page/jsonld puts it there; others are
 * of teasers); NULL if there is none. */
const struct claim *article_own_claim(const struct article *article);
/* The first claim of this kind and source at or after index `from`, NULL if none. */
const struct claim *article_claim(const struct article *article, enum claim_kind kind, enum source source,
                                  uint32_t from);

#endif
