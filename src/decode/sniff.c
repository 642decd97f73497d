#include "decode_internal.h"

/* --------------------------------------------------------------------- binary */

/* How files begin that are no text, as far as people send them for articles. */
static const struct signature {
    struct slice bytes;
    const char *kind;
} signatures[] = {
    {{"%PDF-", 5}, "a PDF document"},
    {{"%!PS-Adobe-", 11}, "a PostScript document"},
    {{"\x89PNG\r\n", 6}, "a PNG image"},
    {{"GIF8", 4}, "a GIF image"},
    {{"\xFF\xD8\xFF", 3}, "a JPEG image"},
    {{"\x1F\x8B\x08", 3}, "gzip-compressed data"},
    {{"\x28\xB5\x2F\xFD", 4}, "zstd-compressed data"},
    {{"PK\x03\x04", 4}, "a ZIP archive or an office document"},
    {{"Rar!\x1A\x07", 6}, "a RAR archive"},
    {{"\xD0\xCF\x11\xE0\xA1\xB1", 6}, "an office document"},
    {{"RIFF", 4}, NULL}, /* with a form at byte 8 */
    {{"\x7F" "ELF", 4}, "a program"},
};

#define HEADER_BYTES 4096u
/* A page with stray control characters is still a page; in compressed or machine data a tenth of the
 * bytes are ones that no text has. A thirty-second, and more than three, keep clear of both. */
#define BINARY_SHARE 32u
#define STRAY_BYTES 3u

/* A "binary data byte" (WHATWG MIME Sniffing, 3): controls but for tab, newlines and escape. */
static bool is_binary_byte(unsigned char c)
{
    return c <= 0x08 || c == 0x0B || (c >= 0x0E && c <= 0x1A) || (c >= 0x1C && c <= 0x1F);
}

static bool is_riff_media(struct slice bytes)
{
    struct slice form = slice_sub(bytes, 8, 12);
    return slice_equals(form, SLICE("WEBP")) || slice_equals(form, SLICE("WAVE")) || slice_equals(form, SLICE("AVI "));
}

const char *sniff_binary(struct slice bytes)
{
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        if (!slice_starts(bytes, signatures[i].bytes))
            continue;
        if (signatures[i].kind)
            return signatures[i].kind;
        if (is_riff_media(bytes))
            return "an image, sound or video";
    }
    const char *marked = charset_from_bom(bytes);
    if (marked && strcmp(marked, "utf-8") != 0)
        return NULL; /* UTF-16 is full of zero bytes */
    struct slice header = slice_sub(bytes, 0, HEADER_BYTES);
    size_t binary = 0;
    for (size_t i = 0; i < header.len; i++)
        binary += is_binary_byte((unsigned char)header.ptr[i]);
    return binary > STRAY_BYTES && binary * BINARY_SHARE > header.len ? "binary data" : NULL;
}

/* ----------------------------------------------------------------------- page */

/* "Identifying a resource with an unknown MIME type": what a page begins with, before a space or '>'. Those
 * of the standard, and a few that pages without a head begin with. */
static const struct slice openings[] = {
    {"<!doctype html", 14}, {"<html", 5}, {"<head", 5}, {"<script", 7}, {"<iframe", 7}, {"<h1", 3}, {"<div", 4},
    {"<font", 5}, {"<table", 6}, {"<a", 2}, {"<style", 6}, {"<title", 6}, {"<b", 2}, {"<body", 5}, {"<br", 3},
    {"<p", 2}, {"<meta", 5}, {"<link", 5}, {"<article", 8}, {"<main", 5}, {"<section", 8}, {"<header", 7}, {"<h2", 3},
    {"<span", 5}, {"<img", 4}, {"<ul", 3}, {"<figure", 7},
};

static bool begins_with_opening(struct slice text)
{
    for (size_t i = 0; i < sizeof openings / sizeof openings[0]; i++) {
        size_t len = openings[i].len;
        if (text.len > len && slice_starts_nocase(text, openings[i]) &&
            (ascii_is_space(text.ptr[len]) || text.ptr[len] == '>' || text.ptr[len] == '/'))
            return true;
    }
    return false;
}

bool sniff_is_page(struct slice text)
{
    text = slice_trim(text);
    if (slice_starts(text, SLICE("<?xml"))) {
        size_t close = slice_find_byte(text, '>', 0);
        text = slice_trim(slice_sub(text, close == SLICE_NOT_FOUND ? text.len : close + 1, text.len));
    }
    return slice_starts(text, SLICE("<!--")) || begins_with_opening(text);
}
