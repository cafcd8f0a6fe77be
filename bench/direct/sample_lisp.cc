// The Lisp of samples/lisp, as it stands there, on any of the three heaps.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/direct/measured.h"
#include "bench/scale.h"

#if defined(FART_BENCH_BDWGC) || defined(FART_BENCH_MIMALLOC)
#include "bench/direct/plain_names.h"
#else
#include "samples/lisp/heap_fart.h"
#endif

#include "samples/lisp/lisp.h"

namespace fart::bench {

double RunSampleLisp(const LispProgram& program) FART_COLLECTS {
  const bool is_smoke = IsSmokeTest();
  try {
    lisp::Lisp lisp(stdout, std::size_t{7} << 20);
    lisp.Run("(define nil '()) (define true #t) (define false #f)");
    lisp.Run(program.definitions);
    const double before = ProcessorSeconds();
    const std::string answer = lisp.Run(is_smoke ? program.smoke : program.real);
    const double seconds = ProcessorSeconds() - before;
    if (answer != std::to_string(is_smoke ? program.smoke_answer : program.real_answer))
      Fail("a wrong answer");
    return seconds;
  } catch (const std::exception& error) {
    Fail(error.what());
  }
}

}  // namespace fart::bench
