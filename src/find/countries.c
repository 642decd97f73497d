/* The country of actors, the kind of places and the type of organizations: from the gazetteers, from the
 * words next to the name and in it, and from what the rest of the document speaks of. */
#include "actors_internal.h"
#include "article/knowledge.h"
#include "base/utf8.h"
#include "name_context.h"
#include "role_words.h"

#define MOST_COUNTRIES 32 /* different countries that one document is searched for */

#define LEAD_SENTENCES 3 /* the headline and a lead */
#define SEVERAL_COUNTRIES 1 /* no code of a country: more than one is possible */

struct country_count {
    uint16_t country;
    uint32_t sure;     /* times that it is named, or somebody who is of it alone */
    uint32_t doubtful; /* times that a place is named that may be in it */
    uint32_t signs;    /* how often it was counted; its own name in headline or lead counts double here too */
};

struct atlas {
    struct job *job;
    struct article *article;
    const struct gazetteer *gazetteer;
    struct country_count named[MOST_COUNTRIES]; /* countries and demonyms of the text */
    size_t named_count;
    uint16_t home; /* the country that the story plays in, 0 if not clear */
    bool *elsewhere; /* by actor: its name holds a place that is not at home, wherever it is */
    struct role_words words;
    const struct lexicon_table *person_nouns, *international, *offices;
};

static void set_country(struct actor *actor, uint16_t country)
{
    if (!country || actor->country[0])
        return;
    actor->country[0] = (char)(country >> 8);
    actor->country[1] = (char)(country & 0xFF);
}

static void count_country(struct atlas *atlas, uint16_t country, uint32_t sure, uint32_t doubtful)
{
    size_t i = 0;
    while (i < atlas->named_count && atlas->named[i].country != country)
        i++;
    if (!country || i == MOST_COUNTRIES)
        return;
    if (i == atlas->named_count)
        atlas->named[atlas->named_count++] = (struct country_count){.country = country};
    atlas->named[i].sure += sure;
    atlas->named[i].doubtful += doubtful;
    atlas->named[i].signs++;
}

static uint32_t times_named(const struct atlas *atlas, uint16_t country)
{
    for (size_t i = 0; i < atlas->named_count; i++)
        if (atlas->named[i].country == country)
            return atlas->named[i].sure;
    return 0;
}

/* Of the countries in which a name stands: the one that the document names most; failing that the first,
 * where it has no rival of nearly its size. 0: two are possible. */
static uint16_t choose_country(const struct atlas *atlas, const struct gazetteer_entry *entry)
{
    if (entry->classes & NAME_CAPITAL && entry->countries[0]) /* Paris is in Texas only where the text says so */
        return entry->countries[0];
    uint16_t best = 0;
    uint32_t most = 0;
    bool tie = false;
    for (size_t i = 0; i < NAME_COUNTRIES && entry->countries[i]; i++) {
        uint32_t times = times_named(atlas, entry->countries[i]);
        tie = times && times == most ? true : times > most ? false : tie;
        if (times > most) {
            most = times;
            best = entry->countries[i];
        }
    }
    if (best && !tie)
        return best;
    for (size_t i = 0; atlas->home && i < NAME_COUNTRIES; i++)
        if (entry->countries[i] == atlas->home)
            return atlas->home;
    if (entry->classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_DEMONYM))
        return entry->countries[0];
    /* A small town has namesakes that no list holds; a large one is meant where it is much the largest. */
    bool small = (entry->classes & NAME_CITY) && entry->city_tier > CITY_TIER_LARGE;
    bool rival = entry->countries[1] && (!entry->city_tier || !entry->second_tier || entry->second_tier < entry->city_tier + 2);
    return small || rival ? 0 : entry->countries[0];
}

/* The same for a place in the actor's own name: one that may be in several countries, none of them home. */
static uint16_t choose_own_country(const struct atlas *atlas, const struct actor *actor, const struct gazetteer_entry *entry)
{
    uint16_t country = choose_country(atlas, entry);
    if (!country && entry->countries[0])
        atlas->elsewhere[actor - atlas->article->actors] = true;
    return country;
}

/* ------------------------------------------------------- around and in a name */

/* "Russian" of "the Russian Defence Ministry", "Kenya" of "Kenya's Foreign Ministry": the country of the
 * word before the name. */
