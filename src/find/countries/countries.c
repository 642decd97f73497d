#include "find/countries/countries.h"

#include "article/knowledge.h"
#include "atlas.h"
#include "base/utf8.h"

/* First by what stands at each name (country_clues.c), then by what the rest of the document speaks of. */

#define LEAD_SENTENCES 3 /* the headline and a lead */
#define DATELINE_WEIGHT 2 /* of its place, in mentions */

static void count_country(struct atlas *atlas, uint16_t country, bool own, uint32_t sure, uint32_t doubtful)
{
    size_t i = 0;
    while (i < atlas->named_count && atlas->named[i].country != country)
        i++;
    if (!country || i == MOST_COUNTRIES)
        return;
    if (i == atlas->named_count)
        atlas->named[atlas->named_count++] = (struct country_count){.country = country};
    struct country_count *count = &atlas->named[i];
    count->sure += sure;
    count->doubtful += doubtful;
    count->signs++;
    count->own += own;
}

uint32_t atlas_times_named(const struct atlas *atlas, uint16_t country)
{
    for (size_t i = 0; i < atlas->named_count; i++)
        if (atlas->named[i].country == country)
            return atlas->named[i].sure;
    return 0;
}

/* Headline and lead say where a story plays. */
static uint32_t weight_of(const struct mention *mention)
{
    return mention->sentence < LEAD_SENTENCES ? 2 : 1;
}

/* So do its courts and authorities, which work in their own country. */
static bool is_authority(const struct actor *actor)
{
    return slice_equals(actor->organization_type, SLICE("court")) ||
           slice_equals(actor->organization_type, SLICE("government"));
}

static void count_named_countries(struct atlas *atlas)
{
    for (uint32_t m = 0; m < atlas->article->mention_count; m++) {
        const struct mention *mention = &atlas->article->mentions[m];
        struct span core = mention_core(atlas->article, mention);
        const struct gazetteer_entry *entry = names_known(atlas->job, core.start, core.end);
        uint16_t region = entry ? atlas_namesake_region(atlas, entry) : 0;
        if (region) {
            count_country(atlas, entry->countries[0], true, 0, 1);
            count_country(atlas, region, true, 0, 1);
        } else if (entry && entry->classes & (NAME_COUNTRY | NAME_DEMONYM))
            for (uint32_t weight = weight_of(mention); weight > 0; weight--)
                count_country(atlas, entry->countries[0], true, 1, 0);
    }
}

