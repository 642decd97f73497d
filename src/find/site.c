#include "find/site.h"

#include "base/utf8.h"

#define SHORTEST_TELLING_LABEL 4 /* "zeit" inside of a longer name says something, "ard" or "bb" does not */

/* The address of the page itself: an archive's address ends with the one that it keeps. */
static struct slice page_address(const struct job *job)
{
    struct slice url = job_page_url(job);
    const struct claim *claim = url.len ? NULL : article_claim(&job->article, CLAIM_CANONICAL_URL, SOURCE_LINK, 0);
    if (claim)
        url = claim->value;
    for (size_t at = url.len; at-- > 1;)
        if (slice_starts(slice_sub(url, at, url.len), SLICE("://")))
            return slice_sub(url, at + 3, url.len);
    return SLICE_NULL;
}

static struct slice keep_letters(struct arena *arena, struct slice text)
{
    char *out = arena_alloc(arena, text.len);
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++)
        if (ascii_is_alpha(text.ptr[i]) || ascii_is_digit(text.ptr[i]))
            out[length++] = ascii_to_lower(text.ptr[i]);
    return slice_of(out, length);
}

/* Second-level registries ("co.uk", "com.ar") have at most three letters under a country of two. */
static bool is_double_suffix(struct slice before_last, struct slice last)
{
    return last.len == 2 && before_last.len <= 3;
}

#define MAX_HOST_LABELS 16

static void read_host(struct job *job, struct site *site)
{
    struct slice address = page_address(job), host = address, label, labels[MAX_HOST_LABELS];
    size_t count = 0;
    for (size_t i = 0; i < address.len && host.len == address.len; i++)
        if (strchr("/?#:", address.ptr[i]))
            host = slice_sub(address, 0, i);
    if (slice_starts_nocase(host, SLICE("www.")))
        host = slice_sub(host, 4, host.len);
    site->host = keep_letters(job->arena, host);
    while (count < MAX_HOST_LABELS && slice_split(&host, '.', &label))
        labels[count++] = label;
    if (count < 2)
        return;
    size_t suffix = count > 2 && is_double_suffix(labels[count - 2], labels[count - 1]) ? 2 : 1;
    site->domain = keep_letters(job->arena, labels[count - suffix - 1]);
    site->subdomain = keep_letters(job->arena, labels[0]);
}

#define LONGEST_NAME 60    /* bytes */
#define MOST_HOME_LINKS 8u /* logo, menu, trail, foot; more keep the page from being read in linear time */

/* The page calls this its headline, and the title only repeats that. */
static bool is_claimed_headline(struct job *job, const struct wording *text)
{
    const struct article *article = &job->article;
    for (uint32_t i = 0; i < article->claim_count; i++) {
        const struct claim *claim = &article->claims[i];
        if (claim->kind == CLAIM_HEADLINE && claim->source != SOURCE_TITLE &&
            slice_equals(wording_make(job->arena, claim->value).letters, text->letters))
            return true;
    }
    return false;
}

/* What links to the front page may be the site's name or "Home"; where the title begins or ends with it, it is the
 * name. */
static void read_home_link(struct job *job, struct site *site, struct slice text, const struct wording *title)
{
    if (!title->key.len || text.len > LONGEST_NAME)
        return;
    struct wording link = wording_make(job->arena, text);
    if (!link.letters.len || !(wording_is_prefix(&link, title) || wording_is_suffix(&link, title)) ||
        is_claimed_headline(job, &link))
        return;
    site->names[site->name_count++] = link;
    site->home = site->home.letters.len ? site->home : link;
}

