/* embedded: see base/embedded.h, which the service reads as well. */
#ifndef NEWSMETA_MODEL_EMBEDDED_H
#define NEWSMETA_MODEL_EMBEDDED_H

#include "base/embedded.h"

#endif
