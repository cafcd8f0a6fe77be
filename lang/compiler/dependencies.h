// Dependencies -- what constants and constructors that redirect need of each other, to find those
// that need themselves.
//
// The values of a program's constants are made when it runs, one after the other as they are asked
// for; whether one would be asked for by itself is found here, before anything runs. A node is a
// part of a function that computes constants or passes on to another constructor; bodies say what
// they use while they are compiled. A circle is found when the last library that it passes through
// has been compiled.
//
// Invariants
//   LC-Y1 complete  once a library has been compiled as a whole, all uses of its parts are here.
//   LC-Y2 proven    a part that is known not to lead to itself is not walked through again: it
//                   leads to none but such parts. So all walks together are linear.
//
// Not here: what an expression uses (function_compiler_impl.h), messages (library_set.h).

#ifndef FART_LANG_COMPILER_DEPENDENCIES_H_
#define FART_LANG_COMPILER_DEPENDENCIES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "lang/compiler/compiled_library.h"

namespace fart::lang {

struct DependentPart {
  // What an initialiser computes; what a constructor does before its body, or passes on to.
  static constexpr int kValue = -1;

  FunctionRef function;
  int part = kValue;  // Else the default value of that parameter.

  friend bool operator==(const DependentPart&, const DependentPart&) = default;
  friend bool operator<(const DependentPart& a, const DependentPart& b) {
    if (a.function.library != b.function.library) return a.function.library < b.function.library;
    if (a.function.function != b.function.function) {
      return a.function.function < b.function.function;
    }
    return a.part < b.part;
  }
};

struct DependencyUse {
  DependentPart from;
  DependentPart to;
  std::uint32_t offset = 0;  // Where `from` names it.
};

class Dependencies {
 public:
  void Add(const DependencyUse& use) { nodes_[use.from].uses.push_back(use); }
  // Of a library whose bodies are all compiled (LC-Y1). The uses that make up a circle, the first
  // one in this library; empty: there is none.
  [[nodiscard]] std::vector<DependencyUse> FindCircle(int library);
  // Nothing leads to the parts of that library any more.
  void Forget(int library) noexcept;

 private:
  enum class State : std::uint8_t {
    kUnknown,
    kEntered,
    kLeft,    // Leads to no circle, as far as the libraries compiled until now say.
    kProven,  // LC-Y2
  };
  struct Node {
    std::vector<DependencyUse> uses;
    State state = State::kUnknown;
  };
  using Nodes = std::map<DependentPart, Node>;
  struct Step {
    Nodes::iterator node;
    std::size_t next = 0;  // Of its uses.
    bool is_proven = true;
  };

  [[nodiscard]] Nodes::iterator FirstOf(int library) {
    return nodes_.lower_bound({{library, 0}, DependentPart::kValue});
  }
  void Leave(std::vector<Step>* path, std::vector<Nodes::iterator>* left);

  Nodes nodes_;
  std::map<int, bool> is_compiled_;  // By library.
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_DEPENDENCIES_H_