static uint16_t country_before(const struct atlas *atlas, uint32_t first, uint32_t sentence_start)
{
    const struct token *tokens = atlas->article->tokens;
    if (first <= sentence_start)
        return 0;
    bool possessive = slice_starts(tokens[first - 1].lower, SLICE("'")) && first - 1 > sentence_start;
    uint32_t end = possessive ? first - 1 : first;
    uint32_t wanted = possessive ? NAME_COUNTRY | NAME_CITY | NAME_CAPITAL : NAME_DEMONYM;
    for (uint32_t length = 3; length > 0; length--) {
        if (end < sentence_start + length)
            continue;
        const struct gazetteer_entry *entry = actors_known(atlas->job, end - length, end);
        if (entry && entry->classes & wanted && !(tokens[end - length].flags & TOKEN_LOWER))
            return choose_country(atlas, entry);
    }
    return 0;
}

/* Back over "counterpart" and a comma: "his Croatian counterpart, Ante P.", "son homologue algérien Karim B.". */
static uint16_t country_of_noun(const struct atlas *atlas, uint32_t first, uint32_t sentence_start)
{
    const struct token *tokens = atlas->article->tokens;
    uint32_t at = first > sentence_start && slice_equals(tokens[first - 1].lower, SLICE(",")) ? first - 1 : first;
    if (at < sentence_start + 2)
        return 0;
    uint16_t behind = tokens[at - 1].flags & TOKEN_LOWER ? role_word_country(&atlas->words, at - 1) : 0;
    const struct token *noun = &tokens[behind ? at - 2 : at - 1];
    if (!lexicon_find(atlas->person_nouns, noun->lower))
        return 0;
    return behind ? behind : role_word_country(&atlas->words, at - 2);
}

/* "Ilze Ozola of Latvia", "Darren Fitch, 38, of Lowestoft": where a person is from. */
static uint16_t country_of_origin(const struct atlas *atlas, uint32_t end, uint32_t sentence_end)
{
    const struct token *tokens = atlas->article->tokens;
    size_t length;
    while (end + 2 < sentence_end && slice_equals(tokens[end].lower, SLICE(",")))
        end += tokens[end + 1].kind == TOKEN_NUMBER && slice_equals(tokens[end + 2].lower, SLICE(",")) ? 2 : 1;
    if (end + 1 >= sentence_end || tokens[end + 1].flags & TOKEN_LOWER ||
        (!slice_equals(tokens[end].lower, SLICE("of")) && !slice_equals(tokens[end].lower, SLICE("from"))))
        return 0;
    const struct gazetteer_entry *entry = gazetteer_longest(atlas->gazetteer, &tokens[end + 1], sentence_end - end - 1,
                                                            NAME_COUNTRY | NAME_REGION | NAME_CITY, &length);
    return entry ? choose_country(atlas, entry) : 0;
}

/* Of a place named right behind: "Springfield, Illinois", "Open University in Milton Keynes". */
static uint16_t country_behind(const struct atlas *atlas, uint32_t end, uint32_t sentence_end)
{
    const struct token *tokens = atlas->article->tokens;
    size_t length;
    if (end + 1 >= sentence_end || tokens[end + 1].flags & TOKEN_LOWER)
        return 0;
    bool comma = slice_equals(tokens[end].lower, SLICE(","));
    if (!comma && !slice_equals(tokens[end].lower, SLICE("in")))
        return 0;
    uint32_t wanted = comma ? NAME_COUNTRY | NAME_REGION : NAME_COUNTRY | NAME_REGION | NAME_CITY;
    const struct gazetteer_entry *entry =
        gazetteer_longest(atlas->gazetteer, &tokens[end + 1], sentence_end - end - 1, wanted, &length);
    return entry ? choose_country(atlas, entry) : 0;
}

