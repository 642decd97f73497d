#include "body_reasons.h"

/* The classes of a container in the order in which they are believed when it has several: the narrow
 * ones first ("related-share-comment" boxes are rare; "footer-newsletter" is a newsletter). */
static const struct {
    enum section_class class;
    enum block_role role;
} class_roles[] = {
    {SECTION_CONSENT, ROLE_CONSENT},       {SECTION_NEWSLETTER, ROLE_NEWSLETTER}, {SECTION_COMMENT, ROLE_COMMENT},
    {SECTION_ADVERTISEMENT, ROLE_ADVERTISEMENT}, {SECTION_RELATED, ROLE_TEASER},  {SECTION_SHARE, ROLE_SHARE},
    {SECTION_CAPTION, ROLE_CAPTION},       {SECTION_AUTHOR, ROLE_AUTHOR_BIO},     {SECTION_NAVIGATION, ROLE_NAVIGATION},
    {SECTION_FOOTER, ROLE_FOOTER},         {SECTION_ASIDE, ROLE_TEASER},
};

static enum block_role role_of_classes(uint32_t classes)
{
    for (size_t i = 0; i < sizeof class_roles / sizeof class_roles[0]; i++)
        if (classes & 1u << class_roles[i].class)
            return class_roles[i].role;
    return ROLE_UNKNOWN;
}

static enum block_role role_of_flags(const struct block *block)
{
    if (block->tag == BLOCK_CAPTION || block->flags & BLOCK_IN_FIGURE)
        return ROLE_CAPTION;
    if (block->flags & BLOCK_IN_NAV)
        return ROLE_NAVIGATION;
    if (block->flags & BLOCK_IN_FOOTER)
        return ROLE_FOOTER;
    if (block->flags & (BLOCK_IN_FORM | BLOCK_IN_BUTTON))
        return ROLE_NAVIGATION;
    if (block->flags & BLOCK_IN_ASIDE)
        return ROLE_TEASER;
    return ROLE_UNKNOWN;
}

/* The role of each container: what is certain of it, else what its own label says, else what the one around it is. */
static enum block_role *roles_of_sections(const struct article *article, const struct body_features *features,
                                          enum block_role *roles)
{
    for (uint32_t s = 0; s < article->section_count; s++) {
        if (roles[s] == ROLE_UNKNOWN)
            roles[s] = role_of_classes(features->classes[s]);
        if (roles[s] == ROLE_UNKNOWN && s > 0)
            roles[s] = roles[article->sections[s].parent];
    }
    return roles;
}

/* What nothing speaks for: before the prose it is navigation, after it links to other stories are teasers,
 * the rest is the foot of the page. */
static enum block_role role_of_place(const struct block *block, bool before_prose, bool after_prose)
{
    if (before_prose)
        return ROLE_NAVIGATION;
    bool linked = block->link_bytes * 2 > block->span.end - block->span.start;
    if (block->tag == BLOCK_HEADING || linked)
        return ROLE_TEASER;
    return after_prose ? ROLE_FOOTER : ROLE_ADVERTISEMENT;
}

void body_name_reasons(struct article *article, const struct body_features *features)
{
    enum block_role *sections = roles_of_sections(article, features, features->roles);
    uint32_t first = NO_BLOCK, last = 0;
    for (uint32_t i = 0; i < article->block_count; i++)
        if (role_is_prose(article->blocks[i].role)) {
            first = first == NO_BLOCK ? i : first;
            last = i;
        }
    for (uint32_t i = 0; i < article->block_count; i++) {
        struct block *block = &article->blocks[i];
        if (block->role != ROLE_UNKNOWN || i == features->headline)
            continue;
        block->role = role_of_flags(block);
        if (block->role == ROLE_UNKNOWN)
            block->role = sections[block->section];
        if (block->role == ROLE_UNKNOWN)
            block->role = role_of_place(block, i < first, i > last);
    }
}
