/* tags: the HTML elements that somebody tells apart, as numbers; all others are TAG_OTHER. */
#ifndef NEWSMETA_PAGE_TAGS_H
#define NEWSMETA_PAGE_TAGS_H

#include "base/slice.h"

/* X(enumerator, name), sorted by name. */
#define TAG_TABLE(X) \
    X(TAG_A, "a") \
    X(TAG_ABBR, "abbr") \
    X(TAG_ADDRESS, "address") \
    X(TAG_ARTICLE, "article") \
    X(TAG_ASIDE, "aside") \
    X(TAG_AUDIO, "audio") \
    X(TAG_B, "b") \
    X(TAG_BASE, "base") \
    X(TAG_BLOCKQUOTE, "blockquote") \
    X(TAG_BODY, "body") \
    X(TAG_BR, "br") \
    X(TAG_BUTTON, "button") \
    X(TAG_CANVAS, "canvas") \
    X(TAG_CAPTION, "caption") \
    X(TAG_CENTER, "center") \
    X(TAG_CITE, "cite") \
    X(TAG_CODE, "code") \
    X(TAG_COL, "col") \
    X(TAG_COLGROUP, "colgroup") \
    X(TAG_DD, "dd") \
    X(TAG_DEL, "del") \
    X(TAG_DETAILS, "details") \
    X(TAG_DFN, "dfn") \
    X(TAG_DIALOG, "dialog") \
    X(TAG_DIV, "div") \
    X(TAG_DL, "dl") \
    X(TAG_DT, "dt") \
    X(TAG_EM, "em") \
    X(TAG_EMBED, "embed") \
    X(TAG_FIELDSET, "fieldset") \
    X(TAG_FIGCAPTION, "figcaption") \
    X(TAG_FIGURE, "figure") \
    X(TAG_FONT, "font") \
    X(TAG_FOOTER, "footer") \
    X(TAG_FORM, "form") \
    X(TAG_FRAME, "frame") \
    X(TAG_FRAMESET, "frameset") \
    X(TAG_H1, "h1") \
    X(TAG_H2, "h2") \
    X(TAG_H3, "h3") \
    X(TAG_H4, "h4") \
    X(TAG_H5, "h5") \
    X(TAG_H6, "h6") \
    X(TAG_HEAD, "head") \
    X(TAG_HEADER, "header") \
    X(TAG_HGROUP, "hgroup") \
    X(TAG_HR, "hr") \
    X(TAG_HTML, "html") \
    X(TAG_I, "i") \
    X(TAG_IFRAME, "iframe") \
    X(TAG_IMG, "img") \
    X(TAG_INPUT, "input") \
    X(TAG_INS, "ins") \
    X(TAG_KBD, "kbd") \
    X(TAG_LABEL, "label") \
    X(TAG_LEGEND, "legend") \
    X(TAG_LI, "li") \
    X(TAG_LINK, "link") \
    X(TAG_MAIN, "main") \
    X(TAG_MAP, "map") \
    X(TAG_MARK, "mark") \
    X(TAG_MATH, "math") \
    X(TAG_MENU, "menu") \
    X(TAG_META, "meta") \
    X(TAG_NAV, "nav") \
    X(TAG_NOEMBED, "noembed") \
    X(TAG_NOFRAMES, "noframes") \
    X(TAG_NOSCRIPT, "noscript") \
    X(TAG_OBJECT, "object") \
    X(TAG_OL, "ol") \
    X(TAG_OPTGROUP, "optgroup") \
    X(TAG_OPTION, "option") \
    X(TAG_P, "p") \
    X(TAG_PARAM, "param") \
    X(TAG_PICTURE, "picture") \
    X(TAG_PLAINTEXT, "plaintext") \
    X(TAG_PRE, "pre") \
    X(TAG_PROGRESS, "progress") \
    X(TAG_Q, "q") \
    X(TAG_S, "s") \
    X(TAG_SAMP, "samp") \
    X(TAG_SCRIPT, "script") \
    X(TAG_SEARCH, "search") \
    X(TAG_SECTION, "section") \
    X(TAG_SELECT, "select") \
    X(TAG_SMALL, "small") \
    X(TAG_SOURCE, "source") \
    X(TAG_SPAN, "span") \
    X(TAG_STRIKE, "strike") \
    X(TAG_STRONG, "strong") \
    X(TAG_STYLE, "style") \
    X(TAG_SUB, "sub") \
    X(TAG_SUMMARY, "summary") \
    X(TAG_SUP, "sup") \
    X(TAG_SVG, "svg") \
    X(TAG_TABLE, "table") \
    X(TAG_TBODY, "tbody") \
    X(TAG_TD, "td") \
    X(TAG_TEMPLATE, "template") \
    X(TAG_TEXTAREA, "textarea") \
    X(TAG_TFOOT, "tfoot") \
    X(TAG_TH, "th") \
    X(TAG_THEAD, "thead") \
    X(TAG_TIME, "time") \
    X(TAG_TITLE, "title") \
    X(TAG_TR, "tr") \
    X(TAG_TRACK, "track") \
    X(TAG_TT, "tt") \
    X(TAG_U, "u") \
    X(TAG_UL, "ul") \
    X(TAG_VAR, "var") \
    X(TAG_VIDEO, "video") \
    X(TAG_WBR, "wbr") \
    X(TAG_XMP, "xmp")

enum html_tag {
    TAG_OTHER,
#define X(enumerator, name) enumerator,
    TAG_TABLE(X)
#undef X
        TAG_COUNT
};

/* The number of a lower-case tag name. */
enum html_tag html_tag_from_name(struct slice name);
/* The name of a number; TAG_OTHER is "other". */
struct slice html_tag_name(enum html_tag tag);

#endif
