// An ordinary C++ extension: frames with destructors, and every way of catching.

#include <cxxabi.h>
#include <pthread.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>

#include "vm/unwind/testdata/foreign_program.h"

namespace {

// Says how many there are.
class ForeignError : public std::runtime_error {
 public:
  ForeignError(ForeignHost* host, const std::string& what) : runtime_error(what), host_(host) {
    host_->live_exceptions++;
  }
  ForeignError(const ForeignError&) = delete;
  ~ForeignError() override { host_->live_exceptions--; }

 private:
  ForeignHost* host_;
};

// Has variables to guard where other frames were before: AddressSanitizer would complain here about
// what it forgot there.
[[gnu::noinline]] void UseTheStack() {
  volatile char variables[1000];
  for (volatile char& variable : variables) variable = 0;
}

class Guard {
 public:
  Guard(ForeignHost* host, const ForeignNode* node) : host_(host), node_(node) {
    host_->log(host_, "enter", node_->id);
  }
  ~Guard() {
    UseTheStack();
    host_->log(host_, "~", node_->id);
  }

 private:
  ForeignHost* host_;
  const ForeignNode* node_;
};

class CountsWhenDestroyed {
 public:
  explicit CountsWhenDestroyed(ForeignHost* host) : host_(host) {}
  ~CountsWhenDestroyed() { host_->log(host_, "in flight", std::uncaught_exceptions()); }

 private:
  ForeignHost* host_;
};

class RunsLastChildWhenDestroyed {
 public:
  RunsLastChildWhenDestroyed(ForeignHost* host, const ForeignNode* node)
      : host_(host), node_(node) {}
  ~RunsLastChildWhenDestroyed() { ForeignRunNode(host_, node_->children[node_->child_count - 1]); }

 private:
  ForeignHost* host_;
  const ForeignNode* node_;
};

class SwallowsWhenDestroyed {
 public:
  SwallowsWhenDestroyed(ForeignHost* host, const ForeignNode* node) : host_(host), node_(node) {}
  ~SwallowsWhenDestroyed() {
    try {
      ForeignRunChildren(host_, node_, node_->child_count);
    } catch (...) {
      host_->log(host_, "catch", node_->id);
    }
  }

 private:
  ForeignHost* host_;
  const ForeignNode* node_;
};

void RunAll(ForeignHost* host, const ForeignNode* node) {
  volatile char variables[100];
  for (volatile char& variable : variables) variable = 0;
  ForeignRunChildren(host, node, node->child_count);
}

void RunAllNoexcept(ForeignHost* host, const ForeignNode* node) noexcept { RunAll(host, node); }

void Throw(ForeignHost* host, const ForeignNode* node, const char* what) {
  if (host->frames_without_tables == 0) {
    throw ForeignError(host, std::string(what) + " " + std::to_string(node->id));
  }
}

// A frame of its own, without cleanups: what its block's variables leave behind stays.
[[gnu::noinline]] void Swallow(ForeignHost* host, const ForeignNode* node) {
  try {
    RunAll(host, node);
  } catch (...) {
    volatile char variables[500];
    for (volatile char& variable : variables) variable = 0;
    host->log(host, "catch", node->id);
    // What is no exception of C++ has no type for who asks.
    const bool is_of_cpp = std::current_exception() != nullptr;
    if ((abi::__cxa_current_exception_type() != nullptr) != is_of_cpp) {
      host->log(host, "wrong type", node->id);
    }
  }
}

void SwallowForced(ForeignHost* host, const ForeignNode* node) {
  try {
    RunAll(host, node);
  } catch (abi::__forced_unwind&) {
    host->log(host, "catch", node->id);
  }
}

void Rethrow(ForeignHost* host, const ForeignNode* node) {
  try {
    RunAll(host, node);
  } catch (...) {
    host->log(host, "catch", node->id);
    throw;
  }
}

void ThrowInstead(ForeignHost* host, const ForeignNode* node) {
  try {
    RunAll(host, node);
  } catch (...) {
    host->log(host, "catch", node->id);
    Throw(host, node, "instead");
  }
}

void UnwindInstead(ForeignHost* host, const ForeignNode* node) {
  try {
    RunAll(host, node);
  } catch (...) {
    host->log(host, "catch", node->id);
    host->unwind(host, static_cast<uintptr_t>(node->id));
  }
}

void CatchStd(ForeignHost* host, const ForeignNode* node) {
  try {
    RunAll(host, node);
  } catch (const std::exception& exception) {
    host->log(host, exception.what(), node->id);
  }
}

void LastInHandler(ForeignHost* host, const ForeignNode* node) {
  try {
    ForeignRunChildren(host, node, node->child_count - 1);
  } catch (...) {
    host->log(host, "catch", node->id);
    ForeignRunNode(host, node->children[node->child_count - 1]);
  }
}

thread_local ForeignHost* sorting_host = nullptr;
thread_local const ForeignNode* sorting_node = nullptr;

int RunAllAndCompare(const void*, const void*) {
  RunAll(sorting_host, sorting_node);
  return 0;
}

void Sort(ForeignHost* host, const ForeignNode* node) {
  sorting_host = host;
  sorting_node = node;
  int items[2] = {1, 0};
  std::qsort(items, 2, sizeof(items[0]), RunAllAndCompare);
}

}  // namespace

extern "C" FOREIGN_EXPORT void RunChildren(ForeignHost* host, const ForeignNode* node) {
  RunAll(host, node);
}

extern "C" FOREIGN_EXPORT int Add(int a, int b) { return a + b; }

extern "C" FOREIGN_EXPORT int CountCaughtAndUncaught() {
  return (std::current_exception() != nullptr ? 100 : 0) + std::uncaught_exceptions();
}

extern "C" FOREIGN_EXPORT void RunFrame(ForeignHost* host, const ForeignNode* node) {
  const Guard guard(host, node);
  switch (node->style) {
    case kThrow:
      Throw(host, node, "thrown");
      break;
    case kThrowInt:
      throw 42;
    case kSwallow:
      Swallow(host, node);
      break;
    case kSwallowForced:
      SwallowForced(host, node);
      break;
    case kRethrow:
      Rethrow(host, node);
      break;
    case kThrowInstead:
      ThrowInstead(host, node);
      break;
    case kUnwindInstead:
      UnwindInstead(host, node);
      break;
    case kCatchStd:
      CatchStd(host, node);
      break;
    case kLastInHandler:
      LastInHandler(host, node);
      break;
    case kLastInDestructor: {
      const RunsLastChildWhenDestroyed runs_last_child(host, node);
      ForeignRunChildren(host, node, node->child_count - 1);
      break;
    }
    case kCountInDestructor: {
      const CountsWhenDestroyed counts(host);
      RunAll(host, node);
      break;
    }
    case kNoexcept:
      RunAllNoexcept(host, node);
      break;
    case kSwallowInDestructor: {
      const SwallowsWhenDestroyed swallows(host, node);
      break;
    }
    case kExitThread:
      pthread_exit(nullptr);
    case kAwaitCancel:
      for (;;) pause();
    case kSort:
      Sort(host, node);
      break;
    default:
      RunAll(host, node);
      break;
  }
  host->log(host, "end", node->id);
}
