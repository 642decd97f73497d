#include "visible_text_internal.h"

enum byte_class { PLAIN, SPACE, LEAD_C2, LEAD_E1, LEAD_E2, LEAD_E3, LEAD_EF };

static const unsigned char byte_classes[256] = {
    [' '] = SPACE,    ['\n'] = SPACE,   ['\t'] = SPACE,   ['\r'] = SPACE,  ['\f'] = SPACE,
    [0xC2] = LEAD_C2, [0xE1] = LEAD_E1, [0xE2] = LEAD_E2, [0xE3] = LEAD_E3, [0xEF] = LEAD_EF,
};

enum shown { SHOWN, SHOWN_AS_BLANK, NOT_SHOWN };

/* The few characters beyond ASCII that are white space or nothing at all: U+00A0, U+00AD, U+1680, U+2000 to
 * U+200B, U+2028, U+2029, U+202F, U+205F, U+2060, U+3000, U+FEFF. All but two have three bytes. */
static enum shown look_at(const unsigned char *at, size_t left, size_t *taken)
{
    *taken = at[0] == 0xC2 ? 2 : 3;
    if (left < *taken) {
        *taken = 1;
        return SHOWN;
    }
    if (at[0] == 0xC2)
        return at[1] == 0xA0 ? SHOWN_AS_BLANK : at[1] == 0xAD ? NOT_SHOWN : SHOWN;
    unsigned last = (unsigned)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    if (at[0] == 0xE1)
        return last == 0x680 ? SHOWN_AS_BLANK : SHOWN;
    if (at[0] == 0xE3)
        return last == 0 ? SHOWN_AS_BLANK : SHOWN;
    if (at[0] == 0xEF)
        return last == 0xEFF ? NOT_SHOWN : SHOWN;
    if (last <= 0x00A || last == 0x028 || last == 0x029 || last == 0x02F || last == 0x05F)
        return SHOWN_AS_BLANK;
    return last == 0x00B || last == 0x060 ? NOT_SHOWN : SHOWN;
}

static void write_run(struct visible_text *text, const char *run, size_t len)
{
    while (text->len + len + 1 > text->capacity)
        text->ptr = arena_grow(text->arena, text->ptr, text->capacity, &text->capacity, 1);
    if (text->blank && visible_text_is_open(text))
        text->ptr[text->len++] = ' ';
    text->blank = false;
    memcpy(text->ptr + text->len, run, len);
    text->len += len;
}

/* The one blank between two words is shown as it is written, so that a line is copied in one go. */
static bool is_blank_between(const char *at, const char *run, const char *end)
{
    return *at == ' ' && at > run && at + 1 < end && byte_classes[(unsigned char)at[1]] == PLAIN;
}

size_t visible_text_append(struct visible_text *text, struct slice characters)
{
    const char *at = characters.ptr, *end = characters.ptr + characters.len, *run = at;
    size_t before = text->len;
    while (at < end) {
        unsigned char class = byte_classes[(unsigned char)*at];
        if (class == PLAIN || is_blank_between(at, run, end)) {
            at++;
            continue;
        }
        size_t taken = 1;
        enum shown shown =
            class == SPACE ? SHOWN_AS_BLANK : look_at((const unsigned char *)at, (size_t)(end - at), &taken);
        if (shown != SHOWN) {
            if (at > run)
                write_run(text, run, (size_t)(at - run));
            run = at + taken;
            text->blank |= shown == SHOWN_AS_BLANK;
        }
        at += taken;
    }
    if (at > run)
        write_run(text, run, (size_t)(at - run));
    return text->len - before;
}

void visible_text_end_block(struct visible_text *text)
{
    text->blank = false;
    write_run(text, "\n", 1);
    text->start = text->len;
}
