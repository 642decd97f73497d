#include "find/details.h"

#include "article/knowledge.h"
#include "base/map.h"
#include "base/url.h"
#include "find/compare.h"
#include "model/lexicon.h"
#include "site_name.h"

#define MOST_TAGS 40

/* Which source is asked first, field by field. What a site writes for display elsewhere (Open Graph) is shorter
 * and cleaner than what it writes for search engines; the canonical link is the one that has a standard. */
struct preference {
    enum source source;
    bool article;      /* only from an item that is an article */
    float confidence;
};

#define MOST_PREFERENCES 6

static const struct preference site_preferences[MOST_PREFERENCES] = {
    {SOURCE_OPEN_GRAPH, false, 0.95f}, {SOURCE_JSON_LD, true, 0.9f},   {SOURCE_MICRODATA, true, 0.85f},
    {SOURCE_JSON_LD, false, 0.8f},     {SOURCE_META, false, 0.7f},
};
static const struct preference description_preferences[MOST_PREFERENCES] = {
    {SOURCE_OPEN_GRAPH, false, 0.9f}, {SOURCE_META, false, 0.9f}, {SOURCE_JSON_LD, true, 0.85f},
    {SOURCE_MICRODATA, true, 0.8f},
};
static const struct preference image_preferences[MOST_PREFERENCES] = {
    {SOURCE_OPEN_GRAPH, false, 0.9f}, {SOURCE_JSON_LD, true, 0.9f}, {SOURCE_META, false, 0.8f},
    {SOURCE_MICRODATA, true, 0.8f},   {SOURCE_LINK, false, 0.8f},
};
static const struct preference canonical_preferences[MOST_PREFERENCES] = {
    {SOURCE_LINK, false, 0.98f},    {SOURCE_OPEN_GRAPH, false, 0.9f}, {SOURCE_JSON_LD, true, 0.85f},
    {SOURCE_MICRODATA, true, 0.8f}, {SOURCE_META, false, 0.8f},
};
static const struct preference section_preferences[MOST_PREFERENCES] = {
    {SOURCE_OPEN_GRAPH, false, 0.9f}, {SOURCE_JSON_LD, true, 0.9f},  {SOURCE_META, false, 0.85f},
    {SOURCE_MICRODATA, true, 0.8f},   {SOURCE_JSON_LD, false, 0.7f},
};

static const struct claim *find_claim(const struct article *article, enum claim_kind kind,
                                      const struct preference *preference)
{
    for (uint32_t i = 0; i < article->claim_count; i++) {
        const struct claim *claim = &article->claims[i];
        if (claim->kind == kind && claim->source == preference->source && (claim->article || !preference->article))
            return claim;
    }
    return NULL;
}

static void set_finding(struct finding *finding, const struct claim *claim, struct slice value, float confidence)
{
    *finding = (struct finding){
        .value = value,
        .source = claim->source,
        .confidence = confidence,
        .block = claim->block,
    };
    if (!slice_equals(value, claim->value))
        finding->raw = claim->value;
}

/* ------------------------------------------------------------------ fields */

static struct slice any_value(const struct job *job, const struct claim *claim)
{
    (void)job;
    return claim->value;
}

static struct slice web_address(const struct job *job, const struct claim *claim)
{
    return url_resolve(job->arena, job_page_url(job), claim->value);
}

/* A name, not an address or a handle. */
static struct slice plain_name(const struct job *job, const struct claim *claim)
{
    (void)job;
    bool address = url_is_absolute(claim->value) || claim->value.ptr[0] == '@' || claim->value.ptr[0] == '/';
    return address ? SLICE_NULL : claim->value;
}

/* The wording is the page's own headline, which systems put into fields that they have nothing else for. */
static bool is_headline(const struct job *job, const struct wording *text)
{
    struct wording headline = wording_make(job->arena, job->article.headline.value);
    return wording_equals(text, &headline) || (headline.word_count > 2 && wording_is_prefix(&headline, text));
}

static struct slice name_of_section(const struct job *job, const struct claim *claim)
{
    struct wording name = wording_make(job->arena, claim->value);
    return is_headline(job, &name) ? SLICE_NULL : plain_name(job, claim);
}

/* A name of the site: not what the page says of itself alone ("Start", its headline), which systems put there. */
static struct slice name_of_site(const struct job *job, const struct claim *claim)
{
    struct wording name = wording_make(job->arena, claim->value);
    bool own =
        is_headline(job, &name) || lexicon_find(lexicon_table(job->knowledge->lexicon, "headline_defaults"), name.key);
    return own ? SLICE_NULL : plain_name(job, claim);
}

static void choose(struct job *job, enum claim_kind kind, const struct preference *preferences,
                   struct slice (*value_of)(const struct job *, const struct claim *), struct finding *out)
{
    *out = (struct finding){.block = NO_BLOCK};
    for (size_t i = 0; i < MOST_PREFERENCES && preferences[i].source != SOURCE_NONE; i++) {
        const struct claim *claim = find_claim(&job->article, kind, &preferences[i]);
        struct slice value = claim ? value_of(job, claim) : SLICE_NULL;
        if (value.len) {
            set_finding(out, claim, value, preferences[i].confidence);
            return;
        }
    }
}

/* Tags as the page claims them, each once; those of the whole page and of its article, not of other items. */
static void collect_tags(struct job *job)
{
    struct article *article = &job->article;
    struct map seen = map_make(job->arena, MOST_TAGS);
    article->tags = arena_alloc(job->arena, MOST_TAGS * sizeof *article->tags);
    article->tag_count = 0;
    for (uint32_t i = 0; i < article->claim_count && article->tag_count < MOST_TAGS; i++) {
        const struct claim *claim = &article->claims[i];
        if (claim->kind != CLAIM_KEYWORD || (claim->entity && !claim->article) ||
            slice_equals_nocase(claim->value, article->headline.value))
            continue;
        char *lower = arena_alloc(job->arena, claim->value.len);
        for (size_t k = 0; k < claim->value.len; k++)
            lower[k] = ascii_to_lower(claim->value.ptr[k]);
        void **place = map_at(&seen, slice_of(lower, claim->value.len));
        if (!*place)
            article->tags[article->tag_count++] = claim->value;
        *place = job;
    }
}

enum err details_run(struct job *job)
{
    struct article *article = &job->article;
    choose(job, CLAIM_SITE_NAME, site_preferences, name_of_site, &article->site_name);
    if (!article->site_name.value.len)
        site_name_find(job, &article->site_name);
    choose(job, CLAIM_DESCRIPTION, description_preferences, any_value, &article->description);
    choose(job, CLAIM_IMAGE, image_preferences, web_address, &article->image);
    choose(job, CLAIM_CANONICAL_URL, canonical_preferences, web_address, &article->canonical_url);
    choose(job, CLAIM_SECTION, section_preferences, name_of_section, &article->section_name);
    collect_tags(job);
    return ERR_NONE;
}