/* "Leeds Crown Court", "Bank of England", "Ethiopian News Agency": a place or people in the name. */
static uint16_t country_within(const struct atlas *atlas, const struct actor *actor, struct span core)
{
    const struct token *tokens = atlas->article->tokens;
    for (uint32_t i = core.start; i < core.end;) {
        size_t length;
        const struct gazetteer_entry *entry = gazetteer_longest(
            atlas->gazetteer, &tokens[i], core.end - i, NAME_COUNTRY | NAME_DEMONYM | NAME_CAPITAL | NAME_CITY | NAME_REGION, &length);
        bool person = entry && length == 1 && entry->classes & (NAME_GIVEN | NAME_SURNAME | NAME_COMMON) &&
                      !(entry->classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_DEMONYM)) && (!entry->city_tier || entry->city_tier > CITY_TIER_LARGE);
        bool word = entry && length == 1 && entry->classes & NAME_ORGANIZATION_TAIL; /* "Union", a town in New Jersey */
        if (entry && !person && !word && !(tokens[i].flags & TOKEN_LOWER))
            return choose_own_country(atlas, actor, entry);
        i += length ? (uint32_t)length : 1;
    }
    return 0;
}

/* "Samsung Electronics": the name begins with that of a known organization. */
static uint16_t country_of_beginning(const struct atlas *atlas, struct span core)
{
    size_t length;
    const struct gazetteer_entry *entry = gazetteer_longest(atlas->gazetteer, &atlas->article->tokens[core.start],
                                                            core.end - core.start, NAME_ORGANIZATION, &length);
    bool plain = entry && !(entry->classes & (NAME_ANY_PLACE | NAME_COMMON | NAME_SURNAME | NAME_GIVEN | NAME_ORGANIZATION_HEAD));
    return plain ? choose_country(atlas, entry) : 0;
}

static uint8_t organization_type_within(const struct atlas *atlas, struct span core)
{
    const struct token *tokens = atlas->article->tokens;
    for (uint32_t length = 2; length > 0; length--) {
        if (core.end - core.start < length)
            continue;
        const struct gazetteer_entry *last = gazetteer_find(atlas->gazetteer, &tokens[core.end - length], length);
        if (last && last->classes & NAME_ORGANIZATION_TAIL && last->organization_type)
            return last->organization_type;
    }
    const struct gazetteer_entry *head = gazetteer_find(atlas->gazetteer, &tokens[core.start], 1);
    return head && head->classes & NAME_ORGANIZATION_HEAD ? head->organization_type : 0;
}

/* -------------------------------------------------------------- each actor */

static enum place_kind kind_of(const struct gazetteer_entry *entry)
{
    if (entry->classes & NAME_COUNTRY)
        return PLACE_COUNTRY;
    if (entry->classes & NAME_CAPITAL || (entry->city_tier && entry->city_tier <= CITY_TIER_LARGE))
        return PLACE_CITY;
    if (entry->classes & NAME_REGION)
        return PLACE_REGION;
    return entry->classes & NAME_CITY ? PLACE_CITY : entry->classes & NAME_PLACE ? PLACE_OTHER : PLACE_NONE;
}

/* "The village of Sake", "the newspaper El Faro": the kind that a noun beside the name states. */
static void look_at_noun(const struct atlas *atlas, struct actor *actor, const struct mention *mention, struct span core)
{
    static const struct slice none = {"organization", 12}, city = {"city", 4}, region = {"region", 6}, other = {"other", 5};
    struct slice kind = name_context_kind(&atlas->words, &atlas->article->sentences[mention->sentence], core.start, mention->end);
    enum place_kind place = slice_equals(kind, city)     ? PLACE_CITY
                            : slice_equals(kind, region) ? PLACE_REGION
                            : slice_equals(kind, other)  ? PLACE_OTHER
                                                         : PLACE_NONE;
    if (actor->type == ACTOR_PLACE && actor->place_kind == PLACE_NONE)
        actor->place_kind = place;
    if (actor->type == ACTOR_ORGANIZATION && place == PLACE_NONE && slice_is_null(actor->organization_type) && !slice_equals(kind, none))
        actor->organization_type = kind;
}

static void look_at_place(const struct atlas *atlas, struct actor *actor, const struct mention *mention, struct span core)
{
    const struct gazetteer_entry *entry = actors_known(atlas->job, core.start, core.end);
    uint32_t sentence_end = atlas->article->sentences[mention->sentence].end;
    if (!entry || !(entry->classes & NAME_COUNTRY))
        set_country(actor, country_behind(atlas, mention->end, sentence_end));
    if (!entry || !(entry->classes & NAME_ANY_PLACE)) {
        look_at_noun(atlas, actor, mention, core);
        return;
    }
    if (actor->place_kind == PLACE_NONE || entry->classes & NAME_COUNTRY) /* a country's capital is a name of it */
        actor->place_kind = kind_of(entry);
    set_country(actor, choose_own_country(atlas, actor, entry));
}

