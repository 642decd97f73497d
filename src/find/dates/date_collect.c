/* Reads the dates of the article's own blocks and tells datelines from prose. */
#include "article/limits.h"
#include "base/utf8.h"
#include "dates_internal.h"

#define DATELINE_REACH 90   /* bytes of a paragraph in which "BERGEN, Norway, September 18 -" ends */
#define DATE_LINE_BYTES 160 /* a line that gives date, author and place is no longer */
#define TOP_BLOCKS 8        /* lines of a raw text among which a bare date line is its date */

#define TELLING_WORD                                                                                                   \
    8 /* bytes: "data" is "date" in one language and plain data in another; long words mislead nobody */

static enum date_cue cue_of_item(const struct date_item *item, uint64_t languages)
{
    if (item->kind == ITEM_MARK && item->value == 0xA9)
        return CUE_FOREIGN;
    if (item->end - item->start >= TELLING_WORD)
        languages = 0;
    if (date_item_word(item, DATE_WORD_MODIFIED, languages))
        return CUE_MODIFIED;
    if (date_item_word(item, DATE_WORD_PUBLISHED, languages))
        return CUE_PUBLISHED;
    return date_item_word(item, DATE_WORD_FOREIGN, languages) ? CUE_FOREIGN : CUE_NONE;
}

enum date_cue date_cue_before(struct date_grammar *grammar, struct slice before, uint64_t languages)
{
    enum date_cue cue = CUE_NONE;
    date_items_cut(&grammar->items, grammar->lexicon, before);
    for (size_t i = grammar->items.count; i-- > 0 && cue == CUE_NONE;)
        cue = cue_of_item(&grammar->items.items[i], languages);
    return cue;
}

enum date_cue date_cue_label(struct date_grammar *grammar, struct slice label, uint64_t languages)
{
    struct date_items *items = &grammar->items;
    date_items_cut(items, grammar->lexicon, label);
    size_t last = items->count;
    while (last > 0 && items->items[last - 1].kind == ITEM_MARK)
        last--;
    if (last == 0 || items->items[0].kind == ITEM_MARK)
        return CUE_NONE;
    enum date_cue cue = cue_of_item(&items->items[last - 1], languages);
    return cue == CUE_NONE ? cue_of_item(&items->items[0], languages) : cue;
}

#define BEHIND_ITEMS 3u

enum date_cue date_cue_behind(struct date_grammar *grammar, struct slice behind, uint64_t languages)
{
    enum date_cue cue = CUE_NONE;
    date_items_cut(&grammar->items, grammar->lexicon, slice_sub(behind, 0, 60));
    for (size_t i = 0; i < grammar->items.count && i < BEHIND_ITEMS && cue == CUE_NONE; i++) {
        const struct date_item *item = &grammar->items.items[i];
        if (item->kind == ITEM_NUMBER || (item->kind == ITEM_MARK && item->value != '('))
            break;
        cue = cue_of_item(item, languages);
    }
    return cue == CUE_FOREIGN ? CUE_NONE : cue; /* "5 May 2020 Comment": the next link */
}

static bool role_has_dates(enum block_role role)
{
    return role == ROLE_HEADLINE || role == ROLE_STANDFIRST || role == ROLE_BYLINE || role == ROLE_DATELINE ||
           role_is_prose(role);
}

static bool is_line_mark(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == '(' || c == ':' || c == '/' || c == '|' || c == 0x2014;
}

/* Before the date of a dateline stand names only: no word but a short one begins with a small letter. */
static bool is_place_line(struct slice before)
{
    size_t at = 0, taken;
    bool word = false;
    while (at < before.len) {
        uint32_t c = utf8_decode(before, at, &taken);
        if (utf8_is_letter(c) && !word && utf8_is_lower(c) &&
            !slice_starts(slice_sub(before, at, before.len), SLICE("de ")) &&
            !slice_starts(slice_sub(before, at, before.len), SLICE("of ")))
            return false;
        if (c == '"' || c == 0x201C || c == '?' || c == '!')
            return false;
        word = utf8_is_word(c);
        at += taken;
    }
    return true;
}

#define SHORT_WORD 3u /* bytes of the word before a day: "Lyon, le 12 mai 2019 -", "Wien, am 3. Mai 2019 -" */

static struct slice without_short_word(struct slice before)
{
    size_t end = slice_trim(before).len, at = end;
    while (at > 0 && !ascii_is_space(before.ptr[at - 1]))
        at--;
    return at > 0 && end - at <= SHORT_WORD ? slice_sub(before, 0, at) : before;
}

bool date_opens_line(struct slice text, const struct date_mention *mention)
{
    size_t at = mention->end, taken;
    if (mention->start > DATELINE_REACH || !mention->value.start.day ||
        !is_place_line(without_short_word(slice_sub(text, 0, mention->start))))
        return false;
    if (mention->start > 0 && text.ptr[mention->start - 1] == '(' && at < text.len && text.ptr[at] == ')')
        return true;
    while (at < text.len && (ascii_is_space(text.ptr[at]) || text.ptr[at] == '.' || text.ptr[at] == ')'))
        at++;
    return at >= text.len || is_line_mark(utf8_decode(text, at, &taken));
}

/* A line of its own that gives the date: short, no sentence, and the date has its day. */
static bool is_date_line(struct slice text, const struct date_mention *mention)
{
    return text.len <= DATE_LINE_BYTES && mention->value.start.day && mention->value.form == EDTF_SINGLE &&
           (mention->value.start.year || mention->weekday) &&
           (mention->end == text.len || text.ptr[text.len - 1] != '.') &&
           is_place_line(slice_sub(text, mention->end, text.len)) &&
           (mention->start == 0 || is_place_line(slice_sub(text, 0, mention->start)) || text.ptr[0] == '{');
}

