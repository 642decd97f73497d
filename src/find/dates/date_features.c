/* What speaks for and against a day. */
#include "date_candidates.h"

static float as_feature(bool value)
{
    return value ? 1.0f : 0.0f;
}

static bool is_comment(const struct date_candidate *candidate)
{
    return (candidate->first_block != NO_BLOCK && (candidate->blemishes & DATE_COMMENT)) ||
           (candidate->traces & DATE_OF_ITEM);
}

static bool is_foreign(const struct date_candidate *candidate)
{
    return candidate->first_block != NO_BLOCK && (candidate->blemishes & DATE_FOREIGN) &&
           !(candidate->places & DATE_OF_PAGE);
}

/* What a reader's comment says of itself, it says of the comment; a class "release" around "Release: ..." no more. */
static unsigned own_places(const struct date_candidate *candidate)
{
    const unsigned of_comment =
        DATE_IN_MICRO | DATE_IN_PUBDATE | DATE_IN_FIRST_TIME | DATE_IN_CLASS | DATE_CUED_PUBLISHED;
    unsigned out = is_comment(candidate) || is_foreign(candidate) ? of_comment : 0;
    if (candidate->first_block != NO_BLOCK &&
        candidate->blemishes & (DATE_RELATED | DATE_ASIDE | DATE_NAV | DATE_FOOTER))
        out |= DATE_IN_FIRST_TIME; /* the first of another story */
    return candidate->places & ~out;
}

