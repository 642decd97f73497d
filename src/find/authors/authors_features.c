/* What speaks for and against a set of names. */
#include "authors_internal.h"

#include "article/knowledge.h"
#include "base/utf8.h"
#include "model/gazetteer.h"

#define NEAR_HEADLINE 6 /* blocks between headline and byline */
#define MOST_PASSED 8   /* words; a sentence has as many before a name that stands in it */
#define LONG_BLOCK 100  /* bytes; bylines are shorter */

static float as_feature(bool value)
{
    return value ? 1.0f : 0.0f;
}

static void set_places(const struct author_candidate *candidate, float *f)
{
    static const struct {
        unsigned place;
        enum author_feature feature;
    } table[] = {
        {AUTHOR_JSON_LD, AF_JSON_LD},     {AUTHOR_JSON_LD_OTHER, AF_JSON_LD_OTHER},
        {AUTHOR_META, AF_META},           {AUTHOR_META_OTHER, AF_META_OTHER},
        {AUTHOR_MICRODATA, AF_MICRODATA}, {AUTHOR_REL, AF_REL_AUTHOR},
        {AUTHOR_CLASS, AF_CLASS},         {AUTHOR_CUE, AF_CUE},
        {AUTHOR_ADDRESS, AF_ADDRESS},
    };
    f[AF_BIAS] = 1;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        f[table[i].feature] = as_feature(candidate->places & table[i].place);
    f[AF_LABEL_ONLY] = as_feature(candidate->places == AUTHOR_LABEL);
    f[AF_PLAIN] = as_feature(candidate->places == AUTHOR_PLAIN);
    f[AF_STRONG_CUE] = as_feature(candidate->strong_cue);
    f[AF_PASSED] = (float)(candidate->passed < MOST_PASSED ? candidate->passed : MOST_PASSED) / (float)MOST_PASSED;
    f[AF_JOB_BESIDE] = as_feature(candidate->job);
    f[AF_NEWSROOM_BESIDE] = as_feature(candidate->newsroom);
    f[AF_TYPE_PERSON] = as_feature(candidate->type_person);
    f[AF_ORGANIZATION] = as_feature(candidate->type_organization);
}

/* Names that both have. */
static size_t common_names(const struct author_candidate *a, const struct author_candidate *b)
{
    size_t common = 0;
    for (size_t i = 0; i < a->name_count; i++)
        for (size_t j = 0; j < b->name_count; j++)
            common += slice_equals(a->wordings[i].letters, b->wordings[j].letters);
    return common;
}

static void set_agreement(const struct author_page *page, const struct author_candidate *candidate, float *f)
{
    f[AF_AGREES] = as_feature(candidate->groups > 1);
    f[AF_AGREES_TWICE] = as_feature(candidate->groups > 2);
    for (size_t i = 0; i < page->count; i++) {
        const struct author_candidate *other = &page->candidates[i];
        size_t common = other == candidate ? 0 : common_names(candidate, other);
        bool part = common == candidate->name_count && common < other->name_count;
        bool holds = common == other->name_count && common < candidate->name_count;
        if (part && common)
            f[AF_PART_OF_OTHER] = 1;
        if (part && common && (other->places & AUTHOR_STATED))
            f[AF_PART_OF_STATED] = 1;
        if (holds && common)
            f[AF_HOLDS_OTHER] = 1;
        if (common && !part && !holds)
            f[AF_OVERLAPS] = 1;
        if (other != candidate && !common && (other->places & (AUTHOR_JSON_LD | AUTHOR_META | AUTHOR_REL)))
            f[AF_CONTRADICTED] = 1;
    }
}

static bool starts_lower(struct slice text)
{
    size_t taken;
    return text.len && utf8_is_lower(utf8_decode(text, 0, &taken));
}

/* A given name of a script or a language that the gazetteer, which is there to read English, does not have. */
static bool is_given_elsewhere(const struct author_page *page, struct slice word)
{
    return lexicon_find(page->lexicon->given_names, utf8_lower(page->job->arena, word));
}

/* What the gazetteer knows of the words of a name. */
static void set_known_words(const struct author_page *page, struct slice name, float *f)
{
    const struct gazetteer *gazetteer = page->job->knowledge->gazetteer;
    const struct gazetteer_entry *entry = gazetteer_find_text(gazetteer, name);
    struct slice rest = name, word;
    unsigned common = NAME_COMMON;
    bool first = true;
    if (entry && (entry->classes & NAME_ANY_PLACE))
        f[AF_PLACE] = 1;
    while (slice_split(&rest, ' ', &word)) {
        entry = gazetteer_find_text(gazetteer, word);
        common &= entry ? entry->classes : 0;
        if (first && ((entry && (entry->classes & NAME_GIVEN)) || is_given_elsewhere(page, word)))
            f[AF_GIVEN] = 1;
        if (entry && (entry->classes & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL)))
            f[AF_ORGANIZATION_WORD] = 1;
        first = false;
    }
    if (common)
        f[AF_COMMON] = 1;
}

