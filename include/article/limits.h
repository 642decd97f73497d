/* limits: the counted caps at the door. Growth on foreign input ends at one of these, with a warning
 * (the part that fits is worked on) or an error; so memory and time are linear in the input. */
#ifndef NEWSMETA_ARTICLE_LIMITS_H
#define NEWSMETA_ARTICLE_LIMITS_H

#define LIMIT_INPUT_BYTES (64u << 20)  /* one document, decoded; the service's own limit is lower */
#define LIMIT_BLOCKS 60000u            /* blocks of one document */
#define LIMIT_SECTIONS 60000u          /* container elements remembered */
#define LIMIT_PIECES 20000u            /* line breaks and elements in headings that are remembered */
#define LIMIT_OPEN_ELEMENTS 512u       /* nesting that is told apart; deeper elements share the last */
#define LIMIT_ATTRIBUTES 256u          /* attributes of one tag; the rest is skipped */
#define LIMIT_CLAIMS 4000u             /* claims of one page */
#define LIMIT_JSON_LD_BYTES (4u << 20) /* one JSON-LD script */
#define LIMIT_TOKENS 400000u           /* tokens of one article's prose */
#define LIMIT_MENTIONS 20000u          /* name mentions of one article */
#define LIMIT_ACTORS 1000u
#define LIMIT_DATE_ITEMS 400000u       /* words and marks of one block that are looked through for dates */
#define LIMIT_DATES 1000u              /* date mentions of one article */
#define LIMIT_AUTHORS 50u
#define LIMIT_KEYPHRASES 10u

#endif