uint16_t atlas_country_of_language(const struct atlas *atlas)
{
    static const struct {
        struct slice language;
        uint16_t country;
    } hints[] = {{{"de", 2}, COUNTRY_CODE('D', 'E')},
                 {{"fr", 2}, COUNTRY_CODE('F', 'R')},
                 {{"it", 2}, COUNTRY_CODE('I', 'T')},
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
           (role_word_is(&atlas->words, mention->first - 1, SMALL_WHERE) ||
            role_word_is(&atlas->words, mention->first - 1, SMALL_PART));
}

/* "PORT OF SPAIN -": where a report was written it plays as a rule. */
static bool is_dateline(const struct atlas *atlas, const struct mention *mention)
{
    return mention->sentence < LEAD_SENTENCES && atlas_is_dateline(atlas, mention);
}

/* What a town says that may lie in several countries: each of them counts a little. */
static void count_doubtful_towns(struct atlas *atlas)
{
    for (uint32_t m = 0; m < atlas->article->mention_count; m++) {
        const struct mention *mention = &atlas->article->mentions[m];
        const struct actor *actor = mention->actor == UINT32_MAX ? NULL : &atlas->article->actors[mention->actor];
        if (!actor || actor->type != ACTOR_PLACE || actor->country[0])
            continue;
        struct span core = mention_core(atlas->article, mention);
        const struct gazetteer_entry *entry = names_known(atlas->job, core.start, core.end);
        for (size_t i = 0; entry && i < NAME_COUNTRIES; i++)
            count_country(atlas, entry->countries[i], true, 0, 1);
    }
}

/* Countries of places and organizations count as well. */
static void count_countries_of_actors(struct atlas *atlas)
{
    for (uint32_t m = 0; m < atlas->article->mention_count; m++) {
        const struct mention *mention = &atlas->article->mentions[m];
        const struct actor *actor = mention->actor == UINT32_MAX ? NULL : &atlas->article->actors[mention->actor];
        if (!actor || !actor->country[0])
            continue;
        uint16_t country = COUNTRY_CODE(actor->country[0], actor->country[1]);
        if (is_dateline(atlas, mention)) {
            count_country(atlas, country, true, DATELINE_WEIGHT, 0);
            atlas->desk = country;
        }
        if (actor->type == ACTOR_PLACE && actor->place_kind == PLACE_COUNTRY) /* whose name was counted */
            continue;
        bool firm = slice_equals(actor->organization_type, SLICE("company")) ||
                    slice_equals(actor->organization_type, SLICE("media"));
        if (firm && mention->sentence >= LEAD_SENTENCES) /* whose wares and reports are everywhere */
            continue;
        bool own = actor->type != ACTOR_PERSON || mention->sentence < LEAD_SENTENCES;
        count_country(atlas, country, own, weight_of(mention) + is_authority(actor), 0);
        if (places_the_story(atlas, mention))
            count_country(atlas, country, true, 0, 0);
    }
}

/* Where one country has half of all and none as much, the story plays there, unless its dateline is of another that has
 * half as much. */
static void find_home(struct atlas *atlas)
{
    uint32_t total = 0, most = 0, second = 0, desk = 0;
    count_countries_of_actors(atlas);
    count_doubtful_towns(atlas);
    count_country(atlas, atlas_country_of_language(atlas), true, 0, 1);
    for (size_t i = 0; i < atlas->named_count; i++) {
        uint32_t count = 2 * atlas->named[i].sure + atlas->named[i].doubtful;
        total += count;
        uint32_t signs = atlas->named_count > 1 ? atlas->named[i].own : atlas->named[i].signs;
        if (atlas->named[i].country == atlas->desk)
            desk = count;
        if (count <= most || !atlas->named[i].sure || signs < 2) {
            second = count > second ? count : second;
        } else {
            second = most;
            most = count;
            atlas->home = atlas->named[i].country;
        }
    }
    bool torn = atlas->desk != atlas->home && desk * 2 >= most; /* "HANOI - A court sentenced an Australian" */
    if (atlas->desk != atlas->home || most == second)
        atlas->desk = 0;
    if (most * 2 < total || most == second || torn)
        atlas->home = 0;
}

/* "Egypt's transport minister": says where he is from, but not who else is there. */
static bool is_owner(const struct atlas *atlas, const struct mention *mention)
{
    return mention->end < atlas->article->token_count &&
           slice_starts(atlas->article->tokens[mention->end].lower, SLICE("'"));
}

/* "A woman from Basra", "Paul G. from Ohio": a people's word or a name before the "from" at `at`. */
static bool is_origin(const struct atlas *atlas, uint32_t at, const struct mention *previous)
{
    if (!slice_equals(atlas->article->tokens[at].lower, SLICE("from")) || at == 0)
        return false;
    return lexicon_find(atlas->words.people, atlas->article->tokens[at - 1].lower) ||
           role_word_is_noun(&atlas->words, at - 1) || (previous && previous->end == at);
}

/* "Will visit Riyadh", "flew back from Vienna", "ambassador to Israel": says nothing of where who is named beside it is
 * from. English. */
static bool is_far_end(const struct atlas *atlas, const struct mention *mention)
{
    static const struct slice words[] = {{"to", 2},     {"from", 4},    {"visit", 5},
                                         {"visits", 6}, {"visited", 7}, {"visiting", 8}};
    if (atlas->asked || mention->type != ACTOR_PLACE ||
        mention->first == atlas->article->sentences[mention->sentence].first)
        return false;
    const struct mention *previous = mention > atlas->article->mentions ? mention - 1 : NULL;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (slice_equals(atlas->article->tokens[mention->first - 1].lower, words[i]))
            return !is_origin(atlas, mention->first - 1, previous);
    return false;
}

/* For actors without a country: the one country that their sentences name, SEVERAL_COUNTRIES or 0. */
static uint16_t *countries_of_sentences(const struct atlas *atlas)
{
    struct article *article = atlas->article;
    uint16_t *named = arena_calloc(atlas->job->arena, article->sentence_count + 1, sizeof *named);
    bool *stated = arena_calloc(atlas->job->arena, article->sentence_count + 1, sizeof *stated);
    uint16_t *found = arena_calloc(atlas->job->arena, article->actor_count + 1, sizeof *found);
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        const struct actor *actor = mention->actor == UINT32_MAX ? NULL : &article->actors[mention->actor];
        if (!actor || !actor->country[0] || is_far_end(atlas, mention))
            continue;
        uint16_t country = COUNTRY_CODE(actor->country[0], actor->country[1]), *at = &named[mention->sentence];
        *at = *at && *at != country ? SEVERAL_COUNTRIES : country;
        stated[mention->sentence] |= actor->type != ACTOR_PERSON && !is_owner(atlas, mention);
    }
    for (uint32_t s = 0; s < article->sentence_count; s++)
        if (named[s] && !stated[s] && named[s] != atlas_home_at(atlas, s)) /* somebody's, who may be abroad */
            named[s] = SEVERAL_COUNTRIES;
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        uint16_t country = named[mention->sentence], *at = mention->actor == UINT32_MAX ? NULL : &found[mention->actor];
        if (at && country)
            *at = *at && *at != country ? SEVERAL_COUNTRIES : country;
    }
    return found;
}