static void set_names(const struct author_page *page, const struct author_candidate *candidate, float *f)
{
    bool persons = true;
    for (size_t i = 0; i < candidate->name_count; i++) {
        struct slice name = candidate->names[i];
        const struct wording *wording = &candidate->wordings[i];
        bool person = byline_is_person(page->job->arena, page->lexicon, name);
        persons &= person;
        set_known_words(page, name, f);
        f[AF_PHRASE] += as_feature(byline_is_phrase(page->job->arena, page->lexicon, name));
        f[AF_ONE_WORD] += as_feature(wording->word_count == 1);
        f[AF_LOWER] += as_feature(starts_lower(name));
        f[AF_DIGIT] += as_feature(slice_has_digit(name));
        f[AF_ALL_UPPER] += as_feature(utf8_all_upper(name));
        f[AF_SHORT] += as_feature(wording->letters.len < 4);
        f[AF_SECTION] += as_feature(site_is_section(page->site, wording));
        if (site_is_named(page->site, wording))
            f[person ? AF_SITE_PERSON : AF_SITE] = 1;
    }
    static const enum author_feature flags[] = {AF_ONE_WORD, AF_LOWER,   AF_DIGIT, AF_ALL_UPPER,
                                                AF_SHORT,    AF_SECTION, AF_PHRASE};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        f[flags[i]] = as_feature(f[flags[i]] > 0);
    f[AF_PERSON] = as_feature(persons);
    f[AF_TWO_NAMES] = as_feature(candidate->name_count == 2);
    f[AF_MANY_NAMES] = as_feature(candidate->name_count > 2);
}

static void set_position(const struct author_page *page, uint32_t block, float *f)
{
    bool headline = page->headline != NO_BLOCK, body = page->body_start != NO_BLOCK;
    f[AF_VISIBLE] = 1;
    f[AF_FIRST_VISIBLE] = as_feature(block == page->first_visible);
    f[AF_NEAR_HEADLINE] = as_feature(headline && block > page->headline && block <= page->headline + NEAR_HEADLINE);
    f[AF_BEFORE_HEADLINE] = as_feature(headline && block < page->headline);
    f[AF_BEFORE_BODY] = as_feature(body && block <= page->body_start);
    f[AF_IN_BODY] = as_feature(body && block > page->body_start && block + 2 < page->body_end);
    f[AF_END_OF_BODY] = as_feature(body && block + 2 >= page->body_end && block <= page->body_end + 2);
    f[AF_FAR_AFTER] = as_feature(body && block > page->body_end + 2);
}

static bool is_near_date(const struct article *article, uint32_t block)
{
    for (uint32_t i = 0; i < article->claim_count; i++) {
        const struct claim *claim = &article->claims[i];
        bool date = claim->kind == CLAIM_TIME || claim->kind == CLAIM_PUBLISHED;
        if (date && claim->block != NO_BLOCK && claim->block <= block + 2 && block <= claim->block + 2)
            return true;
    }
    return false;
}

/* Sets of names that link to pages about people: how many, and whether this is the first of them from the headline on.
 */
static void set_addresses(const struct author_page *page, const struct author_candidate *candidate, float *f)
{
    uint32_t start = page->headline == NO_BLOCK || page->headline < NEAR_HEADLINE ? 0 : page->headline - NEAR_HEADLINE;
    size_t count = 0, earlier = 0;
    if (!(candidate->places & AUTHOR_ADDRESS))
        return;
    for (size_t i = 0; i < page->count; i++) {
        const struct author_candidate *other = &page->candidates[i];
        count += (other->places & AUTHOR_ADDRESS) != 0;
        earlier += (other->places & AUTHOR_ADDRESS) && other->block >= start && other->block < candidate->block &&
                   common_names(candidate, other) == 0;
    }
    f[AF_MANY_ADDRESSES] = as_feature(count > 2);
    f[AF_FIRST_ADDRESS] = as_feature(earlier == 0 && candidate->block >= start);
}

/* Three places or more that are built alike name different people: comments, posts, other stories, a staff list. */
static bool has_twins(const struct author_page *page, const struct author_candidate *candidate)
{
    const struct section *sections = page->job->article.sections;
    struct slice label = sections[candidate->section].label;
    size_t alike = 0;
    for (size_t i = 0; label.len && i < page->count; i++) {
        const struct author_candidate *other = &page->candidates[i];
        alike += other->block != NO_BLOCK && other->block != candidate->block && other != candidate &&
                 slice_equals(sections[other->section].label, label);
    }
    return alike > 1;
}

/* A short block of this number has the digits of a day. */
static bool is_dated(const struct article *article, uint32_t block)
{
    if (block >= article->block_count)
        return false;
    struct slice text = block_text(article, &article->blocks[block]);
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++)
        digits += ascii_is_digit(text.ptr[i]);
    return text.len <= LONG_BLOCK && digits >= 2;
}

