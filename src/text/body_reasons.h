/* body_reasons: what the blocks of a page are that are not its prose. */
#ifndef NEWSMETA_TEXT_BODY_REASONS_H
#define NEWSMETA_TEXT_BODY_REASONS_H

#include "body_features.h"

/* Gives every block with ROLE_UNKNOWN the role that its containers, tag and place speak for. */
void body_name_reasons(struct article *article, const struct body_features *features);

#endif
