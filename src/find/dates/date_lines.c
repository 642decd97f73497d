/* Days that the page shows in its lines. */
#include "date_candidates.h"

#define SHORT_BLOCK 200u   /* bytes of a line that holds a date, author and section; longer is prose */
#define INLINE_REACH 110u  /* bytes of a paragraph in which its dateline ends */
#define LABEL_BYTES 32u    /* of a line that only says what the next one gives: "Datum", "Published on" */
#define LABEL_REACH 4u     /* bytes of a line before the date that its label may be for: "on " */
#define OPENING_BLOCKS 2u  /* of a story's prose that may begin with its dateline: standfirst, first paragraph */
#define DATELINE_PROSE 60u /* bytes that follow it in its paragraph */
#define META_BYTES 600u    /* of a sentence about the article in a line so labelled: "This entry was posted on ..." */

/* A figure, perhaps of another script (those of Arabic, Persian, Hindi, Bengali and full width are found by the first
 * byte of their block; other letters of it let a line through that the grammar will find empty). */
static bool may_have_digit(struct slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (ascii_is_digit((char)byte) || byte == 0xD9 || byte == 0xDB || byte == 0xEF ||
            (byte == 0xE0 && i + 1 < text.len && ((unsigned char)text.ptr[i + 1] & 0xFE) == 0xA4))
            return true;
    }
    return false;
}

/* One line of the page that may hold dates. */
struct line {
    uint32_t index;
    struct slice text;
    bool prose; /* too long for a line that gives date, author and section */
};

/* What the line above says of a date that this one begins with: <dt>Datum</dt><dd>12.01.2017</dd>. */
static enum date_cue cue_of_label(struct date_page *page, uint32_t index)
{
    if (index == 0 || index - 1 == page->headline)
        return CUE_NONE;
    struct slice label = block_text(&page->job->article, &page->job->article.blocks[index - 1]);
    if (label.len > LABEL_BYTES || may_have_digit(label))
        return CUE_NONE;
    return date_cue_label(&page->grammar, label, page->cue_languages);
}

/* What is said of the date: before it, else in the line above, else behind the line's last one. */
static enum date_cue cue_of_line(struct date_page *page, const struct line *line, const struct date_mention *mention,
                                 size_t previous, bool last)
{
    if (line->index == page->headline) /* "From the meeting of 14 July": what a headline dates is what it is about */
        return CUE_NONE;
    enum date_cue cue =
        date_cue_before(&page->grammar, slice_sub(line->text, previous, mention->start), page->cue_languages);
    if (cue == CUE_NONE && previous == 0 && mention->start <= LABEL_REACH)
        cue = cue_of_label(page, line->index);
    if (cue == CUE_NONE && last)
        cue = date_cue_behind(&page->grammar, slice_sub(line->text, mention->end, line->text.len), page->cue_languages);
    return cue;
}

static unsigned places_of_line(const struct date_page *page, const struct line *line,
                               const struct date_mention *mention, enum date_cue cue)
{
    unsigned places = line->index == page->headline ? DATE_IN_HEADLINE : DATE_IN_TEXT;
    places |= cue == CUE_PUBLISHED ? DATE_CUED_PUBLISHED : cue == CUE_MODIFIED ? DATE_CUED_MODIFIED : 0;
    if ((mention->end - mention->start) * 2 >= line->text.len)
        places |= DATE_IN_TEXT_ALONE;
    if (line->prose)
        places |= DATE_IN_TEXT_INLINE;
    return places;
}

static void take_cued_change(struct date_page *page, const struct date_mention *mention, struct slice raw)
{
    if (page->modified_rank >= 1)
        return;
    page->modified_rank = 1;
    page->modified = *mention;
    page->modified_source = SOURCE_DATELINE;
    page->modified_raw = raw;
}

#define SENTENCE_BYTES 16u /* of a line that is one, beside its date */

/* A day that a sentence speaks of: "The hearing is on March 9, 2021." */
static bool is_in_sentence(const struct line *line, const struct date_mention *mention, enum block_role role)
{
    size_t rest = line->text.len - (mention->end - mention->start);
    /* "12 March 2020. The bridge ..." is a line of its own that lost its end; "On 12 March 2020 it fell." is none */
    if (rest < SENTENCE_BYTES || mention->start == 0 || date_opens_line(line->text, mention) || !role_is_prose(role))
        return false;
    static const struct slice rules[] = {{"|", 1}, {"\xC2\xB7", 2}, {"\xE2\x80\xA2", 3}}; /* | · • part fields */
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (slice_find(line->text, rules[i], 0) != SLICE_NOT_FOUND)
            return false;
    char last = line->text.ptr[line->text.len - 1];
    return last == '.' || last == '!' || last == '?' || slice_ends(line->text, SLICE("。"));
}

/* Is it among the first paragraphs of the story, where a dateline may stand? */
static bool opens_story(const struct date_page *page, uint32_t index)
{
    const struct block *block = &page->job->article.blocks[index];
    return page->body_start != NO_BLOCK && index >= page->body_start && index - page->body_start < OPENING_BLOCKS &&
           block->tag != BLOCK_HEADING && !(block->flags & (BLOCK_IN_LIST | BLOCK_IN_TABLE));
}

