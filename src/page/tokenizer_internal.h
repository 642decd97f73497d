/* tokenizer: what its files share. tokenizer.c holds the states, tokenizer_tags.c tags and attributes,
 * tokenizer_markup.c comments and doctypes, tokenizer_text.c what becomes of the characters. */
#ifndef NEWSMETA_PAGE_TOKENIZER_INTERNAL_H
#define NEWSMETA_PAGE_TOKENIZER_INTERNAL_H

#include "page/tokenizer.h"

/* From this many attributes on a tag's names are found by hashing, below by looking at each. */
#define ATTRIBUTES_BEFORE_INDEX 12u
#define ATTRIBUTE_SLOTS 1024u

struct attribute_list {
    struct html_attribute *items;
    size_t count, capacity;
    uint16_t *slots; /* index + 1 of an item, 0 = free; NULL until a tag needs it */
};

struct tokenizer {
    struct arena *arena;
    const char *start, *at, *end;
    enum tokenizer_state state;
    bool foreign;
    bool manual; /* states are the caller's choice (tokenizer_set_state) */
    struct slice last_start_tag;
    struct attribute_list attributes;
    /* The first of each byte at or after the last place that was asked about: whether a piece of the
     * input holds one costs a comparison, and the whole input is searched but once. */
    const char *next_ampersand, *next_return, *next_nul;
};

/* ------------------------------------------------------- classes of characters */

enum {
    CLASS_SPACE = 1,      /* tab, LF, FF, CR, space */
    CLASS_NAME_END = 2,   /* ends a tag name: space / > */
    CLASS_ATTRIBUTE_END = 4, /* ends an attribute name: space / > = */
    CLASS_VALUE_END = 8,  /* ends an unquoted value: space > */
    CLASS_CHANGES = 16,   /* is not kept in a name: A to Z, NUL */
    CLASS_ALPHA = 32,
    CLASS_SPECIAL = 64    /* is not kept in text: & CR NUL */
};

extern const unsigned char tokenizer_classes[256];

static inline unsigned tokenizer_class(char c)
{
    return tokenizer_classes[(unsigned char)c];
}

/* ----------------------------------------------------------------------- text */

enum {
    TEXT_REFERENCES = 1, /* decode character references */
    TEXT_ATTRIBUTE = 2,  /* by the rules for attribute values */
    TEXT_REPLACE_NUL = 4 /* NUL becomes U+FFFD */
};

/* The characters [from, to) of the input with newlines normalised and the rules applied; borrowed where
 * that changes nothing. Calls must not go backwards in the input. */
struct slice tokenizer_text(struct tokenizer *tokenizer, const char *from, const char *to, unsigned rules);
/* A tag, attribute or doctype name: lower-cased, NUL replaced. */
struct slice tokenizer_changed_name(struct tokenizer *tokenizer, const char *from, const char *to);

/* --------------------------------------------------------------------- markup */

/* Each reads from tokenizer->at (a '<'), moves it past what it read and returns true if that was a token. */
bool tokenizer_read_tag(struct tokenizer *tokenizer, struct html_token *token);
bool tokenizer_read_declaration(struct tokenizer *tokenizer, struct html_token *token);
/* A bogus comment whose data begins at `from`. */
bool tokenizer_read_bogus_comment(struct tokenizer *tokenizer, const char *from, struct html_token *token);

#endif
