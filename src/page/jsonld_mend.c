#include "jsonld_mend_internal.h"

#define DEEPEST 512 /* brackets; what news pages write is less than 20 deep */
#define LITTLE_MORE 64

struct mender {
    struct slice in;
    size_t at;
    char *out;
    size_t len, capacity;
    char open[DEEPEST]; /* '{' or '[' */
    size_t depth;
    bool comma;         /* one is owed before the next value or key */
};

static struct slice skip_mark(struct slice s, struct slice mark)
{
    return slice_starts_nocase(s, mark) ? slice_trim(slice_sub(s, mark.len, s.len)) : s;
}

static struct slice drop_mark(struct slice s, struct slice mark)
{
    return slice_ends_nocase(s, mark) ? slice_trim(slice_sub(s, 0, s.len - mark.len)) : s;
}

struct slice jsonld_unwrap(struct slice script)
{
    static const struct slice before[] = {{"\xEF\xBB\xBF", 3}, {"/*", 2}, {"//", 2}, {"<!--", 4}, {"<![CDATA[", 9},
                                          {"*/", 2}};
    static const struct slice after[] = {{"*/", 2}, {"-->", 3}, {"]]>", 3}, {"//", 2}, {"/*", 2}, {";", 1}};
    struct slice s = slice_trim(script);
    for (int round = 0; round < 4; round++) { /* "<!-- //<![CDATA[" nests a few marks */
        for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
            s = skip_mark(s, before[i]);
        for (size_t i = 0; i < sizeof after / sizeof after[0]; i++)
            s = drop_mark(s, after[i]);
    }
    return s;
}

/* Every input byte becomes at most 6 output bytes where it is escaped; that is rare, so room grows on demand. */
static void put(struct arena *arena, struct mender *mender, const char *bytes, size_t len)
{
    while (mender->len + len > mender->capacity)
        mender->out = arena_grow(arena, mender->out, mender->capacity, &mender->capacity, 1);
    memcpy(mender->out + mender->len, bytes, len);
    mender->len += len;
}

static void put_char(struct arena *arena, struct mender *mender, char c)
{
    put(arena, mender, &c, 1);
}

static char next_solid(const struct mender *mender, size_t at, size_t *where)
{
    while (at < mender->in.len && ascii_is_space(mender->in.ptr[at]))
        at++;
    *where = at;
    return at < mender->in.len ? mender->in.ptr[at] : '\0';
}

/* Does the quote before `at` end its string? It does where JSON could go on behind it. A comma is not enough: it
 * also follows quoted words in a sentence; behind it must stand the beginning of a key or a value. */
static bool quote_ends(const struct mender *mender, size_t at)
{
    size_t where;
    char c = next_solid(mender, at, &where);
    if (c == '\0' || c == '}' || c == ']' || c == ':')
        return true;
    if (c == '"') /* a comma forgotten between two lines */
        return memchr(mender->in.ptr + at, '\n', where - at) != NULL;
    if (c != ',')
        return false;
    c = next_solid(mender, where + 1, &where);
    return c == '"' || c == '{' || c == '[' || c == '}' || c == ']' || c == ',' || c == '-' || ascii_is_digit(c);
}

static bool is_hex(const struct mender *mender, size_t at)
{
    for (size_t i = at; i < at + 4; i++)
        if (i >= mender->in.len || ascii_hex_value(mender->in.ptr[i]) < 0)
            return false;
    return true;
}

static void mend_escape(struct arena *arena, struct mender *mender)
{
    char c = mender->at < mender->in.len ? mender->in.ptr[mender->at] : '\0';
    bool surrogate = c == 'u' && is_hex(mender, mender->at + 1) &&
                     ascii_to_lower(mender->in.ptr[mender->at + 1]) == 'd' &&
                     ascii_to_lower(mender->in.ptr[mender->at + 2]) >= '8';
    if (surrogate) {
        /* Pairs are fine, halves are not; which it is does not matter enough in a broken script. */
        put(arena, mender, "\\ufffd", 6);
        mender->at += 5;
    } else if (c != '\0' && strchr("\"\\/bfnrt", c)) {
        put_char(arena, mender, '\\');
        put_char(arena, mender, c);
        mender->at++;
    } else if (c == 'u' && is_hex(mender, mender->at + 1)) {
        put(arena, mender, "\\u", 2);
        mender->at++;
    } /* else: an unknown escape loses its backslash */
}

static void mend_string(struct arena *arena, struct mender *mender)
{
    put_char(arena, mender, '"');
    mender->at++;
    while (mender->at < mender->in.len) {
        char c = mender->in.ptr[mender->at++];
        if (c == '\\')
            mend_escape(arena, mender);
        else if (c == '"' && quote_ends(mender, mender->at))
            break;
        else if (c == '"')
            put(arena, mender, "\\\"", 2);
        else
            put_char(arena, mender, (unsigned char)c < 0x20 ? ' ' : c);
    }
    put_char(arena, mender, '"');
}

static void mend_word(struct arena *arena, struct mender *mender) /* number, true, false, null */
{
    size_t start = mender->at;
    while (mender->at < mender->in.len && !strchr(",:]}[{\"", mender->in.ptr[mender->at]) &&
           !ascii_is_space(mender->in.ptr[mender->at]))
        mender->at++;
    put(arena, mender, mender->in.ptr + start, mender->at - start);
}

static void pay_comma(struct arena *arena, struct mender *mender)
{
    if (mender->comma)
        put_char(arena, mender, ',');
    mender->comma = false;
}

static void close_bracket(struct arena *arena, struct mender *mender, char bracket)
{
    char wanted = bracket == '}' ? '{' : '[';
    if (mender->depth == 0 || memchr(mender->open, wanted, mender->depth) == NULL)
        return; /* one too many */
    do {
        put_char(arena, mender, mender->open[--mender->depth] == '{' ? '}' : ']');
    } while (mender->open[mender->depth] != wanted);
    mender->comma = true;
}

static bool mend_step(struct arena *arena, struct mender *mender)
{
    char c = next_solid(mender, mender->at, &mender->at);
    switch (c) {
    case '{':
    case '[':
        if (mender->depth == DEEPEST)
            return false;
        pay_comma(arena, mender);
        put_char(arena, mender, c);
        mender->open[mender->depth++] = c;
        mender->at++;
        break;
    case '}':
    case ']':
        close_bracket(arena, mender, c);
        mender->at++;
        break;
    case ',':
    case ';':
        mender->at++; /* owed already; a second one and one before a bracket vanish */
        break;
    case ':':
        put_char(arena, mender, ':');
        mender->comma = false;
        mender->at++;
        break;
    case '"':
        pay_comma(arena, mender);
        mend_string(arena, mender);
        mender->comma = true;
        break;
    default:
        pay_comma(arena, mender);
        mend_word(arena, mender);
        mender->comma = true;
    }
    return true;
}

struct slice jsonld_mend(struct arena *arena, struct slice script)
{
    struct mender mender = {.in = jsonld_unwrap(script)};
    mender.capacity = mender.in.len + LITTLE_MORE;
    mender.out = arena_alloc(arena, mender.capacity);
    put_char(arena, &mender, '[');
    size_t where;
    while (next_solid(&mender, mender.at, &where) != '\0') {
        size_t before = mender.at;
        if (!mend_step(arena, &mender))
            return SLICE_NULL;
        if (mender.at == before)
            mender.at++; /* a byte that begins nothing */
    }
    while (mender.depth > 0)
        put_char(arena, &mender, mender.open[--mender.depth] == '{' ? '}' : ']');
    put_char(arena, &mender, ']');
    return slice_of(mender.out, mender.len);
}
