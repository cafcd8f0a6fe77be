// Activation -- what surrounds the frames of one call from outside.
//
// Not for use outside this package.

#ifndef FART_LANG_INTERPRETER_ACTIVATION_H_
#define FART_LANG_INTERPRETER_ACTIVATION_H_

#include "lang/interpreter/interpreter.h"

namespace fart::lang {

// Lives in the C++ frame of the call. Its end puts stack and frame back, also when the thread is
// cancelled inside (execution_stack.h, VR-E3).
class Interpreter::Activation {
 public:
  explicit Activation(Interpreter& interpreter)
      : running_(interpreter.isolate_),
        interpreter_(interpreter),
        caller_(interpreter.frame_),
        previous_(interpreter.activation_),
        base_(interpreter.stack_.top()) {
    interpreter.activation_ = this;
    interpreter.frame_ = Frame{};
  }
  ~Activation() {
    interpreter_.stack_.SetTop(base_);
    interpreter_.activation_ = previous_;
    interpreter_.frame_ = caller_;
  }
  Activation(const Activation&) = delete;
  Activation& operator=(const Activation&) = delete;

  // The frame that called out, and the activation it belongs to.
  const Frame& caller() const { return caller_; }
  const Activation* previous() const { return previous_; }

 private:
  const ProgramSection running_;
  Interpreter& interpreter_;
  const Frame caller_;
  Activation* const previous_;
  ObjectPtr* const base_;
};

template <typename Visit>
void Interpreter::WalkFrames(Visit&& visit) const {
  Frame frame = frame_;
  const Activation* activation = activation_;
  while (true) {
    if (frame.function == nullptr) {
      if (activation == nullptr) return;
      frame = activation->caller();
      activation = activation->previous();
      continue;
    }
    visit(frame);
    const ObjectPtr* const linkage = frame.fp + frame.function->slot_count;
    frame = {FromWord<const CodeWord>(linkage[0]), FromWord<ObjectPtr>(linkage[1]),
             FromWord<Function>(linkage[2])};
  }
}

}  // namespace fart::lang

#endif  // FART_LANG_INTERPRETER_ACTIVATION_H_
