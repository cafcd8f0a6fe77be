// The examples of the public headers, as extract_examples.py lists them.

#ifndef FART_API_CONFORMANCE_EXAMPLES_H_
#define FART_API_CONFORMANCE_EXAMPLES_H_

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  const char* name;
  void (*run)(void);  // Wants an open scope; fails an assertion if the example lies.
} FartExample;

// Ends with a name that is NULL.
extern const FartExample kFartExamples[];

#ifdef __cplusplus
}
#endif

#endif  // FART_API_CONFORMANCE_EXAMPLES_H_
