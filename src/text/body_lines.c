/* What a single line of a page says of itself: a notice, a pointer, a sign. */
#include "body_scan_internal.h"

#define MARKER 80        /* bytes; a longer line is no label */
#define COPYRIGHT_CUE 7.0f /* "Copyright" at the start */
#define RIGHTS 120
#define CERTAIN_CUE 3.0f /* weight of a phrase */
#define NEAR 2          /* levels up to the label */
#define POINTER_CUE 4.5f /* the same, in a link */
#define POINTER 200      /* bytes */
#define POINTER_LABEL 30 /* bytes before its mark */
#define FILED_CUE 3.0f   /* of words before the names of sections and topics */
#define CREDIT_CUE 3.5f
#define CREDIT_HEAD 5.0f /* the same, at the start of the line: "Photo: " */
#define BYLINE_CUE 4.0f
#define READING_CUE 2.5f /* of words that stand beside a name or the time that reading takes */
#define CREDIT 90       /* bytes */
#define NAMES 0.4f      /* share of words in small letters: a line of names has no more */
#define DATELINE 100
#define BELOW_HEADLINE 6 /* blocks */
#define HALF_DATE 1.5f   /* half of the words of the line are a date's, or as short as its words */
#define WHOLE_DATE 1.99f /* no word of the line but those of a date */
#define LABEL 40        /* bytes */
#define INVITATION 200  /* bytes */
#define BETWEEN 3       /* bytes of "of", "von" */
#define FOR_READERS 3   /* weight of a place that is nothing but a way to read a site */

bool body_lines_is_copyright(const struct block_facts *facts)
{
    return (facts->copyright || facts->cues[CUE_OF_FOOTER] >= COPYRIGHT_CUE) && facts->length <= RIGHTS;
}

static bool is_near(const struct body_scan *scan, uint32_t section, enum section_class class)
{
    const uint8_t *own = scan->distances + (size_t)section * SECTION_CLASS_COUNT;
    const uint8_t *best = scan->distances + (size_t)scan->best_section * SECTION_CLASS_COUNT;
    return own[class] <= NEAR && own[class] < best[class] && best[class] > NEAR;
}

/* "Advertisement" and nothing else; a short plea to subscribe; whether the page was of help; how many comments there
 * are; a line of copyright, whom to call. On labelled pages one in fifty of these is prose. */
static bool is_notice(const struct block_facts *facts)
{
    static const struct {
        enum body_cue cue;
        float weight, length; /* of the phrase at least; bytes of the block at most */
    } notices[] = {
        {CUE_OF_ADVERTISEMENT, 5, 120}, {CUE_OF_NEWSLETTER, 5, 250}, {CUE_OF_NEWSLETTER, 4, 80}, {CUE_OF_SHARE, 3, 80},
        {CUE_OF_CONSENT, 4, 250},       {CUE_OF_COMMENT, 4, 120},    {CUE_OF_FOOTER, 6, 120},
    };
    for (size_t i = 0; i < sizeof notices / sizeof notices[0]; i++)
        if (facts->cues[notices[i].cue] >= notices[i].weight && facts->length <= notices[i].length)
            return true;
    return body_lines_is_copyright(facts);
}

/* "Suggested: ...", "CZYTAJ TEŻ | ...": a label and a mark, and all that stands behind them is one link. */
static bool is_labelled_link(const struct body_scan *scan, uint32_t index)
{
    const struct block *block = &scan->article->blocks[index];
    if (block->links != 1 || block->tag == BLOCK_LIST_ITEM || scan->blocks[index].length > POINTER)
        return false;
    struct slice text = block_text(scan->article, block);
    size_t colon = slice_find_byte(text, ':', 0), bar = slice_find_byte(text, '|', 0);
    size_t mark = bar < colon ? bar : colon, unlinked = text.len - block->link_bytes;
    if (mark > POINTER_LABEL || unlinked <= mark || unlinked > mark + 2) /* the mark and a blank at most */
        return false;
    struct slice link = slice_trim(slice_sub(text, mark + 1, text.len));
    /* "Account: @ada" tells no other story, but where to find whom the line speaks of. */
    return !slice_starts(link, SLICE("@")) && !slice_starts_nocase(link, SLICE("http")) &&
           !slice_starts_nocase(link, SLICE("www."));
}