static void set_plain(const struct author_page *page, const struct author_candidate *candidate, float *f)
{
    if (candidate->places != AUTHOR_PLAIN)
        return;
    const struct article *article = &page->job->article;
    struct slice text = block_text(article, &article->blocks[candidate->block]);
    bool body = page->body_start != NO_BLOCK;
    f[AF_PLAIN_DATED] = as_feature(slice_has_digit(text));
    f[AF_PLAIN_BESIDE_DATE] =
        as_feature(is_dated(article, candidate->block - 1) || is_dated(article, candidate->block + 1));
    f[AF_PLAIN_END] = as_feature(body && candidate->block + 1 >= page->body_end && candidate->block <= page->body_end);
    /* A headline or a link that happens to look like a name is rarely a given name and nowhere else in the story. */
    f[AF_SIGNED] = f[AF_GIVEN] * f[AF_PERSON] * (1 - f[AF_NAMED_IN_BODY]) * (1 - f[AF_LINKED]) *
                   (1 - f[AF_IN_HEADING]) * (1 - f[AF_PHRASE]);
}

static void set_labels(struct author_page *page, uint32_t section, float *f)
{
    static const struct {
        unsigned hint;
        enum author_feature feature;
    } hints[] = {
        {HINT_BYLINE, AF_LABEL_BYLINE},   {HINT_META, AF_LABEL_META},       {HINT_COMMENT, AF_LABEL_COMMENT},
        {HINT_RELATED, AF_LABEL_RELATED}, {HINT_ASIDE, AF_LABEL_ASIDE},     {HINT_MENU, AF_LABEL_MENU},
        {HINT_NOTICE, AF_LABEL_NOTICE},   {HINT_CAPTION, AF_LABEL_CAPTION},
    };
    unsigned label = labels_of_section(&page->labels, section);
    unsigned own = labels_of_text(&page->labels, page->job->article.sections[section].label);
    f[AF_OWN_BYLINE] = as_feature(own & HINT_BYLINE);
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        f[hints[i].feature] = as_feature(label & hints[i].hint);
}

static void set_surroundings(const struct article *article, const struct block *block, float *f)
{
    static const struct {
        unsigned flag;
        enum author_feature feature;
    } flags[] = {
        {BLOCK_IN_ARTICLE, AF_IN_ARTICLE}, {BLOCK_IN_ASIDE, AF_IN_ASIDE}, {BLOCK_IN_FOOTER, AF_IN_FOOTER},
        {BLOCK_IN_HEADER, AF_IN_HEADER},   {BLOCK_IN_LIST, AF_IN_LIST},   {BLOCK_IN_FIGURE, AF_IN_FIGURE},
        {BLOCK_IN_QUOTE, AF_IN_QUOTE},     {BLOCK_IN_NAV, AF_IN_NAV},
    };
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        f[flags[i].feature] = as_feature(block->flags & flags[i].flag);
    f[AF_BYLINE_ROLE] = as_feature(block->role == ROLE_BYLINE);
    f[AF_LONG_BLOCK] = as_feature(block->span.end - block->span.start > LONG_BLOCK);
    f[AF_IN_HEADING] = as_feature(block->tag == BLOCK_HEADING);
    f[AF_LINKED] = as_feature(block->links > 0);
    f[AF_NEAR_DATE] = as_feature(is_near_date(article, (uint32_t)(block - article->blocks)));
}

/* Somebody whom the story talks about, elsewhere than in `block`, is rather its subject. */
static bool is_in_story(const struct article *article, struct slice name, uint32_t block)
{
    for (uint32_t i = 0; i < article->block_count; i++)
        if (i != block && article->blocks[i].role == ROLE_BODY &&
            slice_find(block_text(article, &article->blocks[i]), name, 0) != SLICE_NOT_FOUND)
            return true;
    return false;
}

bool author_is_stated(const float *f)
{
    bool stated = (f[AF_JSON_LD] > 0 && f[AF_TYPE_PERSON] > 0) || (f[AF_META] > 0 && f[AF_GIVEN] > 0);
    bool firm = f[AF_SITE] > 0 || f[AF_SITE_PERSON] > 0 || f[AF_ORGANIZATION_WORD] > 0 || f[AF_ORGANIZATION] > 0 ||
                f[AF_PHRASE] > 0 || f[AF_PLACE] > 0;
    return stated && !firm && f[AF_PERSON] > 0 && f[AF_CONTRADICTED] <= 0;
}

void author_features(struct author_page *page, const struct author_candidate *candidate, float *features)
{
    const struct article *article = &page->job->article;
    memset(features, 0, AUTHOR_FEATURE_COUNT * sizeof *features);
    set_places(candidate, features);
    set_agreement(page, candidate, features);
    set_names(page, candidate, features);
    features[AF_NAMED_IN_BODY] = as_feature(is_in_story(article, candidate->names[0], candidate->block));
    features[AF_MANY_REL_AUTHORS] = as_feature(page->rel_groups > 2 && (candidate->places & AUTHOR_REL));
    set_addresses(page, candidate, features);
    features[AF_NO_ARTICLE] = as_feature(!page->article);
    if (candidate->block >= article->block_count)
        return;
    set_position(page, candidate->block, features);
    set_labels(page, candidate->section, features);
    features[AF_TWINS] = as_feature(has_twins(page, candidate));
    set_surroundings(article, &article->blocks[candidate->block], features);
    set_plain(page, candidate, features);
}
