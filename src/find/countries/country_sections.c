/* Reports under one headline, each with a dateline of its own ("ACCRA - ...", "LUSAKA - ..."): every one has its own
 * home. */
#include "atlas.h"
#include "find/names/dateline.h"

bool atlas_is_dateline(const struct atlas *atlas, const struct mention *mention)
{
    const struct sentence *sentence = &atlas->article->sentences[mention->sentence];
    return mention->type == ACTOR_PLACE && mention->first == sentence->first &&
           dateline_dash(&atlas->words, sentence, mention->end) != sentence->first;
}

static uint16_t country_of_mention(const struct atlas *atlas, const struct mention *mention)
{
    const struct actor *actor = mention->actor == UINT32_MAX ? NULL : &atlas->article->actors[mention->actor];
    return actor && actor->country[0] ? COUNTRY_CODE(actor->country[0], actor->country[1]) : 0;
}

void atlas_read_sections(struct atlas *atlas)
{
    const struct article *article = atlas->article;
    uint16_t *homes = arena_calloc(atlas->job->arena, article->sentence_count + 1, sizeof *homes);
    uint16_t first = 0;
    bool several = false;
    for (uint32_t m = 0; m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        uint16_t country =
            mention->first == article->sentences[mention->sentence].first ? country_of_mention(atlas, mention) : 0;
        if (!country || !atlas_is_dateline(atlas, mention))
            continue;
        homes[mention->sentence] = country;
        several = several || (first && country != first);
        first = first ? first : country;
    }
    for (uint32_t s = 1; s < article->sentence_count; s++)
        homes[s] = homes[s] ? homes[s] : homes[s - 1];
    if (!several)
        return;
    atlas->homes = homes;
    atlas->home = atlas->desk = 0;
}

uint16_t atlas_home_at(const struct atlas *atlas, uint32_t sentence)
{
    return atlas->homes ? atlas->homes[sentence] : atlas->home;
}

uint16_t *atlas_homes_of_actors(const struct atlas *atlas)
{
    const struct article *article = atlas->article;
    uint16_t *homes = arena_calloc(atlas->job->arena, article->actor_count + 1, sizeof *homes);
    for (uint32_t i = 0; i < article->actor_count; i++)
        homes[i] = atlas->homes ? 0 : atlas->home;
    for (uint32_t m = 0; atlas->homes && m < article->mention_count; m++) {
        const struct mention *mention = &article->mentions[m];
        if (mention->actor == UINT32_MAX)
            continue;
        uint16_t *home = &homes[mention->actor];
        *home = *home && *home != atlas->homes[mention->sentence] ? SEVERAL_COUNTRIES : atlas->homes[mention->sentence];
    }
    for (uint32_t i = 0; i < article->actor_count; i++)
        homes[i] = homes[i] == SEVERAL_COUNTRIES ? 0 : homes[i];
    return homes;
}
