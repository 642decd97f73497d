/* What speaks for and against a candidate. */
#include "headline_internal.h"

#include "base/utf8.h"

#define LONGEST_NUMBER_WORD 3 /* letters, with its full stop, of a word that announces a number */
#define NEAR_BLOCKS 6         /* between headline and byline stand at most kicker, standfirst, picture, share bar */

static float as_feature(bool value)
{
    return value ? 1.0f : 0.0f;
}

static void set_places(const struct headline_page *page, const struct headline_candidate *candidate, float *f)
{
    static const struct {
        unsigned place;
        enum headline_feature feature;
    } table[] = {
        {PLACE_H1, HF_H1},
        {PLACE_H2, HF_H2},
        {PLACE_LOW_HEADING, HF_LOW_HEADING},
        {PLACE_LOOSE, HF_LOOSE},
        {PLACE_JSON_LD, HF_JSON_LD},
        {PLACE_JSON_LD_OTHER, HF_JSON_LD_OTHER},
        {PLACE_SOCIAL, HF_OPEN_GRAPH},
        {PLACE_MICRODATA, HF_MICRODATA},
        {PLACE_TITLE, HF_TITLE_WHOLE},
        {PLACE_TITLE_HEAD, HF_TITLE_HEAD},
        {PLACE_TITLE_TAIL, HF_TITLE_TAIL},
        {PLACE_SOCIAL_PART, HF_SOCIAL_PART},
        {PLACE_HEADING_PART, HF_HEADING_PART},
        {PLACE_PIECE, HF_PIECE},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        f[table[i].feature] = as_feature(candidate->places & table[i].place);
    f[HF_INVISIBLE] = as_feature(!(candidate->places & PLACE_VISIBLE));
    f[HF_FIRST_H1] = as_feature((candidate->places & PLACE_H1) && candidate->block == page->first_h1);
    f[HF_ONLY_H1] = as_feature((candidate->places & PLACE_H1) && page->h1_count == 1);
    f[HF_FIRST_H2] = as_feature((candidate->places & PLACE_H2) && candidate->block == page->first_h2);
    f[HF_H2_NO_H1] = as_feature((candidate->places & PLACE_H2) && page->h1_count == 0);
    f[HF_PIECE_LABELLED] = as_feature(candidate->is_labelled);
    f[HF_CUT_KICKER] = as_feature(candidate->cut_kicker);
    f[HF_HAS_KICKER] = as_feature(candidate->has_kicker);
    f[HF_REPEATED] = as_feature(candidate->blocks > 1);
}

/* The text ends or begins with a part that looks like the site's name. */
static bool keeps_site(const struct headline_page *page, const struct headline_candidate *candidate, bool *tail)
{
    bool site = false;
    for (size_t i = 0; i < page->count; i++) {
        const struct headline_candidate *part = &page->candidates[i];
        if (!(part->places & PLACE_CUT) || part->wording.key.len >= candidate->wording.key.len)
            continue;
        if (!wording_is_prefix(&part->wording, &candidate->wording) &&
            !wording_is_suffix(&part->wording, &candidate->wording))
            continue;
        *tail = true;
        site |= part->cut_site && slice_equals(part->cut_from, candidate->text);
    }
    return site;
}

/* "press release no. 14/2024" -> "press release": what stands before the first number and the word announcing it. */
static struct slice before_number(struct slice key)
{
    struct slice rest = key, word;
    size_t end = 0;
    while (slice_split(&rest, ' ', &word)) {
        if (slice_has_digit(word))
            return slice_sub(key, 0, end);
        if (utf8_count(word) > LONGEST_NUMBER_WORD)
            end = (size_t)(word.ptr - key.ptr) + word.len;
    }
    return key;
}

/* The kind of a text, or what the site calls its page, with or without a number. */
static bool is_default(const struct headline_page *page, struct slice key)
{
    const struct lexicon_row *row = lexicon_find(page->lexicon->defaults, before_number(key));
    return lexicon_find(page->lexicon->defaults, key) || (row && slice_equals(row->columns[2], SLICE("numbered")));
}

static void set_wording(const struct headline_page *page, const struct headline_candidate *candidate, float *f)
{
    const struct wording *wording = &candidate->wording;
    bool tail = false;
    f[HF_CUT_SITE] = as_feature(candidate->cut_site);
    f[HF_CUT_UNKNOWN] = as_feature(candidate->cut_unknown && !candidate->cut_site);
    f[HF_KEEPS_SITE] = as_feature(keeps_site(page, candidate, &tail));
    f[HF_KEEPS_TAIL] = as_feature(tail);
    f[HF_IS_SITE] = as_feature(site_is_named(page->site, wording));
    f[HF_IS_SITE_OF_H1S] = f[HF_IS_SITE] * as_feature((candidate->places & PLACE_H1) && page->h1_count > 1);
    f[HF_IS_SECTION] = as_feature(site_is_section(page->site, wording));
    f[HF_IS_DEFAULT] = as_feature(is_default(page, wording->key));
    f[HF_ONE_WORD] = as_feature(wording->word_count == 1);
    f[HF_TWO_WORDS] = as_feature(wording->word_count == 2);
    f[HF_FEW_WORDS] = as_feature(wording->word_count == 3 || wording->word_count == 4);
    f[HF_MANY_WORDS] = as_feature(wording->word_count > 25);
}

/* The headings are compared too: a claim that the visible heading repeats in part. */
static float best_heading_f1(const struct headline_page *page, const struct headline_candidate *candidate)
{
    float best = 0;
    for (size_t i = 0; i < page->count; i++) {
        const struct headline_candidate *other = &page->candidates[i];
        if (other == candidate || !(other->places & (PLACE_H1 | PLACE_H2)))
            continue;
        float f1 = wording_f1(&candidate->wording, &other->wording);
        best = f1 > best ? f1 : best;
    }
    return best;
}

#define PLACE_CLAIMED                                                                                                  \
    (PLACE_JSON_LD | PLACE_SOCIAL | PLACE_MICRODATA | PLACE_TITLE | PLACE_TITLE_HEAD | PLACE_SOCIAL_PART)

/* A heading with a kicker glued in front, or a standfirst behind, holds what a claim gives alone. */
static void set_containment(const struct headline_page *page, const struct headline_candidate *candidate, float *f)
{
    bool heading = candidate->places & (PLACE_H1 | PLACE_H2), claim = candidate->places & PLACE_CLAIMED;
    for (size_t i = 0; i < page->count; i++) {
        const struct headline_candidate *other = &page->candidates[i];
        bool other_heading = other->places & (PLACE_H1 | PLACE_H2), other_claim = other->places & PLACE_CLAIMED;
        if (other == candidate || candidate->wording.word_count < 2 || other->wording.word_count < 2)
            continue;
        if (claim && other_heading && wording_is_suffix(&candidate->wording, &other->wording))
            f[HF_SUFFIX_OF_HEADING] = 1;
        if (claim && other_heading && wording_is_prefix(&candidate->wording, &other->wording))
            f[HF_PREFIX_OF_HEADING] = 1;
        if (heading && other_claim && wording_is_suffix(&other->wording, &candidate->wording))
            f[HF_ENDS_WITH_CLAIM] = 1;
        if (heading && other_claim && wording_is_prefix(&other->wording, &candidate->wording))
            f[HF_STARTS_WITH_CLAIM] = 1;
    }
}

static void set_agreement(const struct headline_page *page, const struct headline_candidate *candidate, float *f)
{
    const struct wording *wording = &candidate->wording;
    f[HF_TITLE_F1] = wording_f1(wording, &page->title);
    f[HF_TITLE_STARTS] = as_feature(wording_is_prefix(wording, &page->title));
    f[HF_TITLE_ENDS] = as_feature(wording_is_suffix(wording, &page->title));
    f[HF_SOCIAL_F1] = wording_f1(wording, &page->social);
    f[HF_SOCIAL_CONTAINS] =
        as_feature(wording_is_prefix(wording, &page->social) || wording_is_suffix(wording, &page->social));
    f[HF_CONTAINS_SOCIAL] = as_feature(wording_is_prefix(&page->social, wording));
    f[HF_ENDS_WITH_SOCIAL] = as_feature(wording_is_suffix(&page->social, wording));
    f[HF_JSON_LD_F1] = wording_f1(wording, &page->json_ld);
    f[HF_URL_COVER] = wording_cover(wording, &page->url);
    f[HF_HEADING_F1] = candidate->places & PLACE_VISIBLE ? 0 : best_heading_f1(page, candidate);
}

static bool is_near_byline(const struct article *article, uint32_t block)
{
    for (uint32_t i = 0; i < article->claim_count; i++) {
        const struct claim *claim = &article->claims[i];
        bool byline = claim->kind == CLAIM_AUTHOR || claim->kind == CLAIM_TIME || claim->kind == CLAIM_PUBLISHED;
        if (byline && claim->block != NO_BLOCK && claim->block >= block && claim->block - block <= NEAR_BLOCKS)
            return true;
    }
    return false;
}

static void set_position(const struct headline_page *page, uint32_t block, float *f)
{
    const struct article *article = &page->job->article;
    bool known = page->body_start != NO_BLOCK;
    f[HF_BEFORE_BODY] = as_feature(known && block <= page->body_start);
    f[HF_NEAR_BODY] = known && block <= page->body_start ? 1.0f / (1.0f + (float)(page->body_start - block) / 4) : 0;
    f[HF_AFTER_BODY] = as_feature(known && block >= page->body_end);
    f[HF_NEAR_BYLINE] = as_feature(is_near_byline(article, block));
    f[HF_RANK] = 1.0f / (1.0f + (float)block / 50);
}

static void set_surroundings(struct headline_page *page, const struct block *block, float *f)
{
    static const struct {
        unsigned flag;
        enum headline_feature feature;
    } flags[] =
        {
            {BLOCK_IN_ARTICLE, HF_IN_ARTICLE}, {BLOCK_IN_MAIN, HF_IN_MAIN},   {BLOCK_IN_HEADER, HF_IN_HEADER},
            {BLOCK_IN_NAV, HF_IN_NAV},         {BLOCK_IN_ASIDE, HF_IN_ASIDE}, {BLOCK_IN_FOOTER, HF_IN_FOOTER},
            {BLOCK_IN_LIST, HF_IN_LIST},       {BLOCK_HIDDEN, HF_HIDDEN},
        },
      hints[] = {
          {HINT_HEADLINE, HF_LABEL_HEADLINE}, {HINT_COMMENT, HF_LABEL_COMMENT}, {HINT_RELATED, HF_LABEL_RELATED},
          {HINT_SITE, HF_LABEL_SITE},         {HINT_MENU, HF_LABEL_MENU},       {HINT_ASIDE, HF_LABEL_ASIDE},
          {HINT_NOTICE, HF_LABEL_NOTICE},
      };
    unsigned label = labels_of_block(&page->labels, block);
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        f[flags[i].feature] = as_feature(block->flags & flags[i].flag);
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        f[hints[i].feature] = as_feature(label & hints[i].flag);
    f[HF_IN_ARTICLE_HEADER] = f[HF_IN_ARTICLE] * f[HF_IN_HEADER];
    f[HF_LINKED] = as_feature(block->link_bytes * 5 > (block->span.end - block->span.start) * 4);
}

void headline_features(struct headline_page *page, const struct headline_candidate *candidate, float *features)
{
    memset(features, 0, HEADLINE_FEATURE_COUNT * sizeof *features);
    set_places(page, candidate, features);
    set_wording(page, candidate, features);
    set_agreement(page, candidate, features);
    set_containment(page, candidate, features);
    if (candidate->block == NO_BLOCK)
        return;
    set_position(page, candidate->block, features);
    set_surroundings(page, &page->job->article.blocks[candidate->block], features);
}
