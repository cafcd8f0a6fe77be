// PhaseScope -- announces a phase of a collection to the listener, if there is one.

#ifndef FART_GC_PHASE_SCOPE_H_
#define FART_GC_PHASE_SCOPE_H_

#include "gc/listener.h"

namespace fart {

class PhaseScope {
 public:
  PhaseScope(GcListener* listener, GcPhase phase) : listener_(listener), phase_(phase) {
    if (listener_ != nullptr) listener_->OnPhaseStart(phase_);
  }
  ~PhaseScope() {
    if (listener_ != nullptr) listener_->OnPhaseEnd(phase_);
  }
  PhaseScope(const PhaseScope&) = delete;
  PhaseScope& operator=(const PhaseScope&) = delete;

 private:
  GcListener* listener_;
  GcPhase phase_;
};

}  // namespace fart

#endif  // FART_GC_PHASE_SCOPE_H_
