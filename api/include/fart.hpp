// fart.hpp -- the Fart Embedding API for C++: scopes, handles and results that look after themselves.
//
// Header only, C++17, on top of the C headers alone, so that a program built against one release runs
// with the next. Nothing here hides the C interface: each class gives its handle out, and whatever is
// missing is called directly.
//
//   fart::Result<std::string> Greet(std::string_view name) {
//     fart::Scope scope;                                       // ends the handles made below
//     FART_TRY(fart::Local library, fart::Check(Fart_RootLibrary()));
//     FART_TRY(fart::Local text, fart::Invoke(library, "greet", name));
//     return fart::To<std::string>(text);                      // the text, or the error
//   }
//
// Rules
//   A-P1 values   what may fail returns a Result, which must be looked at. Nothing throws, but
//                 std::bad_alloc where a std::string or the like of this header finds no memory;
//                 what Fart lacks is an Error as any other.
//   A-P2 order    an error crosses into Fart code only when every local variable of the native
//                 function has been destroyed (Native). There it can be caught, whatever it was.
//   A-P3 turns    a Persistent or Weak may be destroyed anywhere, on any thread, at any time. If
//                 its isolate is not the current one, the handle ends at that isolate's next turn:
//                 the next Scope, Entered or handle of this header in it.
//
// Not here: objects of an embedder's own shapes, native fields, typed data (fart_objects.hpp); ports
// and messages (fart_ports.hpp).

#ifndef FART_API_INCLUDE_FART_HPP_
#define FART_API_INCLUDE_FART_HPP_

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#if __cplusplus >= 202002L && __has_include(<source_location>)
#include <source_location>
#endif
#if defined(__cpp_exceptions) && defined(__GLIBCXX__)
#include <cxxabi.h>
#endif

#include "dart_api.h"
#include "fart_tools_api.h"

namespace fart {
// The library's own code has classes of the same names in the enclosing namespace.
inline namespace embedding {

// ============================================================================================
// Objects

// A handle that ends with its scope, or any other handle that may be passed where one is wanted.
class Local {
 public:
  Local() : handle_(Fart_Null()) {}
  explicit Local(Fart_Handle handle) : handle_(handle) {}

  Fart_Handle get() const { return handle_; }
  bool is_null() const { return Fart_IsNull(handle_); }
  // The same object (equal numbers are the same).
  friend bool operator==(Local a, Local b) { return Fart_IdentityEquals(a.handle_, b.handle_); }
  friend bool operator!=(Local a, Local b) { return !(a == b); }

 private:
  Fart_Handle handle_;
};

template <typename T>
class [[nodiscard]] Result;

// ============================================================================================
// What is to be ended at an isolate's next turn (A-P3)

namespace detail {

class PendingEnds {
 public:
  static PendingEnds& Get() {
    static PendingEnds* const ends = new PendingEnds;  // outlives every static handle
    return *ends;
  }

  void Add(Fart_Isolate isolate, std::function<void()> end) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (ended_.count(isolate) != 0) return;
    ends_[isolate].push_back(std::move(end));
    count_.fetch_add(1, std::memory_order_relaxed);
  }
  // Inside `isolate`.
  void Run(Fart_Isolate isolate) {
    for (const std::function<void()>& end : Take(isolate)) end();
  }
  // `isolate` has ended, and its handles with it. If there were some, whoever has them destroys them
  // yet.
  void Forget(Fart_Isolate isolate, bool had_handles) {
    Take(isolate);
    const std::lock_guard<std::mutex> lock(mutex_);
    if (had_handles) ended_.insert(isolate);
  }

  // Whether there may be something to run: without a look at what has a guard.
  static bool HasAny() { return count_.load(std::memory_order_relaxed) != 0; }
  std::size_t count() const { return count_.load(std::memory_order_relaxed); }

 private:
  std::vector<std::function<void()>> Take(Fart_Isolate isolate) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = ends_.find(isolate);
    if (found == ends_.end()) return {};
    std::vector<std::function<void()>> taken = std::move(found->second);
    ends_.erase(found);
    count_.fetch_sub(taken.size(), std::memory_order_relaxed);
    return taken;
  }

  std::mutex mutex_;
  std::unordered_map<Fart_Isolate, std::vector<std::function<void()>>> ends_;
  std::unordered_set<Fart_Isolate> ended_;  // names that none has again
  inline static std::atomic<std::size_t> count_{0};
};

// Handles of the current isolate that last longer than a scope.
inline bool HasLastingHandles() {
  Fart_HandleStatistics handles{};
  handles.struct_size = sizeof(handles);
  return Fart_IsError(Fart_GetHandleStatistics(&handles)) ||
         handles.persistent_live + handles.weak_live + handles.callbacks_pending != 0;
}

inline Fart_Isolate Turn() {
  const Fart_Isolate isolate = Fart_CurrentIsolate();
  if (PendingEnds::HasAny() && isolate != nullptr) PendingEnds::Get().Run(isolate);
  return isolate;
}
// The same where nobody wants to know which isolate it is: mostly without a call.
inline void TurnIfAny() {
  if (PendingEnds::HasAny()) Turn();
}

// Now if `isolate` is the current one, else at its next turn.
template <typename End>
void EndInside(Fart_Isolate isolate, End end) {
  if (Fart_CurrentIsolate() == isolate) {
    end();
  } else {
    PendingEnds::Get().Add(isolate, std::move(end));
  }
}

inline std::string TakeText(char* text) {
  std::string taken = text == nullptr ? "" : text;
  std::free(text);
  return taken;
}

}  // namespace detail

