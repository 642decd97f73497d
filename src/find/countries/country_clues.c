/* The country of an actor, the kind of a place and the type of an organization, by the gazetteers, the words in its
 * name and those around it (country_words.c). */
#include "article/knowledge.h"
#include "atlas.h"
#include "base/utf8.h"
#include "find/names/dateline.h"
#include "find/names/name_context.h"

void atlas_set_country(struct actor *actor, uint16_t country)
{
    if (!country || actor->country[0])
        return;
    actor->country[0] = (char)(country >> 8);
    actor->country[1] = (char)(country & 0xFF);
}

uint16_t atlas_namesake_region(const struct atlas *atlas, const struct gazetteer_entry *entry)
{
    const char code[2] = {(char)(entry->countries[0] >> 8), (char)(entry->countries[0] & 0xFF)};
    const struct lexicon_row *row = entry->classes & NAME_COUNTRY && entry->classes & NAME_REGION
                                        ? lexicon_find(atlas->namesakes, (struct slice){code, 2})
                                        : NULL;
    return row ? COUNTRY_CODE(row->columns[1].ptr[0], row->columns[1].ptr[1]) : 0;
}

/* Of the cities of one name. */
static bool is_much_the_largest(const struct gazetteer_entry *entry)
{
    return entry->city_tier && entry->second_tier && entry->second_tier >= entry->city_tier + 2;
}

/* "Palestine", a small town in Texas too; but Georgia is a state, and Granada, as Spanish calls Grenada, a city. */
static bool is_country_alone(const struct gazetteer_entry *entry)
{
    return entry->classes & NAME_COUNTRY && !(entry->classes & NAME_REGION) &&
           (!entry->city_tier || entry->city_tier > CITY_TIER_LARGE + 1);
}

/* Of the countries in which a name stands: the one that the document names most; failing that the first,
 * where it has no rival of nearly its size. 0: two are possible. */
uint16_t atlas_choose_country(const struct atlas *atlas, const struct gazetteer_entry *entry)
{
    /* Paris is in Texas only where the text says so; San Jose in California is no smaller than Costa Rica's. */
    bool equal = entry->countries[1] && entry->second_tier && entry->second_tier <= entry->city_tier;
    if (entry->classes & NAME_CAPITAL && entry->countries[0] && !equal)
        return entry->countries[0];
    if (is_country_alone(entry) || entry->region_alone)
        return entry->countries[0];
    bool large = entry->city_tier && entry->city_tier < CITY_TIER_LARGE;
    size_t count =
        large ? NAME_COUNTRIES - 1 : NAME_COUNTRIES; /* Valencia is in California only where the text says so */
    uint16_t best = 0;
    uint32_t most = 0;
    bool tie = false;
    for (size_t i = 0; i < count && entry->countries[i]; i++) {
        uint32_t times = atlas_times_named(atlas, entry->countries[i]);
        tie = times && times == most ? true : times > most ? false : tie;
        if (times > most) {
            most = times;
            best = entry->countries[i];
        }
    }
    bool dwarfed =
        best != entry->countries[0] && atlas_times_named(atlas, entry->countries[0]) && is_much_the_largest(entry);
    bool passing = atlas->home && best != atlas->home &&
                   best != entry->countries[0]; /* "Manchester" in Jamaica, where the US are named once */
    if (best && !tie && !passing)
        return dwarfed ? entry->countries[0] : best;
    for (size_t i = 0; atlas->home && i < count; i++)
        if (entry->countries[i] == atlas->home)
            return atlas->home;
    if (!atlas->counted && atlas_namesake_region(atlas, entry))
        return 0;
    if (entry->classes & (NAME_COUNTRY | NAME_DEMONYM) || (entry->classes & NAME_CAPITAL && !equal))
        return entry->countries[0];
    /* A small town has namesakes that no list holds; a large one is meant where it is much the largest. */
    bool own = !entry->countries[1] &&
               entry->countries[0] == atlas_country_of_language(atlas);       /* "Zwickau" in a German text */
    bool listed = entry->classes & NAME_ORGANIZATION && !entry->countries[1]; /* "Nokia", whatever town has its name */
    bool small = (entry->classes & NAME_CITY) && entry->city_tier > CITY_TIER_LARGE && !own && !listed;
    bool rival = entry->countries[1] && !is_much_the_largest(entry);
    return small || rival ? 0 : entry->countries[0];
}

