#include "support/edtf_reading.h"

struct reader {
    struct slice text;
    size_t at;
};

static bool read_char(struct reader *reader, char expected)
{
    if (reader->at >= reader->text.len || reader->text.ptr[reader->at] != expected)
        return false;
    reader->at++;
    return true;
}

static bool read_digits(struct reader *reader, size_t count, int *out)
{
    int value = 0;
    if (reader->text.len - reader->at < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        char c = reader->text.ptr[reader->at + i];
        if (!ascii_is_digit(c))
            return false;
        value = value * 10 + (c - '0');
    }
    reader->at += count;
    *out = value;
    return true;
}

static bool read_year(struct reader *reader, struct edtf_date *date)
{
    struct slice year = slice_sub(reader->text, reader->at, reader->at + 4);
    int scale = 1;
    if (slice_equals(year, SLICE("XXXX"))) {
        reader->at += 4;
        return true;
    }
    while (date->masked < 2 && year.len == 4 && year.ptr[3 - date->masked] == 'X') {
        date->masked++;
        scale *= 10;
    }
    if (!read_digits(reader, (size_t)(4 - date->masked), &date->year))
        return false;
    date->year *= scale;
    reader->at += (size_t)date->masked;
    return true;
}

static bool read_offset(struct reader *reader, struct edtf_date *date)
{
    int hours, minutes;
    date->has_offset = true;
    if (read_char(reader, 'Z'))
        return true;
    bool west = read_char(reader, '-');
    if (!west && !read_char(reader, '+')) {
        date->has_offset = false;
        return true;
    }
    if (!read_digits(reader, 2, &hours) || !read_char(reader, ':') || !read_digits(reader, 2, &minutes))
        return false;
    date->offset = (west ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

static bool read_date(struct reader *reader, struct edtf_date *date)
{
    *date = (struct edtf_date){0};
    if (!read_year(reader, date))
        return false;
    if (read_char(reader, '-') && (!read_digits(reader, 2, &date->month) || !date->month))
        return false;
    if (date->month && read_char(reader, '-') && (!read_digits(reader, 2, &date->day) || !date->day))
        return false;
    if (date->day && read_char(reader, 'T')) {
        date->has_time = true;
        if (!read_digits(reader, 2, &date->hour) || !read_char(reader, ':') || !read_digits(reader, 2, &date->minute) ||
            !read_char(reader, ':') || !read_digits(reader, 2, &date->second) || !read_offset(reader, date))
            return false;
    }
    date->approximate = read_char(reader, '~');
    return true;
}

static bool read_open(struct reader *reader)
{
    if (!slice_equals(slice_sub(reader->text, reader->at, reader->at + 2), SLICE("..")))
        return false;
    reader->at += 2;
    return true;
}

bool edtf_read(struct slice text, struct edtf *out)
{
    struct reader reader = {text, 0};
    *out = (struct edtf){0};
    bool open_start = read_open(&reader);
    if (open_start)
        out->form = EDTF_OPEN_START;
    else if (!read_date(&reader, &out->start))
        return false;
    if (read_char(&reader, '/')) {
        if (!open_start)
            out->form = read_open(&reader) ? EDTF_OPEN_END : EDTF_RANGE;
        if (out->form != EDTF_OPEN_END && !read_date(&reader, &out->end))
            return false;
    } else if (open_start) {
        return false;
    }
    return reader.at == text.len && edtf_is_valid(out);
}