// A line of source: std::source_location, where there is that.
#if defined(__cpp_lib_source_location)
using SourcePlace = std::source_location;
#else
class SourcePlace {
 public:
  static constexpr SourcePlace current(const char* file = __builtin_FILE(),
                                       unsigned line = __builtin_LINE()) {
    return SourcePlace(file, line);
  }
  constexpr const char* file_name() const { return file_; }
  constexpr unsigned line() const { return line_; }

 private:
  constexpr SourcePlace(const char* file, unsigned line) : file_(file), line_(line) {}

  const char* file_;
  unsigned line_;
};
#endif

// Keeps an object alive until it is destroyed or given another object. (A-P3)
class Persistent {
 public:
  Persistent() = default;
  // `here` is noted where --handle-provenance is on: reports and snapshots name it.
  explicit Persistent(Local object, SourcePlace here = SourcePlace::current())
      : isolate_(detail::Turn()),
        handle_(Fart_NewPersistentHandleAt(object.get(), here.file_name(),
                                           static_cast<int>(here.line()))) {}
  ~Persistent() { Reset(); }
  Persistent(Persistent&& other) noexcept
      : isolate_(std::exchange(other.isolate_, nullptr)),
        handle_(std::exchange(other.handle_, nullptr)) {}
  Persistent& operator=(Persistent&& other) noexcept {
    if (this != &other) {
      Reset();
      isolate_ = std::exchange(other.isolate_, nullptr);
      handle_ = std::exchange(other.handle_, nullptr);
    }
    return *this;
  }

  bool is_empty() const { return handle_ == nullptr; }
  Fart_PersistentHandle get() const { return handle_; }
  // The object, as a handle of the current scope.
  Result<Local> Load() const;
  void Reset() {
    if (handle_ == nullptr) return;
    const Fart_PersistentHandle handle = std::exchange(handle_, nullptr);
    detail::EndInside(isolate_, [handle] { Fart_DeletePersistentHandle(handle); });
  }

 private:
  Fart_Isolate isolate_ = nullptr;
  Fart_PersistentHandle handle_ = nullptr;
};

// ============================================================================================
// Errors and results

// What a call came to instead of a value. It stays readable when the scope it was made in has ended,
// so that it may be returned out of one.
class Error {
 public:
  // `here`: as in Persistent.
  explicit Error(Fart_Handle handle, SourcePlace here = SourcePlace::current())
      : handle_(handle), kept_(Fart_CurrentIsolate() == nullptr
                                   ? nullptr
                                   : std::make_shared<const Persistent>(Local(handle), here)) {}
  // An error that says this text.
  static Error Of(const std::string& message, SourcePlace here = SourcePlace::current()) {
    return Error(Fart_NewApiError(message.c_str()), here);
  }
  // An exception: Fart code can catch `exception`, which is any object but null.
  static Error Thrown(Local exception, SourcePlace here = SourcePlace::current()) {
    return Error(Fart_NewUnhandledExceptionError(exception.get()), here);
  }
  // Exceptions of the types that dart:core has for it. In an isolate without the language, an error
  // that says the text.
  static Error Argument(Local value, const std::string& name, const std::string& message);
  static Error Range(std::int64_t value, std::int64_t minimum, std::int64_t maximum,
                     const std::string& name);
  static Error State(const std::string& message);
  static Error Unsupported(const std::string& message);
  static Error Format(const std::string& message);
  static Error Exception(const std::string& message);
  // For a class of the program, see ThrowAs.

  // Valid as long as this object or a copy of it.
  Fart_Handle get() const { return kept_ == nullptr ? handle_ : kept_->get(); }
  std::string message() const {
    if (kept_ == nullptr) return Fart_GetError(handle_);
    Fart_EnterScope();
    std::string text = Fart_GetError(get());
    Fart_ExitScope();
    return text;
  }
  bool is_exception() const { return Fart_ErrorHasException(get()); }
  // Of an error that is_exception(), in the current scope.
  Local exception() const { return Local(Fart_ErrorGetException(get())); }

 private:
  Fart_Handle handle_;  // outside of any isolate: one that lasts for ever
  std::shared_ptr<const Persistent> kept_;
};

namespace detail {
inline void EndForNoError() {
  _Fart_ReportErrorHandle(__FILE__, __LINE__, "Result", "error() of a result that is no error.");
}
}  // namespace detail

// A value or an error. (A-P1)
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: on purpose
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}         // NOLINT
  template <typename U, typename = std::enable_if_t<std::is_convertible_v<U, T> &&
                                                    !std::is_same_v<std::decay_t<U>, T> &&
                                                    !std::is_same_v<std::decay_t<U>, Error>>>
  Result(U&& value) : state_(std::in_place_index<0>, std::forward<U>(value)) {}  // NOLINT

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Ends the process with the error's text if there is no value.
  T& value() & {
    Require();
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    Require();
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    Require();
    return std::move(*std::get_if<0>(&state_));
  }
  T value_or(T other) && { return ok() ? std::move(*std::get_if<0>(&state_)) : std::move(other); }
  // Ends the process if there is a value.
  Error error() const {
    if (ok()) detail::EndForNoError();
    return *std::get_if<1>(&state_);
  }

 private:
  void Require() const {
    if (!ok()) _Fart_ReportErrorHandle(__FILE__, __LINE__, "Result", error().message().c_str());
  }
  std::variant<T, Error> state_;
};

