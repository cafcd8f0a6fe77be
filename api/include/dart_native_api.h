/*
 * What handlers of native ports use. All of it is in dart_api.h; this header is for sources that
 * include it by the name it has had.
 */
#ifndef FART_API_INCLUDE_DART_NATIVE_API_H_
#define FART_API_INCLUDE_DART_NATIVE_API_H_

#include "dart_api.h"

#endif /* FART_API_INCLUDE_DART_NATIVE_API_H_ */
