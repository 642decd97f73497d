#include "wide_lines.h"

#include "base/utf8.h"

#define LONGEST_SIGN 90    /* bytes: thirty letters */
#define LONGEST_BRACKET 30 /* bytes of a line that is a name in brackets */

static bool is_in_brackets(struct slice line)
{
    return line.len <= LONGEST_BRACKET && slice_starts(line, SLICE("（")) && slice_ends(line, SLICE("）"));
}

bool wide_line_is_sign(const struct lexicon_table *signs, struct slice line)
{
    if (line.len > LONGEST_SIGN)
        return false;
    for (size_t i = 0; i < lexicon_row_count(signs); i++)
        if (slice_find(line, lexicon_row_at(signs, i)->columns[0], 0) != SLICE_NOT_FOUND)
            return true;
    return is_in_brackets(line);
}

/* Year, month, day, hour, minute in Han and hangul. */
static bool is_date_mark(uint32_t c)
{
    static const uint32_t marks[] = {0x5E74, 0x6708, 0x65E5, 0x6642, 0x65F6, 0x5206,
                                     0xB144, 0xC6D4, 0xC77C, 0xC2DC, 0xBD84};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (c == marks[i])
            return true;
    return false;
}

float wide_line_dated(struct slice line)
{
    unsigned marks = 0, digits = 0, others = 0;
    size_t taken;
    bool digit = false;
    for (size_t at = 0; at < line.len; at += taken) {
        uint32_t c = utf8_decode(line, at, &taken);
        bool mark = digit && is_date_mark(c);
        digit = utf8_is_digit(c);
        digits += digit;
        marks += mark;
        others += !digit && !mark && utf8_is_letter(c);
    }
    return marks < 2 ? 0 : (float)(marks + digits) / (float)(marks + digits + others);
}