// Success or an error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: on purpose

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  void value() const {
    if (!ok()) _Fart_ReportErrorHandle(__FILE__, __LINE__, "Result", error().message().c_str());
  }
  // Ends the process if there is none.
  Error error() const {
    if (ok()) detail::EndForNoError();
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

// What a function of the C interface answered, as a result.
inline Result<Local> Check(Fart_Handle answer, SourcePlace here = SourcePlace::current()) {
  if (Fart_IsError(answer)) return Error(answer, here);
  return Local(answer);
}
inline Result<Local> Persistent::Load() const { return Check(Fart_HandleFromPersistent(handle_)); }
// The same where success carries nothing.
inline Result<void> CheckDone(Fart_Handle answer, SourcePlace here = SourcePlace::current()) {
  if (Fart_IsError(answer)) return Error(answer, here);
  return {};
}

// FART_TRY(declaration, expression): declares a variable with the value of a Result, or returns its
// error from the function around it. Several on one line are as good as on several.
#ifdef __COUNTER__
#define FART_TRY(declaration, expression) FART_TRY_NAMED(declaration, expression, __COUNTER__)
#else  // Then one a line.
#define FART_TRY(declaration, expression) FART_TRY_NAMED(declaration, expression, __LINE__)
#endif
#define FART_TRY_NAMED(declaration, expression, number) \
  FART_TRY_WITH(declaration, expression, FART_TRY_JOIN(fart_result_, number))
#define FART_TRY_WITH(declaration, expression, result) \
  auto result = (expression);                          \
  if (!result.ok()) return result.error();             \
  declaration = std::move(result).value()
// FART_TRY_DO(expression): the same for a Result<void>.
#define FART_TRY_DO(expression)                                                       \
  do {                                                                                \
    if (const auto fart_done = (expression); !fart_done.ok()) return fart_done.error(); \
  } while (false)
#define FART_TRY_JOIN(a, b) FART_TRY_JOIN_(a, b)
#define FART_TRY_JOIN_(a, b) a##b

// ============================================================================================
// The process and its isolates

// Starts and ends the machine. One a process, around everything else.
class Machine {
 public:
  explicit Machine(Fart_InitializeParams params = DefaultParams())
      : error_(detail::TakeText(Fart_Initialize(&params))) {}
  ~Machine() {
    if (ok()) std::free(Fart_Cleanup());
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  bool ok() const { return error_.empty(); }
  const std::string& error() const { return error_; }

  static Fart_InitializeParams DefaultParams() {
    Fart_InitializeParams params{};
    params.version = DART_INITIALIZE_PARAMS_CURRENT_VERSION;
    return params;
  }

 private:
  std::string error_;
};

// An isolate that ends with this object. Made entered; call Exit to leave it for another thread,
// and Entered to come back.
class Isolate {
 public:
  explicit Isolate(const char* name, void* callback_data = nullptr) {
    char* error = nullptr;
    isolate_ = Fart_CreateIsolate(name, "main", nullptr, nullptr, callback_data, &error);
    error_ = detail::TakeText(error);
  }
  // Adopts one made otherwise, say by Fart_CreateHeapIsolate.
  explicit Isolate(Fart_Isolate isolate) : isolate_(isolate) {}
  // The calling thread is inside it or inside none.
  ~Isolate() {
    if (isolate_ == nullptr) return;
    if (Fart_CurrentIsolate() != isolate_) Fart_EnterIsolate(isolate_);
    if (Fart_CurrentIsolate() != isolate_) return;  // recorded as a misuse
    detail::Turn();
    const bool had_handles = detail::HasLastingHandles();
    Fart_ShutdownIsolate();
    detail::PendingEnds::Get().Forget(isolate_, had_handles);
  }
  Isolate(const Isolate&) = delete;
  Isolate& operator=(const Isolate&) = delete;

  bool ok() const { return isolate_ != nullptr; }
  const std::string& error() const { return error_; }
  Fart_Isolate get() const { return isolate_; }
  void Exit() {
    if (Fart_CurrentIsolate() == isolate_) Fart_ExitIsolate();
  }

 private:
  Fart_Isolate isolate_ = nullptr;
  std::string error_;
};

// Inside an isolate for the time of a block.
class Entered {
 public:
  explicit Entered(Fart_Isolate isolate) {
    const bool was_inside = Fart_CurrentIsolate() == isolate;
    Fart_EnterIsolate(isolate);
    Begin(!was_inside && Fart_CurrentIsolate() == isolate);
  }
  explicit Entered(const Isolate& isolate) : Entered(isolate.get()) {}
  // Inside if no other thread is. That one is there is no misuse.
  static Entered IfFree(Fart_Isolate isolate) { return Entered(isolate, 0); }
  // Waits until no other thread is inside. Not inside if that has taken longer than `at_most`, or if
  // the isolate has ended meanwhile.
  static Entered WhenFree(Fart_Isolate isolate) { return Entered(isolate, -1); }
  static Entered WhenFree(Fart_Isolate isolate, std::chrono::milliseconds at_most) {
    return Entered(isolate, at_most.count() < 0 ? 0 : static_cast<std::int64_t>(at_most.count()));
  }
  ~Entered() {
    if (entered_) Fart_ExitIsolate();
  }
  Entered(const Entered&) = delete;
  Entered& operator=(const Entered&) = delete;

  // False: another thread was inside, or this one already (Fart_GetMisuse says so): then nothing is
  // left at the end of the block either.
  bool ok() const { return entered_; }
  explicit operator bool() const { return entered_; }

 private:
  Entered(Fart_Isolate isolate, std::int64_t max_milliseconds) {
    Begin(Fart_TryEnterIsolate(isolate, max_milliseconds));
  }
  void Begin(bool entered) {
    entered_ = entered;
    if (entered_) detail::Turn();
  }

  bool entered_ = false;
};

// Handles made inside a block end with it.
class Scope {
 public:
  Scope() {
    detail::Turn();
    Fart_EnterScope();
  }
  ~Scope() {
    if (open_) Fart_ExitScope();
  }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

  // Ends the scope now and carries one object out of it. Once.
  Result<Local> Close(Local result) {
    const Fart_Handle carried = Fart_ExitScopeWith(result.get());
    if (Fart_IsError(carried) && !Fart_IsError(result.get())) return Error(carried);
    open_ = false;
    return Local(carried);
  }
  // The same for several, in the same order.
  template <std::size_t kCount>
  Result<std::array<Local, kCount>> Close(std::array<Local, kCount> results) {
    std::array<Fart_Handle, kCount> handles{};
    for (std::size_t i = 0; i < kCount; ++i) handles[i] = results[i].get();
    const Fart_Handle done =
        Fart_ExitScopeWithAll(static_cast<std::intptr_t>(kCount), handles.data());
    if (Fart_IsError(done)) return Error(done);
    open_ = false;
    for (std::size_t i = 0; i < kCount; ++i) results[i] = Local(handles[i]);
    return results;
  }

 private:
  bool open_ = true;
};

// A variable of the scope that it is made in: it is given one object after another and needs no
// handle for each. Copies of it, and its Locals, are the same variable.
class Variable {
 public:
  static Result<Variable> Make(Local object = Local()) {
    const Fart_Handle made = Fart_NewLocalHandle(object.get());
    if (Fart_IsError(made) && !Fart_IsError(object.get())) return Error(made);
    return Variable(made);
  }
  Variable(const Variable&) = default;
  Variable& operator=(const Variable&) = delete;
  Variable& operator=(Local object) {
    Fart_SetLocalHandle(handle_, object.get());
    return *this;
  }

  Fart_Handle get() const { return handle_; }
  operator Local() const { return Local(handle_); }  // NOLINT: it is one

 private:
  explicit Variable(Fart_Handle handle) : handle_(handle) {}

  Fart_Handle handle_;
};

// ============================================================================================
// Handles that last

namespace detail {

// Of a Weak that calls: kept by it, and by itself while the machine may still call.
struct WeakWatch {
  std::function<void()> when_dead;
  Fart_Isolate isolate;
  std::shared_ptr<WeakWatch> self;
};

}  // namespace detail

// Watches an object without keeping it alive. (A-P3)
class Weak {
 public:
  Weak() = default;
  // `when_dead` runs once after the object has died, or at shutdown, unless the Weak is destroyed
  // before; it may do what a Fart_WeakPersistentHandleFinalizer may. `external_size` is memory, in
  // bytes, that the object keeps outside of the heap. Empty for a small integer and on failure.
  // `here`: as in Persistent.
  explicit Weak(Local object, std::function<void()> when_dead, std::intptr_t external_size = 0,
                SourcePlace here = SourcePlace::current())
      : watch_(std::make_shared<Watch>(Watch{std::move(when_dead), detail::Turn(), {}})) {
    watch_->self = watch_;
    handle_ = Fart_NewWeakPersistentHandleAt(object.get(), watch_.get(), external_size, Died,
                                             here.file_name(), static_cast<int>(here.line()));
    if (handle_ == nullptr) {
      watch_->self.reset();
      watch_.reset();
    }
  }
  // The same where nobody wants to know: as cheap as the C interface. The handle alone says whose it
  // is, so that no isolate is asked for.
  [[gnu::always_inline]] explicit Weak(Local object, SourcePlace here = SourcePlace::current()) {
    detail::TurnIfAny();
    handle_ = Fart_NewWeakPersistentHandleAt(object.get(), nullptr, 0, DiedUnwatched,
                                             here.file_name(), static_cast<int>(here.line()));
  }
  [[gnu::always_inline]] ~Weak() { Reset(); }
  Weak(Weak&& other) noexcept
      : handle_(std::exchange(other.handle_, nullptr)), watch_(std::move(other.watch_)) {}
  Weak& operator=(Weak&& other) noexcept {
    if (this != &other) {
      Reset();
      handle_ = std::exchange(other.handle_, nullptr);
      watch_ = std::move(other.watch_);
    }
    return *this;
  }

  bool is_empty() const { return handle_ == nullptr; }
  Fart_WeakPersistentHandle get() const { return handle_; }
  // The object, kept alive by the current scope from now on; null if it is dead.
  Result<Local> Load() const {
    if (handle_ == nullptr) return Local();
    return Check(Fart_HandleFromWeakPersistent(handle_));
  }
  [[gnu::always_inline]] void Reset() {
    if (handle_ == nullptr) return;
    if (watch_ == nullptr) {
      const Fart_WeakPersistentHandle handle = std::exchange(handle_, nullptr);
      const Fart_Isolate isolate = Fart_TryDeleteWeakPersistentHandle(handle);
      if (isolate != nullptr) EndElsewhere(isolate, handle);
      return;
    }
    EndWatched();
  }

 private:
  using Watch = detail::WeakWatch;
  static void DiedUnwatched(void*, Fart_WeakPersistentHandle, void*) {}
  static void Died(void*, Fart_WeakPersistentHandle, void* peer) {
    const std::shared_ptr<Watch> watch = std::move(static_cast<Watch*>(peer)->self);
    watch->self.reset();
    if (watch->when_dead) watch->when_dead();
  }
  // Out of line, so that the quick way is short where it is compiled into.
  [[gnu::noinline]] void EndWatched() {
    const Fart_Isolate isolate = watch_->isolate;
    detail::EndInside(isolate, [isolate, handle = handle_, watch = std::move(watch_)] {
      if (watch->self == nullptr) return;  // it has died, and said so
      Fart_DeleteWeakPersistentHandle(isolate, handle);
      watch->self.reset();
    });
    handle_ = nullptr;
    watch_.reset();
  }
  [[gnu::noinline]] static void EndElsewhere(Fart_Isolate isolate,
                                             Fart_WeakPersistentHandle handle) {
    detail::PendingEnds::Get().Add(isolate, [isolate, handle] {
      Fart_DeleteWeakPersistentHandle(isolate, handle);  // Nothing, if it has ended.
    });
  }

  Fart_WeakPersistentHandle handle_ = nullptr;
  std::shared_ptr<Watch> watch_;
};

// Ties a C++ object to a Fart object: it is deleted after the Fart object has died, or at shutdown.
// Its destructor may do what a Fart_HandleFinalizer may. On failure `peer` is deleted at once.
// `here`: as in Persistent.
template <typename T>
Result<void> Attach(Local object, std::unique_ptr<T> peer, std::intptr_t external_size = 0,
                    SourcePlace here = SourcePlace::current()) {
  const Fart_FinalizableHandle handle = Fart_NewFinalizableHandleAt(
      object.get(), peer.get(), external_size,
      [](void*, void* dying) { delete static_cast<T*>(dying); }, here.file_name(),
      static_cast<int>(here.line()));
  if (handle == nullptr) return Error::Of(Fart_GetMisuse(), here);
  static_cast<void>(peer.release());
  return {};
}

// ============================================================================================
// Conversions

// Make<T> and To<T> for a type of yours: specialise Convert.
//   static Result<Local> Make(const T& value);
//   static Result<T> To(Local object);
template <typename T, typename = void>
struct Convert {};

namespace detail {

template <typename T, typename = void>
struct CanMake : std::false_type {};
template <typename T>
struct CanMake<T, std::void_t<decltype(Convert<T>::Make(std::declval<const T&>()))>>
    : std::true_type {};
template <typename T, typename = void>
struct CanTake : std::false_type {};
template <typename T>
struct CanTake<T, std::void_t<decltype(Convert<T>::To(std::declval<Local>()))>> : std::true_type {};

}  // namespace detail

template <>
struct Convert<Local> {
  static Result<Local> Make(Local value) { return value; }
  static Result<Local> To(Local object) { return object; }
};
template <>
struct Convert<std::nullptr_t> {
  static Result<Local> Make(std::nullptr_t) { return Local(); }
};
template <>
struct Convert<bool> {
  static Result<Local> Make(bool value) { return Check(Fart_NewBoolean(value)); }
  static Result<bool> To(Local object) {
    bool value = false;
    FART_TRY([[maybe_unused]] Local done, Check(Fart_BooleanValue(object.get(), &value)));
    return value;
  }
};
template <typename T>
struct Convert<T, std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool> &&
                                   (std::is_signed_v<T> || sizeof(T) < 8)>> {
  static Result<Local> Make(T value) { return Check(Fart_NewInteger(value)); }
  static Result<T> To(Local object) {
    std::int64_t value = 0;
    FART_TRY([[maybe_unused]] Local done, Check(Fart_IntegerToInt64(object.get(), &value)));
    if (static_cast<std::int64_t>(static_cast<T>(value)) != value) {
      return Error::Of("fart::To expects an integer that fits into " +
                       std::to_string(sizeof(T) * 8) + " bits, not " + std::to_string(value) + ".");
    }
    return static_cast<T>(value);
  }
};
template <typename T>
struct Convert<T, std::enable_if_t<std::is_unsigned_v<T> && !std::is_same_v<T, bool> &&
                                   sizeof(T) == 8>> {
  static Result<Local> Make(T value) { return Check(Fart_NewIntegerFromUint64(value)); }
  static Result<T> To(Local object) {
    std::uint64_t value = 0;
    FART_TRY([[maybe_unused]] Local done, Check(Fart_IntegerToUint64(object.get(), &value)));
    return static_cast<T>(value);
  }
};
template <typename T>
struct Convert<T, std::enable_if_t<std::is_floating_point_v<T>>> {
  static Result<Local> Make(T value) { return Check(Fart_NewDouble(value)); }
  static Result<T> To(Local object) {
    // An int too, as Fart_GetNativeDoubleArgument takes it.
    if (Fart_IsInteger(object.get())) {
      std::int64_t number = 0;
      FART_TRY([[maybe_unused]] Local read, Check(Fart_IntegerToInt64(object.get(), &number)));
      return static_cast<T>(number);
    }
    double value = 0;
    FART_TRY([[maybe_unused]] Local done, Check(Fart_DoubleValue(object.get(), &value)));
    return static_cast<T>(value);
  }
};
template <>
struct Convert<std::string_view> {
  static Result<Local> Make(std::string_view text) {
    return Check(Fart_NewStringFromUTF8(reinterpret_cast<const std::uint8_t*>(text.data()),
                                        static_cast<std::intptr_t>(text.size())));
  }
  // Good as long as the current scope; a parameter of a native function, until that returns.
  static Result<std::string_view> To(Local object) {
    std::uint8_t* bytes = nullptr;
    std::intptr_t length = 0;
    FART_TRY([[maybe_unused]] Local done,
             Check(Fart_StringToUTF8(object.get(), &bytes, &length)));
    return std::string_view(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  }
};
template <>
struct Convert<std::string> {
  static Result<Local> Make(const std::string& text) {
    return Convert<std::string_view>::Make(text);
  }
  static Result<std::string> To(Local object) {
    std::uint8_t* bytes = nullptr;
    std::intptr_t length = 0;
    FART_TRY([[maybe_unused]] Local done,
             Check(Fart_StringToUTF8(object.get(), &bytes, &length)));
    return std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  }
};
template <>
struct Convert<const char*> {
  static Result<Local> Make(const char* text) { return Check(Fart_NewStringFromCString(text)); }
};
template <std::size_t kSize>
struct Convert<char[kSize]> : Convert<const char*> {};
// A list of fixed length, with its elements converted.
template <typename T>
struct Convert<std::vector<T>> {
  static Result<Local> Make(const std::vector<T>& values) {
    FART_TRY(Local list, Check(Fart_NewList(static_cast<std::intptr_t>(values.size()))));
    for (std::size_t i = 0; i < values.size(); ++i) {
      Fart_EnterScope();
      const Result<Local> element = Convert<T>::Make(values[i]);
      if (!element.ok()) {
        Fart_ExitScope();
        return element.error();
      }
      const Fart_Handle set =
          Fart_ListSetAt(list.get(), static_cast<std::intptr_t>(i), element.value().get());
      const Result<void> done = CheckDone(set);
      Fart_ExitScope();
      if (!done.ok()) return done.error();
    }
    return list;
  }
  static Result<std::vector<T>> To(Local list) {
    std::intptr_t length = 0;
    FART_TRY([[maybe_unused]] Local done, Check(Fart_ListLength(list.get(), &length)));
    std::vector<T> values;
    values.reserve(static_cast<std::size_t>(length));
    for (std::intptr_t i = 0; i < length; ++i) {
      FART_TRY(Local element, Check(Fart_ListGetAt(list.get(), i)));
      FART_TRY(T value, Convert<T>::To(element));
      values.push_back(std::move(value));
    }
    return values;
  }
};
// null, or a value.
template <typename T>
struct Convert<std::optional<T>> {
  static Result<Local> Make(const std::optional<T>& value) {
    return value.has_value() ? Convert<T>::Make(*value) : Result<Local>(Local());
  }
  static Result<std::optional<T>> To(Local object) {
    if (object.is_null()) return std::optional<T>();
    FART_TRY(T value, Convert<T>::To(object));
    return std::optional<T>(std::move(value));
  }
};
// What cannot fail where an object is wanted may be a Result too: its error is passed on.
template <typename T>
struct Convert<Result<T>> {
  static Result<Local> Make(const Result<T>& result) {
    if (!result.ok()) return result.error();
    return Convert<T>::Make(result.value());
  }
};
template <>
struct Convert<Result<void>> {
  static Result<Local> Make(const Result<void>& result) {
    if (!result.ok()) return result.error();
    return Local();
  }
};

// A C++ value as an object of the heap, in the current scope.
template <typename T>
Result<Local> Make(const T& value) {
  static_assert(detail::CanMake<T>::value,
                "there is no conversion of this type to a Fart object: give fart::Convert a "
                "specialisation for it, with a static function Make");
  if constexpr (detail::CanMake<T>::value) return Convert<T>::Make(value);
}
// An object's value in C++.
template <typename T>
Result<T> To(Local object) {
  static_assert(detail::CanTake<T>::value,
                "there is no conversion of a Fart object to this type: give fart::Convert a "
                "specialisation for it, with a static function To");
  if constexpr (detail::CanTake<T>::value) return Convert<T>::To(object);
}

// Calls a function of a library, or a method of any other object.
template <typename... Arguments>
Result<Local> Invoke(Local target, const char* name, const Arguments&... arguments) {
  FART_TRY(Local name_object, Make(name));
  std::vector<Fart_Handle> handles;
  handles.reserve(sizeof...(arguments));
  for (const Result<Local>& argument :
       std::vector<Result<Local>>{embedding::Make(arguments)...}) {
    if (!argument.ok()) return argument.error();
    handles.push_back(argument.value().get());
  }
  return Check(Fart_Invoke(target.get(), name_object.get(), static_cast<int>(handles.size()),
                           handles.data()));
}

// ============================================================================================
// Errors with a type

namespace detail {

// What `maker`, a function of dart:core for hosts, makes of the arguments, as an exception.
inline Error MakeException(const char* maker, std::initializer_list<Result<Local>> arguments,
                           const std::string& message) {
  Fart_EnterScope();
  std::vector<Fart_Handle> handles;
  for (const Result<Local>& argument : arguments) {
    handles.push_back(argument.ok() ? argument.value().get() : Fart_Null());
  }
  const Fart_Handle core = Fart_LookupLibrary(Fart_NewStringFromCString("dart:core"));
  const Fart_Handle made = Fart_Invoke(core, Fart_NewStringFromCString(maker),
                                       static_cast<int>(handles.size()), handles.data());
  Error error = !Fart_IsError(made)             ? Error::Thrown(Local(made))
                : Fart_ErrorHasException(made) ? Error(made)
                                                : Error::Of(message);
  Fart_ExitScope();
  return error;
}

inline Error MakeException(const char* type, const std::string& message) {
  return MakeException("_newError", {Make(type), Make(message)}, message);
}

}  // namespace detail

inline Error Error::Argument(Local value, const std::string& name, const std::string& message) {
  return detail::MakeException("_newArgumentError", {value, Make(name), Make(message)},
                               name + ": " + message);
}
inline Error Error::Range(std::int64_t value, std::int64_t minimum, std::int64_t maximum,
                          const std::string& name) {
  return detail::MakeException(
      "_newRangeError", {Make(value), Make(minimum), Make(maximum), Make(name)},
      name + ": " + std::to_string(value) + " is not in the range " + std::to_string(minimum) +
          ".." + std::to_string(maximum));
}
inline Error Error::State(const std::string& message) {
  return detail::MakeException("StateError", message);
}
inline Error Error::Unsupported(const std::string& message) {
  return detail::MakeException("UnsupportedError", message);
}
inline Error Error::Format(const std::string& message) {
  return detail::MakeException("FormatException", message);
}
inline Error Error::Exception(const std::string& message) {
  return detail::MakeException("Exception", message);
}

// An exception of a class of the program, or of dart:core: made by its unnamed constructor, with
// these arguments. What making it comes to, an error, is thrown instead.
//     return fart::ThrowAs(fart::Local(Fart_RootLibrary()), "OrderError", 7, "too late");
template <typename... Arguments>
Error ThrowAs(Local library, const char* class_name, const Arguments&... arguments) {
  const Fart_Handle type =
      Fart_GetType(library.get(), Fart_NewStringFromCString(class_name), 0, nullptr);
  if (Fart_IsError(type)) return Error(type);
  std::vector<Fart_Handle> handles;
  handles.reserve(sizeof...(arguments));
  for (const Result<Local>& argument :
       std::vector<Result<Local>>{embedding::Make(arguments)...}) {
    if (!argument.ok()) return argument.error();
    handles.push_back(argument.value().get());
  }
  const Fart_Handle made =
      Fart_New(type, Fart_Null(), static_cast<int>(handles.size()), handles.data());
  return Fart_IsError(made) ? Error(made) : Error::Thrown(Local(made));
}
template <typename... Arguments>
Error ThrowAs(const char* class_name, const Arguments&... arguments) {
  return ThrowAs(Local(Fart_LookupLibrary(Fart_NewStringFromCString("dart:core"))), class_name,
                 arguments...);
}

// ============================================================================================
// What a native method finds behind its receiver

// How a C++ object is found behind a Fart object, for Native<&Class::Method>: specialised by
// fart_objects.hpp.
template <typename T, typename = void>
struct Receiver {};

// ============================================================================================
// Native functions

// The arguments of a native call.
class Arguments {
 public:
  explicit Arguments(Fart_NativeArguments arguments) : arguments_(arguments) {}

  Fart_NativeArguments get() const { return arguments_; }
  int size() const { return Fart_GetNativeArgumentCount(arguments_); }
  Result<Local> operator[](int index) const {
    return Check(Fart_GetNativeArgument(arguments_, index));
  }
  template <typename T>
  Result<T> Get(int index) const {
    FART_TRY(Local object, (*this)[index]);
    return To<T>(object);
  }

 private:
  Fart_NativeArguments arguments_;
};

namespace detail {

// What native functions are called in Fart code, by the names of their NativeEntry.
class NativeNames {
 public:
  static NativeNames& Get() {
    static NativeNames* const names = new NativeNames;  // outlives every native call
    return *names;
  }
  void Add(Fart_NativeFunction function, const char* name, const char* parameters) {
    const std::lock_guard<std::mutex> lock(mutex_);
    names_[function] = {name, parameters == nullptr ? "" : parameters};
  }
  std::string NameOf(Fart_NativeFunction function) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = names_.find(function);
    return found == names_.end() ? "a native function" : found->second.first;
  }
  // "argument 1 of Half", or "number of Half" where the entry says so.
  std::string ParameterOf(Fart_NativeFunction function, int index) {
    const std::string of = " of " + NameOf(function);
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = names_.find(function);
    std::string_view rest = found == names_.end() ? std::string_view() : found->second.second;
    for (int i = 0; i < index; ++i) {
      const std::size_t comma = rest.find(',');
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    rest = rest.substr(0, rest.find(','));
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    return (rest.empty() ? "argument " + std::to_string(index) : std::string(rest)) + of;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<Fart_NativeFunction, std::pair<std::string, std::string>> names_;
};

// What a parameter of this type takes, in a Fart program's words; empty: the conversion says it.
template <typename T>
struct Wanted {
  static std::string Text() {
    if constexpr (std::is_same_v<T, bool>) return "a bool";
    if constexpr (std::is_floating_point_v<T>) return "a double, or an int of 64 bits";
    if constexpr (std::is_integral_v<T>) {
      return std::string(std::is_signed_v<T> ? "an int of " : "an int, not negative, of ") +
             std::to_string(sizeof(T) * 8) + " bits";
    }
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
      return "a String";
    }
    return "";
  }
};
template <typename T>
struct Wanted<std::optional<T>> {
  static std::string Text() {
    const std::string value = Wanted<T>::Text();
    return value.empty() ? "" : value + " or null";
  }
};
template <typename T>
struct Wanted<std::vector<T>> {
  static std::string Text() {
    const std::string element = Wanted<T>::Text();
    return element.empty() ? "" : "a List, each element " + element;
  }
};

// One argument, converted, or the first error on the way.
template <typename T>
T Take(Fart_NativeFunction function, const Arguments& arguments, int index, Result<void>* failed) {
  if (!failed->ok()) return T{};
  const Result<Local> object = arguments[index];
  if (!object.ok()) {
    *failed = object.error();
    return T{};
  }
  Result<T> value = To<T>(object.value());
  if (value.ok()) return std::move(value).value();
  const Error error = value.error();
  if (error.is_exception() || Fart_IsFatalError(error.get())) {
    *failed = error;  // the program's own, thrown by a list of its
    return T{};
  }
  const std::string wanted = Wanted<T>::Text();
  *failed = Error::Argument(object.value(), NativeNames::Get().ParameterOf(function, index),
                            wanted.empty() ? error.message() : "Must be " + wanted);
  return T{};
}

// `first`: the argument that the first parameter is.
template <typename R, typename... A, typename Body, std::size_t... kIndex>
Result<Local> CallWith([[maybe_unused]] Fart_NativeFunction function, const Body& body,
                       const Arguments& arguments, [[maybe_unused]] int first,
                       std::index_sequence<kIndex...>) {
  Result<void> failed;
  // Braces keep the order of evaluation.
  std::tuple<std::decay_t<A>...> values{
      Take<std::decay_t<A>>(function, arguments, first + static_cast<int>(kIndex), &failed)...};
  if (!failed.ok()) return failed.error();
  if constexpr (std::is_void_v<R>) {
    std::apply(body, std::move(values));
    return Local();
  } else {
    return Make(std::apply(body, std::move(values)));
  }
}

template <typename R>
Result<Local> Call(Fart_NativeFunction, R (*body)(Arguments), const Arguments& arguments) {
  if constexpr (std::is_void_v<R>) {
    body(arguments);
    return Local();
  } else {
    return Make(body(arguments));
  }
}
template <typename R, typename... A>
Result<Local> Call(Fart_NativeFunction function, R (*body)(A...), const Arguments& arguments) {
  return CallWith<R, A...>(function, body, arguments, 0, std::index_sequence_for<A...>{});
}

// A method: of what argument 0 stands for.
template <typename Class, typename R, typename... A, typename Method>
Result<Local> CallMethod(Fart_NativeFunction function, Method method, const Arguments& arguments) {
  FART_TRY(Local receiver, arguments[0]);
  FART_TRY(Class * object, Receiver<Class>::Of(receiver));
  const auto body = [object, method](auto&&... values) -> R {
    return (object->*method)(std::forward<decltype(values)>(values)...);
  };
  return CallWith<R, A...>(function, body, arguments, 1, std::index_sequence_for<A...>{});
}
template <typename R, typename Class, typename... A>
Result<Local> Call(Fart_NativeFunction function, R (Class::*method)(A...),
                   const Arguments& arguments) {
  return CallMethod<Class, R, A...>(function, method, arguments);
}
template <typename R, typename Class, typename... A>
Result<Local> Call(Fart_NativeFunction function, R (Class::*method)(A...) const,
                   const Arguments& arguments) {
  return CallMethod<Class, R, A...>(function, method, arguments);
}

// A lambda without captures: of C++20, where it can be a template's argument.
template <typename Body, typename R, typename... A>
Result<Local> CallLambda(Fart_NativeFunction function, const Body& body, R (Body::*)(A...) const,
                         const Arguments& arguments) {
  return CallWith<R, A...>(function, body, arguments, 0, std::index_sequence_for<A...>{});
}
template <typename Body, typename = decltype(&Body::operator())>
Result<Local> Call(Fart_NativeFunction function, const Body& body, const Arguments& arguments) {
  return CallLambda(function, body, &Body::operator(), arguments);
}

// The same, with a C++ exception as an error. What Fart_PropagateError unwinds passes through.
template <typename Body>
Result<Local> CallGuarded(Fart_NativeFunction function, Body body, const Arguments& arguments) {
#ifdef __cpp_exceptions
  try {
    return Call(function, body, arguments);
  } catch (const std::exception& exception) {
    return Error::Of(std::string("a C++ exception: ") + exception.what());
#ifdef __GLIBCXX__
  } catch (abi::__forced_unwind&) {
    throw;
#endif
  } catch (...) {
    return Error::Of("a C++ exception of a type without a text");
  }
#else
  return Call(function, body, arguments);
#endif
}

// The same error, if Fart code can catch it or it ends the isolate; else an exception that says it.
inline Error Catchable(Fart_NativeFunction function, const Error& error) {
  if (error.is_exception() || Fart_IsFatalError(error.get())) return error;
  return Error::Exception(NativeNames::Get().NameOf(function) + ": " + error.message());
}

}  // namespace detail

// A native function made of a C++ one: `Native<Add>` is a Fart_NativeFunction. Its arguments are
// converted to Add's parameters (or handed over as Arguments), its value or Result is converted back.
// A parameter or value that may be null is a std::optional.
//
//   Native<Add>                              a function
//   Native<&Counter::Add>                    a method: of the Counter that argument 0 has in its native
//                                            field (fart::Wrap in fart_objects.hpp)
//   Native<[](int a, int b) { ... }>         a lambda, in C++20
//   static constexpr auto kAdd = [](int a, int b) { ... };
//   Native<+kAdd>                            a lambda, in C++17
//
// What goes wrong is thrown in the Fart caller after everything local to Add is destroyed (A-P2),
// and can be caught there:
//   an argument that cannot be converted   an ArgumentError that names function and parameter
//   an Error that is_exception()           its exception: see Error::Argument and the others there
//   any other Error, a C++ exception       an Exception that names the function and says the text
// Only a fatal error ends the isolate, as it does everywhere.
template <auto kBody>
void Native(Fart_NativeArguments arguments) {
  const Result<Local> result =
      detail::CallGuarded(&Native<kBody>, kBody, Arguments(arguments));
  // Thrown by the machine when this function has returned.
  Fart_SetReturnValue(arguments, result.ok()
                                     ? result.value().get()
                                     : detail::Catchable(&Native<kBody>, result.error()).get());
}

struct NativeEntry {
  const char* name;  // as it stands behind `native`
  Fart_NativeFunction function;
  // What the Fart declaration calls the parameters, for errors: "a, b"; NULL: by their numbers.
  const char* parameters = nullptr;
};

// Makes `kEntries`, an array of NativeEntry with static storage, the native functions of a library.
// For an extension's <name>_Init:
//     static constexpr fart::NativeEntry kEntries[] = {{"Add", fart::Native<Add>}};
//     DART_EXPORT Fart_Handle sums_Init(Fart_Handle library) {
//       return fart::SetNatives<kEntries>(library);
//     }
template <const auto& kEntries>
Fart_Handle SetNatives(Fart_Handle library) {
  const Fart_NativeEntryResolver resolver = [](Fart_Handle name, int,
                                               bool*) -> Fart_NativeFunction {
    const Result<std::string> wanted = To<std::string>(Local(name));
    if (!wanted.ok()) return nullptr;
    for (const NativeEntry& entry : kEntries) {
      if (wanted.value() != entry.name) continue;
      detail::NativeNames::Get().Add(entry.function, entry.name, entry.parameters);
      return entry.function;
    }
    return nullptr;
  };
  const Fart_Handle set = Fart_SetNativeResolver(library, resolver, nullptr);
  return Fart_IsError(set) ? set : Fart_Null();
}

}  // namespace embedding
}  // namespace fart

#endif  // FART_API_INCLUDE_FART_HPP_
