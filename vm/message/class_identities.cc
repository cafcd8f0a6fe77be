#include "vm/message/class_identities.h"

#include "heap/shape_table.h"
#include "vm/memory/core_shapes.h"

namespace fart {

bool ClassIdentities::IdentifyClass(ShapeId, ClassIdentity*, std::string* why_not) {
  *why_not = "is of no program";
  return false;
}

ObjectPtr ClassIdentities::ConstantLike(ObjectPtr made, const NoSafepointScope&) { return made; }
ShapeId ClassIdentities::ShapeOfClass(const ClassIdentity&) { return ShapeTable::kInvalid; }

std::string ClassIdentities::DescribeTypes(ObjectPtr) { return ""; }

ObjectPtr ClassIdentities::TypesOf(std::string_view, ShapeId) { return kNull; }

bool ClassIdentities::IdentifyType(ObjectPtr, std::string*, std::string* why_not,
                                   const NoSafepointScope&) {
  *why_not = "a type of no program";
  return false;
}

Outcome ClassIdentities::TypeLike(std::string_view, std::string* missing) {
  *missing = "a type";
  return Outcome::Immediate(kNull);
}

bool ClassIdentities::IdentifyFunction(ObjectPtr, FunctionIdentity*, const NoSafepointScope&) {
  return false;
}

Outcome ClassIdentities::FunctionOf(const FunctionIdentity&) { return Outcome::Immediate(kNull); }

}  // namespace fart