static bool is_known_international(const struct atlas *atlas, struct slice name)
{
    const struct gazetteer_entry *entry = gazetteer_find_text(atlas->gazetteer, name);
    return entry && entry->classes & NAME_ORGANIZATION && entry->organization_type &&
           slice_equals(gazetteer_organization_type(entry->organization_type), SLICE("international"));
}

/* "European Space Agency", "General Court of the European Union", "UN Security Council": a word or body in the name
 * says that no country owns it. */
static bool is_international(const struct atlas *atlas, const struct actor *actor)
{
    size_t blank = slice_find_byte(actor->name, ' ', 0);
    if (slice_equals(actor->organization_type, SLICE("international")))
        return true;
    if (blank == SLICE_NOT_FOUND)
        return false;
    struct slice first = slice_sub(actor->name, 0, blank);
    if (lexicon_find(atlas->international, utf8_lower(atlas->job->arena, first)) ||
        is_known_international(atlas, first))
        return true;
    for (; blank != SLICE_NOT_FOUND; blank = slice_find_byte(actor->name, ' ', blank + 1))
        if (is_known_international(atlas, slice_sub(actor->name, blank + 1, actor->name.len)) ||
            is_known_international(atlas, slice_sub(actor->name, 0, blank)))
            return true;
    return false;
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
        struct span core = mention_core(atlas->article, mention);
        const struct gazetteer_entry *entry = names_known(atlas->job, core.start, core.end);
        uint16_t shared = 0;
        for (size_t i = 0; entry && i < NAME_COUNTRIES && entry->countries[i]; i++)
            if (atlas_times_named(atlas, entry->countries[i]))
                shared = shared ? SEVERAL_COUNTRIES : entry->countries[i];
        if (shared != SEVERAL_COUNTRIES)
            atlas_set_country(actor, shared);
    }
}

static void look_around(const struct atlas *atlas)
{
    for (uint32_t m = 0; m < atlas->article->mention_count; m++)
        if (atlas->article->mentions[m].actor != UINT32_MAX)
            atlas_look_at_mention(atlas, &atlas->article->mentions[m]);
    for (uint32_t i = 0; i < atlas->article->actor_count; i++)
        atlas_look_at_roles(atlas, &atlas->article->actors[i]);
}

/* A person whose employer is not at home, or is nobody's country's, need not be there either. */
static void send_staff_elsewhere(const struct atlas *atlas)
{
    const struct article *article = atlas->article;
    struct map employers = map_make(atlas->job->arena, 16);
    for (uint32_t i = 0; i < article->actor_count; i++)
        if (atlas->elsewhere[i] ||
            (article->actors[i].type == ACTOR_ORGANIZATION && is_international(atlas, &article->actors[i])))
            *map_at(&employers, article->actors[i].name) = (void *)(uintptr_t)1;
    for (uint32_t i = 0; i < article->actor_count; i++)
        for (uint32_t r = 0; r < article->actors[i].role_count; r++)
            if (!slice_is_null(article->actors[i].roles[r].of) && map_get(&employers, article->actors[i].roles[r].of))
                atlas->elsewhere[i] = true;
}

