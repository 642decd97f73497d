/* What an actor is: its mentions vote, and so does what stands around each of them. */
#include "article/knowledge.h"
#include "find/names/name_context.h"
#include "merger.h"

#define LONGEST_ACRONYM 6 /* letters */
#define LONGEST_LIST 8    /* names */
#define SHORTEST_PLURAL 4 /* letters of "cats"; initials behind a surname are "S" */
#define VOTE_BESIDE 1.2f /* against what the tagger says once, not twice */
#define VOTE_SAID 3.0f   /* against what it says of every other mention */
#define VOTE_PAIR 0.9f   /* against what it says once and is not quite sure of */
#define VOTE_TEAM 2.0f   /* against two mentions in a report of a match */
#define VOTE_WHERE 0.5f  /* against what it says once and is not sure of */

enum actor_type form_type(const struct form *form)
{
    enum actor_type best = ACTOR_PERSON;
    for (enum actor_type type = ACTOR_ORGANIZATION; type < ACTOR_OTHER; type++)
        if (form->votes[type] > form->votes[best])
            best = type;
    return best;
}

static bool is_word(const struct merger *merger, uint32_t i, struct slice word)
{
    return slice_equals(merger_token(merger, i)->lower, word);
}

/* ------------------------------------------------------- what stands beside */

/* Whether a noun for people stands before the person, over a comma too: "Analyst Johan Lilja", "its lawyer, Ishbel
 * Drever". */
static bool is_introduced(const struct merger *merger, const struct mention *person)
{
    uint32_t start = merger->article->sentences[person->sentence].first;
    uint32_t behind =
        person->first > start && is_word(merger, person->first - 1, SLICE(",")) ? person->first - 1 : person->first;
    return behind > start && role_word_is_noun(&merger->words, behind - 1);
}

/* "Analyst Johan Lilja at Nordea", "its lawyer, Ishbel Drever of Brodies,": whom a person with a title works for. */
static bool is_employer(const struct merger *merger, const struct mention *mention)
{
    const struct article *article = merger->article;
    if (mention == article->mentions || !role_word_is(&merger->words, mention->first - 1, SMALL_OF))
        return false;
    const struct mention *person = mention - 1;
    return person->type == ACTOR_PERSON && person->end + 1 == mention->first && person->sentence == mention->sentence &&
           is_introduced(merger, person);
}

/* English: "Gartner's" "Mike Ramsey": a person is had by a body or a place, whatever surname these have. */
static bool has_person(const struct merger *merger, const struct mention *mention)
{
    const struct article *article = merger->article;
    const struct mention *person = mention + 1;
    return mention->end - mention->first == 1 && person < article->mentions + article->mention_count &&
           person->type == ACTOR_PERSON && person->first == mention->end + 1 && person->end - person->first > 1 &&
           person->sentence == mention->sentence &&
           slice_equals(merger_token(merger, mention->end)->lower, SLICE("'s"));
}

/* English: "Pheu Thai, which": nobody is a thing. */
static bool is_thing(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    return mention->end + 2 < sentence->end && is_word(merger, mention->end, SLICE(",")) &&
           is_word(merger, mention->end + 1, SLICE("which"));
}

/* English: "operated by Challenge Cargo", where no list has a place of that name. */
static bool is_doer(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    uint32_t first = mention->first;
    if (first > sentence->first && is_word(merger, first - 1, SLICE("the")))
        first--;
    if (first < sentence->first + 2 || !role_word_is(&merger->words, first - 1, SMALL_AGENT))
        return false;
    struct slice verb = merger_token(merger, first - 2)->lower;
    bool made =
        slice_equals(verb, SLICE("made")) || slice_equals(verb, SLICE("built")) || slice_equals(verb, SLICE("run"));
    return made ||
           (slice_ends(verb, SLICE("ed")) && !slice_equals(verb, SLICE("led")) && !slice_equals(verb, SLICE("headed")));
}

/* English: "Paris-based Mistral" */
static bool is_based(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    return mention->first > sentence->first &&
           slice_ends(merger_token(merger, mention->first - 1)->lower, SLICE("-based"));
}

/* English: "a group calling itself Black Heron" */
static bool is_self_styled(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    return mention->first > sentence->first + 1 && is_word(merger, mention->first - 2, SLICE("calling")) &&
           (is_word(merger, mention->first - 1, SLICE("itself")) ||
            is_word(merger, mention->first - 1, SLICE("themselves")));
}