static void look_at_organization(const struct atlas *atlas, struct actor *actor, const struct mention *mention, struct span core)
{
    const struct gazetteer_entry *entry = actors_known(atlas->job, core.start, core.end);
    bool known = entry && entry->classes & NAME_ORGANIZATION;
    uint8_t type = known && entry->organization_type ? entry->organization_type : organization_type_within(atlas, core);
    if (type && slice_is_null(actor->organization_type))
        actor->organization_type = gazetteer_organization_type(type);
    look_at_noun(atlas, actor, mention, core);
    if (known) {
        set_country(actor, choose_country(atlas, entry));
        return;
    }
    set_country(actor, country_of_beginning(atlas, core));
    set_country(actor, country_within(atlas, actor, core));
    set_country(actor, country_behind(atlas, mention->end, atlas->article->sentences[mention->sentence].end));
    set_country(actor, country_before(atlas, core.start, atlas->article->sentences[mention->sentence].first));
}

static void look_at_person(const struct atlas *atlas, struct actor *actor, const struct mention *mention)
{
    const struct sentence *sentence = &atlas->article->sentences[mention->sentence];
    set_country(actor, country_before(atlas, mention->first, sentence->first));
    set_country(actor, country_of_noun(atlas, mention->first, sentence->first));
    set_country(actor, country_of_origin(atlas, mention->end, sentence->end));
}

static void look_at_mention(const struct atlas *atlas, const struct mention *mention)
{
    struct actor *actor = &atlas->article->actors[mention->actor];
    struct span core = actors_core(atlas->article, mention);
    if (actor->type == ACTOR_PLACE)
        look_at_place(atlas, actor, mention, core);
    else if (actor->type == ACTOR_ORGANIZATION)
        look_at_organization(atlas, actor, mention, core);
    else
        look_at_person(atlas, actor, mention);
}

/* The country of what a role is held in: "President of Russia". */
static void look_at_roles(const struct atlas *atlas, struct actor *actor)
{
    for (uint32_t i = 0; i < actor->role_count && !actor->country[0]; i++) {
        const struct lexicon_row *office = lexicon_find(atlas->offices, utf8_lower(atlas->job->arena, actor->roles[i].title));
        if (office)
            set_country(actor, COUNTRY_CODE(office->columns[1].ptr[0], office->columns[1].ptr[1]));
        if (slice_is_null(actor->roles[i].of))
            continue;
        const struct gazetteer_entry *entry = gazetteer_find_text(atlas->gazetteer, actor->roles[i].of);
        if (entry && entry->classes & (NAME_ANY_PLACE | NAME_ORGANIZATION)) {
            set_country(actor, choose_country(atlas, entry));
            continue;
        }
        for (uint32_t other = 0; other < atlas->article->actor_count; other++)
            if (slice_equals_nocase(atlas->article->actors[other].name, actor->roles[i].of) &&
                atlas->article->actors[other].country[0])
                set_country(actor, COUNTRY_CODE(atlas->article->actors[other].country[0],
                                                atlas->article->actors[other].country[1]));
    }
}

/* ---------------------------------------------------------- the whole story */

/* Headline and lead say where a story plays. */
static uint32_t weight_of(const struct mention *mention)
{
    return mention->sentence < LEAD_SENTENCES ? 2 : 1;
}

/* So do its courts and authorities, which work in their own country. */
static bool is_authority(const struct actor *actor)
{
    return slice_equals(actor->organization_type, SLICE("court")) || slice_equals(actor->organization_type, SLICE("government"));
}

static void count_named_countries(struct atlas *atlas)
{
    for (uint32_t m = 0; m < atlas->article->mention_count; m++) {
        const struct mention *mention = &atlas->article->mentions[m];
        struct span core = actors_core(atlas->article, mention);
        const struct gazetteer_entry *entry = actors_known(atlas->job, core.start, core.end);
        if (entry && entry->classes & (NAME_COUNTRY | NAME_DEMONYM))
            for (uint32_t weight = weight_of(mention); weight > 0; weight--)
                count_country(atlas, entry->countries[0], 1, 0);
    }
}

