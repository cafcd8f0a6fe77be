// Numbers -- ints and doubles made and read.

#include "vm/numbers.h"

#include <cstdint>

#include "api/include/dart_api.h"
#include "api/shim.h"

using namespace fart;       // NOLINT: what is exported is C
using namespace fart::api;  // NOLINT

bool Fart_IsNumber(Fart_Handle object) FART_READS_OBJECTS {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsNumber>(value);
}

bool Fart_IsInteger(Fart_Handle object) FART_READS_OBJECTS {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsInteger>(value);
}

bool Fart_IsDouble(Fart_Handle object) FART_READS_OBJECTS {
  FART_ENTER_OR(isolate, false);
  FART_UNWRAP_OR(isolate, value, object, false);
  return Holds<IsDouble>(value);
}

Fart_Handle Fart_NewInteger(std::int64_t value) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_SCOPE(isolate);
  if (ObjectPtr::IsSmiValue(value)) [[likely]] {
    const NoSafepointScope quiet;
    return WrapObject(isolate, ObjectPtr::FromSmi(value), quiet);
  }
  FART_NEED_NO_CALLBACK(isolate);
  return Wrap(isolate, NewMint(isolate.mutator(), value));
}

Fart_Handle Fart_IntegerFitsIntoInt64(Fart_Handle integer, bool* fits) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, integer);
  FART_NEED_POINTER(isolate, fits);
  FART_NEED_TYPE(isolate, object, integer, IsInteger, "Integer");
  *fits = true;  // An int has 64 bits.
  return Success();
}

Fart_Handle Fart_IntegerToInt64(Fart_Handle integer, std::int64_t* value) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, integer);
  FART_NEED_POINTER(isolate, value);
  FART_NEED_TYPE(isolate, object, integer, IsInteger, "Integer");
  const NoSafepointScope quiet;
  *value = IntegerValue(object.Get(quiet), quiet);
  return Success();
}

Fart_Handle Fart_NewDouble(double value) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_NEED_NO_CALLBACK(isolate);
  FART_NEED_SCOPE(isolate);
  return Wrap(isolate, NewDouble(isolate.mutator(), value));
}

Fart_Handle Fart_DoubleValue(Fart_Handle double_obj, double* value) FART_MAY_COLLECT {
  FART_ENTER(isolate);
  FART_UNWRAP(isolate, object, double_obj);
  FART_NEED_POINTER(isolate, value);
  FART_NEED_TYPE(isolate, object, double_obj, IsDouble, "Double");
  const NoSafepointScope quiet;
  *value = DoubleValue(object.Get(quiet), quiet);
  return Success();
}