static void set_places(const struct date_candidate *candidate, float *f)
{
    unsigned places = own_places(candidate);
    static const struct {
        unsigned place;
        enum date_feature feature;
    } table[] = {
        {DATE_IN_JSON, DF_JSON_PUBLISHED},
        {DATE_IN_JSON_NEWS, DF_JSON_NEWS},
        {DATE_IN_JSON_PAGE, DF_JSON_PAGE},
        {DATE_IN_JSON_OTHER, DF_JSON_OTHER},
        {DATE_IN_JSON_MODIFIED, DF_JSON_MODIFIED},
        {DATE_IN_META, DF_META_PUBLISHED},
        {DATE_IN_OPEN_GRAPH, DF_OG_PUBLISHED},
        {DATE_IN_META_TIME, DF_META_TIME},
        {DATE_IN_META_MODIFIED, DF_META_MODIFIED},
        {DATE_IN_MICRO, DF_MICRO_PUBLISHED},
        {DATE_IN_MICRO_MODIFIED, DF_MICRO_MODIFIED},
        {DATE_IN_PUBDATE, DF_TIME_PUBDATE},
        {DATE_IN_FIRST_TIME, DF_TIME_FIRST},
        {DATE_IN_TIME, DF_TIME},
        {DATE_IN_CLASS, DF_CLASS_PUBLISHED},
        {DATE_IN_CLASS_MODIFIED, DF_CLASS_MODIFIED},
        {DATE_IN_CLASS_TIME, DF_CLASS_TIME},
        {DATE_IN_URL, DF_URL},
        {DATE_IN_TEXT, DF_TEXT},
        {DATE_IN_TEXT_ALONE, DF_TEXT_ALONE},
        {DATE_IN_TEXT_INLINE, DF_TEXT_INLINE},
        {DATE_IN_HEADLINE, DF_TEXT_HEADLINE},
        {DATE_IN_TITLE, DF_TEXT_TITLE},
        {DATE_CUED_PUBLISHED, DF_CUE_PUBLISHED},
        {DATE_CUED_MODIFIED, DF_CUE_MODIFIED},
        {DATE_NEAR_HEADLINE, DF_NEAR_HEADLINE},
        {DATE_JUST_ABOVE, DF_JUST_ABOVE},
        {DATE_BEFORE_BODY, DF_BEFORE_BODY},
        {DATE_BELOW_BODY, DF_BELOW_BODY},
        {DATE_IN_ARTICLE, DF_IN_ARTICLE},
        {DATE_IN_META_LINE, DF_IN_META},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        f[table[i].feature] = as_feature(places & table[i].place);
    f[DF_ONLY_MODIFIED] = as_feature(date_is_change(candidate));
}

static void set_blemishes(const struct date_candidate *candidate, float *f)
{
    static const struct {
        unsigned blemish;
        enum date_feature feature;
    } table[] = {
        {DATE_ASIDE, DF_ONLY_ASIDE},     {DATE_FOOTER, DF_ONLY_FOOTER},   {DATE_NAV, DF_ONLY_NAV},
        {DATE_LIST, DF_ONLY_LIST},       {DATE_COMMENT, DF_ONLY_COMMENT}, {DATE_RELATED, DF_ONLY_RELATED},
        {DATE_LINKED, DF_ONLY_LINKED},   {DATE_FAR, DF_ONLY_FAR},         {DATE_INLINE, DF_ONLY_INLINE},
        {DATE_CAPTION, DF_ONLY_CAPTION}, {DATE_FOREIGN, DF_CUE_FOREIGN},  {DATE_HEADER, DF_ONLY_HEADER},
    };
    if (candidate->first_block == NO_BLOCK || (candidate->places & DATE_OF_PAGE)) /* said elsewhere as well */
        return;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        f[table[i].feature] = as_feature(candidate->blemishes & table[i].blemish);
    f[DF_ONLY_COMMENT] = as_feature(is_comment(candidate));
    const unsigned around = DATE_ASIDE | DATE_NAV | DATE_COMMENT | DATE_RELATED | DATE_LINKED | DATE_FAR;
    /* a line of the article that says "published" is not another story's, whatever its container is called */
    bool said = (candidate->places & DATE_CUED_PUBLISHED) && (candidate->places & DATE_IN_ARTICLE);
    if (said)
        f[DF_ONLY_ASIDE] = f[DF_ONLY_RELATED] = 0;
    unsigned others = said ? 0 : candidate->blemishes & around;
    f[DF_BLEMISHED] = as_feature(others & (others - 1)); /* two at least */
}

static int families_of(unsigned places)
{
    static const unsigned families[] = {DATE_IN_JSON | DATE_IN_JSON_PAGE | DATE_IN_JSON_OTHER,
                                        DATE_IN_META | DATE_IN_OPEN_GRAPH | DATE_IN_META_TIME, DATE_IN_MICRO,
                                        DATE_IN_TIME | DATE_IN_CLASS | DATE_IN_CLASS_TIME | DATE_IN_TEXT, DATE_IN_URL};
    int count = 0;
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        count += (places & families[i]) != 0;
    return count;
}

static int64_t minutes_of(const struct edtf_date *date)
{
    struct civil day = {date->year, date->month, date->day};
    return calendar_to_days(day) * 1440 + date->hour * 60 + date->minute;
}

/* Is the time on the wall that of the stamp in UTC, somewhere on earth? Nearly all offsets are of whole or half hours.
 */
static bool is_same_instant(const struct edtf_date *stamp, const struct edtf_date *wall)
{
    if (!stamp->year || !wall->year)
        return false;
    int64_t east = minutes_of(wall) - minutes_of(stamp);
    if (wall->has_offset)
        return east == wall->offset;
    return east % 30 == 0 && east >= -12 * 60 && east <= 14 * 60;
}

static void set_instants(const struct date_candidate *candidate, const struct date_candidate *other, float *f)
{
    if (is_same_instant(&candidate->stamp, &other->wall))
        f[DF_STAMP_OF_WALL] = 1;
    if (is_same_instant(&other->stamp, &candidate->wall))
        f[DF_WALL_OF_STAMP] = 1;
}

/* Three dated lines or more that look alike are those of a list: other stories, events, comments, reviews. Beside the
 * article and below it two are enough. */
static void set_series(const struct date_page *page, const struct date_candidate *candidate, float *f)
{
    bool below = (candidate->places & (DATE_BELOW_BODY | DATE_BEFORE_BODY | DATE_NEAR_HEADLINE)) == DATE_BELOW_BODY;
    uint32_t least = f[DF_BLEMISHED] > 0 || below ? 2 : 3;
    if (f[DF_HOME_NEWEST] > 0)
        return;
    for (size_t i = 0; i < page->looks_count && candidate->first_block != NO_BLOCK; i++)
        if (page->looks[i].looks == candidate->looks && page->looks[i].count >= least)
            f[DF_SERIES] = 1;
}

/* A change by the words beside it, or one that only the head of the page knows of. A day in sight without a word is
 * what the page shows as its date, though the head calls it a change. */
static bool is_told_change(const struct date_candidate *candidate)
{
    bool told = candidate->places & (DATE_CUED_MODIFIED | DATE_IN_CLASS_MODIFIED | DATE_IN_MICRO_MODIFIED);
    return date_is_change(candidate) && (told || !(candidate->places & DATE_IN_TEXT));
}

static bool is_above(const struct date_candidate *candidate)
{
    return (candidate->places & (DATE_JUST_ABOVE | DATE_NEAR_HEADLINE)) == DATE_JUST_ABOVE &&
           !(candidate->places & (DATE_OF_PAGE | DATE_IN_MICRO | DATE_CUED_PUBLISHED));
}

static bool is_inline(const struct date_candidate *candidate)
{
    return candidate->first_block != NO_BLOCK && candidate->blemishes & DATE_INLINE;
}

/* Words with a day in them, where nothing says that the line gives the page's date. */
static bool is_told_of(const struct date_candidate *candidate)
{
    const unsigned given = DATE_OF_PAGE | DATE_IN_MICRO | DATE_IN_TEXT_ALONE | DATE_IN_CLASS | DATE_IN_CLASS_TIME |
                           DATE_IN_TIME | DATE_CUED_PUBLISHED | DATE_IN_TITLE;
    return (candidate->places & DATE_IN_TEXT) && !(candidate->places & given) &&
           !(candidate->traces & DATE_OPENS_PROSE);
}

/* A home page is as old as the news that it shows first. What is to come is listed the other way round. */
static bool heads_its_list(const struct date_page *page, const struct date_candidate *candidate)
{
    const unsigned given = DATE_IN_TEXT_ALONE | DATE_IN_CLASS | DATE_IN_CLASS_TIME | DATE_IN_TIME | DATE_CUED_PUBLISHED;
    bool first = candidate->first_block != NO_BLOCK && candidate->places & given && !is_foreign(candidate);
    for (size_t i = 0; i < page->count && first; i++)
        first =
            page->candidates[i].looks != candidate->looks || page->candidates[i].first_block >= candidate->first_block;
    return first;
}

/* The other days of the page. A stamp in UTC and the day on the reader's wall differ by one. */
static void set_rivals(const struct date_page *page, const struct date_candidate *candidate, float *f)
{
    int64_t day = calendar_to_days(candidate->day);
    bool claimed = false, oldest = true, newest = true, first = true, first_below = candidate->distance != UINT32_MAX;
    bool single = true;
    for (size_t i = 0; i < page->count; i++) {
        const struct date_candidate *other = &page->candidates[i];
        single &= other == candidate || !(other->places || other->traces & DATE_IN_FIRST_SCRIPT);
        if (other == candidate || !other->places)
            continue;
        int64_t days = calendar_to_days(other->day) - day;
        bool visible = (other->places & (DATE_NEAR_HEADLINE | DATE_BEFORE_BODY)) &&
                       (other->places & (DATE_IN_TEXT | DATE_IN_CLASS | DATE_IN_CLASS_TIME));
        claimed |= (other->places & DATE_CLAIMED) != 0;
        oldest &= days > 0;
        newest &= days < 0;
        first &= other->first_block >= candidate->first_block;
        first_below &= other->distance >= candidate->distance;
        if ((days == 1 || days == -1) && (other->places & DATE_CLAIMED))
            f[DF_NEXT_TO_CLAIM] = 1;
        if ((days == 1 || days == -1) && visible)
            f[DF_NEXT_TO_VISIBLE] = 1;
        if (days == 1 || days == -1)
            set_instants(candidate, other, f);
        /* today's date stands above the headline, the article's below it */
        if (is_above(candidate) && (other->places & DATE_NEAR_HEADLINE) && (other->places & DATE_IN_TEXT))
            f[DF_ABOVE_RIVAL] = 1;
        bool entry = page->live && days < 0 && !(candidate->places & DATE_CLAIMED);
        const unsigned published = (DATE_CLAIMED & ~(unsigned)DATE_IN_JSON_PAGE) | DATE_CUED_PUBLISHED;
        if ((entry || is_told_change(candidate)) && (other->places & published))
            f[DF_CHANGE_OF_CLAIMED] = 1;
        if ((days > 1 || days < -1) && (other->places & (DATE_IN_JSON | DATE_IN_MICRO)) &&
            (other->places & (DATE_IN_OPEN_GRAPH | DATE_IN_META | DATE_IN_URL | DATE_IN_JSON_NEWS)))
            f[DF_CONTRADICTED] = 1;
    }
    if (f[DF_WALL_OF_STAMP] > 0) /* what was claimed, in the page's own time */
        f[DF_CHANGE_OF_CLAIMED] = f[DF_ONLY_MODIFIED] = 0;
    bool own = (candidate->places & DATE_CLAIMED) != 0;
    f[DF_OTHER_CLAIMED] = as_feature(claimed && !own);
    f[DF_NOTHING_CLAIMED] = as_feature(!claimed && !own);
    f[DF_OLDEST] = as_feature(oldest && !single && !own); /* comments and later stories follow what is claimed */
    f[DF_NEWEST] = as_feature(newest && !single);
    f[DF_SINGLE] = as_feature(single);
    bool beside = f[DF_OTHER_CLAIMED] > 0 && f[DF_NEXT_TO_CLAIM] == 0;
    f[DF_TEXT_TOLD] = as_feature(is_told_of(candidate) && (beside || is_inline(candidate)));
    f[DF_TEXT_BELOW] = as_feature(is_told_of(candidate) && !(candidate->places & (DATE_BEFORE_BODY | DATE_JUST_ABOVE)));
    f[DF_HOME_NEWEST] = as_feature(page->traits[DF_PAGE_HOME] > 0 && f[DF_NEWEST] > 0 && f[DF_NOTHING_CLAIMED] > 0 &&
                                   heads_its_list(page, candidate));
    f[DF_FIRST_VISIBLE] = as_feature(first && candidate->first_block != NO_BLOCK);
    f[DF_FIRST_BELOW] = as_feature(first_below);
}

static void set_url(const struct date_page *page, const struct date_candidate *candidate, float *f)
{
    const struct edtf_date *url = &page->url.start;
    bool same_month = url->year == candidate->day.year && url->month == candidate->day.month;
    f[DF_URL_OTHER] = as_feature(url->day && !(candidate->places & DATE_IN_URL));
    f[DF_URL_MONTH] = as_feature(url->year && !url->day && same_month);
    f[DF_URL_MONTH_OTHER] = as_feature(url->year && !same_month);
}

static void set_traces(const struct date_page *page, const struct date_candidate *candidate, float *f)
{
    const struct edtf_date *image = &page->image.start;
    f[DF_SCRIPT_FIRST] = as_feature(candidate->traces & DATE_IN_FIRST_SCRIPT);
    f[DF_DATELINE] = as_feature(candidate->traces & DATE_OPENS_PROSE);
    f[DF_IMAGE_MONTH] =
        as_feature(image->year && image->year == candidate->day.year && image->month == candidate->day.month);
}

/* ---------------------------------------------------------------- the page */

#define LONG_PROSE 1500u /* bytes of prose: more than a shop's or a contact page has */
#define SHORT_PROSE 300u
#define SLUG_HYPHENS 3 /* words of a title in the address */

static bool claims_type(const struct claim *claim, struct slice part)
{
    return claim->kind == CLAIM_TYPE && slice_contains_nocase(claim->value, part);
}

static void read_types(const struct article *article, float *f)
{
    for (uint32_t i = 0; i < article->claim_count; i++) {
        const struct claim *claim = &article->claims[i];
        bool open_graph = claim->source == SOURCE_OPEN_GRAPH || claim->source == SOURCE_META;
        if (claim->article)
            f[DF_ARTICLE_PAGE] = 1;
        if (claims_type(claim, SLICE("article")))
            f[open_graph ? DF_PAGE_OG_ARTICLE : DF_PAGE_TYPE_NEWS] = 1;
        else if (claim->kind == CLAIM_TYPE)
            f[open_graph ? DF_PAGE_OG_WEBSITE : DF_PAGE_TYPE_OTHER] = 1;
        if (claim->kind == CLAIM_AUTHOR)
            f[DF_PAGE_AUTHORED] = 1;
    }
}

static void read_address(struct slice url, float *f)
{
    size_t scheme = slice_find(url, SLICE("://"), 0), slashes = 0, hyphens = 0, segment = 0, most = 0;
    size_t end = slice_find_byte(url, '?', 0);
    end = end == SLICE_NOT_FOUND ? url.len : end;
    for (size_t i = scheme == SLICE_NOT_FOUND ? 0 : scheme + 3; i < end; i++) {
        if (url.ptr[i] == '/') {
            slashes++;
            segment = i + 1;
            hyphens = 0;
        } else if (slashes && (url.ptr[i] == '-' || url.ptr[i] == '_')) {
            hyphens++;
        }
        most = hyphens > most ? hyphens : most;
    }
    if (!url.len)
        return;
    f[DF_PAGE_HOME] = as_feature(slashes == 0 || (slashes == 1 && segment == end));
    f[DF_PAGE_SLUG] = as_feature(most >= SLUG_HYPHENS);
}

static void read_blocks(const struct article *article, float *f)
{
    size_t prose = 0;
    for (uint32_t i = 0; i < article->block_count; i++) {
        const struct block *block = &article->blocks[i];
        if (block->role == ROLE_BODY)
            prose += block->span.end - block->span.start;
        if (block->role == ROLE_COMMENT)
            f[DF_PAGE_HAS_COMMENTS] = 1;
    }
    f[DF_PAGE_LONG_PROSE] = as_feature(prose >= LONG_PROSE);
    f[DF_PAGE_SHORT_PROSE] = as_feature(prose < SHORT_PROSE);
}

void date_page_read_traits(struct date_page *page)
{
    const struct article *article = &page->job->article;
    float *f = page->traits;
    bool visible = false, near = false;
    for (size_t i = 0; i < page->count; i++) {
        visible |= page->candidates[i].first_block != NO_BLOCK;
        near |= (page->candidates[i].places & (DATE_NEAR_HEADLINE | DATE_JUST_ABOVE | DATE_BEFORE_BODY)) != 0;
    }
    bool shows = article->block_count > 0; /* where nothing is shown, no date being shown says nothing */
    f[DF_PAGE_NO_VISIBLE] = as_feature(shows && !visible);
    f[DF_PAGE_NO_NEAR] = as_feature(shows && !near);
    read_types(article, f);
    read_address(job_page_url(page->job), f);
    read_blocks(article, f);
}

/* Does its place say anything of it? Not where it is one of a list, nor where it belongs to something else. */
static bool is_placed(const struct date_candidate *candidate, const float *f)
{
    bool told =
        is_inline(candidate) && (f[DF_OTHER_CLAIMED] > 0 || f[DF_TEXT_TOLD] > 0); /* prose tells of other days */
    if (is_foreign(candidate) || told)
        return false;
    if (candidate->first_block == NO_BLOCK || candidate->places & (DATE_OF_PAGE | DATE_CUED_PUBLISHED | DATE_IN_CLASS))
        return true;
    if (f[DF_HOME_NEWEST] > 0)
        return true;
    return f[DF_SERIES] == 0 && !is_comment(candidate) && !(candidate->blemishes & DATE_CAPTION);
}

static void set_nearness(const struct date_candidate *candidate, float *f)
{
    static const enum date_feature of_place[] = {DF_NEAR_HEADLINE, DF_JUST_ABOVE,  DF_BEFORE_BODY, DF_BELOW_BODY,
                                                 DF_FIRST_VISIBLE, DF_FIRST_BELOW, DF_NEWEST};
    f[DF_CLOSE] = candidate->distance == UINT32_MAX ? 0 : 1.0f / (1.0f + (float)candidate->distance / 3);
    bool change = f[DF_CHANGE_OF_CLAIMED] > 0; /* stands wherever the page shows when it was changed */
    if (change || !is_placed(candidate, f)) {
        for (size_t i = 0; i < sizeof of_place / sizeof of_place[0]; i++)
            f[of_place[i]] = 0;
        f[DF_CLOSE] = 0;
        f[DF_UNPLACED] = as_feature(!change);
        f[DF_TIME_FIRST] *= as_feature(!change);
        return;
    }
    bool todays = f[DF_ABOVE_RIVAL] > 0 || f[DF_ONLY_HEADER] > 0; /* the head of the site is near every headline */
    if (todays || !(candidate->places & (DATE_NEAR_HEADLINE | DATE_JUST_ABOVE)))
        return;
    f[DF_NEAR_CUED] = as_feature(candidate->places & DATE_CUED_PUBLISHED);
    f[DF_NEAR_ALONE] = as_feature(candidate->places & DATE_IN_TEXT_ALONE);
    f[DF_NEAR_CLASSED] = as_feature(candidate->places & (DATE_IN_CLASS | DATE_IN_CLASS_TIME | DATE_IN_TIME));
    f[DF_NEAR_UNCLAIMED] =
        as_feature(!(candidate->blemishes & (DATE_INLINE | DATE_FOREIGN)) && f[DF_NOTHING_CLAIMED] > 0);
}

void date_page_features(const struct date_page *page, const struct date_candidate *candidate, float *f)
{
    memcpy(f, page->traits, DATE_FEATURE_COUNT * sizeof *f);
    f[DF_BIAS] = 1;
    set_places(candidate, f);
    set_blemishes(candidate, f);
    set_rivals(page, candidate, f);
    set_series(page, candidate, f);
    set_url(page, candidate, f);
    int families = families_of(candidate->places);
    set_traces(page, candidate, f);
    f[DF_FAMILIES_2] = as_feature(families == 2);
    f[DF_FAMILIES_3] = as_feature(families >= 3);
    f[DF_MANY] = as_feature(page->count > 8);
    f[DF_TIMED] = as_feature(candidate->value.start.has_time && !(candidate->places & DATE_CLAIMED));
    f[DF_REPEATED] = as_feature(candidate->count > 2);
    bool claimed = (candidate->places & DATE_CLAIMED) != 0;
    f[DF_UNSEEN] = as_feature(claimed && candidate->first_block == NO_BLOCK);
    f[DF_UNSEEN_PAGE] = as_feature(claimed && candidate->first_block == NO_BLOCK && page->traits[DF_ARTICLE_PAGE] == 0);
    f[DF_SEEN_CLAIMED] =
        as_feature(claimed && (candidate->places & (DATE_NEAR_HEADLINE | DATE_JUST_ABOVE | DATE_BEFORE_BODY)));
    set_nearness(candidate, f);
    f[DF_UNSEEN_NEWS] = as_feature((candidate->places & DATE_IN_JSON_NEWS) && page->traits[DF_PAGE_NO_VISIBLE] > 0);
    f[DF_JANUARY_FIRST] = as_feature(candidate->day.month == 1 && candidate->day.day == 1);
}
