#include "output/summary.h"

#include "base/utf8.h"

#define BAR_CELLS 20        /* one is five hundredths: finer than a score is sure */
#define ACTORS_SHOWN 12     /* more than fills half a screen is for the JSON */
#define NAME_COLUMN_MAX 28

struct lines {
    const struct job *job;
    const struct article *article;
    struct buffer *out;
    bool colours;
};

enum ink { INK_PLAIN, INK_STRONG, INK_FAINT, INK_PERSON, INK_ORGANIZATION, INK_PLACE, INK_WARNING };

static void set_ink(struct lines *lines, enum ink ink)
{
    static const char *const sequences[] = {"\033[0m",  "\033[1m",  "\033[2m", "\033[31m",
                                            "\033[34m", "\033[32m", "\033[33m"};
    if (lines->colours)
        buffer_append_cstr(lines->out, sequences[ink]);
}

static void put(struct lines *lines, const char *text)
{
    buffer_append_cstr(lines->out, text);
}

/* Text of the article: C0 and C1 controls become blanks, among them what begins an escape sequence. */
static void put_text(struct lines *lines, struct slice text)
{
    for (size_t at = 0, taken; at < text.len; at += taken) {
        uint32_t c = utf8_decode(text, at, &taken);
        if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            buffer_append_byte(lines->out, ' ');
        else
            utf8_append(lines->out, c);
    }
}

static void put_inked(struct lines *lines, enum ink ink, struct slice text)
{
    set_ink(lines, ink);
    put_text(lines, text);
    set_ink(lines, INK_PLAIN);
}

static void put_title(struct lines *lines, const char *title)
{
    put(lines, "\n");
    put_inked(lines, INK_STRONG, slice_from_cstr(title));
    put(lines, "\n");
}

static void put_padding(struct lines *lines, size_t used, size_t column)
{
    for (; used < column; used++)
        put(lines, " ");
}

/* ------------------------------------------------------------------ dates */

/* The part of an EDTF day at [start, start + len); 0 where it is not there or holds an X. */
static uint64_t day_part(struct slice edtf, size_t start, size_t len)
{
    uint64_t number = 0;
    if (edtf.len < start + len || !slice_to_u64(slice_sub(edtf, start, start + len), 9999, &number))
        return 0;
    return number;
}

static void put_time(struct lines *lines, struct slice edtf)
{
    size_t t = slice_find_byte(edtf, 'T', 0);
    if (t == SLICE_NOT_FOUND)
        return;
    put(lines, ", ");
    put_text(lines, slice_sub(edtf, t + 1, edtf.len));
}

/* "XXXX-11-12" as "12 November (year not stated)"; what is no plain day stays as it is. */
static void put_date(struct lines *lines, struct slice edtf)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    uint64_t year = day_part(edtf, 0, 4), month = day_part(edtf, 5, 2), day = day_part(edtf, 8, 2);
    if (month < 1 || month > 12 || slice_find_byte(edtf, '/', 0) != SLICE_NOT_FOUND) {
        put_text(lines, edtf);
        return;
    }
    if (day)
        buffer_printf(lines->out, "%u ", (unsigned)day);
    put(lines, months[month - 1]);
    if (year)
        buffer_printf(lines->out, " %u", (unsigned)year);
    put_time(lines, edtf);
    if (!year)
        put(lines, " (year not stated)");
}

/* --------------------------------------------------------------- the head */

static void put_headline(struct lines *lines)
{
    const struct finding *headline = &lines->article->headline;
    if (slice_is_null(headline->value)) {
        put_inked(lines, INK_FAINT, SLICE("no headline was found\n"));
        return;
    }
    put_inked(lines, INK_STRONG, headline->value);
    put(lines, "\n");
}

static void put_date_line(struct lines *lines)
{
    const struct finding *date = &lines->article->date;
    if (slice_is_null(date->value)) {
        put_inked(lines, INK_FAINT, SLICE("no date is given"));
        put(lines, "\n");
        return;
    }
    put_date(lines, date->value);
    if (lines->article->date_kind == DATE_EVENT)
        put_inked(lines, INK_FAINT, SLICE("  the event that is reported; no day of publication is given"));
    put(lines, "\n");
}

static void put_byline(struct lines *lines)
{
    const struct article *a = lines->article;
    for (uint32_t i = 0; i < a->author_count; i++) {
        put(lines, i ? ", " : "by ");
        put_text(lines, a->authors[i].value);
    }
    if (!slice_is_null(a->site_name.value)) {
        put(lines, a->author_count ? ", " : "");
        put_text(lines, a->site_name.value);
    }
    if (a->author_count || !slice_is_null(a->site_name.value))
        put(lines, "\n");
}