/* The same for a place in the actor's own name: one that may be in several countries, none of them home. */
static uint16_t choose_own_country(const struct atlas *atlas, const struct actor *actor,
                                   const struct gazetteer_entry *entry)
{
    uint16_t country = atlas_choose_country(atlas, entry);
    if (!country && entry->countries[0])
        atlas->elsewhere[actor - atlas->article->actors] = true;
    return country;
}

/* The place named right behind: "Springfield, Illinois", "Open University in Milton Keynes". */
static const struct gazetteer_entry *place_behind(const struct atlas *atlas, uint32_t end, uint32_t sentence_end)
{
    const struct token *tokens = atlas->article->tokens;
    size_t length;
    if (end + 1 >= sentence_end || tokens[end + 1].flags & TOKEN_LOWER)
        return NULL;
    bool comma = slice_equals(tokens[end].lower, SLICE(","));
    if (!comma && !slice_equals(tokens[end].lower, SLICE("in")))
        return NULL;
    uint32_t wanted = comma ? NAME_COUNTRY | NAME_REGION : NAME_COUNTRY | NAME_REGION | NAME_CITY;
    if (comma && atlas->persons[end + 1]) /* "the bishop of Llandaff, Mary S." */
        return NULL;
    return gazetteer_longest(atlas->gazetteer, &tokens[end + 1], sentence_end - end - 1, wanted, &length);
}

/* The country of a place, `entry` if it is known, by the place behind it: of the countries that it is in, that one; a
 * town that is known elsewhere may have a namesake, but "In Moscow, Ukraine's minister" is of two places. */
static uint16_t country_by_place_behind(const struct atlas *atlas, const struct gazetteer_entry *entry,
                                        const struct gazetteer_entry *behind)
{
    if (!behind || (entry && is_country_alone(entry)))
        return 0;
    for (size_t i = 0; entry && i < NAME_COUNTRIES && entry->countries[i]; i++)
        for (size_t k = 0; k < NAME_COUNTRIES; k++)
            if (entry->countries[i] == behind->countries[k])
                return entry->countries[i];
    bool large = entry && (entry->classes & (NAME_CAPITAL | NAME_REGION) || gazetteer_is_large_city(entry));
    return large ? 0 : atlas_choose_country(atlas, behind);
}

/* The tokens as a key of what is stated. */
static struct slice key_of(const struct atlas *atlas, uint32_t first, uint32_t end)
{
    const struct token *tokens = atlas->article->tokens;
    struct span span = {tokens[first].span.start, tokens[end - 1].span.end};
    return utf8_lower(atlas->job->arena, article_text(atlas->article, span));
}

static uint16_t stated_country(const struct atlas *atlas, uint32_t first, uint32_t end)
{
    return atlas->stated.count ? (uint16_t)(uintptr_t)map_get(&atlas->stated, key_of(atlas, first, end)) : 0;
}

void atlas_read_stated(struct atlas *atlas)
{
    atlas->stated = map_make(atlas->job->arena, 8);
    for (uint32_t m = 0; m < atlas->article->mention_count; m++) {
        const struct mention *mention = &atlas->article->mentions[m];
        if (mention->type != ACTOR_PLACE)
            continue;
        struct span core = mention_core(atlas->article, mention);
        const struct gazetteer_entry *behind =
            place_behind(atlas, mention->end, atlas->article->sentences[mention->sentence].end);
        uint16_t country = country_by_place_behind(atlas, names_known(atlas->job, core.start, core.end), behind);
        if (country)
            *map_at(&atlas->stated, key_of(atlas, core.start, core.end)) = (void *)(uintptr_t)country;
    }
}

static bool is_lower(const struct atlas *atlas, struct span core)
{
    for (uint32_t i = core.start; i < core.end; i++)
        if (!(atlas->article->tokens[i].flags & TOKEN_LOWER))
            return false;
    return true;
}

/* "Leeds Crown Court", "Bank of England", "Ethiopian News Agency": a place or people in the name; of several the first
 * whose country is certain ("Nacional", a town somewhere, in "Universidad Nacional de México"). */
