/* atlas: what countries.c (the whole story) and country_clues.c (around and in a name) share. */
#ifndef NEWSMETA_FIND_ATLAS_H
#define NEWSMETA_FIND_ATLAS_H

#include "actors_internal.h"
#include "base/map.h"
#include "role_words.h"

#define MOST_COUNTRIES 32 /* different countries that one document is searched for */

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
    struct map stated; /* lower-cased names of places behind which their country stands once: "Santa Fe, New Mexico" */
    bool counted;  /* what the text names has been counted, and home is known if it can be */
    struct role_words words;
    bool asked; /* the text is not in English */
    const struct lexicon_table *international, *offices, *postings, *namesakes;
};

/* The country of which a region bears the country's name and is no smaller than it: "Georgia"; 0: there is none. */
uint16_t atlas_namesake_region(const struct atlas *atlas, const struct gazetteer_entry *entry);
/* How often the story names the country, or somebody who is of it alone. */
uint32_t atlas_times_named(const struct atlas *atlas, uint16_t country);
/* The country that most texts in the language tell of, 0: several. A hint, no more. */
uint16_t atlas_country_of_language(const struct atlas *atlas);
/* Does nothing for 0, and where the actor has one. */
void atlas_set_country(struct actor *actor, uint16_t country);
/* Fills `stated`. */
void atlas_read_stated(struct atlas *atlas);
/* What the mention shows of its actor's country and kind. */
void atlas_look_at_mention(const struct atlas *atlas, const struct mention *mention);
/* The country of what a role is held in: "President of Russia". */
void atlas_look_at_roles(const struct atlas *atlas, struct actor *actor);

#endif