/* "Updated 3 hours ago", "7 May - 5 June" place nothing that a line could be dated by. */
static bool can_date_article(const struct date_mention *mention)
{
    return mention->value.form == EDTF_SINGLE && mention->value.start.day && mention->relative == RELATIVE_NONE;
}

static void set_kind(struct dated *dated, enum date_cue cue, enum source source)
{
    dated->source = source;
    dated->cued = cue == CUE_PUBLISHED || cue == CUE_MODIFIED;
    if (cue == CUE_MODIFIED)
        dated->kind = DATE_MODIFIED;
    else if (cue != CUE_FOREIGN)
        dated->kind = DATE_PUBLISHED;
}

/* Kinds of the mentions of one block, [first, list->count), whose positions are still those of `text`. */
static void tell_kinds(struct job *job, struct date_grammar *grammar, const struct block *block, struct slice text,
                       struct dated_list *list, size_t first)
{
    bool line = block->role == ROLE_BYLINE || block->role == ROLE_DATELINE;
    bool top = !job_is_page(job) && (size_t)(block - job->article.blocks) < TOP_BLOCKS;
    enum source source = block->role == ROLE_BYLINE ? SOURCE_BYLINE : SOURCE_DATELINE;
    size_t previous = 0;
    for (size_t i = first; i < list->count; i++) {
        struct dated *dated = &list->items[i];
        const struct date_mention *mention = &dated->mention;
        dated->source = block->role == ROLE_HEADLINE ? SOURCE_HEADING : SOURCE_BODY;
        if (can_date_article(mention)) {
            enum date_cue cue = date_cue_before(grammar, slice_sub(text, previous, mention->start), 0);
            bool cued_line = top && text.len <= DATE_LINE_BYTES && (cue == CUE_PUBLISHED || cue == CUE_MODIFIED) &&
                             block->role != ROLE_HEADLINE && mention->value.start.year;
            if (line || cued_line || (top && is_date_line(text, mention) && block->role != ROLE_HEADLINE))
                set_kind(dated, cue, source);
            else if (i == first && block->role == ROLE_BODY && date_opens_line(text, mention))
                set_kind(dated, cue, SOURCE_DATELINE);
        } else if (line) {
            dated->source = source;
        }
        previous = mention->end;
    }
}

/* Lines above the story that are no byline may still say when it was published: "{published: ...}". */
static bool may_be_cued(const struct job *job, uint32_t index)
{
    enum block_role role = job->article.blocks[index].role;
    return !job_is_page(job) && index < TOP_BLOCKS &&
           (role == ROLE_KICKER || role == ROLE_UNKNOWN || role == ROLE_NAVIGATION || role == ROLE_SHARE);
}

static void keep_cued(struct dated_list *list, size_t first)
{
    size_t kept = first;
    for (size_t i = first; i < list->count; i++)
        if (list->items[i].cued)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

static bool is_later(const struct edtf_date *a, const struct edtf_date *b)
{
    const int left[] = {a->year, a->month, a->day, a->hour, a->minute},
              right[] = {b->year, b->month, b->day, b->hour, b->minute};
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
        if (left[i] != right[i])
            return left[i] > right[i];
    return false;
}

/* "Sun 8 Dec 19.30 First published on Sun 8 Dec 06.15": beside a date that is said to be that of
 * publication, a later one without a word is that of the last change. */
static void tell_modified(struct dated_list *list, size_t first)
{
    for (size_t i = first; i < list->count; i++) {
        if (list->items[i].kind != DATE_PUBLISHED || !list->items[i].cued)
            continue;
        for (size_t j = first; j < list->count; j++)
            if (list->items[j].kind == DATE_PUBLISHED && !list->items[j].cued &&
                is_later(&list->items[j].mention.value.start, &list->items[i].mention.value.start))
                list->items[j].kind = DATE_MODIFIED;
    }
}

static void collect_block(struct job *job, struct date_grammar *grammar, struct date_style style, uint32_t index,
                          struct dated_list *out)
{
    const struct block *block = &job->article.blocks[index];
    struct slice text = block_text(&job->article, block);
    struct date_mentions found = {.arena = job->arena};
    size_t first = out->count;
    style.lenient = block->role == ROLE_BYLINE || block->role == ROLE_DATELINE;
    date_grammar_read(grammar, text, style, &found);
    for (size_t i = 0; i < found.count && out->count < LIMIT_DATES; i++) {
        out->items = arena_grow(job->arena, out->items, out->count, &out->capacity, sizeof *out->items);
        out->items[out->count++] = (struct dated){.mention = found.items[i], .block = index, .kind = DATE_MENTIONED};
    }
    tell_kinds(job, grammar, block, text, out, first);
    tell_modified(out, first);
    if (!role_has_dates(block->role))
        keep_cued(out, first);
    for (size_t i = first; i < out->count; i++) {
        out->items[i].mention.start += block->span.start;
        out->items[i].mention.end += block->span.start;
    }
}

void dates_collect(struct job *job, struct date_grammar *grammar, struct date_style style, struct dated_list *out)
{
    for (uint32_t i = 0; i < job->article.block_count && out->count < LIMIT_DATES; i++)
        if (role_has_dates(job->article.blocks[i].role) || may_be_cued(job, i))
            collect_block(job, grammar, style, i, out);
}
