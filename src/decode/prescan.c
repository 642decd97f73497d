/* "Prescan a byte stream to determine its encoding" (WHATWG HTML, 13.2.3.2), step by step. */
#include "decode_internal.h"

#define PRESCAN_BYTES 1024u
/* A meta element that comes later makes the tree builder change the encoding (13.2.3.5); it stands in the
 * head, and hardly any page has more than this before it. */
#define LATE_META_BYTES 65536u
#define LONGEST_NAME 16u /* longer ones are none of those that count */

struct prescan {
    struct slice bytes;
    size_t at;
};

struct scanned_attribute {
    char name[LONGEST_NAME], value[PRESCAN_BYTES];
    size_t name_len, value_len; /* as far as they were kept; lower-cased */
};

static bool at_end(const struct prescan *scan)
{
    return scan->at >= scan->bytes.len;
}

static char byte_at(const struct prescan *scan)
{
    return scan->bytes.ptr[scan->at];
}

static bool looking_at(const struct prescan *scan, struct slice what)
{
    return slice_starts_nocase(slice_sub(scan->bytes, scan->at, scan->bytes.len), what);
}

static void skip_to(struct prescan *scan, struct slice what, size_t from)
{
    size_t found = slice_find(scan->bytes, what, from);
    scan->at = found == SLICE_NOT_FOUND ? scan->bytes.len : found + what.len - 1;
}

/* ----------------------------------------------------------------- attributes */

static void keep(char *buffer, size_t size, size_t *len, char c)
{
    if (*len < size)
        buffer[(*len)++] = ascii_to_lower(c);
}

static void skip_space(struct prescan *scan, bool slashes)
{
    while (!at_end(scan) && (ascii_is_space(byte_at(scan)) || (slashes && byte_at(scan) == '/')))
        scan->at++;
}

/* Reads a name; returns whether a value follows (we stand on its first byte then). */
static bool read_name(struct prescan *scan, struct scanned_attribute *attribute)
{
    for (; !at_end(scan); scan->at++) {
        char c = byte_at(scan);
        if (c == '=' && attribute->name_len > 0)
            break;
        if (ascii_is_space(c) || c == '/' || c == '>')
            break;
        keep(attribute->name, sizeof attribute->name, &attribute->name_len, c);
    }
    if (!at_end(scan) && ascii_is_space(byte_at(scan)))
        skip_space(scan, false);
    if (at_end(scan) || byte_at(scan) != '=')
        return false;
    scan->at++;
    skip_space(scan, false);
    return !at_end(scan);
}

static void read_value(struct prescan *scan, struct scanned_attribute *attribute)
{
    char quote = byte_at(scan);
    bool quoted = quote == '"' || quote == '\'';
    scan->at += quoted;
    for (; !at_end(scan); scan->at++) {
        char c = byte_at(scan);
        if (quoted ? c == quote : ascii_is_space(c) || c == '>')
            break;
        keep(attribute->value, sizeof attribute->value, &attribute->value_len, c);
    }
    scan->at += quoted && !at_end(scan);
}

/* "Get an attribute"; false when there is none. */
static bool next_attribute(struct prescan *scan, struct scanned_attribute *attribute)
{
    attribute->name_len = attribute->value_len = 0;
    skip_space(scan, true);
    if (at_end(scan) || byte_at(scan) == '>')
        return false;
    if (read_name(scan, attribute))
        read_value(scan, attribute);
    return true;
}

/* ------------------------------------------------------------------ a meta element */

enum seen { SEEN_HTTP_EQUIV = 1, SEEN_CONTENT = 2, SEEN_CHARSET = 4 };

struct meta {
    unsigned seen;
    bool got_pragma, needs_pragma;
    const char *encoding;
};

static unsigned meaning_of(struct slice name)
{
    if (slice_equals(name, SLICE("http-equiv")))
        return SEEN_HTTP_EQUIV;
    if (slice_equals(name, SLICE("content")))
        return SEEN_CONTENT;
    return slice_equals(name, SLICE("charset")) ? SEEN_CHARSET : 0;
}

static void note_attribute(struct meta *meta, const struct scanned_attribute *attribute)
{
    unsigned meaning = meaning_of(slice_of(attribute->name, attribute->name_len));
    struct slice value = slice_of(attribute->value, attribute->value_len);
    if (!meaning || (meta->seen & meaning))
        return;
    meta->seen |= meaning;
    if (meaning == SEEN_HTTP_EQUIV) {
        meta->got_pragma = slice_equals(value, SLICE("content-type"));
    } else if (meaning == SEEN_CHARSET) {
        meta->encoding = charset_from_label(value);
        meta->needs_pragma = false;
    } else if (!meta->encoding && !(meta->seen & SEEN_CHARSET)) {
        meta->encoding = charset_from_content_type(value);
        meta->needs_pragma = true;
    }
}

