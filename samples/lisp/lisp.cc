// Runs Lisp programs: lisp PROGRAM [SIZE]. The program finds SIZE in its variable `size`.

#include <fstream>
#include <iterator>
#include <new>
#include <string>

#include "samples/lisp/heap_fart.h"

#include "samples/lisp/lisp.h"

int main(int count, char** arguments) FART_COLLECTS {
  try {
    if (count < 2 || count > 3) throw lisp::Error("usage: lisp PROGRAM [SIZE]");
    std::ifstream file(arguments[1]);
    if (!file) throw lisp::Error("there is no such program");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    lisp::Lisp lisp;
    if (count == 3) lisp.Run("(define size " + std::string(arguments[2]) + ")");
    lisp.Run(text);
    return 0;
  } catch (const lisp::Error& error) {
    std::fprintf(stderr, "lisp: %s\n", error.what());
    return 1;
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "lisp: the heap is full\n");
    return 2;
  }
}
