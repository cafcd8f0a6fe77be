// ClassIdentities -- what messages ask of the program whose instances they carry: which class is
// the same in another isolate.
//
// No function runs code of the program, and none collects but FunctionOf and TypeLike.
//
// Not here: programs (program.h), each of which is one.

#ifndef FART_VM_MESSAGE_CLASS_IDENTITIES_H_
#define FART_VM_MESSAGE_CLASS_IDENTITIES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "heap/base/safepoint.h"
#include "heap/object/header.h"
#include "heap/object/object_ptr.h"
#include "vm/roots/rooted.h"

namespace fart {

// What makes a function the same in another isolate that runs the same program.
struct FunctionIdentity {
  std::string library_url;
  std::string name;  // with its class's, of a static method
};

// What makes a class the same class in another isolate that runs the same program.
struct ClassIdentity {
  std::string library_url;
  std::string name;
  std::uint64_t field_count = 0;
  std::uint64_t layout = 0;  // differs where the fields' names or their order differ
  // The field that means something in its own isolate only: type arguments. Not sent itself.
  static constexpr std::uint64_t kNoField = ~std::uint64_t{0};
  std::uint64_t private_field = kNoField;
  // Its instances are a few constants, of which each isolate has its own: an enum's.
  bool is_of_constants = false;
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

  // The constant of this isolate that an instance of a class of constants, made here and filled, is
  // a copy of; the copy itself, where there was none yet; null: it is a copy of none.
  virtual ObjectPtr ConstantLike(ObjectPtr made, const NoSafepointScope& quiet);

  // What makes type arguments the same in another isolate that runs the same program. `types` is
  // the word in the private field of an instance, or the mark of a list. Empty: nothing
  // that could be said of them.
  virtual std::string DescribeTypes(ObjectPtr types);
  // The word for them here, of an object of this shape; null: there are no such.
  virtual ObjectPtr TypesOf(std::string_view described, ShapeId shape);

  // What makes a type the same in another isolate that runs the same program, of an object of kind
  // kType. False: nothing does, and *why_not begins with what it is.
  virtual bool IdentifyType(ObjectPtr type, std::string* described, std::string* why_not,
                            const NoSafepointScope& quiet);
  // That type here; null: there is none, and *missing is what of it there is not. An error: the
  // heap limit is reached.
  virtual Outcome TypeLike(std::string_view described, std::string* missing) FART_MAY_COLLECT;

  // Of an object of kind kClosure. False: it is no top-level function and no static method, so that
  // nobody else has it.
  virtual bool IdentifyFunction(ObjectPtr function, FunctionIdentity* identity,
                                const NoSafepointScope& quiet);
  // That function here; null: there is none. An error: the heap limit is reached.
  virtual Outcome FunctionOf(const FunctionIdentity& identity) FART_MAY_COLLECT;
};

}  // namespace fart

#endif  // FART_VM_MESSAGE_CLASS_IDENTITIES_H_