/* ----------------------------------------------------------------- actors */

static size_t name_column(const struct article *article, uint32_t count)
{
    size_t widest = 0;
    for (uint32_t i = 0; i < count; i++) {
        size_t width = utf8_count(article->actors[i].name);
        if (width > widest && width <= NAME_COLUMN_MAX)
            widest = width;
    }
    return widest;
}

static void put_roles(struct lines *lines, const struct actor *actor)
{
    for (uint32_t i = 0; i < actor->role_count; i++) {
        put(lines, i ? "; " : "  ");
        put_text(lines, actor->roles[i].title);
        if (actor->roles[i].of.len) {
            put(lines, " of ");
            put_text(lines, actor->roles[i].of);
        }
    }
}

static void put_actor(struct lines *lines, const struct actor *actor, size_t column)
{
    static const char *const types[] = {"person", "organization", "place", "other"};
    static const enum ink inks[] = {INK_PERSON, INK_ORGANIZATION, INK_PLACE, INK_PLAIN};
    put(lines, "  ");
    put_inked(lines, inks[actor->type], actor->name);
    put_padding(lines, utf8_count(actor->name), column);
    buffer_printf(lines->out, "  %-12s  %-2s  %3u x", types[actor->type], actor->country, actor->count);
    put_roles(lines, actor);
    put(lines, "\n");
}

static void put_actors(struct lines *lines)
{
    const struct article *a = lines->article;
    uint32_t shown = a->actor_count < ACTORS_SHOWN ? a->actor_count : ACTORS_SHOWN;
    size_t column = name_column(a, shown);
    if (shown)
        put_title(lines, "Actors");
    for (uint32_t i = 0; i < shown; i++)
        put_actor(lines, &a->actors[i], column);
    if (shown < a->actor_count)
        buffer_printf(lines->out, "  and %u more\n", a->actor_count - shown);
}

/* -------------------------------------------------------- topics, warnings */

static void put_topic(struct lines *lines, const struct topic *topic)
{
    int filled = (int)(topic->score * BAR_CELLS + 0.5f);
    put(lines, "  ");
    for (int i = 0; i < BAR_CELLS; i++)
        put(lines, i < filled ? "█" : "░");
    buffer_printf(lines->out, " %3d %%  ", (int)(topic->score * 100 + 0.5f));
    for (uint32_t i = 0; i < topic->path_count; i++) {
        put(lines, i ? " › " : "");
        put_text(lines, topic->path_labels[i]);
    }
    put(lines, "\n");
}

static void put_topics(struct lines *lines)
{
    if (lines->article->topic_count)
        put_title(lines, "Topics");
    for (uint32_t i = 0; i < lines->article->topic_count; i++)
        put_topic(lines, &lines->article->topics[i]);
}

static void put_warnings(struct lines *lines)
{
    const struct article *a = lines->article;
    if (a->warning_count)
        put(lines, "\n");
    for (size_t i = 0; i < a->warning_count; i++) {
        put_inked(lines, INK_WARNING, SLICE("warning: "));
        put_text(lines, a->warnings[i].message);
        put(lines, "\n");
    }
}

static void put_problem(struct lines *lines)
{
    const struct error_info *info = error_info(lines->job->err);
    put_inked(lines, INK_WARNING, SLICE("newsmeta: "));
    put(lines, info->title);
    if (lines->job->upstream_status)
        buffer_printf(lines->out, " (%d)", lines->job->upstream_status);
    if (lines->job->detail.len) {
        put(lines, ": ");
        put_text(lines, lines->job->detail);
    }
    buffer_printf(lines->out, " [%s]\n", info->code);
}

bool summary_write(const struct job *job, bool colours, struct buffer *out)
{
    struct lines lines = {.job = job, .article = &job->article, .out = out, .colours = colours};
    if (job->err) {
        put_problem(&lines);
        return !out->overflow;
    }
    if (job_wants(job, FIELD_HEADLINE))
        put_headline(&lines);
    if (job_wants(job, FIELD_DATE))
        put_date_line(&lines);
    if (job_wants(job, FIELD_AUTHORS | FIELD_PAGE))
        put_byline(&lines);
    if (job_wants(job, FIELD_ACTORS))
        put_actors(&lines);
    if (job_wants(job, FIELD_TOPICS))
        put_topics(&lines);
    put_warnings(&lines);
    return !out->overflow;
}