/* "Wilderness Safaris", "Northway Trains": several of a thing are nobody's surname, where the first word is an everyday
 * one or no given name. */
static bool is_wordy(const struct merger *merger, struct span core)
{
    const uint32_t people = NAME_GIVEN | NAME_ANY_TITLE | NAME_DEMONYM,
                   names = people | NAME_SURNAME | NAME_ANY_PLACE | NAME_NOT;
    uint32_t first = role_word_classes(&merger->words, core.start, 1),
             last = role_word_classes(&merger->words, core.end - 1, 1);
    struct slice word = merger_token(merger, core.end - 1)->lower;
    if (core.end - core.start != 2 || word.len < SHORTEST_PLURAL ||
        merger_token(merger, core.end - 1)->small & SMALL_FUNCTION || !slice_ends(word, SLICE("s")) ||
        last & (NAME_SURNAME | NAME_GIVEN | NAME_DEMONYM))
        return false;
    return first & NAME_COMMON ? !(first & names) : last & NAME_COMMON && !(first & people);
}

/* "Luchtverkeersleiding Nederland": no list has the first word, and the last is a country as its own people call it. */
static bool has_country(const struct merger *merger, struct span core)
{
    return core.end - core.start > 1 && !role_word_classes(&merger->words, core.start, 1) &&
           role_word_classes(&merger->words, core.end - 1, 1) & NAME_COUNTRY;
}

/* "Reykjavik Geothermal": nobody's first name is a large city's or a country's that no list has for a given name, where
 * the last is no surname. */
static bool is_of_city(const struct merger *merger, struct span core)
{
    const struct gazetteer_entry *first =
        core.end - core.start == 2 ? names_known(merger->job, core.start, core.start + 1) : NULL;
    return first && (first->classes & (NAME_COUNTRY | NAME_CAPITAL) || gazetteer_is_large_city(first)) &&
           !(first->classes & (NAME_GIVEN | NAME_SURNAME)) &&
           !(role_word_classes(&merger->words, core.end - 1, 1) & (NAME_GIVEN | NAME_SURNAME)) &&
           !role_word_ends_as_surname(&merger->words, core.end - 1);
}

/* "Fáilte Ireland" likewise, where nothing stands in it. */
static bool is_national(const struct merger *merger, const struct mention *mention, struct span core)
{
    bool inside = mention->first > merger->article->sentences[mention->sentence].first &&
                  role_word_is(&merger->words, mention->first - 1, SMALL_WHERE);
    return has_country(merger, core) && !inside;
}

/* "PGG" among words in small letters. */
static bool is_acronym(const struct merger *merger, const struct mention *mention, struct span core)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    const struct token *token = merger_token(merger, core.start);
    bool calm = (core.start > sentence->first && token[-1].flags & TOKEN_LOWER) ||
                (core.end < sentence->end && token[1].flags & TOKEN_LOWER);
    return core.end - core.start == 1 && token->flags & TOKEN_ALL_UPPER && token->lower.len > 2 &&
           token->lower.len <= LONGEST_ACRONYM && slice_find_byte(token->lower, '.', 0) == SLICE_NOT_FOUND && calm;
}

/* "LockBit", "BioMarine": small letters and a capital behind them; surnames have such capitals behind some beginnings
 * ("McAdam", "DeSantis"). */
static bool is_coined(const struct merger *merger, uint32_t i)
{
    struct slice word = article_text(merger->article, merger_token(merger, i)->span);
    size_t inner = 1;
    while (inner < word.len && !(word.ptr[inner] >= 'A' && word.ptr[inner] <= 'Z' && word.ptr[inner - 1] >= 'a' &&
                                 word.ptr[inner - 1] <= 'z'))
        inner++;
    if (inner >= word.len || word.ptr[0] < 'A' || word.ptr[0] > 'Z')
        return false;
    return !lexicon_find(lexicon_table(merger->job->knowledge->lexicon, "surname_beginnings"),
                         slice_sub(word, 0, inner));
}

/* English: "Temu cut its prices", "Mizuno and its partner", "Norvale said on Monday its pill": nobody is an it. */
static bool is_neuter(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    uint32_t verb = mention->end, last = verb + 1;
    if (verb + 1 >= sentence->end || !(merger_token(merger, verb)->flags & TOKEN_LOWER))
        return false;
    if (role_word_is(&merger->words, verb, SMALL_SPEECH)) /* over "on Monday" */
        last = verb + 3 < sentence->end && role_word_is(&merger->words, verb + 1, SMALL_WHERE) ? verb + 3 : verb + 1;
    return is_word(merger, last, SLICE("its")) && !role_word_is(&merger->words, verb, SMALL_WHERE | SMALL_OF);
}

