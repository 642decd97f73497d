#include "find/dates/dates.h"

#include "base/utf8.h"
#include "date_choice.h"

#define LEDE_BLOCKS 2 /* paragraphs of prose in which news says when it happened */
#define HISTORY 366   /* days: news tells what lies further back for the sake of something newer */

/* ---------------------------------------------------------------- day and month */

/* Dates of the same article that have a figure above twelve show the order of those that have none. */
static void settle_order(struct dated_list *list)
{
    int day_first = 0, month_first = 0;
    for (size_t i = 0; i < list->count; i++) {
        day_first += list->items[i].mention.shown_order == ORDER_DAY_FIRST;
        month_first += list->items[i].mention.shown_order == ORDER_MONTH_FIRST;
    }
    for (size_t i = 0; i < list->count && (day_first != 0) != (month_first != 0); i++) {
        struct date_mention *mention = &list->items[i].mention;
        if (mention->ambiguous && month_first) /* the grammar reads the day first where it does not know */
            mention->value = mention->alternative;
        mention->ambiguous = false;
    }
}

/* ---------------------------------------------------------------- the day of writing */

static struct dated *first_of_kind(struct dated_list *list, enum date_kind kind)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].kind == kind)
            return &list->items[i];
    return NULL;
}

static void resolve_one(struct dated *dated, struct civil writing, struct slice how)
{
    if (date_mention_resolve(&dated->mention, writing))
        dated->resolved_by = how;
}

/* A weekday of which a range of at most a week, given in the text, holds exactly one. */
static void resolve_in_range(struct dated_list *list)
{
    for (size_t r = 0; r < list->count; r++) {
        const struct edtf *range = &list->items[r].mention.value;
        if (range->form != EDTF_RANGE || !range->start.year || !range->start.day || !range->end.day)
            continue;
        int64_t start = calendar_to_days((struct civil){range->start.year, range->start.month, range->start.day});
        int64_t end = calendar_to_days((struct civil){range->end.year, range->end.month, range->end.day});
        if (end - start >= 7)
            continue;
        for (size_t i = 0; i < list->count; i++)
            for (int64_t day = start; day <= end; day++) {
                struct date_mention *mention = &list->items[i].mention;
                struct civil civil = calendar_from_days(day);
                if (mention->relative != RELATIVE_WEEKDAY || mention->near || mention->value.start.year ||
                    mention->weekday != calendar_weekday(civil))
                    continue;
                mention->value = edtf_from_civil(civil);
                list->items[i].resolved_by = SLICE("weekday");
            }
        return;
    }
}

static void resolve_all(struct job *job, struct dated_list *list, struct civil published)
{
    struct civil writing = published.year ? published : job->reference_date;
    struct slice how = published.year ? SLICE("publication_date") : SLICE("reference_date");
    if (!writing.year) {
        resolve_in_range(list);
        return;
    }
    for (size_t i = 0; i < list->count; i++)
        resolve_one(&list->items[i], writing, how);
}

/* ---------------------------------------------------------------- raw text: which date is the article's */

static bool names_day(const struct date_mention *mention)
{
    return mention->value.start.day || mention->relative == RELATIVE_WEEKDAY ||
           (mention->relative == RELATIVE_UNIT && mention->unit == UNIT_DAY);
}

/* Is `old` history beside `recent`? Both may lack their year, and then neither is. */
static bool is_history(const struct dated *old, const struct dated *recent)
{
    struct civil from, to;
    return edtf_day(&old->mention.value, &from) && edtf_day(&recent->mention.value, &to) &&
           calendar_to_days(to) - calendar_to_days(from) > HISTORY;
}

/* The day on which it happened: the first day that the lede names; "Sept. 11, 2001" in the story of an anniversary
 * gives way to a day more than a year after it. Where the first stays unknown ("on Friday night"), a later date is
 * not what happened, and nothing is said. */
static struct dated *find_event(const struct job *job, struct dated_list *list)
{
    uint32_t prose = 0, block = 0;
    struct dated *event = NULL;
    for (size_t i = 0; i < list->count; i++) {
        struct dated *dated = &list->items[i];
        const struct block *at = &job->article.blocks[dated->block];
        const struct date_mention *mention = &dated->mention;
        for (; block <= dated->block; block++)
            prose += job->article.blocks[block].role == ROLE_BODY;
        if (prose > LEDE_BLOCKS)
            break;
        if (!names_day(mention) || dated->kind != DATE_MENTIONED || mention->value.form != EDTF_SINGLE ||
            mention->future || mention->relation != DATE_PLAIN ||
            !(role_is_prose(at->role) || at->role == ROLE_STANDFIRST))
            continue;
        if (!event && !mention->value.start.day)
            return NULL;
        if (!event || is_history(event, dated))
            event = dated;
    }
    return event;
}

