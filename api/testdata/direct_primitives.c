#include "api/testdata/direct_primitives.h"

#define REF(word) Fart_RefOfBits(direct, word)
#define UNUSED(a) ((void)(a))

uint64_t PriceNothing(Fart_Direct* direct, uint64_t first, uint64_t second, uint32_t shape) {
  UNUSED(direct), UNUSED(second), UNUSED(shape);
  return first;
}

uint64_t PriceNewPair(Fart_Direct* direct, uint64_t first, uint64_t second, uint32_t shape) {
  const Fart_Layout layout = {2, 0, 0};
  const Fart_Ref init[2] = {REF(first), REF(second)};
  return Fart_New(direct, shape, layout, init).bits;
}

uint64_t PriceNewOfFour(Fart_Direct* direct, uint64_t first, uint64_t second, uint32_t shape) {
  const Fart_Layout layout = {1, 1, 2};
  const Fart_Ref init[1] = {REF(first)};
  UNUSED(second);
  return Fart_New(direct, shape, layout, init).bits;
}

uint64_t PriceLoad(Fart_Direct* direct, uint64_t first, uint64_t second, uint32_t shape) {
  UNUSED(second), UNUSED(shape);
  return Fart_Load(direct, REF(first), 1).bits;
}

uint64_t PriceStore(Fart_Direct* direct, uint64_t first, uint64_t second, uint32_t shape) {
  UNUSED(shape);
  Fart_Store(direct, REF(first), 1, REF(second));
  return first;
}

/* The compiler takes it that the frame is looked at. */
#define LOOK_AT(frame) __asm__ volatile("" : : "r"(&(frame)) : "memory")

uint64_t PriceFrameOfOne(Fart_Direct* direct, uint64_t first, uint64_t second, uint32_t shape) {
  FART_ROOTS(direct, roots, 1);
  UNUSED(second), UNUSED(shape);
  LOOK_AT(roots);
  return first;
}

uint64_t PriceFrameOfFour(Fart_Direct* direct, uint64_t first, uint64_t second, uint32_t shape) {
  FART_ROOTS(direct, roots, 4);
  UNUSED(second), UNUSED(shape);
  LOOK_AT(roots);
  return first;
}

uint64_t PriceAddOfSmis(Fart_Direct* direct, uint64_t first, uint64_t second, uint32_t shape) {
  UNUSED(shape);
  if (!Fart_IsSmi(REF(first)) || !Fart_IsSmi(REF(second))) return FART_DIRECT_NULL;
  return Fart_FromSmi(direct, Fart_SmiValue(REF(first)) + Fart_SmiValue(REF(second))).bits;
}

uint64_t PriceHasShape(Fart_Direct* direct, uint64_t first, uint64_t second, uint32_t shape) {
  UNUSED(second);
  return Fart_HasShape(direct, REF(first), shape);
}
