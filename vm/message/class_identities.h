// ClassIdentities -- what messages ask of the program whose instances they carry: which class is
// the same in another isolate.
//
// Neither function collects or runs code of the program.
//
// Not here: programs (program.h), each of which is one.

#ifndef FART_VM_MESSAGE_CLASS_IDENTITIES_H_
#define FART_VM_MESSAGE_CLASS_IDENTITIES_H_

#include <cstdint>
#include <string>

#include "heap/object/header.h"

namespace fart {

// What makes a class the same class in another isolate that runs the same program.
struct ClassIdentity {
  std::string library_url;
  std::string name;
  std::uint64_t field_count = 0;
  std::uint64_t layout = 0;  // differs where the fields' names or their order differ
  // The field that means something in its own isolate only, and is null in a copy. Not sent.
  static constexpr std::uint64_t kNoField = ~std::uint64_t{0};
  std::uint64_t private_field = kNoField;
};

// As it stands, of a program without classes.
class ClassIdentities {
 public:
  virtual ~ClassIdentities() = default;

  // The class whose instances have `shape` (of kind kInstance). False: they cannot be sent, and
  // *why_not goes on after "which ".
  virtual bool IdentifyClass(ShapeId shape, ClassIdentity* identity, std::string* why_not);
  // The shape of the instances of such a class, whose references are its fields; kInvalid: this
  // program has none, or none that IdentifyClass would answer for.
  virtual ShapeId ShapeOfClass(const ClassIdentity& identity);
};

}  // namespace fart

#endif  // FART_VM_MESSAGE_CLASS_IDENTITIES_H_
