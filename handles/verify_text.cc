#include "handles/verify_text.h"

#include <cinttypes>
#include <cstdio>

namespace fart {

bool Require(bool holds, VerifyReporter& reporter, const char* invariant, const char* fact,
             std::uint64_t number) {
  if (holds) return true;
  char detail[160];
  std::snprintf(detail, sizeof(detail), "%s (%" PRIu64 ")", fact, number);
  reporter.Report(invariant, detail);
  return false;
}

}  // namespace fart