/* By actor: somebody of another country than home is named before it in the sentence that first names it. */
static bool *foreigners_before(const struct atlas *atlas)
{
    const struct article *article = atlas->article;
    bool *before = arena_calloc(atlas->job->arena, article->actor_count + 1, sizeof *before);
    bool *seen = arena_calloc(atlas->job->arena, article->actor_count + 1, sizeof *seen);
    uint32_t sentence = UINT32_MAX;
    bool foreign = false, home = false;
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        foreign = foreign && mention->sentence == sentence;
        home = home && mention->sentence == sentence;
        sentence = mention->sentence;
        if (mention->actor == UINT32_MAX)
            continue;
        const char *country = article->actors[mention->actor].country;
        if (!seen[mention->actor])
            before[mention->actor] = foreign;
        seen[mention->actor] = true;
        bool at_home = country[0] && COUNTRY_CODE(country[0], country[1]) == atlas_home_at(atlas, sentence);
        home = home || at_home;
        foreign = foreign ||
                  (country[0] && !at_home && !(home && is_far_end(atlas, mention))); /* "Finland buys from Israel" */
    }
    return before;
}

/* Whether data/lexicon/posted_roles.tsv says that of a word of the title. */
static bool has_office(const struct atlas *atlas, struct slice title, const char *what)
{
    struct slice rest = utf8_lower(atlas->job->arena, title), word;
    while (slice_split(&rest, ' ', &word))
        if (role_word_list_says(&atlas->words, atlas->postings, word, what))
            return true;
    return false;
}

/* "Police chief X", "Foreign Minister Y": an office of the state, of which no text says whose it is that is its own
 * country's. */
static bool holds_office_of_state(const struct atlas *atlas, const struct actor *actor)
{
    for (uint32_t i = 0; i < actor->role_count; i++) {
        if (!slice_is_null(actor->roles[i].of))
            return false;
        if (has_office(atlas, actor->roles[i].title, "state"))
            return true;
    }
    return false;
}

/* "President Trump" beside "Ukraine's president": a country has one, so the other is of another. */
static void send_namesakes_elsewhere(const struct atlas *atlas)
{
    const struct article *article = atlas->article;
    struct map held = map_make(atlas->job->arena, 16); /* titles that somebody holds of a country */
    for (uint32_t i = 0; i < article->actor_count; i++)
        for (uint32_t r = 0; r < article->actors[i].role_count; r++) {
            const struct actor_role *role = &article->actors[i].roles[r];
            const struct gazetteer_entry *of =
                slice_is_null(role->of) ? NULL : gazetteer_find_text(atlas->gazetteer, role->of);
            if (of && of->classes & NAME_COUNTRY)
                *map_at(&held, utf8_lower(atlas->job->arena, role->title)) = (void *)(uintptr_t)1;
        }
    for (uint32_t i = 0; held.count && i < article->actor_count; i++)
        for (uint32_t r = 0; r < article->actors[i].role_count; r++) {
            const struct actor_role *role = &article->actors[i].roles[r];
            if (slice_is_null(role->of) && has_office(atlas, role->title, "single") &&
                map_get(&held, utf8_lower(atlas->job->arena, role->title)))
                atlas->elsewhere[i] = true;
        }
}

/* Whether data/lexicon/lacking_offices.tsv says that the country does not have the office. */
static bool is_lacking(const struct atlas *atlas, const struct actor_role *role, uint16_t country)
{
    struct slice title = utf8_lower(atlas->job->arena, role->title), last = slice_behind_last(title, ' ');
    for (const struct lexicon_row *row = lexicon_find(atlas->lacking, slice_is_null(last) ? title : last); row;
         row = row->next)
        if (COUNTRY_CODE(row->columns[1].ptr[0], row->columns[1].ptr[1]) == country)
            return slice_is_null(role->of) && (slice_is_null(last) || slice_equals(row->columns[2], SLICE("last")));
    return false;
}

