#include "heap/object/providers.h"

#include "heap/base/check.h"

namespace fart {

const char* RootKindName(RootKind kind) {
  switch (kind) {
    case RootKind::kLocalHandle:
      return "local handle";
    case RootKind::kPersistentHandle:
      return "persistent handle";
    case RootKind::kWeakHandle:
      return "weak handle";
    case RootKind::kStack:
      return "stack";
    case RootKind::kConstant:
      return "constant";
    case RootKind::kHost:
      return "host's root";
    case RootKind::kOther:
      return "other root";
  }
  FART_UNREACHABLE();
}

}  // namespace fart
