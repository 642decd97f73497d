#include "site_name.h"

#include "base/utf8.h"
#include "find/labels.h"
#include "find/separators.h"
#include "find/site.h"

#define MOST_PARTS 12        /* of a title */
#define MOST_PLACES 24       /* logos and lines of copyright */
#define LONGEST_NAME 60      /* bytes */
#define LONGEST_COPYRIGHT 300
#define MOST_WORDS 24        /* of a place that are tried */
#define TITLE_CONFIDENCE 0.7f
#define PLACE_CONFIDENCE 0.6f

struct finder {
    struct job *job;
    const struct site *site;
    struct slice places[MOST_PLACES]; /* texts of logos and lines of copyright */
    struct slice letters[MOST_PLACES];
    size_t place_count;
};

static bool is_copyright(struct slice text)
{
    return text.len <= LONGEST_COPYRIGHT &&
           (slice_find(text, SLICE("\u00A9"), 0) != SLICE_NOT_FOUND || slice_starts_nocase(text, SLICE("copyright")));
}

static void read_places(struct finder *finder)
{
    const struct article *article = &finder->job->article;
    struct labels labels;
    labels_read(finder->job, &labels);
    for (uint32_t i = 0; i < article->block_count && finder->place_count < MOST_PLACES; i++) {
        const struct block *block = &article->blocks[i];
        struct slice text = block_text(article, block);
        bool prose = role_is_prose(block->role) || block->role == ROLE_HEADLINE;
        bool logo = text.len <= LONGEST_NAME && (labels_of_block(&labels, block) & HINT_SITE);
        if (prose || (!logo && !is_copyright(text)))
            continue;
        finder->places[finder->place_count] = text;
        finder->letters[finder->place_count++] = wording_make(finder->job->arena, text).letters;
    }
}

static bool is_shown(const struct finder *finder, struct slice letters)
{
    for (size_t i = 0; i < finder->place_count; i++)
        if (slice_find(finder->letters[i], letters, 0) != SLICE_NOT_FOUND)
            return true;
    return false;
}

static size_t cut_title(struct slice title, struct slice parts[MOST_PARTS])
{
    size_t count = 0, start = 0;
    for (size_t at = 1; at + 1 < title.len && count + 1 < MOST_PARTS;) {
        size_t length = title_separator(title, at);
        if (length) {
            parts[count++] = slice_trim(slice_sub(title, start, at));
            start = at + length;
        }
        at += length ? length : 1;
    }
    if (count)
        parts[count++] = slice_trim(slice_sub(title, start, title.len));
    return count;
}

/* From strong to weak: the host spells it, or a logo or line of copyright shows it; the host's name is in it; it is
 * the address itself. */
enum evidence { CONFIRMED, RELATED, ADDRESS };

static bool is_name(const struct finder *finder, const struct wording *part, struct slice text, bool edge,
                    enum evidence wanted)
{
    bool address = slice_find_byte(text, '.', 0) != SLICE_NOT_FOUND && slice_find_byte(text, ' ', 0) == SLICE_NOT_FOUND;
    if (address)
        return wanted == ADDRESS && site_is_named(finder->site, part);
    if (wanted == CONFIRMED)
        return site_is_spelled(finder->site, part) || (edge && is_shown(finder, part->letters));
    return wanted == RELATED && edge && site_is_named(finder->site, part);
}

/* The last part is the likeliest, then the first. */
static struct slice name_in_title(struct finder *finder, enum evidence wanted)
{
    const struct claim *claim = article_claim(&finder->job->article, CLAIM_HEADLINE, SOURCE_TITLE, 0);
    struct wording headline = wording_make(finder->job->arena, finder->job->article.headline.value);
    struct slice parts[MOST_PARTS];
    size_t count = claim ? cut_title(claim->value, parts) : 0;
    for (size_t i = count; i-- > 0;) {
        struct wording part = wording_make(finder->job->arena, parts[i]);
        bool edge = i == 0 || i + 1 == count;
        if (part.letters.len && parts[i].len <= LONGEST_NAME && !slice_equals(part.letters, headline.letters) &&
            is_name(finder, &part, parts[i], edge, wanted))
            return parts[i];
    }
    return SLICE_NULL;
}

/* Quick look before the costly one: a capital that one of the host's names begins with, or that no host has. */
static bool may_begin(const struct site *site, struct slice word)
{
    if (!word.len || !utf8_starts_upper(word))
        return false;
    char first = ascii_to_lower(word.ptr[0]);
    return (first & 0x80) || (site->domain.len && site->domain.ptr[0] == first) ||
           (site->subdomain.len && site->subdomain.ptr[0] == first);
}

/* Words that the host spells: "Copyright 2017 Milltown Observer" on milltownobserver.example. */
static struct slice spelled_words(struct finder *finder, struct slice place)
{
    struct slice rest = place, word, words[MOST_WORDS];
    size_t count = 0;
    while (count < MOST_WORDS && slice_split(&rest, ' ', &word))
        words[count++] = word;
    for (size_t from = 0; from < count; from++)
        for (size_t to = from; may_begin(finder->site, words[from]) && to < count; to++) {
            const char *end = words[to].ptr + words[to].len;
            struct slice text = slice_of(words[from].ptr, (size_t)(end - words[from].ptr));
            if (text.len > LONGEST_NAME)
                break;
            struct wording wording = wording_make(finder->job->arena, text);
            if (site_is_spelled(finder->site, &wording))
                return text;
        }
    return SLICE_NULL;
}

static struct slice trim_marks(struct slice name)
{
    while (name.len && strchr(",;:- ", name.ptr[name.len - 1]))
        name.len--;
    while (name.len && strchr(",;:- ", name.ptr[0]))
        name = slice_sub(name, 1, name.len);
    return name;
}

static void set_name(struct finding *out, struct slice name, enum source source, float confidence)
{
    *out = (struct finding){.value = trim_marks(name), .source = source, .confidence = confidence, .block = NO_BLOCK};
}

void site_name_find(struct job *job, struct finding *out)
{
    struct finder *finder = arena_calloc(job->arena, 1, sizeof *finder);
    finder->job = job;
    finder->site = site_of(job);
    read_places(finder);
    struct slice name = name_in_title(finder, CONFIRMED);
    if (!name.len)
        name = name_in_title(finder, RELATED);
    if (name.len) {
        set_name(out, name, SOURCE_TITLE, TITLE_CONFIDENCE);
        return;
    }
    for (size_t i = 0; i < finder->place_count && !name.len; i++)
        name = spelled_words(finder, finder->places[i]);
    if (name.len)
        set_name(out, name, SOURCE_BODY, PLACE_CONFIDENCE);
    else if ((name = name_in_title(finder, ADDRESS)).len)
        set_name(out, name, SOURCE_TITLE, PLACE_CONFIDENCE);
}