/* "Read also: ..." as a link; "Category: Sport", the same. */
static bool is_pointer(const struct body_scan *scan, uint32_t index)
{
    const struct block_facts *facts = &scan->blocks[index];
    bool filed = facts->cues[CUE_OF_NAVIGATION] >= FILED_CUE && facts->length <= MARKER;
    return facts->link_density > 0.5f &&
           (facts->cues[CUE_OF_TEASER] >= POINTER_CUE || filed || is_labelled_link(scan, index));
}

/* "Photo: ..." in a figure, as a line without an end of sentence, or with a name and nothing else. On labelled pages
 * one in forty is prose. */
static bool is_credit(const struct block_facts *facts, const struct block *block)
{
    bool picture = block->tag == BLOCK_CAPTION || block->flags & BLOCK_IN_FIGURE;
    bool line = facts->ending == 0 && facts->cues[CUE_OF_CAPTION] >= CREDIT_HEAD;
    return facts->cues[CUE_OF_CAPTION] >= CREDIT_CUE &&
           (picture || (facts->length <= CREDIT && (line || facts->running <= NAMES)));
}

/* The caption of a picture in a story that has more to read beside its pictures. On labelled pages one in seven is
 * prose, but held out the forests find those no oftener than they take one for prose that is none. */
static bool is_caption(const struct body_scan *scan, const struct block *block)
{
    return block->tag == BLOCK_CAPTION && block->flags & BLOCK_IN_FIGURE && !(block->flags & BLOCK_IN_TABLE) &&
           scan->captions * 2 < scan->prose;
}

/* "By Ann Poe and Bo Li", "3 minutes read". On labelled pages one in twenty is prose. */
static bool is_byline(const struct block_facts *facts)
{
    if (facts->cues[CUE_OF_BYLINE] >= READING_CUE && facts->length <= LABEL && facts->ending == 0)
        return true;
    return facts->cues[CUE_OF_BYLINE] >= BYLINE_CUE && facts->length <= MARKER &&
           (facts->running <= NAMES || facts->ending == 0);
}

/* "News | 14-09-2021 | 15:00" below the headline. On labelled pages one in fifty is prose. */
static bool is_dateline(const struct body_scan *scan, uint32_t index)
{
    const struct block_facts *facts = &scan->blocks[index];
    bool below = scan->headline != NO_BLOCK && index > scan->headline && index - scan->headline <= BELOW_HEADLINE;
    return below && facts->dated >= HALF_DATE && facts->ending == 0 && facts->length <= DATELINE;
}

/* A date of the page that stands alone, or a line that is nothing but one. Of the latter one in seventy is prose on
 * labelled pages. */
static bool is_date(const struct body_scan *scan, uint32_t index)
{
    const struct block *block = &scan->article->blocks[index];
    bool listed = block->tag == BLOCK_LIST_ITEM || block->flags & (BLOCK_IN_TABLE | BLOCK_IN_QUOTE);
    return (scan->matches[index].times > 0 && scan->blocks[index].length <= LABEL) ||
           (!listed && (scan->blocks[index].dated >= WHOLE_DATE || is_dateline(scan, index)));
}

/* A short line at which the markup names an author. */
static bool is_claimed_author(const struct body_scan *scan, uint32_t index)
{
    return scan->matches[index].authors > 0 && scan->blocks[index].length <= MARKER && scan->blocks[index].ending == 0;
}

/* "doyun@daily.example", alone or with a few words before it. On labelled pages one in ten is prose. */
static bool is_address(const struct body_scan *scan, uint32_t index)
{
    const struct block_facts *facts = &scan->blocks[index];
    if (!facts->at_sign || facts->start == 3 || facts->ending || facts->length > MARKER)
        return false;
    struct slice text = block_text(scan->article, &scan->article->blocks[index]);
    size_t at = slice_find_byte(text, '@', 0);
    return at > 0 && text.ptr[at - 1] != ' ' && text.ptr[at - 1] != '(' &&
           slice_find_byte(text, '.', at) != SLICE_NOT_FOUND;
}

