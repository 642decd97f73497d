#include "support/prometheus.h"

#include <stdlib.h>

#include "base/map.h"

struct histogram {
    struct slice series; /* its labels without le, as written */
    double last_bound, last_count, count;
    bool open, ended;
};

struct reader {
    struct arena *arena;
    struct map families, samples;
    struct slice family, type;
    bool has_help;
    struct histogram histogram;
};

static bool is_name(struct slice name, bool colon)
{
    for (size_t i = 0; i < name.len; i++)
        if (!ascii_is_alpha(name.ptr[i]) && name.ptr[i] != '_' && !(colon && name.ptr[i] == ':') &&
            !(i && ascii_is_digit(name.ptr[i])))
            return false;
    return name.len > 0;
}

static bool read_number(struct slice text, double *number)
{
    char cstr[64], *end;
    if (text.len == 0 || text.len >= sizeof cstr)
        return false;
    memcpy(cstr, text.ptr, text.len);
    cstr[text.len] = '\0';
    *number = strtod(cstr, &end);
    return *end == '\0' && end != cstr;
}

static struct slice fault(struct reader *reader, const char *what, struct slice line)
{
    return arena_printf(reader->arena, "%s: %.*s", what, SLICE_ARG(line));
}

/* ------------------------------------------------------------------- comments */

static struct slice begin_family(struct reader *reader, struct slice name, struct slice line)
{
    void **place = map_at(&reader->families, name);
    if (*place)
        return fault(reader, "a family for the second time", line);
    *place = reader;
    reader->family = name;
    reader->type = SLICE_NULL;
    reader->has_help = true;
    reader->histogram = (struct histogram){0};
    return SLICE_NULL;
}

static struct slice read_comment(struct reader *reader, struct slice line)
{
    static const char *const types[] = {"counter", "gauge", "histogram"};
    struct slice rest = line, sign, keyword, name;
    slice_split(&rest, ' ', &sign);
    slice_split(&rest, ' ', &keyword);
    if (!slice_split(&rest, ' ', &name) || !is_name(name, true))
        return fault(reader, "a comment without a name", line);
    if (slice_equals(keyword, SLICE("HELP")))
        return rest.len ? begin_family(reader, name, line) : fault(reader, "no help", line);
    if (!slice_equals(keyword, SLICE("TYPE")) || !slice_equals(name, reader->family) || reader->type.ptr)
        return fault(reader, "a TYPE that does not follow its HELP", line);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (slice_equals(rest, slice_from_cstr(types[i])))
            reader->type = rest;
    if (slice_equals(rest, SLICE("counter")) && !slice_ends(name, SLICE("_total")))
        return fault(reader, "a counter without _total", line);
    return reader->type.ptr ? SLICE_NULL : fault(reader, "an unknown type", line);
}

/* -------------------------------------------------------------------- samples */

/* `le="0.1"` is taken out into *bound; the others, as written, into *series. */
static bool read_labels(struct arena *arena, struct slice labels, struct slice *series, struct slice *bound)
{
    *series = SLICE("");
    *bound = SLICE_NULL;
    while (labels.len) {
        size_t equals = slice_find_byte(labels, '=', 0), end = equals + 2;
        if (equals == SLICE_NOT_FOUND || !is_name(slice_sub(labels, 0, equals), false) || equals + 1 >= labels.len ||
            labels.ptr[equals + 1] != '"')
            return false;
        while (end < labels.len && labels.ptr[end] != '"' && labels.ptr[end] != '\n')
            end += labels.ptr[end] == '\\' ? 2 : 1;
        if (end >= labels.len || labels.ptr[end] != '"')
            return false;
        if (slice_equals(slice_sub(labels, 0, equals), SLICE("le")))
            *bound = slice_sub(labels, equals + 2, end);
        else
            *series = arena_printf(arena, "%.*s%.*s,", SLICE_ARG(*series), (int)(end + 1), labels.ptr);
        if (end + 1 < labels.len && (labels.ptr[end + 1] != ',' || end + 2 == labels.len))
            return false;
        labels = slice_sub(labels, end + 2, labels.len);
    }
    return true;
}