static uint16_t country_within(const struct atlas *atlas, const struct actor *actor, struct span core)
{
    const struct token *tokens = atlas->article->tokens;
    bool letters = core.end == core.start + 1 && tokens[core.start].flags & TOKEN_ALL_UPPER &&
                   !slice_contains_nocase(actor->name, tokens[core.start].lower);
    if (letters) /* "NIS", no town where it is short for "National Intelligence Service" */
        return 0;
    bool caseless = is_lower(atlas, core);
    uint16_t country = 0;
    for (uint32_t i = core.start; i < core.end && !country;) {
        size_t length;
        const struct gazetteer_entry *entry =
            gazetteer_longest(atlas->gazetteer, &tokens[i], core.end - i,
                              NAME_COUNTRY | NAME_DEMONYM | NAME_CAPITAL | NAME_CITY | NAME_REGION, &length);
        bool person = entry && length == 1 && entry->classes & (NAME_GIVEN | NAME_SURNAME | NAME_COMMON) &&
                      !(entry->classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_DEMONYM)) &&
                      (!entry->city_tier || entry->city_tier > CITY_TIER_LARGE);
        bool foreign =
            entry && length == 1 && !atlas->asked && entry->classes & NAME_COUNTRY && entry->classes & NAME_COMMON &&
            !(tokens[i].flags & TOKEN_ALL_UPPER) && /* "Island", as Germans call Iceland */
            !slice_equals_nocase(gazetteer_country_name(atlas->gazetteer, entry->countries[0]), tokens[i].lower);
        bool word = entry && length == 1 &&
                    (entry->classes & NAME_ORGANIZATION_TAIL ||            /* "Union", a town in New Jersey */
                     lexicon_find(atlas->international, tokens[i].lower)); /* "International", one in Dubai */
        if (entry && !person && !word && !foreign && (caseless || !(tokens[i].flags & TOKEN_LOWER))) {
            country = is_country_alone(entry) ? 0 : stated_country(atlas, i, i + (uint32_t)length);
            country = country ? country : choose_own_country(atlas, actor, entry);
        }
        i += length ? (uint32_t)length : 1;
    }
    return country;
}

/* "Samsung Electronics": the name begins with that of a known organization, whose branch may be elsewhere ("Volkswagen
 * Argentina"). */
static uint16_t country_of_beginning(const struct atlas *atlas, const struct actor *actor, struct span core)
{
    size_t length;
    const struct gazetteer_entry *entry = gazetteer_longest(atlas->gazetteer, &atlas->article->tokens[core.start],
                                                            core.end - core.start, NAME_ORGANIZATION, &length);
    bool plain = entry && !(entry->classes &
                            (NAME_ANY_PLACE | NAME_COMMON | NAME_SURNAME | NAME_GIVEN | NAME_ORGANIZATION_HEAD));
    if (!plain)
        return 0;
    uint16_t branch = country_within(atlas, actor, (struct span){core.start + (uint32_t)length, core.end});
    return branch ? branch : atlas_choose_country(atlas, entry);
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
    if (entry->region_alone)
        return PLACE_REGION;
    if (entry->classes & NAME_CAPITAL || gazetteer_is_large_city(entry))
        return PLACE_CITY;
    bool province = entry->classes & NAME_CITY && !entry->countries[1] && /* that has its town's name */
                    entry->countries[0] != COUNTRY_CODE('U', 'S');
    if (entry->classes & NAME_REGION && !province)
        return PLACE_REGION;
    return entry->classes & NAME_CITY ? PLACE_CITY : entry->classes & NAME_PLACE ? PLACE_OTHER : PLACE_NONE;
}

/* "The village of Sake", "the newspaper El Faro": the kind that a noun beside the name states. */
static void look_at_noun(const struct atlas *atlas, struct actor *actor, const struct mention *mention,
                         struct span core)
{
    static const struct slice none = {"organization", 12}, city = {"city", 4}, region = {"region", 6},
                              other = {"other", 5};
    struct slice kind =
        name_context_kind(&atlas->words, &atlas->article->sentences[mention->sentence], core.start, mention->end);
    enum place_kind place = slice_equals(kind, city)     ? PLACE_CITY
                            : slice_equals(kind, region) ? PLACE_REGION
                            : slice_equals(kind, other)  ? PLACE_OTHER
                                                         : PLACE_NONE;
    if (actor->type == ACTOR_PLACE && actor->place_kind == PLACE_NONE)
        actor->place_kind = place;
    if (actor->type == ACTOR_ORGANIZATION && place == PLACE_NONE && slice_is_null(actor->organization_type) &&
        !slice_equals(kind, none))
        actor->organization_type = kind;
}

static bool is_region_noun(const struct atlas *atlas, uint32_t i)
{
    for (const struct lexicon_row *row = lexicon_find(atlas->words.kinds, atlas->article->tokens[i].lower); row;
         row = row->next)
        if (slice_equals(row->columns[1], SLICE("region")) && slice_equals(row->columns[2], atlas->words.language))
            return true;
    return false;
}