/* The country that most texts in a language tell of: a hint, no more. */
static uint16_t country_of_language(const struct atlas *atlas)
{
    static const struct {
        struct slice language;
        uint16_t country;
    } hints[] = {{{"de", 2}, COUNTRY_CODE('D', 'E')}, {{"fr", 2}, COUNTRY_CODE('F', 'R')}, {{"it", 2}, COUNTRY_CODE('I', 'T')},
                 {{"nl", 2}, COUNTRY_CODE('N', 'L')}};
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        if (slice_equals(hints[i].language, atlas->words.language))
            return hints[i].country;
    return 0;
}

/* "In Melbourne" at the head of a text is as good as two signs elsewhere. */
static bool places_the_story(const struct atlas *atlas, const struct mention *mention)
{
    return mention->type == ACTOR_PLACE && mention->sentence < LEAD_SENTENCES &&
           mention->first > atlas->article->sentences[mention->sentence].first &&
           (role_word_is(&atlas->words, mention->first - 1, "where") || role_word_is(&atlas->words, mention->first - 1, "part"));
}

/* What a town says that may lie in several countries: each of them counts a little. */
static void count_doubtful_towns(struct atlas *atlas)
{
    for (uint32_t m = 0; m < atlas->article->mention_count; m++) {
        const struct mention *mention = &atlas->article->mentions[m];
        const struct actor *actor = mention->actor == UINT32_MAX ? NULL : &atlas->article->actors[mention->actor];
        if (!actor || actor->type != ACTOR_PLACE || actor->country[0])
            continue;
        struct span core = actors_core(atlas->article, mention);
        const struct gazetteer_entry *entry = actors_known(atlas->job, core.start, core.end);
        for (size_t i = 0; entry && i < NAME_COUNTRIES; i++)
            count_country(atlas, entry->countries[i], 0, 1);
    }
}

/* Countries of places and organizations count as well; where one has half of all and none as much, the story plays there. */
static void find_home(struct atlas *atlas)
{
    uint32_t total = 0, most = 0, second = 0;
    for (uint32_t m = 0; m < atlas->article->mention_count; m++) {
        const struct mention *mention = &atlas->article->mentions[m];
        const struct actor *actor = mention->actor == UINT32_MAX ? NULL : &atlas->article->actors[mention->actor];
        if (!actor || !actor->country[0] || (actor->type == ACTOR_PLACE && actor->place_kind == PLACE_COUNTRY))
            continue;
        uint16_t country = COUNTRY_CODE(actor->country[0], actor->country[1]);
        count_country(atlas, country, weight_of(mention) + is_authority(actor), 0);
        if (places_the_story(atlas, mention))
            count_country(atlas, country, 0, 0);
    }
    count_doubtful_towns(atlas);
    count_country(atlas, country_of_language(atlas), 0, 1);
    for (size_t i = 0; i < atlas->named_count; i++) {
        uint32_t count = 2 * atlas->named[i].sure + atlas->named[i].doubtful;
        total += count;
        if (count <= most || !atlas->named[i].sure || atlas->named[i].signs < 2) {
            second = count > second ? count : second;
        } else {
            second = most;
            most = count;
            atlas->home = atlas->named[i].country;
        }
    }
    if (most * 2 < total || most == second)
        atlas->home = 0;
}

/* For actors without a country: the one country that their sentences name, SEVERAL_COUNTRIES or 0. */
static uint16_t *countries_of_sentences(const struct atlas *atlas)
{
    struct article *article = atlas->article;
    uint16_t *named = arena_calloc(atlas->job->arena, article->sentence_count + 1, sizeof *named);
    uint16_t *found = arena_calloc(atlas->job->arena, article->actor_count + 1, sizeof *found);
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        const struct actor *actor = mention->actor == UINT32_MAX ? NULL : &article->actors[mention->actor];
        if (!actor || !actor->country[0])
            continue;
        uint16_t country = COUNTRY_CODE(actor->country[0], actor->country[1]), *at = &named[mention->sentence];
        *at = *at && *at != country ? SEVERAL_COUNTRIES : country;
    }
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        uint16_t country = named[mention->sentence], *at = mention->actor == UINT32_MAX ? NULL : &found[mention->actor];
        if (at && country)
            *at = *at && *at != country ? SEVERAL_COUNTRIES : country;
    }
    return found;
}

