/* site: what a page gives away about the name of its site, as evidence that a piece of text is that name
 * and not a headline or a person. */
#ifndef NEWSMETA_FIND_SITE_H
#define NEWSMETA_FIND_SITE_H

#include "article/job.h"
#include "find/compare.h"

#define SITE_MAX_NAMES 12
#define SITE_MAX_SECTIONS 8

struct site {
    struct wording names[SITE_MAX_NAMES]; /* as the page claims them */
    size_t name_count;
    struct wording home; /* the first of them that links to the front page; empty: none does */
    struct wording sections[SITE_MAX_SECTIONS]; /* section of the article, keywords not */
    size_t section_count;
    struct slice host;      /* letters and digits of the host, without "www": "zeitde" */
    struct slice domain;    /* those of the registered label: "zeit" */
    struct slice subdomain; /* those of the first label: "blog", or a blog's name */
};

/* Of the job's page; read the first time that somebody asks, from its claims and its address, and kept for the job's
 * other stages. */
const struct site *site_of(struct job *job);
/* The text is the site's name, one of its forms, or its host. */
bool site_is_named(const struct site *site, const struct wording *text);
/* The text is what links to the front page where the title begins or ends with it. */
bool site_is_home(const struct site *site, const struct wording *text);
/* The host spells the text, letter by letter; one that it has not ("ü", "ñ") stands for one letter or two. */
bool site_is_spelled(const struct site *site, const struct wording *text);
/* The text is a section that the page claims. */
bool site_is_section(const struct site *site, const struct wording *text);
/* The path of the page's address as words: "mike-bloomberg-debate" -> "mike bloomberg debate"; may be empty. */
struct slice site_url_words(struct job *job);

#endif
