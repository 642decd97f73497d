#include "output/answer.h"

#include "output/body_text.h"
#include "base/clock.h"
#include "output/json_text.h"
#include "output/offsets.h"
#include "output/problem.h"

/* What writing one answer needs. */
struct writer {
    const struct job *job;
    const struct article *article;
    struct buffer *out;
    struct body_text body;
    struct offsets offsets; /* over the input for text, over body.text for pages */
    bool page;
};

static void raw(struct writer *w, const char *text)
{
    buffer_append_cstr(w->out, text);
}

static void string(struct writer *w, struct slice s)
{
    json_text_write(s, w->out);
}

static void cstring(struct writer *w, const char *s)
{
    json_text_write(slice_from_cstr(s), w->out);
}

static void share(struct writer *w, double value)
{
    json_text_write_share(value, w->out);
}

static void strings(struct writer *w, const struct slice *items, uint32_t count)
{
    raw(w, "[");
    for (uint32_t i = 0; i < count; i++) {
        raw(w, i ? "," : "");
        string(w, items[i]);
    }
    raw(w, "]");
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

static void write_offsets(struct writer *w, size_t start, size_t end)
{
    buffer_printf(w->out, "[%zu,%zu]", offsets_convert(&w->offsets, start), offsets_convert(&w->offsets, end));
}

static void span_value(struct writer *w, struct span span, bool has_span)
{
    struct span placed;
    if (has_span && place(w, span, &placed))
        write_offsets(w, placed.start, placed.end);
    else
        raw(w, "null");
}

/* ----------------------------------------------------------------- actors */

static const char *const actor_types[] = {"person", "organization", "place", "other"};
static const char *const place_kinds[] = {NULL, "country", "region", "city", "other"};

static void write_roles(struct writer *w, const struct actor *actor)
{
    raw(w, ",\"roles\":[");
    for (uint32_t i = 0; i < actor->role_count; i++) {
        raw(w, i ? ",{\"title\":" : "{\"title\":");
        string(w, actor->roles[i].title);
        raw(w, ",\"of\":");
        string(w, actor->roles[i].of);
        raw(w, "}");
    }
    raw(w, "]");
}

static void write_mentions(struct writer *w, uint32_t actor)
{
    bool first = true;
    raw(w, ",\"mentions\":[");
    for (uint32_t i = 0; i < w->article->mention_count; i++) {
        const struct mention *mention = &w->article->mentions[i];
        if (mention->actor != actor)
            continue;
        raw(w, first ? "{\"text\":" : ",{\"text\":");
        first = false;
        string(w, article_text(w->article, mention->span));
        raw(w, ",\"span\":");
        span_value(w, mention->span, true);
        raw(w, "}");
    }
    raw(w, "]");
}

static void write_actor(struct writer *w, uint32_t index)
{
    const struct actor *actor = &w->article->actors[index];
    raw(w, "{\"name\":");
    string(w, actor->name);
    buffer_printf(w->out, ",\"type\":\"%s\"", actor_types[actor->type]);
    if (actor->type == ACTOR_PLACE) {
        raw(w, ",\"kind\":");
        cstring(w, place_kinds[actor->place_kind]);
    }
    if (actor->type == ACTOR_ORGANIZATION) {
        raw(w, ",\"kind\":");
        string(w, actor->organization_type);
    }
    raw(w, ",\"country\":");
    cstring(w, actor->country[0] ? actor->country : NULL);
    raw(w, ",\"salience\":");
    share(w, (double)actor->salience);
    raw(w, ",\"confidence\":");
    share(w, (double)actor->confidence);
    write_roles(w, actor);
    raw(w, ",\"aliases\":");
    strings(w, actor->aliases, actor->alias_count);
    buffer_printf(w->out, ",\"count\":%u", actor->count);
    if (w->job->include & INCLUDE_MENTIONS)
        write_mentions(w, index);
    raw(w, "}");
}

static void write_actors(struct writer *w)
{
    raw(w, "[");
    for (uint32_t i = 0; i < w->article->actor_count; i++) {
        raw(w, i ? "," : "");
        write_actor(w, i);
    }
    raw(w, "]");
}

/* ----------------------------------------------- topics, phrases, authors */

static void write_topics(struct writer *w)
{
    raw(w, "[");
    for (uint32_t i = 0; i < w->article->topic_count; i++) {
        const struct topic *topic = &w->article->topics[i];
        raw(w, i ? ",{\"code\":" : "{\"code\":");
        string(w, topic->code);
        raw(w, ",\"label\":");
        string(w, topic->label);
        raw(w, ",\"path\":");
        strings(w, topic->path, topic->path_count);
        raw(w, ",\"score\":");
        share(w, (double)topic->score);
        raw(w, ",\"evidence\":");
        strings(w, topic->words, topic->word_count);
        raw(w, "}");
    }
    raw(w, "]");
}

static void write_keyphrases(struct writer *w)
{
    raw(w, "[");
    for (uint32_t i = 0; i < w->article->keyphrase_count; i++) {
        raw(w, i ? ",{\"text\":" : "{\"text\":");
        string(w, w->article->keyphrases[i].text);
        raw(w, ",\"score\":");
        share(w, (double)w->article->keyphrases[i].score);
        raw(w, "}");
    }
    raw(w, "]");
}

static void write_authors(struct writer *w)
{
    raw(w, "[");
    for (uint32_t i = 0; i < w->article->author_count; i++) {
        raw(w, i ? "," : "");
        string(w, w->article->authors[i].value);
    }
    raw(w, "]");
}

/* ------------------------------------------------------------------ dates */

static const char *const date_kinds[] = {"published", "modified", "event", "mentioned"};

static void write_missing(struct writer *w, unsigned missing)
{
    static const char *const parts[] = {"year", "month", "day"};
    bool first = true;
    raw(w, ",\"missing\":[");
    for (unsigned i = 0; i < 3; i++) {
        if (!(missing & 1u << i))
            continue;
        raw(w, first ? "" : ",");
        first = false;
        cstring(w, parts[i]);
    }
    raw(w, "]");
}

static void write_date(struct writer *w, const struct date_finding *date)
{
    raw(w, "{\"edtf\":");
    string(w, date->edtf);
    buffer_printf(w->out, ",\"kind\":\"%s\",\"text\":", date_kinds[date->kind]);
    string(w, date->text);
    raw(w, ",\"span\":");
    span_value(w, date->span, date->has_span);
    write_missing(w, date->missing);
    raw(w, ",\"resolved_by\":");
    string(w, date->resolved_by);
    if (!slice_is_null(date->alternative)) {
        raw(w, ",\"alternative\":");
        string(w, date->alternative);
    }
    buffer_printf(w->out, ",\"from\":\"%s\"}", source_name(date->source));
}

static void write_dates(struct writer *w)
{
    raw(w, "[");
    for (uint32_t i = 0; i < w->article->date_count; i++) {
        raw(w, i ? "," : "");
        write_date(w, &w->article->dates[i]);
    }
    raw(w, "]");
}

/* ------------------------------------------------------------------- body */

/* Long enough to recognise what was left out of a page, short enough not to be an answer of its own. */
#define EXCERPT_BYTES 120

static struct slice excerpt(struct slice text)
{
    size_t end = text.len < EXCERPT_BYTES ? text.len : EXCERPT_BYTES;
    while (end < text.len && end > 0 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
        end--;
    return slice_sub(text, 0, end);
}

/* For text the span of what was left out; for a page the place in body.text where it stood, and how it
 * begins. */
static void write_excluded_block(struct writer *w, uint32_t index)
{
    const struct block *block = &w->article->blocks[index];
    raw(w, "{\"span\":");
    if (w->page)
        write_offsets(w, w->body.starts[index], w->body.starts[index]);
    else
        write_offsets(w, block->span.start, block->span.end);
    buffer_printf(w->out, ",\"reason\":\"%s\"", role_name(block->role));
    if (w->page) {
        raw(w, ",\"text\":");
        string(w, excerpt(block_text(w->article, block)));
    }
    raw(w, "}");
}

/* Headline, byline and the like are parts of the article that have keys of their own. */
static bool is_left_out(enum block_role role)
{
    return role >= ROLE_TEASER;
}

static void write_excluded(struct writer *w)
{
    bool first = true;
    raw(w, ",\"excluded\":[");
    for (uint32_t i = 0; i < w->article->block_count; i++) {
        if (!is_left_out(w->article->blocks[i].role) || (w->article->blocks[i].flags & BLOCK_HIDDEN))
            continue;
        raw(w, first ? "" : ",");
        first = false;
        write_excluded_block(w, i);
    }
    raw(w, "]");
}

static void write_body_span(struct writer *w)
{
    uint32_t first = NO_BLOCK, last = 0;
    for (uint32_t i = 0; i < w->article->block_count; i++)
        if (role_is_prose(w->article->blocks[i].role)) {
            first = first == NO_BLOCK ? i : first;
            last = i;
        }
    if (first == NO_BLOCK)
        raw(w, "null");
    else if (w->page)
        write_offsets(w, 0, w->body.text.len);
    else
        write_offsets(w, w->article->blocks[first].span.start, w->article->blocks[last].span.end);
}

static void write_body(struct writer *w)
{
    raw(w, "{\"span\":");
    write_body_span(w);
    buffer_printf(w->out, ",\"words\":%u,\"paragraphs\":%u", w->body.words, w->body.paragraphs);
    write_excluded(w);
    if (w->job->include & INCLUDE_BODY) {
        raw(w, ",\"text\":");
        string(w, w->body.text);
    }
    raw(w, "}");
}

/* --------------------------------------------------------------- evidence */

static void write_evidence_start(struct writer *w, const struct finding *finding)
{
    buffer_printf(w->out, "{\"from\":\"%s\",\"confidence\":", source_name(finding->source));
    share(w, (double)finding->confidence);
}

static void write_finding_evidence(struct writer *w, const struct finding *finding)
{
    write_evidence_start(w, finding);
    raw(w, ",\"raw\":");
    string(w, slice_is_null(finding->raw) ? finding->value : finding->raw);
    raw(w, ",\"span\":");
    span_value(w, finding->span, finding->has_span);
    raw(w, "}");
}

/* What the EDTF value tells: its length, without an unknown part counting. */
static const char *date_precision(struct slice edtf)
{
    if (slice_find_byte(edtf, '/', 0) != SLICE_NOT_FOUND)
        return "interval";
    if (slice_find_byte(edtf, 'T', 0) != SLICE_NOT_FOUND)
        return "time";
    return edtf.len >= 10 ? "day" : edtf.len >= 7 ? "month" : "year";
}

static void write_date_evidence(struct writer *w, const struct finding *finding, enum date_kind kind)
{
    write_evidence_start(w, finding);
    buffer_printf(w->out, ",\"kind\":\"%s\",\"precision\":\"%s\",\"raw\":", date_kinds[kind],
                  date_precision(finding->value));
    string(w, slice_is_null(finding->raw) ? finding->value : finding->raw);
    raw(w, ",\"span\":");
    span_value(w, finding->span, finding->has_span);
    raw(w, "}");
}

static void evidence_key(struct writer *w, bool *first, const char *key)
{
    buffer_printf(w->out, "%s\"%s\":", *first ? "" : ",", key);
    *first = false;
}

static void write_author_evidence(struct writer *w, bool *first)
{
    if (w->article->author_count == 0)
        return;
    evidence_key(w, first, "authors");
    for (uint32_t i = 0; i < w->article->author_count; i++) {
        raw(w, i ? "," : "[");
        write_finding_evidence(w, &w->article->authors[i]);
    }
    raw(w, "]");
}

static void write_evidence(struct writer *w)
{
    const struct article *a = w->article;
    const struct {
        const char *key;
        const struct finding *finding;
    } singles[] = {{"headline", &a->headline},
                   {"language", &a->language},
                   {"canonical_url", &a->canonical_url},
                   {"site_name", &a->site_name},
                   {"description", &a->description},
                   {"image", &a->image},
                   {"section", &a->section_name}};
    bool first = true;
    raw(w, "{");
    for (size_t i = 0; i < sizeof singles / sizeof singles[0]; i++) {
        if (slice_is_null(singles[i].finding->value))
            continue;
        evidence_key(w, &first, singles[i].key);
        write_finding_evidence(w, singles[i].finding);
    }
    if (!slice_is_null(a->date.value)) {
        evidence_key(w, &first, "date");
        write_date_evidence(w, &a->date, a->date_kind);
    }
    if (!slice_is_null(a->modified.value)) {
        evidence_key(w, &first, "modified");
        write_date_evidence(w, &a->modified, DATE_MODIFIED);
    }
    write_author_evidence(w, &first);
    raw(w, "}");
}

/* --------------------------------------------------------------- the rest */

static void write_warnings(struct writer *w)
{
    raw(w, "[");
    for (size_t i = 0; i < w->article->warning_count; i++) {
        const struct warning *warning = &w->article->warnings[i];
        raw(w, i ? ",{\"code\":" : "{\"code\":");
        cstring(w, warning->code);
        raw(w, ",\"field\":");
        cstring(w, warning->field);
        raw(w, ",\"message\":");
        string(w, warning->message);
        raw(w, "}");
    }
    raw(w, "]");
}

static void write_source(struct writer *w)
{
    static const char *const kinds[] = {"url", "html", "text", "text"};
    buffer_printf(w->out, "{\"kind\":\"%s\",\"charset\":", kinds[w->job->kind]);
    cstring(w, w->article->charset);
    buffer_printf(w->out, ",\"bytes\":%zu}", w->job->input_bytes);
}

static void write_timings(struct writer *w)
{
    raw(w, ",\"timings\":{");
    for (size_t i = 0; i < w->job->timing_count; i++)
        buffer_printf(w->out, "%s\"%s\":%.3f", i ? "," : "", w->job->timings[i].stage,
                      (double)w->job->timings[i].ns / (double)CLOCK_NS_PER_MS);
    raw(w, "}");
}

static void write_if(struct writer *w, const char *key, unsigned field, void (*write)(struct writer *w))
{
    raw(w, key);
    if (job_wants(w->job, field))
        write(w);
    else
        raw(w, "null"); /* not asked for, so not looked for */
}

static void write_tags(struct writer *w)
{
    strings(w, w->article->tags, w->article->tag_count);
}

static void write_page_keys(struct writer *w)
{
    const struct article *a = w->article;
    raw(w, ",\"modified\":");
    string(w, a->modified.value);
    raw(w, ",\"url\":");
    string(w, job_page_url(w->job));
    raw(w, ",\"canonical_url\":");
    string(w, a->canonical_url.value);
    raw(w, ",\"site_name\":");
    string(w, a->site_name.value);
    raw(w, ",\"description\":");
    string(w, a->description.value);
    raw(w, ",\"image\":");
    string(w, a->image.value);
    raw(w, ",\"section\":");
    string(w, a->section_name.value);
    write_if(w, ",\"tags\":", FIELD_PAGE, write_tags);
}

static void write_members(struct writer *w)
{
    const struct article *a = w->article;
    raw(w, "\"headline\":");
    string(w, job_wants(w->job, FIELD_HEADLINE) ? a->headline.value : SLICE_NULL);
    raw(w, ",\"date\":");
    string(w, job_wants(w->job, FIELD_DATE) ? a->date.value : SLICE_NULL);
    write_if(w, ",\"actors\":", FIELD_ACTORS, write_actors);
    write_if(w, ",\"topics\":", FIELD_TOPICS, write_topics);
    write_if(w, ",\"authors\":", FIELD_AUTHORS, write_authors);
    raw(w, ",\"language\":");
    string(w, job_wants(w->job, FIELD_LANGUAGE) ? a->language.value : SLICE_NULL);
    write_if(w, ",\"keyphrases\":", FIELD_KEYPHRASES, write_keyphrases);
    write_if(w, ",\"dates\":", FIELD_DATES, write_dates);
    write_page_keys(w);
    write_if(w, ",\"body\":", FIELD_BODY, write_body);
    raw(w, ",\"evidence\":");
    write_evidence(w);
    raw(w, ",\"warnings\":");
    write_warnings(w);
    raw(w, ",\"source\":");
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
    raw(&w, "{");
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
