// MetErrors -- is a name that means nothing a mistake, which is told before the program runs, or
// does the program mean to meet the error, so that it is thrown where the program gets to the name?
//
// Invariants
//   LC-M1 one rule  it is thrown iff it stands, in a closure or not, in one of these places:
//                   the body of a `try` that has a catch clause;
//                   the type of a catch clause: only what is thrown there asks for it;
//                   the arguments of a call whose function, or one of whose arguments, has a name
//                   that begins with `throws`: `Expect.throws(() => x)`, `expect(f, throwsA(y))`;
//                   a library that says `NoSuchMethodError`, also as a part of a longer name, or
//                   for an unknown type `TypeError`.
//                   A case that runs into the next one is met only by a library that says
//                   `FallThroughError`.
//   LC-M2 no more   constants, and the libraries `dart:`, meet nothing; nor does what is outside of
//                   the bodies of functions.
//   LC-M3 in step   the resolver and the compiler, which walk the same tree, enter the same places.
//
// Not here: what is said and thrown (compile_unknown.cc).

#ifndef FART_LANG_COMPILER_MET_ERRORS_H_
#define FART_LANG_COMPILER_MET_ERRORS_H_

#include <cstdint>

#include "lang/syntax/ast.h"

namespace fart::lang {

class LibrarySet;

class MetErrors {
 public:
  enum class Of : std::uint8_t { kName, kType };

  MetErrors() = default;  // Of code that means to meet none.
  MetErrors(const LibrarySet& set, int library);

  [[nodiscard]] bool Meets(Of what) const {
    return depth_ > 0 || names_missing_ || (what == Of::kType && names_type_);
  }
  // Does a case of a `switch` that runs into the next one throw? Else it ends there.
  [[nodiscard]] bool MeetsFallThrough() const { return names_fall_through_; }

  // Says that what is walked in its lifetime stands in such a place, if `is_place`.
  class Place {
   public:
    Place(MetErrors& errors, bool is_place);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    MetErrors& errors_;
    const bool is_place_;
  };
  [[nodiscard]] static bool IsPlace(const ast::Try& node) { return !node.catches.empty(); }
  [[nodiscard]] static bool IsPlace(const ast::Call& node);  // Its arguments.

 private:
  bool may_meet_ = false;
  bool names_missing_ = false;
  bool names_type_ = false;
  bool names_fall_through_ = false;
  int depth_ = 0;
};

}  // namespace fart::lang

#endif  // FART_LANG_COMPILER_MET_ERRORS_H_