/* "County Cork", "Gangwon Province": the region by its name alone. */
static uint16_t country_of_region(const struct atlas *atlas, struct span core)
{
    if (core.end - core.start < 2)
        return 0;
    const struct token *tokens = atlas->article->tokens;
    bool before = is_region_noun(atlas, core.start), behind = is_region_noun(atlas, core.end - 1);
    const struct gazetteer_entry *entry =
        !before && !behind ? NULL
                           : gazetteer_find(atlas->gazetteer, &tokens[core.start + before], core.end - core.start - 1);
    return entry && entry->classes & (NAME_REGION | NAME_CITY) ? atlas_choose_country(atlas, entry) : 0;
}

/* "Tbilisi, Georgia": behind a town that lies there and not where the region is that bears the country's name. */
static bool follows_its_town(const struct atlas *atlas, const struct gazetteer_entry *entry, uint32_t at)
{
    if (at < 2 || !slice_equals(atlas->article->tokens[at - 1].lower, SLICE(",")) ||
        !atlas_namesake_region(atlas, entry))
        return false;
    const struct gazetteer_entry *town = gazetteer_find(atlas->gazetteer, &atlas->article->tokens[at - 2], 1);
    return town && town->countries[0] == entry->countries[0] && !town->countries[1];
}

static void look_at_place(const struct atlas *atlas, struct actor *actor, const struct mention *mention,
                          struct span core)
{
    const struct gazetteer_entry *entry = names_known(atlas->job, core.start, core.end);
    const struct sentence *sentence = &atlas->article->sentences[mention->sentence];
    if (!entry || !is_country_alone(entry)) {
        atlas_set_country(actor, stated_country(atlas, core.start, core.end));
        atlas_set_country(actor, atlas_country_of_kind(atlas, core.start, sentence->first));
        if (core.start > sentence->first && atlas->asked) /* "het Duitse Münster" */
            atlas_set_country(actor, role_word_country(&atlas->words, core.start - 1));
    }
    if (!entry || !(entry->classes & NAME_ANY_PLACE)) {
        look_at_noun(atlas, actor, mention, core);
        atlas_set_country(actor, country_of_region(atlas, core));
        if (!entry && !atlas->asked) /* "China's Bayan Obo" */
            atlas_set_country(actor, atlas_country_before(atlas, core.start, sentence->first));
        return;
    }
    if (actor->place_kind == PLACE_NONE || entry->classes & NAME_COUNTRY) /* a country's capital is a name of it */
        actor->place_kind = kind_of(entry);
    if (follows_its_town(atlas, entry, core.start))
        atlas_set_country(actor, entry->countries[0]);
    atlas_set_country(actor, choose_own_country(atlas, actor, entry));
    uint16_t region = atlas_namesake_region(atlas, entry);
    if (region && COUNTRY_CODE(actor->country[0], actor->country[1]) == region)
        actor->place_kind = PLACE_REGION;
}

/* "BERGEN, Norway - Halvard Marine AS today announced": who acts right behind a dateline, and is not known, does so at
 * home. */
static uint16_t country_of_dateline(const struct atlas *atlas, const struct mention *mention)
{
    const struct sentence *sentence = &atlas->article->sentences[mention->sentence];
    const struct token *tokens = atlas->article->tokens;
    if (mention->first < sentence->first + 2 || !dateline_is_dash(tokens[mention->first - 1].lower))
        return 0;
    uint32_t dash = dateline_dash(&atlas->words, sentence, sentence->first + 1);
    size_t length;
    const struct gazetteer_entry *entry = gazetteer_longest(atlas->gazetteer, &tokens[sentence->first],
                                                            mention->first - sentence->first, NAME_ANY_PLACE, &length);
    if (dash == sentence->first || dash >= mention->first || !entry)
        return 0;
    uint16_t stated = stated_country(atlas, sentence->first, sentence->first + (uint32_t)length);
    return stated ? stated : atlas_choose_country(atlas, entry);
}