static void add_line_date(struct date_page *page, const struct line *line, struct date_mention *mention,
                          enum date_cue cue)
{
    struct civil day;
    date_page_settle(page, mention);
    bool bound = mention->relation == DATE_SINCE || mention->relation == DATE_STARTING ||
                 (mention->relation == DATE_UNTIL && cue == CUE_NONE);
    struct date_candidate *candidate =
        !bound && edtf_day(&mention->value, &day) ? date_page_candidate(page, day) : NULL;
    if (!candidate)
        return;
    const struct block *block = &page->job->article.blocks[line->index];
    struct slice raw = slice_sub(line->text, mention->start, mention->end);
    unsigned places = places_of_line(page, line, mention, cue);
    bool in_prose = line->prose || (cue == CUE_NONE && is_in_sentence(line, mention, block->role));
    unsigned said = (in_prose ? DATE_INLINE : 0) | (cue == CUE_FOREIGN ? DATE_FOREIGN : 0);
    candidate->places |= places;
    candidate->count++;
    if (!candidate->has_span) {
        candidate->has_span = true;
        candidate->block = line->index;
        candidate->span = (struct span){block->span.start + mention->start, block->span.start + mention->end};
    }
    bool goes_on = line->text.len - mention->end >= DATELINE_PROSE;
    if (places & DATE_IN_TEXT && goes_on && opens_story(page, line->index) && date_opens_line(line->text, mention))
        candidate->traces |= DATE_OPENS_PROSE;
    date_candidate_take_instant(candidate, &mention->value.start, false);
    date_candidate_take_value(candidate, mention, places, SOURCE_DATELINE, raw);
    date_candidate_add_place(page, candidate, line->index, block->section, said);
    date_page_count_looks(page, block);
    if (places & DATE_CUED_MODIFIED)
        take_cued_change(page, mention, raw);
}

/* Is the line worth reading, and how much of it? */
static bool open_line(struct date_page *page, uint32_t index, struct line *line)
{
    const struct block *block = &page->job->article.blocks[index];
    bool opening = page->headline != NO_BLOCK && index >= page->headline && index - page->headline <= NEAR_BLOCKS;
    *line = (struct line){.index = index, .text = block_text(&page->job->article, block)};
    line->prose = line->text.len > SHORT_BLOCK;
    if ((block->flags & BLOCK_HIDDEN) || !may_have_digit(slice_sub(line->text, 0, SHORT_BLOCK)))
        return false;
    bool meta = line->prose && !opening && line->text.len <= META_BYTES && block->role != ROLE_BODY &&
                labels_of_block(&page->labels, block) & HINT_META;
    return !line->prose || opening || meta || opens_story(page, index);
}

static bool is_before(const struct date_mention *a, const struct date_mention *b)
{
    struct civil first, second;
    return edtf_day(&a->value, &first) && edtf_day(&b->value, &second) &&
           calendar_to_days(first) <= calendar_to_days(second);
}

/* "5 May 2020, updated 7 May 2020": of two days of a line the one that no word calls a change is that of publication.
 */
static void tell_published(const struct date_mentions *found, enum date_cue *cues)
{
    if (found->count != 2)
        return;
    for (size_t m = 0; m < 2; m++)
        if (cues[m] == CUE_NONE && cues[1 - m] == CUE_MODIFIED && is_before(&found->items[m], &found->items[1 - m]))
            cues[m] = CUE_PUBLISHED;
}

/* "mis à jour à 20h10", "(modifica alle 15:40)" beside the story's headline or below its end. */
static void take_change_of_day(struct date_page *page, const struct line *line, size_t from)
{
    const unsigned beside = DATE_NEAR_HEADLINE | DATE_JUST_ABOVE | DATE_BELOW_BODY;
    struct slice rest = slice_sub(line->text, from, line->text.len);
    struct edtf_date time = {0};
    uint32_t start, end;
    if (page->change.has_time || page->modified_rank || line->prose || !may_have_digit(rest) ||
        !(date_page_position(page, line->index) & beside) ||
        page->job->article.blocks[line->index].role == ROLE_COMMENT ||
        !date_grammar_read_change(&page->grammar, rest, page->style, &time, &start, &end))
        return;
    page->change = time;
    page->change_raw = slice_sub(rest, start, end);
}

static void read_line(struct date_page *page, const struct line *line)
{
    struct date_mentions found = {.arena = page->job->arena};
    size_t previous = 0;
    date_grammar_read(&page->grammar, slice_sub(line->text, 0, line->prose ? INLINE_REACH : line->text.len),
                      page->style, &found);
    take_change_of_day(page, line, found.count ? found.items[found.count - 1].end : 0);
    if (!found.count)
        return;
    enum date_cue *cues = arena_calloc(page->job->arena, found.count, sizeof *cues);
    for (size_t m = 0; m < found.count; m++) {
        cues[m] = cue_of_line(page, line, &found.items[m], previous, m + 1 == found.count && !line->prose);
        previous = found.items[m].end;
    }
    tell_published(&found, cues);
    for (size_t m = 0; m < found.count; m++)
        add_line_date(page, line, &found.items[m], cues[m]);
}

void date_page_read_lines(struct date_page *page)
{
    struct line line;
    for (uint32_t i = 0; i < page->job->article.block_count && page->count < DATE_MAX_CANDIDATES; i++)
        if (open_line(page, i, &line))
            read_line(page, &line);
}
