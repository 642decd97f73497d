/* Markup declarations: comments (13.2.5.41 to 13.2.5.52), doctypes (13.2.5.53 to 13.2.5.68), CDATA. */
#include "tokenizer_internal.h"

/* ------------------------------------------------------------------- comments */

bool tokenizer_read_bogus_comment(struct tokenizer *t, const char *from, struct html_token *token)
{
    const char *close = memchr(from, '>', (size_t)(t->end - from));
    token->kind = HTML_COMMENT;
    token->text = tokenizer_text(t, from, close ? close : t->end, TEXT_REPLACE_NUL);
    t->at = close ? close + 1 : t->end;
    return true;
}

/* At the end of the input, what could have become the end of the comment is not part of it. */
static const char *end_of_unclosed(const char *from, const char *end)
{
    struct slice data = slice_of(from, (size_t)(end - from));
    if (slice_ends(data, SLICE("--!")))
        return end - 3;
    if (slice_ends(data, SLICE("--")))
        return end - 2;
    return slice_ends(data, SLICE("-")) ? end - 1 : end;
}

/* A comment whose data begins at `from`. It ends at "-->" or "--!>", and the dashes of "<!--" may serve
 * as those of "-->" (but not of "--!>"). */
static bool read_comment(struct tokenizer *t, const char *from, struct html_token *token)
{
    const char *close = from, *data_end = NULL;
    while (!data_end && (close = memchr(close, '>', (size_t)(t->end - close))) != NULL) {
        size_t before = (size_t)(close - from);
        if (close[-1] == '-' && close[-2] == '-') /* in "<!-->" and "<!--->" these are the opening ones */
            data_end = before < 2 ? from : close - 2;
        else if (before >= 3 && close[-1] == '!' && close[-2] == '-' && close[-3] == '-')
            data_end = close - 3;
        close++;
    }
    token->kind = HTML_COMMENT;
    token->text = tokenizer_text(t, from, data_end ? data_end : end_of_unclosed(from, t->end), TEXT_REPLACE_NUL);
    t->at = data_end ? close : t->end;
    return true;
}

/* ------------------------------------------------------------------- doctypes */

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && (tokenizer_class(*at) & CLASS_SPACE))
        at++;
    return at;
}

/* Reads a quoted identifier. Returns the place after it, or NULL after an end of the doctype within it
 * (t->at is set then). */
static const char *read_identifier(struct tokenizer *t, const char *at, struct slice *identifier)
{
    char quote = *at++;
    const char *from = at;
    while (at < t->end && *at != quote && *at != '>')
        at++;
    *identifier = tokenizer_text(t, from, at, TEXT_REPLACE_NUL);
    if (at < t->end && *at == quote)
        return at + 1;
    t->at = at < t->end ? at + 1 : at;
    return NULL;
}

static bool is_quote(const char *at, const char *end)
{
    return at < end && (*at == '"' || *at == '\'');
}

/* What follows the name; returns whether the doctype forces quirks mode. Sets t->at only where an
 * identifier ends the doctype, else *rest to where its end is to be looked for. */
static bool read_identifiers(struct tokenizer *t, const char *at, struct html_token *token, const char **rest)
{
    struct slice keyword = slice_of(at, (size_t)(t->end - at));
    bool is_public = slice_starts_nocase(keyword, SLICE("public"));
    *rest = at;
    if (!is_public && !slice_starts_nocase(keyword, SLICE("system")))
        return true;
    *rest = at = skip_space(at + 6, t->end);
    if (!is_quote(at, t->end))
        return true;
    *rest = at = read_identifier(t, at, is_public ? &token->public_id : &token->system_id);
    if (!at)
        return true;
    *rest = at = skip_space(at, t->end);
    if (is_public && is_quote(at, t->end)) {
        *rest = at = read_identifier(t, at, &token->system_id);
        if (!at)
            return true;
        *rest = at = skip_space(at, t->end);
        return at == t->end;
    }
    return at == t->end || (is_public && *at != '>');
}

static bool read_doctype(struct tokenizer *t, const char *at, struct html_token *token)
{
    token->kind = HTML_DOCTYPE;
    const char *name = skip_space(at, t->end);
    for (at = name; at < t->end && *at != '>' && !(tokenizer_class(*at) & CLASS_SPACE);)
        at++;
    if (at > name)
        token->name = tokenizer_changed_name(t, name, at);
    at = skip_space(at, t->end);
    if (at == t->end || *at == '>')
        token->force_quirks = at == t->end || slice_is_null(token->name);
    else
        token->force_quirks = read_identifiers(t, at, token, &at);
    if (!at)
        return true;
    const char *close = memchr(at, '>', (size_t)(t->end - at));
    t->at = close ? close + 1 : t->end;
    return true;
}

/* ------------------------------------------------------------------------ all */

bool tokenizer_read_declaration(struct tokenizer *t, struct html_token *token)
{
    const char *from = t->at + 2;
    struct slice rest = slice_of(from, (size_t)(t->end - from));
    if (slice_starts(rest, SLICE("--")))
        return read_comment(t, from + 2, token);
    if (slice_starts_nocase(rest, SLICE("doctype")))
        return read_doctype(t, from + 7, token);
    if (t->foreign && slice_starts(rest, SLICE("[CDATA["))) {
        t->at = from + 7;
        t->state = TOKENIZER_CDATA;
        return false;
    }
    return tokenizer_read_bogus_comment(t, from, token);
}