/* A page that could be read as ASCII up to here is not UTF-16, and x-user-defined is for scripts. */
static const char *as_declared_by_bytes(const char *encoding)
{
    if (encoding && (strcmp(encoding, "utf-16le") == 0 || strcmp(encoding, "utf-16be") == 0))
        return "utf-8";
    return encoding && strcmp(encoding, "x-user-defined") == 0 ? "windows-1252" : encoding;
}

static const char *read_meta(struct prescan *scan)
{
    struct meta meta = {0};
    struct scanned_attribute attribute;
    while (next_attribute(scan, &attribute))
        note_attribute(&meta, &attribute);
    if (at_end(scan) || (meta.needs_pragma && !meta.got_pragma))
        return NULL;
    return as_declared_by_bytes(meta.encoding);
}

/* ------------------------------------------------------------------ other markup */

static bool is_tag(const struct prescan *scan)
{
    size_t at = scan->at + 1;
    at += at < scan->bytes.len && scan->bytes.ptr[at] == '/';
    return at < scan->bytes.len && ascii_is_alpha(scan->bytes.ptr[at]);
}

static bool is_meta(const struct prescan *scan)
{
    size_t after = scan->at + 5;
    if (!looking_at(scan, SLICE("<meta")) || after >= scan->bytes.len)
        return false;
    return ascii_is_space(scan->bytes.ptr[after]) || scan->bytes.ptr[after] == '/';
}

static void skip_tag(struct prescan *scan)
{
    struct scanned_attribute attribute;
    while (!at_end(scan) && !ascii_is_space(byte_at(scan)) && byte_at(scan) != '>')
        scan->at++;
    while (next_attribute(scan, &attribute))
        continue;
}

/* "Get an XML encoding": <?xml version="1.0" encoding="..."?> at the very start. */
static const char *xml_encoding(struct slice bytes)
{
    size_t close = slice_find_byte(bytes, '>', 0);
    if (!slice_starts(bytes, SLICE("<?xml")) || close == SLICE_NOT_FOUND)
        return NULL;
    bytes = slice_sub(bytes, 0, close);
    size_t at = slice_find(bytes, SLICE("encoding"), 0);
    if (at == SLICE_NOT_FOUND)
        return NULL;
    struct slice rest = slice_trim(slice_sub(bytes, at + 8, bytes.len));
    if (rest.len == 0 || rest.ptr[0] != '=')
        return NULL;
    rest = slice_trim(slice_sub(rest, 1, rest.len));
    if (rest.len == 0 || (rest.ptr[0] != '"' && rest.ptr[0] != '\''))
        return NULL;
    size_t end = slice_find_byte(rest, rest.ptr[0], 1);
    return end == SLICE_NOT_FOUND ? NULL : as_declared_by_bytes(charset_from_label(slice_sub(rest, 1, end)));
}

/* The encoding that a meta element names, the first one that does. */
static const char *find_meta(struct slice bytes)
{
    struct prescan scan = {bytes, 0};
    for (; !at_end(&scan); scan.at++) {
        if (byte_at(&scan) != '<')
            continue;
        if (looking_at(&scan, SLICE("<!--"))) {
            skip_to(&scan, SLICE("-->"), scan.at + 2);
        } else if (is_meta(&scan)) {
            scan.at += 5;
            const char *encoding = read_meta(&scan);
            if (encoding)
                return encoding;
        } else if (is_tag(&scan)) {
            skip_tag(&scan);
        } else if (looking_at(&scan, SLICE("<!")) || looking_at(&scan, SLICE("</")) || looking_at(&scan, SLICE("<?"))) {
            skip_to(&scan, SLICE(">"), scan.at);
        }
    }
    return NULL;
}

const char *charset_prescan(struct slice bytes)
{
    bytes = slice_sub(bytes, 0, PRESCAN_BYTES);
    if (slice_starts(bytes, slice_of("<\0?\0x\0", 6)))
        return "utf-16le";
    if (slice_starts(bytes, slice_of("\0<\0?\0x", 6)))
        return "utf-16be";
    const char *encoding = find_meta(bytes);
    return encoding ? encoding : xml_encoding(bytes);
}

const char *charset_named_by_page(struct slice bytes)
{
    const char *encoding = charset_prescan(bytes);
    return encoding ? encoding : find_meta(slice_sub(bytes, 0, LATE_META_BYTES));
}

const char *charset_of_page(struct slice bytes, struct slice content_type)
{
    const char *encoding = charset_named_outside(bytes, content_type);
    if (!encoding)
        encoding = charset_named_by_page(bytes);
    return encoding ? encoding : "windows-1252";
}
