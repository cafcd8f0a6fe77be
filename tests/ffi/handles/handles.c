/* Takes handles of a program's values and gives some back. */

#include <stdbool.h>
#include <stdint.h>

#include "dart_api.h"

#define FART_HANDLES __attribute__((visibility("default")))

FART_HANDLES Fart_Handle same(Fart_Handle object) { return object; }

FART_HANDLES int64_t length_of(Fart_Handle text) {
  intptr_t length = -1;
  const Fart_Handle result = Fart_StringLength(text, &length);
  return Fart_IsError(result) ? -1 : (int64_t)length;
}

/* The handles on the stack too. */
FART_HANDLES Fart_Handle list_of(Fart_Handle a, double b, Fart_Handle c, int32_t d, Fart_Handle e,
                                 Fart_Handle f, Fart_Handle g, Fart_Handle h) {
  const Fart_Handle list = Fart_NewList(8);
  const Fart_Handle all[] = {a, Fart_NewDouble(b), c, Fart_NewInteger(d), e, f, g, h};
  for (intptr_t i = 0; i < 8; ++i) {
    const Fart_Handle set = Fart_ListSetAt(list, i, all[i]);
    if (Fart_IsError(set)) return set;
  }
  return list;
}

FART_HANDLES Fart_Handle throws(Fart_Handle exception) {
  return Fart_NewUnhandledExceptionError(exception);
}
FART_HANDLES void propagates(Fart_Handle exception) {
  Fart_PropagateError(Fart_NewUnhandledExceptionError(exception));
}
FART_HANDLES Fart_Handle fails(void) { return Fart_NewApiError("it did not work"); }
FART_HANDLES Fart_Handle no_handle(void) { return (Fart_Handle)(intptr_t)0x1234; }

/* Of the handles in its scope one comes back. */
FART_HANDLES Fart_Handle last_of_many(int32_t count) {
  Fart_Handle last = Fart_Null();
  for (int32_t i = 0; i < count; ++i) last = Fart_NewInteger(i);
  return last;
}

typedef Fart_Handle (*Function)(Fart_Handle object, int32_t number);
FART_HANDLES Fart_Handle call(Function f, Fart_Handle object) { return f(object, 5); }
FART_HANDLES Fart_Handle call_with_none(Function f) { return f((Fart_Handle)(intptr_t)0x1234, 5); }
FART_HANDLES Fart_Handle call_with_error(Function f) { return f(Fart_NewApiError("an error"), 5); }
/* What came back is the error; the text of that. */
FART_HANDLES Fart_Handle error_of(Function f, Fart_Handle object) {
  const Fart_Handle result = f(object, 5);
  if (!Fart_IsError(result)) return Fart_False();
  return Fart_ErrorGetException(result);
}

static Fart_PersistentHandle held = NULL;
FART_HANDLES void hold(Fart_Handle object) {
  if (held != NULL) Fart_DeletePersistentHandle(held);
  held = Fart_NewPersistentHandle(object);
}
FART_HANDLES Fart_Handle get_held(void) { return Fart_HandleFromPersistent(held); }
FART_HANDLES void let_go(void) {
  Fart_DeletePersistentHandle(held);
  held = NULL;
}

struct Three {
  int64_t a, b, c;
};
FART_HANDLES struct Three three(Fart_Handle text, struct Three before) {
  const struct Three result = {before.a + length_of(text), before.b, before.c};
  return result;
}