static void look_at_organization(const struct atlas *atlas, struct actor *actor, const struct mention *mention,
                                 struct span core)
{
    const struct gazetteer_entry *entry = names_known(atlas->job, core.start, core.end);
    const struct sentence *sentence = &atlas->article->sentences[mention->sentence];
    bool known = entry && entry->classes & NAME_ORGANIZATION;
    uint8_t type = known && entry->organization_type ? entry->organization_type : organization_type_within(atlas, core);
    if (type && slice_is_null(actor->organization_type))
        actor->organization_type = gazetteer_organization_type(type);
    look_at_noun(atlas, actor, mention, core);
    if (known) {
        atlas_set_country(actor, atlas_choose_country(atlas, entry));
        return;
    }
    atlas_set_country(actor, atlas_country_of_adjective(atlas, core.start, sentence->first, true));
    atlas_set_country(actor, country_of_beginning(atlas, actor, core));
    atlas_set_country(actor, atlas_country_of_noun(atlas, core.start, sentence->first));
    atlas_set_country(actor, atlas_country_of_apposition(atlas, mention->end, sentence->end));
    atlas_set_country(actor, country_within(atlas, actor, core));
    const struct gazetteer_entry *behind = place_behind(atlas, mention->end, sentence->end);
    atlas_set_country(actor, behind ? atlas_choose_country(atlas, behind) : 0);
    atlas_set_country(actor, atlas_country_of_origin(atlas, mention->end, sentence->end)); /* "Acme Lines of Piraeus" */
    atlas_set_country(actor, atlas_country_before(atlas, core.start, sentence->first));
    atlas_set_country(actor, country_of_dateline(atlas, mention));
}

static void look_at_person(const struct atlas *atlas, struct actor *actor, const struct mention *mention)
{
    const struct sentence *sentence = &atlas->article->sentences[mention->sentence];
    if (atlas_has_two_origins(atlas, mention->first, sentence->first))
        atlas->elsewhere[actor - atlas->article->actors] = true;
    atlas_set_country(actor, atlas_country_before(atlas, mention->first, sentence->first));
    atlas_set_country(actor, atlas_country_of_adjective(atlas, mention->first, sentence->first, true));
    atlas_set_country(actor, atlas_country_of_noun(atlas, mention->first, sentence->first));
    atlas_set_country(actor, atlas_country_of_people(atlas, mention->first, sentence->first));
    atlas_set_country(actor, atlas_country_of_origin(atlas, mention->end, sentence->end));
    atlas_set_country(actor, atlas_country_of_apposition(atlas, mention->end, sentence->end));
    atlas_set_country(actor, atlas_country_of_setting(atlas, mention->first, sentence->first));
}

void atlas_look_at_mention(const struct atlas *atlas, const struct mention *mention)
{
    struct actor *actor = &atlas->article->actors[mention->actor];
    struct span core = mention_core(atlas->article, mention);
    if (actor->type == ACTOR_PLACE)
        look_at_place(atlas, actor, mention, core);
    else if (actor->type == ACTOR_ORGANIZATION)
        look_at_organization(atlas, actor, mention, core);
    else
        look_at_person(atlas, actor, mention);
}

/* The country of the actor of that name; 0: none has it, or those of several countries ("Foreign Ministry"). */
static uint16_t country_of_actor(const struct atlas *atlas, struct slice name)
{
    uint16_t country = 0;
    for (uint32_t i = 0; i < atlas->article->actor_count; i++) {
        const struct actor *actor = &atlas->article->actors[i];
        uint16_t its = actor->country[0] && slice_equals_nocase(actor->name, name)
                           ? COUNTRY_CODE(actor->country[0], actor->country[1])
                           : 0;
        if (its && country && its != country)
            return 0;
        country = its ? its : country;
    }
    return country;
}

/* The country of what a role is held in: "President of Russia". */
void atlas_look_at_roles(const struct atlas *atlas, struct actor *actor)
{
    for (uint32_t i = 0; i < actor->role_count && !actor->country[0]; i++) {
        const struct lexicon_row *office =
            lexicon_find(atlas->offices, utf8_lower(atlas->job->arena, actor->roles[i].title));
        if (office)
            atlas_set_country(actor, COUNTRY_CODE(office->columns[1].ptr[0], office->columns[1].ptr[1]));
        if (actor->roles[i].away)
            atlas->elsewhere[actor - atlas->article->actors] = true;
        struct slice body = actor->roles[i].away ? actor->roles[i].from : actor->roles[i].of;
        if (slice_is_null(body))
            continue;
        const struct gazetteer_entry *entry = gazetteer_find_text(atlas->gazetteer, body);
        bool known = entry && entry->classes & (NAME_ANY_PLACE | NAME_ORGANIZATION);
        atlas_set_country(actor, known ? atlas_choose_country(atlas, entry) : 0);
        atlas_set_country(actor, country_of_actor(atlas, body));
    }
}
