#include "references_internal.h"
#include "tokenizer_internal.h"

#define SPACE (CLASS_SPACE | CLASS_NAME_END | CLASS_ATTRIBUTE_END | CLASS_VALUE_END)
#define LETTER(capital, small) [capital] = CLASS_ALPHA | CLASS_CHANGES, [small] = CLASS_ALPHA

const unsigned char tokenizer_classes[256] = {
    ['\0'] = CLASS_CHANGES | CLASS_SPECIAL,
    ['\t'] = SPACE,
    ['\n'] = SPACE,
    ['\f'] = SPACE,
    ['\r'] = SPACE | CLASS_SPECIAL,
    [' '] = SPACE,
    ['&'] = CLASS_SPECIAL,
    ['/'] = CLASS_NAME_END | CLASS_ATTRIBUTE_END,
    ['='] = CLASS_ATTRIBUTE_END,
    ['>'] = CLASS_NAME_END | CLASS_ATTRIBUTE_END | CLASS_VALUE_END,
    LETTER('A', 'a'), LETTER('B', 'b'), LETTER('C', 'c'), LETTER('D', 'd'), LETTER('E', 'e'), LETTER('F', 'f'),
    LETTER('G', 'g'), LETTER('H', 'h'), LETTER('I', 'i'), LETTER('J', 'j'), LETTER('K', 'k'), LETTER('L', 'l'),
    LETTER('M', 'm'), LETTER('N', 'n'), LETTER('O', 'o'), LETTER('P', 'p'), LETTER('Q', 'q'), LETTER('R', 'r'),
    LETTER('S', 's'), LETTER('T', 't'), LETTER('U', 'u'), LETTER('V', 'v'), LETTER('W', 'w'), LETTER('X', 'x'),
    LETTER('Y', 'y'), LETTER('Z', 'z'),
};

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */
#define REPLACEMENT_BYTES 3

/* ----------------------------------------------------------------- what changes */

/* Copies up to the next special character. */
static const char *copy_plain(const char *at, const char *to, char **out)
{
    const char *start = at;
    while (at < to && !(tokenizer_class(*at) & CLASS_SPECIAL))
        at++;
    size_t len = (size_t)(at - start);
    memcpy(*out, start, len);
    *out += len;
    return at;
}

static const char *convert_special(const char *at, const char *to, unsigned rules, char **out)
{
    size_t written = 0;
    if (*at == '&' && (rules & TEXT_REFERENCES)) {
        const char *end = reference_decode(at, to, rules & TEXT_ATTRIBUTE, *out, &written);
        *out += written;
        if (end != at)
            return end;
    } else if (*at == '\r') {
        *(*out)++ = '\n';
        return at + 1 + (at + 1 < to && at[1] == '\n');
    } else if (*at == '\0' && (rules & TEXT_REPLACE_NUL)) {
        memcpy(*out, replacement, REPLACEMENT_BYTES);
        *out += REPLACEMENT_BYTES;
        return at + 1;
    }
    *(*out)++ = *at;
    return at + 1;
}

static struct slice convert(struct arena *arena, struct slice text, unsigned rules, bool nuls)
{
    size_t room = nuls ? text.len * REPLACEMENT_BYTES : REFERENCE_GROWTH(text.len);
    char *start = arena_alloc(arena, room), *out = start;
    const char *at = text.ptr, *to = text.ptr + text.len;
    while ((at = copy_plain(at, to, &out)) < to)
        at = convert_special(at, to, rules, &out);
    return slice_of(start, (size_t)(out - start));
}

/* ----------------------------------------------------------- whether it changes */


static bool holds(const char **next, char byte, const char *from, const char *to, const char *end)
{
    if (*next < from) {
        const char *hit = memchr(from, byte, (size_t)(end - from));
        *next = hit ? hit : end;
    }
    return *next < to;
}

struct slice tokenizer_text(struct tokenizer *t, const char *from, const char *to, unsigned rules)
{
    struct slice whole = slice_of(from, (size_t)(to - from));
    if (whole.len == 0)
        return whole;
    bool references = (rules & TEXT_REFERENCES) && holds(&t->next_ampersand, '&', from, to, t->end);
    bool returns = holds(&t->next_return, '\r', from, to, t->end);
    bool nuls = (rules & TEXT_REPLACE_NUL) && holds(&t->next_nul, '\0', from, to, t->end);
    if (!references && !returns && !nuls)
        return whole;
    return convert(t->arena, whole, rules, nuls);
}

struct slice tokenizer_changed_name(struct tokenizer *t, const char *from, const char *to)
{
    size_t len = (size_t)(to - from);
    char *start = arena_alloc(t->arena, len * REPLACEMENT_BYTES), *out = start;
    for (size_t i = 0; i < len; i++) {
        if (from[i] != '\0') {
            *out++ = ascii_to_lower(from[i]);
            continue;
        }
        memcpy(out, replacement, REPLACEMENT_BYTES);
        out += REPLACEMENT_BYTES;
    }
    return slice_of(start, (size_t)(out - start));
}

struct slice html_decode_references(struct arena *arena, struct slice s)
{
    if (slice_find_byte(s, '&', 0) == SLICE_NOT_FOUND)
        return s;
    return convert(arena, s, TEXT_REFERENCES, false);
}