static bool is_number_mark(char c)
{
    return ascii_is_digit(c) || strchr(" .,+%/()-", c);
}

/* Bytes of digits and what stands between them. */
static size_t number_length(struct slice text)
{
    size_t len = 0;
    while (len < text.len && is_number_mark(text.ptr[len]))
        len++;
    return len;
}

/* "2010", "2008-2012": such a line heads what happened then. */
static bool is_year(struct slice text)
{
    return text.len >= 4 && (slice_starts(text, SLICE("19")) || slice_starts(text, SLICE("20"))) &&
           number_length(slice_sub(text, 0, 4)) == 4 && (text.len == 4 || text.len == 9);
}

/* "412", "1/9", "1 of 3", "Views: 412": a number alone, two with a short word between, or behind a label. On labelled
 * pages hardly one is prose. */
static bool is_count(const struct body_scan *scan, uint32_t index)
{
    const struct block *block = &scan->article->blocks[index];
    const struct block_facts *facts = &scan->blocks[index];
    if (facts->digits <= 0 || facts->ending || facts->length > LABEL || block->tag == BLOCK_LIST_ITEM ||
        block->tag == BLOCK_PREFORMATTED || block->flags & (BLOCK_IN_TABLE | BLOCK_BOLD))
        return false;
    struct slice text = block_text(scan->article, block);
    if (is_year(text))
        return false;
    size_t at = slice_find_byte(text, ':', 0), number = number_length(text);
    if (at != SLICE_NOT_FOUND && number == 0)
        return at + 1 < text.len && number_length(slice_sub(text, at + 1, text.len)) == text.len - at - 1;
    size_t blank = slice_find_byte(text, ' ', number);
    bool between =
        number && blank != SLICE_NOT_FOUND && blank - number <= BETWEEN && ascii_is_digit(text.ptr[text.len - 1]);
    return number == text.len || (between && number_length(slice_sub(text, blank, text.len)) == text.len - blank);
}

/* "Follow us on Facebook and Instagram", in any language: two places to follow a site are named, and as many links
 * there. */
static bool is_invitation(const struct block_facts *facts, const struct block *block)
{
    return facts->channels >= 2 && facts->length <= INVITATION && (block->links > 1 || facts->channels >= FOR_READERS);
}

/* A line that says whose the story, its picture or its day is. */
static bool is_sign(const struct body_scan *scan, uint32_t index)
{
    const struct block *block = &scan->article->blocks[index];
    const struct block_facts *facts = &scan->blocks[index];
    return block->tag != BLOCK_HEADING &&
           (is_date(scan, index) || is_byline(facts) || is_claimed_author(scan, index) || is_credit(facts, block) ||
            is_caption(scan, block) || is_address(scan, index) || is_count(scan, index) || facts->sign);
}

bool body_lines_is_box(const struct body_scan *scan, uint32_t index)
{
    static const struct {
        enum section_class class;
        enum body_cue cue;
    } boxes[] = {
        {SECTION_NEWSLETTER, CUE_OF_NEWSLETTER}, {SECTION_CONSENT, CUE_OF_CONSENT}, {SECTION_SHARE, CUE_OF_SHARE},
        {SECTION_ADVERTISEMENT, CUE_OF_ADVERTISEMENT}, {SECTION_RELATED, CUE_OF_TEASER},
    };
    if (is_invitation(&scan->blocks[index], &scan->article->blocks[index]) || is_notice(&scan->blocks[index]) ||
        is_pointer(scan, index) || is_sign(scan, index))
        return true;
    for (size_t i = 0; i < sizeof boxes / sizeof boxes[0]; i++)
        if (scan->blocks[index].cues[boxes[i].cue] >= CERTAIN_CUE &&
            is_near(scan, scan->article->blocks[index].section, boxes[i].class))
            return true;
    return false;
}
