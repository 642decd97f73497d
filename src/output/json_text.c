#include "output/json_text.h"

#include <math.h>

#include "base/utf8.h"

static void write_escaped(char c, struct buffer *out)
{
    switch (c) {
    case '"': buffer_append_cstr(out, "\\\""); break;
    case '\\': buffer_append_cstr(out, "\\\\"); break;
    case '\n': buffer_append_cstr(out, "\\n"); break;
    case '\r': buffer_append_cstr(out, "\\r"); break;
    case '\t': buffer_append_cstr(out, "\\t"); break;
    default: buffer_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
    }
}

/* ASCII that needs no escape. */
static bool is_plain(unsigned char c)
{
    return (unsigned)c - 0x20 < 0x7F - 0x20 && c != '"' && c != '\\';
}

static void write_utf8(struct slice s, struct buffer *out)
{
    size_t clean = 0, at = 0; /* [clean, at) may be copied as it is */
    for (;;) {
        while (at < s.len && is_plain((unsigned char)s.ptr[at]))
            at++;
        if (at == s.len)
            break;
        unsigned char c = (unsigned char)s.ptr[at];
        size_t taken = 1;
        if (c >= 0x80 && utf8_decode(s, at, &taken) != UTF8_REPLACEMENT) {
            at += taken;
            continue;
        }
        buffer_append(out, slice_sub(s, clean, at));
        if (c < 0x80)
            write_escaped((char)c, out);
        else
            utf8_append(out, UTF8_REPLACEMENT);
        at += taken;
        clean = at;
    }
    buffer_append(out, slice_sub(s, clean, at));
}

bool json_text_write(struct slice s, struct buffer *out)
{
    if (slice_is_null(s))
        return buffer_append_cstr(out, "null");
    buffer_append_byte(out, '"');
    write_utf8(s, out);
    return buffer_append_byte(out, '"');
}

bool json_text_write_share(double share, struct buffer *out)
{
    long thousandths = lround(share * 1000);
    if (!(share > 0) || thousandths <= 0)
        return buffer_append_byte(out, '0');
    if (thousandths >= 1000)
        return buffer_append_byte(out, '1');
    char text[] = {'0', '.', (char)('0' + thousandths / 100), (char)('0' + thousandths / 10 % 10),
                   (char)('0' + thousandths % 10)};
    size_t len = sizeof text;
    while (text[len - 1] == '0')
        len--;
    return buffer_append(out, slice_of(text, len));
}
