#include "answer_internal.h"

static void write_evidence_start(struct writer *w, const struct finding *finding)
{
    buffer_printf(w->out, "{\"from\":\"%s\",\"confidence\":", source_name(finding->source));
    answer_share(w, (double)finding->confidence);
}

/* Where it stands, and in which words. */
static void write_evidence_end(struct writer *w, const struct finding *finding)
{
    answer_raw(w, ",\"raw\":");
    answer_string(w, slice_is_null(finding->raw) ? finding->value : finding->raw);
    answer_raw(w, ",\"span\":");
    answer_span(w, finding->span, finding->has_span);
    answer_raw(w, "}");
}

static void write_finding_evidence(struct writer *w, const struct finding *finding)
{
    write_evidence_start(w, finding);
    write_evidence_end(w, finding);
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
    buffer_printf(w->out, ",\"kind\":\"%s\",\"precision\":\"%s\"", answer_date_kind(kind),
                  date_precision(finding->value));
    write_evidence_end(w, finding);
}

static void evidence_key(struct writer *w, bool *first, const char *key)
{
    buffer_printf(w->out, "%s\"%s\":", *first ? "" : ",", key);
    *first = false;
}

static void write_author_evidence(struct writer *w, bool *first)
{
    if (w->article->author_count == 0 || !job_wants(w->job, FIELD_AUTHORS))
        return;
    evidence_key(w, first, "authors");
    for (uint32_t i = 0; i < w->article->author_count; i++) {
        answer_raw(w, i ? "," : "[");
        write_finding_evidence(w, &w->article->authors[i]);
    }
    answer_raw(w, "]");
}

void answer_evidence(struct writer *w)
{
    const struct article *a = w->article;
    const struct {
        const char *key;
        const struct finding *finding;
        unsigned fields; /* a stage that others need may have run though its field was not asked for */
    } singles[] = {{"headline", &a->headline, FIELD_HEADLINE},
                   {"language", &a->language, FIELD_LANGUAGE},
                   {"canonical_url", &a->canonical_url, FIELD_PAGE},
                   {"site_name", &a->site_name, FIELD_PAGE},
                   {"description", &a->description, FIELD_PAGE},
                   {"image", &a->image, FIELD_PAGE},
                   {"section", &a->section_name, FIELD_PAGE}};
    bool first = true;
    answer_raw(w, "{");
    for (size_t i = 0; i < sizeof singles / sizeof singles[0]; i++) {
        if (slice_is_null(singles[i].finding->value) || !job_wants(w->job, singles[i].fields))
            continue;
        evidence_key(w, &first, singles[i].key);
        write_finding_evidence(w, singles[i].finding);
    }
    if (!slice_is_null(a->date.value) && job_wants(w->job, FIELD_DATE)) {
        evidence_key(w, &first, "date");
        write_date_evidence(w, &a->date, a->date_kind);
    }
    if (!slice_is_null(a->modified.value) && job_wants(w->job, FIELD_DATE)) {
        evidence_key(w, &first, "modified");
        write_date_evidence(w, &a->modified, DATE_MODIFIED);
    }
    write_author_evidence(w, &first);
    answer_raw(w, "}");
}