static struct finding finding_of(struct job *job, const struct dated *dated, float confidence)
{
    return (struct finding){
        .value = edtf_write(job->arena, &dated->mention.value),
        .source = dated->source,
        .confidence = confidence,
        .raw = article_text(&job->article, (struct span){dated->mention.start, dated->mention.end}),
        .span = {dated->mention.start, dated->mention.end},
        .has_span = true,
        .block = dated->block,
    };
}

/* Confidence as seen on raw texts: a dateline says it outright, the lede's first day is a reading. */
#define DATELINE_CONFIDENCE 0.95f
#define EVENT_CONFIDENCE 0.7f
#define AMBIGUOUS_CONFIDENCE 0.5f
#define MODIFIED_CONFIDENCE 0.8f

static void choose_for_text(struct job *job, struct dated_list *list)
{
    struct dated *published = first_of_kind(list, DATE_PUBLISHED), *modified, *event;
    struct civil day = {0};
    if (published) {
        resolve_one(published, job->reference_date, SLICE("reference_date"));
        edtf_day(&published->mention.value, &day);
    }
    resolve_all(job, list, published && !published->mention.ambiguous ? day : (struct civil){0});
    modified = first_of_kind(list, DATE_MODIFIED);
    if (modified)
        job->article.modified = finding_of(job, modified, DATELINE_CONFIDENCE);
    event = published ? NULL : find_event(job, list);
    if (event)
        event->kind = DATE_EVENT;
    if (published || event) {
        float sure = published ? DATELINE_CONFIDENCE : EVENT_CONFIDENCE;
        struct dated *chosen = published ? published : event;
        job->article.date = finding_of(job, chosen, chosen->mention.ambiguous ? AMBIGUOUS_CONFIDENCE : sure);
        job->article.date_kind = chosen->kind;
    }
}

/* ---------------------------------------------------------------- the list */

static unsigned missing_parts(const struct dated *dated)
{
    const struct edtf_date *date = &dated->mention.value.start;
    bool resolved = dated->resolved_by.len > 0;
    if (dated->mention.relative != RELATIVE_NONE)
        return resolved || !date->month ? DATE_YEAR | DATE_MONTH | DATE_DAY : DATE_YEAR;
    return !date->year || resolved ? DATE_YEAR : 0;
}

static struct date_finding *add_date(struct job *job, size_t *capacity)
{
    struct article *article = &job->article;
    article->dates = arena_grow(job->arena, article->dates, article->date_count, capacity, sizeof *article->dates);
    struct date_finding *date = &article->dates[article->date_count++];
    *date = (struct date_finding){0};
    return date;
}

/* A season without its year places nothing; a month or a day without it does. */
static bool has_value(const struct edtf *value)
{
    return value->start.year || (value->start.month && value->start.month <= 12) || value->form == EDTF_OPEN_START;
}

static void list_dates(struct job *job, const struct dated_list *list, size_t *capacity)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct dated *dated = &list->items[i];
        struct date_finding *date = add_date(job, capacity);
        date->span = (struct span){dated->mention.start, dated->mention.end};
        date->has_span = true;
        date->text = article_text(&job->article, date->span);
        date->kind = dated->kind;
        date->source = dated->source;
        date->missing = missing_parts(dated);
        date->resolved_by = dated->resolved_by;
        date->confidence = dated->mention.ambiguous ? AMBIGUOUS_CONFIDENCE : DATELINE_CONFIDENCE;
        if (has_value(&dated->mention.value))
            date->edtf = edtf_write(job->arena, &dated->mention.value);
        if (dated->mention.ambiguous)
            date->alternative = edtf_write(job->arena, &dated->mention.alternative);
    }
}

static void warn_of_date(struct job *job, const struct dated_list *list)
{
    struct slice value = job->article.date.value;
    if (slice_starts(value, SLICE("XXXX")))
        job_warn(job, "date_year_missing", "date", "the text names no year; pass reference_date to resolve it");
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].mention.ambiguous)
            job_warn(job, "date_ambiguous",
                     !job_is_page(job) && list->items[i].kind == DATE_PUBLISHED ? "date" : "dates",
                     "day and month can be read in either order; both readings are given");
}

/* ---------------------------------------------------------------- pages */

static struct finding finding_of_candidate(struct job *job, const struct date_candidate *candidate, float confidence)
{
    return (struct finding){
        .value = edtf_write(job->arena, &candidate->value),
        .source = candidate->source,
        .confidence = confidence,
        .raw = candidate->raw,
        .span = candidate->span,
        .has_span = candidate->has_span,
        .block = candidate->block,
    };
}

