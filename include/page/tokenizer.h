/* tokenizer: HTML -> tokens, after the HTML standard's tokenization stage (WHATWG HTML, 13.2.5).
 *
 * Pulled token by token; no tree, no look-back, linear in the input; works on the whole decoded page in
 * memory and borrows from it wherever nothing had to be changed (no character reference, no CR, no NUL,
 * no upper-case letter in a tag name), otherwise from the arena. Parse errors are not reported: the
 * standard says for each what a browser does, and that is done.
 *
 * In place of the tree builder, which would switch it, the tokenizer itself enters the RCDATA, RAWTEXT,
 * script data and PLAINTEXT states after the start tags that call for them (title, textarea; style, xmp,
 * iframe, noembed, noframes; script; plaintext; noscript is read as markup, as with scripting off), and
 * treats CDATA sections as a browser does in HTML content (bogus comment) unless inside svg or math,
 * which the caller says with tokenizer_set_foreign. */
#ifndef NEWSMETA_PAGE_TOKENIZER_H
#define NEWSMETA_PAGE_TOKENIZER_H

#include "base/arena.h"
#include "base/slice.h"
#include "page/tags.h"

enum html_token_kind {
    HTML_END,       /* of the input; comes for ever after */
    /* Characters; a run may come in several tokens; references decoded, newlines normalised. As in the
     * standard a NUL of the data state is passed on (the tree builder would drop it; decode_run has). */
    HTML_TEXT,
    HTML_START_TAG,
    HTML_END_TAG,
    HTML_COMMENT,   /* text = its data */
    HTML_DOCTYPE
};

struct html_attribute {
    struct slice name;  /* lower-cased */
    struct slice value; /* references decoded; empty when there is none */
};

struct html_token {
    enum html_token_kind kind;
    enum html_tag tag;            /* of a tag; TAG_OTHER when the name is not in page/tags.h */
    struct slice name;            /* tag name, lower-cased; name of a doctype (null when missing) */
    struct slice text;            /* of text and comments */
    struct html_attribute *attributes; /* first of equal names wins; capped at LIMIT_ATTRIBUTES */
    size_t attribute_count;
    bool self_closing;
    bool raw;                     /* text from RAWTEXT, script data or PLAINTEXT: not shown, not decoded */
    struct slice public_id, system_id; /* of a doctype; null = missing */
    bool force_quirks;
    size_t offset;                /* byte of the input at which the token starts */
};

/* Initial states, as the conformance tests name them. */
enum tokenizer_state {
    TOKENIZER_DATA,
    TOKENIZER_RCDATA,
    TOKENIZER_RAWTEXT,
    TOKENIZER_SCRIPT_DATA,
    TOKENIZER_PLAINTEXT,
    TOKENIZER_CDATA
};

struct tokenizer;

/* `input` is valid UTF-8 (decode/charset sees to that) and outlives the tokenizer; memory comes from
 * `arena`. */
struct tokenizer *tokenizer_create(struct arena *arena, struct slice input);
/* Starts in another state, with the name of the last start tag (for "appropriate end tag"). From then on
 * start tags switch to no raw text states: the choice is the caller's. For tests. */
void tokenizer_set_state(struct tokenizer *tokenizer, enum tokenizer_state state, struct slice last_start_tag);
/* Inside svg or math: CDATA sections are text, and no raw text states are entered. Told after a start or
 * end tag, it holds from the next token on. */
void tokenizer_set_foreign(struct tokenizer *tokenizer, bool foreign);
/* The next token. Its `attributes` array is valid until the next call; its slices as long as arena and
 * input are. Returns false (token->kind == HTML_END) at the end. */
bool tokenizer_next(struct tokenizer *tokenizer, struct html_token *token);
/* The value of an attribute of a tag token; SLICE_NULL if it has none of that (lower-case) name. */
struct slice html_token_attribute(const struct html_token *token, struct slice name);
/* Decodes character references in an attribute value or text that was read elsewhere (JSON-LD that
 * escapes twice); standard rules for text. Returns s itself when there is none. */
struct slice html_decode_references(struct arena *arena, struct slice s);

#endif
