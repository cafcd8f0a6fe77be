// CallArguments -- what a host passes to a call, held on the execution stack meanwhile (A-A3).

#ifndef FART_API_CALL_ARGUMENTS_H_
#define FART_API_CALL_ARGUMENTS_H_

#include <cstddef>
#include <limits>
#include <string>

#include "api/include/dart_api.h"
#include "api/shim.h"
#include "vm/roots/execution_stack.h"
#include "vm/roots/rooted.h"
#include "vm/values/strings.h"

namespace fart::api {

inline std::string TextOf(Rooted string) FART_READS_OBJECTS {
  const NoSafepointScope quiet;
  return ToUtf8(string.Get(quiet), quiet);
}

// A run of temporary roots on the execution stack, for as long as this object lives.
class StackRun {
 public:
  explicit StackRun(ExecutionStack& stack) : stack_(stack), first_(stack.top()) {}
  ~StackRun() { stack_.SetTop(first_); }
  StackRun(const StackRun&) = delete;
  StackRun& operator=(const StackRun&) = delete;

  void Add(Rooted object) FART_READS_OBJECTS {
    const NoSafepointScope quiet;
    stack_.Push(object.Get(quiet));
  }
  Rooted operator[](std::size_t index) const { return Rooted(first_ + index); }
  Roots From(std::size_t index) const {
    return Roots(first_ + index, static_cast<std::size_t>(stack_.top() - first_) - index);
  }

 private:
  ExecutionStack& stack_;
  ObjectPtr* const first_;
};

// Adds `count` arguments, which have room. Null: done; else what the function answers.
Fart_Handle AddArguments(Isolate& isolate, const char* function, int count,
                         const Fart_Handle* arguments, StackRun* words) FART_MAY_COLLECT;

}  // namespace fart::api

// Declares `words`, which begin with `first`; the parameters number_of_arguments and arguments
// follow.
#define FART_PUSH_CALL(isolate, words, first)                                           \
  if (!(isolate).stack().HasRoomFor(static_cast<std::size_t>(number_of_arguments) + 1)) \
    return ToForeign(::fart::ErrorText::kStackOverflow);                                \
  StackRun words((isolate).stack());                                                    \
  words.Add(first);                                                                     \
  if (const Fart_Handle words##_refused =                                               \
          AddArguments(isolate, __func__, number_of_arguments, arguments, &words);      \
      words##_refused != nullptr)                                                       \
  return words##_refused

#endif  // FART_API_CALL_ARGUMENTS_H_
