/* endpoints: the answers that need no worker: health, readiness, metrics, version, description, page. */
#ifndef NEWSMETA_SERVICE_ENDPOINTS_H
#define NEWSMETA_SERVICE_ENDPOINTS_H

#include "service/call.h"
#include "service/service.h"

/* Fills the reply of any endpoint but extract and batch. */
void endpoint_answer(struct service *service, const struct call *call, struct reply *reply);
/* OPTIONS on any path: 204 with Allow. */
void endpoint_answer_options(const struct route *route, struct reply *reply);

#endif