static void add_page_date(struct job *job, const struct finding *finding, enum date_kind kind, size_t *capacity)
{
    struct date_finding *date = add_date(job, capacity);
    date->edtf = finding->value;
    date->kind = kind;
    date->source = finding->source;
    date->text = finding->raw;
    date->span = finding->span;
    date->has_span = finding->has_span;
    date->confidence = finding->confidence;
}

/* "Published 3 April 2018, 12:30, updated 15:01": the time alone of a change is one of the day beside it, and later on
 * it. */
static void take_page_change(struct date_page *page, const struct date_candidate *published)
{
    const struct edtf_date *time = &page->change, *then = &published->value.start;
    if (page->modified_rank || !time->has_time || !then->day ||
        (then->has_time && time->hour * 60 + time->minute <= then->hour * 60 + then->minute))
        return;
    page->modified = (struct date_mention){.value.start = *time};
    page->modified.value.start.year = then->year;
    page->modified.value.start.month = then->month;
    page->modified.value.start.day = then->day;
    page->modified_rank = 1;
    page->modified_source = SOURCE_DATELINE;
    page->modified_raw = page->change_raw;
}

/* A page is changed on the day it is published or later; what claims otherwise is a template's date. */
static void take_page_modified(struct job *job, const struct date_page *page, struct civil published, size_t *capacity)
{
    struct civil day;
    if (!page->modified_rank || !edtf_day(&page->modified.value, &day))
        return;
    if (published.year && calendar_to_days(day) < calendar_to_days(published))
        return;
    job->article.modified = (struct finding){
        .value = edtf_write(job->arena, &page->modified.value),
        .source = page->modified_source,
        .confidence = MODIFIED_CONFIDENCE,
        .raw = page->modified_raw,
        .block = NO_BLOCK,
    };
    add_page_date(job, &job->article.modified, DATE_MODIFIED, capacity);
}

static bool same_span(const struct dated *dated, const struct date_candidate *candidate)
{
    return candidate && candidate->has_span && dated->mention.start < candidate->span.end &&
           candidate->span.start < dated->mention.end;
}

static void remove_span(struct dated_list *list, const struct date_candidate *candidate)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (!same_span(&list->items[i], candidate))
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static void choose_for_page(struct job *job, struct dated_list *list, size_t *capacity)
{
    struct date_page *page = arena_alloc(job->arena, sizeof *page);
    struct civil published = {0};
    float probability = 0;
    date_page_read(job, page);
    struct date_candidate *chosen = date_page_choose(page, &probability);
    if (chosen) {
        bool event = date_is_event(page, chosen);
        published = event ? published : chosen->day;
        job->article.date = finding_of_candidate(job, chosen, probability);
        job->article.date_kind = event ? DATE_EVENT : DATE_PUBLISHED;
        add_page_date(job, &job->article.date, job->article.date_kind, capacity);
        if (chosen->ambiguous)
            job->article.dates[job->article.date_count - 1].alternative = edtf_write(job->arena, &chosen->alternative);
        remove_span(list, chosen);
        if (!event)
            take_page_change(page, chosen);
    }
    take_page_modified(job, page, published, capacity);
    for (size_t i = 0; i < list->count; i++)
        list->items[i].kind = list->items[i].kind == DATE_PUBLISHED || list->items[i].kind == DATE_MODIFIED
                                  ? DATE_MENTIONED
                                  : list->items[i].kind;
    resolve_all(job, list, published);
    if (chosen && chosen->ambiguous)
        job_warn(job, "date_ambiguous", "date", "day and month can be read in either order; both readings are given");
}

enum err dates_run(struct job *job)
{
    const struct date_vocabulary *words = job->knowledge->dates->words;
    struct date_grammar grammar = date_grammar_make(job->arena, words);
    struct slice language = job->language.len ? job->language : job->article.language.value;
    struct date_style style = {.language = date_words_language(words, language),
                               .caseless = !job_is_page(job) && utf8_all_lower(job->article.text)};
    struct dated_list list = {0};
    size_t capacity = 0;
    style.order = date_order_of(job, style.language);
    if (!job_is_page(job) || job_wants(job, FIELD_DATES)) /* the prose of a page does not date it */
        dates_collect(job, &grammar, style, &list);
    settle_order(&list);
    if (job_is_page(job))
        choose_for_page(job, &list, &capacity);
    else
        choose_for_text(job, &list);
    list_dates(job, &list, &capacity);
    warn_of_date(job, &list);
    return ERR_NONE;
}
