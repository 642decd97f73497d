#include "find/dates.h"

#include "dates_internal.h"

#define LEDE_BLOCKS 2 /* paragraphs of prose in which news says when it happened */

const struct date_lexicon *date_lexicon_create(struct arena *arena, const struct lexicon *lexicon)
{
    return date_words_create(arena, lexicon);
}

/* ---------------------------------------------------------------- day and month */

/* The order of day and month in all-numeric dates, shown by dates of the same article that have a figure
 * above twelve; the language tells where they do not. English alone does not tell. */
static enum date_order order_of_language(const struct date_lexicon *lexicon, uint64_t language)
{
    if (!language || language == date_words_language(lexicon, SLICE("en")))
        return ORDER_UNKNOWN;
    return ORDER_DAY_FIRST;
}

static void settle_order(struct dated_list *list)
{
    int day_first = 0, month_first = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct date_mention *mention = &list->items[i].mention;
        if (mention->numeric && !mention->ambiguous && mention->value.start.day > 12 && mention->alternative.start.year == 0)
            day_first++;
    }
    (void)month_first;
    for (size_t i = 0; i < list->count && day_first; i++)
        list->items[i].mention.ambiguous = false;
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

/* The day on which it happened: the first day that the lede names. Where that one stays unknown
 * ("on Friday night"), a later date is not what happened, and nothing is said. */
static struct dated *find_event(const struct job *job, struct dated_list *list)
{
    uint32_t prose = 0, block = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct dated *dated = &list->items[i];
        const struct block *at = &job->article.blocks[dated->block];
        const struct date_mention *mention = &dated->mention;
        for (; block <= dated->block; block++)
            prose += job->article.blocks[block].role == ROLE_BODY;
        if (prose > LEDE_BLOCKS)
            return NULL;
        bool day = mention->value.start.day || mention->relative == RELATIVE_WEEKDAY ||
                   (mention->relative == RELATIVE_UNIT && mention->unit == UNIT_DAY);
        if (!day || dated->kind != DATE_MENTIONED || mention->value.form != EDTF_SINGLE || mention->future ||
            mention->relation != DATE_PLAIN || !(role_is_prose(at->role) || at->role == ROLE_STANDFIRST))
            continue;
        return mention->value.start.day ? dated : NULL;
    }
    return NULL;
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
            job_warn(job, "date_ambiguous", list->items[i].kind == DATE_PUBLISHED ? "date" : "dates",
                     "day and month can be read in either order; both readings are given");
}

enum err dates_run(struct job *job)
{
    const struct date_lexicon *lexicon = job->knowledge->dates;
    struct date_grammar grammar = date_grammar_make(job->arena, lexicon);
    struct slice language = job->language.len ? job->language : job->article.language.value;
    struct date_style style = {.language = date_words_language(lexicon, language)};
    struct dated_list list = {0};
    size_t capacity = 0;
    style.order = order_of_language(lexicon, style.language);
    dates_collect(job, &grammar, style, &list);
    settle_order(&list);
    choose_for_text(job, &list);
    list_dates(job, &list, &capacity);
    warn_of_date(job, &list);
    return ERR_NONE;
}