/* "European Space Agency": its first word says that no country owns it. */
static bool is_international(const struct atlas *atlas, const struct actor *actor)
{
    const char *blank = memchr(actor->name.ptr, ' ', actor->name.len);
    struct slice first = blank ? slice_of(actor->name.ptr, (size_t)(blank - actor->name.ptr)) : SLICE_NULL;
    return slice_equals(actor->organization_type, SLICE("international")) ||
           (blank && lexicon_find(atlas->international, utf8_lower(atlas->job->arena, first)));
}

static bool may_be_at_home(const struct atlas *atlas, const struct actor *actor)
{
    if (actor->type == ACTOR_ORGANIZATION)
        return !is_international(atlas, actor);
    return actor->type != ACTOR_PLACE || actor->place_kind == PLACE_NONE;
}

/* A town that lies in a country which somebody else of the story belongs to. */
static void settle_towns(const struct atlas *atlas)
{
    for (uint32_t m = 0; m < atlas->article->mention_count; m++) {
        const struct mention *mention = &atlas->article->mentions[m];
        struct actor *actor = mention->actor == UINT32_MAX ? NULL : &atlas->article->actors[mention->actor];
        if (!actor || actor->type != ACTOR_PLACE || actor->country[0])
            continue;
        struct span core = actors_core(atlas->article, mention);
        const struct gazetteer_entry *entry = actors_known(atlas->job, core.start, core.end);
        uint16_t shared = 0;
        for (size_t i = 0; entry && i < NAME_COUNTRIES && entry->countries[i]; i++)
            if (times_named(atlas, entry->countries[i]))
                shared = shared ? SEVERAL_COUNTRIES : entry->countries[i];
        if (shared != SEVERAL_COUNTRIES)
            set_country(actor, shared);
    }
}

static void look_around(const struct atlas *atlas)
{
    for (uint32_t m = 0; m < atlas->article->mention_count; m++)
        if (atlas->article->mentions[m].actor != UINT32_MAX)
            look_at_mention(atlas, &atlas->article->mentions[m]);
    for (uint32_t i = 0; i < atlas->article->actor_count; i++)
        look_at_roles(atlas, &atlas->article->actors[i]);
}

/* Actors of whom nothing else is known belong where the story plays. */
static void settle_at_home(const struct atlas *atlas)
{
    const uint16_t *nearby = countries_of_sentences(atlas);
    for (uint32_t i = 0; i < atlas->article->actor_count; i++) {
        struct actor *actor = &atlas->article->actors[i];
        if (!may_be_at_home(atlas, actor) || nearby[i] == SEVERAL_COUNTRIES || atlas->elsewhere[i])
            continue;
        if ((actor->type == ACTOR_ORGANIZATION || actor->role_count) && (!atlas->home || nearby[i] == atlas->home))
            set_country(actor, nearby[i]);
        /* A person without a role may be a visitor, unless the story knows no other country. */
        bool visitor = actor->type == ACTOR_PERSON && !actor->role_count && atlas->named_count > 1 && nearby[i] != atlas->home;
        if (!visitor && (!nearby[i] || nearby[i] == atlas->home))
            set_country(actor, atlas->home);
    }
}

void countries_assign(struct job *job)
{
    struct atlas atlas = {.job = job, .article = &job->article, .gazetteer = names_gazetteer(job->knowledge->names)};
    atlas.words = role_words_make(job);
    atlas.person_nouns = lexicon_table(job->knowledge->lexicon, "person_nouns");
    atlas.international = lexicon_table(job->knowledge->lexicon, "international_words");
    atlas.offices = lexicon_table(job->knowledge->lexicon, "office_countries");
    atlas.elsewhere = arena_calloc(job->arena, job->article.actor_count + 1, sizeof *atlas.elsewhere);
    count_named_countries(&atlas);
    look_around(&atlas);
    find_home(&atlas);
    memset(atlas.elsewhere, 0, job->article.actor_count * sizeof *atlas.elsewhere);
    look_around(&atlas); /* again: now that home is known, doubtful names are less so */
    settle_towns(&atlas);
    settle_at_home(&atlas);
    for (uint32_t i = 0; i < job->article.actor_count; i++) /* now that organizations have theirs */
        look_at_roles(&atlas, &job->article.actors[i]);
}
