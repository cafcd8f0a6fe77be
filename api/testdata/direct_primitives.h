/* What of fart_direct_api.h has a price in instructions, each as a function of its own. */
#ifndef FART_API_TESTDATA_DIRECT_PRIMITIVES_H_
#define FART_API_TESTDATA_DIRECT_PRIMITIVES_H_

#include "fart_direct_api.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Each takes what it needs of these; PriceNothing is what a function costs that does nothing. */
typedef uint64_t Primitive(Fart_Direct* direct, uint64_t first, uint64_t second, uint32_t shape);

Primitive PriceNothing;
Primitive PriceNewPair;
Primitive PriceNewOfFour;
Primitive PriceLoad;
Primitive PriceStore;
Primitive PriceFrameOfOne;
Primitive PriceFrameOfFour;
Primitive PriceAddOfSmis;
Primitive PriceHasShape;

#ifdef __cplusplus
}
#endif

#endif /* FART_API_TESTDATA_DIRECT_PRIMITIVES_H_ */
