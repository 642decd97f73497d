#include "output/answer.h"

#include "base/clock.h"
#include "answer_internal.h"
#include "output/json_text.h"
#include "output/problem.h"

void answer_raw(struct writer *w, const char *text)
{
    buffer_append_cstr(w->out, text);
}

void answer_string(struct writer *w, struct slice s)
{
    json_text_write(s, w->out);
}

void answer_cstring(struct writer *w, const char *s)
{
    json_text_write(slice_from_cstr(s), w->out);
}

void answer_share(struct writer *w, double value)
{
    json_text_write_share(value, w->out);
}

void answer_strings(struct writer *w, const struct slice *items, uint32_t count)
{
    answer_raw(w, "[");
    for (uint32_t i = 0; i < count; i++) {
        answer_raw(w, i ? "," : "");
        answer_string(w, items[i]);
    }
    answer_raw(w, "]");
}

/* ------------------------------------------------------------------ spans */

/* Moves a span of article.text to the text that the caller's spans refer to; false when it does not
 * stand there (a page's headline is not in body.text). */
static bool place(const struct writer *w, struct span span, struct span *placed)
{
    *placed = span;
    if (!w->page)
        return true;
    uint32_t index = body_text_block_at(w->article, span.start);
    if (index == NO_BLOCK || !role_is_prose(w->article->blocks[index].role))
        return false;
    const struct block *block = &w->article->blocks[index];
    uint32_t end = span.end < block->span.end ? span.end : block->span.end;
    placed->start = w->body.starts[index] + (span.start - block->span.start);
    placed->end = w->body.starts[index] + (end - block->span.start);
    return true;
}

void answer_offsets(struct writer *w, size_t start, size_t end)
{
    size_t first = offsets_convert(&w->offsets, start);
    answer_raw(w, "[");
    buffer_append_number(w->out, first);
    answer_raw(w, ",");
    buffer_append_number(w->out, end == start ? first : offsets_convert(&w->offsets, end));
    answer_raw(w, "]");
}

void answer_span(struct writer *w, struct span span, bool has_span)
{
    struct span placed;
    if (has_span && place(w, span, &placed))
        answer_offsets(w, placed.start, placed.end);
    else
        answer_raw(w, "null");
}

/* --------------------------------------------------------------- the rest */

static void write_warnings(struct writer *w)
{
    answer_raw(w, "[");
    for (size_t i = 0; i < w->article->warning_count; i++) {
        const struct warning *warning = &w->article->warnings[i];
        answer_raw(w, i ? ",{\"code\":" : "{\"code\":");
        answer_cstring(w, warning->code);
        answer_raw(w, ",\"field\":");
        answer_cstring(w, warning->field);
        answer_raw(w, ",\"message\":");
        answer_string(w, warning->message);
        answer_raw(w, "}");
    }
    answer_raw(w, "]");
}

static void write_source(struct writer *w)
{
    static const char *const kinds[] = {"url", "html", "text", "text"};
    buffer_printf(w->out, "{\"kind\":\"%s\",\"charset\":", kinds[w->job->kind]);
    answer_cstring(w, w->article->charset);
    buffer_printf(w->out, ",\"bytes\":%zu}", w->job->input_bytes);
}

static void write_timings(struct writer *w)
{
    answer_raw(w, ",\"timings\":{");
    for (size_t i = 0; i < w->job->timing_count; i++)
        buffer_printf(w->out, "%s\"%s\":%.3f", i ? "," : "", w->job->timings[i].stage,
                      (double)w->job->timings[i].ns / (double)CLOCK_NS_PER_MS);
    answer_raw(w, "}");
}

static void write_if(struct writer *w, const char *key, unsigned field, void (*write)(struct writer *w))
{
    answer_raw(w, key);
    if (job_wants(w->job, field))
        write(w);
    else
        answer_raw(w, "null"); /* not asked for, so not looked for */
}

static void write_tags(struct writer *w)
{
    answer_strings(w, w->article->tags, w->article->tag_count);
}

static void write_page_keys(struct writer *w)
{
    const struct article *a = w->article;
    answer_raw(w, ",\"modified\":");
    answer_string(w, a->modified.value);
    answer_raw(w, ",\"url\":");
    answer_string(w, job_page_url(w->job));
    answer_raw(w, ",\"canonical_url\":");
    answer_string(w, a->canonical_url.value);
    answer_raw(w, ",\"site_name\":");
    answer_string(w, a->site_name.value);
    answer_raw(w, ",\"description\":");
    answer_string(w, a->description.value);
    answer_raw(w, ",\"image\":");
    answer_string(w, a->image.value);
    answer_raw(w, ",\"section\":");
    answer_string(w, a->section_name.value);
    write_if(w, ",\"tags\":", FIELD_PAGE, write_tags);
}

static void write_members(struct writer *w)
{
    const struct article *a = w->article;
    answer_raw(w, "\"headline\":");
    answer_string(w, job_wants(w->job, FIELD_HEADLINE) ? a->headline.value : SLICE_NULL);
    answer_raw(w, ",\"date\":");
    answer_string(w, job_wants(w->job, FIELD_DATE) ? a->date.value : SLICE_NULL);
    write_if(w, ",\"actors\":", FIELD_ACTORS, answer_actors);
    write_if(w, ",\"topics\":", FIELD_TOPICS, answer_topics);
    write_if(w, ",\"authors\":", FIELD_AUTHORS, answer_authors);
    answer_raw(w, ",\"language\":");
    answer_string(w, job_wants(w->job, FIELD_LANGUAGE) ? a->language.value : SLICE_NULL);
    write_if(w, ",\"keyphrases\":", FIELD_KEYPHRASES, answer_keyphrases);
    write_if(w, ",\"dates\":", FIELD_DATES, answer_dates);
    write_page_keys(w);
    write_if(w, ",\"body\":", FIELD_BODY, answer_body);
    answer_raw(w, ",\"evidence\":");
    answer_evidence(w);
    answer_raw(w, ",\"warnings\":");
    write_warnings(w);
    answer_raw(w, ",\"source\":");
    write_source(w);
    if (w->job->include & INCLUDE_TIMINGS)
        write_timings(w);
}

static struct writer writer_make(const struct job *job, struct buffer *out)
{
    struct writer w = {.job = job, .article = &job->article, .out = out, .page = job_is_page(job)};
    w.body = body_text_make(job->arena, w.article);
    w.offsets = offsets_make(job->arena, w.page ? w.body.text : w.article->text, job->offsets);
    return w;
}

bool answer_write(const struct job *job, struct buffer *out)
{
    struct writer w = writer_make(job, out);
    answer_raw(&w, "{");
    write_members(&w);
    return buffer_append_byte(out, '}');
}

bool answer_write_line(const struct job *job, struct buffer *out)
{
    buffer_append_cstr(out, "{\"id\":");
    buffer_append(out, slice_is_null(job->id) ? SLICE("null") : job->id);
    buffer_append_byte(out, ',');
    if (job->err) {
        buffer_append_cstr(out, "\"problem\":");
        problem_write(job->err, job->detail, SLICE_NULL, job->upstream_status, out);
    } else {
        struct writer w = writer_make(job, out);
        write_members(&w);
    }
    return buffer_append_byte(out, '}');
}