/* Who holds an office that home does not have, or one that is held abroad, is of another country. */
static void send_offices_elsewhere(const struct atlas *atlas, const uint16_t *homes)
{
    for (uint32_t i = 0; i < atlas->article->actor_count; i++)
        for (uint32_t r = 0; r < atlas->article->actors[i].role_count; r++) {
            const struct actor_role *role = &atlas->article->actors[i].roles[r];
            if (is_lacking(atlas, role, homes[i]) || has_office(atlas, role->title, "role"))
                atlas->elsewhere[i] = true;
        }
}

/* Actors of whom nothing else is known belong where the story plays. */
static void settle_at_home(const struct atlas *atlas)
{
    const uint16_t *nearby = countries_of_sentences(atlas), *homes = atlas_homes_of_actors(atlas);
    const bool *foreign = foreigners_before(atlas);
    send_staff_elsewhere(atlas);
    send_namesakes_elsewhere(atlas);
    send_offices_elsewhere(atlas, homes);
    for (uint32_t i = 0; i < atlas->article->actor_count; i++) {
        struct actor *actor = &atlas->article->actors[i];
        uint16_t home = homes[i], seat = home ? home : atlas->desk;
        bool here = !nearby[i] || nearby[i] == seat || nearby[i] == SEVERAL_COUNTRIES;
        if (seat && actor->type == ACTOR_PERSON && here && !foreign[i] && !atlas->elsewhere[i] &&
            holds_office_of_state(atlas, actor))
            atlas_set_country(actor, seat);
        if (!may_be_at_home(atlas, actor) || nearby[i] == SEVERAL_COUNTRIES || atlas->elsewhere[i])
            continue;
        bool tells = foreign[i] || nearby[i] == atlas_country_of_language(
                                                    atlas); /* "Singer X found it in Leipzig" does not, but in German */
        bool near = actor->type == ACTOR_ORGANIZATION || (actor->role_count && tells);
        if (near && (!home || nearby[i] == home))
            atlas_set_country(actor, nearby[i]);
        /* A person without a role may be a visitor, unless the story knows no other country. */
        bool visitor = actor->type == ACTOR_PERSON && !actor->role_count && atlas->named_count > 1 && nearby[i] != home;
        if (!visitor && (!nearby[i] || nearby[i] == home))
            atlas_set_country(actor, home);
    }
}

enum err countries_run(struct job *job)
{
    struct atlas atlas = {.job = job, .article = &job->article, .gazetteer = job->knowledge->gazetteer};
    atlas.words = role_words_make(job);
    atlas.asked = !slice_equals(atlas.words.language, SLICE("en"));
    atlas.international = lexicon_table(job->knowledge->lexicon, "international_words");
    atlas.postings = lexicon_table(job->knowledge->lexicon, "posted_roles");
    atlas.namesakes = lexicon_table(job->knowledge->lexicon, "namesake_regions");
    atlas.lacking = lexicon_table(job->knowledge->lexicon, "lacking_offices");
    atlas.offices = lexicon_table(job->knowledge->lexicon, "office_countries");
    atlas.elsewhere = arena_calloc(job->arena, job->article.actor_count + 1, sizeof *atlas.elsewhere);
    atlas.persons = arena_calloc(job->arena, job->article.token_count + 1, sizeof *atlas.persons);
    for (uint32_t m = 0; m < job->article.mention_count; m++)
        atlas.persons[job->article.mentions[m].first] = job->article.mentions[m].type == ACTOR_PERSON;
    atlas_read_stated(&atlas);
    count_named_countries(&atlas);
    look_around(&atlas);
    find_home(&atlas);
    atlas_read_sections(&atlas);
    memset(atlas.elsewhere, 0, job->article.actor_count * sizeof *atlas.elsewhere);
    atlas.counted = true;
    for (uint32_t i = 0; i < job->article.actor_count; i++)
        job->article.actors[i].country[0] = '\0';
    look_around(&atlas); /* again: now that home is known, doubtful names are less so */
    settle_towns(&atlas);
    settle_at_home(&atlas);
    for (uint32_t i = 0; i < job->article.actor_count; i++) /* now that organizations have theirs */
        atlas_look_at_roles(&atlas, &job->article.actors[i]);
    return ERR_NONE;
}
