// ApiTest -- a test case inside a fresh isolate with a scope open, and short ways to ask.
//
// Everything here goes through the exported functions, as a host does.

#ifndef FART_API_TESTING_API_TEST_H_
#define FART_API_TESTING_API_TEST_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pthread.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"

namespace fart::api {

// Starts the machine for as long as the process runs.
inline void StartOnce() {
  static const bool started = [] {
    Fart_InitializeParams params = {};
    params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
    char* const error = Fart_Initialize(&params);
    EXPECT_STREQ(error, nullptr);
    return error == nullptr;
  }();
  static_cast<void>(started);
}

// Calls body() on a thread that may end in it, and waits until it has.
template <typename Body>
void RunThread(Body body) {
  pthread_t thread;
  const auto run = [](void* data) -> void* {
    (*static_cast<Body*>(data))();
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, nullptr, run, &body), 0);
  ASSERT_EQ(pthread_join(thread, nullptr), 0);
}

// Of a test's own isolate, besides the fixture's: made with `make()`, entered, with a scope open.
class OwnIsolate {
 public:
  explicit OwnIsolate(void* data = nullptr) {
    char* error = nullptr;
    isolate_ = Fart_CreateHeapIsolate(data, &error);
    EXPECT_NE(isolate_, nullptr) << error;
    Fart_EnterScope();
  }
  ~OwnIsolate() {
    if (Fart_CurrentIsolate() == nullptr) Fart_EnterIsolate(isolate_);
    EXPECT_EQ(Fart_CurrentIsolate(), isolate_);
    Fart_ShutdownIsolate();
  }
  OwnIsolate(const OwnIsolate&) = delete;
  OwnIsolate& operator=(const OwnIsolate&) = delete;

  Fart_Isolate get() const { return isolate_; }

 private:
  Fart_Isolate isolate_ = nullptr;
};

// Expects that exactly one misuse is recorded while it lives, with this in its text.
class ExpectMisuse {
 public:
  explicit ExpectMisuse(std::string part) : part_(std::move(part)), before_(Fart_MisuseCount()) {}
  ~ExpectMisuse() {
    EXPECT_EQ(Fart_MisuseCount(), before_ + 1) << "expected: " << part_;
    if (Fart_MisuseCount() > before_) {
      EXPECT_THAT(Fart_GetMisuse(), ::testing::HasSubstr(part_));
    }
  }
  ExpectMisuse(const ExpectMisuse&) = delete;
  ExpectMisuse& operator=(const ExpectMisuse&) = delete;

 private:
  const std::string part_;
  const std::uint64_t before_;
};

inline Fart_Handle Str(const char* text) { return Fart_NewStringFromCString(text); }

inline std::string TextOf(Fart_Handle string) {
  const char* text = nullptr;
  const Fart_Handle result = Fart_StringToCString(string, &text);
  return Fart_IsError(result) ? std::string("error: ") + Fart_GetError(result) : text;
}

inline std::int64_t IntOf(Fart_Handle integer) {
  std::int64_t value = -1;
  const Fart_Handle result = Fart_IntegerToInt64(integer, &value);
  EXPECT_FALSE(Fart_IsError(result)) << Fart_GetError(result);
  return value;
}

// The text of an error handle; empty for what is none.
inline std::string ErrorOf(Fart_Handle handle) {
  return Fart_IsError(handle) ? Fart_GetError(handle) : "";
}

inline void ExpectSuccess(Fart_Handle handle) {
  EXPECT_FALSE(Fart_IsError(handle)) << Fart_GetError(handle);
}

inline void Collect(Fart_Collection collection = Fart_Collection_kEverything) {
  ExpectSuccess(Fart_Collect(collection));
}

inline Fart_HandleStatistics HandleStatistics() {
  Fart_HandleStatistics statistics = {};
  statistics.struct_size = sizeof(statistics);
  ExpectSuccess(Fart_GetHandleStatistics(&statistics));
  return statistics;
}

inline Fart_HeapStatistics HeapStatistics() {
  Fart_HeapStatistics statistics = {};
  statistics.struct_size = sizeof(statistics);
  ExpectSuccess(Fart_GetHeapStatistics(&statistics));
  return statistics;
}

// Whether flags of the environment make collections happen by themselves.
inline bool IsUnderStress() { return std::string(Fart_GetFlag("gc-stress")) != "0"; }

// Without a language.
class ApiTest : public ::testing::Test {
 protected:
  ApiTest() { StartOnce(); }
  void SetUp() override {
    char* error = nullptr;
    isolate_ = Make(&error);
    ASSERT_NE(isolate_, nullptr) << error;
    Fart_EnterScope();
  }
  void TearDown() override {
    if (Fart_CurrentIsolate() == nullptr) return;
    EXPECT_STREQ(Fart_VerifyHeap(), nullptr);
    Fart_ShutdownIsolate();
  }
  virtual Fart_Isolate Make(char** error) { return Fart_CreateHeapIsolate(this, error); }

  Fart_Isolate isolate_ = nullptr;
};

// With one.
class LanguageTest : public ApiTest {
 protected:
  Fart_Isolate Make(char** error) override {
    return Fart_CreateIsolate("test.dart", "main", nullptr, nullptr, this, error);
  }
  // Loads a script whose native functions `resolver` finds.
  Fart_Handle Load(const char* source, Fart_NativeEntryResolver resolver = nullptr) {
    const Fart_Handle library =
        Fart_LoadScript(Str("test.dart"), Str("/nowhere/test.dart"), Str(source), 0, 0);
    if (Fart_IsError(library)) return library;
    library_ = library;
    ExpectSuccess(Fart_SetNativeResolver(library, resolver, nullptr));
    return library;
  }
  Fart_Handle Call(const char* name, std::vector<Fart_Handle> arguments = {}) {
    return Fart_Invoke(library_, Str(name), static_cast<int>(arguments.size()), arguments.data());
  }

  Fart_Handle library_ = nullptr;
};

}  // namespace fart::api

#endif  // FART_API_TESTING_API_TEST_H_