/* English: "the Yury Gagarin Training Center said", where no list has such a place: a place that has an article speaks
 * no more than a body does. */
static bool is_speaker(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    return mention->end < sentence->end && role_word_is(&merger->words, mention->end, SMALL_SPEECH) &&
           mention->first > sentence->first && is_word(merger, mention->first - 1, SLICE("the"));
}

/* "in Wetherfield", "near Soma": one may be at, from or on a body as well, and hold shares in one. */
static bool stands_inside(const struct merger *merger, const struct mention *mention, uint32_t first)
{
    static const struct slice loose[] = {{"at", 2}, {"from", 4}, {"on", 2}, {"to", 2}};
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    if (first == sentence->first || !role_word_is(&merger->words, first - 1, SMALL_WHERE) ||
        name_context_is_held(&merger->words, sentence, first))
        return false;
    for (size_t i = 0; i < sizeof loose / sizeof loose[0]; i++)
        if (slice_equals(merger_token(merger, first - 1)->lower, loose[i]))
            return false;
    return true;
}

/* English: "China's Zijin", where it is not inside of something: a country has its towns, which lists know, and its
 * firms and teams. */
static bool is_of_country(const struct merger *merger, const struct mention *mention, struct span core)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    uint32_t country = core.start - 2;
    if (core.end - core.start != 1 || core.start < sentence->first + 2 ||
        !is_word(merger, core.start - 1, SLICE("'s")) || role_word_ends_as_surname(&merger->words, core.start) ||
        !(role_word_classes(&merger->words, country, 1) & NAME_COUNTRY) || stands_inside(merger, mention, country))
        return false;
    return core.end == sentence->end || !(merger_token(merger, core.end)->flags & TOKEN_CAPITALISED);
}

/* English: "Ambulances belong to Falck" */
static bool is_had_by(const struct merger *merger, const struct mention *mention)
{
    uint32_t first = mention->first;
    if (first < merger->article->sentences[mention->sentence].first + 2 || !is_word(merger, first - 1, SLICE("to")))
        return false;
    return is_word(merger, first - 2, SLICE("belong")) || is_word(merger, first - 2, SLICE("belongs")) ||
           is_word(merger, first - 2, SLICE("belonged"));
}

/* "Change.org", "Booking.com": where on the net it is. */
static bool is_domain(const struct merger *merger, uint32_t i)
{
    struct slice word = article_text(merger->article, merger_token(merger, i)->span),
                 last = slice_behind_last(word, '.');
    return last.len > 1 && role_word_list_says(&merger->words, merger->words.cues, last, "domain");
}

/* English: "Nissin fell 1.2%" */
static bool is_quoted(const struct merger *merger, const struct mention *mention)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    const struct lexicon_table *verbs = lexicon_table(merger->job->knowledge->lexicon, "share_verbs");
    uint32_t verb = mention->end;
    return verb + 2 < sentence->end && lexicon_find(verbs, merger_token(merger, verb)->lower) &&
           merger_token(merger, verb + 1)->kind == TOKEN_NUMBER &&
           (is_word(merger, verb + 2, SLICE("%")) || is_word(merger, verb + 2, SLICE("percent")) ||
            is_word(merger, verb + 2, SLICE("per")));
}

/* What the tagger takes for a person or a place is a body by what it does and has. */
static bool stands_as_body(const struct merger *merger, const struct mention *mention, struct span core,
                           const struct gazetteer_entry *known)
{
    bool given = core.end - core.start > 1 && role_word_classes(&merger->words, core.start, 1) & NAME_GIVEN;
    bool coined = is_coined(merger, core.end - 1) ||
                  (mention->type == ACTOR_PLACE && is_coined(merger, core.start) &&
                   role_word_classes(&merger->words, core.end - 1, 1) & NAME_COUNTRY); /* "BirdWatch Ireland" */
    if (!given && ((mention->type == ACTOR_PERSON && is_acronym(merger, mention, core)) || coined))
        return true;
    if (!slice_equals(merger->words.language, SLICE("en")))
        return false;
    if (is_self_styled(merger, mention))
        return true;
    if (core.end - core.start == 1 &&
        (is_domain(merger, core.start) || (!known && is_of_country(merger, mention, core))))
        return true;
    if (mention->type == ACTOR_PERSON)
        return has_person(merger, mention) || is_wordy(merger, core) || has_country(merger, core) ||
               is_of_city(merger, core) ||
               (!given && (is_neuter(merger, mention) || is_quoted(merger, mention) || is_thing(merger, mention) ||
                           is_based(merger, mention)));
    return mention->type == ACTOR_PLACE && !known &&
           (is_national(merger, mention, core) || is_had_by(merger, mention) || is_doer(merger, mention) ||
            is_speaker(merger, mention) || is_based(merger, mention) || is_quoted(merger, mention));
}

