/* Bytes in an encoding -> UTF-8. UTF-8, windows-1252 and x-user-defined here, all others by iconv; errors
 * become U+FFFD as the Encoding standard has it. */
#include "decode_internal.h"

#include <errno.h>
#include <iconv.h>

#include "base/utf8.h"

#define REPLACEMENT "\xEF\xBF\xBD"
/* No byte of any encoding becomes more: single bytes and pairs stand for code points below U+10000, at
 * most three bytes each, and an error takes at least one byte. */
#define LARGEST_GROWTH 3u

/* ---------------------------------------------------------------------- UTF-8 */

static bool is_continuation(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* The length of the valid sequence of several bytes at p, 0 if there is none (Unicode, table 3-7). */
static size_t valid_sequence(const unsigned char *p, size_t left)
{
    if (left < 2 || p[0] < 0xC2)
        return 0;
    if (p[0] < 0xE0)
        return is_continuation(p[1]) ? 2 : 0;
    if (left < 3 || !is_continuation(p[1]) || !is_continuation(p[2]))
        return 0;
    if (p[0] < 0xF0) {
        bool overlong = p[0] == 0xE0 && p[1] < 0xA0, surrogate = p[0] == 0xED && p[1] >= 0xA0;
        return overlong || surrogate ? 0 : 3;
    }
    bool outside = p[0] > 0xF4 || (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] >= 0x90);
    return left < 4 || outside || !is_continuation(p[3]) ? 0 : 4;
}

/* The length of the run of ASCII at p, sixteen bytes at a time. */
static size_t ascii_run(const unsigned char *p, size_t left)
{
    size_t at = 0;
    for (; left - at >= 16; at += 16) {
        uint64_t words[2];
        memcpy(words, p + at, sizeof words);
        if ((words[0] | words[1]) & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < left && p[at] < 0x80)
        at++;
    return at;
}

size_t convert_ascii_prefix(struct slice s)
{
    return ascii_run((const unsigned char *)s.ptr, s.len);
}

size_t convert_valid_prefix(struct slice s, size_t *sequences)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t at = 0, len;
    *sequences = 0;
    while (at < s.len) {
        if (p[at] < 0x80) {
            at += ascii_run(p + at, s.len - at);
            continue;
        }
        len = valid_sequence(p + at, s.len - at);
        if (len == 0)
            break;
        at += len;
        ++*sequences;
    }
    return at;
}

/* Copies valid stretches and puts one U+FFFD for every maximal part of a broken sequence. */
static struct slice repair_utf8(struct arena *arena, struct slice bytes, size_t valid)
{
    char *start = arena_alloc(arena, valid + (bytes.len - valid) * LARGEST_GROWTH), *out = start;
    size_t sequences;
    for (;;) {
        if (valid)
            memcpy(out, bytes.ptr, valid);
        out += valid;
        bytes = slice_sub(bytes, valid, bytes.len);
        if (bytes.len == 0)
            break;
        size_t broken;
        utf8_decode(bytes, 0, &broken);
        memcpy(out, REPLACEMENT, 3);
        out += 3;
        bytes = slice_sub(bytes, broken, bytes.len);
        valid = convert_valid_prefix(bytes, &sequences);
    }
    return slice_of(start, (size_t)(out - start));
}

static struct slice decode_utf8(struct arena *arena, struct slice bytes)
{
    size_t sequences;
    size_t valid = convert_valid_prefix(bytes, &sequences);
    return valid == bytes.len ? bytes : repair_utf8(arena, bytes, valid);
}

/* --------------------------------------------------------------- by byte, here */

static uint32_t from_user_defined(unsigned char byte)
{
    return byte < 0x80 ? byte : 0xF700u + byte;
}

static struct slice decode_bytes(struct arena *arena, struct slice bytes, uint32_t (*code_point)(unsigned char))
{
    size_t plain = ascii_run((const unsigned char *)bytes.ptr, bytes.len);
    if (plain == bytes.len)
        return bytes;
    char *start = arena_alloc(arena, plain + (bytes.len - plain) * LARGEST_GROWTH), *out = start + plain;
    if (plain)
        memcpy(start, bytes.ptr, plain);
    for (size_t i = plain; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.ptr[i];
        if (byte < 0x80)
            *out++ = (char)byte;
        else
            out += utf8_encode(code_point(byte), out);
    }
    return slice_of(start, (size_t)(out - start));
}

/* -------------------------------------------------------------------- by iconv */

enum unit { BYTES, PAIRS /* a lead byte and a second one */, WORDS /* UTF-16 */ };

