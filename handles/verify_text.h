// VerifyText -- small helpers of the tables' Verify and IsSound.

#ifndef FART_HANDLES_VERIFY_TEXT_H_
#define FART_HANDLES_VERIFY_TEXT_H_

#include <cstddef>
#include <cstdint>

#include "heap/object/providers.h"

namespace fart {

// Counts what is reported.
class ReportCounter final : public VerifyReporter {
 public:
  void Report(const char*, const char*) override { ++reports_; }
  std::size_t reports() const { return reports_; }

 private:
  std::size_t reports_ = 0;
};

// Whether `verifiable.Verify` has nothing to report.
template <typename Verifiable>
bool HasNothingToReport(const Verifiable& verifiable) {
  ReportCounter counter;
  verifiable.Verify(counter);
  return counter.reports() == 0;
}

// Reports `fact` about number `number` (a slot, a chunk, a marker) unless it holds. The answer is
// whether it does.
bool Require(bool holds, VerifyReporter& reporter, const char* invariant, const char* fact,
             std::uint64_t number);

}  // namespace fart

#endif  // FART_HANDLES_VERIFY_TEXT_H_
