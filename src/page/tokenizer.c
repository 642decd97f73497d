#include "tokenizer_internal.h"

struct tokenizer *tokenizer_create(struct arena *arena, struct slice input)
{
    struct tokenizer *t = arena_calloc(arena, 1, sizeof *t);
    t->arena = arena;
    t->start = t->at = input.ptr ? input.ptr : "";
    t->end = t->start + input.len;
    return t;
}

void tokenizer_set_state(struct tokenizer *t, enum tokenizer_state state, struct slice last_start_tag)
{
    t->state = state;
    t->last_start_tag = last_start_tag;
    t->manual = true;
}

void tokenizer_set_foreign(struct tokenizer *t, bool foreign)
{
    t->foreign = foreign;
}

static struct slice rest_of(const struct tokenizer *t, const char *at)
{
    return slice_of(at, (size_t)(t->end - at));
}

static bool give_text(struct tokenizer *t, struct html_token *token, const char *to, unsigned rules)
{
    token->kind = HTML_TEXT;
    token->text = tokenizer_text(t, t->at, to, rules);
    t->at = to;
    return true;
}

/* ----------------------------------------------------------------- data state */

/* Does the '<' at `at` begin anything but text? */
static bool begins_markup(const char *at, const char *end)
{
    if (end - at < 2)
        return false;
    if (at[1] == '/')
        return end - at > 2;
    return (tokenizer_class(at[1]) & CLASS_ALPHA) || at[1] == '!' || at[1] == '?';
}

/* The markup at t->at; false if it leaves no token. */
static bool read_markup(struct tokenizer *t, struct html_token *token)
{
    const char *at = t->at;
    token->offset = (size_t)(at - t->start);
    if (tokenizer_class(at[1]) & CLASS_ALPHA)
        return tokenizer_read_tag(t, token);
    if (at[1] == '!')
        return tokenizer_read_declaration(t, token);
    if (at[1] == '?')
        return tokenizer_read_bogus_comment(t, at + 1, token);
    if (tokenizer_class(at[2]) & CLASS_ALPHA)
        return tokenizer_read_tag(t, token);
    if (at[2] != '>')
        return tokenizer_read_bogus_comment(t, at + 2, token);
    t->at = at + 3;
    return false;
}

static bool read_data(struct tokenizer *t, struct html_token *token)
{
    const char *at = t->at;
    while ((at = memchr(at, '<', (size_t)(t->end - at))) != NULL && !begins_markup(at, t->end))
        at++;
    if (at == t->at)
        return read_markup(t, token);
    return give_text(t, token, at ? at : t->end, TEXT_REFERENCES);
}

/* ---------------------------------------------------------- raw text and its like */

/* Is there a tag of this name (with "/" for an end tag) at the '<' at `at`? */
static bool tag_follows(const struct tokenizer *t, const char *at, bool is_end, struct slice name)
{
    struct slice rest = slice_sub(rest_of(t, at), is_end ? 2 : 1, SIZE_MAX);
    if (is_end && !slice_starts(rest_of(t, at), SLICE("</")))
        return false;
    return name.len > 0 && rest.len > name.len && slice_starts_nocase(rest, name) &&
           (tokenizer_class(rest.ptr[name.len]) & CLASS_NAME_END);
}

/* The "appropriate end tag" at or after `at`, or the end. */
static const char *find_end_tag(const struct tokenizer *t, const char *at)
{
    while ((at = memchr(at, '<', (size_t)(t->end - at))) != NULL) {
        if (tag_follows(t, at, true, t->last_start_tag))
            return at;
        at++;
    }
    return t->end;
}

/* Where the escape that "<!--" begins is left: after "-->", whose dashes may be those of "<!--"; or the
 * end. */
static const char *end_of_escape(const struct tokenizer *t, const char *at)
{
    at += 4;
    while ((at = memchr(at, '>', (size_t)(t->end - at))) != NULL) {
        if (at[-1] == '-' && at[-2] == '-')
            return at + 1;
        at++;
    }
    return t->end;
}

/* 13.2.5.17 to 13.2.5.31: within "<!--" and "-->" a "<script" makes the next "</script" not count. */
static const char *find_script_end(const struct tokenizer *t, const char *at)
{
    const char *escaped_to = at; /* below it we are in an escape */
    bool twice = false;
    while ((at = memchr(at, '<', (size_t)(t->end - at))) != NULL) {
        if (at >= escaped_to)
            twice = false;
        if (!twice && tag_follows(t, at, true, t->last_start_tag))
            return at;
        if (at >= escaped_to) {
            if (slice_starts(rest_of(t, at), SLICE("<!--")))
                escaped_to = end_of_escape(t, at);
        } else if (tag_follows(t, at, twice, SLICE("script"))) {
            twice = !twice;
        }
        at++;
    }
    return t->end;
}

/* Text up to `end`, where the element's end tag is or the input ends. */
static bool read_raw(struct tokenizer *t, struct html_token *token, const char *end, unsigned rules)
{
    token->raw = !(rules & TEXT_REFERENCES);
    if (end > t->at)
        return give_text(t, token, end, rules);
    token->offset = (size_t)(t->at - t->start);
    token->raw = false;
    return tokenizer_read_tag(t, token);
}

static bool read_cdata(struct tokenizer *t, struct html_token *token)
{
    size_t close = slice_find(rest_of(t, t->at), SLICE("]]>"), 0);
    if (close == SLICE_NOT_FOUND)
        return give_text(t, token, t->end, 0);
    const char *data_end = t->at + close;
    bool given = data_end > t->at && give_text(t, token, data_end, 0);
    t->at = data_end + 3;
    t->state = TOKENIZER_DATA;
    return given;
}

/* ------------------------------------------------------------------------ all */

static bool read_token(struct tokenizer *t, struct html_token *token)
{
    switch (t->state) {
    case TOKENIZER_DATA: return read_data(t, token);
    case TOKENIZER_RCDATA:
        return read_raw(t, token, find_end_tag(t, t->at), TEXT_REFERENCES | TEXT_REPLACE_NUL);
    case TOKENIZER_RAWTEXT: return read_raw(t, token, find_end_tag(t, t->at), TEXT_REPLACE_NUL);
    case TOKENIZER_SCRIPT_DATA: return read_raw(t, token, find_script_end(t, t->at), TEXT_REPLACE_NUL);
    case TOKENIZER_PLAINTEXT: return read_raw(t, token, t->end, TEXT_REPLACE_NUL);
    case TOKENIZER_CDATA: break;
    }
    return read_cdata(t, token);
}

bool tokenizer_next(struct tokenizer *t, struct html_token *token)
{
    *token = (struct html_token){.kind = HTML_END};
    while (t->at < t->end) {
        token->offset = (size_t)(t->at - t->start);
        if (read_token(t, token))
            return true;
        *token = (struct html_token){.kind = HTML_END};
    }
    token->offset = (size_t)(t->end - t->start);
    return false;
}