static void read_claims(struct job *job, struct site *site)
{
    const struct article *article = &job->article;
    const struct claim *titled = article_claim(article, CLAIM_HEADLINE, SOURCE_TITLE, 0);
    struct wording title = titled ? wording_make(job->arena, titled->value) : (struct wording){0};
    uint32_t home_links = 0;
    for (uint32_t i = 0; i < article->claim_count; i++) {
        const struct claim *claim = &article->claims[i];
        if (claim->kind == CLAIM_SITE_NAME && site->name_count < SITE_MAX_NAMES)
            site->names[site->name_count++] = wording_make(job->arena, claim->value);
        if (claim->kind == CLAIM_HOME_LINK && site->name_count < SITE_MAX_NAMES && home_links++ < MOST_HOME_LINKS)
            read_home_link(job, site, claim->value, &title);
        if (claim->kind == CLAIM_SECTION && site->section_count < SITE_MAX_SECTIONS)
            site->sections[site->section_count++] = wording_make(job->arena, claim->value);
    }
}

const struct site *site_of(struct job *job)
{
    if (!job->site) {
        struct site *site = arena_calloc(job->arena, 1, sizeof *site);
        read_host(job, site);
        read_claims(job, site);
        job->site = site;
    }
    return job->site;
}

static bool letters_fit(struct slice letters, struct slice label)
{
    if (!label.len)
        return false;
    if (slice_equals(letters, label))
        return true;
    /* "spiegelonline" holds "spiegel", "meinungsblog24de" does not hold enough of "blog". */
    return label.len >= SHORTEST_TELLING_LABEL && letters.len <= 2 * label.len &&
           slice_find(letters, label, 0) != SLICE_NOT_FOUND;
}

bool site_is_named(const struct site *site, const struct wording *text)
{
    if (!text->letters.len)
        return false;
    for (size_t i = 0; i < site->name_count; i++) {
        const struct wording *name = &site->names[i];
        /* Two words of three in common: "The Daily Ledger" and "Daily Ledger Online". */
        if (slice_equals(name->letters, text->letters) || wording_f1(name, text) > 0.65f)
            return true;
    }
    return letters_fit(text->letters, site->domain) || letters_fit(text->letters, site->subdomain) ||
           slice_equals(text->letters, site->host);
}

bool site_is_home(const struct site *site, const struct wording *text)
{
    return text->letters.len && slice_equals(site->home.letters, text->letters);
}

/* Bit n of the reached places: the letters so far spell the first n of the label. */
static bool spells(struct slice label, struct slice letters)
{
    uint64_t reached = 1;
    size_t taken;
    if (!label.len || label.len > 62)
        return false;
    for (size_t at = 0; at < letters.len && reached; at += taken) {
        uint32_t c = utf8_decode(letters, at, &taken);
        uint64_t next = c < 0x80 ? 0 : reached << 1 | reached << 2;
        for (size_t n = 0; c < 0x80 && n < label.len; n++)
            if (reached >> n & 1 && label.ptr[n] == (char)c)
                next |= UINT64_C(1) << (n + 1);
        reached = next;
    }
    return reached >> label.len & 1;
}

bool site_is_spelled(const struct site *site, const struct wording *text)
{
    size_t ascii = 0;
    for (size_t i = 0; i < text->letters.len; i++)
        ascii += (unsigned char)text->letters.ptr[i] < 0x80;
    return 2 * ascii > text->letters.len &&
           (spells(site->domain, text->letters) || spells(site->subdomain, text->letters));
}

bool site_is_section(const struct site *site, const struct wording *text)
{
    for (size_t i = 0; i < site->section_count; i++)
        if (wording_equals(&site->sections[i], text))
            return true;
    return false;
}

struct slice site_url_words(struct job *job)
{
    struct slice address = page_address(job);
    size_t path = slice_find_byte(address, '/', 0);
    if (path == SLICE_NOT_FOUND)
        return SLICE_NULL;
    char *out = arena_alloc(job->arena, address.len - path);
    size_t length = 0;
    for (size_t i = path; i < address.len && !strchr("?#", address.ptr[i]); i++) {
        char c = address.ptr[i];
        out[length++] = ascii_is_alpha(c) || ascii_is_digit(c) ? ascii_to_lower(c) : ' ';
    }
    return slice_of(out, length);
}
