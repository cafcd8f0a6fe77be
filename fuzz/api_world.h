// ApiWorld -- what a program of API calls has in its hands, how it chooses arguments from that, and
// what must hold of every call.
//
// Not here: the calls themselves (api_*_steps.cc).

#ifndef FART_FUZZ_API_WORLD_H_
#define FART_FUZZ_API_WORLD_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "dart_api.h"
#include "fart_heap_api.h"
#include "fart_tools_api.h"
#include "fuzz/api_ledger.h"
#include "fuzz/byte_program.h"

namespace fart::fuzz {

// What a handle was of when it was made. It may be something else by now, or nothing.
enum class Kind : std::uint8_t {
  kAny,
  kError,
  kNumber,
  kString,
  kList,
  kTypedData,
  kByteBuffer,
  kLibrary,
  kType,
  kInstance,
  kShaped,
  kSendPort,
  kTrace,
};

// Values that are kept for good: the oldest give way, ended ones do not.
template <typename T, std::size_t kRoom = 48>
class Pool {
 public:
  void Add(const T& value) {
    if (values_.size() < kRoom) {
      values_.push_back(value);
    } else {
      values_[next_++ % kRoom] = value;
    }
  }
  bool empty() const { return values_.empty(); }
  std::size_t size() const { return values_.size(); }
  T& operator[](std::size_t index) { return values_[index]; }

 private:
  std::vector<T> values_;
  std::size_t next_ = 0;
};

class ApiWorld {
 public:
  struct Named {
    Fart_Handle handle;
    Kind kind;
  };
  struct Watched {
    Fart_WeakPersistentHandle weak;
    Fart_FinalizableHandle finalizable;
    Loan* loan;
  };
  struct Acquired {
    Fart_Isolate isolate;
    Fart_PersistentHandle object;  // the machine's own
    void* data;
    std::size_t size;
  };
  struct MadeShape {
    Fart_Shape shape;
    Fart_Isolate isolate;
  };

  ApiWorld(const std::uint8_t* bytes, std::size_t size) : program(bytes, size) { current = this; }
  ~ApiWorld() { current = nullptr; }
  ApiWorld(const ApiWorld&) = delete;
  ApiWorld& operator=(const ApiWorld&) = delete;

  static inline ApiWorld* current = nullptr;  // for callbacks

  // ---- Steps

  // Runs a few steps of the program inside of a callback; `arguments` in a native function.
  void RunNested(Fart_NativeArguments arguments = nullptr);
  void RunStep();

  // ---- Verdicts

  void Fail(const std::string& what);
  void Expect(bool holds, const char* what) {
    if (!holds) Fail(what);
  }
  // Calls, and holds what must hold of any call: see FUZZ_CALL.
  template <typename Call, typename... Arguments>
  auto Checked(const char* function, const Call& call, Arguments... arguments_of_call) {
    const Before before = Look((false || ... || MayBeError(arguments_of_call)));
    if constexpr (std::is_void_v<decltype(call(arguments_of_call...))>) {
      call(arguments_of_call...);
      CheckMisuse(function, before);
    } else {
      const auto result = call(arguments_of_call...);
      CheckMisuse(function, before);
      if constexpr (std::is_same_v<std::remove_const_t<decltype(result)>, Fart_Handle>) {
        CheckHandle(function, result, before);
      }
      return result;
    }
  }
  // After a call that returned a handle: if it went well, its places for results were good ones.
  bool WentWell(Fart_Handle result, std::initializer_list<const void*> places = {});

  // ---- Choosing

  std::size_t Below(std::size_t bound) { return program.Below(bound); }
  bool OneIn(std::size_t n) { return program.Below(n) == n - 1; }  // not at the program's end
  Fart_Handle Any();
  // Mostly a handle that was of this kind.
  Fart_Handle Of(Kind kind);
  std::int64_t Number();
  std::intptr_t Length();                     // of something to make; mostly small
  std::intptr_t LengthIn(std::intptr_t max);  // of memory of the machine: to `max`, or impossible
  int Count();
  Fart_WeakPersistentHandle AnyWeak();
  Fart_FinalizableHandle AnyFinalizable();
  Watched* AnyWatched() { return watched.empty() ? nullptr : &watched[Below(watched.size())]; }
  Fart_Port AnyPort();
  Fart_NativeArguments AnyArguments();
  // `place`, seldom NULL.
  template <typename T>
  T* Place(T* place) {
    return OneIn(16) ? nullptr : place;
  }
  std::string Text();
  // A String of the current scope, or whatever there is instead.
  Fart_Handle TextHandle(const char* text) { return Fart_NewStringFromCString(text); }

  // ---- Keeping

  Fart_Handle Keep(Fart_Handle handle, Kind kind) {
    handles.Add({handle, kind});
    return handle;
  }
  // Whether what was made without an error can be looked at: nothing has run in between.
  bool IsUndisturbed(Fart_Handle made, std::size_t nested_before) const {
    return nested == nested_before && !Fart_IsError(made) && Fart_CurrentIsolate() != nullptr;
  }

  // The callbacks of loans.
  static void OnWeakLoan(void*, Fart_WeakPersistentHandle handle, void* peer);
  static void OnLoan(void*, void* peer);
  static void OnPeerLoan(void* peer);
  static void OnPostedLoan(void*, Fart_WeakPersistentHandle, void* peer);

  const std::thread::id thread = std::this_thread::get_id();
  ByteProgram program;
  Pool<Named> handles;
  Pool<Watched> watched;
  Pool<Fart_Isolate, 6> isolates;
  Pool<Fart_Port, 24> ports;
  Pool<MadeShape, 8> shapes;
  Pool<Fart_NativeArguments, 8> arguments;
  std::vector<Acquired> acquired;
  std::vector<Fart_Port> open_native_ports;
  ApiLedger ledger;
  std::size_t isolates_made = 0;
  std::size_t step = 0;
  std::size_t nested = 0;  // runs of steps in callbacks so far
  std::size_t depth = 0;   // of them, now
  bool may_open_ports = true;
  bool made_long = false;  // Length has answered what takes long to walk
  bool is_ending = false;  // the current isolate: what it lent ends
  std::string failure;

 private:
  struct Before {
    std::uint64_t misuses;
    std::size_t nested;
    Fart_Isolate isolate;
    bool error_argument;
  };
  Before Look(bool error_argument);
  // An error that a call is given may come back from it. One of several handles may be one.
  template <typename Argument>
  static bool MayBeError(Argument argument) {
    if constexpr (std::is_same_v<Argument, Fart_Handle>) return Fart_IsError(argument);
    return std::is_same_v<Argument, Fart_Handle*>;
  }
  void CheckMisuse(const char* function, const Before& before);
  void CheckHandle(const char* function, Fart_Handle result, const Before& before);
};

}  // namespace fart::fuzz

// A call as the machine makes it: `world` must be in scope.
#define FUZZ_CALL(function, ...)                    \
  (world.Checked(#function, [](auto... arguments) { \
    return function(arguments...);                  \
  } __VA_OPT__(, ) __VA_ARGS__))

#endif  // FART_FUZZ_API_WORLD_H_
