#include "output/progress.h"

#include "base/utf8.h"

#define BAR_CELLS 20
#define NS_PER_S 1e9

/* With a comma between thousands. */
static void put_count(struct buffer *out, double count)
{
    struct buffer digits = buffer_make(64);
    buffer_printf(&digits, "%.0f", count);
    for (size_t i = 0; i < digits.len; i++) {
        if (i && (digits.len - i) % 3 == 0)
            buffer_append_byte(out, ',');
        buffer_append_byte(out, digits.ptr[i]);
    }
    buffer_free(&digits);
}

/* "2:03", "1:02:03" */
static void put_duration(struct buffer *out, double seconds)
{
    unsigned long long s = seconds < 1e9 ? (unsigned long long)(seconds + 0.5) : 1000000000;
    if (s >= 3600)
        buffer_printf(out, "%llu:%02llu:%02llu", s / 3600, s / 60 % 60, s % 60);
    else
        buffer_printf(out, "%llu:%02llu", s / 60, s % 60);
}

static void put_rate(struct buffer *out, const struct progress *p)
{
    double seconds = (double)p->elapsed_ns / NS_PER_S;
    double rate = seconds > 0 ? (double)(p->answers - p->answers_before) / seconds : 0;
    if (rate >= 9.95)
        put_count(out, rate);
    else
        buffer_printf(out, "%.1f", rate);
    buffer_append_cstr(out, "/s");
}

static void put_problems(struct buffer *out, const struct progress *p)
{
    put_count(out, (double)p->problems);
    buffer_append_cstr(out, p->problems == 1 ? " problem" : " problems");
}

/* What there is to come beside what this run has done, in bytes; 0 where that is not known. */
static double rest_of(const struct progress *p)
{
    if (p->bytes_total <= p->bytes || p->bytes <= p->bytes_before)
        return 0;
    return (double)(p->bytes_total - p->bytes) / (double)(p->bytes - p->bytes_before);
}

static void put_bar(struct buffer *out, double share)
{
    for (int i = 0; i < BAR_CELLS; i++)
        buffer_append_cstr(out, i < (int)(share * BAR_CELLS) ? "█" : "░");
    buffer_printf(out, " %3d%%", (int)(share * 100));
}

static void put_done(struct buffer *out, const struct progress *p)
{
    double rest = rest_of(p) * (double)(p->answers - p->answers_before);
    put_count(out, (double)p->answers);
    if (rest > 0) {
        buffer_append_cstr(out, " of about ");
        put_count(out, (double)p->answers + rest);
    } else {
        buffer_append_cstr(out, p->answers == 1 ? " answer" : " answers");
    }
}

static void put_time(struct buffer *out, const struct progress *p)
{
    double seconds = (double)p->elapsed_ns / NS_PER_S, rest = rest_of(p);
    put_duration(out, rest > 0 ? rest * seconds : seconds);
    if (rest > 0)
        buffer_append_cstr(out, " left");
}

/* Appends what is in `part`, with two blanks before it, as long as there is room. */
static bool put_part(struct buffer *out, unsigned columns, struct buffer *part)
{
    size_t blanks = out->len ? 2 : 0;
    bool fits = utf8_count(buffer_slice(out)) + blanks + utf8_count(buffer_slice(part)) < columns;
    if (fits && blanks)
        buffer_append_cstr(out, "  ");
    if (fits)
        buffer_append(out, buffer_slice(part));
    buffer_clear(part);
    return fits;
}

bool progress_write(const struct progress *p, unsigned columns, struct buffer *out)
{
    struct buffer part = buffer_make(256);
    bool fits = true;
    if (p->bytes_total) {
        double share = p->bytes < p->bytes_total ? (double)p->bytes / (double)p->bytes_total : 1;
        put_bar(&part, share);
        fits = put_part(out, columns, &part);
    }
    put_done(&part, p);
    fits = fits && put_part(out, columns, &part);
    put_rate(&part, p);
    fits = fits && put_part(out, columns, &part);
    put_time(&part, p);
    fits = fits && put_part(out, columns, &part);
    if (p->problems) {
        put_problems(&part, p);
        if (fits)
            put_part(out, columns, &part);
    }
    buffer_free(&part);
    return !out->overflow;
}

bool progress_write_end(const struct progress *p, struct buffer *out)
{
    put_count(out, (double)p->answers);
    buffer_append_cstr(out, p->answers == 1 ? " answer" : " answers");
    if (p->answers_before) {
        buffer_append_cstr(out, " (");
        put_count(out, (double)p->answers_before);
        buffer_append_cstr(out, " from before)");
    }
    buffer_append_cstr(out, " in ");
    put_duration(out, (double)p->elapsed_ns / NS_PER_S);
    buffer_append_cstr(out, ", ");
    put_rate(out, p);
    buffer_append_cstr(out, ", ");
    put_problems(out, p);
    return !out->overflow;
}
