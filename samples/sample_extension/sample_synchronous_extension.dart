// The Fart side of the extension: what the C++ file implements, under the names it knows.
library sample_synchronous_extension;

import 'dart-ext:sample_extension';

// The next number of the C library's generator.
int systemRand() native "SystemRand";

// Starts the generator anew. False, and nothing happens, if the seed is not an int.
bool systemSrand(seed) native "SystemSrand";