/* The type that lists and its own words give the mention for sure; ACTOR_OTHER: none. */
static enum actor_type sure_type(const struct merger *merger, const struct mention *mention)
{
    const uint32_t marks = NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL;
    struct span core = mention_core(merger->article, mention);
    const struct gazetteer_entry *known = names_known(merger->job, core.start, core.end);
    uint32_t classes = known ? known->classes : 0, last = role_word_classes(&merger->words, core.end - 1, 1);
    bool place = classes & NAME_ANY_PLACE,
         body = classes & NAME_ORGANIZATION || (core.end - core.start > 1 && last & marks);
    if (place == body || classes & (NAME_GIVEN | NAME_SURNAME | NAME_COMMON))
        return ACTOR_OTHER;
    return mention->type == (place ? ACTOR_PLACE : ACTOR_ORGANIZATION) ? mention->type : ACTOR_OTHER;
}

/* Mention `left` and the one behind it stand in one list: "A, B", "A and B". */
static bool are_listed(const struct merger *merger, const struct mention *left)
{
    const struct mention *right = left + 1;
    bool article = right->first == left->end + 2 &&
                   is_word(merger, left->end + 1, SLICE("the")); /* "and the Rufford Foundation" */
    if (right->sentence != left->sentence || (right->first != left->end + 1 && !article))
        return false;
    return is_word(merger, left->end, SLICE(",")) || role_word_is(&merger->words, left->end, SMALL_CONJUNCTION);
}

/* What stands around a mention says of what type it is, and how much that counts; ACTOR_OTHER: nothing. */
struct saying {
    enum actor_type type;
    float votes;
};

static const struct saying NOTHING_SAID = {ACTOR_OTHER, 0};

static bool has_persons_name(const struct merger *merger, struct span core)
{
    for (uint32_t i = core.start; i < core.end; i++)
        if (role_word_classes(&merger->words, i, 1) & (NAME_GIVEN | NAME_SURNAME))
            return true;
    return false;
}

/* The name's words, or what joins them, say that it is a body's. */
static bool is_marked(const struct merger *merger, struct span core)
{
    for (uint32_t i = core.start; i < core.end; i++)
        if (role_word_classes(&merger->words, i, 1) & (NAME_ORGANIZATION_HEAD | NAME_ORGANIZATION_TAIL) ||
            role_word_is(&merger->words, i, SMALL_OF) || is_word(merger, i, SLICE("&")) ||
            lexicon_find(merger->legal_forms, article_text(merger->article, merger_token(merger, i)->span)))
            return true;
    return false;
}

/* "Lightspeed, Khosla Ventures and MGX": what a name is that no list has, by those that it is listed with: two on one
 * side, or one on either; less sure by one alone behind or before an "and". A town with its country ("Soma, Turkey") is
 * no list. */
static struct saying type_of_neighbour(const struct merger *merger, const struct mention *mention, struct span core)
{
    const struct mention *first = merger->article->mentions, *last = first + merger->article->mention_count - 1;
    if (has_persons_name(merger, core) || is_marked(merger, core))
        return NOTHING_SAID;
    const struct mention *before = mention > first && are_listed(merger, mention - 1) ? mention - 1 : NULL;
    const struct mention *behind = mention < last && are_listed(merger, mention) ? mention + 1 : NULL;
    const struct mention *far = before && before > first && are_listed(merger, before - 1) ? before - 1
                                : behind && behind < last && are_listed(merger, behind)   ? behind + 1
                                                                                          : NULL;
    const struct mention *list[] = {before, behind, far};
    enum actor_type type = ACTOR_OTHER;
    uint32_t sure = 0, others = 0;
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        enum actor_type one = list[i] ? sure_type(merger, list[i]) : ACTOR_OTHER;
        sure += one != ACTOR_OTHER && (type == ACTOR_OTHER || one == type);
        others += one != ACTOR_OTHER && type != ACTOR_OTHER && one != type;
        type = type == ACTOR_OTHER ? one : type;
    }
    bool pair = (before && role_word_is(&merger->words, before->end, SMALL_CONJUNCTION)) ||
                (behind && role_word_is(&merger->words, mention->end, SMALL_CONJUNCTION));
    bool single = core.end - core.start == 1 || mention->type != ACTOR_PERSON;
    if (others || sure == 0 || (sure == 1 && !(pair && single)))
        return NOTHING_SAID;
    return (struct saying){type, sure > 1 ? VOTE_BESIDE : VOTE_PAIR};
}