/* What iconv calls the decoder that is nearest to the standard's. */
static const struct decoder {
    const char *encoding, *name;
    enum unit unit;
} decoders[] = {
    {"ibm866", "IBM866", BYTES},
    {"iso-8859-2", "ISO-8859-2", BYTES},
    {"iso-8859-3", "ISO-8859-3", BYTES},
    {"iso-8859-4", "ISO-8859-4", BYTES},
    {"iso-8859-5", "ISO-8859-5", BYTES},
    {"iso-8859-6", "ISO-8859-6", BYTES},
    {"iso-8859-7", "ISO-8859-7", BYTES},
    {"iso-8859-8", "ISO-8859-8", BYTES},
    {"iso-8859-8-i", "ISO-8859-8", BYTES},
    {"iso-8859-10", "ISO-8859-10", BYTES},
    {"iso-8859-13", "ISO-8859-13", BYTES},
    {"iso-8859-14", "ISO-8859-14", BYTES},
    {"iso-8859-15", "ISO-8859-15", BYTES},
    {"iso-8859-16", "ISO-8859-16", BYTES},
    {"koi8-r", "KOI8-R", BYTES},
    {"koi8-u", "KOI8-U", BYTES},
    {"macintosh", "MACINTOSH", BYTES},
    {"windows-874", "CP874", BYTES},
    {"windows-1250", "CP1250", BYTES},
    {"windows-1251", "CP1251", BYTES},
    {"windows-1253", "CP1253", BYTES},
    {"windows-1254", "CP1254", BYTES},
    {"windows-1255", "CP1255", BYTES},
    {"windows-1256", "CP1256", BYTES},
    {"windows-1257", "CP1257", BYTES},
    {"windows-1258", "CP1258", BYTES},
    {"x-mac-cyrillic", "MAC-UK", BYTES},
    {"gbk", "GB18030", PAIRS},
    {"gb18030", "GB18030", PAIRS},
    {"big5", "BIG5-HKSCS", PAIRS},
    {"euc-jp", "EUC-JP-MS", PAIRS},
    {"iso-2022-jp", "ISO-2022-JP", BYTES},
    {"shift_jis", "CP932", PAIRS},
    {"euc-kr", "UHC", PAIRS},
    {"utf-16be", "UTF-16BE", WORDS},
    {"utf-16le", "UTF-16LE", WORDS},
};

static const struct decoder *find_decoder(const char *encoding)
{
    for (size_t i = 0; i < sizeof decoders / sizeof decoders[0]; i++)
        if (strcmp(decoders[i].encoding, encoding) == 0)
            return &decoders[i];
    return NULL;
}

/* What the standard reads where iconv sees no character: the C1 controls that Windows code pages leave
 * open, and the euro sign of GBK. */
static uint32_t read_byte(const struct decoder *decoder, unsigned char byte)
{
    if (byte >= 0x80 && byte <= 0x9F && strncmp(decoder->encoding, "windows-", 8) == 0)
        return byte;
    return byte == 0x80 && strcmp(decoder->name, "GB18030") == 0 ? 0x20AC : UTF8_REPLACEMENT;
}

/* How much of the input a broken sequence takes: ASCII after a lead byte is read again by itself. */
static size_t broken_length(const struct decoder *decoder, const char *in, size_t left, uint32_t read)
{
    bool second = left > 1 && ((unsigned char)in[1] >= 0x80 || decoder->unit == WORDS);
    return decoder->unit != BYTES && read == UTF8_REPLACEMENT && second ? 2 : 1;
}

static struct slice decode_by_iconv(struct arena *arena, struct slice bytes, const struct decoder *decoder)
{
    iconv_t handle = iconv_open("UTF-8", decoder->name);
    if (handle == (iconv_t)-1)
        return SLICE_NULL;
    size_t left = bytes.len, room = left * LARGEST_GROWTH + UTF8_MAX_BYTES, broken;
    char *start = arena_alloc(arena, room), *out = start;
    char *in = (char *)(uintptr_t)bytes.ptr; /* iconv does not write there, its prototype is older than const */
    while (iconv(handle, &in, &left, &out, &room) == (size_t)-1 && left > 0 && errno != E2BIG) {
        uint32_t read = read_byte(decoder, (unsigned char)*in);
        broken = errno == EINVAL && read == UTF8_REPLACEMENT ? left : broken_length(decoder, in, left, read);
        size_t written = utf8_encode(read, out);
        out += written;
        room -= written;
        in += broken;
        left -= broken;
    }
    iconv(handle, NULL, NULL, &out, &room);
    iconv_close(handle);
    return slice_of(start, (size_t)(out - start));
}

/* ------------------------------------------------------------------------ all */

static struct slice without_bom(struct slice bytes, const char *encoding)
{
    const char *marked = charset_from_bom(bytes);
    if (!marked || strcmp(marked, encoding) != 0)
        return bytes;
    return slice_sub(bytes, strcmp(marked, "utf-8") == 0 ? 3 : 2, bytes.len);
}

struct slice charset_decode(struct arena *arena, struct slice bytes, const char *encoding)
{
    if (bytes.len == 0)
        return slice_of("", 0);
    bytes = without_bom(bytes, encoding);
    if (strcmp(encoding, "utf-8") == 0)
        return decode_utf8(arena, bytes);
    if (strcmp(encoding, "windows-1252") == 0)
        return decode_bytes(arena, bytes, utf8_from_windows_1252);
    if (strcmp(encoding, "x-user-defined") == 0)
        return decode_bytes(arena, bytes, from_user_defined);
    if (strcmp(encoding, "replacement") == 0)
        return SLICE(REPLACEMENT);
    const struct decoder *decoder = find_decoder(encoding);
    return decoder ? decode_by_iconv(arena, bytes, decoder) : SLICE_NULL;
}
