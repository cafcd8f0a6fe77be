// Acquired -- the bytes of typed data between Fart_TypedDataAcquireData and its release, for tests.

#ifndef FART_API_TESTING_ACQUIRED_DATA_H_
#define FART_API_TESTING_ACQUIRED_DATA_H_

#include <cstdint>

#include "api/testing/api_test.h"

namespace fart::api {

// What Fart_TypedDataAcquireData answers; released by Release.
struct Acquired {
  explicit Acquired(Fart_Handle typed_data) : object(typed_data) {
    ExpectSuccess(Fart_TypedDataAcquireData(object, &type, &data, &length));
  }
  void Release() const { ExpectSuccess(Fart_TypedDataReleaseData(object)); }
  std::uint8_t* bytes() const { return static_cast<std::uint8_t*>(data); }

  Fart_Handle object;
  Fart_TypedData_Type type = Fart_TypedData_kInvalid;
  void* data = nullptr;
  std::intptr_t length = -1;
};

}  // namespace fart::api

#endif  // FART_API_TESTING_ACQUIRED_DATA_H_
