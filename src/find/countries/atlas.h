/* atlas: what countries.c (the whole story), country_sections.c (reports under one headline), country_clues.c (in a
 * name) and country_words.c (around it) share. */
#ifndef NEWSMETA_FIND_COUNTRIES_ATLAS_H
#define NEWSMETA_FIND_COUNTRIES_ATLAS_H

#include "base/map.h"
#include "find/names/names.h"
#include "find/names/role_words.h"

#define SEVERAL_COUNTRIES 1 /* no code of a country: more than one is possible */
#define MOST_COUNTRIES 32 /* different countries that one document is searched for */

struct country_count {
    uint16_t country;
    uint32_t sure;     /* times that it is named, or somebody who is of it alone */
    uint32_t doubtful; /* times that a place is named that may be in it */
    uint32_t signs;    /* how often it was counted; its own name in headline or lead counts double here too */
    uint32_t own;      /* the same without people behind the lead, who have it of what stands beside them ("X of Hebrew
                          University") */
};

struct atlas {
    struct job *job;
    struct article *article;
    const struct gazetteer *gazetteer;
    struct country_count named[MOST_COUNTRIES]; /* countries and demonyms of the text */
    size_t named_count;
    uint16_t home; /* the country that the story plays in, 0 if not clear */
    uint16_t desk; /* the country that it names most and that its dateline is of, be there as many signs of others; 0:
                      there is none */
    const uint16_t *homes; /* by sentence: that of the report to which it belongs; NULL: there is one report */
    bool *persons;   /* by token: a person's name begins there */
    bool *elsewhere; /* by actor: its name holds a place that is not at home, wherever it is */
    struct map stated; /* lower-cased names of places behind which their country stands once: "Santa Fe, New Mexico" */
    bool counted;  /* what the text names has been counted, and home is known if it can be */
    struct role_words words;
    bool asked; /* the text is not in English */
    const struct lexicon_table *international, *offices, *lacking, *postings, *namesakes;
};

/* "PORT OF SPAIN -" at the head of its sentence. */
bool atlas_is_dateline(const struct atlas *atlas, const struct mention *mention);
/* Fills `homes`, where datelines of several countries stand in the text. */
void atlas_read_sections(struct atlas *atlas);
/* Where the report plays to which a sentence belongs, and by actor those that name it; 0: not clear. */
uint16_t atlas_home_at(const struct atlas *atlas, uint32_t sentence);
uint16_t *atlas_homes_of_actors(const struct atlas *atlas);

/* The country of which a region bears the country's name and is no smaller than it: "Georgia"; 0: there is none. */
uint16_t atlas_namesake_region(const struct atlas *atlas, const struct gazetteer_entry *entry);
/* How often the story names the country, or somebody who is of it alone. */
uint32_t atlas_times_named(const struct atlas *atlas, uint16_t country);
/* The country that most texts in the language tell of, 0: several. A hint, no more. */
uint16_t atlas_country_of_language(const struct atlas *atlas);
/* Does nothing for 0, and where the actor has one. */
void atlas_set_country(struct actor *actor, uint16_t country);
/* Of the countries in which a name stands: the one that the document names most; failing that the first, where it has
 * no rival of nearly its size. 0: two are possible. */
uint16_t atlas_choose_country(const struct atlas *atlas, const struct gazetteer_entry *entry);
/* Fills `stated`. */
void atlas_read_stated(struct atlas *atlas);
/* What the mention shows of its actor's country and kind. */
void atlas_look_at_mention(const struct atlas *atlas, const struct mention *mention);
/* The country of what a role is held in: "President of Russia". */
void atlas_look_at_roles(const struct atlas *atlas, struct actor *actor);

/* What the words around a name say of where it is from, 0: nothing. They get the name's first token and that of the
 * sentence, or the token behind the name and that behind the sentence. */
uint16_t atlas_country_before(const struct atlas *atlas, uint32_t first, uint32_t sentence_start);
uint16_t atlas_country_of_kind(const struct atlas *atlas, uint32_t first, uint32_t sentence_start);
uint16_t atlas_country_of_noun(const struct atlas *atlas, uint32_t first, uint32_t sentence_start);
uint16_t atlas_country_of_people(const struct atlas *atlas, uint32_t first, uint32_t sentence_start);
uint16_t atlas_country_of_origin(const struct atlas *atlas, uint32_t end, uint32_t sentence_end);
uint16_t atlas_country_of_apposition(const struct atlas *atlas, uint32_t end, uint32_t sentence_end);
/* The same of an adjective some words before `at`; `base`: of "Berlin-based" alone. */
uint16_t atlas_country_of_adjective(const struct atlas *atlas, uint32_t at, uint32_t sentence_start, bool base);
/* "In Vigo, shipowner Javier T." */
uint16_t atlas_country_of_setting(const struct atlas *atlas, uint32_t first, uint32_t sentence_start);
/* "The British-Nigerian novelist X": somebody whom two countries may claim. */
bool atlas_has_two_origins(const struct atlas *atlas, uint32_t first, uint32_t sentence_start);

#endif
