#include "fetch/robots.h"

static bool is_token_byte(char c)
{
    return ascii_is_alpha(c) || c == '-' || c == '_';
}

struct slice robots_product(struct slice user_agent)
{
    size_t len = 0;
    while (len < user_agent.len && is_token_byte(user_agent.ptr[len]))
        len++;
    return slice_sub(user_agent, 0, len);
}

/* ------------------------------------------------------------------- spelling */

static bool is_unreserved(unsigned char c) /* RFC 3986, 2.3 */
{
    return ascii_is_alpha((char)c) || ascii_is_digit((char)c) || c == '-' || c == '.' || c == '_' || c == '~';
}

static void append_encoded(struct buffer *out, unsigned char byte)
{
    static const char hex[] = "0123456789ABCDEF";
    buffer_append(out, slice_of((char[]){'%', hex[byte >> 4], hex[byte & 15]}, 3));
}

/* One spelling of each address (2.2.2): what need not be encoded is not, everything outside ASCII is. In an
 * address '*' and '$' mean themselves and are written encoded; in a pattern they stay, but for a '$' that is not at its
 * end. */
static void append_normal(struct buffer *out, struct slice text, bool is_pattern)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        bool encoded = byte == '%' && i + 2 < text.len && ascii_hex_value(text.ptr[i + 1]) >= 0 &&
                       ascii_hex_value(text.ptr[i + 2]) >= 0;
        if (encoded) {
            byte = (unsigned char)(ascii_hex_value(text.ptr[i + 1]) * 16 + ascii_hex_value(text.ptr[i + 2]));
            i += 2;
        }
        bool special = !encoded && (byte == '*' || (byte == '$' && i + 1 == text.len));
        bool plain = encoded ? is_unreserved(byte) : byte < 0x80 && byte != '*' && byte != '$';
        if (plain || (special && is_pattern))
            buffer_append_byte(out, (char)byte);
        else
            append_encoded(out, byte);
    }
}

/* -------------------------------------------------------------------- reading */

enum record { RECORD_OTHER, RECORD_AGENT, RECORD_ALLOW, RECORD_DISALLOW };

/* The next line without its comment; lines end with CR, LF, or both (an empty line more does no harm). */
static bool next_line(struct slice *rest, struct slice *line)
{
    size_t end = 0;
    if (rest->len == 0)
        return false;
    while (end < rest->len && rest->ptr[end] != '\n' && rest->ptr[end] != '\r')
        end++;
    *line = slice_sub(*rest, 0, end);
    *rest = slice_sub(*rest, end + 1, rest->len);
    *line = slice_sub(*line, 0, slice_find_byte(*line, '#', 0));
    return true;
}

static enum record read_record(struct slice line, struct slice *value)
{
    size_t colon = slice_find_byte(line, ':', 0);
    struct slice name = slice_trim(slice_sub(line, 0, colon));
    if (colon == SLICE_NOT_FOUND)
        return RECORD_OTHER;
    *value = slice_trim(slice_sub(line, colon + 1, line.len));
    if (slice_equals_nocase(name, SLICE("user-agent")))
        return RECORD_AGENT;
    if (slice_equals_nocase(name, SLICE("allow")))
        return RECORD_ALLOW;
    return slice_equals_nocase(name, SLICE("disallow")) ? RECORD_DISALLOW : RECORD_OTHER;
}

/* An empty pattern matches nothing; one that begins with neither / nor * can match nothing. */
static void append_rule(struct buffer *rules, bool allows, struct slice pattern)
{
    if (pattern.len == 0 || (pattern.ptr[0] != '/' && pattern.ptr[0] != '*'))
        return;
    buffer_append_byte(rules, allows ? '+' : '-');
    append_normal(rules, pattern, true);
    buffer_append_byte(rules, '\n');
}

/* A line names the crawler by its product, or everybody where `product` is "*". */
static bool names(struct slice agent, struct slice product)
{
    if (slice_equals(product, SLICE("*")))
        return slice_equals(agent, product);
    return slice_equals_nocase(robots_product(agent), product);
}

/* Appends the rules of all groups for the product; true when there is such a group. Agents that follow each other share
 * a group; the first agent after a rule begins the next one. */
static bool collect(struct slice file, struct slice product, struct buffer *rules)
{
    bool found = false, ours = false, in_agents = false;
    struct slice line, value = SLICE_NULL;
    while (next_line(&file, &line)) {
        enum record record = read_record(line, &value);
        if (record == RECORD_AGENT) {
            ours = names(value, product) || (in_agents && ours);
            found |= ours;
            in_agents = true;
        } else if (record != RECORD_OTHER) {
            in_agents = false;
            if (ours)
                append_rule(rules, record == RECORD_ALLOW, value);
        }
    }
    return found;
}

void robots_read(struct slice file, struct slice product, struct buffer *rules)
{
    file = slice_sub(file, slice_starts(file, SLICE("\xef\xbb\xbf")) ? 3 : 0, ROBOTS_MAX_BYTES);
    if (product.len == 0 || !collect(file, product, rules))
        collect(file, SLICE("*"), rules);
}

/* ------------------------------------------------------------------- matching */

/* The parts between stars are looked for one behind the other, each as far left as it goes: linear in both, for a part
 * that is found early leaves most to those behind it. */
static bool matches(struct slice pattern, struct slice target)
{
    bool anchored = slice_ends(pattern, SLICE("$"));
    struct slice rest = slice_sub(pattern, 0, pattern.len - anchored), part;
    size_t at = 0, star = slice_find_byte(rest, '*', 0);
    part = slice_sub(rest, 0, star);
    if (!slice_starts(target, part))
        return false;
    if (star == SLICE_NOT_FOUND)
        return !anchored || part.len == target.len;
    at = part.len;
    while (star != SLICE_NOT_FOUND) {
        rest = slice_sub(rest, star + 1, rest.len);
        star = slice_find_byte(rest, '*', 0);
        part = slice_sub(rest, 0, star);
        if (star == SLICE_NOT_FOUND && anchored)
            return target.len - at >= part.len && slice_ends(target, part);
        if (part.len == 0)
            continue;
        const char *found = memmem(target.ptr + at, target.len - at, part.ptr, part.len);
        if (!found)
            return false;
        at = (size_t)(found - target.ptr) + part.len;
    }
    return true;
}

bool robots_allow(struct arena *arena, struct slice rules, struct slice target)
{
    struct buffer normal = buffer_make(3 * target.len + 1);
    append_normal(&normal, target, false);
    struct slice path = arena_copy(arena, buffer_slice(&normal)), line;
    buffer_free(&normal);
    size_t longest = 0;
    bool allowed = true;
    while (slice_split(&rules, '\n', &line)) {
        if (line.len < 2 || line.len - 1 < longest)
            continue;
        bool allows = line.ptr[0] == '+';
        if (line.len - 1 == longest && (allowed || !allows)) /* nothing would change */
            continue;
        if (matches(slice_sub(line, 1, line.len), path)) {
            longest = line.len - 1;
            allowed = allows;
        }
    }
    return allowed;
}
