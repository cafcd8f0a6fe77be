// The VM's part for the tests of this package: it loads the foreign libraries of testdata/, builds
// their programs, calls them through marks, and writes down what happens.
//
// Not here: what should happen (the tests).

#ifndef FART_VM_UNWIND_TEST_HOST_H_
#define FART_VM_UNWIND_TEST_HOST_H_

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "vm/unwind/foreign_call.h"
#include "vm/unwind/testdata/foreign_program.h"
#include "vm/unwind/unwind.h"

namespace fart {

// A shared library of testdata/, named by an environment variable.
class ForeignLibrary {
 public:
  explicit ForeignLibrary(const char* environment_variable);

  template <typename Function>
  Function Find(const char* name) const {
    return reinterpret_cast<Function>(FindSymbol(name));
  }
  // True if `address` lies in this library.
  bool Contains(const void* address) const;

  using RunFunction = void (*)(ForeignHost*, const ForeignNode*);
  RunFunction run_frame() const { return run_frame_; }

  // With exceptions, built as everything else is.
  static const ForeignLibrary& Cpp();
  // The same source, compiled apart, whatever compiles everything else.
  static const ForeignLibrary& CppByGcc();
  static const ForeignLibrary& CppByClang();
  static const ForeignLibrary& NoExceptions();
  static const ForeignLibrary& NoTables();

 private:
  void* FindSymbol(const char* name) const;

  std::string path_;
  void* library_;
  RunFunction run_frame_;
};

// Owns the nodes of one program.
class ForeignProgram {
 public:
  using Node = const ForeignNode*;

  Node Add(ForeignStyle style, int id, const std::vector<Node>& children = {},
           const ForeignLibrary& library = ForeignLibrary::Cpp());
  Node AddPassingErrorOn(ForeignStyle style, int id, const std::vector<Node>& children);

 private:
  std::deque<ForeignNode> nodes_;
  std::deque<std::vector<Node>> children_;
};

class TestHost : public ForeignHost {
 public:
  using Log = std::vector<std::string>;

  TestHost();

  // Calls the children of `node` through a mark, as the node's style says.
  std::uintptr_t CallNative(const ForeignNode* node);

  const Log& log() const { return log_; }
  void Write(const std::string& line) { log_.push_back(line); }

  // An address in the function that the last unwind began to jump over at; null if none.
  const void* jumped_over_from() const { return jumped_over_from_; }

  static constexpr std::uint64_t kEntrySerial = 7;
  static constexpr std::uintptr_t kExceptionError = 999;

 private:
  Log log_;
  const void* jumped_over_from_ = nullptr;
};

const char* NameOf(UnwindRefusal refusal);

}  // namespace fart

#endif  // FART_VM_UNWIND_TEST_HOST_H_