/* Where the list begins in which the mention stands: "off Anafi and Amorgos". */
static uint32_t list_start(const struct merger *merger, const struct mention *mention)
{
    for (uint32_t steps = 0;
         steps < LONGEST_LIST && mention > merger->article->mentions && are_listed(merger, mention - 1); steps++)
        mention--;
    return mention->first;
}

/* What a name is that no word beside it says to be anything, by what it does and what it stands in a list with. */
static struct saying type_by_company(const struct merger *merger, const struct mention *mention, struct span core,
                                     const struct gazetteer_entry *known)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    if ((!known && is_employer(merger, mention)) || stands_as_body(merger, mention, core, known))
        return (struct saying){ACTOR_ORGANIZATION, VOTE_BESIDE};
    if (known)
        return NOTHING_SAID;
    struct slice shared = name_context_kind_of_list(&merger->words, sentence, list_start(merger, mention));
    return slice_is_null(shared) ? type_of_neighbour(merger, mention, core)
                                 : (struct saying){name_context_type_of_kind(shared), VOTE_BESIDE};
}

/* What the words beside the name say that it is, where the tagger saw something else in a name that no list knows;
 * context: what name_context_type() makes of them. */
static struct saying type_beside(const struct merger *merger, const struct mention *mention, struct span core,
                                 const struct gazetteer_entry *known, enum actor_type context)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    if (known && known->classes & (NAME_ORGANIZATION | NAME_COUNTRY | NAME_CAPITAL | NAME_REGION))
        return NOTHING_SAID;
    if (context == ACTOR_OTHER)
        return type_by_company(merger, mention, core, known);
    if (context == ACTOR_PERSON && is_marked(merger, core))
        return NOTHING_SAID;
    struct slice before = name_context_kind_before(&merger->words, sentence, core.start);
    struct slice kind =
        slice_is_null(before) ? name_context_kind(&merger->words, sentence, core.start, mention->end) : before;
    bool person = mention->type == ACTOR_PERSON && core.end - core.start == 2 &&
                  role_word_classes(&merger->words, core.start, 1) & NAME_GIVEN;
    if (person && slice_equals(kind, SLICE("organization")))
        return NOTHING_SAID; /* "in the Challengers group Leon Pais came first"; "the firm Jane Street" */
    bool town = known && known->classes & NAME_ANY_PLACE && context == ACTOR_ORGANIZATION;
    if (town && slice_is_null(before) && slice_equals(kind, SLICE("company")))
        return (struct saying){ACTOR_PLACE, VOTE_BESIDE}; /* "the Quebec City operator" */
    bool named_so = !known && core.end - core.start == 1 && !slice_is_null(before); /* "the French firm Murenna" */
    return (struct saying){context, named_so ? VOTE_SAID : VOTE_BESIDE};
}

/* English: the word does what data/lexicon/type_cues.tsv calls so. */
static bool is_cue(const struct merger *merger, uint32_t i, const char *what)
{
    return role_word_list_says(&merger->words, merger->words.cues, merger_token(merger, i)->lower, what);
}

/* English: "in Ed Damazine", "near Hawazza", "off Anafi and Amorgos": hardly anybody is stood in, whose name lists do
 * not have. */
static bool holds_somebody(const struct merger *merger, const struct mention *mention, struct span core,
                           const struct gazetteer_entry *known)
{
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    uint32_t start = core.end - core.start == 1 ? list_start(merger, mention) : mention->first;
    if (mention->type != ACTOR_PERSON || known || start == sentence->first ||
        role_word_classes(&merger->words, core.end - 1, 1) & (NAME_GIVEN | NAME_SURNAME) ||
        (core.end < sentence->end && is_word(merger, core.end, SLICE("'s")))) /* "in Van Gogh's painting" */
        return false;
    bool opens = start == sentence->first + 1;
    if (!opens && core.end - core.start == 1 && is_word(merger, start - 1, SLICE("of")) &&
        is_cue(merger, start - 2, "ofplace"))
        return true; /* "people of Loima", "north of Kobe" */
    return is_cue(merger, start - 1, "inside") && (opens || !is_cue(merger, start - 2, "faith"));
}

