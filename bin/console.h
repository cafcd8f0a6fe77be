// Console -- reads what a person types, runs it and shows what it came to.
//
// Each input is a library of its own, called <1>, <2>, ..., which imports those before it, but for
// names that a later one has declared again. So what an earlier input has made of a name stays as
// it was, and mistakes leave no trace. An expression is shown unless it is null.
//
// Limits: private names end with their input, and so do libraries with the isolate, not before.
// Messages are handled after each input, not while the person thinks. An isolate that is spawned
// knows nothing of the inputs.

#ifndef FART_BIN_CONSOLE_H_
#define FART_BIN_CONSOLE_H_

#include <map>
#include <string>
#include <vector>

#include "api/include/dart_api.h"
#include "bin/given_code.h"
#include "bin/line_reader.h"

namespace fart::program {

class Console {
 public:
  // The thread is inside `isolate`, which has loaded a script in `folder`.
  Console(Fart_Isolate isolate, std::string folder);

  // Until the input ends.
  void Run();

 private:
  // The next input that is complete; false: there is none.
  bool Next(Input* input);
  void Do(const Input& input);
  void Keep(const Input& input);
  // The directives that make known what has been declared.
  [[nodiscard]] std::string ImportsOfEarlier() const;
  // Runs `$it`; the value is a handle of the caller's scope.
  Fart_Handle Evaluate(const Input& input, Fart_Handle library);
  Fart_Handle AwaitIn(Fart_Handle library);

  const std::string folder_;
  LineReader reader_;
  int number_ = 0;                    // of the input
  std::vector<Import> imports_;       // what has been imported
  std::map<std::string, int> owner_;  // of each name: the input that declared it last
};

}  // namespace fart::program

#endif  // FART_BIN_CONSOLE_H_