static const char *read_bucket(struct histogram *histogram, struct slice series, struct slice bound, double value)
{
    double number;
    if (!bound.ptr || !read_number(bound, &number))
        return "a bucket without a bound";
    if (!histogram->open || !slice_equals(histogram->series, series))
        *histogram = (struct histogram){.series = series, .last_bound = -1, .last_count = 0, .open = true};
    if (number <= histogram->last_bound || value < histogram->last_count)
        return "buckets that do not grow";
    histogram->last_bound = number;
    histogram->last_count = value;
    histogram->ended = slice_equals(bound, SLICE("+Inf"));
    return NULL;
}

static const char *read_histogram(struct reader *reader, struct slice name, struct slice series, struct slice bound,
                                  double value)
{
    struct slice part = slice_sub(name, reader->family.len, name.len);
    struct histogram *histogram = &reader->histogram;
    if (slice_equals(part, SLICE("_bucket")))
        return read_bucket(histogram, series, bound, value);
    if (!histogram->ended || !slice_equals(histogram->series, series))
        return "a histogram without +Inf";
    if (slice_equals(part, SLICE("_sum")))
        return NULL;
    histogram->open = false;
    return slice_equals(part, SLICE("_count")) && value == histogram->last_count ? NULL : "a count that is not that of +Inf";
}

static const char *read_sample(struct reader *reader, struct slice line)
{
    size_t brace = slice_find_byte(line, '{', 0), close = brace, blank = slice_find_byte(line, ' ', 0);
    struct slice labels = SLICE(""), series, bound;
    if (brace != SLICE_NOT_FOUND) {
        for (size_t i = brace; i < line.len; i++)
            if (line.ptr[i] == '}')
                close = i;
        labels = slice_sub(line, brace + 1, close);
        blank = close + 1;
    }
    struct slice name = slice_sub(line, 0, brace == SLICE_NOT_FOUND ? blank : brace);
    double value;
    if (!is_name(name, true) || blank >= line.len || line.ptr[blank] != ' ' ||
        !read_number(slice_sub(line, blank + 1, line.len), &value) || !read_labels(reader->arena, labels, &series, &bound))
        return "no sample";
    void **place = map_at(&reader->samples, slice_sub(line, 0, blank));
    if (*place)
        return "a sample for the second time";
    *place = reader;
    if (!reader->type.ptr || !slice_starts(name, reader->family))
        return "a sample outside of its family";
    if (slice_equals(reader->type, SLICE("histogram")))
        return read_histogram(reader, name, series, bound, value);
    if (!slice_equals(name, reader->family))
        return "a sample outside of its family";
    return slice_equals(reader->type, SLICE("counter")) && value < 0 ? "a negative counter" : NULL;
}

struct slice prometheus_find_fault(struct arena *arena, struct slice text)
{
    struct reader reader = {.arena = arena, .families = map_make(arena, 64), .samples = map_make(arena, 1024)};
    struct slice line;
    if (!slice_ends(text, SLICE("\n")))
        return SLICE("no line end at the end");
    while (slice_split(&text, '\n', &line)) {
        if (line.len == 0)
            continue;
        if (line.ptr[0] == '#' && reader.histogram.open)
            return fault(&reader, "a histogram without its count before", line);
        if (line.ptr[0] == '#') {
            struct slice found = read_comment(&reader, line);
            if (found.ptr)
                return found;
        } else {
            const char *found = read_sample(&reader, line);
            if (found)
                return fault(&reader, found, line);
        }
    }
    return SLICE_NULL;
}

double prometheus_value(struct slice text, const char *sample)
{
    struct slice line, wanted = slice_from_cstr(sample);
    double value = -1;
    while (slice_split(&text, '\n', &line))
        if (slice_starts(line, wanted) && line.len > wanted.len && line.ptr[wanted.len] == ' ')
            read_number(slice_sub(line, wanted.len + 1, line.len), &value);
    return value;
}