/* "à Alger": behind a preposition that places have more often than people. */
static bool stands_as_place(const struct merger *merger, const struct mention *mention, struct span core,
                            const struct gazetteer_entry *known)
{
    if (slice_equals(merger->words.language, SLICE("en")))
        return holds_somebody(merger, mention, core, known);
    return mention->type == ACTOR_PERSON && core.end - core.start == 1 &&
           core.start > merger->article->sentences[mention->sentence].first &&
           role_word_is(&merger->words, core.start - 1, SMALL_WHERE);
}

static bool is_somebody(const struct mention *mention)
{
    return mention->type == ACTOR_PERSON && mention->end - mention->first > 1;
}

/* "Cesária Évora, Mariza and Ry Cooder", "Hursen & Blanck (1982)"; "Hera, Aphrodite and Poseidon": of three names that
 * look like people's each is one. */
static bool stands_with_people(const struct merger *merger, const struct mention *mention)
{
    const struct mention *first = merger->article->mentions, *last = first + merger->article->mention_count - 1;
    const struct mention *left = mention, *right = mention;
    if (mention->end < merger->article->token_count && is_word(merger, mention->end, SLICE("&")))
        return true;
    while (left > first && mention - left < 2 && left[-1].type == ACTOR_PERSON && are_listed(merger, left - 1))
        left--;
    while (right < last && right - mention < 2 && right[1].type == ACTOR_PERSON && are_listed(merger, right))
        right++;
    return right - left > 1 || (left < mention && is_somebody(mention - 1)) ||
           (right > mention && is_somebody(mention + 1));
}

/* In a report of a match: a town that means its team. "Porto" is a surname too; whoever else bears it is merged by it.
 */
static bool stands_as_team(const struct merger *merger, const struct mention *mention, struct span core,
                           const struct gazetteer_entry *known)
{
    bool nobody = !known && core.end - core.start == 1; /* who has that surname is merged by it */
    bool town = nobody || (gazetteer_is_large_city(known) && !(known->classes & NAME_GIVEN));
    if (!merger->sports || (mention->type != ACTOR_PLACE && !(mention->type == ACTOR_PERSON && town)))
        return false;
    return name_context_is_team(&merger->words, &merger->article->sentences[mention->sentence], core.start,
                                mention->end);
}

/* "Nokia will cut jobs": a company that has the name of a small town, where no preposition of places stands before it.
 */
static bool stands_as_company(const struct merger *merger, const struct mention *mention, uint32_t first,
                              const struct gazetteer_entry *known)
{
    bool small =
        known && known->city_tier > CITY_TIER_LARGE && !(known->classes & (NAME_COUNTRY | NAME_CAPITAL | NAME_REGION));
    return mention->type == ACTOR_PLACE && small && known->classes & NAME_ORGANIZATION &&
           !(first > 0 && role_word_is(&merger->words, first - 1, SMALL_WHERE | SMALL_OF));
}

void actor_types_vote(const struct merger *merger, const struct mention *mention, struct form *form)
{
    struct span core = mention_core(merger->article, mention);
    const struct gazetteer_entry *known = names_known(merger->job, core.start, core.end);
    bool country = form->country != 0, team = !country && stands_as_team(merger, mention, core, known);
    const struct sentence *sentence = &merger->article->sentences[mention->sentence];
    enum actor_type context =
        country ? ACTOR_OTHER : name_context_type(&merger->words, sentence, core.start, mention->end);
    struct saying beside = country || team ? NOTHING_SAID : type_beside(merger, mention, core, known, context);
    form->titled = form->titled || context == ACTOR_PERSON || stands_with_people(merger, mention);
    form->votes[country ? ACTOR_PLACE : mention->type] += mention->confidence;
    if (beside.type != mention->type || beside.votes >= VOTE_SAID)
        form->votes[beside.type] += beside.votes;
    if (team || (!country && stands_as_company(merger, mention, core.start, known)))
        form->votes[ACTOR_ORGANIZATION] += VOTE_TEAM;
    if (stands_as_place(merger, mention, core, known))
        form->votes[ACTOR_PLACE] += slice_equals(merger->words.language, SLICE("en")) ? VOTE_BESIDE : VOTE_WHERE;
    form->placed = form->placed || (mention->type == ACTOR_PLACE && stands_inside(merger, mention, core.start));
}
