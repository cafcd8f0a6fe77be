#include "vm/entry/foreign_frame.h"

namespace fart {

void ForeignFrame::EnterAgain() {
  if (Enterable* const current = Enterable::Current()) current->Exit();
  owner_.Enter();
}

}  // namespace fart
